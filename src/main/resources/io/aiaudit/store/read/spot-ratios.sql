-- What spot costs over the on-demand price of the same machine type, where it has such a price.
SELECT resource_id, min(spot::DOUBLE / on_demand::DOUBLE)
FROM resource_prices
WHERE on_demand > 0 AND spot IS NOT NULL
GROUP BY resource_id
ORDER BY resource_id
