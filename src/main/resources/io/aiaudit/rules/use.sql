-- Is it used? Of each resource what was measured in the window since its last lasting change, by the signals of
-- docs/work.md, and what the inventory says of it where no metric does, or the bill.
WITH seen AS (
  SELECT *, uses_accelerators({signals}) AS uses_cards
  FROM (
    SELECT resource_id, coalesce(bit_or(works), 0) AS works, count(*) FILTER (works | quiet > 0) AS hours,
      count(*) FILTER (quiet & 4 > 0) AS own_quiet_hours
    FROM temp.main.aiaudit_work hourly
    WHERE hour >= {start}{unchanged} AND list_contains({kinds}, kind)
    GROUP BY resource_id
  )
), whole AS (        -- what was measured of a group was measured of its nodes
  SELECT a.resource_id, if(bool_or(uses_cards), 0, max(own_quiet_hours)) AS quiet_hours_of_whole
  FROM temp.main.aiaudit_ancestors a JOIN seen ON seen.resource_id = a.ancestor_id
  WHERE a.depth > 0
  GROUP BY a.resource_id
), work AS (
  SELECT *, coalesce(nullif(own_quiet_hours, 0), quiet_hours_of_whole, 0) AS quiet_hours,
    quiet_hours > 0 AND works > 0 AND NOT uses_cards AS only_beside
  FROM seen LEFT JOIN whole USING (resource_id)
), measured AS (
  SELECT resource_id, kind, coalesce(disk_state(kind, state), '') AS state,
    coalesce(yes_or_no(attributes['attached']), '') AS attached,
    array_to_string(coalesce(stated_list(attributes['attached_to']), []), ', ') AS attached_to,
    stated_count(attributes['clients']) AS clients,
    stated_count(attributes['used_instances']) AS used,
    greatest(1, coalesce(stated_count(attributes['held_instances']), replicas, 1)) AS held
  FROM {base}resources
  WHERE kind IN ('capacity_reservation', 'volume', 'file_system')
), inventory AS (
  SELECT resource_id,
    CASE WHEN kind = 'capacity_reservation' THEN used > 0 ELSE attached_to <> '' OR attached = 'yes' OR clients > 0
      OR state = 'used' END AS is_used,
    CASE WHEN kind = 'capacity_reservation' THEN used = 0 ELSE attached = 'no' OR clients = 0
      OR state = 'unused' END AS is_unused,
    CASE WHEN kind = 'capacity_reservation' THEN format('{} of {} reserved instances run', used, held)
      WHEN is_used AND is_unused THEN 'something uses it, and also that nothing does'
      WHEN is_used AND attached_to <> '' THEN 'it is attached to ' || attached_to
      WHEN is_used THEN if(clients > 0, format('{} clients use it', clients), 'it is attached')
      WHEN is_unused THEN if(kind = 'volume', 'nothing is attached to it', 'no client uses it') END AS says
  FROM measured
  UNION ALL
  -- what scales to zero by itself has no instance now and then
  SELECT resource_id, false, true, '{rests}' FROM {base}resources r
  WHERE kind IN ('instance', 'inference_endpoint', 'notebook', 'provisioned_throughput') AND {costs_nothing}
), billed AS (
  -- where tokens are paid for and nothing else, it costs nothing while nobody uses it
  SELECT resource_id, true AS is_billed FROM {base}charges
  WHERE charge_kind = 'cost' AND ChargePeriodStart < {end} AND ChargePeriodEnd > {start} AND cost <> 0
    AND resource_id IN (SELECT resource_id FROM {base}charges WHERE token_kind IS NOT NULL)
  GROUP BY resource_id
  HAVING bool_and(component = 'usage' AND coalesce(token_kind IS NOT NULL AND ConsumedQuantity > 0, false))
    AND sum(cost) > 0
), known AS (
  SELECT * FROM work FULL JOIN inventory USING (resource_id) FULL JOIN billed USING (resource_id)
)
SELECT resource_id, coalesce(works <> 0 AND NOT only_beside, false) OR coalesce(is_billed, false)
  OR coalesce(is_used AND NOT coalesce(is_unused, false), false) AS is_used,
  coalesce(is_used AND is_unused, false) AS is_contradictory,
  coalesce(hours, 0) AS hours,
  if(is_billed AND coalesce(works, 0) = 0, ['{billed}'], {measured}) AS signals,
  CASE WHEN only_beside THEN format('In {} hours {beside}', quiet_hours)
    ELSE 'The inventory says that ' || says END AS says
FROM known
