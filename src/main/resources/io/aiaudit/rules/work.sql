-- Did it work in this hour? One row for each hour in which a resource ran, for each other one with work, and for each
-- before the window that was surely quiet. `lost`: where it counts as worked for lack of signals that other hours have,
-- which ones.
-- docs/work.md is the table of this. A signal is a bit: 1 requests, 2 queue, 4 gpu, 8 cpu, 16 throughput, 32 nodes,
-- 64 jobs, 128 gpu_memory, 256 network, 512 sessions; of tokens each kind is one, so that what contradicted another is
-- no witness of it: 1024 tokens_input, 2048 tokens_output, 4096 tokens_cache_read, 8192 tokens_cache_write.
-- 16384 accelerators_active, 32768 latency, 65536 kv_cache; what the bill charges for use: 131072 calls, 262144 bytes.
-- What works in a part works in its whole; what works in a whole, and in no part that was measured, may have worked in
-- any of its parts.
WITH part AS (       -- a job works as one (64), on whatever it runs
  SELECT a.ancestor_id AS whole, a.resource_id AS part
  FROM aiaudit_ancestors a JOIN {base}resources r USING (resource_id)
  WHERE a.depth > 0 AND r.kind NOT IN ('training_job', 'batch_job')
  UNION
  SELECT pool.resource_id, r.resource_id
  FROM {base}resources r JOIN {base}resources pool ON lower(pool.resource_id) = lower(r.attributes['shared_pool'])
  WHERE r.attributes['shared_pool'] IS NOT NULL AND pool.resource_id <> r.resource_id
), resource AS (
  SELECT r.resource_id, r.kind, r.name, coalesce(r.created_at, began) AS created_at, r.ended_at, l.accelerated,
    l.wanted, l.expected,
    r.attributes['hours_run_by'] IS NOT NULL AND NOT coalesce(c.hourly, false) AS runs_by_points,
    -- the metric is an average over all machines: where their number is unknown, so is that of the cores
    coalesce(r.vcpus, t.vcpus) * CASE
      WHEN r.kind NOT IN ('training_cluster', 'inference_endpoint', 'node_group', 'gpu_workload', 'training_job',
        'batch_job') THEN 1
      WHEN r.replicas IS NOT NULL THEN greatest(1, r.replicas) END AS cores
  FROM {base}resources r JOIN aiaudit_lifetimes l USING (resource_id) LEFT JOIN aiaudit_charged c USING (resource_id)
    LEFT JOIN aiaudit_began USING (resource_id)
    LEFT JOIN (SELECT provider, lower(machine_type) AS type, max(vcpus) AS vcpus FROM {base}offers GROUP BY ALL) t
      ON t.provider = r.provider AND t.type = lower(r.machine_type)
), point AS (
  SELECT resource_id, hour, metric, average, maximum, coalesce(average, maximum) AS level,
    greatest(total, average, maximum) AS amount, total IS NULL AS lacks_total, p.hour IS NOT NULL AS is_partial
  FROM {base}metrics m LEFT JOIN {base}partial_hours p USING (resource_id, metric, hour)
  WHERE hour < {end} AND resource_id IN (SELECT resource_id FROM resource)
), memory AS (       -- what moves in it, not how much is held: models stay loaded
  SELECT resource_id, hour, abs(level - lag(level) OVER by_hour) AS change,
    hour - lag(hour) OVER by_hour > INTERVAL 1 HOUR OR lag(is_partial) OVER by_hour AS after_hole, is_partial
  FROM point WHERE metric = 'gpu_memory_used_gib' AND level IS NOT NULL
  WINDOW by_hour AS (PARTITION BY resource_id, hour >= {start} ORDER BY hour)
), named_host AS (   -- what a job runs on, by id or by name
  SELECT resource_id AS job, provider, created_at, ended_at, host
  FROM (SELECT *, unnest([parent_id, attributes['runs_on'], attributes['persistent_resource']]) AS host
    FROM {base}resources WHERE kind IN ('training_job', 'batch_job'))
  WHERE host IS NOT NULL
), job AS (          -- those that are part of a resource or run on it or on a part of it; without dates, all the time
  SELECT resource_id, unnest(range(date_trunc('hour', greatest(coalesce(starts, {start}), {start} - INTERVAL 1 YEAR)),
    least(coalesce(ends, {end}), {end}), INTERVAL 1 HOUR)) AS hour
  FROM (
    SELECT DISTINCT a.ancestor_id AS resource_id, n.created_at AS starts, n.ended_at AS ends
    FROM named_host n JOIN aiaudit_ancestors a ON a.resource_id = n.host AND a.ancestor_id <> n.job
    UNION
    SELECT a.ancestor_id, n.created_at, n.ended_at
    FROM named_host n JOIN {base}resources h ON h.provider = n.provider AND h.name = n.host
      JOIN aiaudit_ancestors a ON a.resource_id = h.resource_id
  ) JOIN resource USING (resource_id)
  WHERE kind NOT IN ('training_job', 'batch_job')
), charged AS (      -- for use in the window, never for time or storage; a whole's bill is laid on its parts
  SELECT coalesce(if(cost_basis = 'allocated', r.parent_id, NULL), resource_id) AS resource_id,
    greatest(date_trunc('hour', ChargePeriodStart), {start}) AS from_hour, least(ChargePeriodEnd, {end}) AS to_hour,
    if(bytes IS NULL, 131072, 262144) AS bit
  FROM (
    SELECT *, lower(coalesce(ConsumedUnit, '')) AS unit,
      CASE WHEN regexp_matches(unit, '^[0-9., ]*(([kmgtp]i?b)|([a-z]*bytes?))s?$') THEN ConsumedQuantity::DOUBLE
        * 1e3 ** coalesce(nullif(strpos('kmgt', regexp_extract(unit, '^[0-9., ]*([kmgt]?)', 1)), 0), 0) END AS bytes
    FROM {base}charges
    WHERE component = 'usage' AND charge_kind = 'cost' AND cost > 0 AND ChargePeriodStart < {end}
      AND ChargePeriodEnd > {start}
  ) JOIN {base}resources r USING (resource_id), param
  WHERE if(bytes IS NULL,
    token_kind IS NOT NULL OR regexp_matches(unit, 'token|request|call|invocation|quer|image|character|page'),
    bytes > max_network_mb * 1e6 * greatest(1, epoch(ChargePeriodEnd - ChargePeriodStart) / 3600))
), signal AS (       -- NULL: the point says nothing
  SELECT p.resource_id, p.hour,
    CASE p.metric WHEN 'gpu_utilization' THEN 4 WHEN 'cpu_utilization' THEN 8 WHEN 'throughput_utilization' THEN 16
      WHEN 'replicas' THEN 32
      WHEN 'network_bytes' THEN 256 WHEN 'sessions' THEN 512 WHEN 'queue_depth' THEN 2
      WHEN 'tokens_input' THEN 1024 WHEN 'tokens_output' THEN 2048 WHEN 'tokens_cache_read' THEN 4096
      WHEN 'tokens_cache_write' THEN 8192 WHEN 'accelerators_active' THEN 16384 WHEN 'latency_ms' THEN 32768
      WHEN 'kv_cache_utilization' THEN 65536 ELSE 1 END AS bit,
    CASE p.metric
      -- the maximum decides where it is known
      WHEN 'gpu_utilization' THEN if(maximum IS NULL, average > max_mean, greatest(maximum, average) > max_busy)
      WHEN 'cpu_utilization' THEN if(kind = 'search_index', NULL, if(cores IS NULL, level > max_cpu,
        -- what fills an index is no search
        level * cores > greatest(if(kind = 'notebook', max_cpu_cores_notebook, max_cpu_cores),
          max_cpu_background * cores)))
      WHEN 'throughput_utilization' THEN level > 0
      -- where nothing ran nothing worked; that something ran is not work
      WHEN 'replicas' THEN nullif(amount > 0, true)
      -- the average of samples is less than their sum
      WHEN 'network_bytes' THEN if(lacks_total AND amount > 0, nullif(amount > max_network_mb * 1e6, false),
        amount > max_network_mb * 1e6)
      WHEN 'accelerators_active' THEN amount > max_accelerators_active
      WHEN 'kv_cache_utilization' THEN amount > max_kv_cache
      -- only an answer has one; a row without one says no more than no row
      WHEN 'latency_ms' THEN nullif(amount > max_latency_ms, false)
      ELSE amount > 0
    END AS works, is_partial,
    p.metric = 'gpu_utilization' AND greatest(average, maximum) > 0 AS stirs
  FROM point p JOIN resource USING (resource_id), param
  WHERE p.metric IN {work_metrics}
  UNION ALL
  -- it may have moved and come back in a hole
  SELECT resource_id, hour, 128, CASE WHEN change > max_memory_change_gib THEN true WHEN NOT coalesce(after_hole, false)
    THEN false END, is_partial, false FROM memory, param
  UNION ALL
  SELECT resource_id, hour, 64, true, false, false FROM job
  UNION ALL          -- what was billed by use before the window was used
  SELECT resource_id, date_trunc('hour', ChargePeriodStart), 1, true, false, false FROM {base}charges
  WHERE component = 'usage' AND charge_kind = 'cost' AND cost > 0
    AND ChargePeriodEnd <= ChargePeriodStart + INTERVAL 1 HOUR AND ChargePeriodStart < {start}
    AND resource_id IN (SELECT resource_id FROM resource)
  UNION ALL
  SELECT resource_id, from_hour, bit, true, false, false FROM charged WHERE to_hour <= from_hour + INTERVAL 1 HOUR
), measured_itself AS (
  -- how much a card did decides where it is known: one that only stirs is active, too
  SELECT resource_id, hour, works & ~if(stirs, 16384, 0) AS works, quiet | if(stirs, works & 16384, 0) AS quiet
  FROM (
    SELECT resource_id, hour, coalesce(bit_or(bit) FILTER (works), 0)::INTEGER AS works,
      coalesce(bit_or(bit) FILTER (NOT works), 0)::INTEGER AS quiet, coalesce(bool_or(stirs), false) AS stirs
    -- what is lost of an hour may have been work
    FROM signal WHERE works OR NOT works AND NOT is_partial GROUP BY ALL
  )
), used AS (
  SELECT resource_id, hour FROM measured_itself WHERE works > 0
  UNION
  SELECT whole, hour FROM measured_itself JOIN part ON part = resource_id WHERE works > 0
  UNION
  SELECT part, hour FROM measured_itself JOIN part ON whole = resource_id WHERE works > 0
), charged_longer AS (   -- Some hour of it was used; if nothing measured shows which, any of them may be it.
  SELECT resource_id, unnest(range(from_hour, to_hour, INTERVAL 1 HOUR)) AS hour, bit
  FROM charged c ANTI JOIN used u ON u.resource_id = c.resource_id AND u.hour >= from_hour AND u.hour < to_hour
  WHERE to_hour > from_hour + INTERVAL 1 HOUR
), measured AS (
  SELECT resource_id, hour, bit_or(works)::INTEGER AS works, bit_or(quiet)::INTEGER AS quiet
  FROM (FROM measured_itself UNION ALL SELECT resource_id, hour, bit, 0 FROM charged_longer) GROUP BY ALL
), explained AS (    -- hours in which it is known where a whole worked
  SELECT DISTINCT whole, hour FROM part JOIN measured ON resource_id = part WHERE works > 0
), seen AS (          -- how many parts of it were measured
  SELECT whole, hour, count(*) AS seen_parts FROM part JOIN measured ON resource_id = part GROUP BY ALL
), parts AS (
  SELECT whole, count(*) AS all_parts FROM part JOIN {base}resources ON resource_id = part
  WHERE coalesce(replicas, 1) > 0 AND coalesce(ended_at > {start}, true)
  GROUP BY ALL
), shown AS (        -- by what else a resource is seen at work
  SELECT whole AS resource_id, hour, works, part AS by_id, true AS by_part
  FROM part JOIN measured ON resource_id = part WHERE works > 0
  UNION ALL
  SELECT part, m.hour, shown_works, whole, false
  FROM part JOIN measured m ON m.resource_id = whole JOIN {base}resources w ON w.resource_id = whole
    JOIN {base}resources p ON p.resource_id = part LEFT JOIN seen USING (whole, hour) LEFT JOIN parts USING (whole)
    ANTI JOIN explained USING (whole, hour) LEFT JOIN measured own ON own.resource_id = part AND own.hour = m.hour,
    -- no job runs on a workload; that one ran on some node of a group is for the rule to say
    LATERAL (SELECT if(w.kind = 'node_group' OR p.kind = 'gpu_workload', m.works & ~64, m.works)
      -- what its own points of the same signal deny is that of a part that was not measured
      & ~if(coalesce(seen_parts, 0) < all_parts, coalesce(own.quiet, 0), 0) AS shown_works)
  WHERE shown_works > 0
), united AS (
  SELECT resource_id, hour, bit_or(works)::INTEGER AS works, bit_or(quiet)::INTEGER AS quiet,
    bool_or(works > 0 AND is_there) AS is_there
  FROM (
    SELECT resource_id, hour, works, quiet, true AS is_there FROM measured
    UNION ALL
    SELECT resource_id, hour, works, 0, by_part FROM shown
  ) GROUP BY ALL
-- each signal of a resource, how often the window has it, and the signals that were quiet at any time when it worked:
-- they are no witness of it
), series AS (
  SELECT resource_id, bit, count(*) FILTER (hour >= {start}) AS points,
    coalesce(bit_or(quiet) FILTER (works & bit > 0), 0) AS by_bits
  FROM measured JOIN (SELECT 1 << unnest(range(19)) AS bit) ON (works | quiet) & bit > 0
  GROUP BY ALL
-- enough alone: never queue, memory, network, sessions or jobs, nor the processors of a machine whose accelerators
-- were not measured
), known AS (
  SELECT resource_id, bit_or(bit) FILTER (points > 0) AS has,
    (1 | 4 | 16 | 32 | {tokens}) | if(bool_or(accelerated) AND has & 4 = 0, 0, 8) AS enough,
    -- before the window nothing limits how many hours lack what its kind needs, so that has to be quiet itself
    CASE WHEN max(kind) IN ('inference_endpoint', 'service') THEN 1 WHEN bool_or(accelerated) THEN 4
      -- a cache may rest while the model works
      ELSE enough & ~(4096 | 8192) END AS enough_before
    FROM series
    JOIN resource USING (resource_id) GROUP BY resource_id
    HAVING bool_or(points > 0 AND bit NOT IN (131072, 262144))
-- hours in which a signal is missing that is there in most hours or once saw work that others did not, and no other was
-- quiet that is a witness of it
), gap AS (
  SELECT DISTINCT m.resource_id, m.hour
  FROM measured m JOIN known USING (resource_id) JOIN resource USING (resource_id) JOIN series s USING (resource_id)
  WHERE works = 0 AND quiet & s.bit = 0 AND (points >= bit_count(wanted) / 2 OR by_bits <> 0)
    -- what is billed by use before the window is no series
    AND s.bit NOT IN (32, 64, 32768, 131072, 262144) AND (points > 0 OR s.bit <> 1) AND quiet & enough & ~by_bits = 0
), ran AS (
  SELECT * FROM (
    SELECT resource_id, kind, has, enough, {start} + to_hours(i) AS hour, get_bit(wanted, i::INTEGER) = 1 AS is_wanted,
      -- It started after hours in which it did not run: somebody wanted it. Where a bill says when it runs, a stop of
      -- three days is no schedule.
      coalesce(lag(hour) OVER (PARTITION BY resource_id ORDER BY i),
        greatest(date_trunc('hour', created_at), {start}) - INTERVAL 1 HOUR) AS ran_before,
      date_diff('hour', ran_before, hour) - 1 >= if(runs_by_points, 1, 72) AS restarted
    FROM resource JOIN known USING (resource_id), range(0, {hours}) r(i)
    WHERE get_bit(expected, i::INTEGER) = 1)
  WHERE is_wanted
-- measured while the bill charges nothing: the bill lacks these hours
), ran_on AS (
  SELECT DISTINCT r.resource_id, r.hour FROM ran r
    JOIN measured m ON m.resource_id = r.resource_id AND m.hour > r.ran_before AND m.hour < r.hour
  WHERE r.restarted
), judged AS (
  SELECT kind, r.resource_id, r.hour, coalesce(u.works, 0) AS works, coalesce(u.quiet, 0) AS quiet, has,
    -- an hour without a point is not an hour without work
    coalesce(u.works, 0) = 0 AND (m.hour IS NULL OR m.quiet & enough = 0 OR gap.hour IS NOT NULL) AS is_unknown,
    restarted AND ran_on.hour IS NULL AS is_wanted_again,
    -- nodes, jobs, answers and charges are no series
    if(is_unknown AND NOT is_wanted_again, has & ~(32 | 64 | 32768 | 131072 | 262144 | coalesce(u.quiet, 0)), 0) AS lost
  FROM ran r LEFT JOIN united u USING (resource_id, hour) LEFT JOIN measured m USING (resource_id, hour)
    LEFT JOIN gap USING (resource_id, hour) LEFT JOIN ran_on USING (resource_id, hour)
-- hours in which a signal is missing of a part, or of the whole, that once showed work when its own did not
), unseen AS (
  SELECT w.resource_id, j.hour, bit_or(j.lost)::INTEGER AS lost
  FROM (
    SELECT DISTINCT resource_id, by_id, by_part
    FROM shown ANTI JOIN (FROM measured WHERE works > 0) USING (resource_id, hour)
  ) w JOIN judged j ON j.resource_id = w.by_id AND j.lost > 0
    LEFT JOIN explained e ON e.whole = w.by_id AND e.hour = j.hour
  WHERE w.by_part OR e.hour IS NULL
  GROUP BY ALL
)
SELECT kind, resource_id, hour, works, quiet,
  is_unknown OR works > 0 OR is_wanted_again OR u.lost IS NOT NULL AS worked,
  if(works > 0 OR is_wanted_again, 0, j.lost | coalesce(u.lost, 0)) AS lost
FROM judged j LEFT JOIN unseen u USING (resource_id, hour)
UNION ALL
SELECT kind, resource_id, hour, works, quiet, true, 0 FROM united JOIN resource USING (resource_id)
  LEFT JOIN aiaudit_excluded_hours x USING (resource_id)
WHERE works > 0 AND (hour < {start} AND (is_there OR hour >= coalesce(created_at, hour))
  OR is_there AND (                           -- or work in an hour that the bill lacks
  hour >= coalesce(created_at, {start}) AND hour < coalesce(ended_at, {end})
  AND get_bit(wanted, greatest(0, date_diff('hour', {start}, hour))::INTEGER) = 0
  AND coalesce(get_bit(x.hours, greatest(0, date_diff('hour', {start}, hour))::INTEGER), 0) = 0))
UNION ALL            -- what is not here of the time before the window was not measured
SELECT kind, resource_id, hour, works, quiet, false, 0 FROM united JOIN resource USING (resource_id)
  JOIN known USING (resource_id) ANTI JOIN gap USING (resource_id, hour)
WHERE hour < {start} AND works = 0 AND quiet & enough_before > 0
