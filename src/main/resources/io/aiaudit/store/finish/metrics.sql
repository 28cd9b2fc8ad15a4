-- Metric hours, each once: of an hour that several slices tell, each statistic comes from the first slice that has it. Those of usage files alone are put together already.

CREATE TEMP TABLE told_again AS
SELECT resource_id, metric, hour
FROM work.metrics
WHERE (SELECT count(*) FROM work.metrics WHERE source <> 'files') > 0
GROUP BY ALL
HAVING count(*) > 1;

INSERT INTO metrics
SELECT resource_id, metric, hour, average, maximum, total, samples
FROM work.metrics ANTI JOIN told_again USING (resource_id, metric, hour);

INSERT INTO metrics
SELECT
  resource_id, metric, hour, arg_min(average, {'a': source, 'b': scope}), arg_min(maximum, {'a': source, 'b': scope}), arg_min(total, {'a': source, 'b': scope}),
  arg_min(samples, {'a': source, 'b': scope})
FROM work.metrics SEMI JOIN told_again USING (resource_id, metric, hour)
GROUP BY resource_id, metric, hour;

-- --absent-is-zero: hours that a usage file covers and leaves out, of resources in service that the file names or that are of a kind that has the metric. Not where a
-- parent or a part of the resource has the metric instead.
CREATE TEMP TABLE zero_hours AS
SELECT DISTINCT metric, unnest(range(first_hour, last_hour + INTERVAL 1 HOUR, INTERVAL 1 HOUR)) AS hour
FROM (
  SELECT z.metric, z.file_id, date_trunc('hour', min(u.moment)) AS first_hour, date_trunc('hour', max(u.moment)) AS last_hour
  FROM work.absent_is_zero z JOIN work.usage_rows u ON u.file_id = z.file_id
  GROUP BY ALL
);

INSERT INTO metrics
WITH
  having_it AS (SELECT DISTINCT resource_id, metric FROM metrics WHERE metric IN (SELECT metric FROM zero_hours)),
  kinds AS (SELECT DISTINCT r.kind, h.metric FROM having_it h JOIN resources r USING (resource_id)),
  named AS (SELECT DISTINCT u.resource_id, z.metric FROM work.absent_is_zero z JOIN work.usage_rows u ON u.file_id = z.file_id),
  related AS (
    SELECT d.resource_id, h.metric FROM having_it h JOIN descendants d ON d.top = h.resource_id
    UNION ALL SELECT d.top, h.metric FROM having_it h JOIN descendants d ON d.resource_id = h.resource_id
  ),
  filled AS (
    SELECT r.resource_id, k.metric FROM resources r JOIN kinds k ON k.kind = r.kind
    UNION SELECT resource_id, metric FROM named
    EXCEPT (SELECT resource_id, metric FROM related EXCEPT SELECT resource_id, metric FROM having_it)
  )
SELECT f.resource_id, f.metric, z.hour, 0, 0, 0, NULL
FROM filled f
JOIN resources r ON r.resource_id = f.resource_id
JOIN zero_hours z ON z.metric = f.metric AND z.hour + INTERVAL 1 HOUR > coalesce(r.created_at, z.hour) AND z.hour < coalesce(r.ended_at, z.hour + INTERVAL 1 HOUR)
LEFT JOIN metrics m ON m.resource_id = f.resource_id AND m.metric = f.metric AND m.hour = z.hour
WHERE m.hour IS NULL
  -- What a file told in percent is unknown, not zero.
  AND NOT EXISTS (SELECT 1 FROM work.percentages p WHERE p.resource_id = f.resource_id AND p.metric = f.metric);
