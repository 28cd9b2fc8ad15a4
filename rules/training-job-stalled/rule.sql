-- Stalled: a job that worked (docs/work.md), and then did not in any of its last hours. What remains are the hours
-- until its last work and `notice_hours`. Of a job that has ended only those that come after it can be saved: one hang
-- may never come again. One that began before the window and did nothing in it hangs since then, or never worked.
WITH hours AS (
  SELECT resource_id, hour, worked, shows_work, measured,
    max(hour) FILTER (worked) OVER (PARTITION BY resource_id) AS last_work,
    coalesce(price, 1) AS price, committed
  FROM work LEFT JOIN hour_price USING (resource_id, hour)
), history AS (
  SELECT resource_id, count(*) AS hours_seen, max(last_work) AS last_in_window,
    count(*) FILTER (shows_work) AS shown_hours, count(*) FILTER (is_idle) AS stalled_hours,
    measured_mostly(list_contains(measured, 'cpu'), is_idle) AS sees_processors,
    measured_mostly(list_contains(measured, 'network'), is_idle) AS sees_network,
    sum(price) FILTER (is_idle) / nullif(sum(price), 0) AS stalled_share,
    sum(price * committed) FILTER (is_idle) / nullif(sum(price) FILTER (is_idle), 0) AS committed_off
  FROM (SELECT *, coalesce(hour > last_work, true) AS is_idle FROM hours) GROUP BY resource_id
), gpu AS (
  SELECT resource_id, bool_or(maximum IS NULL) AS lacks_maximum FROM metrics WHERE metric = 'gpu_utilization'
    GROUP BY resource_id
), stalled AS (
  SELECT s.*, coalesce(workload, resource_id) AS family, h.* EXCLUDE (resource_id), lacks_maximum,
    coalesce(last_in_window, earlier_work[-1]) AS last_work, coalesce(created_at < window_start, false) AS is_older,
    shown_hours > 0 OR len(coalesce(earlier_work, [])) > 0 AS has_worked,
    ended_at IS NULL OR ended_at > window_end AS still_runs,
    count(*) OVER (PARTITION BY provider, account_id, coalesce(workload, resource_id)) AS hung_jobs
  FROM subject s JOIN history h USING (resource_id) JOIN gpu USING (resource_id)
    LEFT JOIN (SELECT resource_id, earlier_work FROM pause) USING (resource_id), param
  -- one that never worked waits for data, or its metric is of something else
  WHERE (shown_hours > 0 OR (last_in_window IS NULL AND (len(coalesce(earlier_work, [])) > 0
      OR created_at < window_start)))
    AND stalled_hours >= stall_hours
)
SELECT
  resource_id,
  least(1, 1 - stalled_share * (stalled_hours - notice_hours) / stalled_hours) AS remaining,
  1 AS remaining_worst,                    -- it does not happen again
  if(lacks_maximum OR NOT has_worked OR (NOT still_runs AND hung_jobs < 2), 'low', 'medium') AS confidence,
  if(still_runs, 'stop_now', 'watch') AS remedy,
  CASE WHEN last_in_window IS NOT NULL
    THEN format('The job was idle for the last {:,} of its {:,} hours{}, since {} UTC.', stalled_hours, hours_seen,
      if(is_older, ' in the window', ''), strftime(last_work + INTERVAL 1 HOUR, '%Y-%m-%d %H:%M'))
    ELSE format('The job was idle in all {:,} hours that it ran in the window. ', stalled_hours)
      || if(has_worked, format('It was last in use before the window, until {} UTC.',
          strftime(last_work + INTERVAL 1 HOUR, '%Y-%m-%d %H:%M')),
        'It began before the window, and whether it ever worked is unknown.') END
    || if(hung_jobs > 1, format(' {} jobs of the family {} stalled like that.', hung_jobs, family), '')
    || not_measured([if(sees_processors, NULL, 'CPU use'), if(sees_network, NULL, 'network traffic')]) AS reason,
  -- evidence: shown as it is
  stalled_hours, hours_seen, last_work, still_runs, hung_jobs, committed_off,
  machine_type, replicas, accelerator, accelerator_count
FROM stalled, param
WHERE notice_hours < stalled_hours
