-- Idle: older than `idle_days`, and its requests in the last `idle_days` add up to no more than `max_requests`. It is deleted, unless it
-- came back from a pause of that length before. An endpoint that pauses and comes back is scaled to zero while it pauses.
WITH traffic AS (
  SELECT resource_id, hour, coalesce(total, average, maximum) AS requests,
    row_number() OVER (PARTITION BY resource_id ORDER BY hour) AS n    -- pauses are counted in hours that were seen: a hole is no pause
  FROM metrics
  WHERE metric = 'requests'
), paced AS (
  SELECT resource_id, hour, requests, n,
    coalesce(n - max(n) FILTER (requests > 0) OVER (so_far ROWS UNBOUNDED PRECEDING) <= cool_down_hours, false) AS is_up,
    n - 1 - coalesce(max(n) FILTER (requests > 0) OVER (so_far ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS pause
  FROM traffic, param
  WINDOW so_far AS (PARTITION BY resource_id ORDER BY hour)
), history AS (
  SELECT resource_id,
    count(*) AS hours_seen,
    count(*) FILTER (requests > 0) AS busy_hours,
    coalesce(sum(requests) FILTER (hour >= window_end - to_days(idle_days)), 0) AS recent_requests,
    count(*) FILTER (requests > 0 AND pause >= pause_hours) AS returns,
    coalesce(max(pause) FILTER (requests > 0), 0) AS longest_pause,
    count(*) - coalesce(max(n) FILTER (requests > 0), 0) AS pause_now,
    avg(is_up::INTEGER) AS up,
    avg(is_up::INTEGER) FILTER (hour < window_start + (window_end - window_start) / 2) AS up_before,
    avg(is_up::INTEGER) FILTER (hour >= window_start + (window_end - window_start) / 2) AS up_after
  FROM paced, param
  GROUP BY resource_id
), judged AS (
  SELECT *, coalesce(name, resource_id) AS called,
    recent_requests <= max_requests AND longest_pause < 24 * idle_days AS is_idle,
    returns + (pause_now >= pause_hours)::INTEGER AS pauses
  FROM subject JOIN history USING (resource_id) JOIN policy USING (resource_id), param
  WHERE coalesce(created_at, window_start) <= window_end - to_days(idle_days)    -- age unknown: the metrics decide
    AND NOT standby                                                    -- it is paid for being there
    AND coalesce(attributes['endpoint_type'], '') <> 'serverless'      -- costs nothing while idle
)
SELECT
  resource_id,
  if(is_idle, 0, up) AS remaining,
  if(is_idle, NULL, least(up_before, up_after, up)) AS remaining_best,      -- the quieter half of the window
  if(is_idle, NULL, greatest(up_before, up_after, up)) AS remaining_worst,  -- the busier half
  if(is_idle AND busy_hours = 0 AND window_end - window_start >= to_days(idle_days), 'high', 'medium') AS confidence,
  if(is_idle, 'delete', 'scale_to_zero') AS remedy,
  if(is_idle,
    format('{} served {:.0f} requests in {:.0f} days.', called, recent_requests, least(idle_days, seen_days)),
    format('{} had requests in {} of {} hours and paused {} times for {} hours or more.', called, busy_hours, hours_seen, pauses, pause_hours)) AS reason,
  busy_hours, hours_seen, pauses, longest_pause, pause_now, accelerator, accelerator_count    -- evidence: shown as it is
FROM judged
WHERE is_idle
  OR (pauses >= 2 AND up <= max_busy_share
    AND (provider IS DISTINCT FROM 'aws' OR attributes['endpoint_type'] = 'asynchronous' OR coalesce(attributes['inference_components'], 'true') = 'true'))
