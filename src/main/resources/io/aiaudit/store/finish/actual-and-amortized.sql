-- Azure exports the same bill in two ways: actual cost has what is invoiced, amortized cost has what commitments are
-- worth to those who use them. Both together are one bill: what is invoiced from the first, what it costs from the
-- second, and usage that both have once.

CREATE TEMP TABLE azure_rows AS
SELECT
  b.file_id, b.ordinal, kind, coalesce(account_key(BillingAccountId), '') AS account,
  date_trunc('month', ChargePeriodStart) AS month, lower(CommitmentDiscountId) AS commitment,
  CommitmentDiscountStatus AS status,
  ChargeCategory = 'Purchase' AS purchase, EffectiveCost IS NULL AS unknown,
  {'resource': resource_id, 'day': ChargePeriodStart, 'meter': SkuId} AS used,
  hash({'a': ChargePeriodStart, 'b': account_key(SubAccountId), 'c': resource_id, 'd': SkuId, 'e': ChargeDescription,
    'f': BilledCost, 'g': ConsumedQuantity, 'h': charge_kind}) AS line
FROM staged.bill b JOIN azure_kinds USING (file_id)
WHERE kind IN ('actual', 'amortized');

CREATE TEMP TABLE azure_months AS
SELECT account, month FROM azure_rows GROUP BY account, month HAVING count(DISTINCT kind) = 2;

-- Usage without a commitment: as often as in one of the two. Covered usage: the amortized row knows its cost, whatever
-- each of the two names the commitment by (its order, the reservation, the benefit).
CREATE TEMP TABLE azure_again AS
SELECT file_id, ordinal
FROM (
  SELECT *, row_number() OVER (PARTITION BY line, kind ORDER BY file_id, ordinal) AS n
  FROM azure_rows WHERE commitment IS NULL AND (account, month) IN (FROM azure_months)
)
WHERE kind = 'amortized' AND (line, n) IN (
  SELECT (line, row_number() OVER (PARTITION BY line ORDER BY file_id, ordinal)) FROM azure_rows
    WHERE kind = 'actual' AND commitment IS NULL AND (account, month) IN (FROM azure_months)
)
UNION ALL
SELECT file_id, ordinal FROM azure_rows
WHERE kind = 'actual' AND status = 'Used' AND unknown AND used IN (SELECT used FROM azure_rows
  WHERE kind = 'amortized' AND status = 'Used');

DELETE FROM charge_lines USING azure_again a
  WHERE charge_lines.file_id = a.file_id AND charge_lines.ordinal = a.ordinal;

-- A commitment whose worth the amortized rows have costs nothing a second time where it is paid, also under the name
-- that rows of usage have in the other export.
UPDATE charge_lines SET EffectiveCost = 0
FROM azure_rows r
WHERE charge_lines.file_id = r.file_id AND charge_lines.ordinal = r.ordinal AND r.kind = 'actual' AND r.purchase
  AND (r.account, r.month) IN (FROM azure_months)
  AND r.commitment IN (SELECT commitment FROM azure_rows WHERE kind = 'amortized'
    UNION ALL SELECT commitment FROM azure_rows WHERE kind = 'actual' AND status = 'Used' AND used IN
      (SELECT used FROM azure_rows WHERE kind = 'amortized' AND status = 'Used'));

UPDATE staged.files SET rows = rows - gone FROM (SELECT file_id, count(*) AS gone FROM azure_again GROUP BY ALL) a
  WHERE files.file_id = a.file_id;

UPDATE staged.bill_rows SET rows = rows - gone
FROM (SELECT source_file, count(*) AS gone FROM azure_again JOIN azure_kinds USING (file_id) GROUP BY ALL) a
  WHERE bill_rows.file = a.source_file AND bill_rows.provider = 'azure';
