-- What the same requests would be paid for by use: the seconds that they take (with an accelerator the start of an
-- instance and its waiting too) times what a second of the memory, processors or accelerator that they need costs, over
-- what the endpoint costs. Every hour has to be measured (min_coverage 1): the missing one may be the busiest.
WITH setting AS (
  SELECT *, 60.0 * keep_warm_minutes AS warm_seconds, window_start + (window_end - window_start) / 2 AS middle
    FROM param
), sold(provider, card, rank, option, remedy, max_gib, max_vcpus, max_seconds, max_model_gib, limit_card_gib,
reference, gib_share, vcpu_share, card_share, request_share, start_share, paid_wait) AS (
  -- Of the options that fit the one with the lowest rank. Limits and sources: README. Prices by use are shares of an
  -- hour of an instance in the same region. Without an accelerator `start_share` of a start is paid for, and an
  -- instance is for `paid_wait` seconds after a request.
  VALUES
    ('aws', '', 1, 'SageMaker Serverless Inference', 'serverless',
      6.0, 6, 60.0, 10.0, 0.0, 'ml.m5.large', 0.626, 0.0, 0.0, 0.0, 0, 0),
    ('aws', '', 2, 'Lambda with a container image', 'function',
      10.0, 6, 900.0, 10.0, 0.0, 'ml.m5.large', 0.5217, 0.0, 0.0, 0.00000174, 1, 0),
    ('azure', '', 1, 'Container Apps', 'serverless',
      8.0, 4, 240.0, 8.0, 0.0, 'standard_d2s_v5', 0.1125, 0.9, 0.0, 0.0000042, 1, 300),
    ('azure', '', 2, 'Functions (Flex Consumption)', 'function',
      4.0, 2, 230.0, 4.0, 0.0, 'standard_d2s_v5', 0.975, 0.0, 0.0, 0.0000042, 0, 0),
    ('azure', 'T4', 1, 'Container Apps with a T4', 'serverless_gpu',
      56.0, NULL, 240.0, 56.0, 16.0, 'standard_nc4as_t4_v3', 0.0, 0.0, 1.5, 0.0, 1, 0),
    ('azure', 'A100', 1, 'Container Apps with an A100', 'serverless_gpu',
      220.0, NULL, 240.0, 80.0, 80.0, 'standard_nc24ads_a100_v4', 0.0, 0.0, 1.5, 0.0, 1, 0),
    ('gcp', '', 1, 'Cloud Run', 'serverless',
      32.0, 8, 3600.0, 32.0, 0.0, 'e2-standard-2', 0.134, 1.29, 0.0, 0.000006, 1, 0),
    ('gcp', 'L4', 1, 'Cloud Run with an L4', 'serverless_gpu',
      32.0, NULL, 3600.0, 24.0, 24.0, 'g2-standard-4', 0.0, 0.0, 1.48, 0.0, 1, 0)
), price AS (
  SELECT provider, region, lower(machine_type) AS type, max(on_demand)::DOUBLE AS on_demand,
    coalesce(max(accelerator_count), 0) AS cards, max(vcpus) AS vcpus FROM offers
    WHERE on_demand > 0 GROUP BY ALL
), seen AS (
  SELECT resource_id, coalesce(bool_or(metric IN ('gpu_utilization', 'gpu_memory_used_gib')),
    false) AS has_card_metrics, count(*) FILTER (metric = 'requests') AS request_points,
    -- what was not measured in every hour may have been all of it
    if(count(*) FILTER (metric = 'gpu_memory_used_gib') >= request_points,
      max(greatest(maximum, average)) FILTER (metric = 'gpu_memory_used_gib'), NULL) AS card_gib,
    count(*) FILTER (metric = 'memory_used_gib') AS host_points,
    if(host_points >= request_points,
      max(greatest(maximum, average)) FILTER (metric = 'memory_used_gib'), NULL) AS host_gib,
    max(coalesce(maximum, average)) FILTER (metric = 'latency_ms') / 1000 AS longest_seconds,
    max(greatest(maximum, average)) FILTER (metric = 'replicas') AS most_counted,
    -- what was not counted in every hour may have been more
    if(count(*) FILTER (metric = 'replicas') >= request_points, ceil(most_counted), NULL) AS counted
  FROM metrics GROUP BY resource_id
), endpoint AS (
  SELECT s.*, coalesce(s.name, s.resource_id) AS called,
    coalesce(stated_word(s.attributes['endpoint_type']), '') AS endpoint_type,
    coalesce(s.replicas, counted, 1) AS machines,
    m.* EXCLUDE (resource_id),
    coalesce(accelerated, false) OR has_card_metrics AS has_accelerator,
    has_accelerator OR (coalesce(s.memory_gib, host_gib) IS NOT NULL AND NOT accelerated) IS TRUE AS is_known,
    -- so many may have worked where it was not measured
    greatest(machines, most_counted,
      most_replicas(s.attributes)) AS most_machines,
    coalesce(card_gib, accelerator_memory_gib) AS needed_card_gib,
    if(s.provider = 'azure', left(accelerator, if(accelerator LIKE 'A100%', 4, 9)), 'L4') AS wanted_card,
    -- a request takes so many times as long there
    greatest(1, coalesce(slowdown(accelerator, if(wanted_card = 'A100', 'A100-80GB', wanted_card)), 1)) AS step,
    coalesce(s.vcpus, own.vcpus, bare.vcpus) AS processors, p.run_rate_from,
    -- what a bill says is of all instances
    has_accelerator AND s.replicas IS NULL AND counted IS NULL AND p.time_cost IS NOT NULL
      AND p.cost_basis IS DISTINCT FROM 'list' AS lacks_count,
    coalesce(p.time_cost::DOUBLE / 730, own.on_demand * machines) AS own_hour,
    -- the present instance has enough
    if(host_gib IS NOT NULL, least(host_gib * (1 + memory_headroom), s.memory_gib), NULL) AS needed_gib,
    coalesce(stated_number(s.attributes['model_size_gib']), stated_number(s.tags['model_size_gib'])) AS model_gib,
    coalesce(stated_number(s.attributes['cold_start_seconds']), stated_number(s.tags['cold_start_seconds'])) AS
      own_cold_start
  FROM subject s JOIN policy USING (resource_id) JOIN spend p USING (resource_id) JOIN seen m USING (resource_id)
    LEFT JOIN price own ON own.provider = s.provider AND own.region = s.region AND own.type = s.offered_as
    LEFT JOIN price bare ON bare.provider = s.provider AND bare.region = s.region AND bare.type = lower(s.bare_as),
    setting
  -- standby is paid for being there
  WHERE NOT standby AND machines > 0 AND NOT starts_with(endpoint_type, 'serverless')
    AND NOT starts_with(endpoint_type, 'async')
), hours AS (
  SELECT r.resource_id, r.hour, count_in_hour(r.total, r.average, r.maximum) AS requests,
    coalesce(l.average, l.maximum) / 1000 AS seconds
  FROM metrics r LEFT JOIN (SELECT * FROM metrics WHERE metric = 'latency_ms') l ON l.resource_id = r.resource_id
    AND l.hour = r.hour
  WHERE r.metric = 'requests' AND greatest(r.total, r.average, r.maximum) IS NOT NULL
), load AS (           -- accelerators that were busy in an hour; how many there were, where that was counted
  SELECT g.resource_id, g.hour,
    coalesce(g.average, g.maximum) * coalesce(greatest(n.average, n.maximum), most_machines)
      * coalesce(s.accelerator_count, 1) AS busy_cards
  FROM metrics g JOIN endpoint s USING (resource_id)
    LEFT JOIN (SELECT * FROM metrics WHERE metric = 'replicas') n ON n.resource_id = g.resource_id AND n.hour = g.hour
  WHERE g.metric = 'gpu_utilization'
), peak AS (           -- as many instances as now have to stay in any case
  SELECT resource_id, max(busy_cards) AS busiest_cards, avg(busy_cards) AS mean_cards FROM load GROUP BY resource_id
), timed AS (          -- each hour with requests needs its latency: the slow one may be missing
  SELECT resource_id, sum(requests) AS requests_seen, count(seconds) FILTER (requests > 0) AS timed_hours,
    bool_and(requests IS NOT NULL) AS is_counted,
    coalesce(bool_and(seconds IS NOT NULL) FILTER (requests > 0), true) AS is_timed FROM hours GROUP BY resource_id
), choice AS (
  SELECT e.*, o.* EXCLUDE (provider), if(e.provider = 'aws' AND rank = 1, serverless_gib, max_gib) AS limit_gib,
    coalesce(own_cold_start, setting.cold_start_seconds) AS start_seconds,
    CASE WHEN o.option IS NULL OR own_hour IS NULL OR own_hour <= 0
      OR (has_accelerator AND coalesce(accelerator_count, 1) > 1) THEN 'does not fit'
      WHEN needed_gib > limit_gib THEN format('needs {:.1f} GiB of memory, at most {:.0f}', needed_gib, limit_gib)
      WHEN NOT has_accelerator AND processors > max_vcpus
        THEN format('has {:.0f} vCPUs, at most {}', processors, max_vcpus)
      WHEN longest_seconds > max_seconds
        THEN format('a request takes {:.0f} s, at most {:.0f}', longest_seconds, max_seconds)
      WHEN model_gib > max_model_gib THEN format('the model has {:.1f} GiB, at most {:.0f}', model_gib, max_model_gib)
      WHEN has_accelerator AND needed_card_gib > limit_card_gib
        THEN format('needs {:.1f} GiB of the accelerator, at most {:.0f}', needed_card_gib, limit_card_gib)
      WHEN has_accelerator AND needed_card_gib IS NULL
        THEN 'the memory of its accelerator is unknown' ELSE 'fits' END AS verdict
  FROM endpoint e LEFT JOIN sold o ON o.provider = e.provider AND o.card = if(has_accelerator, wanted_card, ''), setting
), options AS (
  SELECT resource_id, list(option || ': ' || verdict ORDER BY rank) AS options FROM choice GROUP BY resource_id
), priced AS (
  SELECT c.*, verdict = 'fits' AS fits,
    -- What is not known may be an accelerator, or memory that is too large: a metric that is missing raises no claim.
    CASE WHEN NOT c.is_known THEN 'its instance type or its accelerators are unknown'
      WHEN has_accelerator AND accelerator_count IS NULL THEN 'the number of its accelerators is unknown'
      WHEN lacks_count THEN 'the number of instances is unknown'
      -- AWS has a price for memory alone
      WHEN NOT has_accelerator AND processors IS NULL AND c.provider <> 'aws'
        THEN 'the number of its vCPUs is unknown'
      WHEN c.host_gib IS NULL AND NOT coalesce(c.memory_gib <= limit_gib, false)
        THEN metric_lacks('memory_used_gib', host_points) || ', and it may not fit' END AS unknown,
    if(paid_wait > 0, ceil(4 * greatest(coalesce(processors, 0), coalesce(needed_gib, memory_gib, 8) / 2)) / 4,
      processors) AS there_vcpus,
    CASE WHEN c.provider = 'aws' THEN least(limit_gib, greatest(1, ceil(coalesce(needed_gib, limit_gib))))
      -- Container Apps have 2 GiB for each vCPU, in quarters of one
      WHEN paid_wait > 0 THEN 2 * there_vcpus ELSE coalesce(needed_gib, memory_gib, 8) END AS gib,
    (gib * gib_share + coalesce(there_vcpus, 0) * vcpu_share + card_share) * ref.on_demand / own_hour AS hour_share,
    request_share * ref.on_demand / own_hour AS each_share
  FROM choice c CROSS JOIN setting
    LEFT JOIN price ref ON ref.provider = c.provider AND ref.region = c.region AND ref.type = c.reference
  QUALIFY row_number() OVER (PARTITION BY resource_id ORDER BY verdict = 'fits' DESC, rank) = 1
), used AS (
  SELECT h.resource_id, h.hour, requests, hour_share, each_share, seconds,
    h.hour >= coalesce(run_rate_from, window_start) AS is_paid,
    if(has_accelerator OR paid_wait = 0, warm_seconds, paid_wait) AS wait_seconds,
    -- Requests spread over the hour: each finds an instance that is cold, unless they come more often than it waits.
    if(requests * wait_seconds < 3600, requests, (lag(requests) OVER by_hour IS NOT DISTINCT FROM 0)::INTEGER) AS
      cold_starts,
    -- An instance has one accelerator: as many run as the requests, and the work that was measured, take. All of them
    -- count as busy in an hour without a measurement of them.
    coalesce(busy_cards, most_machines * coalesce(accelerator_count, 1)) AS busy,
    CASE WHEN requests = 0 THEN 0 WHEN has_accelerator
      THEN greatest(1, ceil(requests * seconds * step / 3600), ceil(busy * step)) END AS instances,
    -- what its accelerator does without a request goes on, somewhere; a hundredth is noise
    CASE WHEN requests = 0 THEN if(has_accelerator AND busy_cards > 0.01, 3600 * busy_cards * step, 0)
      WHEN has_accelerator
      THEN greatest(instances * least(3600, requests * (seconds * step + start_seconds + warm_seconds)),
      3600 * coalesce(busy, 0) * step)
      WHEN paid_wait > 0 THEN least(3600 * greatest(1, ceil(requests * seconds / 3600)),
        requests * (seconds + start_share * start_seconds + paid_wait))
      ELSE requests * seconds + start_share * start_seconds * cold_starts END AS paid_seconds
  FROM hours h JOIN timed USING (resource_id) JOIN priced p USING (resource_id)
    LEFT JOIN load ON load.resource_id = h.resource_id AND load.hour = h.hour, setting
  WHERE is_counted AND is_timed AND requests_seen > 0 AND fits
  WINDOW by_hour AS (PARTITION BY h.resource_id ORDER BY h.hour)
), measured AS (
  SELECT *, hour_share * paid_seconds / 3600 + each_share * requests AS hour_cost FROM used
), judged AS (
  SELECT resource_id, avg(hour_cost) AS cost_all, coalesce(avg(hour_cost) FILTER (is_paid), cost_all) AS cost_recent,
    -- The saving is a share of what the last days cost: where they need more than the window did, they decide.
    greatest(cost_all, cost_recent) AS cost,
    730 * if(cost_recent > cost_all, avg(requests) FILTER (is_paid), avg(requests)) AS requests_a_month,
    24 * if(cost_recent > cost_all, avg(cold_starts) FILTER (is_paid), avg(cold_starts)) AS cold_starts_a_day,
    max(instances) AS most_instances, sum(requests * seconds) / nullif(sum(requests), 0) AS request_seconds,
    coalesce(avg(hour_cost) FILTER (hour < middle), cost) AS cost_1,
    coalesce(avg(hour_cost) FILTER (hour >= middle), cost) AS cost_2
  FROM measured, setting GROUP BY resource_id
)
SELECT resource_id, cost AS remaining, best_share(cost_all, cost_recent, least(cost, cost_1, cost_2)) AS remaining_best,
  greatest(cost, cost_1, cost_2) * (1 - worst_margin) + worst_margin AS remaining_worst,
  -- prices of accelerators by use were not looked up there
  if((has_accelerator AND (provider = 'azure' OR (busiest_cards IS NULL AND machines > 1)))
    -- nor does anything say whether as few processors as there are there would do
    OR (NOT has_accelerator AND processors IS NULL), 'low', 'medium') AS confidence, remedy,
  format('{} serves {:,} requests a month, {:.3g} second{} each. Serverless is cheaper below about {:,} requests a '
    || 'month. With requests spread evenly over each hour (assumed), expect {}.', called,
      round(requests_a_month)::BIGINT, request_seconds, if(format('{:.3g}', request_seconds) = '1', '', 's'),
      round(requests_a_month / cost, 2 - floor(log10(greatest(requests_a_month / cost, 1)))::INTEGER)::BIGINT,
      CASE WHEN cold_starts_a_day < 0.05 THEN 'almost no cold starts'
        WHEN cold_starts_a_day <= 0.5
          THEN format('up to one cold start in {} days', floor(1 / cold_starts_a_day)::BIGINT)
        WHEN format('{:.2g}', cold_starts_a_day) = '1' THEN 'up to one cold start a day'
        WHEN cold_starts_a_day < 10 THEN format('up to {:.2g} cold starts a day', cold_starts_a_day)
        ELSE format('up to {:,} cold starts a day', round(cold_starts_a_day)::BIGINT) END)
    || if(has_accelerator,
      format(' At its peak it needs {}.',
      if(most_instances = 1, 'one instance with one GPU',
      format('{:.0f} instances with one GPU each', most_instances))), '') AS reason,
  most_instances AS serverless_instances_at_peak, mean_cards AS busy_accelerators,
  busiest_cards AS busy_accelerators_at_peak, step AS slowdown,
  option AS target, NULL AS not_examined, requests_a_month, requests_a_month / cost AS break_even_requests_a_month,
  cold_starts_a_day, start_seconds AS cold_start_seconds,
  if(own_cold_start IS NULL, 'assumed: parameter cold_start_seconds',
    'attribute cold_start_seconds') AS cold_start_from, options, request_seconds,
    if(has_accelerator, NULL, gib) AS serverless_memory_gib,
    if(has_accelerator, NULL, there_vcpus) AS serverless_vcpus, needed_card_gib, host_gib AS needed_host_gib,
  hour_share AS serverless_hour_over_present, accelerator, replicas
