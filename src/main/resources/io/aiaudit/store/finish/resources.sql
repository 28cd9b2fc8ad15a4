-- Resources, from everything that named one. The bill and the usage files come last: they only fill what no inventory knows.

-- A charge without a resource belongs to its service in its account.
UPDATE staged.texts
SET resource_id = provider || ':' || coalesce(SubAccountId, BillingAccountId, 'unknown') || '/' || coalesce(ServiceName, 'unknown')
WHERE resource_id IS NULL;

CREATE TEMP TABLE billed_resources AS
SELECT
  resource_id, min(provider) AS provider, min(coalesce(SubAccountId, BillingAccountId)) AS account_id, min(coalesce(SubAccountName, BillingAccountName)) AS account_name,
  canonical_id(min(ResourceId)) IS NULL AS is_account, min(RegionId) AS region, min(ResourceName) AS resource_name,
  min(machine_type) AS machine_type,
  CASE WHEN bool_or(lower(PricingCategory) IN ('dynamic', 'spot')) THEN 'spot' WHEN bool_or(lower(PricingCategory) = 'committed' OR CommitmentDiscountStatus = 'Used') THEN 'committed'
       WHEN bool_or(lower(PricingCategory) = 'standard') THEN 'on_demand' END AS purchase,
  max(Tags) AS tags, min(coalesce(ServiceName, 'unknown')) AS service, min(ResourceType) AS type
FROM shaped JOIN shapes USING (shape)
GROUP BY resource_id;

INSERT INTO work.resources BY NAME
SELECT
  '~bill' AS source, '' AS scope, row_number() OVER (ORDER BY resource_id) AS seq, resource_id, CASE WHEN is_account THEN 'account' ELSE kind_of(provider, resource_id, type, service) END AS kind,
  provider, account_id, account_name, CASE WHEN NOT is_account THEN region END AS region, CASE WHEN is_account THEN service ELSE resource_name END AS name, CASE WHEN NOT is_account THEN machine_type END AS machine_type,
  CASE WHEN NOT is_account THEN purchase END AS purchase, resource_id AS workload, CASE WHEN NOT is_account THEN TRY_CAST(TRY_CAST(tags AS JSON) AS MAP(VARCHAR, VARCHAR)) END AS tags
FROM billed_resources;

CREATE TEMP TABLE unknown_usage AS SELECT DISTINCT resource_id FROM work.metrics WHERE resource_id NOT IN (SELECT resource_id FROM work.resources);

INSERT INTO work.resources BY NAME
SELECT '~usage' AS source, '' AS scope, row_number() OVER (ORDER BY resource_id) AS seq, resource_id, 'unknown' AS kind, provider_of(resource_id) AS provider, resource_id AS workload
FROM unknown_usage;

INSERT INTO resources SELECT * FROM work.known_resources;

-- Where nobody says which accelerators a machine has, its type does: they are the same wherever it is offered.
UPDATE resources AS r
SET accelerator = type.accelerator, accelerator_count = type.accelerator_count, accelerator_memory_gib = coalesce(r.accelerator_memory_gib, type.accelerator_memory_gib)
FROM (
  SELECT provider, lower(machine_type) AS offered, max(accelerator) AS accelerator, max(accelerator_count) AS accelerator_count, max(accelerator_memory_gib) AS accelerator_memory_gib
  FROM offers WHERE accelerator_count > 0 AND NOT regexp_matches(machine_type, '^(tpu|flex|attached)/')
  GROUP BY ALL HAVING min(accelerator) = max(accelerator) AND min(accelerator_count) = max(accelerator_count)
) AS type
WHERE r.accelerator IS NULL AND r.accelerator_count IS NULL AND type.provider = r.provider AND type.offered = offered_as(r.resource_id, r.machine_type);

-- Who holds whom. A ring of parents holds nothing: the members stand for themselves.
CREATE TEMP TABLE descendants AS
WITH RECURSIVE
  children AS (SELECT c.parent_id, c.resource_id FROM resources c JOIN resources p ON p.resource_id = c.parent_id),
  down AS (
    SELECT parent_id AS top, resource_id, 1 AS depth FROM children
    UNION
    SELECT down.top, children.resource_id, depth + 1 FROM down JOIN children ON children.parent_id = down.resource_id WHERE depth < 16
  )
SELECT DISTINCT top, resource_id FROM down;

CREATE TEMP TABLE rings AS SELECT resource_id FROM descendants WHERE top = resource_id;

UPDATE resources SET parent_id = NULL WHERE resource_id IN (FROM rings);

DELETE FROM descendants WHERE top IN (FROM rings) OR resource_id IN (FROM rings);

CREATE TEMP TABLE leaves AS SELECT top AS parent, resource_id AS leaf FROM descendants WHERE resource_id NOT IN (SELECT top FROM descendants);
