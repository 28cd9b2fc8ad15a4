-- Idle: no more than `max_requests` searches in the last `idle_days`. What fills an index is no search of it.
WITH history AS (
  SELECT resource_id, count(*) AS hours_seen, max(hour) FILTER (greatest(total, maximum, average) > 0) AS last_search,
    coalesce(sum(greatest(total, maximum, average)) FILTER (hour >= window_end - to_days(idle_days)), 0) AS recent_requests
  FROM metrics, param
  WHERE metric = 'requests' AND greatest(total, maximum, average) IS NOT NULL
  GROUP BY resource_id
)
SELECT resource_id, 0 AS remaining, return_share AS remaining_worst,
  'medium' AS confidence,                                            -- how long it stays so is not shown to be more
  format('{} was searched {:.0f} times in {} days{}.', coalesce(name, resource_id), recent_requests, idle_days,
    coalesce(format(', while it keeps units: {}', coalesce(attributes['units'], replicas::VARCHAR)), '')) AS reason,
  last_search, recent_requests, hours_seen, coalesce(attributes['units'], replicas::VARCHAR) AS units, attributes['tier'] AS tier
FROM subject JOIN history USING (resource_id) JOIN policy USING (resource_id), param
WHERE recent_requests <= max_requests
  AND greatest(window_start, created_at) <= window_end - to_days(idle_days)      -- seen for long enough; age unknown: the metrics decide
  AND NOT standby                                                    -- it is paid for being there
