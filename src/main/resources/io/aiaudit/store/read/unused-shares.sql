-- Which share of what a commitment is charged for by itself nothing used, as the bill says.
WITH bounds AS (SELECT ?::TIMESTAMP AS window_start, ?::TIMESTAMP AS window_end)
SELECT resource_id, sum(cost) FILTER (CommitmentDiscountStatus = 'Unused')::DOUBLE / sum(cost)::DOUBLE AS unused
FROM charges, bounds
WHERE component = 'commitment' AND charge_kind = 'cost' AND ChargePeriodStart < window_end
  AND ChargePeriodEnd > window_start
GROUP BY resource_id
HAVING sum(cost) > 0 AND unused > 0
ORDER BY resource_id
