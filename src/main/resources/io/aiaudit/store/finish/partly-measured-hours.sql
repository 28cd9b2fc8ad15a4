-- An hour that lacks times which its series usually has may have held anything in those: it was not measured, though
-- the work that its other rows show was done. What an hour usually has is what nine of ten have at most; a twentieth
-- less is the drift of a clock. Before the first row of a series and after its last one nothing is lacking: there the
-- file is cut.
INSERT INTO partial_hours
WITH several AS (
  SELECT DISTINCT resource_id, metric FROM work.usage_rows SEMI JOIN crowded
    ON number = hour_number(resource_id, metric, moment)
), times AS (
  SELECT resource_id, metric, part, date_trunc('hour', moment) AS hour, count(DISTINCT moment) AS times,
    min(moment) AS first_time, max(moment) AS last_time
  FROM work.usage_rows SEMI JOIN several USING (resource_id, metric)
  WHERE request_hash IS NULL
  GROUP BY ALL
), usual AS (
  SELECT resource_id, metric, hour, times, first_time, last_time,
    quantile_disc(times, 0.9) OVER (PARTITION BY resource_id, metric, part) AS usual_times,
    min(hour) OVER (PARTITION BY resource_id, metric) AS first_hour,
    max(hour) OVER (PARTITION BY resource_id, metric) AS last_hour
  FROM times
), expected AS (
  SELECT *, usual_times * (1 - if(hour = first_hour, epoch(first_time - hour) / 3600, 0)
    - if(hour = last_hour, 1 - 1.0 / usual_times - epoch(last_time - hour) / 3600, 0)) AS expected_times
  FROM usual
)
SELECT DISTINCT resource_id, metric, hour FROM expected WHERE times < 0.95 * expected_times;
