-- Azure cost details (learn.microsoft.com/azure/cost-management-billing), of Enterprise Agreements (EA), Microsoft Customer Agreements (MCA) and pay-as-you-go
-- subscriptions, actual or amortized. The names differ in case and from agreement to agreement; a translated header has the English name in parentheses. Amounts and
-- days are text here, since both are written as the language of the account has it.

-- 1. The columns that are read. A row without a readable day and cost is rejected and counted.
CREATE TEMP TABLE bill (
  Date VARCHAR NOT NULL, Cost VARCHAR NOT NULL, BillingCurrency VARCHAR NOT NULL, ChargeType VARCHAR, PricingModel VARCHAR, Frequency VARCHAR, Term VARCHAR,
  BillingPeriodStartDate VARCHAR, BillingPeriodEndDate VARCHAR, BillingAccountId VARCHAR, BillingAccountName VARCHAR, BillingProfileId VARCHAR, SubscriptionId VARCHAR, SubscriptionName VARCHAR,
  Product VARCHAR, MeterId VARCHAR, MeterCategory VARCHAR, MeterSubCategory VARCHAR, MeterName VARCHAR, ServiceFamily VARCHAR, ConsumedService VARCHAR, PartNumber VARCHAR,
  Quantity VARCHAR, UnitOfMeasure VARCHAR, UnitPrice VARCHAR, EffectivePrice VARCHAR, PayGPrice VARCHAR, PaygCostInBillingCurrency VARCHAR, PricingCurrency VARCHAR,
  ResourceId VARCHAR, ResourceName VARCHAR, ResourceLocation VARCHAR, AdditionalInfo VARCHAR, Tags VARCHAR, ReservationId VARCHAR, ProductOrderId VARCHAR, BenefitId VARCHAR,
  BenefitName VARCHAR, PublisherType VARCHAR, PublisherName VARCHAR
);

COMMENT ON COLUMN bill.Date IS 'UsageDateTime, UsageDate';
COMMENT ON COLUMN bill.Cost IS 'CostInBillingCurrency, PreTaxCost';
COMMENT ON COLUMN bill.BillingCurrency IS 'BillingCurrencyCode, Currency';
COMMENT ON COLUMN bill.SubscriptionId IS 'SubscriptionGuid';
COMMENT ON COLUMN bill.Product IS 'ProductName';
COMMENT ON COLUMN bill.Quantity IS 'UsageQuantity';
COMMENT ON COLUMN bill.EffectivePrice IS 'ResourceRate';
COMMENT ON COLUMN bill.ResourceId IS 'InstanceId, InstanceName';
COMMENT ON COLUMN bill.ResourceLocation IS 'ResourceLocationNormalized, Location, MeterRegion';
COMMENT ON COLUMN bill.BenefitName IS 'ReservationName';

