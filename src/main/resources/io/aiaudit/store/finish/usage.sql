-- Rows of all usage files become hours, together: an hour may stand in two files.

INSERT INTO work.metrics
SELECT 'files', '', resource_id, metric, date_trunc('hour', moment), average, maximum, total, samples
FROM work.usage_rows ANTI JOIN crowded ON number = hour_number(resource_id, metric, moment);

INSERT INTO work.metrics
WITH told_once AS (
  -- The same time twice counts once, be it alike or not: the first one stays.
  SELECT * FROM work.usage_rows SEMI JOIN crowded ON number = hour_number(resource_id, metric, moment)
  QUALIFY row_number() OVER (PARTITION BY resource_id, metric, moment ORDER BY source, scope, file_id, ordinal) = 1
)
SELECT
  'files', '', resource_id, metric, date_trunc('hour', moment) AS hour,
  -- Weighted by samples where every row tells them.
  CASE WHEN count(samples) FILTER (average IS NOT NULL) = count(average) AND sum(samples) FILTER (average IS NOT NULL) > 0
       THEN sum(average * samples) / sum(samples) FILTER (average IS NOT NULL) ELSE avg(average) END,
  max(maximum), sum(total), sum(samples)
FROM told_once
GROUP BY resource_id, metric, date_trunc('hour', moment);
