-- Metric hours, each once: of an hour that several slices have, each statistic comes from the first slice that has it.
-- Those of usage files alone are put together already.

CREATE TEMP TABLE measured_again AS
SELECT resource_id, metric, hour
FROM work.metrics
WHERE (SELECT count(*) FROM work.metrics WHERE source <> 'files') > 0
GROUP BY ALL
HAVING count(*) > 1;

INSERT INTO metrics
SELECT resource_id, metric, hour, average, maximum, total, samples
FROM work.metrics ANTI JOIN measured_again USING (resource_id, metric, hour);

INSERT INTO metrics
SELECT
  resource_id, metric, hour, arg_min(average, {'a': source, 'b': scope}), arg_min(maximum, {'a': source, 'b': scope}),
  arg_min(total, {'a': source, 'b': scope}),
  arg_min(samples, {'a': source, 'b': scope})
FROM work.metrics SEMI JOIN measured_again USING (resource_id, metric, hour)
GROUP BY resource_id, metric, hour;
