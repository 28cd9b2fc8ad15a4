-- Unused: no hour in the window whose average is above `max_cpu`.
WITH work AS (
  SELECT resource_id, max(average) AS busiest
  FROM metrics
  WHERE metric = 'cpu_utilization'
  GROUP BY resource_id
)
SELECT
  resource_id,
  0 AS remaining,                                   -- the share of its cost that is left after the fix
  -- the whole claim; remaining keeps what of it is usually lost, as soon as you know
  0 AS remaining_best,
  'medium' AS confidence,
  format('{} had at most {:.0f} % CPU utilization in {:.0f} days.', coalesce(name, resource_id), 100 * busiest,
    seen_days) AS reason,
  busiest                                           -- further columns are evidence
FROM subject JOIN work USING (resource_id), param
WHERE busiest <= max_cpu
