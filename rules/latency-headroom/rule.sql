-- Each instance is a processor-sharing queue: a request that takes S alone takes S / (1 - load) on average (README). So
-- an hour needs load x instances x burst x slowdown / (1 - tail x S x slowdown / target) instances, and the hour that
-- needs most decides.
WITH uncounted AS ( -- an hour without a count among hours with one: all that ever ran may have been needed
  SELECT resource_id, max(average) AS most_counted FROM metrics WHERE metric = 'replicas' GROUP BY resource_id
), hours AS (
  SELECT resource_id, hour, max(average) FILTER (metric = 'replicas') AS counted,
    coalesce(counted, greatest(max(most_counted), max(s.replicas))) AS running,
    max(greatest(total, average, maximum)) FILTER (metric = 'requests') AS requests,
    max(coalesce(average, maximum)) FILTER (metric = 'latency_ms') AS latency,
    max(average) FILTER (metric = 'gpu_utilization') AS load, latency * (1 - load) AS alone_ms,
    -- what prepares a request is a load, too
    max(coalesce(average, maximum)) FILTER (metric = 'cpu_utilization') AS cpu_load
  FROM metrics m JOIN (SELECT resource_id, replicas FROM subject) s USING (resource_id)
    LEFT JOIN uncounted USING (resource_id)
  GROUP BY resource_id, hour
), used AS (
  SELECT resource_id, max(latency) AS slowest_hour_ms, max(load) AS busiest_hour, min(running) AS fewest_running,
    max(running) AS most_running, count(counted) > 0 AND count(counted) < count(*) AS is_partly_counted,
    coalesce(bool_and(cpu_load IS NOT NULL) FILTER (requests > 0), false) AS knows_processors,
    count(cpu_load) > 0 AND NOT knows_processors AS lacks_processors,
    CASE WHEN NOT bool_and(running > 0) OR bool_or(running IS NULL) THEN 'the number of instances that ran is unknown'
      WHEN bool_or(requests > 0 AND latency IS NULL) 
        THEN if(count(latency) > 0,
          'latency_ms covers less than 100 % of its hours with requests; a finding depends on it',
          'no latency_ms metric in hours with requests')
      WHEN bool_or(load IS NULL AND requests > 0) THEN 'gpu_utilization has no hourly averages'
      WHEN max(requests) > 0 AND max(load) FILTER (requests > 0) = 0
        THEN 'accelerators never worked in hours with requests, so their load is unknown'
      WHEN max(requests) = 0 THEN 'no requests in the window, so the latency of a request is unknown' END AS lacking
  FROM hours GROUP BY resource_id
), memory AS (
  SELECT resource_id, max(greatest(average, maximum)) FILTER (metric = 'gpu_memory_used_gib') AS peak_gib,
    count(*) FILTER (metric = 'gpu_memory_used_gib') >= count(*) FILTER (metric = 'gpu_utilization') AS is_measured
  FROM metrics GROUP BY resource_id
), endpoint AS (
  SELECT s.*, coalesce(s.name, s.resource_id) AS called, p.latency_target_ms, u.* EXCLUDE (resource_id, lacking),
    peak_gib, is_measured,
    coalesce(most_replicas(s.attributes)
        > least_replicas(s.attributes), false)
      AND NOT is_fixed_size(s.attributes['autoscaling']) AS scales,
    if(is_production(p.environment), least_in_prod, least_machines) AS floor_wanted,
    -- what is taken away is a pod; what costs is its node
    s.kind = 'gpu_workload' AND (coalesce(node_has_jobs, false) OR parts_of_parent > 1) AS keeps_node,
    coalesce(lacking, if(latency_target_ms IS NULL, 'no latency target: set latency_target_ms in the policy', NULL)) AS
      lacking
  FROM subject s JOIN policy p USING (resource_id) JOIN used u USING (resource_id)
    JOIN memory USING (resource_id), param
  WHERE NOT standby AND NOT regexp_matches(coalesce(stated_word(s.attributes['endpoint_type']), ''),
      '^(serverless|async)')
    AND yes_or_no(s.attributes['shadow']) IS DISTINCT FROM 'yes'
    -- a job has no latency target
    AND NOT (s.kind = 'gpu_workload' AND (regexp_matches(s.resource_id, '/(jobs?|cronjobs?)/')
      OR coalesce(stated_word(s.attributes['workload_kind']) IN ('job', 'cronjob'), false)))
-- its own type, and cheaper ones of the same service and region that hold the model on as many accelerators
), option AS (
  SELECT resource_id, machine_type AS type, true AS is_same, 1.0 AS slowdown, 1.0 AS price_share, NULL AS as_of
    FROM endpoint
  UNION ALL
  SELECT e.resource_id, t.written_as, false, slowdown(own.accelerator, t.accelerator),
    t.on_demand::DOUBLE / own.on_demand::DOUBLE, t.as_of
  FROM endpoint e JOIN offers_as_listed own ON e.kind = 'inference_endpoint' AND own.provider = e.provider
    AND own.region = e.region AND lower(own.machine_type) = e.offered_as
    JOIN offers_as_listed t ON t.provider = e.provider AND t.region = e.region AND t.sold_as = own.sold_as
      AND t.accelerator_count = own.accelerator_count AND t.on_demand < own.on_demand, param
  WHERE t.written_as IS NOT NULL AND t.as_of IS NOT DISTINCT FROM own.as_of
    AND is_measured AND peak_gib * (1 + memory_headroom) <= 0.93 * t.accelerator_memory_gib
      AND e.purchase IS DISTINCT FROM 'spot'
    AND t.vcpus >= own.vcpus AND t.memory_gib >= own.memory_gib
    -- older ones have no bfloat16
    AND t.accelerator IN (SELECT accelerator FROM data_sheet WHERE generation >= 8)
), needed AS (
  SELECT resource_id, type, is_same, max(price_share) AS price_share, max(slowdown) AS slowdown,
    min(as_of) AS prices_as_of,
    max(greatest(load * slowdown, cpu_load) * running * burst / greatest(1e-9,
      least(max_load, 1 - tail * alone_ms * slowdown / latency_target_ms))) AS instances,
    max(greatest(load * slowdown, cpu_load) * burst / greatest(1e-9,
      least(max_load, 1 - tail * alone_ms * slowdown / latency_target_ms)))
      <= 1 AS fits_as_many
  FROM option JOIN endpoint USING (resource_id) JOIN hours h USING (resource_id), param
  WHERE h.requests > 0 AND lacking IS NULL
  GROUP BY resource_id, type, is_same
), chosen AS (
  SELECT n.*, e.* EXCLUDE (resource_id),
    if(is_same, greatest(floor_wanted, ceil(instances - 1e-9)), most_running) AS count_there,
    price_share * count_there / most_running AS remaining
  FROM needed n JOIN endpoint e USING (resource_id), param
  -- where it scales, it brings back what is taken away
  WHERE if(is_same, most_running = fewest_running AND NOT scales, fits_as_many) AND remaining <= 1 - min_saving
  QUALIFY row_number() OVER (PARTITION BY resource_id ORDER BY remaining, type) = 1
), predicted AS (
  SELECT resource_id, max(tail * alone_ms * slowdown / (1 - greatest(load * slowdown, cpu_load) * burst * running
    / if(is_same, count_there, running))) AS p95_ms
  FROM chosen JOIN hours USING (resource_id), param WHERE requests > 0 GROUP BY resource_id
)
SELECT resource_id, remaining,
  if(is_same, least(1, (count_there + 1) / most_running), (1 + remaining) / 2) AS remaining_worst,
  -- processors that were not measured may be the load, and hours that were not counted may have had more instances
  if(lacks_processors OR (is_same AND is_partly_counted) OR keeps_node OR node_kept_by IS NOT NULL, 'low', 'medium')
    AS confidence,
  if(is_same, format('{:.0f} instead of {:.0f} instances', count_there, most_running), type) AS target,
  if(is_same, 'fewer_instances', 'cheaper_type') AS remedy,
  format('Requests to {} averaged {:.0f} ms in the slowest hour; the target is {:.0f} ms. '
    || 'With {}, 95 % are predicted to take at most {:.0f} ms in the most demanding hour.', called, slowest_hour_ms,
    latency_target_ms, if(is_same, format('{:.0f} of {:.0f} instances', count_there, most_running), type),
    p95_ms) || if(knows_processors, '',
    ' CPU use was not measured in every hour with requests, and may need more.')
    || if(keeps_node, ' Its node is released only when nothing else runs on it.', '') || node_kept(node_kept_by)
    AS reason,
  NULL AS not_examined, latency_target_ms, slowest_hour_ms, p95_ms AS predicted_p95_ms, busiest_hour,
  instances AS instances_needed, if(is_same, count_there, NULL) AS instances_after,
  if(is_same, remaining, NULL) AS remaining_least, slowdown, peak_gib, accelerator,
  prices_as_of
FROM chosen JOIN predicted USING (resource_id)
UNION ALL BY NAME
SELECT resource_id, lacking AS not_examined FROM endpoint WHERE lacking IS NOT NULL
