-- Refunds of Azure that name the order of a reservation or savings plan: what it was bought for costs less from the day
-- of the return to the end of its term. What is given back beyond that is of the days before. The refund stays what it
-- is in billed cost; its purchase has the rest in effective cost, up to the return and since then. Decided over all
-- files together: both may be of different months. An order that is bought in no file has nothing to lower.
CREATE TEMP TABLE returns AS
SELECT lower(CommitmentDiscountId) AS commitment, ChargePeriodStart AS day, sum(-BilledCost) AS amount
FROM staged.bill
WHERE provider = 'azure' AND charge_kind = 'refund' AND CommitmentDiscountId IS NOT NULL AND BilledCost < 0
  AND file_id IN (SELECT file_id FROM staged.files WHERE dialect = 'azure')
GROUP BY ALL;

-- Parts are rounded to the twelfth decimal.
CREATE TEMP MACRO part_of_price(amount, part, whole) AS coalesce(TRY_CAST(TRY_CAST(amount AS DECIMAL(24,12))
  * TRY_CAST(part / nullif(whole, 0) AS DECIMAL(13,12)) AS DECIMAL(28,12)), 0);

-- One return of an order at a time: of several in the files all is given back on the day of the first.
CREATE TEMP TABLE returned_purchases AS
WITH bought AS (
  SELECT file_id, ordinal, lower(CommitmentDiscountId) AS commitment, EffectiveCost AS cost,
    ChargePeriodStart AS start_at, ChargePeriodEnd AS end_at
  FROM staged.bill
  WHERE provider = 'azure' AND charge_kind = 'cost' AND ChargeCategory = 'Purchase' AND EffectiveCost > 0
    AND file_id IN (SELECT file_id FROM staged.files WHERE dialect = 'azure')
), returned AS (
  SELECT b.*, min(r.day) AS day, sum(r.amount) AS amount
  FROM bought b JOIN returns r ON r.commitment = b.commitment AND r.day >= b.start_at AND r.day < b.end_at
  GROUP BY ALL
), valued AS (
  SELECT *, part_of_price(cost, epoch(end_at - day), epoch(end_at - start_at)) AS remaining, cost - remaining AS used,
    sum(remaining) OVER one AS all_remaining, sum(used) OVER one AS all_used
  FROM returned WINDOW one AS (PARTITION BY commitment)
)
SELECT file_id, ordinal, start_at, day, end_at,
  used - part_of_price(least(greatest(amount - all_remaining, 0), all_used), used, all_used) AS before,
  remaining - part_of_price(least(amount, all_remaining), remaining, all_remaining) AS since
FROM valued;

INSERT INTO charge_lines BY NAME
SELECT l.* REPLACE (-l.ordinal AS ordinal, 0 AS BilledCost, since AS EffectiveCost, 0 AS ListCost, 0 AS ContractedCost,
  day AS ChargePeriodStart)
FROM charge_lines l JOIN returned_purchases USING (file_id, ordinal)
WHERE day > start_at AND since <> 0;

UPDATE charge_lines SET
  EffectiveCost = CASE WHEN day > start_at THEN before ELSE since END,
  ChargePeriodEnd = CASE WHEN day > start_at THEN day ELSE end_at END
FROM returned_purchases r
WHERE charge_lines.file_id = r.file_id AND charge_lines.ordinal = r.ordinal;
