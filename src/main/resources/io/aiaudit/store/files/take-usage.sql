-- A utilization above 1 is a percentage, and then all of its series is one: the rows that can be read are the quiet
-- hours, and alone they would make a busy machine look idle. An average above its maximum does the same. Such a series
-- is remembered and left out when all files are read (UnusableSeries).
INSERT INTO work.unusable_series
SELECT resource_id, metric, CASE WHEN bool_or(is_percentage(metric, average, maximum))
  THEN if(is_ratio(metric), 'percent', 'share') ELSE 'average' END, min(moment)
FROM work.usage_rows
WHERE bad IS NOT NULL
  AND (is_percentage(metric, average, maximum) OR is_above_its_maximum(average, maximum))
GROUP BY resource_id, metric;

INSERT INTO work.rejected_hours
SELECT DISTINCT resource_id, metric, date_trunc('hour', moment) FROM work.usage_rows
WHERE bad IS NOT NULL AND resource_id <> '' AND metric <> '';

DELETE FROM work.usage_rows WHERE bad IS NOT NULL;
