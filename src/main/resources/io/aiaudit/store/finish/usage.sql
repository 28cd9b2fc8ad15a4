-- Rows of all usage files become hours, together: an hour may stand in two files.

INSERT INTO work.metrics
SELECT 'files', '', resource_id, metric, date_trunc('hour', moment), average, maximum, total, samples
FROM work.usage_rows ANTI JOIN crowded ON number = hour_number(resource_id, metric, moment);

-- The highest of several maxima, of which some may be missing: then it is unknown, unless it shows more than the
-- averages do.
CREATE TEMP MACRO highest_of(maximum, average) AS CASE WHEN count(maximum) = count(coalesce(average, maximum))
  OR max(maximum) > max(average) THEN max(maximum) END;

INSERT INTO work.metrics
WITH times AS (
  -- The same time twice counts once; rows of one time complete each other. What is contradicted was left out.
  SELECT resource_id, metric, part, request_hash, moment, max(average) AS average, max(maximum) AS maximum,
    max(total) AS total, max(samples) AS samples
  FROM work.usage_rows SEMI JOIN crowded ON number = hour_number(resource_id, metric, moment)
  GROUP BY ALL
), parts AS (
  SELECT
    resource_id, metric, part, date_trunc('hour', moment) AS hour,
    -- Weighted by samples where every row has them.
    CASE WHEN count(samples) FILTER (average IS NOT NULL) = count(average)
      AND sum(samples) FILTER (average IS NOT NULL) > 0
         THEN sum(average * samples) / sum(samples) FILTER (average IS NOT NULL) ELSE avg(average) END AS average,
    highest_of(maximum, average) AS maximum, sum(total) AS total, sum(samples) AS samples
  FROM times
  GROUP BY resource_id, metric, part, date_trunc('hour', moment)
)
-- Accelerators, or other parts, of a resource: of what they use, the mean and the highest; of memory and latency, those
-- of the fullest and slowest; what is counted adds up.
SELECT
  'files', '', resource_id, metric, hour,
  CASE WHEN metric LIKE '%utilization' THEN avg(average)
    WHEN metric IN ('gpu_memory_used_gib', 'memory_used_gib', 'latency_ms') THEN max(average) ELSE sum(average) END,
  CASE WHEN metric LIKE '%utilization' OR metric IN ('gpu_memory_used_gib', 'memory_used_gib', 'latency_ms')
    THEN highest_of(maximum, average)
       WHEN count(maximum) = count(coalesce(average, maximum)) THEN sum(maximum) END,
  sum(total), sum(samples)
FROM parts
GROUP BY resource_id, metric, hour;
