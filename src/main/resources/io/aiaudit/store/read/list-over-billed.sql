-- By provider, how many times of what its bill charged for machine hours the same hours cost at list price, of the
-- resources that have both.
SELECT r.provider, (sum(hours * price) / sum(cost))::DOUBLE AS times
FROM (
  SELECT resource_id, sum(cost) AS cost, sum(machine_hours(ConsumedUnit, ConsumedQuantity)) AS hours
  FROM charges
  WHERE is_machine_time(component, charge_kind, ChargeCategory, ChargeClass, ChargeFrequency) AND cost > 0
    AND machine_hours(ConsumedUnit, ConsumedQuantity) IS NOT NULL
  GROUP BY resource_id
) billed
JOIN resources r USING (resource_id)
JOIN (SELECT resource_id, min(on_demand) AS price FROM resource_prices GROUP BY resource_id) USING (resource_id)
-- Google bills processors, memory and accelerators of an instance each by the hour
WHERE r.purchase IS DISTINCT FROM 'spot' AND r.provider <> 'gcp'
GROUP BY r.provider
HAVING sum(hours * price) > 0
ORDER BY r.provider
