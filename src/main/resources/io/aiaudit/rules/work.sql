-- Did it work in this hour? One row for each hour in which a resource ran, for each other one with work, and for each
-- before the window that was surely quiet. `lost`: where it counts as worked for lack of signals that other hours have,
-- which ones.
-- docs/work.md is the table of this. A signal is a bit: 1 requests, 2 queue, 4 gpu, 8 cpu, 16 throughput, 32 nodes,
-- 64 jobs, 128 gpu_memory, 256 network, 512 sessions; of tokens each kind is one, so that what contradicted another is
-- no witness of it: 1024 tokens_input, 2048 tokens_output, 4096 tokens_cache_read, 8192 tokens_cache_write.
WITH resource AS (
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
  WHERE r.kind IN {kinds}
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
), signal AS (       -- NULL: the point says nothing
  SELECT p.resource_id, p.hour,
    CASE p.metric WHEN 'gpu_utilization' THEN 4 WHEN 'cpu_utilization' THEN 8 WHEN 'throughput_utilization' THEN 16
      WHEN 'replicas' THEN 32
      WHEN 'network_bytes' THEN 256 WHEN 'sessions' THEN 512 WHEN 'queue_depth' THEN 2
      WHEN 'tokens_input' THEN 1024 WHEN 'tokens_output' THEN 2048 WHEN 'tokens_cache_read' THEN 4096
      WHEN 'tokens_cache_write' THEN 8192 ELSE 1 END AS bit,
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
      ELSE amount > 0
    END AS works, is_partial
  FROM point p JOIN resource USING (resource_id), param
  WHERE p.metric IN {work_metrics}
  UNION ALL
  -- it may have moved and come back in a hole
  SELECT resource_id, hour, 128, CASE WHEN change > max_memory_change_gib THEN true WHEN NOT coalesce(after_hole, false)
    THEN false END, is_partial FROM memory, param
  UNION ALL
  SELECT resource_id, hour, 64, true, false FROM job
  UNION ALL          -- what was billed by use before the window was used
  SELECT resource_id, date_trunc('hour', ChargePeriodStart), 1, true, false FROM {base}charges
  WHERE component = 'usage' AND charge_kind = 'cost' AND cost > 0
    AND ChargePeriodEnd <= ChargePeriodStart + INTERVAL 1 HOUR AND ChargePeriodStart < {start}
    AND resource_id IN (SELECT resource_id FROM resource)
), measured AS (
  SELECT resource_id, hour, coalesce(bit_or(bit) FILTER (works), 0)::INTEGER AS works,
    coalesce(bit_or(bit) FILTER (NOT works), 0)::INTEGER AS quiet
  -- what is lost of an hour may have been work
  FROM signal WHERE works OR NOT works AND NOT is_partial GROUP BY ALL
-- each signal of a resource, how often the window has it, and the signals that were quiet at any time when it worked:
-- they are no witness of it
), series AS (
  SELECT resource_id, bit, count(*) FILTER (hour >= {start}) AS points,
    coalesce(bit_or(quiet) FILTER (works & bit > 0), 0) AS by_bits
  FROM measured JOIN (SELECT 1 << unnest(range(14)) AS bit) ON (works | quiet) & bit > 0
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
    JOIN resource USING (resource_id) GROUP BY resource_id HAVING bool_or(points > 0)
-- hours in which a signal is missing that is there in most hours or once saw work that others did not, and no other was
-- quiet that is a witness of it
), gap AS (
  SELECT DISTINCT m.resource_id, m.hour
  FROM measured m JOIN known USING (resource_id) JOIN resource USING (resource_id) JOIN series s USING (resource_id)
  WHERE works = 0 AND quiet & s.bit = 0 AND (points >= bit_count(wanted) / 2 OR by_bits <> 0)
    -- what is billed by use before the window is no series
    AND s.bit NOT IN (32, 64) AND (points > 0 OR s.bit <> 1) AND quiet & enough & ~by_bits = 0
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
  SELECT kind, r.resource_id, r.hour, coalesce(works, 0) AS works, coalesce(quiet, 0) AS quiet, has,
    -- an hour without a point is not an hour without work
    works IS NULL OR works = 0 AND (quiet & enough = 0 OR gap.hour IS NOT NULL) AS is_unknown,
    restarted AND ran_on.hour IS NULL AS is_wanted_again
  FROM ran r LEFT JOIN measured USING (resource_id, hour) LEFT JOIN gap USING (resource_id, hour)
    LEFT JOIN ran_on USING (resource_id, hour)
)
SELECT kind, resource_id, hour, works, quiet, is_unknown OR works > 0 OR is_wanted_again AS worked,
  -- nodes and jobs are no series
  if(is_unknown AND NOT is_wanted_again, has & ~(32 | 64 | quiet), 0) AS lost
FROM judged
UNION ALL
SELECT kind, resource_id, hour, works, quiet, true, 0 FROM measured JOIN resource USING (resource_id)
  LEFT JOIN aiaudit_excluded_hours x USING (resource_id)
WHERE works > 0 AND (hour < {start} OR (      -- or work in an hour that the bill lacks
  hour >= coalesce(created_at, {start}) AND hour < coalesce(ended_at, {end})
  AND get_bit(wanted, greatest(0, date_diff('hour', {start}, hour))::INTEGER) = 0
  AND coalesce(get_bit(x.hours, greatest(0, date_diff('hour', {start}, hour))::INTEGER), 0) = 0))
UNION ALL            -- what is not here of the time before the window was not measured
SELECT kind, resource_id, hour, works, quiet, false, 0 FROM measured JOIN resource USING (resource_id)
  JOIN known USING (resource_id) ANTI JOIN gap USING (resource_id, hour)
WHERE hour < {start} AND works = 0 AND quiet & enough_before > 0
