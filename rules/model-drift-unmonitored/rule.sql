-- Unmonitored: no monitor of `wanted_monitors` is scheduled; or, where the policy names a sensitive class of data, none
-- of `bias_monitors`. `monitoring` says it, such as "DataQuality Scheduled, ModelBias Stopped".
WITH entry AS (
  SELECT resource_id, unnest(list_transform(stated_list(attributes['monitoring']), lambda part: stated_word(part))) AS
    words
  FROM subject
), schedule AS (
  SELECT resource_id, monitor, words[length(stated_word(monitor)) + 1:] AS status
  FROM entry JOIN (SELECT DISTINCT unnest(list_concat(wanted_monitors, bias_monitors)) AS monitor FROM param)
    ON starts_with(words, stated_word(monitor))
), running AS (
  SELECT resource_id, list_sort(list(monitor ORDER BY monitor) FILTER (yes_or_no(status) = 'yes'
      OR status IN ('scheduled', 'running', 'active'))) AS monitors,
    bool_or(yes_or_no(status) IS NULL AND status NOT IN ('scheduled', 'running', 'active', 'stopped', 'failed',
      'pending', 'paused', 'inactive', 'deleted', 'cancelled', 'canceled', 'completed', 'succeeded', 'draining',
      'notscheduled', 'notrunning')) AS is_unknown
  FROM schedule GROUP BY resource_id
), judged AS (
  SELECT subject.*, coalesce(name, resource_id) AS called, attributes['monitoring'] AS monitoring,
    stated_word(attributes['monitoring']) AS word, coalesce(is_unknown, false) AS has_unknown,
    coalesce(monitors, []) AS scheduled, -- components of an endpoint are of several models
    if(contains(resource_id, ':inference-component/'), NULL, coalesce(parts_of_parent, 1)) AS variants, data_class,
    NOT list_has_any(scheduled, wanted_monitors) AS lacks_any,
    list_contains(list_transform(sensitive_classes, lambda word: lower(word)), lower(data_class))
      AND NOT list_has_any(scheduled, bias_monitors) AS lacks_bias,
    coalesce(list_contains(list_transform(exempt_environments, lambda word: lower(word)), lower(environment)),
      false) AS exempt
  FROM subject JOIN policy USING (resource_id) LEFT JOIN running USING (resource_id), param
)
SELECT resource_id, 1 AS remaining, 'high' AS confidence, 'monitor' AS remedy,
  CASE
    WHEN lacks_any AND word = 'none'
      THEN format('{}: neither its inputs nor its outputs are monitored for drift.', called)
    WHEN lacks_any THEN format('{}: no drift monitoring of its inputs or outputs is scheduled ({}).', called,
      monitoring)
    ELSE format('{} uses {} data without bias monitoring.', called, data_class) END
    || if(lacks_any AND variants = 1, ' There is no second variant to compare it with.', '')
    || if(lacks_any AND lacks_bias, format(' Nor is it monitored for bias, though it uses {} data.', data_class), '')
    AS reason,
  NULL AS not_examined, monitoring, variants, data_class
FROM judged WHERE word IS NOT NULL AND NOT has_unknown AND NOT exempt AND (lacks_any OR lacks_bias)
UNION ALL BY NAME
SELECT resource_id, 'its monitoring is unknown' AS not_examined FROM judged
WHERE word IS NULL OR (has_unknown AND (lacks_any OR lacks_bias))
