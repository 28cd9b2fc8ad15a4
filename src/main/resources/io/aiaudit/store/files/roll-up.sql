-- Usage rows of one file set become hours. Works on what is there and empties it.

-- The same row twice counts once; a second, different value for the same time is not added: the first one stays.
INSERT INTO work.metrics
WITH told_once AS (
  SELECT * FROM work.usage_rows WHERE bad IS NULL
  QUALIFY row_number() OVER (PARTITION BY resource_id, metric, moment ORDER BY file_id, ordinal) = 1
)
SELECT
  any_value(source), any_value(scope), resource_id, metric, date_trunc('hour', moment) AS hour,
  CASE WHEN count(samples) FILTER (average IS NOT NULL) = count(average) AND sum(samples) FILTER (average IS NOT NULL) > 0
       THEN sum(average * samples) / sum(samples) FILTER (average IS NOT NULL) ELSE avg(average) END,
  max(maximum), sum(total), sum(samples)
FROM told_once
GROUP BY resource_id, metric, date_trunc('hour', moment);

DELETE FROM work.usage_rows;
