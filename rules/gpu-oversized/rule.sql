-- Too large: the cheapest machine of the same service, region and maker that holds what memory needs there and carries
-- the busiest hour costs less. What remains is the ratio of two list prices of one date. Every hour has to be measured
-- (min_coverage 1): the highest use may be in the one that is missing.
WITH served AS (          -- what shows that an instance serves or trains a model, which takes no double precision
  SELECT resource_id FROM metrics WHERE metric IN ('requests', 'tokens_input', 'tokens_output', 'kv_cache_utilization')
  UNION SELECT resource_id FROM subject
    WHERE kind NOT IN ('instance', 'node_group', 'training_cluster', 'notebook') OR coalesce(
      stated_text(attributes['model']), stated_text(tags['model']), stated_text(attributes['model_size_gib']),
      stated_text(tags['model_size_gib'])) IS NOT NULL
), used AS (
  SELECT resource_id,
    max(greatest(maximum, average)) FILTER (metric = 'gpu_memory_used_gib') AS peak_gib,
    min(coalesce(average, maximum)) FILTER (metric = 'gpu_memory_used_gib') AS lowest_gib,
    min(average) FILTER (metric = 'gpu_memory_used_gib') AS lowest_average_gib,
    -- what a part did the whole did, whatever its own points show
    greatest(max(average) FILTER (metric = 'gpu_utilization'), max(busiest_part)) AS busiest_hour,
    count(average) FILTER (metric = 'gpu_utilization') AS hours_seen,
    count(*) FILTER (metric = 'gpu_utilization') AS points_seen,
    greatest(max(greatest(maximum, average)) FILTER (metric = 'gpu_utilization'), max(busiest_part)) AS
      busiest_moment,
    bool_and(maximum IS NOT NULL) FILTER (metric IN ('gpu_utilization', 'gpu_memory_used_gib')) AS has_maxima,
    -- As many as ever worked: an average does not show them. What was not measured in every hour may have been all of
    -- it.
    count(maximum) FILTER (metric = 'accelerators_active') AS active_points,
    count(*) FILTER (metric = 'accelerators_active') AS active_averages,
    count(*) FILTER (metric = 'cpu_utilization') AS cpu_points,
    count(*) FILTER (metric = 'memory_used_gib') AS host_points,
    if(active_points >= points_seen,
      ceil(max(maximum) FILTER (metric = 'accelerators_active')), NULL) AS most_active,
    if(count(*) FILTER (metric = 'kv_cache_utilization') >= points_seen,
      max(greatest(maximum, average)) FILTER (metric = 'kv_cache_utilization'), NULL) AS kv_share,
    if(cpu_points >= points_seen,
      max(coalesce(average, maximum)) FILTER (metric = 'cpu_utilization'), NULL) AS cpu_share,
    if(host_points >= points_seen,
      max(greatest(maximum, average)) FILTER (metric = 'memory_used_gib'), NULL) AS host_gib
  FROM metrics JOIN (SELECT resource_id, busiest_part FROM subject) USING (resource_id)
  GROUP BY resource_id
), worked AS (           -- what was measured of it at all and what worked, as for all rules (docs/work.md)
  SELECT resource_id, bool_or(uses_accelerators(worked_by)) AS is_used,
    bool_or(list_contains(worked_by, 'cpu')) AS computes FROM work GROUP BY resource_id
), priced AS (
  SELECT *, lower(machine_type) AS type, ceil(accelerator_count) AS devices, least(1, accelerator_count) AS part
  FROM offers_as_listed
), machine AS (
  -- EC2 changes no spot machine
  SELECT s.resource_id, is_certain, coalesce(s.name, s.resource_id) AS called, s.machine_type, s.purchase,
    s.kind = 'instance' AND NOT (s.provider = 'aws' AND s.purchase IS NOT DISTINCT FROM 'spot') AS is_resized,
    u.* EXCLUDE (resource_id), own.* EXCLUDE (machine_type),
    coalesce(s.accelerator_memory_gib, own.accelerator_memory_gib) AS device_gib,
    busiest_moment = 0 OR NOT is_used AS never_worked,
    -- how many work where no metric counts them: all, or as few as can be as busy as all are on average
    greatest(1, least(own.devices, if(never_worked, 0, coalesce(most_active,
      if(is_certain, own.devices, ceil(busiest_hour * own.devices)))))) AS working,
    lowest_gib >= preallocated * device_gib AND peak_gib - lowest_gib <= flat_within * device_gib AS is_preallocated,
    coalesce(stated_number(s.attributes['model_size_gib']), stated_number(s.tags['model_size_gib'])) AS model_gib,
    -- larger than one accelerator: spread over those that work
    if(model_gib > device_gib, model_gib / working, model_gib) AS weights_gib,
    -- Each holds a whole model: they work apart from each other. A maximum is that of the fullest one.
    coalesce(working > 1 AND NOT is_preallocated AND model_gib <= lowest_average_gib AND model_gib <= device_gib, false)
      AS is_copied,
    CASE WHEN NOT is_preallocated THEN greatest(peak_gib, coalesce(weights_gib, 0))
         WHEN weights_gib IS NOT NULL THEN weights_gib + coalesce(kv_share, 1) * greatest(0, peak_gib - weights_gib)
         WHEN kv_share IS NOT NULL
           THEN peak_gib * (max_weight_share + (1 - max_weight_share) * kv_share) END AS needed_gib
  FROM subject s JOIN used u USING (resource_id) JOIN worked USING (resource_id)
    JOIN policy USING (resource_id)
    -- its own price
    JOIN priced own ON own.provider = s.provider AND own.region = s.region AND own.type = s.offered_as
    JOIN (SELECT unnest([true, false]) AS is_certain) ON is_certain OR (most_active IS NULL AND own.devices > 1), param
  WHERE NOT standby                      -- its own load says nothing about the load that it waits for
    -- Without any work nothing says how large the work is; the rules about idle machines look at it. They are silent
    -- where its processors work: then only its accelerators are idle.
    AND (NOT never_worked OR computes)
    AND hours_seen = points_seen AND busiest_hour < busy      -- a maximum is no load; what is busy is not too large
), option AS (
  SELECT m.*, t.written_as AS target, t.accelerator AS target_accelerator, t.devices AS target_devices,
    t.accelerator_count::DOUBLE AS target_count, t.accelerator_memory_gib AS target_memory_gib,
    if(m.purchase = 'spot', t.spot / m.spot, t.on_demand / m.on_demand) AS remaining,
    slowdown(m.accelerator, t.accelerator) * m.part / t.part AS slowdown,
    now.fp64 * m.devices * m.part / (new.fp64 * t.devices * t.part) AS double_precision_slowdown,
    -- one part of 64 of what they compute is in double precision on cards that are not made for it
    now.fp64 > 2 AND new.fp64 < 2 AND NOT never_worked AND m.resource_id NOT IN (FROM served) AS may_simulate,
    -- copies on fewer accelerators get more work each
    if(is_copied, greatest(1, m.devices / t.devices), 1) AS crowding,
    if(is_copied, busiest_hour * crowding, least(1, busiest_hour * m.devices / working)) AS busiest_load,
    -- Requests in flight are rate x latency: a slower or more crowded card holds more of them, and their caches, beside
    -- the same weights.
    least(needed_gib, if(weights_gib IS NULL, if(is_preallocated, max_weight_share * peak_gib, lowest_gib),
      weights_gib)) AS fixed_gib,
      fixed_gib + (needed_gib - fixed_gib) * greatest(1, slowdown * crowding) AS needed_there_gib,
    t.accelerator_memory_gib >= m.accelerator_memory_gib AND slowdown * crowding <= 1 AS holds_anything,
    new.generation < 8 AND now.generation >= 8 AS is_older,       -- no bfloat16
    -- a smaller host only where its use was measured
    coalesce(t.vcpus >= m.vcpus, false) OR cpu_share * m.vcpus <= (1 - load_headroom) * t.vcpus AS has_processors,
    coalesce(t.memory_gib >= m.memory_gib, false) OR host_gib * (1 + memory_headroom) <= t.memory_gib AS has_memory,
    -- whether anybody waits is for the policy to say; crowding counts where it would be full
    slowdown > 1 OR (crowding > 1 AND busiest_moment * crowding > 1) AS is_slower
  FROM machine m
  JOIN priced t ON t.provider = m.provider AND t.region = m.region AND t.sold_as = m.sold_as
    AND t.written_as IS NOT NULL AND t.as_of IS NOT DISTINCT FROM m.as_of
  LEFT JOIN data_sheet now ON now.accelerator = m.accelerator
  LEFT JOIN data_sheet new ON new.accelerator = t.accelerator, param
  WHERE (t.devices >= working OR is_copied)
    AND (holds_anything OR needed_there_gib * (1 + memory_headroom) <= usable_memory * t.accelerator_memory_gib)
    AND (slowdown * crowding <= 1 OR busiest_load * slowdown <= 1 - load_headroom)
    AND (working = 1 OR is_copied OR coalesce(new.nvlink >= now.nvlink, t.accelerator = m.accelerator))
    AND remaining <= 1 - min_saving
), found AS (
SELECT
  resource_id, remaining::DOUBLE AS remaining,
  CASE WHEN NOT has_maxima OR coalesce(may_simulate, false) OR never_worked
      OR (is_preallocated AND weights_gib IS NULL AND NOT holds_anything) THEN 'low'
       WHEN target_accelerator = accelerator AND slowdown * crowding <= 1 AND holds_anything THEN 'high'
       ELSE 'medium' END AS confidence,
  target,
  CASE WHEN never_worked THEN 'no_accelerator'
    WHEN is_older THEN if(is_resized, 'resize_older', 'redeploy_older') WHEN is_slower
    THEN if(is_resized, 'resize_slower', 'redeploy_slower')
       ELSE if(is_resized, 'resize', 'redeploy') END AS remedy,
  format('{} has {:g} x {}{}; GPU utilization averaged {:.0f} % in its busiest hour{}. '
    || '{} with {:g} x {} costs {:.0f} % of its list price.', called, accelerator_count::DOUBLE, accelerator,
    if(accelerator_count > 1, coalesce(format(', {:.0f} of them in use', most_active), ''), ''),
    100 * busiest_hour, coalesce(format(', and {:.1f} of {:.0f} GiB were needed', needed_gib, device_gib), ''), target,
    target_count, target_accelerator, 100 * remaining::DOUBLE)
    || if(most_active IS NULL AND accelerator_count > 1 AND NOT never_worked,
      format(' How many of its {:g} GPUs are in use was not measured; all count as in use.',
        accelerator_count::DOUBLE), '')
    || if(never_worked,
      ' No accelerator worked in the window, only its processors: an instance without may do.', '')
    || if(coalesce(may_simulate, false), format(' Do not move work in double precision, such as simulations: it would '
      || 'take {:.1f} times as long. Whether it runs any is unknown.', double_precision_slowdown), '')
    AS reason,
  needed_gib, 1 - needed_gib * working / (device_gib * devices) AS memory_unused_share, peak_gib, is_preallocated,
  kv_share, model_gib,
  -- evidence: shown as it is
  target_accelerator, target_memory_gib, busiest_hour, busiest_moment,
  least(working, target_devices) AS accelerators_needed, needed_there_gib, slowdown, double_precision_slowdown,
  is_copied, cpu_share, host_gib,
  as_of AS prices_as_of
FROM option JOIN policy USING (resource_id) LEFT JOIN allowed_slowdown USING (resource_id)
WHERE is_certain AND has_processors AND has_memory
  AND (NOT is_slower OR coalesce(slowdown * crowding <= slowdown_allowed, true))
-- What the policy forbids comes last; where it has answered, what takes another answer comes after what takes none;
-- then the price decides.
QUALIFY row_number() OVER (PARTITION BY resource_id
  ORDER BY coalesce((is_slower OR is_older) AND latency = 'no' OR is_older AND quality = 'no', false),
  'yes' IN (latency, quality) AND coalesce((is_slower OR is_older) AND latency = 'unspecified'
    OR is_older AND quality = 'unspecified', false), remaining,
  slowdown, target) = 1
)
SELECT *, NULL AS not_examined FROM found
UNION ALL BY NAME
SELECT resource_id, if(s.purchase = 'spot', 'no spot price', 'no list price')
  || ' of its instance type with accelerators in its region' AS not_examined
