-- A row without average, maximum and total is of a time that was not measured: what lies in it may have been work, or
-- the highest value of all, so an hour that has other values was measured in part. Rows of one time may complete each
-- other. In the log of single requests, beside rows with a hash, a row is a request whatever its total (ADR 0234).
CREATE TEMP TABLE empty_times AS
WITH empty AS (
  SELECT DISTINCT resource_id, metric, coalesce(part, '') AS part, moment FROM work.usage_rows
  WHERE coalesce(average, maximum, total) IS NULL
    AND (resource_id, metric, file_id) NOT IN (SELECT (resource_id, metric, file_id) FROM work.usage_rows
      WHERE request_hash IS NOT NULL)
), valued AS (
  SELECT resource_id, metric, coalesce(part, '') AS part, moment FROM work.usage_rows
  WHERE coalesce(average, maximum, total) IS NOT NULL
)
SELECT resource_id, metric, moment, date_trunc('hour', moment) AS hour
FROM empty ANTI JOIN valued USING (resource_id, metric, part, moment)
WHERE (resource_id, metric, hour) IN (SELECT (resource_id, metric, hour) FROM work.metrics
  WHERE source = 'files' AND coalesce(average, maximum, total) IS NOT NULL);

INSERT INTO partial_hours
SELECT DISTINCT resource_id, metric, hour FROM empty_times ANTI JOIN partial_hours USING (resource_id, metric, hour);

INSERT INTO warnings
SELECT format('{} of {}: in {} some rows have no average, maximum or total, as at {}. These hours are not measured. '
  || 'Export the values, or write 0 where nothing came.', metric,
  if(resources = 1, first_id, format('{:,} resources ({}, ...)', resources, first_id)),
  if(hours = 1, 'one hour', format('{:,} hours', hours)), strftime(first_moment, '%Y-%m-%d %H:%M'))
FROM (
  SELECT metric, count(DISTINCT resource_id) AS resources, min(resource_id) AS first_id,
    count(DISTINCT (resource_id, hour)) AS hours,
    arg_min(moment, {'a': resource_id, 'b': moment}) AS first_moment
  FROM empty_times GROUP BY metric)
ORDER BY metric;
