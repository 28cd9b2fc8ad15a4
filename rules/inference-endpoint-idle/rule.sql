-- Idle: seen for `idle_days`, and its requests in the last `idle_days` add up to no more than `max_requests`. It is deleted, unless it
-- came back from a pause of that length before. Any other endpoint that pauses is scaled to zero while it pauses.
WITH setting AS (
  SELECT *, window_start + (window_end - window_start) / 2 AS middle, window_end - to_days(idle_days) AS idle_since FROM param
), traffic AS (
  SELECT resource_id, hour, greatest(total, average, maximum) AS requests FROM metrics WHERE metric = 'requests'
), seen AS (
  SELECT resource_id, min(hour) AS first_hour, max(hour) + to_hours(1) AS last_end,
    count(*) AS hours_seen, count(*) FILTER (hour < middle) AS hours_before, count(*) FILTER (requests > 0) AS busy_hours,
    coalesce(sum(requests) FILTER (hour >= idle_since), 0) AS recent_requests
  FROM traffic, setting
  GROUP BY resource_id
), busy AS (         -- each hour with traffic and the hours until the next one
  SELECT *, date_diff('hour', hour, coalesce(next_hour, last_end)) AS until_next
  FROM (SELECT resource_id, hour, last_end, lead(hour) OVER (PARTITION BY resource_id ORDER BY hour) AS next_hour
    FROM traffic JOIN seen USING (resource_id), param
    WHERE requests > 0 AND busy_hours <= max_busy_share * hours_seen)    -- busier ones are never worth it, and are most of the rows
), history AS (      -- a scaled endpoint is up in an hour with traffic and for `cool_down_hours` after it
  SELECT resource_id, min(hour) AS first_busy,
    count(*) FILTER (until_next > pause_hours) AS pauses_after,
    max(until_next) FILTER (next_hour IS NOT NULL) - 1 AS longest_pause,
    sum(least(until_next, 1 + cool_down_hours)) AS up_hours,
    coalesce(sum(least(until_next, 1 + cool_down_hours)) FILTER (hour < middle), 0) AS up_before
  FROM busy, setting
  GROUP BY resource_id
), judged AS (
  SELECT *, coalesce(name, resource_id) AS called, lower(trim(coalesce(attributes['endpoint_type'], ''))) AS endpoint_type,
    greatest(longest_pause, date_diff('hour', first_hour, first_busy)) AS longest_return,
    recent_requests <= max_requests AND coalesce(longest_return < 24 * idle_days, true) AND window_start <= idle_since AS is_idle,
    if(busy_hours = 0, 1, pauses_after + (first_busy >= first_hour + to_hours(pause_hours))::INTEGER) AS pauses,
    if(busy_hours = 0, 0, least(1, up_hours / hours_seen)) AS up,
    up_before / nullif(hours_before, 0) AS up_1, (up_hours - up_before) / (hours_seen - hours_before) AS up_2    -- by halves of the window
  FROM subject JOIN seen USING (resource_id) LEFT JOIN history USING (resource_id) JOIN policy USING (resource_id), setting
  WHERE coalesce(created_at, window_start) <= idle_since               -- age unknown: the metrics decide
    AND NOT standby                                                    -- it is paid for being there
    AND NOT starts_with(endpoint_type, 'serverless')                   -- costs nothing while idle
    AND (NOT starts_with(endpoint_type, 'async') OR replicas > 0)      -- the same, unless it keeps machines
)
SELECT
  resource_id,
  if(is_idle, 0, up) AS remaining,
  if(is_idle, NULL, least(up, up_1, up_2)) AS remaining_best,        -- the quieter half of the window
  if(is_idle, return_share, greatest(up, up_1, up_2) * (1 - worst_margin) + worst_margin) AS remaining_worst,    -- the busier half, and what weeks differ by
  'medium' AS confidence,                                            -- nothing that was measured supports more
  if(is_idle, 'delete', 'scale_to_zero') AS remedy,
  if(is_idle,
    format('{} served {:.0f} requests in {:.0f} days.', called, recent_requests, least(idle_days, seen_days)),
    format('{} had requests in {} of {} hours and paused {} times for {} hours or more.', called, busy_hours, hours_seen, pauses, pause_hours)) AS reason,
  busy_hours, hours_seen, pauses, longest_return, accelerator, accelerator_count    -- evidence: shown as it is
FROM judged
WHERE is_idle
  OR (pauses >= 1 AND up <= max_busy_share
    AND (provider IS DISTINCT FROM 'aws' OR starts_with(endpoint_type, 'async') OR coalesce(attributes['inference_components'], 'true') = 'true'))
