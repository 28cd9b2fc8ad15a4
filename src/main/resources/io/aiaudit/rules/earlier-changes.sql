-- When each resource was last changed before the window: what it was billed as then (instance type, purchase) and is
-- not in the window, and what a source says of its configuration and limits of scaling. A parent when any part was.
WITH earlier AS (
  SELECT DISTINCT resource_id FROM {base}charges WHERE component = 'time' AND ChargePeriodStart < {start}
), line AS (         -- summed before anything is read from their texts
  SELECT resource_id, SkuPriceDetails, SkuMeter, ChargeDescription, SkuId, PricingCategory,
    max(ChargePeriodEnd) AS charged_to, bool_or(ChargePeriodEnd > {start}) AS in_window
  FROM {base}charges
  WHERE component = 'time' AND charge_kind = 'cost' AND ChargePeriodStart < {end}
    AND resource_id IN (FROM earlier)
  GROUP BY ALL
), term AS (
  SELECT resource_id, max(charged_to) AS charged_to, bool_or(in_window) AS in_window
  FROM line
  GROUP BY resource_id, billed_machine(SkuPriceDetails, SkuMeter, ChargeDescription, SkuId),
    billed_purchase(PricingCategory, SkuMeter)
), changed AS (
  SELECT resource_id, max(charged_to) FILTER (NOT in_window) AS changed_at FROM term GROUP BY resource_id
    HAVING bool_or(in_window)
  UNION ALL
  SELECT resource_id, TRY_CAST(unnest([attributes['configured_at'], attributes['scaling_changed_at']]) AS TIMESTAMP)
  FROM {base}resources
)
SELECT a.ancestor_id AS resource_id, max(changed_at) AS changed_at
FROM changed JOIN aiaudit_ancestors a USING (resource_id)
WHERE changed_at < {start}
GROUP BY ALL
