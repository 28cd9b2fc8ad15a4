-- Stalled: a job that worked, and then, in all of its last hours, no accelerator above `max_busy`, all of them above `max_mean` on average or processors above `max_cpu`.
-- What remains are the hours until its last work and `notice_hours`. Of a job that has ended only those that come after it can be saved: one hang may never come again.
WITH hours AS (
  SELECT resource_id, hour,
    bool_or(CASE metric WHEN 'gpu_utilization' THEN coalesce(maximum > max_busy, false) OR coalesce(average > max_mean, false) ELSE coalesce(average, maximum) > max_cpu END) AS works,
    bool_or(metric = 'gpu_utilization' AND maximum IS NULL) AS lacks_maximum
  FROM metrics, param
  WHERE metric IN ('gpu_utilization', 'cpu_utilization') AND coalesce(maximum, average) IS NOT NULL
  GROUP BY resource_id, hour
), history AS (
  SELECT resource_id, count(*) AS hours_seen, max(hour) FILTER (works) AS last_work, max(hour) AS last_seen, bool_or(lacks_maximum) AS lacks_maximum
  FROM hours
  GROUP BY resource_id
), job AS (
  SELECT s.*, coalesce(name, s.resource_id) AS called, coalesce(s.workload, s.resource_id) AS family, h.* EXCLUDE (resource_id),
    count(*) FILTER (hour > last_work) AS stalled_hours, ended_at IS NULL OR ended_at > window_end AS still_runs
  FROM subject s JOIN history h USING (resource_id) JOIN hours USING (resource_id), param
  GROUP BY ALL
), stalled AS (
  SELECT *, count(*) OVER (PARTITION BY provider, account_id, family) AS hung_jobs
  FROM job, param
  WHERE last_work IS NOT NULL              -- one that never worked waits for data, or its metric is of something else
    AND stalled_hours >= stall_hours
)
SELECT
  resource_id,
  least(1, (hours_seen - stalled_hours + notice_hours) / hours_seen) AS remaining,
  1 AS remaining_worst,                    -- it does not happen again
  if(lacks_maximum OR (NOT still_runs AND hung_jobs < 2), 'low', 'medium') AS confidence,
  if(still_runs, 'stop_now', 'watch') AS remedy,
  format('{} worked until {} and then did nothing for {} of its {} hours.', called, strftime(last_work + INTERVAL 1 HOUR, '%Y-%m-%d %H:%M'), stalled_hours, hours_seen)
    || if(hung_jobs > 1, format(' So did {} jobs of {}.', hung_jobs, family), '') AS reason,
  stalled_hours, hours_seen, last_work, still_runs, hung_jobs, machine_type, replicas, accelerator, accelerator_count      -- evidence: shown as it is
FROM stalled
WHERE notice_hours < stalled_hours
