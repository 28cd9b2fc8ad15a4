-- Which of the two exports of the same Azure bill a file is of: actual cost or amortized cost.

CREATE TEMP TABLE azure_files AS
SELECT
  file_id, source_file, min(regexp_replace(path, '[^/]*$', '')) AS folder,
  bool_or(CommitmentDiscountStatus = 'Unused' OR (CommitmentDiscountStatus = 'Used' AND EffectiveCost <> 0)) AS
    amortized,
  bool_or((ChargeCategory = 'Purchase' AND CommitmentDiscountId IS NOT NULL)
    OR (CommitmentDiscountStatus = 'Used' AND EffectiveCost IS NULL)) AS actual
FROM staged.bill JOIN staged.bill_paths USING (file_id)
WHERE file_id IN (SELECT file_id FROM staged.files WHERE dialect = 'azure')
GROUP BY file_id, source_file;

-- A part without commitments is of the kind of the other parts beside it; none where nothing shows it.
CREATE TEMP TABLE azure_kinds AS
SELECT file_id, source_file, CASE WHEN actual AND amortized THEN 'mixed' WHEN actual THEN 'actual' WHEN amortized
  THEN 'amortized' WHEN folder_actual <> folder_amortized THEN CASE WHEN folder_actual THEN 'actual'
  ELSE 'amortized' END END AS kind
FROM (SELECT *, bool_or(coalesce(actual, false)) OVER parts AS folder_actual,
  bool_or(coalesce(amortized, false)) OVER parts AS folder_amortized
  FROM azure_files WINDOW parts AS (PARTITION BY folder));
