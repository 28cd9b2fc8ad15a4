-- How the time of each subject was bought, by its bill, and what an hour of it cost. Meters of Google Cloud count cores
-- and memory: there the price of an hour is unknown.
SELECT resource_id, CASE WHEN bool_or(PricingCategory = 'Dynamic') THEN 'spot'
    WHEN bool_or(PricingCategory = 'Standard') THEN 'on_demand'
    WHEN bool_and(coalesce(PricingCategory = 'Committed', false)) THEN 'committed' END AS bought,
  (sum(cost) FILTER (hours IS NOT NULL) / nullif(sum(hours), 0))::DOUBLE AS an_hour
FROM (SELECT *, machine_hours(ConsumedUnit, ConsumedQuantity) AS hours FROM ({charges})
  WHERE is_machine_time(component, charge_kind, ChargeCategory, ChargeClass, ChargeFrequency))
GROUP BY resource_id
