-- What a Cost and Usage Report leaves out, or leaves empty, about commitments. Decided over all files together: a
-- report comes in parts, and the fee, what it covers and the negation of that need not be in the same one.

-- By commitment (a report may lack the column that names it) and month: whether what it covers has effective costs.
CREATE TEMP TABLE covered_usage AS
SELECT
  coalesce(lower(CommitmentDiscountId), account_key(BillingAccountId), '') AS commitment,
  date_trunc('month', ChargePeriodStart) AS month,
  bool_and(EffectiveCost IS NULL) AS lacks_cost, coalesce(bool_or(EffectiveCost <> 0), false) AS has_cost
FROM staged.bill
WHERE file_id IN (SELECT file_id FROM staged.files WHERE dialect = 'cur') AND CommitmentDiscountStatus = 'Used'
GROUP BY ALL;

-- Where it has none, the used part of a fee is in no other row: the whole fee is what was paid. What is paid once for
-- the term is so where no month has any.
CREATE TEMP TABLE without_effective_cost AS
WITH lacking AS (
  SELECT commitment, month FROM covered_usage WHERE lacks_cost
  UNION ALL
  SELECT commitment, NULL FROM covered_usage GROUP BY commitment HAVING bool_and(lacks_cost)
), lines AS (
  SELECT
    file_id, ordinal, text_id, BilledCost, CommitmentDiscountStatus AS status,
    coalesce(lower(CommitmentDiscountId), account_key(BillingAccountId), '') AS commitment,
    CASE WHEN ChargeFrequency IS DISTINCT FROM 'One-Time' THEN date_trunc('month', ChargePeriodStart) END AS month,
    -- Of the usage of these reports only negations are under no price.
    CASE WHEN ChargeCategory = 'Purchase' THEN 'fee' WHEN CommitmentDiscountStatus = 'Used' THEN 'covered'
      ELSE 'negation' END AS role
  FROM staged.bill
  WHERE file_id IN (SELECT file_id FROM staged.files WHERE dialect = 'cur')
    AND ((ChargeCategory = 'Purchase' AND CommitmentDiscountId IS NOT NULL
        AND (EffectiveCost = 0 OR ChargeFrequency = 'Recurring'))
      OR (ChargeCategory = 'Usage' AND (CommitmentDiscountStatus = 'Used' OR PricingCategory IS NULL)))
)
SELECT lines.*
FROM lines JOIN lacking
  ON lacking.commitment = lines.commitment AND lacking.month IS NOT DISTINCT FROM lines.month;

-- Such a fee is not known to be unused.
INSERT INTO staged.texts
SELECT * REPLACE (hash(text_id, 'whole fee') AS text_id, NULL AS CommitmentDiscountStatus)
FROM staged.texts
WHERE text_id IN (SELECT text_id FROM without_effective_cost WHERE role = 'fee' AND status = 'Unused');

UPDATE charge_lines SET EffectiveCost = NULL,
  text_id = CASE WHEN w.status = 'Unused' THEN hash(charge_lines.text_id, 'whole fee') ELSE charge_lines.text_id END
FROM without_effective_cost w
WHERE charge_lines.file_id = w.file_id AND charge_lines.ordinal = w.ordinal AND w.role = 'fee';

DELETE FROM staged.texts
WHERE text_id IN (SELECT text_id FROM without_effective_cost WHERE role = 'fee')
  AND text_id NOT IN (SELECT text_id FROM charge_lines);

-- The price on demand of what a savings plan covers is no cost beside its fee. Where the negations take all of it away
-- again, neither is billed: the sum is the same. Else both stay as they are billed.
CREATE TEMP TABLE negated AS
SELECT commitment, month FROM without_effective_cost WHERE role <> 'fee'
GROUP BY ALL HAVING bool_or(role = 'negation') AND abs(sum(BilledCost)) < 0.001;

UPDATE charge_lines SET
  BilledCost = CASE WHEN is_negated THEN 0 ELSE charge_lines.BilledCost END,
  ContractedCost = CASE WHEN is_negated AND role = 'covered' THEN charge_lines.BilledCost
    ELSE charge_lines.ContractedCost END,
  EffectiveCost = CASE WHEN is_negated AND role = 'negation' THEN 0 END
FROM (
  SELECT w.*, n.commitment IS NOT NULL AS is_negated
  FROM without_effective_cost w LEFT JOIN negated n ON n.commitment = w.commitment AND n.month = w.month
  WHERE w.role <> 'fee' AND w.BilledCost <> 0
) w
WHERE charge_lines.file_id = w.file_id AND charge_lines.ordinal = w.ordinal;

-- Where what is covered has its cost, a fee that does not show its unused part is the same money. What counts is the
-- usage.
CREATE TEMP TABLE fees_in_usage AS
SELECT file_id, ordinal, BilledCost
FROM staged.bill
WHERE file_id IN (SELECT file_id FROM staged.files WHERE dialect = 'cur')
  AND ChargeCategory = 'Purchase' AND ChargeFrequency = 'Recurring' AND CommitmentDiscountId IS NOT NULL
  AND CommitmentDiscountStatus IS NULL AND EffectiveCost IS NULL
  AND (lower(CommitmentDiscountId), date_trunc('month', ChargePeriodStart)) IN (
    SELECT (commitment, month) FROM covered_usage WHERE has_cost);

UPDATE charge_lines SET EffectiveCost = 0 FROM fees_in_usage f
  WHERE charge_lines.file_id = f.file_id AND charge_lines.ordinal = f.ordinal;
