-- How many instances a bill by the hour or by the day counts in each of its periods: as many as its largest meter.
-- Meters of Google Cloud count cores and memory. What costs nothing is no instance (a negation), unless it runs under a
-- commitment whose cost the bill does not have.
SELECT resource_id, period_start, period_end, max(instances) AS instances
FROM (
  SELECT resource_id, ChargePeriodStart AS period_start, ChargePeriodEnd AS period_end,
    sum(machine_hours(ConsumedUnit, ConsumedQuantity))::DOUBLE * 3600 / epoch(ChargePeriodEnd - ChargePeriodStart)
      AS instances
  FROM ({charges})
  WHERE provider IN ('aws', 'azure') AND machine_hours(ConsumedUnit, ConsumedQuantity) IS NOT NULL
    AND is_machine_time(component, charge_kind, ChargeCategory, ChargeClass, ChargeFrequency)
    AND (cost > 0 OR coalesce(CommitmentDiscountStatus = 'Used' AND cost_basis = 'unpriced', false))
    AND ChargePeriodEnd - ChargePeriodStart BETWEEN INTERVAL 1 HOUR AND INTERVAL 25 HOURS
  GROUP BY resource_id, ChargePeriodStart, ChargePeriodEnd, SkuMeter, ChargeDescription
)
GROUP BY resource_id, period_start, period_end
