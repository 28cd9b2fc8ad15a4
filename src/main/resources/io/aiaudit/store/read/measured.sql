-- How many resources of each provider and kind there are, and how many of them have each metric.
WITH
  known AS (SELECT resource_id, coalesce(provider, 'other') AS provider, kind FROM resources
    WHERE kind IS NOT NULL AND kind <> 'account'),
  measured AS (SELECT DISTINCT resource_id, metric FROM metrics)
SELECT provider, kind, NULL AS metric, count(*) AS resources FROM known GROUP BY ALL
UNION ALL
SELECT provider, kind, metric, count(*) FROM known JOIN measured USING (resource_id) GROUP BY ALL
ORDER BY provider, kind, metric NULLS FIRST
