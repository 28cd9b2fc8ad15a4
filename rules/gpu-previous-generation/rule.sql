-- Older: the cheapest machine of the same service, region and maker whose accelerators are of a later generation, and
-- which is at least as large and as fast in everything that is known of both, costs less. What remains is the ratio of
-- two list prices of one date.
WITH priced AS (
  SELECT o.*, lower(machine_type) AS type, c.* EXCLUDE (accelerator)
  FROM offers_as_listed o JOIN data_sheet c USING (accelerator)
  WHERE accelerator_count > 0
), machine AS (
  SELECT s.resource_id, coalesce(s.name, s.resource_id) AS called, s.kind, s.purchase, s.created_at,
    s.machine_type AS present_type, s.group_type IS NOT NULL AS is_member, own.* EXCLUDE (machine_type)
  FROM subject s JOIN priced own ON own.provider = s.provider AND own.region = s.region AND own.type = s.offered_as
  WHERE if(s.purchase = 'spot', own.spot, own.on_demand) > 0
), option AS (
  SELECT m.*, t.written_as AS target, t.accelerator AS target_accelerator,
    t.accelerator_count AS target_accelerator_count, t.accelerator_memory_gib AS target_memory_gib,
    slowdown(m.accelerator, t.accelerator) AS slowdown,
    m.fp64 / t.fp64 AS double_precision_slowdown,
    -- a slower job is paid for longer
    if(m.purchase = 'spot', t.spot / m.spot, t.on_demand / m.on_demand) * if(m.kind = 'training_job',
      greatest(1, slowdown), 1) AS remaining
  FROM machine m JOIN priced t ON t.provider = m.provider AND t.region = m.region AND t.sold_as = m.sold_as
    AND t.written_as IS NOT NULL AND t.as_of IS NOT DISTINCT FROM m.as_of, param
  WHERE t.generation > m.generation
    AND t.accelerator_count >= m.accelerator_count AND t.accelerator_memory_gib >= m.accelerator_memory_gib
    -- they may hold one model together
    AND slowdown <= max_slowdown AND (m.accelerator_count <= 1 OR t.nvlink >= m.nvlink)
    AND t.vcpus >= m.vcpus AND t.memory_gib >= m.memory_gib
    AND remaining <= 1 - min_saving
    AND (m.kind = 'training_job' OR coalesce(m.created_at, window_start) <= window_end - to_days(young_days))
), charged AS (
  SELECT resource_id, provider, max(ChargePeriodEnd) AS last_charge,
    max(ChargePeriodEnd) FILTER (component = 'time' AND cost > 0) AS last_run
  FROM charges WHERE charge_kind = 'cost' GROUP BY resource_id, provider
), rests AS (            -- a machine that a bill knows and that did not run in its last days may never run again
  SELECT DISTINCT resource_id
  FROM (SELECT *, max(last_charge) OVER (PARTITION BY provider) AS bill_end FROM charged), param
  WHERE coalesce(last_run, window_start) < least(bill_end, window_end) - to_days(young_days)
), served AS (          -- what shows that an instance serves or trains a model, which takes no double precision
  SELECT resource_id FROM metrics WHERE metric IN ('requests', 'tokens_input', 'tokens_output', 'kv_cache_utilization')
  UNION SELECT resource_id FROM subject
    WHERE kind NOT IN ('instance', 'node_group', 'training_cluster', 'notebook') OR coalesce(
      stated_text(attributes['model']), stated_text(tags['model']), stated_text(attributes['model_size_gib']),
      stated_text(tags['model_size_gib'])) IS NOT NULL
), judged AS (
  SELECT *, double_precision_slowdown > max_slowdown AND resource_id NOT IN (FROM served) AS may_simulate
    FROM option, param
), found AS (
  SELECT resource_id, remaining::DOUBLE AS remaining, if(may_simulate, 'low', 'medium') AS confidence, target,
    if(slowdown > 1, if(is_member, 'renew_group_slower', 'renew_slower'), if(is_member, 'renew_group', 'renew'))
      AS remedy,
    format('{} has {:g} x {}. {} has {:g} x {}, is {}, and costs {:.0f} % of the list price of {}.', called,
      accelerator_count::DOUBLE, accelerator, target, target_accelerator_count::DOUBLE,
      target_accelerator, if(slowdown > 1, format('at most {:.0f} % slower', 100 * (slowdown - 1)), 'no slower')
        || if(may_simulate, ' outside double precision (data sheets)', ' according to the data sheets'),
      100 * remaining::DOUBLE, present_type)
      || if(may_simulate, format(' Do not move work in double precision, such as simulations: it would take '
        || '{:.1f} times as long. Whether it runs any is unknown.', double_precision_slowdown), '') AS reason,
    accelerator, accelerator_count, target_accelerator, target_accelerator_count, target_memory_gib, slowdown,
    double_precision_slowdown, as_of AS prices_as_of
  FROM judged
  WHERE kind = 'training_job' OR resource_id NOT IN (FROM rests)
  QUALIFY row_number() OVER (PARTITION BY resource_id ORDER BY remaining, slowdown, target) = 1
)
SELECT *, NULL AS not_examined FROM found
UNION ALL BY NAME
SELECT resource_id, if(accelerated, if(s.purchase = 'spot', 'no spot price', 'no list price')
  || ' of its instance type in its region, or its accelerator is unknown',
  'no known accelerator: add accelerator and accelerator_count') AS not_examined
FROM subject s
WHERE accelerated IS NOT FALSE AND NOT EXISTS (SELECT 1 FROM machine m WHERE m.resource_id = s.resource_id)
UNION ALL BY NAME
SELECT DISTINCT resource_id, 'it did not run in the last days of the bill' AS not_examined
FROM option WHERE kind <> 'training_job' AND resource_id IN (FROM rests)
UNION ALL BY NAME                                                         -- healthy, as far as anything is known of it
SELECT resource_id, 'no metric shows whether it is in use' AS not_examined
FROM subject s
WHERE NOT EXISTS (SELECT 1 FROM metrics
  WHERE metrics.resource_id = s.resource_id
  AND metric IN ('gpu_utilization', 'cpu_utilization', 'requests', 'sessions'))
  AND NOT EXISTS (SELECT 1 FROM found WHERE found.resource_id = s.resource_id) AND NOT EXISTS (SELECT 1 FROM option o
    WHERE o.resource_id = s.resource_id)
  AND (NOT accelerated OR EXISTS (SELECT 1 FROM machine m WHERE m.resource_id = s.resource_id))
