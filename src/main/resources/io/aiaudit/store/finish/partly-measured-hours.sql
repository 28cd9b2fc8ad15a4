-- An hour that lacks times which its series usually has may have held work in those. Where the rest of the hour shows
-- none it was not measured: rows that are lost never make a resource idle. What an hour usually has is what nine of ten
-- have at most; a twentieth less is the drift of a clock. The first and the last hour are cut by the file itself.
DELETE FROM work.metrics AS m USING (
  WITH several AS (
    SELECT DISTINCT resource_id, metric FROM work.usage_rows SEMI JOIN crowded
      ON number = hour_number(resource_id, metric, moment)
  ), times AS (
    SELECT resource_id, metric, part, date_trunc('hour', moment) AS hour, count(DISTINCT moment) AS times
    FROM work.usage_rows SEMI JOIN several USING (resource_id, metric)
    WHERE request_hash IS NULL
    GROUP BY ALL
  ), usual AS (
    SELECT resource_id, metric, hour, times,
      quantile_disc(times, 0.9) OVER (PARTITION BY resource_id, metric, part) AS usual_times,
      min(hour) OVER (PARTITION BY resource_id, metric) AS first_hour,
      max(hour) OVER (PARTITION BY resource_id, metric) AS last_hour
    FROM times
  )
  SELECT DISTINCT resource_id, metric, hour FROM usual
  WHERE times < 0.95 * usual_times AND hour > first_hour AND hour < last_hour
) lacking
WHERE m.source = 'files' AND m.resource_id = lacking.resource_id AND m.metric = lacking.metric
  AND m.hour = lacking.hour
  AND CASE WHEN m.metric LIKE '%utilization' THEN coalesce(greatest(m.average, m.maximum), 0) <= 0.1
    ELSE m.metric IN ('requests', 'tokens_input', 'tokens_output', 'queue_depth', 'sessions', 'network_bytes')
      AND coalesce(greatest(m.average, m.maximum, m.total), 0) = 0 END;
