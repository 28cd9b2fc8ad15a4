-- Orphaned: the inventory says that nothing is attached to it. Who uses it is read, never guessed from a missing
-- value. A file system that is available is ready, not unused.
WITH billed AS (
  SELECT resource_id, string_agg(DISTINCT line, ' ' ORDER BY line) AS described
  FROM (SELECT resource_id, concat_ws(' ', ChargeDescription, SkuMeter, ServiceSubcategory) AS line FROM charges
    WHERE charge_kind = 'cost' AND component = 'storage')
  GROUP BY resource_id
), stated AS (
  SELECT *, if(state_word(state) IS NULL, 'free', coalesce(disk_state(kind, state), 'unknown')) AS in_state, CASE
    WHEN stated_list(attributes['attached_to']) IS NOT NULL OR yes_or_no(attributes['attached']) = 'yes'
      OR stated_count(attributes['clients']) > 0
      OR in_state = 'used' THEN true
    WHEN yes_or_no(attributes['attached']) = 'no' OR stated_count(attributes['clients']) = 0
      OR in_state = 'unused' THEN false END AS is_used,
    stated_time(attributes['detached_since']) AS detached_since,
    coalesce(is_magnetic_disk(machine_type), is_magnetic_disk(described)) AS is_magnetic
  FROM subject LEFT JOIN billed USING (resource_id)
), at_work AS (      -- by what was measured (docs/work.md) in the time in which nothing uses it by the inventory
  SELECT resource_id, max(hour) AS worked_at
  FROM work JOIN stated USING (resource_id), param
  WHERE shows_work AND hour >= coalesce(detached_since, window_end - to_days(orphan_days))
  GROUP BY resource_id
)
SELECT resource_id, if(kind = 'volume' AND is_magnetic, 1, snapshot_share) AS remaining, 0::DOUBLE AS remaining_best,
  -- one look at the inventory may have hit the hour between two machines
  if(detached_since <= window_end - to_days(orphan_days) AND (kind <> 'volume' OR is_magnetic IS NOT NULL), 'high',
    'low') AS confidence,
  CASE WHEN detached_since IS NULL THEN format('{} {}; the inventory does not say since when.',
      if(kind = 'volume', 'Nothing is attached to', 'No client uses'), coalesce(name, resource_id))
    ELSE format('{} {} since {}.', if(kind = 'volume', 'Nothing has been attached to', 'No client has used'),
      coalesce(name, resource_id), strftime(detached_since, '%Y-%m-%d')) END
    || CASE WHEN kind <> 'volume' THEN '' WHEN is_magnetic THEN ' A snapshot of all of it would cost as much.'
      WHEN is_magnetic IS NULL
        THEN ' The type of the disk is unknown: a snapshot of a magnetic disk costs as much as the disk.'
      ELSE '' END AS reason,
  NULL AS not_examined, detached_since, created_at
FROM stated JOIN policy USING (resource_id), param
WHERE NOT is_used AND in_state IN ('unused', 'free', 'used')
  AND coalesce(detached_since, created_at, window_start) <= window_end - to_days(orphan_days)
  AND NOT standby                -- it is paid for being there
  AND resource_id NOT IN (SELECT resource_id FROM at_work)
UNION ALL BY NAME
SELECT resource_id, format('the inventory says that nothing uses it, but it was measured in use on {}',
  strftime(worked_at, '%Y-%m-%d')) AS not_examined
FROM stated JOIN at_work USING (resource_id) WHERE NOT is_used
UNION ALL BY NAME
SELECT resource_id, if(is_used IS NULL, 'the inventory does not show whether it is in use',
  format('its state is {}, which does not show whether it is in use', state)) AS not_examined
FROM stated WHERE is_used IS NULL OR (NOT is_used AND in_state IN ('busy', 'unknown')
  AND resource_id NOT IN (SELECT resource_id FROM at_work))
