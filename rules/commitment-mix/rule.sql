-- The base load of machines of one type in a region is the cost on demand that nearly every hour reaches. Committed to, an hour costs r of it, used or not: what is saved is sum(min(load, base)) x (1 - r) - sum(base - load where it is less) x r.
WITH hourly AS (      -- only of what no other saving changes, neither one that counts nor one that waits for an answer
  SELECT s.resource_id, s.provider, s.region, lower(s.machine_type) AS type, date_trunc('hour', c.ChargePeriodStart) AS hour, sum(c.cost)::DOUBLE AS cost
  FROM subject s JOIN spend p USING (resource_id) JOIN charges c USING (resource_id)
  WHERE p.time_left > 1 - 1e-9 AND s.purchase IS DISTINCT FROM 'spot' AND s.ended_at IS NULL
    AND c.component = 'time' AND c.charge_kind = 'cost' AND c.cost > 0 AND coalesce(c.PricingCategory, 'Standard') = 'Standard' AND c.CommitmentDiscountStatus IS NULL
    AND c.ChargePeriodEnd <= c.ChargePeriodStart + INTERVAL 1 HOUR
  GROUP BY ALL
), load AS (
  SELECT provider, region, type, hour, sum(cost) AS cost FROM hourly GROUP BY ALL
), base AS (
  SELECT provider, region, type, coalesce(max(cost) FILTER (place = needed), 0) AS base, any_value(hours_all ORDER BY hours_all) AS hours_all
  FROM (SELECT *, row_number() OVER (PARTITION BY provider, region, type ORDER BY cost DESC, hour) AS place, (epoch(window_end) - epoch(window_start)) / 3600 AS hours_all, ceil(always_share * hours_all) AS needed FROM load, param)
  GROUP BY provider, region, type
), price AS (
  SELECT provider, region, lower(machine_type) AS type, min(committed_1y / nullif(on_demand, 0))::DOUBLE AS ratio FROM offers WHERE committed_1y > 0 GROUP BY ALL
), committed AS (
  SELECT b.provider, b.region, b.type, base, ratio, sum(cost) AS whole, sum(least(cost, base)) AS covered, base * hours_all - sum(least(cost, base)) AS idle
  FROM base b JOIN load USING (provider, region, type) JOIN price USING (provider, region, type) GROUP BY b.provider, b.region, b.type, base, ratio, hours_all
), share AS (
  SELECT c.*, covered / whole AS base_share, (covered * (1 - ratio) - idle * ratio) / whole AS saved,
    (covered * (1 - load_lost_worst) * (1 - ratio) - (idle + covered * load_lost_worst) * ratio) / whole AS saved_worst
  FROM committed c, param
), member AS (
  SELECT s.resource_id, s.provider, s.region, s.machine_type, coalesce(s.name, s.resource_id) AS called, sum(h.cost) AS cost, p.time_left, count(h.hour) > 0 AS is_hourly, s.purchase
  FROM subject s JOIN spend p USING (resource_id) LEFT JOIN hourly h USING (resource_id) GROUP BY ALL
), used AS (
  SELECT c.provider, bool_or(used_share < well_used) AS is_idle FROM commitments c, param WHERE "end" > window_end GROUP BY ALL
), judged AS (
  SELECT m.*, g.* EXCLUDE (provider, region, type), p.ratio AS price_ratio, coalesce(u.is_idle, false) AS has_idle_commitment
  FROM member m LEFT JOIN share g ON g.provider = m.provider AND g.region = m.region AND g.type = lower(m.machine_type)
    LEFT JOIN price p ON p.provider = m.provider AND p.region = m.region AND p.type = lower(m.machine_type) LEFT JOIN used u ON u.provider = m.provider
)
SELECT resource_id, 1 - saved AS remaining, least(1, 1 - saved_worst) AS remaining_worst, 'medium' AS confidence, machine_type AS target,
  provider || '/' || region || '/' || lower(machine_type) AS group_id,       -- one commitment for all of them
  format('{:.0f} % of what {} and others of its type cost on demand in {} was there in {:.0f} % of the hours, and no other saving changes it. For a year it costs {:.0f} % of that.', 100 * base_share, called, region, 100 * always_share, 100 * ratio) AS reason,
  NULL AS not_examined, base_share, 1 - base_share AS stays_on_demand_share, ratio AS committed_price_ratio, base AS base_load_an_hour_on_demand, greatest(0, idle) / (idle + covered) AS commitment_unused_share
FROM judged, param
WHERE is_hourly AND NOT has_idle_commitment AND saved >= min_saving AND saved > 0
UNION ALL BY NAME
SELECT resource_id, CASE WHEN time_left <= 1 - 1e-9 THEN 'a saving that counts or waits for an answer changes its load first' WHEN NOT is_hourly THEN 'the bill tells no hours of it on demand'
  WHEN has_idle_commitment THEN 'a commitment at its provider is not used up: that goes first' ELSE 'no committed price of its machine type in its region' END AS not_examined
FROM judged
WHERE purchase IS DISTINCT FROM 'spot' AND purchase IS DISTINCT FROM 'committed' AND (time_left <= 1 - 1e-9 OR NOT is_hourly OR has_idle_commitment OR price_ratio IS NULL)
