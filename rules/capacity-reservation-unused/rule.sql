-- Unused: the share of the held machines that do not run, as the inventory counts them. What was paid in advance for a
-- fixed time, or committed to for a term, cannot be given back: it is shown, and frees a commitment, never cash. Its
-- fee is for all that it holds. Where the inventory counts the held
-- machines by themselves (held_instances), the meter says that it is of unused ones (UnusedBox), or no bill has its
-- cost (docs/money.md), the reservation's own cost is that of those that do not run, and all of it goes. Hours in which
-- they do run cost the same without the reservation; that it has such hours shows in what its bill charges.
WITH periods AS (
  SELECT resource_id, ChargePeriodStart, ChargePeriodEnd,
    sum(cost) / epoch(ChargePeriodEnd - ChargePeriodStart) AS pace,
    bool_and(regexp_matches(lower(concat_ws(' ', SkuMeter, SkuId, ChargeDescription)), '\bunused')) AS is_of_unused
  FROM charges
  WHERE component = 'time' AND charge_kind = 'cost' AND cost > 0 AND ChargePeriodEnd > ChargePeriodStart
  GROUP BY resource_id, ChargePeriodStart, ChargePeriodEnd
), metered AS (
  SELECT resource_id, bool_and(is_of_unused) AS is_of_unused, min(ChargePeriodStart) AS unused_since,
    -- 2 %: amounts of a bill are rounded
    min(pace) >= 0.98 * max(pace) AND max(ChargePeriodEnd >= window_end - INTERVAL 1 DAY)
      AND sum(epoch(ChargePeriodEnd - ChargePeriodStart)) >= 0.98 * epoch(max(ChargePeriodEnd) - min(ChargePeriodStart))
      AS is_steady
  FROM periods, param GROUP BY resource_id
), reservation AS (
  SELECT subject.*, coalesce(is_of_unused, false) AS is_of_unused, coalesce(is_of_unused AND is_steady, false) AS
    is_never_used, unused_since,
    stated_count(attributes['used_instances'])::DOUBLE AS used,
    stated_count(attributes['held_instances']) AS counted_apart,
    greatest(1, coalesce(counted_apart, replicas, 1)) AS held,
    regexp_matches(coalesce(stated_word(attributes['reservation_type']), ''), '^(capacityblock|trainingplan)') AS
      is_prepaid, purchase IS NOT DISTINCT FROM 'committed' AS is_committed
  FROM subject LEFT JOIN metered USING (resource_id)
)
SELECT resource_id, if((counted_apart IS NULL OR is_prepaid) AND NOT is_of_unused AND cost_basis <> 'list',
  least(1, used / held), 0) AS remaining,
  -- one look at the inventory does not show how long it stays unused, a steady meter of unused instances does; where no
  -- cash is claimed there is nothing to decide
  if(is_never_used OR is_committed AND coalesce(committed_share >= 1, false), 'medium', 'low') AS confidence,
  if(is_committed, 'use', 'release') AS remedy,
  CASE WHEN used IS NULL THEN format('{} holds {}.', coalesce(name, resource_id), coalesce(machine_type, 'capacity'))
    ELSE format('{} holds {} x {}, of which {} ran.', coalesce(name, resource_id), held,
      coalesce(machine_type, 'an instance'), if(used = 0, 'none', format('{:.0f}', used))) END
    || if(is_of_unused, ' All its charges are for unused capacity'
      || if(is_never_used, ', the same amount at all times since ' || strftime(unused_since, '%Y-%m-%d') || '.',
        ', which varies: it is used at times.'),
      ' Seen unused once, when the inventory was read; use over the window was not measured.') || if(is_prepaid,
      ' It is prepaid until it ends.', if(is_committed, ' It is committed to, and paid for until its term ends.', ''))
    || if(coalesce(stated_word(attributes['match']) IN ('targeted', 'specific'), false),
      ' Only instances that name it can use it.', '') AS reason,
  NULL AS not_examined, used, held, machine_type
FROM reservation JOIN policy USING (resource_id) JOIN spend USING (resource_id), param
WHERE coalesce(used <= held * (1 - min_unused), is_of_unused) AND (NOT is_prepaid OR is_committed)
  AND coalesce(created_at, window_start) <= window_end - to_days(unused_days)
  AND NOT standby                  -- it is held for that
  AND coalesce(ended_at > window_end, true)                          -- nothing is paid for it any more
UNION ALL BY NAME
SELECT resource_id, if(used IS NULL, 'its used share is unknown',
  'it is prepaid but its purchase is not listed as committed') AS not_examined
FROM reservation WHERE (used IS NULL AND NOT is_of_unused) OR (is_prepaid AND NOT is_committed)
