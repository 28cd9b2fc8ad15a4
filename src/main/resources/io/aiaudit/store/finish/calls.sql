-- Lines of single calls, as the log of a gateway has them: they count tokens or requests, and begin or end within an
-- hour. What such a line calls its resource is the call, a key or a name that nothing else knows; what is paid for is
-- the use of the model in its account.
INSERT INTO calls
SELECT t.text_id, t.provider || ':' || coalesce(t.SubAccountId, t.BillingAccountId,
  'unknown') || '/' || s.model AS used_as, s.model
FROM shaped t JOIN shapes s USING (shape)
WHERE s.spend_class = 'ai'
  AND regexp_matches(lower(concat_ws(' ', t.ConsumedUnit, t.PricingUnit)), 'token|request|call|invocation')
  AND (t.resource_id IS NULL
    OR (kind_of(t.provider, t.resource_id, t.ResourceType, coalesce(t.ServiceName, 'unknown')) = 'service'
    AND t.resource_id NOT IN (SELECT resource_id FROM work.known_resources) AND t.resource_id NOT IN (SELECT resource_id
      FROM work.metrics)))
  AND t.text_id IN (SELECT text_id FROM charge_lines GROUP BY text_id
    HAVING bool_and(ChargePeriodEnd - ChargePeriodStart < INTERVAL 1 HOUR
      OR ChargePeriodStart <> date_trunc('hour', ChargePeriodStart)));

-- Where the inventory has the use of that model in that account once, it is that.
UPDATE calls SET used_as = r.resource_id
FROM (
  SELECT text_id, min(r.resource_id) AS resource_id
  FROM calls JOIN staged.texts t USING (text_id)
  JOIN work.known_resources r ON r.kind = 'model_usage' AND r.provider = t.provider
    AND coalesce(account_key(r.account_id) = account_key(coalesce(t.SubAccountId, t.BillingAccountId)), true)
    AND is_model(model_of(r), calls.model)
  GROUP BY text_id HAVING count(*) = 1
) r
WHERE r.text_id = calls.text_id;

UPDATE staged.texts SET resource_id = calls.used_as FROM calls WHERE calls.text_id = texts.text_id;
