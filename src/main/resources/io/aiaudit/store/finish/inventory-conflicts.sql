-- What inventory files say of one resource in several ways: how many values, and the first few with what counts and
-- the next one read. An empty cell and the default of a column are no value.
WITH listed_again AS (
  SELECT *, row_number() OVER (ORDER BY scope, seq) AS priority
  FROM work.resources
  WHERE source = 'files' AND resource_id IN (SELECT resource_id FROM work.resources WHERE source = 'files'
    GROUP BY resource_id HAVING count(*) > 1)
), facts AS (
  SELECT resource_id, priority, "column", "value"
  FROM (
    SELECT COLUMNS(* EXCLUDE (source, scope, seq, tags, attributes, kind, provider, workload))::VARCHAR,
      nullif(kind, 'unknown') AS kind, nullif(provider, 'other') AS provider, nullif(workload, resource_id) AS workload
    FROM listed_again
  ) UNPIVOT ("value" FOR "column" IN (* EXCLUDE (resource_id, priority)))
  UNION ALL
  SELECT resource_id, priority::VARCHAR, 'tags.' || tag.key, tag.value
    FROM (SELECT resource_id, priority, unnest(map_entries(tags)) AS tag FROM listed_again)
), conflicts AS (
  SELECT resource_id, "column", arg_min("value", priority::BIGINT) AS counts, min(priority::BIGINT) AS first_priority,
    list({'value': "value", 'priority': priority::BIGINT}) AS listed
  FROM facts
  GROUP BY resource_id, "column"
  HAVING count(DISTINCT "value") > 1
)
SELECT count(*) OVER () AS conflicts, resource_id, "column", counts,
  list_min(list_transform(list_filter(listed, lambda t: t.value <> counts),
  lambda t: {'priority': t.priority, 'value': t.value})).value AS next
FROM conflicts
ORDER BY resource_id, "column"
LIMIT 3
