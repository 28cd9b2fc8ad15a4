-- Idle: no more than `max_requests` searches in the last `idle_days`. What fills an index is no search of it.
WITH recent AS (       -- hours that the policy excludes show nothing, so that as many earlier ones count
  SELECT resource_id, days_back(idle_days, excluded) AS recent_from
  FROM subject LEFT JOIN pause USING (resource_id), param
), history AS (
  SELECT resource_id, count(*) AS hours_seen,
    count(DISTINCT hour) FILTER (hour >= recent_from) AS recent_hours,
    count(*) FILTER (hour >= window_end - to_days(idle_days)) AS last_hours,
    max(hour) FILTER (greatest(total, maximum, average) > 0) AS last_search,
    -- an average above 0 does not say how many
    coalesce(sum(coalesce(count_in_hour(total, average, maximum), 'infinity'))
      FILTER (hour >= recent_from), 0) AS recent_requests
  FROM metrics JOIN recent USING (resource_id), param
  WHERE metric = 'requests' AND greatest(total, maximum, average) IS NOT NULL
  GROUP BY resource_id
), judged AS (
  SELECT s.*, known_hours, idle_hours, excluded, h.* EXCLUDE (resource_id),
    recent_requests <= max_requests AND last_hours > 0 AND (recent_hours >= 24 * idle_days
    -- or before the window too, where that is shorter
    OR (recent_hours >= counted_hours AND idle_hours >= 24 * idle_days))
    AND coalesce(created_at <= window_end - to_days(idle_days), true) AND NOT standby
      -- age unknown: the metrics decide
      AND (recent_requests > 0 OR idle_hours >= greatest(24 * idle_days, 1.5 * longest_return)) AS is_idle,
    -- collections of OpenSearch Serverless share their units
    if(provider = 'aws' AND contains(s.resource_id, ':collection/'),
      concat_ws('/', provider, account_id, region, stated_text(attributes['kms_key'])), NULL) AS pool
  FROM subject s JOIN history h USING (resource_id) JOIN policy USING (resource_id)
    LEFT JOIN pause USING (resource_id), param
)
SELECT resource_id, expected_loss AS remaining, 0::DOUBLE AS remaining_best,
  if(pool IS NULL, greatest(expected_loss, return_share), 1) AS remaining_worst, -- one that stays keeps the units
  -- a collection that was not measured may need the units
  if(pool IS NULL, 'medium', 'low') AS confidence,
  pool AS group_id,
  if(recent_requests = 0,
    quiet_for('searches of ' || coalesce(name, resource_id), last_search, idle_hours // 24, excluded),
    format('{} of {} in {}.', if(recent_requests = 1, 'One search',
      format('Only {:,} searches', round(recent_requests)::BIGINT)), coalesce(name, resource_id),
      dated_days(idle_days, excluded)))
    || if(pool IS NULL, '',
      ' Its units are shared: nothing is saved unless all idle collections of the account are deleted.')
    || short_history(known_hours) AS reason,
  last_search, recent_requests, hours_seen, coalesce(stated_text(attributes['units']), replicas::VARCHAR) AS units,
  attributes['tier'] AS tier
FROM judged j, param
WHERE is_idle AND (pool IS NULL OR NOT EXISTS (SELECT 1 FROM judged busy WHERE busy.pool = j.pool AND NOT busy.is_idle))
