-- Idle: nothing worked (docs/work.md) in the last `idle_days`, nor for half as long again as the longest pause that it
-- came back from: it is deleted. Any other endpoint that pauses is scaled to zero while it pauses: it is up in an hour
-- with work and for `cool_down_hours` after it. An hour costs what ran in it, at its price.
WITH steady AS (
  SELECT resource_id, min(instances) >= 0.98 * max(instances) AS is_steady FROM billed_instances GROUP BY resource_id
), endpoint AS (
  SELECT resource_id,
    coalesce(least_replicas(attributes), 1) AS fewest,
    coalesce(most_replicas(attributes), fewest) AS most,
    -- neither its limits nor its bill show that it always has the same number
    most_replicas(attributes) IS NULL
      AND NOT is_fixed_size(attributes['autoscaling']) AND NOT coalesce(is_steady, false) AS may_scale
  FROM subject LEFT JOIN steady USING (resource_id)
), instances AS (
  SELECT resource_id, hour, coalesce(average, maximum, total, instances) AS running
  FROM (FROM metrics WHERE metric = 'replicas') FULL JOIN hour_price USING (resource_id, hour) WHERE running IS NOT NULL
), usual AS (             -- what an uncounted hour has at least and at most
  SELECT resource_id, least(min(running), if(most > fewest, fewest, NULL)) AS fewest_running,
    greatest(max(running), if(most > fewest, most, NULL)) AS most_running,
    -- an hour without a count among hours with one may have had any number, too
    most > fewest OR may_scale OR count(running) > 0 AS scales
  FROM endpoint LEFT JOIN instances USING (resource_id)
  GROUP BY resource_id, fewest, most, may_scale
), hours AS (
  SELECT resource_id, hour, worked, worked AND shows_work AS is_seen,
    -- only a request, or a job in its queue, starts what is at zero
    is_seen AND coalesce(date_diff('hour', max(hour) FILTER (list_contains(worked_by, 'requests')
      OR list_contains(worked_by, 'queue')) OVER so_far, hour) > cool_down_hours, true) AS is_uncalled,
    hour < window_start + (window_end - window_start) / 2 AS is_early,
    hour >= coalesce(run_rate_from, window_start) AS is_recent, measured, has_tokens,
    hour >= idle_from AS is_idle_hour,
    date_diff('hour', min(hour) OVER so_far, hour) + 1 AS since_start,
    date_diff('hour', max(hour) FILTER (worked) OVER so_far, hour) AS since_work,
    coalesce(since_work <= cool_down_hours, false) AS is_up,
    -- what worked had an instance, whatever was counted in other hours
    coalesce(running, if(is_up, greatest(most_running, 1), fewest_running), 1) * coalesce(price, 1) AS weight,
    committed,
    scales AND running IS NULL AS is_uncounted
  FROM work JOIN spend USING (resource_id) JOIN pause USING (resource_id) JOIN usual USING (resource_id)
    LEFT JOIN instances USING (resource_id, hour) LEFT JOIN hour_price USING (resource_id, hour)
    LEFT JOIN (SELECT DISTINCT resource_id, hour, true AS has_tokens FROM metrics
      WHERE starts_with(metric, 'tokens_') AND greatest(total, average, maximum) IS NOT NULL)
      USING (resource_id, hour), param
  WINDOW so_far AS (PARTITION BY resource_id ORDER BY hour)
), history AS (
  SELECT resource_id, max(hour) FILTER (is_seen) AS last_seen,
    count(*) FILTER (hour >= window_end - to_days(idle_days)) AS last_hours,
    count(*) FILTER (coalesce(since_work, since_start) = pause_hours) AS pauses,
    count(*) FILTER (is_uncalled) AS uncalled_hours,
    hours_lacking(list_contains(measured, 'requests'), is_idle_hour AND NOT worked) AS hours_without_requests,
    measured_mostly(list_contains(measured, 'queue'), is_idle_hour) AS sees_queue,
    measured_mostly(has_tokens, is_idle_hour) AS sees_tokens,
    measured_mostly(list_contains(measured, 'gpu'), is_idle_hour) AS sees_accelerators,
    measured_mostly(list_contains(measured, 'cpu'), is_idle_hour) AS sees_processors,
    bool_or(is_uncounted) AS is_uncounted,
    greatest(avg(is_up::INTEGER), avg(is_up::INTEGER) FILTER (is_recent)) AS up_hours,
    coalesce(sum(weight) FILTER (is_up), 0) / nullif(sum(weight), 0) AS up_all,
    -- The saving is a share of what the last days cost: where they need more than the window did, they decide.
    coalesce(coalesce(sum(weight) FILTER (is_up AND is_recent), 0) / nullif(sum(weight) FILTER (is_recent), 0),
      up_all) AS up_recent, coalesce(greatest(up_all, up_recent), up_hours) AS up,
    coalesce(sum(weight) FILTER (is_up AND is_early), 0) / nullif(sum(weight) FILTER (is_early), 0) AS up_1,
    coalesce(sum(weight) FILTER (is_up AND NOT is_early), 0) / nullif(sum(weight) FILTER (NOT is_early), 0) AS up_2,
    sum(weight * committed) FILTER (NOT is_up AND is_recent) / nullif(sum(weight) FILTER (NOT is_up AND is_recent), 0)
      AS committed_down
  FROM hours, param
  GROUP BY resource_id
), judged AS (
  SELECT *, idle_hours >= greatest(24 * idle_days, 1.5 * longest_return)
      AND coalesce(idle_hours_of_parts >= 24 * idle_days, true) AS is_idle,
    coalesce(stated_word(attributes['endpoint_type']), '') AS endpoint_type,
    hours - shown_hours - (hours - worked_hours) AS unmeasured_hours,
    len(list_distinct(list_transform(earlier_work, lambda worked_at: worked_at::DATE))) AS earlier_days,
    accelerator IS NOT NULL OR coalesce(accelerator_count, 0) > 0 AS has_accelerator,
    -- which endpoints work from a queue; where the type is unknown, those of the clouds that have such
    starts_with(endpoint_type, 'async') AS is_queued,
    provider = 'aws' AND NOT is_queued AND yes_or_no(attributes['inference_components']) IS NULL
      AND NOT contains(resource_id, ':inference-component/') AS may_be_plain,
    is_queued OR (endpoint_type = '' AND provider IS DISTINCT FROM 'azure' AND provider IS DISTINCT FROM 'gcp')
      AS may_be_queued
  FROM subject JOIN pause USING (resource_id) JOIN history USING (resource_id) JOIN policy USING (resource_id)
    JOIN (SELECT resource_id, changed_at FROM spend) USING (resource_id), param
  -- age unknown: the metrics decide
  WHERE greatest(coalesce(created_at, least(window_start, window_end - to_hours(known_hours))), changed_at)
    <= window_end - to_days(idle_days)
    AND last_hours > 0                                                 -- something is known of these days
    AND NOT standby                                                    -- it is paid for being there
    AND NOT starts_with(endpoint_type, 'serverless')                   -- costs nothing while idle
    AND (NOT starts_with(endpoint_type, 'async') OR replicas > 0)      -- the same, unless it keeps instances
)
SELECT
  resource_id,
  -- never more for one that is called than for one that is not
  if(is_idle, expected_return, greatest(up, expected_return)) AS remaining,
  -- the quieter half of the window, unless it needs more by now
  if(is_idle, 0, best_share(up_all, up_recent, least(up, up_1, up_2))) AS remaining_best,
  -- the busier half, and what weeks differ by
  if(is_idle, greatest(return_share, expected_return),
    greatest(return_share, expected_return, greatest(up, up_1, up_2) * (1 - worst_margin) + worst_margin)) AS
    remaining_worst,
  -- nothing that was measured supports more
  if((NOT is_idle AND (uncalled_hours > 0 OR is_uncounted OR may_be_plain))
    OR (is_idle AND is_queued AND NOT sees_queue), 'low', 'medium') AS confidence,
  CASE WHEN NOT is_idle
    THEN if(provider = 'kubernetes' OR starts_with(endpoint_type, 'async'), 'scale_to_zero_queued', 'scale_to_zero')
    WHEN parent_id IS NULL THEN 'delete'
    ELSE 'delete_deployment' END AS remedy,
  if(is_idle, quiet_for('requests', last_seen, idle_hours // 24, excluded)
      || not_in_all('Requests were', hours_without_requests)
      || not_measured([if(has_accelerator AND NOT sees_accelerators, 'GPU use', NULL),
        if(sees_processors, NULL, 'CPU use'), if(may_be_queued AND NOT sees_queue, 'queued requests', NULL),
        if(sees_tokens, NULL, 'tokens')])
      || short_history(known_hours),
    CASE WHEN shown_hours = 0 AND len(earlier_work) > 0
      THEN format('No use was measured{} the endpoint was in use {}on {}.{} Scale it to zero; do not delete it.',
        coalesce(nullif(since_change(changed_at), '') || '; before the window', ' in the window; before it'),
        if(earlier_days = 1, '', format('on {:,} days, last ', earlier_days)), strftime(earlier_work[-1], '%Y-%m-%d'),
        if(longest_return >= 48, format(' It came back after {:,} days without use.', longest_return // 24), ''))
      WHEN shown_hours = 0
      THEN format('The endpoint was in use in none of {:,} measured hours{}. If nobody needs it, delete it instead.',
        hours - unmeasured_hours, since_change(changed_at))
      ELSE format('The endpoint was in use in {:,} of {:,} hours{}, with {} of {} hours or more.', shown_hours, hours,
        since_change(changed_at),
        if(pauses = 1, 'one pause', format('{:,} pauses', pauses)), pause_hours) END
      || if(uncalled_hours > 0,
        format(' In {:,} of these hours it worked without a request; at zero, only a request starts it.',
          uncalled_hours), '')
      || if(unmeasured_hours > 0,
        format(' Hours without data, and the first hour after a stop, count as busy: {}.', unmeasured_hours),
        '')
      || if(may_be_plain, ' Only endpoints of inference components scale to zero; whether this is one is unknown.', ''))
    AS reason,
  -- evidence: shown as it is
  shown_hours AS busy_hours, hours AS hours_seen,
  -- the pause that it is in is none in its use
  CASE WHEN parent_id IS NULL OR provider IS DISTINCT FROM 'aws' THEN NULL
    WHEN contains(resource_id, ':inference-component/') THEN 'component' ELSE 'variant' END AS part,
  if(is_idle, NULL, pauses) AS pauses, if(is_idle, NULL, committed_down) AS committed_off,
  nullif(longest_return, 0) AS longest_return, accelerator, accelerator_count
FROM judged
WHERE is_idle
  -- what never worked is not scaled by its work; an hour without data counts as work, also before the window, unless
  -- even the whole of what is known would be too short to call it idle
  OR (pauses >= 1 AND up_hours <= max_busy_share AND (shown_hours > 0 OR len(earlier_work) > 0
      OR (present_hours >= 24 * idle_days AND idle_hours < present_hours))
    AND (provider IS DISTINCT FROM 'aws' OR starts_with(endpoint_type, 'async')
      OR yes_or_no(attributes['inference_components']) IS DISTINCT FROM 'no'))
