-- What needs no thought is copied.
INSERT INTO files SELECT * EXCLUDE (file_id, source, scope) FROM (FROM staged.files UNION ALL FROM work.files) ORDER BY source, scope, file_id;
INSERT INTO rejects SELECT * EXCLUDE (source, scope) FROM (FROM staged.rejects UNION ALL FROM work.rejects) ORDER BY source, scope, file, record;
INSERT INTO bill_rows SELECT * FROM staged.bill_rows ORDER BY ALL;
INSERT INTO warnings SELECT message FROM work.warnings GROUP BY message ORDER BY min(source), min(scope), message;     -- said once, however many slices say it
INSERT INTO advice SELECT DISTINCT * FROM work.advice ORDER BY ALL;
INSERT INTO gaps SELECT * FROM work.gaps ORDER BY ALL;

-- Commitments that a collector told, and those that only the bill shows: cost per hour of what it charged, and the used part of it.
INSERT INTO commitments SELECT DISTINCT * FROM work.commitments ORDER BY ALL;

INSERT INTO commitments
SELECT
  provider, CommitmentDiscountId, min(coalesce(CommitmentDiscountType, CommitmentDiscountCategory)), min(coalesce(SubAccountId, BillingAccountId)), NULL, NULL,
  sum(EffectiveCost) / nullif(date_diff('hour', min(ChargePeriodStart), max(ChargePeriodEnd)), 0),
  sum(EffectiveCost) FILTER (CommitmentDiscountStatus = 'Used') / nullif(sum(EffectiveCost), 0)
FROM charges
WHERE CommitmentDiscountStatus IN ('Used', 'Unused') AND CommitmentDiscountId IS NOT NULL AND CommitmentDiscountId NOT IN (SELECT id FROM commitments WHERE id IS NOT NULL)
GROUP BY provider, CommitmentDiscountId
ORDER BY ALL;

-- What only the joining needed goes.
DROP SCHEMA staged CASCADE;
ALTER TABLE charge_lines DROP COLUMN file_id;
ALTER TABLE charge_lines DROP COLUMN ordinal;
ALTER TABLE charge_lines DROP COLUMN bad;
ALTER TABLE charge_lines DROP COLUMN row_hash;
