-- What spot and a commitment of a year cost over the on-demand price of the same machine type, where it has such
-- prices.
SELECT resource_id, min(spot::DOUBLE / on_demand::DOUBLE), min(committed_1y::DOUBLE / on_demand::DOUBLE)
FROM resource_prices
WHERE on_demand > 0
GROUP BY resource_id
ORDER BY resource_id
