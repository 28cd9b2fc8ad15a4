-- What the metrics of work add up to in a span of time, by resource.
SELECT resource_id, metric, count(*) AS hours, sum(total) AS total, avg(average) AS average
FROM metrics
WHERE hour >= ? AND hour < ? AND metric IN ('requests', 'tokens_input', 'tokens_output', 'tokens_cache_read',
  'tokens_cache_write', 'gpu_utilization', 'replicas')
  AND coalesce(total, average) IS NOT NULL
GROUP BY ALL
ORDER BY ALL
