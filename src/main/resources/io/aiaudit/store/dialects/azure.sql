-- Azure cost details (learn.microsoft.com/azure/cost-management-billing), of Enterprise Agreements (EA), Microsoft
-- Customer Agreements (MCA) and pay-as-you-go subscriptions, actual or amortized. The names differ in case and from
-- agreement to agreement; a translated header has the English name in parentheses. Amounts and days are text here,
-- since both are written as the language of the account has it.

-- 1. The columns that are read. A row without a readable day and cost is rejected and counted.
CREATE TEMP TABLE bill (
  Date VARCHAR NOT NULL, Cost VARCHAR NOT NULL, BillingCurrency VARCHAR NOT NULL, ChargeType VARCHAR,
  PricingModel VARCHAR, Frequency VARCHAR, Term VARCHAR,
  BillingPeriodStartDate VARCHAR, BillingPeriodEndDate VARCHAR, BillingAccountId VARCHAR, BillingAccountName VARCHAR,
  BillingProfileId VARCHAR, SubscriptionId VARCHAR, SubscriptionName VARCHAR,
  Product VARCHAR, MeterId VARCHAR, MeterCategory VARCHAR, MeterSubCategory VARCHAR, MeterName VARCHAR,
  ServiceFamily VARCHAR, ConsumedService VARCHAR, PartNumber VARCHAR,
  Quantity VARCHAR, UnitOfMeasure VARCHAR, UnitPrice VARCHAR, EffectivePrice VARCHAR, PayGPrice VARCHAR,
  PaygCostInBillingCurrency VARCHAR, PricingCurrency VARCHAR,
  ResourceId VARCHAR, ResourceName VARCHAR, ResourceLocation VARCHAR, AdditionalInfo VARCHAR, Tags VARCHAR,
  ReservationId VARCHAR, ProductOrderId VARCHAR, BenefitId VARCHAR,
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

-- 2. What only the file as a whole shows. Whether days come before months: a date that can be read in one way only,
-- else that all of them are then days of one month. NULL where neither decides.
SET VARIABLE day_first = (
  WITH dates AS (
    SELECT DISTINCT split_part(Date, ' ', 1) AS day, split_part(BillingPeriodEndDate, ' ', 1) AS period_end FROM bill
      WHERE contains(Date, '/') OR contains(BillingPeriodEndDate, '/')
  ), parts AS (
    SELECT is_row, TRY_CAST(split_part(x, '/', 1) AS INTEGER) AS one, TRY_CAST(split_part(x, '/', 2) AS INTEGER) AS two,
      split_part(x, '/', 3) AS year
    FROM (SELECT day AS x, true AS is_row FROM dates UNION ALL SELECT period_end, false FROM dates)
  ), months AS (
    SELECT
      coalesce(bool_or(one > 12 AND two <= 12), false) AS day_is_first,
      coalesce(bool_or(two > 12 AND one <= 12), false) AS month_is_first, bool_and(one = two) AS all_the_same,
      count(DISTINCT {'y': year, 'm': two}) FILTER (is_row) AS if_day_first,
      count(DISTINCT {'y': year, 'm': one}) FILTER (is_row) AS if_month_first
    FROM parts
  )
  SELECT CASE WHEN day_is_first OR month_is_first THEN NOT month_is_first WHEN all_the_same THEN false
              WHEN if_day_first = 1 AND if_month_first > 1 THEN true WHEN if_month_first = 1 AND if_day_first > 1
                THEN false END
  FROM months
);

-- Which decimal separator: a point unless there are commas. Then what the amounts show; where they show none, what any
-- number shows.
SET VARIABLE commas = (
  SELECT count(*) > 0 FROM (FROM bill
    WHERE contains(concat_ws(' ', Cost, Quantity, UnitPrice, PayGPrice, PaygCostInBillingCurrency), ',') LIMIT 1)
);

SET VARIABLE separators = (
  WITH shown AS (
    SELECT
      coalesce(bool_or(shows_decimal_comma(Cost)), false) AS cost_comma,
      coalesce(bool_or(shows_decimal_point(Cost)), false) AS cost_point,
      coalesce(bool_or(shows_decimal_comma(Quantity) OR shows_decimal_comma(UnitPrice) OR shows_decimal_comma(PayGPrice)
        OR shows_decimal_comma(PaygCostInBillingCurrency)), false) AS other_comma,
      coalesce(bool_or(shows_decimal_point(Quantity) OR shows_decimal_point(UnitPrice) OR shows_decimal_point(PayGPrice)
        OR shows_decimal_point(PaygCostInBillingCurrency)), false) AS other_point
    FROM bill
    WHERE getvariable('commas')
  ), decided AS (
    SELECT decimal_separator(cost_comma OR other_comma, cost_point OR other_point) AS file,
      decimal_separator(cost_comma, cost_point) AS costs, NOT cost_comma AND NOT cost_point AS costs_show_none
      FROM shown
  )
  SELECT CASE WHEN getvariable('commas')
    THEN {'cost': CASE WHEN costs_show_none THEN file ELSE costs END, 'other': file}
    ELSE {'cost': '.', 'other': '.'} END FROM decided
);

-- 3. Each row as a charge.
WITH exported AS (
  SELECT
    *,
    azure_day(Date, getvariable('day_first')) AS day, local_number(Cost, getvariable('separators').cost) AS amount,
    local_number(Quantity, getvariable('separators').other) AS units,
    local_number(UnitPrice, getvariable('separators').other) AS negotiated_price,
    local_number(PayGPrice, getvariable('separators').other) AS list_price,
    local_number(EffectivePrice, getvariable('separators').other) AS effective_price,
    local_number(PaygCostInBillingCurrency, getvariable('separators').other) AS list_cost,
    CASE lower(coalesce(ChargeType, 'Usage')) WHEN 'unusedreservation' THEN 'unused' WHEN 'unusedsavingsplan'
      THEN 'unused' ELSE lower(coalesce(ChargeType, 'Usage')) END AS type,
    lower(coalesce(json_extract_string(TRY_CAST(AdditionalInfo AS JSON), '$.ServiceType'), '')) AS machine,
    -- The benefit of a row shows, too, that it is covered. Where nothing names one, a machine below its negotiated
    -- price may be covered, or have a credit of a partner: its cost stays, and stopping it frees it.
    coalesce(lower(PricingModel) IN ('reservation', 'savingsplan'), coalesce(ReservationId, BenefitId) IS NOT NULL)
      AS committed,
    PricingModel IS NULL AND NOT committed AND machine <> ''
      AND coalesce(amount > 0 AND effective_price < 0.99 * negotiated_price, false) AS may_be_covered,
    CASE WHEN regexp_matches(BenefitId, 'savingsplanorders/', 'i')
      THEN '/providers/microsoft.billingbenefits/savingsplanorders/'
      ELSE '/providers/microsoft.capacity/reservationorders/' END
      || lower(coalesce(nullif(regexp_extract(coalesce(BenefitId, ''), 'orders/([^/]+)', 1, 'i'), ''), ProductOrderId,
        ReservationId)) AS order_id
  FROM bill
), placed AS (
  SELECT
    *,
    type = 'usage' AND committed AS covered,
    CASE WHEN type NOT IN ('refund', 'adjustment', 'roundingadjustment', 'tax', 'credit') THEN units END AS consumed,
    CASE WHEN type = 'unused' OR (committed AND type <> 'usage') THEN order_id ELSE ResourceId END AS billed_on
  FROM exported
)
SELECT
  file_id, ordinal, common_hash,
  CASE WHEN bad IS NOT NULL THEN bad
       WHEN day IS NULL AND getvariable('day_first') IS NULL AND contains(Date, '/')
         THEN {'column': 'Date', 'value': cannot_be(Date,
         'which may begin with the day or with the month; use dates such as 2026-06-30, '
         || 'or add the column BillingPeriodEndDate')}
       WHEN day IS NULL THEN {'column': 'Date', 'value': Date}
       WHEN amount IS NULL AND has_two_readings(Cost) THEN {'column': 'Cost', 'value': cannot_be(Cost,
         'whose comma may separate thousands or decimals; use amounts such as 1088.00')}
       WHEN amount IS NULL THEN {'column': 'Cost', 'value': Cost} END AS bad,
  NULL::UBIGINT AS row_hash,
  -- What lies under a commitment was paid with the commitment: nothing is invoiced for it.
  CASE WHEN covered OR type = 'unused' THEN 0 ELSE amount END AS BilledCost,
  -- In an export of actual cost covered usage costs 0, which is no price: its cost is not known there.
  CASE WHEN covered AND amount = 0 THEN NULL ELSE amount END AS EffectiveCost,
  coalesce(list_cost, CASE WHEN coalesce(PricingCurrency, BillingCurrency) = BillingCurrency
    THEN times(list_price, units) END) AS ListCost,
  CASE WHEN coalesce(PricingCurrency, BillingCurrency) = BillingCurrency
    THEN times(negotiated_price, units) END AS ContractedCost,
  upper(BillingCurrency) AS BillingCurrency,
  azure_day(BillingPeriodStartDate, getvariable('day_first')) AS BillingPeriodStart,
  azure_day(BillingPeriodEndDate, getvariable('day_first')) + INTERVAL 1 DAY AS BillingPeriodEnd,
  -- A row is of a day. What is paid once for a term is of the term; what is paid again and again is of its billing
  -- period (finish/posted-charges.sql).
  day AS ChargePeriodStart,
  CASE WHEN type = 'purchase' AND lower(Frequency) = 'onetime' AND months_of_term(Term) BETWEEN 1 AND 120
    THEN day + to_months(months_of_term(Term))
       WHEN type = 'purchase' AND Frequency IS NULL AND months_of_term(Term) = 1 THEN day + INTERVAL 1 MONTH
       ELSE day + INTERVAL 1 DAY END AS ChargePeriodEnd,
  CASE WHEN type = 'purchase' THEN 'Purchase' WHEN type IN ('refund', 'adjustment', 'roundingadjustment')
    THEN 'Adjustment' WHEN type = 'tax' THEN 'Tax' WHEN type = 'credit' THEN 'Credit'
    ELSE 'Usage' END AS ChargeCategory,
  CASE lower(Frequency) WHEN 'onetime' THEN 'One-Time' WHEN 'recurring' THEN 'Recurring' WHEN 'usagebased'
    THEN 'Usage-Based' END AS ChargeFrequency,
  Product AS ChargeDescription,
  CASE WHEN covered THEN 'Committed' WHEN lower(PricingModel) = 'spot' THEN 'Dynamic'
    WHEN type = 'usage' AND NOT may_be_covered THEN 'Standard' END AS PricingCategory,
  'Microsoft' AS ProviderName, CASE WHEN lower(PublisherType) = 'marketplace'
    THEN coalesce(PublisherName, 'Marketplace seller') ELSE 'Microsoft' END AS PublisherName,
  BillingAccountId, BillingAccountName, lower(SubscriptionId) AS SubAccountId, SubscriptionName AS SubAccountName,
  azure_region(ResourceLocation) AS RegionId,
  coalesce(MeterCategory, ConsumedService) AS ServiceName, CASE WHEN lower(ServiceFamily) LIKE 'ai %machine learning'
    THEN 'AI and Machine Learning' END AS ServiceCategory,
  MeterId AS SkuId, PartNumber AS SkuPriceId, concat_ws(' - ', MeterCategory, MeterSubCategory, MeterName) AS SkuMeter,
  CASE WHEN regexp_matches(machine, '^(standard|basic)_')
    THEN '{"InstanceType":' || to_json(json_extract_string(TRY_CAST(AdditionalInfo AS JSON), '$.ServiceType')) ||
    '}' END AS SkuPriceDetails,
  billed_on AS ResourceId, ResourceName,
  coalesce(nullif(regexp_extract(lower(coalesce(ResourceId, '')), '^.*/providers/([^/]+/[^/]+)', 1), ''),
    lower(ConsumedService)) AS ResourceType,
  -- 100 Hours counts hundreds in some agreements and hours in others; nothing is made of it.
  -- What is given back or rounded consumes nothing.
  consumed AS ConsumedQuantity, UnitOfMeasure AS ConsumedUnit, consumed AS PricingQuantity,
  UnitOfMeasure AS PricingUnit,
  list_price AS ListUnitPrice, negotiated_price AS ContractedUnitPrice,
  CASE WHEN committed OR type = 'unused' THEN order_id END AS CommitmentDiscountId,
  CASE WHEN committed OR type = 'unused' THEN BenefitName END AS CommitmentDiscountName,
  CASE WHEN committed OR type = 'unused' THEN CASE WHEN contains(order_id, 'savingsplan') THEN 'Savings Plan'
    ELSE 'Reservation' END END AS CommitmentDiscountType,
  CASE WHEN committed OR type = 'unused' THEN CASE WHEN contains(order_id, 'savingsplan') THEN 'Spend'
    ELSE 'Usage' END END AS CommitmentDiscountCategory,
  CASE WHEN type = 'unused' THEN 'Unused' WHEN covered OR may_be_covered THEN 'Used' END AS CommitmentDiscountStatus,
  -- Tags come as a JSON object, or as one without its braces.
  CASE WHEN starts_with(ltrim(Tags), '{') THEN Tags WHEN starts_with(ltrim(Tags), '"')
    THEN '{' || Tags || '}' END AS Tags,
  'azure' AS provider, canonical_id(billed_on) AS resource_id,
  CASE WHEN type IN ('refund', 'adjustment') THEN 'refund' WHEN type = 'tax' THEN 'tax' WHEN type = 'credit'
    THEN 'promotional_credit' ELSE 'cost' END AS charge_kind,
  source_file
FROM placed
