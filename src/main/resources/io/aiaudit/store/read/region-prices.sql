-- The lowest list price an hour of some instance types in each region, where they are offered in several.
SELECT provider, lower(machine_type) AS machine_type, lower(region) AS region, min(on_demand) AS price
FROM offers
WHERE lower(machine_type) IN (SELECT unnest(from_json(?::JSON, '["VARCHAR"]')))
  AND on_demand > 0 AND region IS NOT NULL AND currency = (SELECT currency FROM scan)
GROUP BY ALL
ORDER BY ALL
