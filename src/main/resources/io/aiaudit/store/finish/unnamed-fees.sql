-- Time of Google Cloud below its list price, in a table without consumption models: dialects/gcp.sql leaves open how it
-- is priced. It may be at the price of a commitment since the day on which its billing account has a fee of which
-- Google gives back what is used, or that names a subscription. Decided over all files together: an export comes in
-- parts, and the fee need not be in the same one.
CREATE TEMP TABLE google_files AS SELECT file_id FROM staged.files WHERE dialect = 'gcp';

CREATE TEMP TABLE unnamed_fees AS
SELECT account_key(BillingAccountId) AS account, date_trunc('day', min(ChargePeriodStart)) AS since
FROM staged.bill
WHERE file_id IN (FROM google_files) AND ChargeCategory = 'Purchase'
  AND (CommitmentDiscountStatus = 'Unused' OR CommitmentDiscountId <> SkuMeter)
GROUP BY ALL;

CREATE TEMP TABLE below_list AS
SELECT b.file_id, b.ordinal, b.text_id, coalesce(bool_or(ChargePeriodStart >= since), false) AS may_be_covered
FROM staged.bill b
  LEFT JOIN unnamed_fees f ON coalesce(f.account = account_key(b.BillingAccountId), true)
WHERE b.file_id IN (FROM google_files) AND ChargeCategory = 'Usage' AND charge_kind = 'cost'
  AND PricingCategory IS NULL AND CommitmentDiscountStatus IS NULL
GROUP BY ALL;

INSERT INTO staged.texts
SELECT * REPLACE (hash(text_id, 'may be covered') AS text_id, 'Used' AS CommitmentDiscountStatus)
FROM staged.texts
WHERE text_id IN (SELECT text_id FROM below_list WHERE may_be_covered);

UPDATE charge_lines SET text_id = hash(charge_lines.text_id, 'may be covered')
FROM below_list b
WHERE charge_lines.file_id = b.file_id AND charge_lines.ordinal = b.ordinal AND b.may_be_covered;

UPDATE staged.texts SET PricingCategory = 'Standard' WHERE text_id IN (SELECT text_id FROM below_list);

DELETE FROM staged.texts
WHERE text_id IN (SELECT text_id FROM below_list) AND text_id NOT IN (SELECT text_id FROM charge_lines);

-- Google gives back what is used of a fee for spend. Since the day on which a billing account has that of one fee,
-- another, or the same on another day, of which nothing is given back is used by nothing. The fee of a commitment to
-- resources shows nothing: their use has credits.
CREATE TEMP TABLE fees_without_use AS
WITH given_back AS (
  SELECT coalesce(account_key(BillingAccountId), '') AS account, date_trunc('day', min(ChargePeriodStart)) AS since
  FROM staged.bill
  WHERE file_id IN (FROM google_files) AND ChargeCategory = 'Purchase' AND CommitmentDiscountStatus = 'Unused'
  GROUP BY ALL
)
SELECT file_id, ordinal, text_id
FROM staged.bill JOIN given_back ON account = coalesce(account_key(BillingAccountId), '')
WHERE file_id IN (FROM google_files) AND ChargeCategory = 'Purchase' AND charge_kind = 'cost'
  AND CommitmentDiscountStatus IS NULL AND ChargePeriodStart >= since AND EffectiveCost > 0
  AND regexp_matches(SkuMeter, '\b(dollar|spend)[- ]based\b', 'i');

INSERT INTO staged.texts
SELECT * REPLACE (hash(text_id, 'nothing given back') AS text_id, 'Unused' AS CommitmentDiscountStatus)
FROM staged.texts
WHERE text_id IN (SELECT text_id FROM fees_without_use);

UPDATE charge_lines SET text_id = hash(charge_lines.text_id, 'nothing given back')
FROM fees_without_use f
WHERE charge_lines.file_id = f.file_id AND charge_lines.ordinal = f.ordinal;

DELETE FROM staged.texts
WHERE text_id IN (SELECT text_id FROM fees_without_use) AND text_id NOT IN (SELECT text_id FROM charge_lines);
