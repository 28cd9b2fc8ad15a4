-- What a FOCUS export has of a window: one row for each charge of a resource, SKU and day. A column whose comment
-- names another one is read where the table has it; NAME[] is one that is repeated.
WITH exported AS (
  SELECT
    BillingAccountId,
    BillingAccountName AS BillingAccountName, -- BillingAccountName, else CAST(NULL AS STRING)
    SubAccountId AS SubAccountId, -- SubAccountId, else CAST(NULL AS STRING)
    SubAccountName AS SubAccountName, -- SubAccountName, else CAST(NULL AS STRING)
    BillingCurrency,
    CapacityReservationId AS CapacityReservationId, -- CapacityReservationId, else CAST(NULL AS STRING)
    CapacityReservationStatus AS CapacityReservationStatus, -- CapacityReservationStatus, else CAST(NULL AS STRING)
    ChargeCategory,
    ChargeClass AS ChargeClass, -- ChargeClass, else CAST(NULL AS STRING)
    ChargeDescription AS ChargeDescription, -- ChargeDescription, else CAST(NULL AS STRING)
    ChargeFrequency AS ChargeFrequency, -- ChargeFrequency, else CAST(NULL AS STRING)
    CommitmentDiscountCategory AS CommitmentDiscountCategory, -- CommitmentDiscountCategory, else CAST(NULL AS STRING)
    CommitmentDiscountId AS CommitmentDiscountId, -- CommitmentDiscountId, else CAST(NULL AS STRING)
    CommitmentDiscountName AS CommitmentDiscountName, -- CommitmentDiscountName, else CAST(NULL AS STRING)
    CommitmentDiscountStatus AS CommitmentDiscountStatus, -- CommitmentDiscountStatus, else CAST(NULL AS STRING)
    CommitmentDiscountType AS CommitmentDiscountType, -- CommitmentDiscountType, else CAST(NULL AS STRING)
    ConsumedUnit AS ConsumedUnit, -- ConsumedUnit, else CAST(NULL AS STRING)
    PricingCategory AS PricingCategory, -- PricingCategory, else CAST(NULL AS STRING)
    PricingUnit AS PricingUnit, -- PricingUnit, else CAST(NULL AS STRING)
    CAST(ListUnitPrice AS STRING) AS ListUnitPrice, -- ListUnitPrice, else CAST(NULL AS STRING)
    CAST(ContractedUnitPrice AS STRING) AS ContractedUnitPrice, -- ContractedUnitPrice, else CAST(NULL AS STRING)
    'Google Cloud' AS ProviderName,
    PublisherName AS PublisherName, -- PublisherName, else CAST(NULL AS STRING)
    RegionId AS RegionId, -- RegionId, else CAST(NULL AS STRING)
    RegionName AS RegionName, -- RegionName, else CAST(NULL AS STRING)
    ResourceId AS ResourceId, -- ResourceId, else CAST(NULL AS STRING)
    ResourceName AS ResourceName, -- ResourceName, else CAST(NULL AS STRING)
    ResourceType AS ResourceType, -- ResourceType, else CAST(NULL AS STRING)
    ServiceCategory AS ServiceCategory, -- ServiceCategory, else CAST(NULL AS STRING)
    ServiceName,
    SkuId AS SkuId, -- SkuId, else CAST(NULL AS STRING)
    SkuMeter AS SkuMeter, -- SkuMeter, else CAST(NULL AS STRING)
    SkuPriceId AS SkuPriceId, -- SkuPriceId, else CAST(NULL AS STRING)
    -- What credits amount to is in the costs; that for sustained use grows within a month.
    REGEXP_EXTRACT(TO_JSON_STRING(x_Credits), 'SUSTAINED_USAGE') AS x_Credits, -- x_Credits, else CAST(NULL AS STRING)
    -- Tags[], else CAST(NULL AS STRING)
    (SELECT CONCAT('{', STRING_AGG(CONCAT(TO_JSON_STRING(t.key), ':', TO_JSON_STRING(t.value)), ',' ORDER BY t.key),
      '}') FROM (SELECT e.key, MAX(e.value) AS value FROM UNNEST(Tags) AS e GROUP BY e.key) AS t) AS Tags,
    -- What lies within a day is summed by day; fees and tax keep their period.
    IF(ChargePeriodEnd <= TIMESTAMP_ADD(TIMESTAMP_TRUNC(ChargePeriodStart, DAY, 'UTC'), INTERVAL 24 HOUR),
      TIMESTAMP_TRUNC(ChargePeriodStart, DAY, 'UTC'), ChargePeriodStart) AS ChargePeriodStart,
    IF(ChargePeriodEnd <= TIMESTAMP_ADD(TIMESTAMP_TRUNC(ChargePeriodStart, DAY, 'UTC'), INTERVAL 24 HOUR),
      TIMESTAMP_ADD(TIMESTAMP_TRUNC(ChargePeriodStart, DAY, 'UTC'), INTERVAL 24 HOUR),
      ChargePeriodEnd) AS ChargePeriodEnd,
    CAST(BilledCost AS BIGNUMERIC) AS BilledCost,
    CAST(EffectiveCost AS BIGNUMERIC) AS EffectiveCost, -- EffectiveCost, else CAST(NULL AS BIGNUMERIC)
    CAST(ListCost AS BIGNUMERIC) AS ListCost, -- ListCost, else CAST(NULL AS BIGNUMERIC)
    CAST(ContractedCost AS BIGNUMERIC) AS ContractedCost, -- ContractedCost, else CAST(NULL AS BIGNUMERIC)
    CAST(ConsumedQuantity AS BIGNUMERIC) AS ConsumedQuantity, -- ConsumedQuantity, else CAST(NULL AS BIGNUMERIC)
    CAST(PricingQuantity AS BIGNUMERIC) AS PricingQuantity, -- PricingQuantity, else CAST(NULL AS BIGNUMERIC)
  FROM {table}
  WHERE ChargePeriodStart < @until
    AND GREATEST(ChargePeriodEnd, TIMESTAMP_ADD(ChargePeriodStart, INTERVAL 1 MICROSECOND)) > @since
    AND {partition} >= TIMESTAMP_SUB(@since, INTERVAL {before})
), summed AS (
  SELECT
    * EXCEPT (BilledCost, EffectiveCost, ListCost, ContractedCost, ConsumedQuantity, PricingQuantity),
    ROUND(SUM(BilledCost), 12) AS BilledCost,
    ROUND(SUM(EffectiveCost), 12) AS EffectiveCost,
    ROUND(SUM(ListCost), 12) AS ListCost,
    ROUND(SUM(ContractedCost), 12) AS ContractedCost,
    ROUND(SUM(ConsumedQuantity), 12) AS ConsumedQuantity,
    ROUND(SUM(PricingQuantity), 12) AS PricingQuantity
  FROM exported
  GROUP BY
    BillingAccountId, BillingAccountName, SubAccountId, SubAccountName, BillingCurrency, ChargeCategory, ChargeClass,
    ChargeDescription, ChargeFrequency,
    CommitmentDiscountCategory, CommitmentDiscountId, CommitmentDiscountName, CommitmentDiscountStatus,
    CommitmentDiscountType, ConsumedUnit, PricingCategory,
    PricingUnit, ListUnitPrice, ContractedUnitPrice, ProviderName, PublisherName, RegionId, RegionName, ResourceId,
    ResourceName, ResourceType, ServiceCategory,
    ServiceName, SkuId, SkuMeter, SkuPriceId, CapacityReservationId, CapacityReservationStatus, x_Credits, Tags,
    ChargePeriodStart, ChargePeriodEnd
)
SELECT
  * EXCEPT (ChargePeriodStart, ChargePeriodEnd, BilledCost, EffectiveCost, ListCost, ContractedCost, ConsumedQuantity,
    PricingQuantity),
  FORMAT_TIMESTAMP('%Y-%m-%dT%H:%M:%SZ', ChargePeriodStart, 'UTC') AS ChargePeriodStart,
  FORMAT_TIMESTAMP('%Y-%m-%dT%H:%M:%SZ', ChargePeriodEnd, 'UTC') AS ChargePeriodEnd,
  CAST(BilledCost AS STRING) AS BilledCost,
  CAST(EffectiveCost AS STRING) AS EffectiveCost,
  CAST(ListCost AS STRING) AS ListCost,
  CAST(ContractedCost AS STRING) AS ContractedCost,
  CAST(ConsumedQuantity AS STRING) AS ConsumedQuantity,
  CAST(PricingQuantity AS STRING) AS PricingQuantity
FROM summed
