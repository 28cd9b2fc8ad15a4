-- Idle: in no hour of the last `idle_days` a session, an accelerator above `max_busy` (all of them above `max_mean` on average) or processors above `max_cpu`, as far as these are measured. One that is used now and
-- then would run in its hours with work and for `stop_hours` after them, if it stopped itself.
WITH hours AS (
  SELECT resource_id, hour,
    bool_or(CASE metric WHEN 'sessions' THEN greatest(maximum, average, total) > 0 WHEN 'gpu_utilization' THEN maximum > max_busy OR average > max_mean
      ELSE coalesce(average, maximum) > max_cpu END) AS works,
    bool_or(metric = 'sessions') AS sees_sessions, bool_or(metric = 'gpu_utilization') AS sees_gpu, bool_or(metric = 'cpu_utilization') AS sees_cpu
  FROM metrics, param
  WHERE metric IN ('sessions', 'gpu_utilization', 'cpu_utilization') AND coalesce(maximum, average, total) IS NOT NULL
  GROUP BY resource_id, hour
), history AS (
  SELECT resource_id, count(*) AS hours_seen, count(*) FILTER (works) AS busy_hours, max(hour) FILTER (works) AS last_work,
    count(*) FILTER (hour >= window_end - to_days(idle_days)) AS recent_hours,
    bool_and(sees_sessions OR (sees_gpu AND sees_cpu)) AS is_well_seen
  FROM hours, param
  GROUP BY resource_id, idle_days, window_end
), waiting AS (                                      -- hours that it would still run after each hour with work
  SELECT resource_id, sum(least(date_diff('hour', hour, coalesce(next_work, last_end)), 1 + stop_hours)) AS up_hours
  FROM (SELECT resource_id, hour, lead(hour) OVER (PARTITION BY resource_id ORDER BY hour) AS next_work, last_end
    FROM hours JOIN (SELECT resource_id, max(hour) + INTERVAL 1 HOUR AS last_end FROM hours GROUP BY resource_id) USING (resource_id)
    WHERE works), param
  GROUP BY resource_id
), judged AS (
  SELECT *, coalesce(name, resource_id) AS called, if(attributes['idle_shutdown'] IN ('none', 'off'), ' It does not stop itself.', '') AS setting, coalesce(last_work < window_end - to_days(idle_days), true) AS is_idle, least(1, coalesce(up_hours, 0) / hours_seen) AS up
  FROM subject JOIN history USING (resource_id) LEFT JOIN waiting USING (resource_id) JOIN policy USING (resource_id), param
  WHERE greatest(window_start, created_at) <= window_end - to_days(idle_days)     -- seen for long enough; age unknown: the metrics decide
    AND recent_hours > 0                             -- it runs
    AND NOT standby                                  -- it is paid for being there
)
SELECT
  resource_id,
  if(is_idle, 0, up) AS remaining,
  if(is_idle, return_share, NULL) AS remaining_worst,
  if(is_idle AND is_well_seen, 'medium', 'low') AS confidence,
  if(is_idle, 'stop', 'stop_itself') AS remedy,
  if(is_idle,
    format('{}: nobody worked in it in {} days, {} of whose hours it ran.{}', called, idle_days, recent_hours, setting),
    format('{} ran in {} hours and worked in {} of them.{}', called, hours_seen, busy_hours, setting)) AS reason,
  busy_hours, hours_seen, last_work, is_well_seen, machine_type, accelerator, accelerator_count     -- evidence: shown as it is
FROM judged
WHERE is_idle OR up <= max_busy_share
