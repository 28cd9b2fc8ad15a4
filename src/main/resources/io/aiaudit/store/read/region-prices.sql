-- The lowest list price an hour of each instance type in each region, where it is offered in several.
SELECT provider, lower(machine_type) AS machine_type, lower(region) AS region, min(on_demand) AS price
FROM offers
WHERE on_demand > 0 AND machine_type IS NOT NULL AND region IS NOT NULL AND currency = (SELECT currency FROM scan)
GROUP BY ALL
ORDER BY ALL