-- 2. Each row as a charge.
WITH told AS (
  SELECT
    *,
    azure_day(Date, BillingPeriodEndDate) AS day, local_number(Cost) AS amount, local_number(Quantity) AS units,
    CASE lower(coalesce(ChargeType, 'Usage')) WHEN 'unusedreservation' THEN 'unused' WHEN 'unusedsavingsplan' THEN 'unused' ELSE lower(coalesce(ChargeType, 'Usage')) END AS type,
    coalesce(lower(PricingModel) IN ('reservation', 'savingsplan'), ReservationId IS NOT NULL) AS committed,
    CASE WHEN regexp_matches(BenefitId, 'savingsplanorders/', 'i') THEN '/providers/microsoft.billingbenefits/savingsplanorders/' ELSE '/providers/microsoft.capacity/reservationorders/' END
      || lower(coalesce(nullif(regexp_extract(coalesce(BenefitId, ''), 'orders/([^/]+)', 1, 'i'), ''), ProductOrderId, ReservationId)) AS order_id,
    lower(coalesce(json_extract_string(TRY_CAST(AdditionalInfo AS JSON), '$.ServiceType'), '')) AS machine
  FROM bill
), placed AS (
  SELECT
    *,
    type = 'usage' AND committed AS covered,
    CASE WHEN type = 'unused' OR (committed AND type <> 'usage') THEN order_id ELSE ResourceId END AS billed_on
  FROM told
)
SELECT
  file_id, ordinal, common_hash,
  CASE WHEN bad IS NOT NULL THEN bad WHEN day IS NULL THEN {'column': 'Date', 'value': Date} WHEN amount IS NULL THEN {'column': 'Cost', 'value': Cost} END AS bad,
  NULL::UBIGINT AS row_hash,
  -- What lies under a commitment was paid with the commitment: nothing is invoiced for it.
  CASE WHEN covered OR type = 'unused' THEN 0 ELSE amount END AS BilledCost,
  -- In an export of actual cost covered usage stands at 0, which is no price: its cost is not known there.
  CASE WHEN covered AND amount = 0 THEN NULL ELSE amount END AS EffectiveCost,
  coalesce(local_number(PaygCostInBillingCurrency), CASE WHEN coalesce(PricingCurrency, BillingCurrency) = BillingCurrency THEN times(local_number(PayGPrice), units) END) AS ListCost,
  CASE WHEN coalesce(PricingCurrency, BillingCurrency) = BillingCurrency THEN times(local_number(UnitPrice), units) END AS ContractedCost,
  upper(BillingCurrency) AS BillingCurrency,
  azure_day(BillingPeriodStartDate, BillingPeriodEndDate) AS BillingPeriodStart, azure_day(BillingPeriodEndDate, BillingPeriodEndDate) + INTERVAL 1 DAY AS BillingPeriodEnd,
  -- A row is of a day. What is paid once for a term (in months) is of the term.
  day AS ChargePeriodStart,
  CASE WHEN type = 'purchase' AND lower(Frequency) = 'onetime' AND TRY_CAST(Term AS INTEGER) BETWEEN 1 AND 120 THEN day + to_months(TRY_CAST(Term AS INTEGER)) ELSE day + INTERVAL 1 DAY END AS ChargePeriodEnd,
  CASE WHEN type = 'purchase' THEN 'Purchase' WHEN type IN ('refund', 'adjustment', 'roundingadjustment') THEN 'Adjustment' WHEN type = 'tax' THEN 'Tax' WHEN type = 'credit' THEN 'Credit' ELSE 'Usage' END AS ChargeCategory,
  CASE lower(Frequency) WHEN 'onetime' THEN 'One-Time' WHEN 'recurring' THEN 'Recurring' WHEN 'usagebased' THEN 'Usage-Based' END AS ChargeFrequency,
  Product AS ChargeDescription,
  CASE WHEN covered THEN 'Committed' WHEN lower(PricingModel) = 'spot' THEN 'Dynamic' WHEN type = 'usage' THEN 'Standard' END AS PricingCategory,
  'Microsoft' AS ProviderName, CASE WHEN lower(PublisherType) = 'marketplace' THEN coalesce(PublisherName, 'Marketplace seller') ELSE 'Microsoft' END AS PublisherName,
  BillingAccountId, BillingAccountName, lower(SubscriptionId) AS SubAccountId, SubscriptionName AS SubAccountName, azure_region(ResourceLocation) AS RegionId,
  coalesce(MeterCategory, ConsumedService) AS ServiceName, CASE WHEN lower(ServiceFamily) LIKE 'ai %machine learning' THEN 'AI and Machine Learning' END AS ServiceCategory,
  MeterId AS SkuId, PartNumber AS SkuPriceId, concat_ws(' - ', MeterCategory, MeterSubCategory, MeterName) AS SkuMeter,
  CASE WHEN regexp_matches(machine, '^(standard|basic)_') THEN '{"InstanceType":' || to_json(json_extract_string(TRY_CAST(AdditionalInfo AS JSON), '$.ServiceType')) || '}' END AS SkuPriceDetails,
  billed_on AS ResourceId, ResourceName,
  coalesce(nullif(regexp_extract(lower(coalesce(ResourceId, '')), '^.*/providers/([^/]+/[^/]+)', 1), ''), lower(ConsumedService)) AS ResourceType,
  -- 100 Hours counts hundreds in some agreements and hours in others; nothing is made of it.
  units AS ConsumedQuantity, UnitOfMeasure AS ConsumedUnit, units AS PricingQuantity, UnitOfMeasure AS PricingUnit,
  local_number(PayGPrice) AS ListUnitPrice, local_number(UnitPrice) AS ContractedUnitPrice,
  CASE WHEN committed OR type = 'unused' THEN order_id END AS CommitmentDiscountId, CASE WHEN committed OR type = 'unused' THEN BenefitName END AS CommitmentDiscountName,
  CASE WHEN committed OR type = 'unused' THEN CASE WHEN contains(order_id, 'savingsplan') THEN 'Savings Plan' ELSE 'Reservation' END END AS CommitmentDiscountType,
  CASE WHEN committed OR type = 'unused' THEN CASE WHEN contains(order_id, 'savingsplan') THEN 'Spend' ELSE 'Usage' END END AS CommitmentDiscountCategory,
  CASE WHEN type = 'unused' THEN 'Unused' WHEN covered THEN 'Used' END AS CommitmentDiscountStatus,
  -- Tags come as a JSON object, or as one without its braces.
  CASE WHEN starts_with(ltrim(Tags), '{') THEN Tags WHEN starts_with(ltrim(Tags), '"') THEN '{' || Tags || '}' END AS Tags,
  'azure' AS provider, canonical_id(billed_on) AS resource_id,
  CASE WHEN type IN ('refund', 'adjustment') THEN 'refund' WHEN type = 'tax' THEN 'tax' WHEN type = 'credit' THEN 'promotional_credit' ELSE 'cost' END AS charge_kind,
  source_file
FROM placed
