-- Two ways. A machine whose state says stopped, and since when, is charged for running after that, and still is at the
-- end of the bill: what it is charged a month since then goes, not what it cost while it ran. Or nothing was charged
-- for running in the last `stopped_days`, while the bill has other charges of that time, and its storage, or a disk
-- that is attached to it, is.
WITH machine AS (
  SELECT *, coalesce(account_id, '') AS account,
    coalesce(state_word(state) IN ('stopped', 'deallocated', 'stoppeddeallocated', 'hibernated', 'suspended')
      OR (provider = 'gcp' AND state_word(state) = 'terminated'), false) AS is_stopped,
    stopped_at(attributes) AS stopped_since,
    -- no log has the stop: its host measured nothing since then, so that it was stopped by then at the latest
    coalesce(stated_word(attributes['stopped_since_by']) = 'metrics', false) AS is_bound
  FROM subject
  WHERE kind IN ('instance', 'notebook')
), at_work AS (                -- by what was measured (docs/work.md) since it is called stopped
  SELECT resource_id, min(hour) AS worked_at
  FROM work JOIN machine USING (resource_id), param
  WHERE shows_work AND is_stopped AND hour >= coalesce(stopped_since, window_end - to_days(stopped_days))
  GROUP BY resource_id
), billed AS (
  -- A charge for running shows that it ran, whatever it cost: under a reservation the bill may have it at 0.
  SELECT resource_id,
    coalesce(bool_or(runs AND ChargePeriodStart >= window_end - to_days(stopped_days)), false) AS ran,
    -- a charge for a month may be for its first days
    coalesce(bool_or(runs AND ChargePeriodEnd > window_end - to_days(stopped_days)), false) AS may_have_run,
    coalesce(bool_or(runs AND cost > 0 AND ChargePeriodStart >= window_end - to_days(stopped_days)), false) AS has_paid,
    coalesce(sum(cost) FILTER (component = 'storage' AND ChargePeriodEnd > window_end - to_days(stopped_days)),
      0) AS recent_storage,
    string_agg(DISTINCT described, ' ' ORDER BY described) FILTER (component = 'storage') AS described
  FROM (SELECT *, concat_ws(' ', ChargeDescription, SkuMeter, ServiceSubcategory) AS described,
      component = 'time' AND (cost > 0 OR coalesce(ChargeCategory, 'Usage') = 'Usage'
        AND coalesce(ConsumedQuantity, 1) > 0) AS runs FROM charges), param
  WHERE charge_kind = 'cost'
  GROUP BY resource_id
), bill AS (
  SELECT provider, greatest(max(window_start), min(ChargePeriodStart)) AS first_start,
    least(max(window_end), max(ChargePeriodEnd)) AS last_end FROM charges, param WHERE charge_kind = 'cost'
    GROUP BY provider
), of_account AS (   -- without a date of its stop, only an account whose bill has these days shows that it did not run
  SELECT s.provider, coalesce(s.account_id, '') AS account,
    min(ChargePeriodStart) <= max(window_end) - to_days(max(stopped_days))
      AND max(ChargePeriodEnd) >= max(window_end) - INTERVAL 3 DAY AS is_covered
  FROM subject s JOIN charges c USING (resource_id), param WHERE charge_kind = 'cost' GROUP BY ALL
), covered AS (      -- for an inventory without accounts, all bills of its cloud need to have these days
  FROM of_account
  UNION ALL
  SELECT provider, '', bool_and(is_covered) FROM of_account GROUP BY provider HAVING count(*) FILTER (account = '') = 0
), after_stop AS (
  -- of what the bill has since it was stopped
  SELECT m.resource_id, max(c.ChargePeriodEnd) AS last_charge,
    -- from the first charge on that is of the time after it alone: the hours of the day of the stop have none
    greatest(first_start, least(min(c.ChargePeriodStart),
      m.stopped_since + max(c.ChargePeriodEnd - c.ChargePeriodStart))) AS charged_from,
    sum(c.cost)::DOUBLE * 730 * 3600 / nullif(epoch(last_end - charged_from), 0) AS a_month
  FROM machine m JOIN bill USING (provider)
    JOIN charges c ON c.resource_id = m.resource_id AND c.ChargePeriodStart >= m.stopped_since
  WHERE c.charge_kind = 'cost' AND c.component = 'time' AND m.is_stopped
  GROUP BY m.resource_id, first_start, last_end, m.stopped_since
  HAVING sum(c.cost) > 0 AND max(c.ChargePeriodEnd) > last_end - INTERVAL 2 DAY      -- else somebody released it since
), still_running AS (
  -- elsewhere than on Azure what is stopped is not billed for running, so the charge is for something else
  SELECT m.resource_id, if(provider = 'azure' AND kind = 'instance', 'deallocate', 'clarify') AS remedy,
    CASE WHEN remedy <> 'deallocate' THEN 'low' WHEN is_bound THEN 'medium' ELSE 'high' END AS confidence,
    coalesce(1 - least(a_month, time_cost::DOUBLE) / nullif(time_cost + storage_cost, 0)::DOUBLE, 0) AS remaining,
    NULL::DOUBLE AS remaining_best,
    format('{} has been stopped {} {} and was charged for running until {}.', coalesce(name, m.resource_id),
      if(is_bound, 'since at least', 'since'), strftime(stopped_since, '%Y-%m-%d'),
      strftime(last_charge, '%Y-%m-%d')) AS reason,
    m.resource_id AS machine_id, stopped_since
  FROM machine m JOIN after_stop USING (resource_id) JOIN spend USING (resource_id), param
  WHERE stopped_since <= window_end - INTERVAL 1 DAY AND m.resource_id NOT IN (SELECT resource_id FROM at_work)
), at_rest AS (                -- stopped for all of `stopped_days`, as far as the bill knows
  SELECT m.*
  FROM machine m LEFT JOIN billed b USING (resource_id) LEFT JOIN covered USING (provider, account), param
  WHERE m.is_stopped AND m.group_type IS NULL          -- a group holds it stopped, such as in a warm pool
    AND if(m.stopped_since IS NULL, is_covered AND NOT coalesce(may_have_run, false), NOT coalesce(ran, false))
    AND coalesce(stopped_since, created_at, window_start) <= window_end - to_days(stopped_days)
    AND window_start <= window_end - to_days(stopped_days)
    -- Azure charges for one that was shut down and not deallocated, though no bill shows it
    AND (m.provider <> 'azure' OR m.kind <> 'instance'
      OR state_word(m.state) IN ('deallocated', 'stoppeddeallocated', 'hibernated')
      OR b.resource_id IS NOT NULL)
    AND m.resource_id NOT IN (SELECT resource_id FROM at_work)
    -- one whose charge for a month began before those days, too
    AND m.resource_id NOT IN (SELECT resource_id FROM still_running)
), attached AS (              -- a file may list all instances that share a disk, clouds name one and their number
  SELECT resource_id, unnest(ids) AS machine_id, len(ids) AS listed,
    coalesce(stated_count(attributes['attachments']), 1) > listed AS is_partly_listed
  FROM (SELECT *, stated_list(attributes['attached_to']) AS ids FROM subject WHERE kind = 'volume')
), held AS (                   -- those of which no listed instance runs, by the one that stopped last
  SELECT a.resource_id, max(listed) AS holders, bool_or(is_partly_listed) AS is_partly_listed,
    max({hinted: standby_hint IS NOT NULL, since: stopped_since, machine_id: machine_id}).machine_id AS machine_id
  FROM attached a LEFT JOIN at_rest r ON r.resource_id = a.machine_id
    LEFT JOIN policy p ON p.resource_id = a.machine_id
  GROUP BY a.resource_id
  HAVING count(r.resource_id) = count(*) AND NOT bool_or(coalesce(standby, false))
), left_behind AS (
  SELECT s.resource_id, if(s.kind = 'notebook', 'copy_and_delete', 'snapshot_and_delete') AS remedy,
    coalesce(is_magnetic_disk(if(s.kind = 'volume', s.machine_type, NULL)), is_magnetic_disk(described)) AS
      is_magnetic,
    -- nobody but its service can take a snapshot of the disk of a notebook
    if(s.kind = 'notebook' OR is_magnetic IS NULL, 'low', 'medium') AS confidence,
    if(is_magnetic, 1, snapshot_share) AS remaining, 0::DOUBLE AS remaining_best,
    if(s.resource_id = r.resource_id,
      format('{} has not run for at least {} days, but its disks are still billed.', coalesce(r.name, r.resource_id),
        stopped_days),
      format('{} is a disk of {}, {}.', coalesce(s.name, s.resource_id),
        if(holders > 1, format('{} instances', holders), format('the instance {}', coalesce(r.name, r.resource_id))),
        if(b.recent_storage > 0, format('{} not run for at least {} days', if(holders > 1, 'which have', 'which has'),
          stopped_days),
          format('{} {} {}. No bill covers the disk, so its list price is used',
            if(holders > 1, 'all of which have been stopped', 'which has been stopped'),
            if(r.is_bound, 'since at least', 'since'),
            strftime(r.stopped_since, '%Y-%m-%d')))))
      || CASE WHEN is_magnetic THEN ' A snapshot of all of it would cost as much.'
        WHEN s.kind = 'volume' AND is_magnetic IS NULL
          THEN ' The type of the disk is unknown: a snapshot of a magnetic disk costs as much as the disk.'
        ELSE '' END AS reason,
    r.resource_id AS machine_id, r.stopped_since
  FROM subject s LEFT JOIN billed b USING (resource_id) JOIN spend p USING (resource_id)
    LEFT JOIN held h USING (resource_id) JOIN at_rest r ON r.resource_id = s.resource_id
      OR (s.kind = 'volume' AND r.resource_id = h.machine_id), param
  WHERE b.recent_storage > 0
    -- a disk is paid for whether a bill was read or not
    OR (s.kind = 'volume' AND r.stopped_since IS NOT NULL AND p.cost_basis = 'list' AND p.monthly_cost > 0)
), shared AS (                 -- another instance, which is not listed, may run
  SELECT resource_id FROM held WHERE is_partly_listed
), found AS (
  SELECT * FROM still_running UNION ALL BY NAME SELECT * FROM left_behind
)
SELECT found.* EXCLUDE (is_magnetic) REPLACE (if(machine.standby_hint IS NULL, confidence, 'low') AS confidence),
  NULL AS not_examined
