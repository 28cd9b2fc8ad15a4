-- Stalled: a job that worked (docs/work.md), and then did not in any of its last hours. What remains are the hours
-- until its last work and `notice_hours`. Of a job that has ended only those that come after it can be saved: one hang
-- may never come again.
WITH hours AS (
  SELECT resource_id, hour, worked, shows_work, measured,
    max(hour) FILTER (worked) OVER (PARTITION BY resource_id) AS last_work,
    coalesce(price, 1) AS price, committed
  FROM work LEFT JOIN hour_price USING (resource_id, hour)
), history AS (
  SELECT resource_id, count(*) AS hours_seen, max(last_work) AS last_work, count(*) FILTER (shows_work) AS shown_hours,
    count(*) FILTER (hour > last_work) AS stalled_hours,
    measured_mostly(list_contains(measured, 'cpu'), coalesce(hour > last_work, true)) AS sees_processors,
    measured_mostly(list_contains(measured, 'network'), coalesce(hour > last_work, true)) AS sees_network,
    sum(price) FILTER (hour > last_work) / nullif(sum(price), 0) AS stalled_share,
    sum(price * committed) FILTER (hour > last_work) / nullif(sum(price) FILTER (hour > last_work), 0) AS committed_off
  FROM hours GROUP BY resource_id
), gpu AS (
  SELECT resource_id, bool_or(maximum IS NULL) AS lacks_maximum FROM metrics WHERE metric = 'gpu_utilization'
    GROUP BY resource_id
), stalled AS (
  SELECT s.*, coalesce(workload, resource_id) AS family, h.* EXCLUDE (resource_id), lacks_maximum,
    ended_at IS NULL OR ended_at > window_end AS still_runs,
    count(*) OVER (PARTITION BY provider, account_id, coalesce(workload, resource_id)) AS hung_jobs
  FROM subject s JOIN history h USING (resource_id) JOIN gpu USING (resource_id), param
  WHERE shown_hours > 0                    -- one that never worked waits for data, or its metric is of something else
    AND stalled_hours >= stall_hours
)
SELECT
  resource_id,
  least(1, 1 - stalled_share * (stalled_hours - notice_hours) / stalled_hours) AS remaining,
  1 AS remaining_worst,                    -- it does not happen again
  if(lacks_maximum OR (NOT still_runs AND hung_jobs < 2), 'low', 'medium') AS confidence,
  if(still_runs, 'stop_now', 'watch') AS remedy,
  format('The job was idle for the last {:,} of its {:,} hours, since {} UTC.', stalled_hours, hours_seen,
    strftime(last_work + INTERVAL 1 HOUR, '%Y-%m-%d %H:%M'))
    || if(hung_jobs > 1, format(' {} jobs of the family {} stalled like that.', hung_jobs, family), '')
    || not_measured([if(sees_processors, NULL, 'CPU use'), if(sees_network, NULL, 'network traffic')]) AS reason,
  -- evidence: shown as it is
  stalled_hours, hours_seen, last_work, still_runs, hung_jobs, committed_off,
  machine_type, replicas, accelerator, accelerator_count
FROM stalled, param
WHERE notice_hours < stalled_hours
