-- Metric hours, each once: of an hour that several slices tell, each statistic comes from the first slice that has it.

INSERT INTO metrics
SELECT
  resource_id, metric, hour, arg_min(average, {'a': source, 'b': scope}), arg_min(maximum, {'a': source, 'b': scope}), arg_min(total, {'a': source, 'b': scope}),
  arg_min(samples, {'a': source, 'b': scope})
FROM work.metrics
GROUP BY resource_id, metric, hour;

-- --absent-is-zero: hours that the usage files cover and leave out, of resources in service that have the metric somewhere, or are of a kind that has it. Not where a
-- parent or a part of the resource has the metric instead.
CREATE TEMP TABLE zero_metrics AS
SELECT z.metric, z.source, z.scope, min(m.hour) AS first_hour, max(m.hour) AS last_hour
FROM work.absent_is_zero z JOIN work.metrics m ON m.source = z.source AND m.scope = z.scope
GROUP BY ALL;

INSERT INTO metrics
WITH
  having_it AS (SELECT DISTINCT m.resource_id, z.metric FROM zero_metrics z JOIN metrics m ON m.metric = z.metric),
  in_file AS (SELECT DISTINCT m.resource_id, z.metric, z.source, z.scope FROM zero_metrics z JOIN work.metrics m ON m.source = z.source AND m.scope = z.scope),
  kinds AS (SELECT DISTINCT r.kind, h.metric FROM having_it h JOIN resources r USING (resource_id)),
  related AS (
    SELECT d.resource_id, h.metric FROM having_it h JOIN descendants d ON d.top = h.resource_id
    UNION ALL SELECT d.top, h.metric FROM having_it h JOIN descendants d ON d.resource_id = h.resource_id
  ),
  filled AS (
    SELECT r.resource_id, z.metric, min(z.first_hour) AS first_hour, max(z.last_hour) AS last_hour, any_value(r.created_at) AS created_at, any_value(r.ended_at) AS ended_at
    FROM zero_metrics z JOIN resources r ON (r.kind, z.metric) IN (FROM kinds) OR (r.resource_id, z.metric, z.source, z.scope) IN (FROM in_file)
    WHERE (r.resource_id, z.metric) NOT IN (FROM related)
    GROUP BY r.resource_id, z.metric
  )
SELECT f.resource_id, f.metric, h.hour, 0, 0, 0, NULL
FROM (
  SELECT resource_id, metric, unnest(range(greatest(first_hour, date_trunc('hour', coalesce(created_at, first_hour))), least(last_hour + INTERVAL 1 HOUR, coalesce(ended_at, last_hour + INTERVAL 1 HOUR)), INTERVAL 1 HOUR)) AS hour
  FROM filled
) h JOIN filled f USING (resource_id, metric)
LEFT JOIN metrics m ON m.resource_id = h.resource_id AND m.metric = h.metric AND m.hour = h.hour
WHERE m.hour IS NULL;