FROM priced JOIN judged USING (resource_id) JOIN options USING (resource_id) LEFT JOIN peak USING (resource_id), setting
WHERE unknown IS NULL AND cost > 0
  -- Fewer instances of today's type come first, where the busiest hour leaves some idle: the change has to be worth it
  -- beside those.
  AND cost <= max_remaining * if(has_accelerator,
    least(1, greatest(1, coalesce(ceil(busiest_cards / coalesce(accelerator_count, 1)), 1)) / machines), 1)
  AND coalesce(most_instances <= max_instances, true)
UNION ALL BY NAME
SELECT resource_id, CASE WHEN NOT is_counted
    THEN 'requests has no total in some of its hours, so how many there were is unknown'
  WHEN NOT is_timed THEN if(timed_hours > 0,
    'latency_ms covers less than 100 % of its hours with requests; a finding depends on it',
    'no latency_ms metric in hours with requests')
  WHEN unknown IS NOT NULL THEN unknown || if(cost > 0 AND cost <= max_remaining,
    '; a finding depends on it', '')
  WHEN starts_with(verdict, 'the memory') THEN verdict
  ELSE 'no price of it, or of serverless in its region' END AS not_examined
FROM priced JOIN timed USING (resource_id) LEFT JOIN judged USING (resource_id), setting
WHERE (requests_seen > 0 OR NOT is_counted) AND NOT (has_accelerator AND provider = 'aws')
  AND (NOT is_counted OR NOT is_timed OR (coalesce(fits, true) AND unknown IS NOT NULL)
  OR verdict = 'the memory of its accelerator is unknown'
  OR (coalesce(fits, true) AND hour_share IS NULL AND provider IN ('aws', 'azure', 'gcp')))
