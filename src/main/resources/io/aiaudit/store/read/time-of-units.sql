-- Time by the hour; of several units by the day where their bill is by the day: what a commitment covers it covers
-- first, so units on demand ran beside it.
WITH time AS (
  SELECT c.resource_id, ChargePeriodStart, ChargePeriodEnd - ChargePeriodStart AS length, cost,
    CommitmentDiscountStatus = 'Used' AS is_committed, coalesce(r.replicas > 1, false) AS has_units
  FROM charges c JOIN resources r USING (resource_id)
  WHERE component = 'time' AND charge_kind = 'cost' AND ChargePeriodStart >= ? AND ChargePeriodStart < ?
    AND c.resource_id IN (SELECT unnest(from_json(?::JSON, '["VARCHAR"]')))
), longest AS (
  SELECT resource_id, max(length) AS length FROM time GROUP BY resource_id
  HAVING max(length) <= if(bool_or(has_units), INTERVAL 25 HOURS, INTERVAL 1 HOUR)
)
SELECT resource_id,
  if(l.length > INTERVAL 1 HOUR, date_trunc('day', ChargePeriodStart), date_trunc('hour', ChargePeriodStart)) AS hour,
  sum(cost) AS cost, coalesce(sum(cost) FILTER (is_committed), 0) AS committed
FROM time JOIN longest l USING (resource_id)
GROUP BY ALL
ORDER BY ALL
