-- Charges: classified, on leaves, each once. Sums stay exact: what a split leaves over after rounding goes to one of its parts.

CREATE TEMP TABLE ai_resources AS
SELECT resource_id FROM resources
WHERE accelerator_count > 0 OR accelerator IS NOT NULL
   OR kind IN ('inference_endpoint', 'notebook', 'training_job', 'training_cluster', 'provisioned_throughput', 'model_usage', 'gpu_workload', 'feature_store');

-- A bill may tell neither unit nor meter (FOCUS needs none): what such a charge pays for then follows from what the resource is.
CREATE TEMP TABLE metered_by_time AS
SELECT resource_id FROM resources
WHERE kind IN ('instance', 'inference_endpoint', 'notebook', 'training_job', 'training_cluster', 'batch_job', 'provisioned_throughput', 'node_group', 'gpu_workload',
  'search_index', 'capacity_reservation');

CREATE TEMP VIEW classified AS
SELECT
  bill.* EXCLUDE (shape, component, spend_class, model, token_kind, tier, cost, cost_basis), shapes.model, shapes.token_kind, shapes.tier,
  CASE WHEN shapes.component = 'usage' AND shapes.tells_no_meter AND metered_by_time.resource_id IS NOT NULL THEN 'time' ELSE shapes.component END AS component,
  CASE WHEN is_ai_by_configuration(Tags, SubAccountId, BillingAccountId) THEN 'ai'
       WHEN shapes.spend_class = 'untold' AND ai_resources.resource_id IS NOT NULL THEN 'ai' ELSE shapes.spend_class END AS spend_class,
  CASE WHEN charge_kind <> 'cost' THEN 0 WHEN EffectiveCost IS NULL OR billed_providers.provider IS NOT NULL THEN BilledCost ELSE EffectiveCost END AS cost,
  -- Usage under a commitment that a bill without effective cost tells at 0: that is no price.
  CASE WHEN charge_kind = 'cost' AND EffectiveCost IS NULL AND BilledCost = 0 AND CommitmentDiscountStatus = 'Used' THEN 'unpriced'
       WHEN EffectiveCost IS NULL OR billed_providers.provider IS NOT NULL THEN 'billed' ELSE 'effective' END AS cost_basis
FROM shaped AS bill
JOIN shapes ON shapes.shape = bill.shape
LEFT JOIN ai_resources ON ai_resources.resource_id = bill.resource_id
LEFT JOIN metered_by_time ON metered_by_time.resource_id = bill.resource_id
LEFT JOIN billed_providers ON billed_providers.provider = bill.provider;

INSERT INTO charges BY NAME
SELECT * EXCLUDE (file_id, ordinal, bad, row_hash) FROM classified WHERE resource_id NOT IN (SELECT parent FROM leaves);
