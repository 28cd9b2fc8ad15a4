-- Lines of bills that have an id and stand there a second time, word by word: in one file or in several. AWS does not
-- promise that an id is unique, so the id alone says nothing.
CREATE TEMP TABLE repeated_lines AS
SELECT file_id, ordinal, provider, source_file, read_before
FROM (
  SELECT file_id, ordinal, provider, source_file, row_number() OVER same_line > 1 AS again,
    first_value(source_file) OVER same_line AS read_before
  FROM staged.bill
  WHERE row_hash IN (SELECT row_hash FROM staged.bill WHERE row_hash IS NOT NULL GROUP BY row_hash HAVING count(*) > 1)
  WINDOW same_line AS (PARTITION BY row_hash ORDER BY source_file, file_id, ordinal)
)
WHERE again;

DELETE FROM charge_lines USING repeated_lines r
  WHERE charge_lines.file_id = r.file_id AND charge_lines.ordinal = r.ordinal;

UPDATE staged.bill_rows SET rows = rows - gone
FROM (SELECT source_file, provider, count(*) AS gone FROM repeated_lines GROUP BY ALL) r
  WHERE bill_rows.file = r.source_file AND bill_rows.provider = r.provider;

UPDATE staged.files SET rows = rows - gone
FROM (SELECT file_id, count(*) AS gone FROM repeated_lines GROUP BY ALL) r WHERE files.file_id = r.file_id;
