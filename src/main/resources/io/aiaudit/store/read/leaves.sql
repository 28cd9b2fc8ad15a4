-- Every leaf with its first charge, the basis of its cost, the hours it ran and its list price. Where all of its time charges are of one hour the bill tells which hours
-- it ran; else its life in the window does.
WITH
  bounds AS (SELECT ?::TIMESTAMP AS window_start, ?::TIMESTAMP AS window_end),
  charged AS (
    SELECT
      resource_id, min(ChargePeriodStart) AS first_charge,
      CASE WHEN bool_or(cost_basis = 'allocated') THEN 'allocated' WHEN bool_or(cost_basis = 'billed') THEN 'billed' ELSE 'effective' END AS basis,
      bool_and(ChargePeriodEnd - ChargePeriodStart = INTERVAL 1 HOUR) FILTER (component = 'time') AS hourly,
      count(DISTINCT ChargePeriodStart) FILTER (component = 'time' AND ChargePeriodStart >= window_start AND ChargePeriodStart < window_end) AS billed_hours
    FROM charges, bounds
    WHERE charge_kind = 'cost'
    GROUP BY resource_id
  ),
  prices AS (
    SELECT * REPLACE (lower(machine_type) AS machine_type) FROM offers
    QUALIFY row_number() OVER (PARTITION BY provider, region, lower(machine_type) ORDER BY as_of DESC NULLS LAST, on_demand) = 1
  ),
  priced AS (
    SELECT r.*, c.first_charge, c.basis, c.hourly, c.billed_hours,
      CASE r.purchase WHEN 'spot' THEN p.spot ELSE p.on_demand END * coalesce(r.replicas, 1) * units_of(r.machine_type) AS list_price,
      greatest(0, epoch(least(window_end, coalesce(ended_at, window_end)) - greatest(window_start, coalesce(created_at, window_start)))) / 3600 AS life_hours
    FROM resources r CROSS JOIN bounds
    LEFT JOIN charged c USING (resource_id)
    LEFT JOIN prices p ON is_offer_of(r, p)
    WHERE NOT EXISTS (FROM resources child WHERE child.parent_id = r.resource_id)
  )
SELECT
  * EXCLUDE (first_charge, basis, hourly, billed_hours, list_price, life_hours), first_charge,
  coalesce(basis, CASE WHEN list_price IS NULL THEN 'unpriced' ELSE 'list' END) AS basis,
  CASE WHEN hourly THEN billed_hours ELSE life_hours END AS hours_run,
  CAST(list_price AS DECIMAL(28,12)) AS list_price
FROM priced
ORDER BY resource_id
