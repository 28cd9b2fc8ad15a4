-- Lowers the rows of use by what was taken off them, and raises those of the discounts by as much.

CREATE TEMP TABLE lowered_rows AS
WITH used_rows AS (
  SELECT file_id, ordinal, names, at_billed OR EffectiveCost IS NULL AS is_billed, ChargePeriodStart AS start_at,
    ChargePeriodEnd AS end_at,
    part_of_amount(CASE WHEN is_billed THEN BilledCost ELSE EffectiveCost END, left_share, 1) AS cost
  FROM charge_lines JOIN used_texts USING (text_id)
  WHERE cost > 0 AND names IN (SELECT names FROM used_periods WHERE off > 0)
), parts AS (
  SELECT r.*, u.off, part_of_amount(u.off, r.cost, u.cost) AS part,
    row_number() OVER (PARTITION BY names, is_billed, start_at, end_at ORDER BY r.cost DESC, file_id, ordinal) = 1
      AS takes_rest
  FROM used_rows r JOIN (FROM used_periods WHERE off > 0) u USING (names, is_billed, start_at, end_at)
)
SELECT file_id, ordinal, is_billed, CASE WHEN takes_rest
  THEN off - coalesce(sum(part) FILTER (NOT takes_rest) OVER (PARTITION BY names, is_billed, start_at, end_at), 0)
  ELSE part END AS off
FROM parts;

INSERT INTO lowered_rows
SELECT file_id, ordinal, is_billed, r.amount + if(row_number() OVER (PARTITION BY discount ORDER BY file_id,
  ordinal) = 1, rest, 0)
FROM discount_rows r JOIN price_discounts d USING (words, is_billed, month, start_at, end_at)
WHERE rest <> d.amount;

UPDATE charge_lines SET
  EffectiveCost = CASE WHEN l.is_billed THEN EffectiveCost ELSE coalesce(EffectiveCost, BilledCost) - l.off END,
  BilledCost = CASE WHEN l.is_billed THEN BilledCost - l.off ELSE BilledCost END
FROM lowered_rows l
WHERE charge_lines.file_id = l.file_id AND charge_lines.ordinal = l.ordinal;
