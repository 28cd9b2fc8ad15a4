-- Unused: the share of the held machines that do not run, as the inventory counts them. What was paid in advance for a
-- fixed time, or committed to for a term, cannot be given back: it is shown, and frees a commitment, never cash. Its
-- fee is for all that it holds. Where the inventory counts the held
-- machines by themselves (held_instances), the meter says that it is of unused ones (UnusedBox), or no bill has its
-- cost (docs/money.md), the reservation's own cost is that of those that do not run, and all of it goes.
WITH metered AS (
  SELECT resource_id, bool_and(regexp_matches(lower(concat_ws(' ', SkuMeter, SkuId, ChargeDescription)), '\bunused')) AS
    is_of_unused
  FROM charges WHERE component = 'time' AND charge_kind = 'cost' AND cost > 0 GROUP BY resource_id
), reservation AS (
  SELECT subject.*, coalesce(is_of_unused, false) AS is_of_unused,
    TRY_CAST(attributes['used_instances'] AS DOUBLE) AS used,
    TRY_CAST(attributes['held_instances'] AS BIGINT) AS counted_apart,
    greatest(1, coalesce(counted_apart, replicas, 1)) AS held,
    regexp_matches(regexp_replace(lower(coalesce(attributes['reservation_type'], '')), '[^a-z]', '', 'g'),
      '^(capacityblock|trainingplan)') AS is_prepaid, purchase IS NOT DISTINCT FROM 'committed' AS is_committed
  FROM subject LEFT JOIN metered USING (resource_id)
)
SELECT resource_id, if((counted_apart IS NULL OR is_prepaid) AND NOT is_of_unused AND cost_basis <> 'list',
  least(1, used / held), 0) AS remaining,
  -- one look at the inventory does not show how long it stays unused; a meter of unused instances does, and where no
  -- cash is claimed there is nothing to decide
  if(is_of_unused OR is_committed AND coalesce(committed_share >= 1, false), 'medium', 'low') AS confidence,
  if(is_committed, 'use', 'release') AS remedy,
  format('{} holds {} x {}, of which {} ran.', coalesce(name, resource_id), held,
    coalesce(machine_type, 'an instance'), if(used = 0, 'none', format('{:.0f}', used)))
    || if(is_of_unused, ' All its charges are for unused capacity.',
      ' Seen unused once, when the inventory was read; use over the window was not measured.') || if(is_prepaid,
      ' It is prepaid until it ends.', if(is_committed, ' It is committed to, and paid for until its term ends.', ''))
    || if(lower(coalesce(attributes['match'], '')) IN ('targeted', 'specific'),
      ' Only instances that name it can use it.', '') AS reason,
  NULL AS not_examined, used, held, machine_type
FROM reservation JOIN policy USING (resource_id) JOIN spend USING (resource_id), param
WHERE used <= held * (1 - min_unused) AND (NOT is_prepaid OR is_committed)
  AND coalesce(created_at, window_start) <= window_end - to_days(unused_days)
  AND NOT standby                  -- it is held for that
  AND coalesce(ended_at > window_end, true)                          -- nothing is paid for it any more
UNION ALL BY NAME
SELECT resource_id, if(used IS NULL, 'its used share is unknown',
  'it is prepaid but its purchase is not listed as committed') AS not_examined
FROM reservation WHERE used IS NULL OR (is_prepaid AND NOT is_committed)
