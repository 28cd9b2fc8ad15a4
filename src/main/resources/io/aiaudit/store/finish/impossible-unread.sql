-- A metric of which more than a tenth of the hours is impossible was not measured, so that no other quiet signal shows
-- that nothing happened. How many instances ran (replicas) is no work.
UPDATE resources AS r
SET attributes = map_concat(coalesce(r.attributes, MAP {}), MAP {'unread_metrics': lost.metrics})
FROM (
  WITH lost_hours AS (
    SELECT resource_id, metric, count(DISTINCT hour) AS hours FROM impossible_hours WHERE metric <> 'replicas'
    GROUP BY ALL
  ), known_hours AS (
    SELECT resource_id, metric, count(*) AS hours FROM metrics SEMI JOIN lost_hours USING (resource_id, metric)
    GROUP BY ALL
  ), named AS (
    SELECT resource_id, metric FROM lost_hours l LEFT JOIN known_hours k USING (resource_id, metric)
    WHERE l.hours > 0.1 * (l.hours + coalesce(k.hours, 0))
    UNION
    SELECT resource_id, unnest(string_split(attributes['unread_metrics'], ',')) FROM resources
    WHERE resource_id IN (SELECT resource_id FROM lost_hours)
  )
  SELECT resource_id, string_agg(metric, ',' ORDER BY metric) AS metrics FROM named GROUP BY resource_id
) AS lost
WHERE r.resource_id = lost.resource_id;
