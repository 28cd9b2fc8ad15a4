-- For each signal that was measured in every hour, the instances that target tracking would have run: the signal's sum
-- over all instances, set so that the busiest hour gets what it needs with `margin`. Short is an hour in which fewer
-- instances ran than its load needs. What is proposed has a target at which no hour with a signal is short.
WITH follows AS (      -- what the autoscaler of a platform can follow; where the scaler is one's own, any signal
  SELECT unnest([
    {'provider': 'aws', 'signals': ['requests', 'gpu_utilization', 'cpu_utilization', 'queue_depth', 'latency_ms']},
    {'provider': 'azure', 'signals': ['requests', 'gpu_utilization', 'cpu_utilization', 'latency_ms']},
    {'provider': 'gcp', 'signals': ['requests', 'gpu_utilization', 'cpu_utilization']}], recursive := true)
), endpoint AS (
  SELECT s.resource_id, coalesce(f.signals,
      ['requests', 'gpu_utilization', 'cpu_utilization', 'queue_depth', 'latency_ms']) AS can_follow,
    coalesce(s.name, s.resource_id) AS called, latency_target_ms,
    lower(coalesce(stated_text(s.attributes['autoscaling_metric']), stated_text(s.attributes['autoscaling_policies']),
      '')) AS followed,
    word_or_unknown(s.attributes['autoscaling']) AS scaling,
    CASE WHEN regexp_matches(followed, 'queue|backlog|pending|waiting|concurren|in.?flight|requests.?running'
        || '|(^|[^a-z])lag|kafka|rabbit|sqs|service.?bus|pub.?sub|redis|jetstream') THEN 'queue_depth'
      -- memory that a server reserves is full with one request and with twenty
      WHEN regexp_matches(followed, 'kv.?cache|cache.?usage') THEN 'kv_cache_utilization'
      WHEN regexp_matches(followed, 'gpu.{0,9}mem|accelerator.{0,9}mem|fb.?(used|free)|mem.?copy')
        THEN 'gpu_memory_used_gib'
      WHEN regexp_matches(followed, 'gpu|duty.?cycle|accelerator|dcgm|engine.?active') THEN 'gpu_utilization'
      WHEN regexp_matches(followed, 'latency|response.?time|duration|time.?to.?first|time.?per') THEN 'latency_ms'
      WHEN regexp_matches(followed, 'invocation|request|qps|rps') THEN 'requests'
      WHEN contains(followed, 'token') THEN 'tokens_output' WHEN contains(followed, 'cpu') THEN 'cpu_utilization'
      WHEN contains(followed, 'memory') THEN 'memory_used_gib'
      -- what Vertex AI follows by default
      WHEN s.kind = 'inference_endpoint' AND s.provider = 'gcp'
        AND stated_text(s.attributes['autoscaling_metric']) IS NULL AND s.accelerator IS NOT NULL
        THEN 'gpu_utilization' END AS signal_now,
    least_replicas(s.attributes) < most_replicas(s.attributes)
      AND NOT (is_fixed_size(scaling) OR scaling = 'scheduled') AS scales,
    if(is_production(environment), least_in_prod, least_machines) AS floor_wanted,
    if(s.kind = 'inference_endpoint' AND s.provider = 'aws', coalesce(s.accelerator_count, 1), 1) AS devices,
    -- what is scaled is a workload; what costs is its node
    s.kind = 'gpu_workload' AND (coalesce(node_has_jobs, false) OR parts_of_parent > 1) AS keeps_node, node_kept_by
  FROM subject s JOIN policy USING (resource_id)
    LEFT JOIN follows f ON s.kind = 'inference_endpoint' AND s.provider = f.provider, param
  WHERE NOT standby
    AND NOT regexp_matches(coalesce(stated_word(s.attributes['endpoint_type']), ''), '^(serverless|async)')
    AND yes_or_no(s.attributes['shadow']) IS DISTINCT FROM 'yes'
), hours AS (
  SELECT m.resource_id, m.hour, max(coalesce(average, maximum)) FILTER (metric = 'replicas') AS running,
    max(count_in_hour(total, average, maximum)) FILTER (metric = 'requests') AS requests,
    bool_or(greatest(total, average, maximum) IS NOT NULL) FILTER (metric = 'requests') AS has_requests,
    max(total) FILTER (metric = 'tokens_output') AS tokens,
    max(coalesce(average, maximum)) FILTER (metric = 'latency_ms') AS latency, max(latency_target_ms) AS target
  FROM metrics m JOIN endpoint USING (resource_id) WHERE scales GROUP BY ALL HAVING running > 0 AND has_requests
), loaded AS (        -- tokens written are the load where they were measured in every hour: requests differ
  SELECT h.*, count(*) OVER whole AS hours_seen,
    if(count(tokens) OVER whole = count(*) OVER whole, tokens, requests) AS load,
    -- an hour without its latency, among hours that have one, may have been slow
    coalesce(latency <= target, target IS NULL OR count(latency) OVER whole = 0) AS is_fast_enough,
    -- what works without a request needed what ran (docs/work.md)
    load = 0 AND coalesce(worked, true) AS is_unseen, hour >= coalesce(run_rate_from, hour) AS is_recent,
    coalesce(price, 1) AS price, committed
  FROM hours h JOIN spend USING (resource_id) LEFT JOIN work USING (resource_id, hour)
    LEFT JOIN hour_price USING (resource_id, hour)
  WINDOW whole AS (PARTITION BY h.resource_id)
), busiest AS (
  SELECT resource_id, max(load / running) FILTER (is_fast_enough) AS carried, max(load) / carried AS most_needed
    FROM loaded GROUP BY resource_id
    HAVING bool_and(load IS NOT NULL)      -- an average does not say how many requests there were
), needed AS (
  SELECT *, load / carried AS need FROM loaded JOIN busiest USING (resource_id) WHERE most_needed > 0
), signals AS (
  SELECT n.*, m.metric AS signal, CASE metric WHEN 'requests' THEN requests WHEN 'tokens_output' THEN tokens
    WHEN 'queue_depth' THEN average ELSE average * running END AS level
  FROM needed n JOIN metrics m USING (resource_id, hour)
  WHERE metric IN ('requests', 'gpu_utilization', 'cpu_utilization', 'queue_depth', 'latency_ms', 'tokens_output',
    'kv_cache_utilization', 'gpu_memory_used_gib', 'memory_used_gib')
), scaled AS (
  SELECT s.*, count(level) OVER whole = hours_seen AS is_measured, max(running) OVER whole AS most_running,
    -- one instance's share of the signal; no use is above 100 %
    least(if(contains(signal, 'utilization'), 1, NULL),
      max(level) FILTER (need >= most_needed) OVER whole / (most_needed * (1 + margin))) AS even_target
  FROM signals s, param WINDOW whole AS (PARTITION BY resource_id, signal)
), aimed AS (
  SELECT *, least(even_target, min(level / least(need, most_running)) FILTER (level > 0 AND need > 1e-9 +
    greatest(floor_wanted, ceil(level / even_target - 1e-9))) OVER (PARTITION BY resource_id, signal)) AS sure_target
  FROM scaled JOIN endpoint USING (resource_id) WHERE is_measured
), replayed AS (
  SELECT s.*, max(greatest(floor_wanted, if(is_unseen, running, 0),
    least(most_running, ceil(coalesce(level / nullif(aim, 0), 0) - 1e-9)))) OVER
    (PARTITION BY s.resource_id, signal, is_sure ORDER BY s.hour
      RANGE BETWEEN to_hours(cool_down_hours) PRECEDING AND CURRENT ROW) AS count_there,
    -- an hour costs what runs in it, at its price
    count_there * price AS cost, running * price AS cost_now, greatest(0, cost_now - cost) AS given_back
  FROM (SELECT *, unnest([{'is_sure': false, 'aim': even_target}, {'is_sure': true, 'aim': sure_target}],
    recursive := true) FROM aimed) s, param
), judged AS (
  SELECT resource_id, signal, is_sure, max(aim) AS aim, max(hours_seen) AS hours_seen,
    count(*) FILTER (need > count_there + 1e-9) AS short_hours,
    sum(count_there) AS instance_hours, sum(running) AS hours_now, sum(cost) AS cost, sum(cost_now) AS cost_now,
    sum(cost) FILTER (is_recent) AS recent_cost, sum(cost_now) FILTER (is_recent) AS recent_cost_now,
    min(least(1, count_there / running)) AS least_share,
    -- what is on demand goes first
    sum(if(committed > 0, greatest(0, given_back - cost_now * (1 - committed)), 0)) FILTER (is_recent)
      / nullif(sum(given_back) FILTER (is_recent AND committed IS NOT NULL), 0) AS committed_off,
    count(*) FILTER (need > running + 1e-9) AS short_now
  FROM replayed GROUP BY ALL
), best AS (
  SELECT judged.* FROM judged JOIN endpoint USING (resource_id)
    JOIN (SELECT resource_id, signal, short_hours AS short_as_even FROM judged WHERE NOT is_sure)
      USING (resource_id, signal), param
  WHERE is_sure AND short_as_even <= max_short * hours_seen
    AND list_contains(can_follow, signal)
  QUALIFY row_number() OVER (PARTITION BY resource_id ORDER BY cost, short_hours, signal <> 'requests', signal) = 1
), compared AS (
  SELECT b.*, n.signal AS followed_signal, n.short_hours AS followed_short_hours,
    n.instance_hours AS followed_instance_hours,
    -- The saving is a share of what the last days cost: where they need more of it than the window did, they decide.
    greatest(b.cost / nullif(least(b.cost_now, n.cost), 0),
      coalesce(b.recent_cost / nullif(least(b.recent_cost_now, n.recent_cost), 0), 0)) AS left_over
  FROM best b JOIN endpoint e USING (resource_id)
    JOIN judged n ON n.resource_id = b.resource_id AND n.signal = e.signal_now AND NOT n.is_sure
  WHERE b.signal <> n.signal
), tried AS (
  SELECT resource_id, list({'signal': signal, 'short_hours': short_hours, 'instance_hours': instance_hours}
    ORDER BY signal) AS replayed_signals FROM judged WHERE NOT is_sure GROUP BY resource_id
)
SELECT resource_id, if(left_over <= 1 - min_saving, left_over, 1.0) AS remaining, least_share AS remaining_least,
  committed_off,
  if(keeps_node OR node_kept_by IS NOT NULL, 'low', 'medium') AS confidence,
  signal AS target,
  CASE signal WHEN 'requests' THEN 'follow_requests' WHEN 'gpu_utilization' THEN 'follow_gpu_utilization'
    WHEN 'queue_depth' THEN 'follow_queue_depth' ELSE 'follow_other' END AS remedy,
  format('{} scales on {} and averaged {:.1f} instances over {:,} hours. In a replay, scaling on {} averaged {:.1f} '
    || 'instances, with {} short of capacity.', called, followed_words, hours_now / hours_seen, hours_seen,
      signal_words, instance_hours / hours_seen, CASE short_hours WHEN 0 THEN 'no hour' WHEN 1 THEN 'one hour'
        ELSE format('{:,} hours', short_hours) END)
    || CASE WHEN followed_short_hours > 1
      THEN format(' Replayed on the current signal, {:,} hours were short of capacity.', followed_short_hours)
         WHEN followed_short_hours = 1 THEN ' Replayed on the current signal, one hour was short of capacity.'
           ELSE '' END
    || if(keeps_node, ' Its node is released only when nothing else runs on it.', '') || node_kept(node_kept_by)
    AS reason,
  NULL AS not_examined, NULL AS not_concerned, followed_signal, followed_short_hours, short_hours,
  if(signal = 'requests', aim_there, NULL) AS target_requests_a_minute,
  if(signal = 'gpu_utilization', aim_there, NULL) AS target_gpu_percent,
  if(signal = 'queue_depth', aim_there, NULL) AS target_queue_depth,
  if(signal = 'cpu_utilization', aim_there, NULL) AS target_cpu_percent,
  if(signal = 'latency_ms', aim_there, NULL) AS target_milliseconds,
  short_now AS short_hours_as_run, hours_now AS instance_hours_as_run, instance_hours, hours_seen, replayed_signals
