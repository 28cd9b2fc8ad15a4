-- Cost by day. A charge over several days is spread by time: what has accrued by the end of a day (rounded down to the
-- twelfth decimal) less what had accrued the day before, so that the days add up to the charge exactly.
WITH amounts AS (
  SELECT c.provider, coalesce(ServiceName, 'unknown') AS service, spend_class,
    existing_from(ChargePeriodStart, ChargePeriodEnd, created_at, ended_at) AS start_at,
    greatest(existing_until(ChargePeriodStart, ChargePeriodEnd, created_at, ended_at), start_at + INTERVAL 1 SECOND)
      AS end_at,
    sum(cost) AS cost
  FROM charges c LEFT JOIN resources r ON r.resource_id = c.resource_id
    AND is_of_life(ChargeCategory, ChargeClass, ChargeFrequency)
  WHERE charge_kind = 'cost'
  GROUP BY ALL
), days AS (
  SELECT *, unnest(range(date_trunc('day', start_at), end_at, INTERVAL 1 DAY)) AS day FROM amounts
    WHERE date_trunc('day', start_at) <> date_trunc('day', end_at - INTERVAL 1 MICROSECOND)
), accrued AS (
  SELECT *, CAST(cost * 1000000000000 AS HUGEINT) AS units, CAST(epoch(end_at) - epoch(start_at) AS HUGEINT) AS seconds,
    CAST(epoch(least(day + INTERVAL 1 DAY, end_at)) - epoch(start_at) AS HUGEINT) AS after,
    CAST(epoch(greatest(day, start_at)) - epoch(start_at) AS HUGEINT) AS before
  FROM days
), spread AS (
  SELECT day, provider, service, spend_class,
    CAST(units * after // seconds - units * before // seconds AS DECIMAL(38,0)) * 0.000000000001 AS cost FROM accrued
  UNION ALL
  SELECT date_trunc('day', start_at), provider, service, spend_class, cost FROM amounts
    WHERE date_trunc('day', start_at) = date_trunc('day', end_at - INTERVAL 1 MICROSECOND)
)
SELECT day::DATE AS day, provider, service, coalesce(spend_class, 'untold') AS spend_class, sum(cost) AS cost
FROM spread
GROUP BY ALL
ORDER BY ALL
