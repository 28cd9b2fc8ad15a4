-- A machine carries what it carried in the busiest hour. As many as each hour needed by that, with `margin`, and for
-- `cool_down_hours` after it, are what an endpoint that scales would have run.
WITH setting AS (
  SELECT *, window_start + (window_end - window_start) / 2 AS middle FROM param
), endpoint AS (
  SELECT *, coalesce(stated_word(attributes['endpoint_type']), '') AS endpoint_type,
    least_replicas(attributes) AS floor_now,
    most_replicas(attributes) AS ceiling_now,
    word_or_unknown(attributes['autoscaling']) AS scaling,
    -- NULL: unknown
    NOT is_fixed_size(scaling) AND ceiling_now > floor_now AS scales,
    CASE WHEN scaling = 'scheduled' THEN 'it scales by a schedule' WHEN scaling = 'unknown'
      THEN 'whether it scales is unknown' WHEN scales IS NULL AND scaling <> ''
      THEN 'it scales, and its limits are unknown; a finding depends on it' END AS unjudged,
    if(is_production(environment), least_in_prod, least_machines) AS floor_wanted
  FROM subject JOIN policy USING (resource_id), param
  WHERE NOT standby                                                  -- it is paid for being there
    -- they follow their traffic
    AND NOT starts_with(endpoint_type, 'serverless') AND NOT starts_with(endpoint_type, 'async')
    AND yes_or_no(attributes['shadow']) IS DISTINCT FROM 'yes'   -- it gets a copy of the traffic of another one
), traffic AS (
  SELECT resource_id, hour, count_in_hour(total, average, maximum) AS requests FROM metrics
    WHERE metric = 'requests' AND greatest(total, average, maximum) IS NOT NULL
), counts AS (        -- where nothing else counts the instances of an hour, the bill does
  SELECT resource_id, hour, coalesce(average, maximum, total, instances) AS counted
  FROM (FROM metrics WHERE metric = 'replicas') FULL JOIN hour_price USING (resource_id, hour) WHERE counted IS NOT NULL
), billed AS (        -- the fewest that a bill by the hour or by the day has
  SELECT resource_id, min(instances) AS fewest_billed
  FROM billed_instances JOIN (SELECT resource_id, changed_at FROM spend) USING (resource_id), param
  WHERE period_start >= greatest(window_start, changed_at)
  GROUP BY resource_id
), uncounted AS (       -- an hour without a count among hours with one: all that ever ran may have been needed
  SELECT resource_id, max(counted) AS most_counted FROM counts GROUP BY resource_id
), answers AS (      -- of those with a target; the others are most of the rows
  SELECT resource_id, hour, coalesce(average, maximum) <= latency_target_ms AS is_fast_enough
  FROM metrics JOIN policy USING (resource_id)
  WHERE metric = 'latency_ms' AND latency_target_ms IS NOT NULL
-- where it scales, the inventory's number is that of one moment; an hour whose requests are unknown, or that worked
-- without any, needed what ran (docs/work.md)
), hours AS (
  SELECT w.resource_id, w.hour, if(worked AND coalesce(requests, 0) = 0, NULL, requests) AS requests, floor_now, scales,
    floor_wanted, coalesce(counted, if(scales, NULL, greatest(most_counted, replicas))) AS running, counted,
    counted IS NOT NULL OR most_counted IS NULL AS is_counted,
    -- an hour without its latency, among hours that have one, may have been slow
    coalesce(is_fast_enough, w.resource_id NOT IN (SELECT resource_id FROM answers)) AS is_fast_enough,
    w.hour >= coalesce(run_rate_from, w.hour) AS is_recent, coalesce(price, 1) AS price, committed,
    w.hour >= coalesce(changed_at, w.hour) AS is_present      -- what an instance of another type carried says nothing
  FROM work w JOIN endpoint USING (resource_id) JOIN spend USING (resource_id)
    LEFT JOIN traffic USING (resource_id, hour) LEFT JOIN counts USING (resource_id, hour)
    LEFT JOIN hour_price USING (resource_id, hour) LEFT JOIN uncounted USING (resource_id)
    LEFT JOIN answers USING (resource_id, hour)
), carried AS (
  SELECT resource_id,
    max(requests / nullif(running, 0)) FILTER (is_fast_enough AND is_counted AND is_present) AS by_machine,
    max(requests) AS busiest, max(running) FILTER (is_counted) AS most_running,
    bool_and(running IS NOT NULL) AS knows_machines, bool_or(counted IS NOT NULL) AS is_ever_counted,
    -- the same number was counted in all hours since the last change
    bool_and(counted IS NOT NULL) FILTER (is_present)
      AND max(counted) FILTER (is_present) < min(counted) FILTER (is_present) + 0.05 AS is_steady
  FROM hours
  GROUP BY resource_id
), wanted AS (
  SELECT resource_id, hour, is_recent, price, committed, is_counted, running, floor_now, scales, floor_wanted,
    if(requests IS NULL OR NOT is_counted, greatest(floor_wanted, running),
    greatest(floor_wanted, ceil(requests * (1 + margin) / by_machine))) AS needed
  FROM hours JOIN carried USING (resource_id), param
  WHERE knows_machines AND by_machine > 0 AND most_running >= 2
), kept AS (         -- one machine stays in each hour that follows an hour that needed it
  SELECT w.*, max(needed) OVER (PARTITION BY resource_id
    ORDER BY hour RANGE BETWEEN to_hours(cool_down_hours) PRECEDING AND CURRENT ROW) AS kept,
    -- above its floor it follows its traffic already
    if(scales AND running > floor_now, running, least(running, kept)) AS paid, paid * price AS cost_left,
    running * price AS cost
  FROM wanted w, param
), judged AS (
  SELECT resource_id, count(*) AS hours_seen, sum(running) AS machine_hours,
    sum(cost_left) / nullif(sum(cost), 0) AS up_all,
    -- The saving is a share of what the last days cost: where they need more of what ran than the window did, they
    -- decide.
    coalesce(sum(cost_left) FILTER (is_recent) / nullif(sum(cost) FILTER (is_recent), 0), up_all) AS up_recent,
    greatest(up_all, up_recent) AS up, min(needed) AS fewest_needed, max(running) FILTER (is_counted) AS most_running,
    min(paid / nullif(running, 0)) AS least_share,
    coalesce(sum(cost_left) FILTER (hour < middle) / nullif(sum(cost) FILTER (hour < middle), 0), up) AS up_1,
    coalesce(sum(cost_left) FILTER (hour >= middle) / nullif(sum(cost) FILTER (hour >= middle), 0), up) AS up_2,
    -- what is on demand goes first
    sum(if(committed > 0, greatest(0, cost - cost_left - cost * (1 - committed)), 0)) FILTER (is_recent)
      / nullif(sum(cost - cost_left) FILTER (is_recent AND committed IS NOT NULL), 0) AS committed_off,
    count(*) FILTER (needed < running) AS hours_above_need
  FROM kept, setting
  GROUP BY resource_id
), found AS (
  -- the quieter half of the window, unless it needs more by now
  SELECT resource_id, up AS remaining, best_share(up_all, up_recent, least(up, up_1, up_2)) AS remaining_best,
    greatest(up, up_1, up_2) * (1 - worst_margin) + worst_margin AS remaining_worst,
    -- what scales already runs fewer in other hours than those that were counted
    coalesce(scales, if(is_steady OR fewest_billed >= 0.98 * replicas, false, NULL)) AS known_scaling,
    if(known_scaling IS NULL, 'low', 'medium') AS confidence,
    format('{:.0f} to {:.0f} instances', fewest_needed, greatest(most_running, ceiling_now)) AS target,
    if(scales, 'lower_floor', 'autoscale') AS remedy,
    if(scales,
      format('The endpoint scales down to {} instances. Fewer would have been enough in {:,} of {:,} hours.', floor_now,
        hours_above_need, hours_seen),
      format('The endpoint ran on up to {:.0f} instances. Fewer would have been enough in {:,} of {:,} hours.',
        most_running,
        hours_above_need, hours_seen))
      || CASE WHEN known_scaling IS NOT NULL THEN ''
        WHEN is_ever_counted THEN ' Whether it scales by itself is unknown.'
        ELSE ' This number is that of the inventory; whether it scales is unknown.' END AS reason,
    fewest_needed, most_running, ceiling_now AS ceiling, hours_above_need, hours_seen, busiest AS requests_busiest_hour,
    by_machine AS requests_by_machine, least_share AS remaining_least, committed_off, latency_target_ms,
    accelerator, accelerator_count
  FROM endpoint JOIN judged USING (resource_id) JOIN carried USING (resource_id, most_running)
    LEFT JOIN billed USING (resource_id)
  WHERE up <= 1 - min_saving AND unjudged IS NULL
)
SELECT * EXCLUDE (known_scaling), NULL AS not_examined FROM found
UNION ALL BY NAME
SELECT resource_id, coalesce(unjudged, 'the number of instances that ran is unknown') AS not_examined FROM endpoint
  JOIN carried USING (resource_id) WHERE unjudged IS NOT NULL OR NOT knows_machines
UNION ALL BY NAME
SELECT resource_id, 'it gets a copy of the traffic of another endpoint; check by hand whether fewer instances would do'
  AS not_examined FROM subject WHERE yes_or_no(attributes['shadow']) = 'yes'
