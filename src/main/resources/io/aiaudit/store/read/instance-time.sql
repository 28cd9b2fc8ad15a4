-- Time by the hour, or by the day where a bill is by the day: its cost, and the instance hours that it counts; what a
-- commitment covers of both.
WITH time AS (
  SELECT resource_id, ChargePeriodStart AS start, ChargePeriodEnd - ChargePeriodStart AS length, cost,
    coalesce(CommitmentDiscountStatus = 'Used', false) AS is_committed,
    CASE WHEN cost > 0 AND regexp_matches(coalesce(ConsumedUnit, ''), '^(1 )?(hour|hours|hrs)$', 'i')
      THEN ConsumedQuantity END AS hours
  FROM charges
  WHERE component = 'time' AND charge_kind = 'cost' AND ChargePeriodStart >= ? AND ChargePeriodStart < ?
    AND resource_id IN (SELECT unnest(from_json(?::JSON, '["VARCHAR"]')))
), longest AS (
  SELECT resource_id, max(length) > INTERVAL 1 HOUR AS by_day FROM time GROUP BY resource_id
  HAVING max(length) <= INTERVAL 25 HOURS
)
SELECT resource_id, if(by_day, date_trunc('day', start), date_trunc('hour', start)) AS start,
  if(by_day, 24, 1)::INTEGER AS hours, sum(cost) AS cost,
  coalesce(sum(cost) FILTER (is_committed), 0) AS committed,
  CASE WHEN bool_and(hours IS NOT NULL OR cost <= 0) THEN sum(hours)::DOUBLE END AS paid_hours,
  CASE WHEN bool_and(hours IS NOT NULL OR cost <= 0) THEN coalesce(sum(hours) FILTER (is_committed), 0)::DOUBLE END AS
    committed_hours
FROM time JOIN longest USING (resource_id)
GROUP BY ALL
ORDER BY ALL
