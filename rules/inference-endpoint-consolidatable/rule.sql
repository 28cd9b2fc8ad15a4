-- Consolidatable: endpoints of one account, region, service, owner, environment and class of data, each on one machine
-- with one accelerator. From the least memory on, as many as hold together on a machine of a type that one of them has.
-- All of them pay what that machine costs in the hours in which any of them runs: the group counts whole or not at all.
-- Every hour has to be measured (min_coverage 1): the highest use may be in the one that is missing.
WITH priced AS (
  SELECT o.*, lower(machine_type) AS type, c.* EXCLUDE (accelerator)
  FROM offers_as_listed o JOIN data_sheet c USING (accelerator)
  WHERE accelerator_count = 1 AND accelerator_memory_gib > 0
), used AS (
  SELECT resource_id, max(greatest(maximum, average)) FILTER (metric = 'gpu_memory_used_gib') AS peak_gib,
    max(coalesce(average, maximum)) FILTER (metric = 'gpu_utilization') AS busiest_hour,
    bool_and(maximum IS NOT NULL) FILTER (metric IN ('gpu_utilization', 'gpu_memory_used_gib')) AS has_maxima,
    count(DISTINCT hour) FILTER (metric = 'gpu_utilization') AS hours_run,
    max(greatest(maximum, average, total)) FILTER (metric = 'replicas') AS most_instances,
    count(DISTINCT hour) FILTER (metric = 'replicas') < hours_run AS lacks_instances,
    -- what was not measured in every hour may have been all of it
    count(*) FILTER (metric = 'cpu_utilization') AS cpu_points,
    count(*) FILTER (metric = 'memory_used_gib') AS host_points,
    if(cpu_points >= hours_run,
      max(coalesce(average, maximum)) FILTER (metric = 'cpu_utilization'), NULL) AS cpu_share,
    if(host_points >= hours_run,
      max(greatest(maximum, average)) FILTER (metric = 'memory_used_gib'), NULL) AS host_gib
  FROM metrics
  WHERE metric IN ('gpu_memory_used_gib', 'gpu_utilization', 'cpu_utilization', 'memory_used_gib', 'replicas')
  GROUP BY resource_id
), billed AS (       -- the most since the last change
  SELECT resource_id, max(instances) AS most_billed
  FROM billed_instances JOIN (SELECT resource_id, changed_at FROM spend) USING (resource_id)
  WHERE period_start >= coalesce(changed_at, period_start)
  GROUP BY resource_id
), limited AS (
  SELECT *, most_replicas(attributes) AS most_allowed,
    coalesce(yes_or_no(attributes['autoscaling']) = 'no', false) AS stays_as_it_is
  FROM subject
), eligible AS (
  SELECT s.resource_id, s.replicas, NOT lacks_instances OR most_billed IS NOT NULL AS is_counted, most_allowed,
    coalesce(s.name, s.resource_id) AS called, s.provider AS cloud, s.region AS home_region,
    latency_target_ms,
    u.* EXCLUDE (resource_id) REPLACE (lacks_instances AND most_billed IS NULL AND most_allowed IS NULL
      AND NOT stays_as_it_is AS lacks_instances), own.* EXCLUDE (provider, region),
    if(s.purchase = 'spot', own.spot, own.on_demand) AS price, coalesce(s.purchase, '') = 'spot' AS is_spot,
    concat_ws('/', s.provider, s.account_id, s.region, nullif(own.sold_as, ''), coalesce(owner, '-'),
      coalesce(environment, '-'), coalesce(data_class, '-'), if(is_spot, 'spot', 'on demand')) AS circle
  FROM limited s JOIN used u USING (resource_id) JOIN policy USING (resource_id) LEFT JOIN billed USING (resource_id)
    JOIN priced own ON own.provider = s.provider AND own.region = s.region AND own.type = s.offered_as
  -- one that may not share must not keep the others apart
  WHERE latency <> 'no'
    -- its own load says nothing about the load that it waits for
    AND NOT standby
    AND coalesce(s.replicas, 1) = 1                                  -- two are kept so that one may fail
    -- its load may be that of several, or the mean of several
    AND coalesce(most_instances, 1) <= 1 AND coalesce(most_billed, 1) < 1.05
    -- without any work the rules about idle endpoints look at it
    AND busiest_hour > 0 AND s.resource_id IN (SELECT resource_id FROM work WHERE uses_accelerators(worked_by))
    AND price > 0 AND coalesce(stated_word(s.attributes['endpoint_type']), 'realtime') NOT LIKE 'serverless%'
), uncounted AS (    -- it may be one instance, or several; that matters where another endpoint could join it
  SELECT resource_id, if(replicas IS NULL, 'the number of its instances is unknown',
    'it scales, and how many instances ran in each hour is unknown') AS lacking
  FROM (SELECT *, count(*) OVER (PARTITION BY circle) AS candidates FROM eligible)
  WHERE candidates > 1 AND NOT is_counted AND (replicas IS NULL OR most_allowed > 1)
), member AS (
  SELECT * EXCLUDE (replicas, is_counted, most_allowed) FROM eligible
  WHERE resource_id NOT IN (SELECT resource_id FROM uncounted)
), target AS (       -- types with an accelerator that a member has already, if need be with a larger host
  SELECT DISTINCT circle, t.sold_as, t.written_as AS target, t.accelerator AS target_accelerator,
    t.accelerator_memory_gib AS target_memory_gib, t.vcpus AS target_vcpus, t.memory_gib AS target_host_gib,
    t.generation AS target_generation, t.gb_per_second AS target_speed, t.teraflops AS target_teraflops,
    if(is_spot, t.spot, t.on_demand) AS target_price, t.as_of AS target_as_of
  FROM member m JOIN priced t ON t.provider = m.cloud AND t.region = m.home_region AND t.sold_as = m.sold_as
    AND t.accelerator = m.accelerator
  WHERE t.written_as IS NOT NULL AND target_price > 0
-- in the order of their memory, so that the most of them fit; those that memory rules out need no look at their hours
), candidate AS (
  SELECT m.*, t.* EXCLUDE (circle, sold_as),
    if(m.accelerator = target_accelerator, 1, greatest(gb_per_second / target_speed, teraflops / target_teraflops)) AS
    slowdown,
    row_number() OVER in_line AS order_in_line, sum(peak_gib) OVER in_line AS gib_together,
    (sum(price * hours_run) OVER in_line)::DOUBLE AS paid_together
  FROM member m JOIN target t ON t.circle = m.circle AND t.target_as_of IS NOT DISTINCT FROM m.as_of, param
  WHERE target_generation >= generation                              -- what runs on the newer one may not on the older
  WINDOW in_line AS (PARTITION BY m.circle, target ORDER BY peak_gib, m.resource_id)
  QUALIFY gib_together * (1 + memory_headroom) <= usable_memory * target_memory_gib
), hours AS (
  SELECT resource_id, hour, max(coalesce(average, maximum)) FILTER (metric = 'gpu_utilization') AS busy,
    max(coalesce(average, maximum)) FILTER (metric = 'latency_ms') AS latency_ms,
    max(greatest(total, average, maximum)) FILTER (metric = 'requests') AS requests
  FROM metrics GROUP BY resource_id, hour HAVING busy IS NOT NULL
), load AS (         -- of the first so many of a line together, hour by hour
  SELECT circle, target, order_in_line, max(together) AS busiest_hour_together,
    bool_or(together > bearable) AS is_too_slow
  FROM (SELECT circle, target, order_in_line, sum(busy * slowdown) OVER first_ones AS together,
    -- where a latency target is set, as latency-headroom predicts it: what the accelerator may do for all of them
    min(CASE WHEN latency_target_ms IS NULL OR coalesce(requests, busy) = 0 THEN NULL
      ELSE coalesce((1 - tail * latency_ms * (1 - busy) * slowdown / latency_target_ms) / burst, -1) END)
      OVER first_ones AS bearable
    FROM candidate JOIN hours USING (resource_id), param
    WINDOW first_ones AS (PARTITION BY circle, target, hour ORDER BY order_in_line))
  GROUP BY ALL
), line AS (
  SELECT c.*, busiest_hour_together, max(busiest_hour_together) OVER so_far <= 1 - load_headroom
      AND NOT coalesce(is_too_slow, false) AS accelerator_fits,
    accelerator_fits
      AND coalesce(sum(coalesce(cpu_share, 1) * vcpus) OVER so_far <= (1 - load_headroom) * target_vcpus, true)
      AND coalesce(sum(coalesce(host_gib, memory_gib, target_host_gib)) OVER so_far * (1 + memory_headroom)
        <= target_host_gib, true) AS fits
  FROM candidate c JOIN load USING (circle, target, order_in_line), param
  WINDOW so_far AS (PARTITION BY c.circle, c.target ORDER BY c.order_in_line)
), whole AS (
  SELECT circle, target, count(*) AS members, max(gib_together) AS all_gib,
    max(busiest_hour_together) AS all_busiest_hour, max(paid_together) AS all_paid,
    max(target_price)::DOUBLE AS one_price,
    bool_and(has_maxima) AS knows_maxima, bool_or(lacks_instances) AS lacks_counts,
    bool_and(cpu_share IS NOT NULL AND host_gib IS NOT NULL) AS knows_hosts,
    string_agg(called, ', ' ORDER BY order_in_line) AS shared_by
  FROM line
  WHERE fits
  GROUP BY circle, target
), awake AS (        -- those that run at different hours share no hour of a machine
  SELECT circle, target, count(DISTINCT hour) AS hours_together FROM line JOIN metrics USING (resource_id)
    WHERE fits AND metric = 'gpu_utilization' GROUP BY circle, target
), chosen AS (
  SELECT w.*, hours_together, one_price * hours_together / all_paid AS left_over
  FROM whole w JOIN awake USING (circle, target), param
  WHERE members >= 2 AND left_over <= 1 - min_saving
  QUALIFY row_number() OVER (PARTITION BY circle ORDER BY all_paid * (1 - left_over) DESC, target) = 1
), judged AS (
  SELECT l.*, c.* EXCLUDE (circle, target), c.members IS NOT NULL AND l.fits AS is_found,
    -- cheaper but for the host, whose use is unknown
    l.accelerator_fits AND (l.cpu_share IS NULL OR l.host_gib IS NULL)
      AND count(*) FILTER (l.accelerator_fits) OVER (PARTITION BY l.circle, l.target) >= 2 AS may_fit
  FROM line l LEFT JOIN chosen c ON c.circle = l.circle AND c.target = l.target
)
SELECT resource_id, left_over AS remaining,
  if(knows_maxima AND NOT lacks_counts, 'medium', 'low') AS confidence,
  target, circle AS group_id,
  format('The endpoint used up to {:.1f} GiB of GPU memory. Together, {} endpoints used up to {:.1f} GiB and {:.0f} % '
    || 'of the GPU time in their busiest hour. One {} ({}) costs {:.0f} % of their combined list price.', peak_gib,
    members, all_gib, 100 * all_busiest_hour, target, target_accelerator, 100 * left_over)
    || if(knows_hosts, '', ' Metrics of CPU and memory have gaps, so the new instance has as much CPU and memory as '
      || 'all these endpoints together.')
    || if(lacks_counts, ' In some hours it is unknown how many instances one of them had.', '')
    AS reason,
  shared_by, members, hours_run, hours_together, peak_gib, all_gib AS memory_together_gib,
  all_busiest_hour AS busiest_hour_together, busiest_hour, slowdown, target_accelerator, target_memory_gib,
  as_of AS prices_as_of,
  if(is_found, NULL, if(cpu_share IS NULL, metric_lacks('cpu_utilization', cpu_points),
    metric_lacks('memory_used_gib', host_points))
    || ', so it is unknown what CPU and memory it needs; a finding depends on it') AS not_examined
FROM judged
WHERE is_found OR may_fit
QUALIFY row_number() OVER (PARTITION BY resource_id ORDER BY is_found DESC, target) = 1
UNION ALL BY NAME
SELECT resource_id, lacking || '; a finding depends on it' AS not_examined FROM uncounted