FROM found JOIN policy USING (resource_id) LEFT JOIN policy machine ON machine.resource_id = found.machine_id
WHERE NOT policy.standby AND NOT coalesce(machine.standby, false)      -- it is paid for being there, with its disks
  AND resource_id NOT IN (SELECT resource_id FROM shared)
UNION ALL BY NAME
SELECT resource_id, format('it is stopped, but was measured at work since then, on {}',
  strftime(worked_at, '%Y-%m-%d')) AS not_examined
FROM at_work
UNION ALL BY NAME
SELECT resource_id, CASE WHEN stopped_since IS NOT NULL AND has_paid
    THEN 'it is stopped, but was charged for running since then'
    WHEN stopped_since IS NOT NULL
    THEN 'it is stopped, but its bill has hours at no cost since then'
    WHEN may_have_run THEN 'it is stopped but was charged for running lately; its stop date is unknown'
    WHEN is_covered IS NULL THEN 'it is stopped; neither the bill nor the inventory has its stop date'
    ELSE 'it is stopped; its stop date is unknown, and the bill of its account lacks some of the last days' END
    AS not_examined
FROM machine m LEFT JOIN billed USING (resource_id) LEFT JOIN covered USING (provider, account), param
WHERE is_stopped AND resource_id NOT IN (SELECT resource_id FROM still_running)
  AND resource_id NOT IN (SELECT resource_id FROM at_work)
  AND if(stopped_since IS NULL, may_have_run
      OR (NOT is_covered AND coalesce(created_at, window_start) <= window_end - to_days(stopped_days))
      OR (is_covered IS NULL AND coalesce(created_at, window_start) <= window_end - to_days(stopped_days)),
    ran AND stopped_since <= window_end - to_days(stopped_days))
UNION ALL BY NAME
SELECT resource_id, 'several instances share the disk; check by hand whether all of them are stopped' AS not_examined
FROM left_behind JOIN shared USING (resource_id) JOIN policy USING (resource_id) WHERE NOT standby
