-- A part of a resource, such as a component of an endpoint, that has rows in some hours of its series only: before its
-- first and after its last one it may have worked, and its rows be lost (ADR 79). It was not there where the inventory
-- says so, where as many other parts are, or where rows without a part are of all of them. Accelerators whose number is
-- known are counted (ADR 159). Those with addresses of machines that come and go with the load went with them.
CREATE TEMP TABLE ended_parts AS
WITH named AS (
  SELECT DISTINCT resource_id, metric, date_trunc('hour', moment) AS hour, coalesce(lower(part), '') AS part
  FROM work.usage_rows u
  WHERE resource_id IN (SELECT resource_id FROM work.usage_rows WHERE part <> '')
    -- such a file leaves out what is zero
    AND NOT EXISTS (FROM work.absent_is_zero z WHERE z.file_id = u.file_id AND z.metric = u.metric)
), counted AS (
  SELECT *, count(*) OVER (PARTITION BY resource_id, metric, hour) AS parts,
    min(hour) OVER (PARTITION BY resource_id, metric) AS series_first_hour,
    max(hour) OVER (PARTITION BY resource_id, metric) AS series_last_hour
  FROM named ANTI JOIN (FROM named WHERE part = '') whole USING (resource_id, metric, hour)
), series AS (        -- the hours of a part alone may be those that lack others
  SELECT resource_id, metric, quantile_disc(parts, 0.9) AS series_parts
  FROM (SELECT DISTINCT resource_id, metric, hour, parts FROM counted)
  GROUP BY ALL
), lasting AS (
  SELECT resource_id, metric, part, min(hour) AS first_hour, max(hour) AS last_hour,
    greatest(quantile_disc(parts, 0.5), max(series_parts)) AS usual_parts
  FROM counted JOIN series USING (resource_id, metric)
  GROUP BY resource_id, metric, part
  HAVING min(hour) > min(series_first_hour) OR max(hour) < max(series_last_hour)
), lifetimes AS (
  SELECT parent_id AS resource_id, created_at, ended_at,
    unnest(list_distinct([lower(name), lower(resource_id), lower(split_part(resource_id, '/', -1))])) AS part
  FROM resources
  WHERE parent_id IS NOT NULL
), judged AS (         -- where parts come by the thousand, those that begin last and end first say it of all hours
  SELECT l.*, v.created_at, v.ended_at
  FROM lasting l LEFT JOIN resources r USING (resource_id) LEFT JOIN lifetimes v USING (resource_id, part)
  WHERE NOT is_accelerator_name(l.part) OR (r.accelerator_count IS NULL
    AND (is_accelerator_number(l.part) OR r.kind IN ('instance', 'notebook')))
  QUALIFY v.part IS NOT NULL
    OR row_number() OVER (PARTITION BY resource_id, metric, usual_parts, v.part IS NULL ORDER BY first_hour DESC,
      l.part) <= 50
    OR row_number() OVER (PARTITION BY resource_id, metric, usual_parts, v.part IS NULL ORDER BY last_hour,
      l.part) <= 50
)
SELECT DISTINCT j.resource_id, j.metric, j.part, h.hour, h.hour > j.last_hour AS is_after
FROM judged j JOIN (SELECT DISTINCT resource_id, metric, hour, parts FROM counted) h USING (resource_id, metric)
WHERE (h.hour < j.first_hour AND h.hour + INTERVAL 1 HOUR > coalesce(j.created_at, h.hour)
    OR h.hour > j.last_hour AND h.hour < coalesce(j.ended_at, h.hour + INTERVAL 1 HOUR))
  AND h.parts < j.usual_parts;

INSERT INTO partial_hours
SELECT DISTINCT resource_id, metric, hour FROM ended_parts ANTI JOIN partial_hours USING (resource_id, metric, hour);

INSERT INTO warnings
SELECT format('{} of {}: {} has rows only {}. The other hours are not measured. If it was not there, write rows of 0 '
  || 'for them, or list all parts in the inventory with parent_id, created_at and ended_at.', metric, resource_id,
  if(parts = 1, format('"{}"', first_part),
    format('{} parts ("{}", ...)', if(parts < 50, parts::VARCHAR, '50 or more'), first_part)), span)
FROM (
  SELECT metric, resource_id, count(DISTINCT part) AS parts, min(part) AS first_part,
    concat_ws(' and ',
      'since ' || strftime(max(hour + INTERVAL 1 HOUR) FILTER (NOT is_after AND part = first), '%Y-%m-%d %H:%M'),
      'until ' || strftime(min(hour) FILTER (is_after AND part = first), '%Y-%m-%d %H:%M')) AS span
  FROM (SELECT *, min(part) OVER (PARTITION BY metric, resource_id) AS first FROM ended_parts)
  GROUP BY ALL)
ORDER BY ALL
LIMIT 5;
