-- Time by the hour, or by the day where a bill is by the day: its cost, and the instance hours that it counts; what a
-- commitment covers of both. Fees for longer are rows of their own, where they are not most of the cost.
WITH bounds AS (SELECT ?::TIMESTAMP AS window_start, ?::TIMESTAMP AS window_end), time AS (
  SELECT resource_id, ChargePeriodStart AS start, ChargePeriodEnd - ChargePeriodStart AS length,
    length > INTERVAL 25 HOURS AS is_fee, coalesce(SkuMeter, ChargeDescription, '') AS meter, cost,
    coalesce(CommitmentDiscountStatus = 'Used', false) AS is_committed,
    if(cost > 0, machine_hours(ConsumedUnit, ConsumedQuantity), NULL) AS hours,
    epoch(least(ChargePeriodEnd, window_end) - greatest(ChargePeriodStart, window_start)) / epoch(length) AS inside
  FROM charges, bounds
  WHERE is_machine_time(component, charge_kind, ChargeCategory, ChargeClass, ChargeFrequency)
    AND ChargePeriodStart < window_end
    AND if(is_fee, ChargePeriodEnd > window_start, ChargePeriodStart >= window_start)
    AND resource_id IN (SELECT unnest(from_json(?::JSON, '["VARCHAR"]')))
), billed AS (
  SELECT resource_id, max(length) FILTER (NOT is_fee) > INTERVAL 1 HOUR AS by_day
  FROM time GROUP BY resource_id
  HAVING sum(cost) FILTER (NOT is_fee) > coalesce(sum(cost * inside) FILTER (is_fee), 0)
    OR bool_and(NOT is_fee)
), metered AS (
  SELECT resource_id, if(by_day, date_trunc('day', start), date_trunc('hour', start)) AS start,
    if(by_day, 24, 1)::INTEGER AS hours, meter, sum(cost) AS cost,
    coalesce(sum(cost) FILTER (is_committed), 0) AS committed, bool_and(hours IS NOT NULL OR cost <= 0) AS counts_hours,
    sum(hours) AS paid_hours, coalesce(sum(hours) FILTER (is_committed), 0) AS committed_hours
  FROM time JOIN billed USING (resource_id)
  WHERE NOT is_fee
  GROUP BY ALL
)
SELECT resource_id, start, hours, sum(cost) AS cost, sum(committed) AS committed,
  CASE WHEN bool_and(counts_hours) THEN sum(paid_hours)::DOUBLE END AS paid_hours,
  CASE WHEN bool_and(counts_hours) THEN sum(committed_hours)::DOUBLE END AS committed_hours,
  -- lines without a name may be of several meters
  CASE WHEN bool_and(counts_hours AND meter <> '') THEN max(paid_hours)::DOUBLE END AS hours_of_one_meter
FROM metered
GROUP BY resource_id, start, hours
UNION ALL BY NAME
SELECT resource_id, start, round(epoch(length) / 3600)::INTEGER AS hours, sum(cost) AS cost,
  coalesce(sum(cost) FILTER (is_committed), 0) AS committed
FROM time JOIN billed USING (resource_id)
WHERE is_fee
GROUP BY ALL
ORDER BY ALL
