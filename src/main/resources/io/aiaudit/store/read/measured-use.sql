-- What each metric of some resources says of a span of time.
SELECT resource_id, metric, count(*) AS hours, avg(coalesce(average, maximum)) AS average,
  max(greatest(average, maximum)) AS highest, sum(total) AS total
FROM metrics
WHERE hour >= ? AND hour < ? AND resource_id IN (SELECT unnest(from_json(?::JSON, '["VARCHAR"]')))
  AND coalesce(average, maximum, total) IS NOT NULL
GROUP BY ALL
ORDER BY ALL
