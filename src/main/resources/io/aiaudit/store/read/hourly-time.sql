-- Time by the hour, of resources none of whose time is billed over more than an hour. Usage under a commitment whose
-- cost the bill does not have counts with its price beside it in the bill, or with its amount where a row has none:
-- that shows in which hours it lies, not what it costs.
WITH bounds AS (SELECT ?::TIMESTAMP AS window_start, ?::TIMESTAMP AS window_end), time AS (
  SELECT resource_id, ChargePeriodStart, ChargePeriodEnd, cost, cost_basis,
    coalesce(CommitmentDiscountStatus = 'Used', false) AS is_committed,
    coalesce(nullif(ContractedCost, 0), nullif(ListCost, 0)) AS price, ConsumedQuantity AS amount,
    machine_hours(ConsumedUnit, ConsumedQuantity) AS hours
  FROM charges
  WHERE is_machine_time(component, charge_kind, ChargeCategory, ChargeClass, ChargeFrequency)
    AND resource_id IN (SELECT unnest(from_json(?::JSON, '["VARCHAR"]')))
), hourly AS (
  SELECT resource_id, bool_and(coalesce(price > 0, false)) FILTER (cost_basis = 'unpriced') AS has_prices,
    bool_or(hours IS NOT NULL) AS has_hours FROM time
  GROUP BY resource_id HAVING bool_and(coalesce(ChargePeriodEnd - ChargePeriodStart <= INTERVAL 1 HOUR, false))
), worth AS (
  SELECT resource_id, ChargePeriodStart AS start, is_committed, CASE WHEN cost_basis <> 'unpriced' THEN cost
    WHEN has_prices THEN price ELSE coalesce(if(has_hours, hours, amount), 0) END::DECIMAL(28,12) AS cost
  FROM time JOIN hourly USING (resource_id)
)
SELECT resource_id, date_trunc('hour', start) AS hour, sum(cost) AS cost,
  coalesce(sum(cost) FILTER (is_committed), 0) AS committed
FROM worth, bounds
WHERE start >= window_start AND start < window_end
GROUP BY ALL
ORDER BY ALL
