-- Charges: classified, on leaves, each once. What was read stays where it is: a charge is a line and the texts that it
-- has in common with others.

CREATE TEMP TABLE ai_resources AS
SELECT resource_id FROM resources
WHERE accelerator_count > 0 OR accelerator IS NOT NULL
   OR kind IN ('inference_endpoint', 'notebook', 'training_job', 'training_cluster', 'provisioned_throughput',
     'model_usage', 'gpu_workload', 'feature_store');

-- Cores and memory have lines of their own beside a card that is attached to a machine, without a word of it. They are
-- of the machine with the card, unless they are of another type that it had.
CREATE TEMP TABLE machines_with_card AS
SELECT texts.resource_id, count(*) > count(shapes.machine_type) AS is_of_any_type,
  list(DISTINCT shapes.machine_type) AS types
FROM shaped texts JOIN shapes USING (shape) JOIN resources r ON r.resource_id = texts.resource_id
WHERE shapes.spend_class = 'ai' AND shapes.component = 'time' AND texts.charge_kind = 'cost'
  AND (r.kind IN ('instance', 'node_group') OR starts_with(texts.resource_id, '//run.googleapis.com/'))
GROUP BY texts.resource_id;

-- A bill may have neither unit nor meter (FOCUS needs none), or words that no table knows: what such a charge pays for
-- then follows from what the resource is. Where that says nothing either it stays unknown.
CREATE TEMP TABLE usual_components AS
SELECT resource_id, CASE
  WHEN kind IN ('instance', 'inference_endpoint', 'notebook', 'training_job', 'training_cluster', 'batch_job',
    'provisioned_throughput', 'node_group', 'gpu_workload',
    'search_index', 'capacity_reservation', 'private_endpoint', 'encryption_key') THEN 'time'
  WHEN kind IN ('volume', 'file_system', 'log_store', 'backup') THEN 'storage'
  WHEN kind IN ('model_usage', 'account') THEN 'usage' END AS component
FROM resources;

CREATE TABLE charge_texts AS
SELECT
  texts.* EXCLUDE (at_billed_cost), shapes.model, shapes.token_kind, shapes.tier,
  coalesce(shapes.component, usual_components.component) AS component,
  CASE WHEN is_ai_by_configuration(Tags, SubAccountId, BillingAccountId) THEN 'ai'
       WHEN shapes.spend_class = 'untold' AND ai_resources.resource_id IS NOT NULL THEN 'ai'
       WHEN shapes.spend_class = 'untold' AND coalesce(shapes.component, usual_components.component) = 'time'
         AND (is_of_any_type OR list_contains(types, coalesce(shapes.machine_type, types[1]))) THEN 'ai'
         ELSE shapes.spend_class END AS spend_class,
  texts.at_billed_cost
FROM shaped AS texts
JOIN shapes ON shapes.shape = texts.shape
LEFT JOIN ai_resources ON ai_resources.resource_id = texts.resource_id
LEFT JOIN machines_with_card ON machines_with_card.resource_id = texts.resource_id
LEFT JOIN usual_components ON usual_components.resource_id = texts.resource_id;

CREATE TEMP TABLE time_by_kind AS
SELECT text_id, texts.resource_id
FROM charge_texts texts JOIN shapes USING (shape) JOIN usual_components USING (resource_id)
WHERE shapes.component IS NULL AND usual_components.component = 'time' AND charge_kind = 'cost';

ALTER TABLE charge_texts DROP COLUMN shape;

-- The charges as rules and reports read them: the lines with their texts, and the parts of those that are split over
-- leaves.
ALTER TABLE charges RENAME TO charge_parts;

CREATE VIEW charges AS
SELECT
  BilledCost, EffectiveCost, ListCost, ContractedCost, BillingCurrency, BillingPeriodStart, BillingPeriodEnd,
  ChargePeriodStart, ChargePeriodEnd,
  ChargeCategory, ChargeClass, ChargeFrequency, ChargeDescription, PricingCategory, ProviderName, PublisherName,
  InvoiceIssuerName,
  BillingAccountId, BillingAccountName, SubAccountId, SubAccountName, RegionId, RegionName,
  ServiceName, ServiceCategory, ServiceSubcategory, SkuId, SkuPriceId, SkuMeter, SkuPriceDetails, ResourceId,
  ResourceName, ResourceType,
  ConsumedQuantity, ConsumedUnit, PricingQuantity, PricingUnit, ListUnitPrice, ContractedUnitPrice,
  CommitmentDiscountId, CommitmentDiscountName, CommitmentDiscountType, CommitmentDiscountCategory,
  CommitmentDiscountStatus, Tags,
  provider, resource_id, component, spend_class, model, token_kind, tier, charge_kind,
  CAST(CASE WHEN charge_kind <> 'cost' THEN 0 WHEN EffectiveCost IS NULL OR at_billed_cost THEN BilledCost
    ELSE EffectiveCost END AS DECIMAL(28,12)) AS cost,
  -- Usage under a commitment that a bill without effective cost has at 0: that is no price.
  CASE WHEN charge_kind = 'cost' AND (EffectiveCost IS NULL OR at_billed_cost) AND BilledCost = 0
      AND CommitmentDiscountStatus = 'Used' THEN 'unpriced'
       WHEN EffectiveCost IS NULL OR at_billed_cost THEN 'billed' ELSE 'effective' END AS cost_basis,
  source_file
FROM charge_lines JOIN charge_texts USING (text_id)
UNION ALL
FROM charge_parts;
