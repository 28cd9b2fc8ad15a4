-- Keep-alive: for `idle_days` requests came in nearly every hour, on most days always about as many and few, and no
-- other signal shows work (docs/work.md). An hour that is known to have had none is even less use.
WITH past AS (         -- hours that the policy excludes show nothing, so that as many earlier ones count
  SELECT resource_id, days_back(idle_days, excluded) AS recent_from FROM pause, param
), recent AS (
  SELECT resource_id, recent_from, count(*) AS hours, count(*) FILTER (hour >= window_end - to_days(idle_days)) AS
    last_hours, count(*) FILTER (worked_by = ['requests']) AS called_hours,
    count(*) FILTER (NOT worked) AS quiet_hours,
    bool_and(list_contains(measured, 'gpu')) AS sees_gpu
  FROM work JOIN past USING (resource_id), param
  WHERE hour >= recent_from
  GROUP BY resource_id, recent_from
-- with each instance more the probes are more, and a restart makes one day odd: the median day decides
), day AS (
  SELECT resource_id, hour::DATE AS day, sum(requests) AS requests, count(*) AS hours, max(requests) AS most,
    bool_or(requests IS NULL) AS is_uncounted,
    stddev_pop(requests) / avg(requests) AS variation
  FROM (SELECT resource_id, hour, count_in_hour(total, average, maximum) AS requests FROM metrics
    WHERE metric = 'requests' AND greatest(total, average, maximum) > 0) JOIN past USING (resource_id)
  WHERE hour >= recent_from
  GROUP BY ALL
), traffic AS (
  SELECT resource_id, sum(requests) / sum(hours) AS mean, max(most) AS most, median(variation) AS variation,
    bool_or(is_uncounted) AS is_uncounted FROM day
  GROUP BY resource_id
), tokens AS (
  SELECT resource_id, sum(total) AS tokens FROM metrics JOIN past USING (resource_id)
  WHERE metric IN ('tokens_input', 'tokens_output') AND hour >= recent_from GROUP BY resource_id
)
SELECT
  resource_id,
  expected_return AS remaining,
  0 AS remaining_best,
  greatest(return_share, expected_return) AS remaining_worst,
  if(parent_id IS NULL, 'delete', 'delete_deployment') AS remedy,
  'low' AS confidence,                       -- who calls it, no metric says
  -- Tokens do not contradict it: where they were not measured they are unknown, and a probe may request one.
  format('About {:,} requests an hour for {} days, and no GPU use{}. These look like health checks.',
    round(mean)::BIGINT,
    idle_days, if(tokens > 0, format(', although they used {:,} tokens', round(tokens)::BIGINT), '')) AS reason,
  CASE WHEN parent_id IS NULL OR provider <> 'aws' THEN NULL
    WHEN contains(resource_id, ':inference-component/') THEN 'component' ELSE 'variant' END AS part,
  mean AS requests_an_hour, most AS most_requests_an_hour, variation, accelerator, accelerator_count
FROM subject JOIN recent USING (resource_id) JOIN traffic USING (resource_id) LEFT JOIN tokens USING (resource_id)
  JOIN policy USING (resource_id) JOIN (SELECT resource_id, changed_at FROM spend) USING (resource_id)
  JOIN (SELECT resource_id, idle_hours_of_parts FROM pause) USING (resource_id), param
WHERE coalesce(idle_hours_of_parts >= 24 * idle_days, true)
  AND called_hours + quiet_hours = hours AND called_hours >= min_called * hours AND sees_gpu
  AND NOT is_uncounted AND most <= max_rate AND variation <= max_variation
  -- seen for long enough; age unknown: the metrics decide
  AND last_hours > 0 AND greatest(window_start, created_at, changed_at) <= recent_from
  AND NOT standby                            -- it is paid for being there
UNION ALL BY NAME
SELECT resource_id, 'requests has no total in some of its hours; a finding depends on it' AS not_examined
FROM subject JOIN recent USING (resource_id) JOIN traffic USING (resource_id) JOIN policy USING (resource_id), param
WHERE is_uncounted AND called_hours + quiet_hours = hours AND called_hours >= min_called * hours AND sees_gpu
  AND NOT standby
