-- Metrics of which a usage file has one time of one part several times and not alike. Which of the values is right
-- is unknown, and the hours that differ are the busy ones, so that none of the series can be used.

CREATE TEMP MACRO differ(measured) AS coalesce(max(measured) - min(measured) > 1e-6 * max(measured), false);

INSERT INTO work.unusable_series
SELECT resource_id, metric, 'differently', min(moment)
FROM (
  SELECT resource_id, metric, part, request_hash, moment
  FROM work.usage_rows SEMI JOIN crowded ON number = hour_number(resource_id, metric, moment)
  GROUP BY ALL
  HAVING differ(average) OR differ(maximum) OR differ(total)
)
GROUP BY resource_id, metric;
