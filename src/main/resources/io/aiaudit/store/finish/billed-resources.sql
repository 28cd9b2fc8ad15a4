-- Resources that a bill names. They only fill what no inventory knows.

-- A charge without a resource belongs to its service in its account.
UPDATE staged.texts
SET resource_id = provider || ':' || coalesce(SubAccountId, BillingAccountId, 'unknown') || '/' || coalesce(ServiceName,
  'unknown')
WHERE resource_id IS NULL;

CREATE TEMP TABLE last_charges AS
SELECT text_id, max(ChargePeriodStart) FILTER (is_before_end(ChargePeriodStart)) AS charged_at
FROM charge_lines
GROUP BY text_id;

-- What is used, and when its terms last appeared: those of its running time where the bill has any.
CREATE TEMP VIEW dated_texts AS
SELECT *,
  (charge_kind IS DISTINCT FROM 'cost', coalesce(-epoch(charged_at), 0)) AS age,
  states_terms AND (has_terms_of_time <= (component = 'time')) AND charged_at > CASE WHEN has_terms_of_time
    THEN max(charged_at) FILTER (states_terms AND component = 'time') OVER of_resource
    ELSE max(charged_at) FILTER (states_terms) OVER of_resource END - INTERVAL 1 DAY AS is_of_last_day
FROM (
  SELECT *, coalesce(bool_or(states_terms AND component = 'time') OVER of_resource, false) AS has_terms_of_time
  FROM (
    -- What Google credits in full has no cost: what costs something beside it is on demand.
    SELECT *, coalesce(provider = 'gcp' AND lower(PricingCategory) = 'committed'
      AND CommitmentDiscountId IS NULL, false) AS is_credited_in_full,
      PricingCategory IS NOT NULL OR coalesce(CommitmentDiscountStatus = 'Used', false) AS states_terms
    FROM shaped JOIN shapes USING (shape) LEFT JOIN last_charges USING (text_id)
  )
  WINDOW of_resource AS (PARTITION BY resource_id)
)
WINDOW of_resource AS (PARTITION BY resource_id);

-- A resource is what its newest charges before the end of the window say, wherever they say anything: an instance gets
-- another type, tag or account.
CREATE TEMP TABLE billed_resources AS
SELECT
  resource_id, min(provider) AS provider,
  arg_min(coalesce(SubAccountId, BillingAccountId), (age, coalesce(SubAccountId, BillingAccountId))) AS account_id,
  arg_min(coalesce(SubAccountName, BillingAccountName), (age, coalesce(SubAccountName, BillingAccountName)))
    AS account_name,
  max(calls.model) AS used_model,
  used_model IS NULL AND (canonical_id(min(ResourceId)) IS NULL OR count(calls.text_id) > 0) AS is_account,
  arg_min(RegionId, (age, RegionId)) AS region, arg_min(ResourceName, (age, ResourceName)) AS resource_name,
  arg_min(machine_type, (age, machine_type)) AS machine_type,
  CASE WHEN bool_or(is_of_last_day AND lower(PricingCategory) IN ('dynamic', 'spot')) THEN 'spot'
    WHEN bool_or(is_of_last_day AND ((lower(PricingCategory) = 'committed' AND NOT is_credited_in_full)
      OR CommitmentDiscountStatus = 'Used')) THEN 'committed'
    WHEN bool_or(is_of_last_day AND lower(PricingCategory) = 'standard') THEN 'on_demand'
    WHEN bool_or(is_of_last_day AND is_credited_in_full) THEN 'committed' END AS purchase,
  arg_min(Tags, (age, Tags)) AS tags,
  min(coalesce(ServiceName, 'unknown')) AS service, min(ResourceType) AS type
FROM dated_texts LEFT JOIN calls USING (text_id)
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
