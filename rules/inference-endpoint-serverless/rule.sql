-- What the same requests would be paid for by use: the seconds that they take, and with an accelerator the start of an instance and its waiting too, times what a second costs more.
WITH setting AS (
  SELECT *, 60.0 * keep_warm_minutes AS warm_seconds, window_start + (window_end - window_start) / 2 AS middle FROM param
), measured AS (
  SELECT DISTINCT resource_id, true AS has_card_metrics FROM metrics WHERE metric IN ('gpu_utilization', 'gpu_memory_used_gib')
), endpoint AS (
  SELECT s.*, coalesce(s.name, s.resource_id) AS called, lower(trim(coalesce(s.attributes['endpoint_type'], ''))) AS endpoint_type, coalesce(s.replicas, 1) AS machines,
    coalesce(s.accelerator_count, 0) > 0 OR s.accelerator IS NOT NULL OR coalesce(has_card_metrics, false) AS has_accelerator,
    has_accelerator OR coalesce(s.vcpus, s.memory_gib) IS NOT NULL AS is_known
  FROM subject s JOIN policy USING (resource_id) LEFT JOIN measured USING (resource_id)
  WHERE NOT standby                                                  -- it is paid for being there
    AND NOT starts_with(endpoint_type, 'serverless') AND NOT starts_with(endpoint_type, 'async')
    AND machines > 0
), hours AS (
  SELECT r.resource_id, r.hour, greatest(r.total, r.average, r.maximum) AS requests, coalesce(l.average, l.maximum) / 1000 AS seconds
  FROM metrics r LEFT JOIN (SELECT * FROM metrics WHERE metric = 'latency_ms') l ON l.resource_id = r.resource_id AND l.hour = r.hour
  WHERE r.metric = 'requests' AND greatest(r.total, r.average, r.maximum) IS NOT NULL
), typical AS (
  SELECT resource_id, sum(requests * seconds) / nullif(sum(requests) FILTER (seconds IS NOT NULL), 0) AS request_seconds, sum(requests) AS requests_seen, count(*) AS hours_seen
  FROM hours
  GROUP BY resource_id
), memory AS (
  SELECT resource_id, max(greatest(maximum, average)) FILTER (metric = 'gpu_memory_used_gib') AS card_gib, max(greatest(maximum, average)) FILTER (metric = 'memory_used_gib') AS host_gib
  FROM metrics
  WHERE metric IN ('gpu_memory_used_gib', 'memory_used_gib')
  GROUP BY resource_id
), used AS (
  SELECT h.resource_id, h.hour, requests, has_accelerator, machines, if(has_accelerator, factor_accelerator, factor_processor) AS factor, coalesce(seconds, request_seconds) AS each,
    -- Requests spread over the hour: each finds an instance that is cold, unless they come more often than it waits.
    if(requests * warm_seconds < 3600, requests, (lag(requests) OVER by_hour IS NOT DISTINCT FROM 0)::INTEGER) AS cold_starts,
    if(has_accelerator, greatest(1, ceil(requests * each / 3600)) * least(3600, requests * (each + cold_start_seconds + warm_seconds)), requests * each) AS paid_seconds
  FROM hours h JOIN typical USING (resource_id) JOIN endpoint USING (resource_id), setting
  WHERE request_seconds IS NOT NULL AND requests_seen > 0
    AND (provider IS DISTINCT FROM 'aws' OR NOT has_accelerator)     -- serverless inference has no accelerators
    AND (has_accelerator OR factor_processor * requests_seen * request_seconds <= max_remaining * 3600 * hours_seen * machines)      -- busier ones are never worth it: fewer rows to look at
  WINDOW by_hour AS (PARTITION BY h.resource_id ORDER BY h.hour)
), judged AS (
  SELECT resource_id, sum(requests) / count(*) * 730 AS requests_a_month, sum(cold_starts) / count(*) * 24 AS cold_starts_a_day,
    sum(requests * each) / nullif(sum(requests), 0) AS request_seconds, max(factor) AS factor,
    max(factor) * sum(paid_seconds) / (3600 * sum(machines)) AS cost,
    coalesce(max(factor) * sum(paid_seconds) FILTER (hour < middle) / (3600 * sum(machines) FILTER (hour < middle)), cost) AS cost_1,
    coalesce(max(factor) * sum(paid_seconds) FILTER (hour >= middle) / (3600 * sum(machines) FILTER (hour >= middle)), cost) AS cost_2
  FROM used, setting
  GROUP BY resource_id
), fitting AS (
  SELECT *, coalesce(card_gib, accelerator_memory_gib) AS needed_card_gib,
    CASE WHEN provider = 'aws' THEN coalesce(host_gib <= 0.8 * serverless_gib, true)
      WHEN NOT has_accelerator THEN true
      WHEN coalesce(accelerator_count, 1) > 1 THEN false
      WHEN provider = 'azure' THEN accelerator IN ('T4', 'A100-40GB', 'A100-80GB')
      ELSE needed_card_gib <= 24 END AS fits                                                                      -- Cloud Run: L4
  FROM endpoint JOIN judged USING (resource_id) LEFT JOIN memory USING (resource_id), setting
), found AS (
  SELECT resource_id, cost AS remaining, least(cost, cost_1, cost_2) AS remaining_best, greatest(cost, cost_1, cost_2) * (1 - worst_margin) + worst_margin AS remaining_worst,
    -- What a second costs there was not looked up for Azure; of a machine that nobody describes nobody knows that it has no accelerator, without a measure of memory nobody that the model fits.
    if(provider = 'azure' OR NOT is_known OR (provider = 'aws' AND host_gib IS NULL AND coalesce(memory_gib > serverless_gib, true)), 'low', 'medium') AS confidence,
    format('{} answers {:.0f} requests a month in {:.2f} seconds each; spread like that, up to {:.0f} a month cost less by use, with up to {:.1f} cold starts a day of some {} seconds.', called, requests_a_month,
      request_seconds, break_even_requests_a_month, cold_starts_a_day, cold_start_seconds) AS reason,
    requests_a_month, break_even_requests_a_month, cold_starts_a_day, cold_start_seconds, request_seconds, needed_card_gib, host_gib AS needed_host_gib, factor AS price_factor, accelerator, replicas
  FROM (SELECT *, requests_a_month / cost AS break_even_requests_a_month FROM fitting)
  WHERE fits AND cost > 0 AND cost <= max_remaining
)
SELECT *, NULL AS not_examined FROM found
UNION ALL BY NAME
SELECT resource_id, 'nobody tells how long a request takes (latency_ms)' AS not_examined
FROM endpoint JOIN typical USING (resource_id)
WHERE request_seconds IS NULL AND requests_seen > 0
