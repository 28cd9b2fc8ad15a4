-- Idle: nothing worked (docs/work.md) in the last `idle_days`, nor for half as long again as the longest pause that it
-- came back from. One that works now and then would run in its hours with work and for `cool_down_hours` after them. An
-- hour costs as many instances as ran in it, at their price.
WITH cluster AS (
  SELECT *, coalesce(stated_number(attributes['min_nodes']), stated_number(attributes['autoscaling_min'])) AS fewest,
    coalesce(stated_number(attributes['max_nodes']), stated_number(attributes['autoscaling_max'])) AS most
  FROM subject JOIN policy USING (resource_id)
  WHERE NOT standby                                      -- it is paid for being there
    -- paid in advance for a fixed time: sunk until its end; a bill says so of what is covered in part, too
    AND (purchase IS DISTINCT FROM 'committed'
      OR resource_id IN (SELECT resource_id FROM spend WHERE committed_share < 1))
), nodes AS (
  SELECT resource_id, hour, coalesce(average, maximum, total, instances) AS running
  FROM (FROM metrics WHERE metric = 'replicas') FULL JOIN hour_price USING (resource_id, hour) WHERE running IS NOT NULL
), usual AS (
  SELECT resource_id, min(running) AS fewest_running, max(running) AS most_running FROM nodes GROUP BY resource_id
), gpu AS (
  SELECT resource_id, count(*) FILTER (maximum IS NULL) AS mean_only_hours FROM metrics WHERE metric = 'gpu_utilization'
    GROUP BY resource_id
-- without a count of instances, hours with work and after it are taken for full and all others for as empty as the
-- cluster gets
), recent AS (         -- hours that the policy excludes show nothing, so that as many earlier ones count
  SELECT resource_id, days_back(idle_days, excluded) AS recent_from FROM pause, param
), hours AS (
  SELECT resource_id, hour < window_start + (window_end - window_start) / 2 AS is_early,
    hour >= window_end - to_days(idle_days) AS is_recent, hour >= idle_from AS is_idle_hour,
    hour >= coalesce(run_rate_from, window_start) AS is_paid,
    list_contains(measured, 'gpu') AS sees_gpu, list_contains(measured, 'cpu') AS sees_cpu,
    list_contains(measured, 'network') AS sees_traffic,
    coalesce(date_diff('hour', max(hour) FILTER (worked) OVER (PARTITION BY resource_id ORDER BY hour),
      hour) <= cool_down_hours, false) AS is_up,
    coalesce(running, if(is_up, greatest(most, most_running), least(fewest, fewest_running)), greatest(1, fewest),
      1) * coalesce(price, 1) AS weight, committed, running IS NOT NULL AS is_counted,
    coalesce(running > 0, false) AND hour >= recent_from AS is_kept
  FROM work JOIN cluster USING (resource_id) JOIN spend USING (resource_id) JOIN pause USING (resource_id)
    JOIN recent USING (resource_id) LEFT JOIN nodes USING (resource_id, hour) LEFT JOIN usual USING (resource_id)
    LEFT JOIN hour_price USING (resource_id, hour), param
), history AS (
  SELECT resource_id, bool_and(sees_gpu) AS sees_gpu,
    measured_mostly(sees_cpu, is_idle_hour OR NOT is_up) AS sees_processors,
    measured_mostly(sees_traffic, is_idle_hour) AS sees_network, count(*) FILTER (is_recent) AS recent_hours,
    count(*) FILTER (is_kept) AS kept_hours,
    count(*) FILTER (is_idle_hour) AS idle_hours_run,
    coalesce(sum(weight) FILTER (is_up), 0) / sum(weight) AS up_all,
    -- The saving is a share of what the last days cost: where they need more than the window did, they decide.
    coalesce(coalesce(sum(weight) FILTER (is_up AND is_paid), 0) / nullif(sum(weight) FILTER (is_paid), 0),
      up_all) AS up_recent, greatest(up_all, up_recent) AS up,
    coalesce(sum(weight) FILTER (is_up AND is_early), 0) / nullif(sum(weight) FILTER (is_early), 0) AS up_1,
    coalesce(sum(weight) FILTER (is_up AND NOT is_early), 0) / nullif(sum(weight) FILTER (NOT is_early), 0) AS up_2,
    bool_and(is_counted) AS knows_nodes,
    sum(weight * committed) FILTER (NOT is_up AND is_paid) / nullif(sum(weight) FILTER (NOT is_up AND is_paid), 0)
      AS committed_down
  FROM hours GROUP BY resource_id
), judged AS (
  SELECT *, idle_hours >= greatest(24 * idle_days, 1.5 * longest_return)
    AND coalesce(created_at, least(window_start, window_end - to_hours(known_hours)))
      <= window_end - to_days(idle_days) AS is_idle,
    sees_gpu AND coalesce(mean_only_hours, 0) = 0 AS is_well_seen,
    worked_hours > 0 OR len(earlier_work) > 0 AS may_have_worked,
    coalesce(stated_word(attributes['orchestrator']) = 'slurm', false) AS is_slurm,
    -- from 0 on it gives its instances back already, unless some were counted in every hour
    fewest IS NOT DISTINCT FROM 0 AND kept_hours < 24 * idle_days AS gives_back,
    fewest IS NOT DISTINCT FROM 0 AND NOT gives_back AS keeps_nodes,
    -- it may have scaled already in hours without a count
    NOT is_idle AND NOT knows_nodes AND (fewest IS NULL OR most IS NULL) AS may_scale
  FROM cluster JOIN history USING (resource_id) JOIN pause USING (resource_id) LEFT JOIN gpu USING (resource_id)
    JOIN (SELECT resource_id, changed_at FROM spend) USING (resource_id), param
  WHERE recent_hours > 0                                 -- it runs
)
SELECT
  resource_id, NULL AS not_examined,
  -- never more for one that works than for one that does not
  if(is_idle, expected_return, greatest(up, expected_return)) AS remaining,
  -- the quieter half of the window, unless it needs more by now
  if(is_idle, 0, best_share(up_all, up_recent, least(up, up_1, up_2))) AS remaining_best,
  if(is_idle, greatest(return_share, expected_return),
    greatest(return_share, expected_return, greatest(up, up_1, up_2) * (1 - worst_margin) + worst_margin)) AS
    remaining_worst,
  -- nothing that was measured supports more
  if(is_well_seen AND (knows_jobs OR sees_processors) AND NOT may_scale, 'medium', 'low') AS confidence,
  if(is_idle, 'empty', 'scale_down') AS remedy,
  if(is_idle,
    format(if(idle_hours > counted_hours,
      'The cluster was idle for {}. In the window it ran for {:,} hours.',
      'The cluster was idle for {}, in which it ran for {:,} hours.'), dated_days(idle_hours // 24, excluded),
      idle_hours_run)
      || not_measured([if(sees_processors, NULL, 'CPU use'), if(sees_network, NULL, 'network traffic')])
      || unknown_jobs(knows_jobs, unplaced_jobs) || short_history(known_hours),
    format('The cluster was in use in {:,} of {:,} hours{}.', shown_hours, hours, since_change(changed_at))
      || if(up < expected_return,
        format(' Hours with work are less than {:.0f} % of its cost. The claim keeps {:.0f} % '
        || 'for work, as that of an idle cluster does.', 100 * expected_return, 100 * expected_return), '')
      || if(worked_hours > shown_hours, 
        format(' Hours without data, and the first hour after a stop, count as busy: {}.', worked_hours - shown_hours),
      '') || if(keeps_nodes, format(' Its minimum is 0, but instances stayed in every hour of the last {} days.',
        idle_days), '') || unknown_jobs(knows_jobs, unplaced_jobs)) AS reason,
  -- evidence: shown as it is
  shown_hours AS busy_hours, hours AS hours_seen, last_work, is_well_seen, fewest AS min_nodes, most AS max_nodes,
  if(is_idle, NULL, committed_down) AS committed_off, machine_type, accelerator, accelerator_count
FROM judged
WHERE is_idle
  OR (up <= max_busy_share AND may_have_worked AND NOT gives_back
    -- HyperPod adds and removes instances by itself with EKS only
    AND NOT is_slurm)
UNION ALL BY NAME
SELECT resource_id,
  'check by hand how many nodes the jobs need: Slurm on HyperPod keeps all nodes running' AS not_examined
FROM judged WHERE is_slurm AND NOT is_idle AND up <= max_busy_share AND may_have_worked AND NOT gives_back
