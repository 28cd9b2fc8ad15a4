-- A service that is to keep no instance, and had one in nine tenths of the hours of its last week and none without:
-- something keeps it, such as a revision that is not read. What was measured wins over what is configured.
UPDATE resources AS r
SET replicas = kept.least,
  attributes = map_concat(coalesce(r.attributes, MAP {}), MAP {'replicas_by': 'metrics'})
FROM (
  SELECT resource_id, floor(min(average))::INTEGER AS least
  FROM (
    SELECT m.resource_id, m.hour, m.average, max(m.hour) OVER (PARTITION BY m.resource_id) AS last_hour
    FROM metrics m JOIN resources s USING (resource_id)
    WHERE s.kind = 'service' AND s.replicas = 0 AND m.metric = 'replicas' AND m.average IS NOT NULL
  )
  WHERE hour > last_hour - INTERVAL 7 DAY
  GROUP BY resource_id
  HAVING min(average) >= 1 AND count(DISTINCT hour) >= 0.9 * 7 * 24
) AS kept
WHERE r.resource_id = kept.resource_id;
