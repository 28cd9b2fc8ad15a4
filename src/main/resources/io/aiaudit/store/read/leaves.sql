-- Every leaf with its first charge, the basis of its cost, the hours it ran, its list price, and whether the bill has
-- to know it and does not. Where all of its time charges are of one hour the bill shows which hours it ran; else the
-- metric does that its cloud has only while it runs, where the inventory names one; else its life in the window does.
WITH
  bounds AS (SELECT ?::TIMESTAMP AS window_start, ?::TIMESTAMP AS window_end),
  -- Lines are looked at by the number of their text, and their names once for all of them.
  lines AS (
    SELECT text_id, EffectiveCost IS NULL AS without_effective, BilledCost = 0 AS free,
      min(ChargePeriodStart) AS first_charge, max(ChargePeriodEnd) AS last_end,
      bool_and(ChargePeriodEnd - ChargePeriodStart = INTERVAL 1 HOUR) AS hourly,
      bool_or(ChargePeriodStart < window_end AND ChargePeriodEnd > window_start) AS inside
    FROM charge_lines, bounds
    GROUP BY ALL
  ),
  sums AS (
    SELECT resource_id, component, first_charge, last_end, hourly, inside,
      is_one_off(ChargeCategory, ChargeClass, ChargeFrequency, 0) AS one_off,
      CASE WHEN inside AND ResourceId IS NOT NULL
      THEN account_key(coalesce(SubAccountId, BillingAccountId)) END AS named_in,
      CASE WHEN (without_effective OR at_billed_cost) AND free AND CommitmentDiscountStatus = 'Used' THEN 'unpriced'
        WHEN without_effective OR at_billed_cost THEN 'billed' ELSE 'effective' END AS cost_basis
    FROM lines JOIN charge_texts USING (text_id)
    WHERE charge_kind = 'cost'
    UNION ALL
    SELECT resource_id, component, ChargePeriodStart, ChargePeriodEnd,
      ChargePeriodEnd - ChargePeriodStart = INTERVAL 1 HOUR,
      ChargePeriodStart < window_end AND ChargePeriodEnd > window_start,
      is_one_off(ChargeCategory, ChargeClass, ChargeFrequency, 0),
      CASE WHEN ChargePeriodStart < window_end AND ChargePeriodEnd > window_start AND ResourceId IS NOT NULL
        THEN account_key(coalesce(SubAccountId, BillingAccountId)) END, cost_basis
    FROM charge_parts, bounds
    WHERE charge_kind = 'cost'
  ),
  timed AS (
    SELECT resource_id, row_number() OVER () AS number
      FROM (SELECT resource_id FROM sums WHERE component = 'time' GROUP BY resource_id HAVING bool_and(hourly))
  ),
  starts AS (
    SELECT DISTINCT number, ChargePeriodStart
    FROM (
      SELECT number, ChargePeriodStart FROM charge_lines
        JOIN (SELECT text_id, number FROM charge_texts JOIN timed USING (resource_id)
        WHERE component = 'time' AND charge_kind = 'cost') USING (text_id)
      UNION ALL
      SELECT number, ChargePeriodStart FROM charge_parts JOIN timed USING (resource_id)
        WHERE component = 'time' AND charge_kind = 'cost'
    ), bounds
    WHERE ChargePeriodStart >= window_start AND ChargePeriodStart < window_end
  ),
  -- A bill of another time says nothing of these hours.
  billed_hours AS (SELECT resource_id, coalesce(hours, 0) AS billed_hours FROM timed JOIN resources USING (resource_id)
    LEFT JOIN (SELECT number, count(*) AS hours FROM starts GROUP BY number) USING (number)
    WHERE provider IN (SELECT r.provider FROM sums JOIN resources r USING (resource_id) WHERE inside)),
  -- Without a point nothing is known: the call may have been denied. Where the response is known to be whole, what
  -- is stopped now did not run.
  measured_hours AS (
    SELECT r.resource_id, r.attributes['hours_run_by'] AS measured_by, count(DISTINCT m.hour) AS measured_hours
    FROM resources r CROSS JOIN bounds
    LEFT JOIN metrics m ON m.resource_id = r.resource_id AND m.metric = r.attributes['hours_run_by']
      AND m.hour >= window_start AND m.hour < window_end
    WHERE r.attributes['hours_run_by'] IS NOT NULL
    GROUP BY ALL
    HAVING count(m.hour) > 0 OR coalesce(bool_and(r.replicas = 0 AND r.attributes['hours_run_known'] = 'true'), false)
  ),
  -- What failed may run all the same, with the instances of before its last update: what used a processor ran.
  used_in_window AS (
    SELECT DISTINCT r.resource_id FROM resources r CROSS JOIN bounds JOIN metrics m USING (resource_id)
    WHERE is_not_started(r) AND m.hour >= window_start AND m.hour < window_end
      AND greatest(m.average, m.maximum, m.total) > 0
  ),
  -- The machines that a metric counted, of what may have had more or fewer than it has now: machine hours, and of how
  -- many hours of its life in the window.
  counted AS (
    SELECT resource_id, sum(existed) AS counted_hours, sum(machines * existed) AS machine_hours
    FROM (
      SELECT r.resource_id, m.hour, avg(m.average) AS machines,
        epoch(least(m.hour + INTERVAL 1 HOUR, window_end, min(coalesce(r.ended_at, window_end))) - greatest(m.hour,
          window_start, min(coalesce(r.created_at, window_start)))) / 3600 AS existed
      FROM resources r CROSS JOIN bounds JOIN metrics m ON m.resource_id = r.resource_id
      WHERE m.metric = 'replicas' AND m.average >= 0
        AND coalesce(r.kind NOT IN ('instance', 'volume', 'capacity_reservation'), true)
      GROUP BY r.resource_id, m.hour, window_start, window_end
    )
    WHERE existed > 0
    GROUP BY resource_id
  ),
  charged AS MATERIALIZED (
    SELECT
      resource_id, min(first_charge) AS first_charge, max(last_end) AS last_charge_end,
      -- no life begins with what is given back, or paid, once
      min(first_charge) FILTER (NOT one_off) AS began, max(named_in) AS named_in,
      CASE WHEN bool_or(cost_basis = 'allocated') THEN 'allocated' WHEN bool_or(cost_basis = 'billed') THEN 'billed'
        ELSE 'effective' END AS basis
    FROM sums
    GROUP BY resource_id
  ),
  -- What the bill names in the window: of which provider, account (NULL: in any), sort of resource and machine, and how
  -- long.
  named AS (
    SELECT provider, account, kind, shape, machine, min(first_charge) AS first_charge,
      max(last_charge_end) AS last_charge_end
    FROM (SELECT r.provider, c.named_in AS account, r.kind, id_shape(r.resource_id) AS shape, offered_as(r) AS machine,
      c.* FROM charged c JOIN resources r USING (resource_id) WHERE c.named_in IS NOT NULL)
    GROUP BY GROUPING SETS ((provider, account, kind, shape, machine), (provider, kind, shape, machine))
  ),
  -- Parents whose charges were laid on what they hold, and the parents of those; of_time where that is what machines
  -- cost.
  laid AS (SELECT r.parent_id, bool_or(component = 'time') AS of_time, max(ChargePeriodEnd) AS last_end
    FROM charge_parts JOIN resources r USING (resource_id) WHERE charge_kind = 'cost' GROUP BY r.parent_id),
  billed_parents AS (FROM laid UNION SELECT r.parent_id, of_time, last_end FROM laid
    JOIN resources r ON r.resource_id = laid.parent_id WHERE r.parent_id IS NOT NULL),
  parents_of_time AS (FROM billed_parents WHERE of_time),
  -- What the bill would have to name, going by what it names, and does not. A machine of that type may be the one that
  -- a group, a notebook, an endpoint or a cluster is listed for a second time.
  lacking AS (
    SELECT DISTINCT r.resource_id
    FROM resources r
    JOIN named n ON n.provider = r.provider AND n.account IS NOT DISTINCT FROM account_key(r.account_id)
      AND (n.kind = r.kind OR n.shape = id_shape(r.resource_id) OR n.machine = offered_as(r))
      AND coalesce(r.created_at < n.last_charge_end - INTERVAL 1 DAY, true)
        AND coalesce(r.ended_at > n.first_charge, true)
    ANTI JOIN charged c ON c.resource_id = r.resource_id
    ANTI JOIN billed_parents b ON b.parent_id = r.parent_id
    WHERE r.kind NOT IN ('unknown', 'account') AND (r.attributes['shared_pool'] IS NULL OR r.parent_id IS NULL)
  ),
  above AS (
    SELECT r.resource_id
    FROM resources r JOIN parents_of_time b ON b.parent_id = r.parent_id
    WHERE coalesce(r.created_at < b.last_end, true)
    UNION
    SELECT r.resource_id
    FROM resources r JOIN resources up ON up.resource_id = r.parent_id
      JOIN parents_of_time b ON b.parent_id = up.parent_id
    WHERE coalesce(r.created_at < b.last_end, true)
    UNION             -- a model in a shared pool is paid for with the pool
    SELECT resource_id FROM resources WHERE attributes['shared_pool'] IS NOT NULL AND parent_id IS NOT NULL
    UNION             -- a job is paid for with the machines that it runs on
    SELECT r.resource_id
    FROM resources r JOIN resources host ON host.resource_id = r.attributes['runs_on']
    WHERE r.kind IN ('training_job', 'batch_job')
    UNION             -- which it may name, and which it may be where it names none
    SELECT r.resource_id
    FROM resources r JOIN resources host ON host.provider = r.provider
      AND host.kind IN ('training_cluster', 'node_group', 'instance', 'notebook')
    WHERE r.kind IN ('training_job', 'batch_job') AND CASE
      WHEN may_name(r.attributes['runs_on']) THEN host.name = r.attributes['runs_on']
      ELSE r.parent_id IS NULL AND NOT has_own_machines(r.resource_id)
        AND host.account_id IS NOT DISTINCT FROM r.account_id
        AND hardware_type(host.machine_type) = hardware_type(r.machine_type)
        AND coalesce(host.ended_at > r.created_at, true) AND coalesce(host.created_at < r.ended_at, true) END
  ),
  priced AS (
    SELECT r.*, c.began, c.basis, h.billed_hours, m.measured_hours, m.measured_by,
      CASE WHEN c.resource_id IS NULL THEN k.counted_hours END AS counted_hours, k.machine_hours,
      c.resource_id IS NULL AND lacking.resource_id IS NOT NULL AS missing_in_bill,
      costs_nothing(r) AS costs_nothing,
      c.resource_id IS NULL AND above.resource_id IS NOT NULL AS billed_above,
      -- A machine that is stopped now, and so has no replica, was one in the hours in which it was measured.
      CASE WHEN is_not_started(r) AND r.resource_id IN (FROM used_in_window) THEN coalesce(nullif(r.replicas, 0), 1)
        WHEN replicas_now(r) = 0 AND m.measured_hours > 0 THEN 1 ELSE machines_of(r) END AS machines_now,
      CASE r.purchase WHEN 'spot' THEN p.spot ELSE p.on_demand END * units_of(r.machine_type) AS price_of_one,
      greatest(0, epoch(least(window_end, coalesce(ended_at, window_end)) - greatest(window_start,
        coalesce(created_at, window_start)))) / 3600 AS life_hours,
      coalesce(h.billed_hours, least(m.measured_hours, life_hours), life_hours) AS hours_run
    FROM resources r CROSS JOIN bounds
    LEFT JOIN charged c USING (resource_id)
    LEFT JOIN billed_hours h USING (resource_id)
    LEFT JOIN measured_hours m USING (resource_id)
    LEFT JOIN counted k USING (resource_id)
    LEFT JOIN resource_prices p ON p.resource_id = r.resource_id
    LEFT JOIN lacking USING (resource_id)
    LEFT JOIN above USING (resource_id)
    WHERE NOT EXISTS (FROM resources child WHERE child.parent_id = r.resource_id)
  ),
  -- What is counted in some hours had as many machines in the others in which it ran as it has now: of an hour
  -- without data nothing better is known.
  listed AS (
    SELECT * EXCLUDE (machine_hours, machines_now, price_of_one, life_hours),
      CASE WHEN counted_hours > 0 AND hours_run > 0
        THEN TRY_CAST((machine_hours + if(counted_hours >= hours_run, 0, machines_now * (hours_run - counted_hours)))
        / nullif(hours_run, 0) AS DECIMAL(18,12)) END AS machines,
      CASE WHEN counted_hours > 0 AND hours_run > 0
        THEN CAST(CAST(price_of_one AS DECIMAL(20,12)) * machines AS DECIMAL(28,12))
        ELSE price_of_one * machines_now END AS list_price
    FROM priced
  )
SELECT
  resource_id, began AS first_charge,
  -- The list price is for a bill that is missing, not for a line that a bill does not have: neither of the
  -- resource nor, of its size, of its parent.
  coalesce(basis, CASE WHEN list_price IS NULL OR missing_in_bill OR billed_above THEN 'unpriced' ELSE 'list' END) AS
    basis,
  hours_run,
  CASE WHEN NOT missing_in_bill AND NOT billed_above THEN CAST(list_price AS DECIMAL(28,12)) END AS list_price,
  missing_in_bill, costs_nothing,
  CASE WHEN billed_hours IS NULL THEN measured_by END AS hours_measured_by, counted_hours, machines,
  number_term(r) AS number_term
FROM listed JOIN resources r USING (resource_id)
ORDER BY resource_id
