-- Resources that are charged or at work more than a day before their creation or after their end: the inventory is of
-- another day, or what it lists was made again under the same id. They begin with the first of it; an end before the
-- last of it is none, since nothing says when it will come. What a part does is done by what holds it.
CREATE TEMP TABLE contradicted_lifetimes AS
WITH listed AS (
  SELECT resource_id, created_at, ended_at FROM resources WHERE created_at IS NOT NULL OR ended_at IS NOT NULL
), texts AS (
  SELECT text_id, resource_id, at_billed_cost FROM charge_texts SEMI JOIN listed USING (resource_id)
  -- a correction comes after the end as well
  WHERE charge_kind = 'cost' AND NOT is_one_off(ChargeCategory, ChargeClass, ChargeFrequency, 0)
), lines AS (
  SELECT text_id, min(ChargePeriodStart) AS first_start, min(ChargePeriodEnd) AS first_end,
    max(ChargePeriodStart) AS last_start
  FROM charge_lines JOIN texts USING (text_id)
  WHERE CASE WHEN at_billed_cost OR EffectiveCost IS NULL THEN BilledCost ELSE EffectiveCost END >= 0
  GROUP BY text_id
), points AS (
  SELECT resource_id, min(hour) AS first_hour, max(hour) AS last_hour
  FROM work.metrics WHERE greatest(average, maximum, total) > 0 GROUP BY resource_id
), seen AS (
  SELECT resource_id, first_start, first_end, last_start FROM lines JOIN texts USING (text_id)
  UNION ALL
  SELECT resource_id, first_hour, first_hour + INTERVAL 1 HOUR, last_hour FROM points
  UNION ALL
  SELECT top, first_hour, first_hour + INTERVAL 1 HOUR, last_hour FROM points JOIN descendants USING (resource_id)
), sums AS (
  SELECT resource_id, min(first_start) AS first_start, min(first_end) AS first_end, max(last_start) AS last_start
  FROM seen GROUP BY resource_id
)
SELECT resource_id,
  CASE WHEN first_end < created_at - INTERVAL 1 DAY THEN first_start ELSE created_at END AS created_at,
  CASE WHEN last_start > ended_at + INTERVAL 1 DAY THEN NULL ELSE ended_at END AS ended_at
FROM listed JOIN sums USING (resource_id)
WHERE first_end < listed.created_at - INTERVAL 1 DAY OR last_start > listed.ended_at + INTERVAL 1 DAY;

UPDATE resources AS r SET created_at = c.created_at, ended_at = c.ended_at
FROM contradicted_lifetimes c WHERE c.resource_id = r.resource_id;
