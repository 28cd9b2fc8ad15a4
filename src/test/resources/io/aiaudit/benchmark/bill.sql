-- A month of an AWS bill in FOCUS 1.0, hour by hour: each resource with a service and a price, costs that follow from the number of the row.
COPY (
WITH h AS (
  SELECT range AS i, hash(range + 42)::UBIGINT AS a, hash(range * 3 + 1000000007)::UBIGINT AS b FROM range($rows)
), r AS (
  SELECT i, a, b, (i // 720 * 7919 + a % 40) % $resources AS resource, (a >> 8) % 720 AS hour FROM h
), s AS (
  SELECT *, hash(resource) AS q, hash(resource) % 20 AS service, hash(resource) % 400 AS sku, hash(resource * 31) % 60 AS account FROM r
)
SELECT
  'us-east-1' || ['a','b','c'][1 + (q % 3)::INT] AS AvailabilityZone,
  round(((b % 1000000)::DOUBLE / 37000), 10) AS BilledCost, '123456789012' AS BillingAccountId, 'Example Corp' AS BillingAccountName, 'USD' AS BillingCurrency,
  TIMESTAMP '2026-07-01' AS BillingPeriodEnd, TIMESTAMP '2026-06-01' AS BillingPeriodStart,
  CASE WHEN b % 500 = 0 THEN 'Tax' WHEN b % 501 = 0 THEN 'Credit' ELSE 'Usage' END AS ChargeCategory, NULL::VARCHAR AS ChargeClass,
  '$' || (sku + 1) / 1000 || ' per unit of usage number ' || sku || ' in US East (N. Virginia)' AS ChargeDescription, 'Usage-Based' AS ChargeFrequency,
  TIMESTAMP '2026-06-01' + to_hours(hour::INT + 1) AS ChargePeriodEnd, TIMESTAMP '2026-06-01' + to_hours(hour::INT) AS ChargePeriodStart,
  CASE WHEN q % 10 = 0 THEN 'Usage' END AS CommitmentDiscountCategory, CASE WHEN q % 10 = 0 THEN 'arn:aws:ec2:us-east-1:123456789012:reserved-instances/' || q % 97 END AS CommitmentDiscountId,
  NULL::VARCHAR AS CommitmentDiscountName, CASE WHEN q % 10 = 0 THEN 'Used' END AS CommitmentDiscountStatus, CASE WHEN q % 10 = 0 THEN 'Reserved Instance' END AS CommitmentDiscountType,
  ((b >> 20) % 100000)::DOUBLE / 1000 AS ConsumedQuantity, ['Hours', 'GB-Mo', 'Requests', 'GB', 'Tokens'][1 + (sku % 5)::INT] AS ConsumedUnit,
  round(((b % 1000000)::DOUBLE / 38000), 10) AS ContractedCost, (sku + 1)::DOUBLE / 1000 AS ContractedUnitPrice, round(((b % 1000000)::DOUBLE / 39000), 10) AS EffectiveCost,
  'Amazon Web Services, Inc.' AS InvoiceIssuerName, round(((b % 1000000)::DOUBLE / 35000), 10) AS ListCost, (sku + 1)::DOUBLE / 900 AS ListUnitPrice,
  CASE WHEN q % 10 = 0 THEN 'Committed' WHEN q % 11 = 0 THEN 'Dynamic' ELSE 'Standard' END AS PricingCategory, ((b >> 20) % 100000)::DOUBLE / 1000 AS PricingQuantity, ['Hours', 'GB-Mo', 'Requests', 'GB', 'Tokens'][1 + (sku % 5)::INT] AS PricingUnit,
  'AWS' AS ProviderName, 'Amazon Web Services, Inc.' AS PublisherName, 'us-east-1' AS RegionId, 'US East (N. Virginia)' AS RegionName,
  CASE WHEN service = 0 THEN NULL WHEN service < 8 THEN 'i-' || substr(md5(resource::VARCHAR), 1, 17) ELSE 'arn:aws:service' || service || ':us-east-1:' || (100000000000 + account) || ':thing/' || substr(md5(resource::VARCHAR), 1, 20) END AS ResourceId,
  CASE WHEN service <> 0 THEN 'name-' || resource END AS ResourceName, CASE WHEN service <> 0 THEN 'Type ' || service END AS ResourceType,
  ['Compute', 'Storage', 'AI and Machine Learning', 'Networking'][1 + (service % 4)::INT] AS ServiceCategory,
  ['Amazon Elastic Compute Cloud', 'Amazon Simple Storage Service', 'Amazon SageMaker', 'Elastic Load Balancing'][1 + (service % 4)::INT] || CASE WHEN service > 3 THEN ' ' || service ELSE '' END AS ServiceName,
  'SKU' || upper(substr(md5('s' || sku), 1, 13)) AS SkuId, 'SKU' || upper(substr(md5('s' || sku), 1, 13)) || '.JRTCKXETXF.' || upper(substr(md5('p' || sku), 1, 10)) AS SkuPriceId,
  (100000000000 + account)::VARCHAR AS SubAccountId, 'account-' || account AS SubAccountName,
  CASE WHEN service <> 0 THEN '{"team":"team-' || resource % 50 || '","env":"' || ['prod','dev'][1 + (resource % 2)::INT] || '","app":"app-' || resource % 1000 || '"}' END AS Tags
FROM s
) TO '$file' ($format)
