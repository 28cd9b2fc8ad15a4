-- Idle: nothing worked (docs/work.md) in the last `idle_days`, nor for half as long again as the longest pause that it
-- came back from. Where more than a few of these days' hours have no maximum the claim is smaller: an average over
-- accelerators and minutes hides short work.
WITH points AS (
  SELECT resource_id, hour, max(greatest(maximum, average)) AS utilization, bool_and(maximum IS NOT NULL) AS has_maximum
  FROM metrics WHERE metric = 'gpu_utilization' AND greatest(maximum, average) IS NOT NULL
  GROUP BY ALL
), recent AS (         -- hours that the policy excludes show nothing, so that as many earlier ones count
  SELECT resource_id, days_back(idle_days, excluded) AS recent_from FROM pause, param
), gpu AS (             -- an hour without a point has no maximum either
  SELECT resource_id, max(utilization) FILTER (last_work IS NULL OR hour > last_work) AS highest,
    count(*) FILTER (hour >= window_end - to_days(idle_days)) AS last_hours,
    count(*) FILTER (hour >= recent_from AND has_maximum IS DISTINCT FROM true) AS
      hours_without_maximum,
    count(*) FILTER (hour >= recent_from AND NOT has_maximum) AS hours_with_average,
    hours_lacking(list_contains(measured, 'gpu'), hour >= idle_from AND NOT worked) AS
      hours_without_gpu,
    measured_mostly(list_contains(measured, 'cpu'), hour >= idle_from) AS sees_processors,
    measured_mostly(list_contains(measured, 'network'), hour >= idle_from) AS sees_network,
    measured_mostly(list_contains(measured, 'sessions'), hour >= idle_from) AS sees_sessions
  FROM work JOIN pause USING (resource_id) JOIN recent USING (resource_id)
    LEFT JOIN points USING (resource_id, hour), param
  GROUP BY resource_id
), judged AS (
  SELECT *, hours_without_maximum + earlier_averages AS mean_only_hours,
    mean_only_hours > max_mean_only * 24 * idle_days AS is_mean_only,
    if(is_mean_only, mean_only_remaining, 0) AS hidden,
    knows_jobs OR kind = 'gpu_workload' AS sees_jobs,     -- no job runs on a workload
    stated_count(attributes['instance_store_gb']) AS instance_store_gb
  FROM subject JOIN pause USING (resource_id) JOIN gpu USING (resource_id) JOIN policy USING (resource_id), param
  WHERE idle_hours >= greatest(24 * idle_days, 1.5 * longest_return)
    AND last_hours > 0                                                -- something is known of these days
    AND NOT standby                                                   -- it is paid for being there
    -- What runs on it may have worked where its own metrics show nothing.
    AND coalesce(idle_hours_of_parts >= 24 * idle_days, true)
), unseen AS (             -- what a workload on it did that was not measured, its own metrics may not show
  SELECT DISTINCT resource_id FROM (SELECT resource_id, unnest(workloads) AS workload FROM subject)
  WHERE workload NOT IN (SELECT resource_id FROM subject)
), found AS (
  -- parts that work, and those that were not measured, keep their node
  SELECT *, coalesce(node_has_jobs, false)
      OR (kind = 'gpu_workload' AND count(*) OVER (PARTITION BY kind, parent_id) < parts_of_parent) AS keeps_node,
    group_type || coalesce(' ' || group_name, '') AS member_of,
    CASE WHEN group_type IS NOT NULL THEN group_size - count(*) OVER (PARTITION BY group_key) END AS members_left,
    if(group_minimum > members_left, greatest(0, members_left), NULL) AS lowered_minimum,
    resource_id IN (FROM unseen) AS hides_workloads, if(kind = 'node_group', 'node group', 'node') AS node
  FROM judged
)
SELECT
  resource_id,
  hidden + (1 - hidden) * expected_return AS remaining,
  0 AS remaining_best,
  hidden + (1 - hidden) * greatest(return_share, expected_return) AS remaining_worst,
  -- how long it stays idle is not shown to be more
  if((is_mean_only AND (highest > 0 OR earlier_averages > 0)) OR coalesce(keeps_node, false)
    OR node_kept_by IS NOT NULL
    -- nothing that was read shows a job that uses no accelerator
    OR hides_workloads OR unplaced_workloads > 0 OR NOT (sees_jobs OR sees_processors)
    -- whoever writes in a notebook uses no accelerator (notebook-idle)
    OR (kind = 'notebook' AND NOT (sees_processors OR sees_sessions)), 'low', 'medium') AS confidence,
  -- its money lies on the workloads, and one that was not measured may be what is in use
  CASE WHEN hides_workloads THEN 'scale_workloads' WHEN kind = 'notebook' THEN 'stop_notebook'
    WHEN kind = 'node_group' THEN 'scale_in' WHEN kind = 'gpu_workload' THEN 'scale_workload'
    -- A group replaces what stops. Only a cloud knows how large it is: a file may list a part of it.
    WHEN members_left <= 0 THEN 'scale_in' WHEN group_type IS NOT NULL THEN 'leave_group'
    WHEN provider = 'aws' AND purchase = 'spot' THEN 'terminate_spot' ELSE 'stop' END AS remedy,
  if(members_left <= 0 AND NOT hides_workloads, group_key, NULL) AS group_id,
  format('GPU utilization{} was {} for {}{}.', if(hides_workloads, ' of the ' || node, ''),
    -- how high it was before the window is not known
    if(highest = 0, '0 %', format('at most {:.1f} %', 100 * highest)),
      dated_days(least(idle_hours, counted_hours) // 24, excluded),
      if(is_mean_only AND hours_with_average + earlier_averages > 0, ', by hourly averages, which hide short work', ''))
    || if(idle_hours > counted_hours, format(' No use was measured in {}.', dated_days(idle_hours // 24, excluded)), '')
    || not_in_all('It was', hours_without_gpu)
    || not_measured([if(sees_processors, NULL, 'CPU use'), if(sees_network, NULL, 'network traffic'),
      if(kind <> 'notebook' OR sees_sessions, NULL, 'sessions')]) || unknown_jobs(sees_jobs, unplaced_jobs)
    || if(hides_workloads, '',
      coalesce(' It is a member of the ' || member_of || ', which replaces an instance that stops.', ''))
    || if(instance_store_gb > 0, format(' {} it loses the data on its instance store ({:,} GB).',
      if(remedy = 'stop', 'Stopping', 'Terminating'), instance_store_gb), '')
    || if(hides_workloads, ' Not all workloads of the ' || node || ' were measured.', '')
    || if(unplaced_workloads > 0 AND NOT hides_workloads, format(' {} of its account {} neither measured nor assigned '
      || 'to a node; it may be this one.', if(unplaced_workloads = 1, 'One Kubernetes workload',
        format('{:,} Kubernetes workloads', unplaced_workloads)), if(unplaced_workloads = 1, 'was', 'were')), '')
    || short_history(known_hours)
    || CASE WHEN NOT coalesce(keeps_node, false) THEN ''
      WHEN kind = 'gpu_workload' THEN ' Its node is released only when nothing else runs on it.'
      ELSE ' A job of its node group may have run on it.' END
    || node_kept(node_kept_by)
    -- of the node of workloads: of another one the commands lower it
    || if(node_kept_by IS NULL AND remedy = 'scale_workloads' AND lowered_minimum IS NOT NULL,
      ' The node stays until the minimum of its node group is lowered.', '') AS reason,
  -- evidence: shown as it is
  highest, last_work, mean_only_hours, seen_days, accelerator, accelerator_count, instance_store_gb, member_of,
  lowered_minimum
FROM found
