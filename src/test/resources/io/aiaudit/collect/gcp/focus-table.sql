-- A FOCUS export: two hours of one machine, an hour of another, and one of July.
SELECT
  'AAAAAA-BBBBBB-CCCCCC' AS BillingAccountId, 'acme-ml' AS SubAccountId, 'USD' AS BillingCurrency, 'Usage' AS ChargeCategory, 'A2 Instance Core' AS ChargeDescription,
  'Standard' AS PricingCategory, 'us-central1' AS RegionId, r.resource AS ResourceId, 'Compute Engine' AS ServiceName, 'sku-1' AS SkuId,
  [STRUCT('team' AS key, 'search' AS value)] AS Tags,
  r.since AS ChargePeriodStart, TIMESTAMP_ADD(r.since, INTERVAL 1 HOUR) AS ChargePeriodEnd,
  NUMERIC '1.1' AS BilledCost, r.effective AS EffectiveCost
FROM UNNEST(ARRAY<STRUCT<since TIMESTAMP, resource STRING, effective NUMERIC>>[
  ('2026-06-03 00:00:00+00', 'train-1', 0.6), ('2026-06-03 01:00:00+00', 'train-1', 0.6),
  ('2026-06-03 00:00:00+00', 'train-2', 1.1), ('2026-07-01 00:00:00+00', 'train-1', 1000)
]) AS r
