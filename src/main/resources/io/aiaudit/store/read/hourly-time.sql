-- Time by the hour, of resources none of whose time is billed over more than an hour.
SELECT resource_id, date_trunc('hour', ChargePeriodStart) AS hour, sum(cost) AS cost,
  coalesce(sum(cost) FILTER (CommitmentDiscountStatus = 'Used'), 0) AS committed
FROM charges
WHERE component = 'time' AND charge_kind = 'cost' AND ChargePeriodStart >= ? AND ChargePeriodStart < ?
  AND resource_id IN (SELECT unnest(from_json(?::JSON, '["VARCHAR"]')))
  AND resource_id NOT IN (SELECT resource_id FROM charges
    WHERE component = 'time' AND charge_kind = 'cost' AND ChargePeriodEnd - ChargePeriodStart > INTERVAL 1 HOUR
    AND resource_id IS NOT NULL)
GROUP BY ALL
ORDER BY ALL
