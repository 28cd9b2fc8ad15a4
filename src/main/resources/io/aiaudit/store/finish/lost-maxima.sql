-- An hour whose maximum is lost may have held any: it was not measured (ADR 0158). Lost is what a series does not have
-- any more once it had maxima: before the first of them the source knew averages only. Of rows finer than an hour each
-- one that lacks it counts, unless most of them do: then the maxima are those of longer times.
CREATE TEMP TABLE lost_maxima AS
WITH partly AS (
  SELECT resource_id, metric, min(moment) FILTER (maximum IS NOT NULL) AS since
  FROM work.usage_rows
  WHERE request_hash IS NULL
  GROUP BY ALL
  HAVING since < max(moment) FILTER (maximum IS NULL AND average IS NOT NULL AND total IS NULL)
), times AS (        -- rows of one time complete each other
  SELECT resource_id, metric, moment, bool_or(maximum IS NOT NULL) AS has_maximum
  FROM work.usage_rows JOIN partly USING (resource_id, metric)
  WHERE moment >= since AND request_hash IS NULL
  GROUP BY resource_id, metric, part, moment
  HAVING bool_or(average IS NOT NULL) AND (has_maximum OR bool_and(total IS NULL))
), fine AS (
  SELECT resource_id, metric, date_trunc('hour', moment) AS hour, has_maximum,
    2 * count(*) FILTER (has_maximum) OVER (PARTITION BY resource_id, metric)
      > count(*) OVER (PARTITION BY resource_id, metric) AS is_usual
  FROM times
), coarse AS (
  SELECT resource_id, metric, min(hour) FILTER (maximum IS NOT NULL) AS since
  FROM metrics
  GROUP BY ALL
  HAVING since < max(hour) FILTER (maximum IS NULL AND average IS NOT NULL AND total IS NULL)
)
SELECT resource_id, metric, hour FROM fine WHERE is_usual AND NOT has_maximum
UNION
SELECT resource_id, metric, hour
FROM metrics JOIN coarse USING (resource_id, metric)
WHERE maximum IS NULL AND average IS NOT NULL AND total IS NULL AND hour > since
  -- some rows of the hour have one, which is not that of all its rows
  AND (resource_id, metric, hour) NOT IN (
    SELECT (resource_id, metric, date_trunc('hour', moment)) FROM work.usage_rows SEMI JOIN coarse
    USING (resource_id, metric) WHERE maximum IS NOT NULL);

INSERT INTO partial_hours
FROM lost_maxima ANTI JOIN partial_hours USING (resource_id, metric, hour);
