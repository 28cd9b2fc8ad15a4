-- An hour that lacks times which its series usually has may have held anything in those: it was not measured, though
-- the work that its other rows show was done. What an hour usually has is what nine of ten have at most, or as many as
-- there are steps in an hour, where two rows of five at least follow each other by one step: the same minute may be
-- lost in every hour. A twentieth less is the drift of a clock. Before the first row of a series and after its last one
-- nothing is lacking: there the file is cut. Nor was an hour measured that lacks a part, such as an accelerator, which
-- the hours around it have, unless another one replaces it. The single requests of a log come when they come: beside
-- rows with a hash, in one file and of one resource, a row of one request without a hash is no sample either.
CREATE TEMP TABLE measured_times AS
WITH several AS (
  SELECT DISTINCT resource_id, metric FROM work.usage_rows SEMI JOIN crowded
    ON number = hour_number(resource_id, metric, moment)
  -- what a file leaves out as zero is not lacking
  ANTI JOIN work.absent_is_zero USING (file_id, metric)
), logs AS (
  SELECT DISTINCT resource_id, metric, file_id, 1.0::DOUBLE AS total
  FROM work.usage_rows
  WHERE request_hash IS NOT NULL
)
SELECT DISTINCT resource_id, metric, coalesce(part, '') AS part, date_trunc('hour', moment) AS hour, moment
FROM (SELECT * REPLACE (coalesce(total, 1) AS total) FROM work.usage_rows WHERE request_hash IS NULL)
  SEMI JOIN several USING (resource_id, metric) ANTI JOIN logs USING (resource_id, metric, file_id, total);

INSERT INTO partial_hours
WITH gaps AS (
  SELECT resource_id, metric, part,
    epoch(moment - lag(moment) OVER (PARTITION BY resource_id, metric, part ORDER BY moment)) AS seconds
  FROM measured_times
), quartiles AS (
  SELECT resource_id, metric, part, quantile_disc(seconds, 0.25) AS step FROM gaps WHERE seconds < 3600 GROUP BY ALL
), steps AS (        -- the parts of a resource are measured together
  SELECT resource_id, metric, min(step) AS step
  FROM (
    SELECT resource_id, metric, part, step FROM gaps JOIN quartiles USING (resource_id, metric, part)
    WHERE seconds < 3600
    GROUP BY resource_id, metric, part, step
    HAVING count(*) FILTER (abs(seconds - step) <= 0.05 * step) >= 0.4 * count(*)
  )
  GROUP BY ALL
), times AS (
  SELECT resource_id, metric, part, hour, count(*) AS times, min(moment) AS first_time, max(moment) AS last_time
  FROM measured_times
  GROUP BY ALL
), usual AS (
  SELECT resource_id, metric, hour, times, first_time, last_time,
    greatest(quantile_disc(times, 0.9) OVER (PARTITION BY resource_id, metric, part),
      floor(3600 / step)) AS usual_times,
    min(hour) OVER (PARTITION BY resource_id, metric) AS first_hour,
    max(hour) OVER (PARTITION BY resource_id, metric) AS last_hour
  FROM times LEFT JOIN steps USING (resource_id, metric)
), expected AS (
  SELECT *, usual_times * (1 - if(hour = first_hour, epoch(first_time - hour) / 3600, 0)
    - if(hour = last_hour, 1 - 1.0 / usual_times - epoch(last_time - hour) / 3600, 0)) AS expected_times
  FROM usual
), parts AS (
  SELECT *, quantile_disc(parts, 0.9) OVER (PARTITION BY resource_id, metric) AS usual_parts
  FROM (SELECT resource_id, metric, hour, count(nullif(part, '')) AS parts FROM times
    GROUP BY resource_id, metric, hour)
), lasting AS (
  SELECT resource_id, metric, part, min(hour) AS first_hour, max(hour) AS last_hour
  FROM times
  WHERE part <> '' GROUP BY ALL
)
SELECT resource_id, metric, hour FROM expected WHERE times < 0.95 * expected_times
UNION
SELECT resource_id, metric, hour
FROM parts JOIN lasting USING (resource_id, metric)
WHERE hour BETWEEN lasting.first_hour AND lasting.last_hour AND parts.parts < usual_parts
GROUP BY resource_id, metric, hour, parts.parts HAVING count(*) > parts.parts;
