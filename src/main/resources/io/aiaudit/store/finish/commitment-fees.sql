-- A Cost and Usage Report may leave out, or leave empty, what of a commitment nobody used. Its fee then has no
-- effective cost; and where the usage under the commitment has one, that is the same money. What counts is the usage.

CREATE TEMP TABLE fees_in_usage AS
WITH paid AS (
  SELECT
    file_id, ordinal, {'commitment': coalesce(CommitmentDiscountId, BillingAccountId, ''),
      'month': date_trunc('month', ChargePeriodStart)} AS paid_for, CommitmentDiscountStatus AS status,
    BilledCost, EffectiveCost
  FROM staged.bill
  WHERE file_id IN (SELECT file_id FROM staged.files WHERE dialect = 'cur')
    AND (CommitmentDiscountStatus = 'Used' OR (ChargeCategory = 'Purchase' AND ChargeFrequency = 'Recurring'
      AND CommitmentDiscountId IS NOT NULL))
)
SELECT file_id, ordinal, BilledCost FROM paid
WHERE status IS NULL AND EffectiveCost IS NULL AND paid_for IN (SELECT paid_for FROM paid
  WHERE status = 'Used' AND EffectiveCost <> 0);

UPDATE charge_lines SET EffectiveCost = 0 FROM fees_in_usage f
  WHERE charge_lines.file_id = f.file_id AND charge_lines.ordinal = f.ordinal;