FROM subject s
WHERE NOT EXISTS (SELECT 1 FROM priced own
  WHERE own.provider = s.provider AND own.region = s.region AND own.type = s.offered_as
  AND own.devices > 0 AND if(s.purchase = 'spot', own.spot, own.on_demand) IS NOT NULL)
UNION ALL BY NAME
SELECT resource_id, 'gpu_utilization has no hourly averages' AS not_examined FROM used WHERE hours_seen < points_seen
UNION ALL BY NAME
SELECT resource_id, CASE WHEN count(cpu_share) = 0 THEN metric_lacks('cpu_utilization', max(cpu_points))
      || ', and cheaper types have less CPU or memory; a finding depends on it'
    WHEN count(host_gib) = 0 THEN metric_lacks('memory_used_gib', max(host_points))
      || ', and cheaper types have less CPU or memory; a finding depends on it'
    ELSE 'the CPU or memory of cheaper types is unknown' END AS not_examined
FROM option WHERE is_certain
GROUP BY resource_id
  HAVING NOT coalesce(bool_or(has_processors AND has_memory), false)
  AND bool_or((has_processors AND has_memory) IS NULL)
UNION ALL BY NAME
SELECT resource_id, if(max(active_points) = 0 AND max(active_averages) > 0,
    'accelerators_active has no hourly maxima', metric_lacks('accelerators_active', max(active_points)))
  || ', so the number of GPUs in use is unknown; a finding depends on it' AS not_examined FROM option
WHERE resource_id NOT IN (SELECT resource_id FROM found)
GROUP BY resource_id
  HAVING bool_or((has_processors AND has_memory) IS DISTINCT FROM false) FILTER (NOT is_certain)
  AND coalesce(bool_and((has_processors AND has_memory) IS NOT DISTINCT FROM false) FILTER (is_certain), true)
