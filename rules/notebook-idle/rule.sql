-- Idle: nothing worked (docs/work.md) in the last `idle_days`, nor for half as long again as the longest pause that it
-- came back from. One that is used now and then would run in its hours with work and for `stop_hours` after them, if it
-- stopped itself.
WITH machine AS (          -- one that is known to have no accelerators: its own count, or that of its type
  SELECT s.resource_id,
    coalesce(s.accelerator_count = 0 AND s.accelerator IS NULL, type.accelerators = 0, false) AS is_known_without
  FROM subject s LEFT JOIN (SELECT provider, lower(machine_type) AS name,
    max(if(accelerator IS NULL, coalesce(accelerator_count, 0), 1)) AS accelerators FROM offers GROUP BY ALL) type
    ON type.provider = s.provider AND type.name = lower(s.machine_type)
), hours AS (
  SELECT resource_id, hour >= window_end - to_days(idle_days) AS is_recent,
    hour >= coalesce(run_rate_from, window_start) AS is_paid,
    hour >= idle_from AS is_idle_hour,
    date_diff('hour', max(hour) FILTER (worked) OVER so_far, hour) AS since_work,
    coalesce(since_work <= stop_hours, false) AS is_up, coalesce(price, 1) AS price, committed,
    if(is_known_without, list_contains(measured, 'cpu'),
      list_contains(measured, 'gpu') AND list_has_any(measured, ['cpu', 'sessions'])) AS is_well_seen,
    is_known_without OR list_contains(measured, 'gpu') AS sees_accelerators,
    list_contains(measured, 'cpu') AS sees_processors, list_contains(measured, 'network') AS sees_network,
    list_contains(measured, 'sessions') AS sees_sessions
  FROM work JOIN machine USING (resource_id) JOIN spend USING (resource_id) JOIN pause USING (resource_id)
    LEFT JOIN hour_price USING (resource_id, hour), param
  WINDOW so_far AS (PARTITION BY resource_id ORDER BY hour)
), history AS (
  SELECT resource_id, count(*) FILTER (is_recent) AS recent_hours, bool_and(is_well_seen) AS is_well_seen,
    measured_mostly(sees_accelerators, is_idle_hour) AS sees_accelerators,
    measured_mostly(sees_processors, is_idle_hour) AS sees_processors,
    measured_mostly(sees_network, is_idle_hour) AS sees_network,
    measured_mostly(sees_sessions, is_idle_hour) AS sees_sessions,
    coalesce(sum(price) FILTER (is_up), 0) / nullif(sum(price), 0) AS up_all,
    -- The saving is a share of what the last days cost: where they need more than the window did, they decide.
    greatest(up_all, coalesce(sum(price) FILTER (is_up AND is_paid) / nullif(sum(price) FILTER (is_paid), 0), 0)) AS up,
    greatest(avg(is_up::INTEGER), avg(is_up::INTEGER) FILTER (is_paid)) AS up_hours,
    sum(price * committed) FILTER (NOT is_up AND is_paid) / nullif(sum(price) FILTER (NOT is_up AND is_paid), 0)
      AS committed_down
  FROM hours
  GROUP BY resource_id
), judged AS (
  SELECT *, if(yes_or_no(attributes['idle_shutdown']) = 'no', '; its idle shutdown is off', '') AS setting,
    idle_hours >= greatest(24 * idle_days, 1.5 * longest_return) AS is_idle
  FROM subject JOIN pause USING (resource_id) JOIN history USING (resource_id) JOIN policy USING (resource_id)
    JOIN (SELECT resource_id, changed_at FROM spend) USING (resource_id), param
  -- age unknown: the metrics decide
  WHERE greatest(coalesce(created_at, least(window_start, window_end - to_hours(known_hours))), changed_at)
    <= window_end - to_days(idle_days)
    AND recent_hours > 0                             -- it runs
    AND NOT standby                                  -- it is paid for being there
)
SELECT
  resource_id,
  -- never more for one that is used than for one that is not
  if(is_idle, expected_return, greatest(up, expected_return)) AS remaining,
  if(is_idle, 0, up) AS remaining_best,
  if(is_idle, greatest(return_share, expected_return),
    greatest(return_share, expected_return, (1 + up) / 2)) AS remaining_worst,
  if(is_idle AND is_well_seen AND (knows_jobs OR sees_processors), 'medium', 'low') AS confidence,
  if(is_idle, 'stop', 'stop_itself') AS remedy,
  if(is_idle,
    format('No use was measured in {}{}.', dated_days(idle_hours // 24, excluded), setting)
      || not_measured([if(sees_accelerators, NULL, 'GPU use (if it has a GPU)'), if(sees_processors, NULL, 'CPU use'),
        if(sees_network, NULL, 'network traffic'), if(sees_sessions, NULL, 'sessions')])
      || unknown_jobs(knows_jobs, unplaced_jobs) || short_history(known_hours),
    format('The notebook ran for {:,} hours{} and was in use in {:,} of them{}.', hours, since_change(changed_at),
        shown_hours, setting)
      || if(worked_hours > shown_hours,
        format(' Hours without data, and the first hour after a stop, count as used: {}.', worked_hours - shown_hours),
        '')) AS reason,
  -- evidence: shown as it is
  shown_hours AS busy_hours, hours AS hours_seen, recent_hours, last_work, is_well_seen,
  if(is_idle, NULL, committed_down) AS committed_off, machine_type, accelerator,
  accelerator_count
FROM judged
WHERE is_idle
  -- what was never used, as far as is known, does not stop after its use
  OR (up_hours <= max_busy_share AND (worked_hours > 0 OR len(earlier_work) > 0))
