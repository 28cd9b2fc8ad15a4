-- Idle: nothing worked (docs/work.md) in the last `idle_days`, nor for half as long again as the longest pause that it came back from. One that is used now and then
-- would run in its hours with work and for `stop_hours` after them, if it stopped itself.
WITH hours AS (
  SELECT resource_id, hour >= window_end - to_days(idle_days) AS is_recent, date_diff('hour', max(hour) FILTER (worked) OVER so_far, hour) AS since_work,
    list_contains(measured, 'sessions') OR (list_contains(measured, 'gpu') AND list_contains(measured, 'cpu')) AS is_well_seen
  FROM work, param
  WINDOW so_far AS (PARTITION BY resource_id ORDER BY hour)
), history AS (
  SELECT resource_id, count(*) FILTER (is_recent) AS recent_hours, bool_and(is_well_seen) AS is_well_seen, count(*) FILTER (since_work <= stop_hours) / count(*) AS up
  FROM hours, param
  GROUP BY resource_id
), judged AS (
  SELECT *, if(attributes['idle_shutdown'] IN ('none', 'off'), '; its idle shutdown is off', '') AS setting, idle_hours >= greatest(24 * idle_days, 1.5 * longest_return) AS is_idle
  FROM subject JOIN pause USING (resource_id) JOIN history USING (resource_id) JOIN policy USING (resource_id), param
  WHERE coalesce(created_at, window_start) <= window_end - to_days(idle_days)     -- age unknown: the metrics decide
    AND recent_hours > 0                             -- it runs
    AND NOT standby                                  -- it is paid for being there
)
SELECT
  resource_id,
  if(is_idle, expected_return, greatest(up, expected_return)) AS remaining,      -- never more for one that is used than for one that is not
  if(is_idle, 0, up) AS remaining_best,
  if(is_idle, greatest(return_share, expected_return), greatest(return_share, expected_return, (1 + up) / 2)) AS remaining_worst,
  if(is_idle AND is_well_seen, 'medium', 'low') AS confidence,
  if(is_idle, 'stop', 'stop_itself') AS remedy,
  if(is_idle,
    format('No work in it for {} days{}.', idle_hours // 24, setting)
      || if(known_hours < 840, format(' Its metrics cover {} days, so work that is rarer would not show.', known_hours // 24), ''),
    format('It ran for {} hours and was in use in {} of them{}.', hours, shown_hours, setting)
      || if(worked_hours > shown_hours, format(' {} hours without data count as used.', worked_hours - shown_hours), '')) AS reason,
  shown_hours AS busy_hours, hours AS hours_seen, recent_hours, last_work, is_well_seen, machine_type, accelerator, accelerator_count     -- evidence: shown as it is
FROM judged
WHERE is_idle OR up <= max_busy_share
