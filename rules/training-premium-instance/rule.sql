-- Premium: for the same work, price over throughput is less on another machine type. Either jobs of the same family
-- show the throughput of both; or the job runs on H100, and what was measured of H100 and A100 says how much longer it
-- would take. What remains is the ratio of the two costs of a unit of work.
WITH stated AS (
  SELECT *, coalesce(name, resource_id) AS called, coalesce(workload, resource_id) AS family,
    coalesce(replicas, 1) AS machines, coalesce(purchase, '') = 'spot' AS is_spot, offered_as AS type,
    coalesce(stated_number(attributes['throughput']), stated_number(tags['throughput'])) AS throughput
  FROM subject
), priced AS (
  SELECT *, lower(machine_type) AS offered FROM offers_as_listed
), job AS (
  SELECT t.*, o.as_of AS own_as_of, o.sold_as, o.accelerator AS card, o.accelerator_count AS cards,
    if(is_spot, o.spot, o.on_demand) AS price
  FROM stated t JOIN priced o ON o.provider = t.provider AND o.region = t.region AND o.offered = t.type
  WHERE price > 0
), pace AS (         -- what a machine type did for a family, all machines of a job together
  SELECT provider, account_id, family, type, machines, median(throughput) AS typical, min(throughput) AS slowest,
    max(throughput) AS fastest, count(*) AS jobs
  FROM stated
  WHERE throughput > 0
  GROUP BY ALL
), stated_option AS (
  SELECT j.resource_id, o.written_as AS target, other.machines AS target_machines,
    j.throughput / other.typical AS slowdown, o.as_of,
    if(is_spot, o.spot, o.on_demand) * other.machines / (j.price * j.machines) AS price_ratio,
    -- a few jobs are no series
    price_ratio * j.throughput / other.typical AS remaining,
    price_ratio * j.throughput / other.fastest AS remaining_best,
    greatest(price_ratio * j.throughput / other.slowest, (1 + remaining) / 2) AS remaining_worst,
    other.jobs AS jobs_there, 'slower' AS remedy, 'medium' AS confidence
  FROM job j JOIN pace other ON other.provider = j.provider AND other.account_id IS NOT DISTINCT FROM j.account_id
    AND other.family = j.family AND other.type <> j.type
    JOIN priced o ON o.provider = j.provider AND o.region = j.region AND o.offered = other.type
      AND o.sold_as = j.sold_as AND o.written_as IS NOT NULL AND o.as_of IS NOT DISTINCT FROM j.own_as_of
  WHERE j.throughput > 0
), used AS (
  -- what was not measured in every whole hour of the job may have been more
  SELECT resource_id, max(greatest(maximum, average)) AS peak_gib,
    count(DISTINCT hour) FILTER (hour >= first_hour AND hour + INTERVAL 1 HOUR <= last_end)
      >= date_diff('hour', max(first_hour), date_trunc('hour', max(last_end))) AS is_whole
  FROM metrics JOIN (
    SELECT resource_id, least(coalesce(ended_at, window_end), window_end) AS last_end,
      date_trunc('hour', greatest(coalesce(created_at, window_start), window_start) + INTERVAL 3599 SECOND)
        AS first_hour
    FROM subject, param) USING (resource_id)
  WHERE metric = 'gpu_memory_used_gib' AND greatest(maximum, average) IS NOT NULL
  GROUP BY resource_id
), measured_option AS (
  SELECT j.resource_id, o.written_as AS target, j.machines AS target_machines, h100_over_a100 AS slowdown, o.as_of,
    if(is_spot, o.spot, o.on_demand) / j.price AS price_ratio,
    price_ratio * h100_over_a100 AS remaining, price_ratio * h100_at_least AS remaining_best,
    price_ratio * h100_at_most AS remaining_worst,
    0 AS jobs_there, 'try' AS remedy, 'low' AS confidence      -- measured on answering, not on training
  FROM job j JOIN used u USING (resource_id)
    JOIN priced o ON o.provider = j.provider AND o.region = j.region AND o.sold_as = j.sold_as
      AND o.written_as IS NOT NULL AND o.as_of IS NOT DISTINCT FROM j.own_as_of, param
  WHERE j.card = 'H100' AND o.accelerator IN ('A100-40GB', 'A100-80GB') AND o.accelerator_count = j.cards
    AND is_whole AND peak_gib * (1 + memory_headroom) <= usable_memory * o.accelerator_memory_gib
), option AS (
  SELECT * FROM stated_option UNION ALL BY NAME SELECT * FROM measured_option
), found AS (
  SELECT resource_id, remaining::DOUBLE AS remaining, remaining_best::DOUBLE AS remaining_best,
    least(1, remaining_worst)::DOUBLE AS remaining_worst, confidence, target,
    if(remedy = 'slower' AND slowdown <= 1, 'faster', remedy) AS remedy,
    format('The same work costs {:.0f} % less on {} x {}. The hourly price is {:.0f} % of the current one, and the '
      || 'work takes {:.2f} times as long{}.', 100 * (1 - remaining::DOUBLE), target_machines, target,
      100 * price_ratio::DOUBLE, slowdown,
      if(jobs_there > 0, '', ' (assumed from measurements of inference on H100 and A100)')) AS reason,
    slowdown::DOUBLE AS slowdown, price_ratio::DOUBLE AS price_ratio, target_machines, jobs_there, family, machine_type,
    throughput, as_of AS prices_as_of
  FROM option JOIN stated USING (resource_id), param
  WHERE remaining <= 1 - min_saving
  QUALIFY row_number() OVER (PARTITION BY resource_id ORDER BY confidence DESC, remaining, target) = 1
)
SELECT *, NULL AS not_examined FROM found
UNION ALL BY NAME
SELECT resource_id, if(is_whole IS NULL,
  'needs the throughput of its job family on two instance types, or a metric of its accelerators',
  'gpu_memory_used_gib covers less than 100 % of its hours; a finding depends on it') AS not_examined
FROM stated t LEFT JOIN (SELECT resource_id, is_whole FROM job JOIN used USING (resource_id) WHERE card = 'H100')
  USING (resource_id)
WHERE NOT EXISTS (SELECT 1 FROM stated_option o WHERE o.resource_id = t.resource_id) AND is_whole IS NOT TRUE
