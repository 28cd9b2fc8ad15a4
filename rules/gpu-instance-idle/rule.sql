-- Idle: in no hour of the last `idle_days` did the busiest accelerator exceed `max_busy`, or all of them together `max_mean` on average. Where an hour has no maximum the
-- claim is smaller: an average over accelerators and minutes hides short work.
WITH recent AS (
  SELECT *, hour >= window_end - to_days(idle_days) AS is_recent, greatest(total, maximum, average) AS amount FROM metrics, param
), history AS (
  SELECT resource_id,
    max(hour) FILTER (metric = 'gpu_utilization' AND (maximum > max_busy OR average > max_mean)) AS last_work,
    max(greatest(maximum, average)) FILTER (metric = 'gpu_utilization' AND is_recent) AS highest,
    count(*) FILTER (metric = 'gpu_utilization' AND is_recent AND maximum IS NULL) AS mean_only_hours,
    greatest(count(*) FILTER (metric = 'cpu_utilization' AND is_recent AND average > max_cpu),
      count(*) FILTER (metric = 'requests' AND is_recent AND amount > 0), count(*) FILTER (metric = 'sessions' AND is_recent AND amount > 0)) AS other_work_hours
  FROM recent
  WHERE metric IN ('gpu_utilization', 'cpu_utilization', 'requests', 'sessions')     -- the others are most of the rows
  GROUP BY resource_id
), judged AS (
  SELECT *, coalesce(name, resource_id) AS called, mean_only_hours > 0 AS mean_only,
    TRY_CAST(attributes['instance_store_gb'] AS BIGINT) AS instance_store_gb
  FROM subject JOIN history USING (resource_id) JOIN policy USING (resource_id), param
  WHERE greatest(window_start, created_at) <= window_end - to_days(idle_days)     -- seen for long enough; age unknown: the metrics decide
    AND coalesce(last_work < window_end - to_days(idle_days), true)
    AND NOT standby                                                   -- it is paid for being there
)
SELECT
  resource_id,
  if(mean_only, mean_only_remaining, 0) AS remaining,
  if(mean_only, mean_only_remaining + (1 - mean_only_remaining) * return_share, return_share) AS remaining_worst,
  CASE WHEN other_work_hours > 0 OR (mean_only AND highest > 0) THEN 'low' ELSE 'medium' END AS confidence,      -- how long it stays idle is not shown to be more
  CASE WHEN kind = 'notebook' THEN 'stop_notebook' WHEN provider = 'aws' AND purchase = 'spot' THEN 'terminate_spot' ELSE 'stop' END AS remedy,
  if(mean_only,
    format('{}: the hourly average of its accelerators never exceeded {:.1f} % in {} days; maxima are missing, so short work may be hidden.', called, 100 * highest, idle_days),
    if(highest = 0, format('{}: no accelerator did any work in the last {} days, as far as they were measured.', called, idle_days),
      format('{}: no accelerator was used more than {:.1f} % in the measured hours of {} days.', called, 100 * highest, idle_days)))
    || if(other_work_hours > 0, format(' It did other work in {} hours.', other_work_hours), '')
    || if(instance_store_gb > 0, format(' Its instance store of {} GB loses its data when it stops.', instance_store_gb), '') AS reason,
  highest, last_work, mean_only_hours, other_work_hours, seen_days, accelerator, accelerator_count, instance_store_gb      -- evidence: shown as it is
FROM judged
