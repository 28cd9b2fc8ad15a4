-- Resources that a bill names. They only fill what no inventory knows.

-- A charge without a resource belongs to its service in its account.
UPDATE staged.texts
SET resource_id = provider || ':' || coalesce(SubAccountId, BillingAccountId, 'unknown') || '/' || coalesce(ServiceName,
  'unknown')
WHERE resource_id IS NULL;

CREATE TEMP TABLE billed_resources AS
SELECT
  resource_id, min(provider) AS provider, min(coalesce(SubAccountId, BillingAccountId)) AS account_id,
  min(coalesce(SubAccountName, BillingAccountName)) AS account_name,
  max(calls.model) AS used_model,
  used_model IS NULL AND (canonical_id(min(ResourceId)) IS NULL OR count(calls.text_id) > 0) AS is_account,
  min(RegionId) AS region, min(ResourceName) AS resource_name,
  min(machine_type) AS machine_type,
  CASE WHEN bool_or(lower(PricingCategory) IN ('dynamic', 'spot')) THEN 'spot'
    WHEN bool_or((lower(PricingCategory) = 'committed' AND NOT is_credited_in_full)
      OR CommitmentDiscountStatus = 'Used') THEN 'committed'
    WHEN bool_or(lower(PricingCategory) = 'standard') THEN 'on_demand'
    WHEN bool_or(is_credited_in_full) THEN 'committed' END AS purchase,
  max(Tags) AS tags, min(coalesce(ServiceName, 'unknown')) AS service, min(ResourceType) AS type
-- What Google credits in full has no cost: what costs something beside it is on demand.
FROM (FROM shaped SELECT *, coalesce(provider = 'gcp' AND lower(PricingCategory) = 'committed'
  AND CommitmentDiscountId IS NULL, false) AS is_credited_in_full)
JOIN shapes USING (shape) LEFT JOIN calls USING (text_id)
GROUP BY resource_id
-- Taxes, refunds and credits alone are nothing that anybody uses.
HAVING bool_or(charge_kind = 'cost');

INSERT INTO work.resources BY NAME
SELECT
  '~bill' AS source, '' AS scope, row_number() OVER (ORDER BY resource_id) AS seq, resource_id,
  CASE WHEN is_account THEN 'account' WHEN used_model IS NOT NULL THEN 'model_usage'
    ELSE kind_of(provider, resource_id, type, service) END AS kind,
  provider, account_id, account_name, CASE WHEN NOT is_account THEN region END AS region,
  CASE WHEN is_account THEN service ELSE coalesce(used_model, resource_name) END AS name,
  CASE WHEN NOT is_account THEN machine_type END AS machine_type,
  CASE WHEN NOT is_account THEN purchase END AS purchase, resource_id AS workload,
  CASE WHEN NOT is_account THEN TRY_CAST(TRY_CAST(tags AS JSON) AS MAP(VARCHAR, VARCHAR)) END AS tags,
  CASE WHEN used_model IS NOT NULL THEN MAP {'model': used_model} END AS attributes
FROM billed_resources;
