-- --absent-is-zero: hours that a usage file covers and leaves out. It covers what it names, and what is of a kind that
-- it names with that metric in the same account and region: others are not covered, so that their hours stay
-- missing. Hours are those between its first and last row there.
CREATE TEMP MACRO place_of(r) AS CASE WHEN r.account_id IS NOT NULL AND r.region IS NOT NULL
  THEN {'provider': r.provider, 'account': r.account_id, 'region': r.region} END;

CREATE TEMP TABLE hours_of_files AS
SELECT u.file_id, u.resource_id, u.metric, r.kind, place_of(r) AS place,
  date_trunc('hour', min(u.moment)) AS first_hour, date_trunc('hour', max(u.moment)) AS last_hour
FROM work.usage_rows u JOIN resources r ON r.resource_id = u.resource_id
WHERE u.file_id IN (SELECT file_id FROM work.absent_is_zero)
GROUP BY ALL;

INSERT INTO metrics
WITH
  -- Of a place that nobody knows: all of the file.
  covered_hours AS (
    SELECT file_id, place, min(first_hour) AS first_hour, max(last_hour) AS last_hour FROM hours_of_files
      WHERE place IS NOT NULL GROUP BY ALL
    UNION ALL SELECT file_id, NULL, min(first_hour), max(last_hour) FROM hours_of_files GROUP BY ALL
  ),
  covered_kinds AS (SELECT DISTINCT file_id, metric, kind, place FROM hours_of_files
    JOIN work.absent_is_zero USING (file_id, metric) WHERE place IS NOT NULL),
  -- Not where a parent or a part of the resource has the metric instead.
  having_it AS (SELECT DISTINCT resource_id, metric FROM metrics
    WHERE metric IN (SELECT metric FROM work.absent_is_zero)),
  related AS (
    SELECT d.resource_id, h.metric FROM having_it h JOIN descendants d ON d.top = h.resource_id
    UNION ALL SELECT d.top, h.metric FROM having_it h JOIN descendants d ON d.resource_id = h.resource_id
  ),
  filled AS (
    SELECT resource_id, z.metric, file_id, place FROM hours_of_files JOIN work.absent_is_zero z USING (file_id)
    UNION SELECT r.resource_id, k.metric, k.file_id, k.place FROM resources r
      JOIN covered_kinds k ON k.kind = r.kind AND k.place = place_of(r)
      -- What is left of a bill after all parts is no thing that could be measured.
      WHERE r.attributes['unallocated'] IS NULL
  ),
  zero_hours AS (
    SELECT DISTINCT resource_id, metric, unnest(range(first_hour, last_hour + INTERVAL 1 HOUR, INTERVAL 1 HOUR)) AS hour
    FROM filled f JOIN covered_hours h ON h.file_id = f.file_id AND h.place IS NOT DISTINCT FROM f.place
    WHERE (resource_id, metric) NOT IN (SELECT (resource_id, metric) FROM related EXCEPT SELECT (resource_id, metric)
      FROM having_it)
      -- What cannot be true is unknown, not zero.
      AND (resource_id, metric) NOT IN (SELECT (resource_id, metric) FROM work.unusable_series)
  )
SELECT z.resource_id, z.metric, z.hour, 0, 0, 0, NULL
FROM zero_hours z
JOIN resources r ON r.resource_id = z.resource_id AND z.hour + INTERVAL 1 HOUR > coalesce(r.created_at, z.hour)
  AND z.hour < coalesce(r.ended_at, z.hour + INTERVAL 1 HOUR)
ANTI JOIN metrics m ON m.resource_id = z.resource_id AND m.metric = z.metric AND m.hour = z.hour;
