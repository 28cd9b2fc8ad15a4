-- Values of live sources that cannot be, by the definition that usage files have (impossible_value). The
-- hour is unknown, and so is the whole series of a ratio in percent or of averages above their maxima: its other hours
-- are the quiet ones. Rows of usage files are not here yet.
CREATE TEMP TABLE impossible_hours AS
SELECT resource_id, metric, hour, is_percentage(metric, average, maximum) AS is_percent,
  is_above_its_maximum(average, maximum) AND NOT coalesce(least(average, maximum, total) < 0, false) AS is_contradicted
FROM work.metrics
WHERE impossible_value(metric, average, maximum, total) IS NOT NULL;

INSERT INTO work.unusable_series
SELECT resource_id, metric, if(bool_or(is_percent), 'returned above', 'returned average'), min(hour)
FROM impossible_hours WHERE is_percent OR is_contradicted
GROUP BY resource_id, metric;

-- Such a series has no hour left.
INSERT INTO impossible_hours
SELECT resource_id, metric, hour, true, false
FROM work.metrics SEMI JOIN work.unusable_series USING (resource_id, metric)
  ANTI JOIN impossible_hours USING (resource_id, metric, hour);

DELETE FROM work.metrics
WHERE (resource_id, metric, hour) IN (SELECT (resource_id, metric, hour) FROM impossible_hours);

INSERT INTO partial_hours
SELECT DISTINCT resource_id, metric, hour FROM impossible_hours ANTI JOIN partial_hours
  USING (resource_id, metric, hour);