FROM (SELECT *, CASE signal WHEN 'requests' THEN aim / 60
    -- SageMaker adds up the accelerators of an instance
    WHEN 'gpu_utilization' THEN 100 * aim * devices WHEN 'cpu_utilization' THEN 100 * aim ELSE aim END AS exact,
  nullif(CASE WHEN exact >= 100 THEN floor(exact) WHEN exact >= 1 THEN floor(100 * exact) / 100 ELSE exact END, 0)
    AS aim_there,
  coalesce(words[signal], replace(signal, '_', ' ')) AS signal_words,
  coalesce(words[followed_signal], replace(followed_signal, '_', ' ')) AS followed_words
  FROM compared JOIN (SELECT resource_id, devices FROM endpoint) USING (resource_id),
    (SELECT MAP {'gpu_utilization': 'GPU utilization', 'cpu_utilization': 'CPU utilization',
      'latency_ms': 'latency', 'tokens_output': 'output tokens', 'kv_cache_utilization': 'use of the KV cache',
      'gpu_memory_used_gib': 'GPU memory', 'memory_used_gib': 'memory'} AS words))
  JOIN endpoint USING (resource_id) JOIN tried USING (resource_id), param
WHERE left_over <= 1 - min_saving OR (followed_short_hours > max_short * hours_seen AND left_over > 1 - min_saving)
UNION ALL BY NAME
SELECT resource_id, CASE WHEN scales IS NULL THEN 'whether it scales is unknown' WHEN signal_now IS NULL
  THEN 'which signal its autoscaler follows is unknown: add autoscaling_metric'
  WHEN EXISTS (FROM hours h WHERE h.resource_id = e.resource_id AND requests IS NULL)
  THEN 'requests has no total in some of its hours, so how many there were is unknown'
  ELSE 'the signal that its autoscaler follows was not measured in every hour' END AS not_examined
FROM endpoint e
WHERE NOT (is_fixed_size(scaling) OR scaling = 'scheduled') AND scales IS NOT false
  AND NOT EXISTS (SELECT 1 FROM judged j WHERE j.resource_id = e.resource_id AND j.signal = e.signal_now)
  AND EXISTS (SELECT 1 FROM metrics m
    WHERE m.resource_id = e.resource_id AND m.metric = 'requests' AND greatest(m.total, m.average, m.maximum) > 0)
UNION ALL BY NAME
SELECT resource_id, true AS not_concerned FROM endpoint
  WHERE NOT coalesce(scales, true) OR is_fixed_size(scaling) OR scaling = 'scheduled'
