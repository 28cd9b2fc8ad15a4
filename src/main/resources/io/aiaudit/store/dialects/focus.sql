-- FOCUS 1.0 to 1.3 (focus.finops.org). Recognized by its header: BilledCost, BillingCurrency, ChargePeriodStart,
-- ChargePeriodEnd, ChargeCategory, ServiceName and ProviderName (ServiceProviderName in 1.3). All other columns are
-- optional; a missing one is NULL here.

-- 1. The columns that are read. A row whose cost or period cannot be read as its type, or is empty where NOT NULL, is
-- rejected and counted. An odd
--    quantity or unit price is NULL (its DEFAULT): no reason to lose the row's money.
CREATE TEMP TABLE bill (
  BilledCost DECIMAL(28,12) NOT NULL, EffectiveCost DECIMAL(28,12), ListCost DECIMAL(28,12),
  ContractedCost DECIMAL(28,12), BillingCurrency VARCHAR NOT NULL,
  BillingPeriodStart TIMESTAMP, BillingPeriodEnd TIMESTAMP, ChargePeriodStart TIMESTAMP NOT NULL,
  ChargePeriodEnd TIMESTAMP NOT NULL,
  ChargeCategory VARCHAR, ChargeClass VARCHAR, ChargeFrequency VARCHAR, ChargeDescription VARCHAR,
  PricingCategory VARCHAR,
  ProviderName VARCHAR, ServiceProviderName VARCHAR, PublisherName VARCHAR, InvoiceIssuerName VARCHAR,
  BillingAccountId VARCHAR, BillingAccountName VARCHAR, SubAccountId VARCHAR, SubAccountName VARCHAR, RegionId VARCHAR,
  RegionName VARCHAR,
  ServiceName VARCHAR, ServiceCategory VARCHAR, ServiceSubcategory VARCHAR, SkuId VARCHAR, SkuPriceId VARCHAR,
  SkuMeter VARCHAR, SkuPriceDetails VARCHAR,
  ResourceId VARCHAR, ResourceName VARCHAR, ResourceType VARCHAR,
  ConsumedQuantity DECIMAL(28,12) DEFAULT NULL, ConsumedUnit VARCHAR, PricingQuantity DECIMAL(28,12) DEFAULT NULL,
  PricingUnit VARCHAR, ListUnitPrice DECIMAL(28,12) DEFAULT NULL, ContractedUnitPrice DECIMAL(28,12) DEFAULT NULL,
  CommitmentDiscountId VARCHAR, CommitmentDiscountName VARCHAR, CommitmentDiscountType VARCHAR,
  CommitmentDiscountCategory VARCHAR, CommitmentDiscountStatus VARCHAR,
  CapacityReservationId VARCHAR, CapacityReservationStatus VARCHAR,
  Tags VARCHAR, x_Credits VARCHAR
);

-- FOCUS 1.0 has no column for the meter; Azure has one of its own.
COMMENT ON COLUMN bill.SkuMeter IS 'x_SkuMeterName';

-- 2. Each row as a charge.
SELECT
  file_id, ordinal, common_hash,
  CASE WHEN bad IS NOT NULL THEN bad
       WHEN ChargePeriodEnd < ChargePeriodStart
         THEN {'column': 'ChargePeriodEnd', 'value': cannot_be(ChargePeriodEnd, 'before ChargePeriodStart')} END AS bad,
  * EXCLUDE (file_id, ordinal, common_hash, bad, row_hash, columns_present, ServiceProviderName, source_file,
    ProviderName, PublisherName, CommitmentDiscountStatus, CapacityReservationId, CapacityReservationStatus, x_Credits),
  coalesce(ProviderName, ServiceProviderName) AS ProviderName,
  coalesce(PublisherName, ServiceProviderName) AS PublisherName,      -- 1.3 has the seller of a marketplace there
  provider_key(coalesce(ProviderName, ServiceProviderName)) AS provider,
  canonical_id(ResourceId) AS resource_id,
  -- Price credits are part of the price; promotional credits, refunds and tax stand apart.
  CASE ChargeCategory
    WHEN 'Tax' THEN 'tax'
    WHEN 'Credit' THEN CASE WHEN is_price_credit(concat_ws(' ', ChargeDescription, SkuMeter, PricingCategory))
      THEN 'cost' WHEN is_given_back(ChargeDescription) THEN 'refund' ELSE 'promotional_credit' END
    WHEN 'Adjustment' THEN 'refund'
    ELSE 'cost'
  END AS charge_kind,
  -- Where it is missing or empty, the commitment of a row of usage shows that it is covered, or its category. Without
  -- the column so does that nothing is invoiced for what it costs.
  CASE WHEN CommitmentDiscountStatus IS NOT NULL OR ChargeCategory <> 'Usage' THEN CommitmentDiscountStatus
    ELSE commitment_status(ResourceId, CommitmentDiscountId, PricingCategory,
      BilledCost = 0 AND EffectiveCost > 0 AND NOT list_contains(columns_present, 'CommitmentDiscountStatus'))
  END AS CommitmentDiscountStatus,
  source_file
-- The words of FOCUS in its own spelling: all that comes later compares them.
FROM (SELECT * EXCLUDE (is_of_unused_capacity, consumes) REPLACE (
  -- Capacity that is held and not used is billed on its reservation. The words are those of AWS's own meter.
  coalesce(ResourceId, CASE WHEN is_of_unused_capacity THEN CapacityReservationId END) AS ResourceId,
  if(is_of_unused_capacity, concat_ws(' ', ChargeDescription, '(unused capacity)'), ChargeDescription)
    AS ChargeDescription,
  -- What lowers a cost, or is a tax on it, consumes nothing, though some exports repeat the amount that was consumed.
  CASE WHEN consumes THEN ConsumedQuantity END AS ConsumedQuantity,
  CASE WHEN consumes THEN PricingQuantity END AS PricingQuantity,
  -- Google's discount for sustained use, of which the costs are net, grows within a month.
  if(is_of_sustained_use(concat_ws(' ', x_Credits, CASE WHEN ChargeCategory = 'Credit' THEN ChargeDescription END)),
    regexp_replace(coalesce(SkuPriceDetails, '{'), '\s*[}]\s*$', '') || if(contains(SkuPriceDetails, '"'), ', ', '')
      || '"x_SustainedUseDiscount":true}', SkuPriceDetails) AS SkuPriceDetails,
  focus_word(ChargeCategory, ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment']) AS ChargeCategory,
  focus_word(ChargeClass, ['Correction']) AS ChargeClass,
  focus_word(ChargeFrequency, ['Usage-Based', 'Recurring', 'One-Time']) AS ChargeFrequency,
  focus_word(PricingCategory, ['Standard', 'Dynamic', 'Committed', 'Other']) AS PricingCategory,
  focus_word(CommitmentDiscountCategory, ['Spend', 'Usage']) AS CommitmentDiscountCategory,
  focus_word(CommitmentDiscountStatus, ['Used', 'Unused']) AS CommitmentDiscountStatus)
  FROM (SELECT *, focus_word(CapacityReservationStatus, ['Used', 'Unused']) = 'Unused' AS is_of_unused_capacity,
      coalesce(lower(ChargeCategory) NOT IN ('credit', 'tax', 'adjustment'), true) AS consumes
    FROM bill))
