-- A charge for tokens names the model and, at AWS, mostly no resource, or the model itself as everybody's resource: it
-- belongs to the use of that model in its account and region, where one resource alone can be meant. Else it stays with
-- its service.
CREATE TEMP TABLE used_models AS
SELECT t.text_id, min(r.resource_id) AS resource_id
FROM shaped t JOIN shapes s USING (shape)
JOIN work.known_resources r
  ON r.kind = 'model_usage' AND r.provider = t.provider AND r.account_id = coalesce(t.SubAccountId, t.BillingAccountId)
  AND (t.RegionId IS NULL OR r.region = t.RegionId) AND is_model(model_of(r), s.model)
WHERE t.provider = 'aws' AND s.token_kind IS NOT NULL
  AND (t.resource_id IS NULL OR regexp_full_match(t.resource_id, 'arn:aws[a-z-]*:bedrock:[^:]*::foundation-model/.*'))
GROUP BY t.text_id
HAVING count(*) = 1;

UPDATE staged.texts SET resource_id = used_models.resource_id FROM used_models
  WHERE used_models.text_id = texts.text_id;
