-- Idle: a deployment of a fine-tuned model that is paid for by the hour, without a request or a token in the last `idle_days`, in whatever of both was measured.
WITH deployment AS (
  SELECT *, lower(coalesce(attributes['hosting'], '')) AS hosting, lower(concat_ws(' ', attributes['model'], attributes['base_model'], attributes['model_arn'], name)) AS words,
    lower(coalesce(attributes['deployment_type'], '')) AS deployment_type
  FROM subject
  WHERE (starts_with(hosting, 'fine-tuned') OR regexp_matches(words, '[.:_-]ft[-:]|(^| )ft:|:custom-model/'))
    AND NOT contains(hosting, 'on demand') AND deployment_type NOT LIKE '%developer%'      -- by the token only
    AND attributes['commitment_duration'] IS NULL                                         -- paid for until its end
), history AS (
  SELECT resource_id, max(hour) FILTER (greatest(total, maximum, average) > 0) AS last_call, count(DISTINCT hour) AS hours_seen, string_agg(DISTINCT metric, ', ' ORDER BY metric) AS seen
  FROM metrics
  WHERE metric IN ('requests', 'tokens_input', 'tokens_output') AND greatest(total, maximum, average) IS NOT NULL
  GROUP BY resource_id
)
SELECT resource_id, 0 AS remaining, return_share AS remaining_worst,
  'medium' AS confidence,                                            -- how long it stays so is not shown to be more
  format('{} is a fine-tuned model that nobody called in {} days (seen: {}).', coalesce(name, resource_id), idle_days, seen) AS reason,
  last_call, hours_seen, attributes['model'] AS model, replicas AS units
FROM deployment JOIN history USING (resource_id) JOIN policy USING (resource_id) JOIN spend USING (resource_id), param
WHERE coalesce(last_call < window_end - to_days(idle_days), true)
  AND greatest(window_start, created_at) <= window_end - to_days(idle_days)      -- seen for long enough; age unknown: the metrics decide
  AND time_cost IS DISTINCT FROM 0                                   -- nothing is paid for its hours
  AND NOT standby                                                    -- it is paid for being there
