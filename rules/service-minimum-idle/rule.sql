-- Idle: instances with accelerators that are kept ready, not one request in any hour of the last `idle_days`, and no
-- other signal that shows work (docs/work.md): jobs may be pulled. An hour without a point is not an hour without a
-- call.
WITH recent AS (       -- hours that the policy excludes show nothing, so that as many earlier ones count
  SELECT resource_id, days_back(idle_days, excluded) AS recent_from
  FROM subject LEFT JOIN pause USING (resource_id), param
), history AS (
  SELECT resource_id, count(DISTINCT hour) FILTER (hour >= recent_from) AS hours_seen,
    count(*) FILTER (hour >= window_end - to_days(idle_days)) AS last_hours,
    max(hour) FILTER (greatest(total, maximum, average) > 0) AS last_request
  FROM metrics JOIN recent USING (resource_id), param
  WHERE metric = 'requests' AND greatest(total, maximum, average) IS NOT NULL GROUP BY resource_id
), witness AS (
  SELECT resource_id, measured_mostly(list_contains(measured, 'gpu'), true) AS sees_accelerators,
    measured_mostly(list_contains(measured, 'cpu'), true) AS sees_processors,
    measured_mostly(has_tokens, true) AS sees_tokens
  FROM work LEFT JOIN (SELECT DISTINCT resource_id, hour, true AS has_tokens FROM metrics
    WHERE starts_with(metric, 'tokens_') AND greatest(total, average, maximum) IS NOT NULL)
    USING (resource_id, hour) JOIN recent USING (resource_id)
  WHERE hour >= recent_from GROUP BY resource_id
), kept AS (
  SELECT s.*, coalesce(s.accelerator_count, 0) > 0 OR s.accelerator IS NOT NULL AS has_accelerator,
    -- instances that were measured all the time are kept by something, whatever is configured
    coalesce(stated_word(s.attributes['replicas_by']) = 'metrics', false) AS is_seen,
    coalesce(if(is_seen, s.replicas, NULL), stated_count(s.attributes['min_instances']), s.replicas,
      if(word_or_unknown(s.attributes['scaling']) IN ('manual', 'unknown'), NULL, 0)) AS minimum,
    coalesce(last_hours > 0 AND (hours_seen >= 24 * idle_days
      -- or before the window too, where that is shorter
      OR (hours_seen >= counted_hours AND idle_hours >= 24 * idle_days)), false)
      AS is_measured, hours_seen, last_hours, last_request, standby, idle_hours, excluded, recent_from,
    longest_return, known_hours, w.* EXCLUDE (resource_id)
  FROM subject s JOIN policy USING (resource_id) LEFT JOIN history USING (resource_id)
    LEFT JOIN pause USING (resource_id) LEFT JOIN witness w USING (resource_id)
    JOIN recent USING (resource_id), param
)
SELECT resource_id, expected_loss AS remaining, 0::DOUBLE AS remaining_best,
  greatest(expected_loss, return_share) AS remaining_worst,
  'medium' AS confidence,                                            -- how long it stays so is not shown to be more
  if(stated_word(attributes['scaling']) = 'manual', 'automatic', 'no_minimum') AS remedy,
  quiet_for('requests to ' || coalesce(name, resource_id), last_request, greatest(idle_days, idle_hours // 24),
      excluded)
    || format(' {} still kept ready ({}).', if(minimum = 1, 'One instance is', format('{} instances are', minimum)),
      coalesce(accelerator, 'with a GPU'))
    || if(is_seen, ' That was measured; the minimum that was read is 0.', '')
    || not_measured([if(sees_accelerators, NULL, 'GPU use'), if(sees_processors, NULL, 'CPU use'),
      if(sees_tokens, NULL, 'tokens')])
    || short_history(known_hours) AS reason,
  NULL AS not_examined, false AS not_concerned, minimum AS minimum_instances, accelerator, last_request,
  hours_seen AS recent_hours
FROM kept, param
WHERE has_accelerator AND minimum > 0 AND is_measured AND NOT standby          -- standby is paid for being there
  AND coalesce(last_request < recent_from, true)
    AND coalesce(idle_hours >= greatest(24 * idle_days, 1.5 * longest_return), true)
  AND coalesce(created_at <= window_end - to_days(idle_days), true)      -- age unknown: the metrics decide
UNION ALL BY NAME
SELECT resource_id, if(has_accelerator AND coalesce(minimum, 1) > 0, CASE
    WHEN minimum IS NULL THEN 'number of instances unknown'
    WHEN last_hours = 0 AND list_contains(excluded, window_end - INTERVAL 1 HOUR)
      THEN 'the last days are in excluded periods'
    WHEN hours_seen > 0 THEN 'requests covers less than 100 % of the hours of the last days; a finding depends on it'
    ELSE 'no requests metric in the last days' END, NULL) AS not_examined,
  NOT (has_accelerator AND coalesce(minimum, 1) > 0) AS not_concerned
FROM kept, param
WHERE NOT coalesce(has_accelerator AND minimum > 0, false)
  OR (NOT is_measured AND NOT standby AND NOT coalesce(last_request >= recent_from, false))
