-- A charge for tokens names the model and, at AWS, mostly no resource, or the model itself as everybody's resource; at
-- Google it names none. It belongs to the use of that model in its account and region, where one resource alone can be
-- meant, and what was provisioned to its units. Else it stays with its service. What Google bills without a region was
-- used at its global address, where that was used.
CREATE TEMP TABLE used_models AS
SELECT text_id, coalesce(max(resource_id) FILTER (is_global), min(resource_id)) AS resource_id
FROM (
  SELECT t.text_id, r.resource_id,
    coalesce(t.provider = 'gcp' AND t.RegionId IS NULL AND r.region = 'global', false) AS is_global
  FROM shaped t JOIN shapes s USING (shape)
  JOIN work.known_resources r
    ON r.kind = CASE WHEN s.token_kind IS NOT NULL THEN 'model_usage'
      WHEN t.provider = 'gcp' AND s.component = 'time' THEN 'provisioned_throughput' END
    AND r.provider = t.provider
    AND account_key(r.account_id) = account_key(coalesce(t.SubAccountId, t.BillingAccountId))
    AND (t.RegionId IS NULL OR region_of(r.provider, r.region) = region_of(t.provider, t.RegionId))
    AND is_model(model_of(r), s.model)
  WHERE t.provider IN ('aws', 'gcp')
    AND (t.resource_id IS NULL
      OR regexp_full_match(t.resource_id, 'arn:aws[a-z-]*:bedrock:[^:]*::foundation-model/.*'))
)
GROUP BY text_id
HAVING count(*) = 1 OR count(*) FILTER (is_global) = 1;

UPDATE staged.texts SET resource_id = used_models.resource_id FROM used_models
  WHERE used_models.text_id = texts.text_id;
