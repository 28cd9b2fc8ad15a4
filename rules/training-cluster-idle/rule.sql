-- Idle: in no hour of the last `idle_days` an accelerator above `max_busy`, all of them above `max_mean` on average or processors above `max_cpu`, as far as these are measured.
-- One that works now and then would run in its hours with work and for `cool_down_hours` after them. An hour costs as many machines as ran in it.
WITH setting AS (
  SELECT *, window_start + (window_end - window_start) / 2 AS middle FROM param
), cluster AS (
  SELECT *, coalesce(name, resource_id) AS called,
    TRY_CAST(coalesce(attributes['min_nodes'], attributes['autoscaling_min']) AS DOUBLE) AS fewest, TRY_CAST(coalesce(attributes['max_nodes'], attributes['autoscaling_max']) AS DOUBLE) AS most
  FROM subject JOIN policy USING (resource_id), param
  WHERE NOT standby                                      -- it is paid for being there
    AND coalesce(purchase, '') <> 'committed'            -- paid in advance for a fixed time: sunk until its end
), hours AS (
  SELECT resource_id, hour,
    bool_or(CASE metric WHEN 'gpu_utilization' THEN coalesce(maximum > max_busy, false) OR coalesce(average > max_mean, false) ELSE coalesce(average, maximum) > max_cpu END) AS works,
    bool_or(metric = 'gpu_utilization') AS sees_gpu, bool_or(metric = 'gpu_utilization' AND maximum IS NULL) AS lacks_maximum
  FROM metrics, param
  WHERE metric IN ('gpu_utilization', 'cpu_utilization') AND coalesce(maximum, average) IS NOT NULL
  GROUP BY resource_id, hour
), machines AS (
  SELECT resource_id, hour, coalesce(average, maximum, total) AS running FROM metrics WHERE metric = 'replicas'
), weighed AS (      -- without a count of machines, hours with work are taken for full and all others for as empty as the cluster gets
  SELECT h.*, max(hour) FILTER (works) OVER before_it AS last_work_before, coalesce(running, if(works, most, fewest), greatest(1, fewest), 1) AS weight
  FROM hours h JOIN cluster USING (resource_id) LEFT JOIN machines USING (resource_id, hour)
  WINDOW before_it AS (PARTITION BY resource_id ORDER BY hour)
), history AS (
  SELECT resource_id, count(*) AS hours_seen, count(*) FILTER (works) AS busy_hours, max(hour) FILTER (works) AS last_work,
    bool_and(sees_gpu) AND NOT bool_or(lacks_maximum) AS is_well_seen,
    count(*) FILTER (hour >= window_end - to_days(idle_days)) AS recent_hours,
    sum(weight) AS paid,
    coalesce(sum(weight) FILTER (hour <= last_work_before + to_hours(cool_down_hours)), 0) / sum(weight) AS up,
    coalesce(sum(weight) FILTER (hour <= last_work_before + to_hours(cool_down_hours) AND hour < middle), 0) / nullif(sum(weight) FILTER (hour < middle), 0) AS up_1,
    coalesce(sum(weight) FILTER (hour <= last_work_before + to_hours(cool_down_hours) AND hour >= middle), 0) / nullif(sum(weight) FILTER (hour >= middle), 0) AS up_2
  FROM weighed, setting
  GROUP BY resource_id, idle_days, window_end
), judged AS (
  SELECT *, coalesce(last_work < window_end - to_days(idle_days), true) AND greatest(window_start, created_at) <= window_end - to_days(idle_days) AS is_idle
  FROM cluster JOIN history USING (resource_id)
  WHERE recent_hours > 0                                 -- it runs
)
SELECT
  resource_id,
  if(is_idle, 0, up) AS remaining,
  if(is_idle, NULL, least(up, up_1, up_2)) AS remaining_best,          -- the quieter half of the window
  if(is_idle, return_share, greatest(up, up_1, up_2) * (1 - worst_margin) + worst_margin) AS remaining_worst,
  if(is_well_seen, 'medium', 'low') AS confidence,                     -- nothing that was measured supports more
  if(is_idle, 'empty', 'scale_down') AS remedy,
  if(is_idle,
    format('{}: no job worked in {} days, in {} of whose hours its machines were paid for.', called, idle_days, recent_hours),
    format('{} worked in {} of the {} hours that were seen.', called, busy_hours, hours_seen)) AS reason,
  busy_hours, hours_seen, last_work, is_well_seen, fewest AS min_nodes, most AS max_nodes, machine_type, accelerator, accelerator_count     -- evidence: shown as it is
FROM judged
WHERE is_idle
  OR (up <= max_busy_share AND busy_hours > 0 AND fewest IS DISTINCT FROM 0      -- from 0 on it gives its machines back already
    AND coalesce(attributes['orchestrator'], '') <> 'slurm')                     -- HyperPod adds and removes machines by itself with EKS only
