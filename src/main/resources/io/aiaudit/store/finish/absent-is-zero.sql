-- --absent-is-zero: hours that a usage file covers and leaves out. It covers what is of a kind that it names with that
-- metric in the same account and region; where account or region is unknown, what it names of such a kind. Others are
-- not covered, so that their hours stay missing. Hours are those between its first and last row there, as long as it
-- has rows of that metric at all: where these begin or end more than a day before its others, the metric was not
-- exported there (ADR 0157).
CREATE TEMP MACRO account_region_of(r) AS CASE WHEN r.account_id IS NOT NULL AND r.region IS NOT NULL
  THEN {'provider': r.provider, 'account': account_key(r.account_id), 'region': r.region} END;

CREATE TEMP TABLE hours_of_files AS
SELECT u.file_id, u.resource_id, u.metric, r.kind, account_region_of(r) AS account_region,
  date_trunc('hour', min(u.moment)) AS first_hour, date_trunc('hour', max(u.moment)) AS last_hour
FROM work.usage_rows u JOIN resources r ON r.resource_id = u.resource_id
WHERE u.file_id IN (SELECT file_id FROM work.absent_is_zero)
GROUP BY ALL;

CREATE TEMP TABLE counted_hours AS
WITH
  -- Where account or region is unknown: all of the file.
  covered_hours AS (
    SELECT file_id, account_region, min(first_hour) AS first_hour, max(last_hour) AS last_hour FROM hours_of_files
      WHERE account_region IS NOT NULL GROUP BY ALL
    UNION ALL SELECT file_id, NULL, min(first_hour), max(last_hour) FROM hours_of_files GROUP BY ALL
  ),
  series AS (
    SELECT *, min(first_hour) OVER here AS first_here, max(last_hour) OVER here AS last_here
    FROM hours_of_files JOIN work.absent_is_zero USING (file_id, metric)
    WINDOW here AS (PARTITION BY file_id, metric, account_region)
  ),
  of_files AS (SELECT file_id, metric, min(first_hour) AS first_hour, max(last_hour) AS last_hour FROM series
    GROUP BY ALL),
  -- One series that ends may have gone quiet; several of a region that end together were cut.
  of_regions AS (SELECT file_id, metric, account_region,
    if(count(*) FILTER (first_hour <= first_here + INTERVAL 1 DAY) > 1, any_value(first_here), NULL) AS first_hour,
    if(count(*) FILTER (last_hour >= last_here - INTERVAL 1 DAY) > 1, any_value(last_here), NULL) AS last_hour
    FROM series WHERE account_region IS NOT NULL GROUP BY ALL)
SELECT c.file_id, f.metric, c.account_region, c.first_hour AS first_row, c.last_hour AS last_row,
  coalesce(p.first_hour, f.first_hour) AS begins, coalesce(p.last_hour, f.last_hour) AS ends,
  begins > c.first_hour + INTERVAL 1 DAY AS is_late, ends < c.last_hour - INTERVAL 1 DAY AS is_cut,
  if(is_late, begins, c.first_hour) AS first_hour, if(is_cut, ends, c.last_hour) AS last_hour
FROM covered_hours c JOIN of_files f USING (file_id)
  LEFT JOIN of_regions p ON p.file_id = c.file_id AND p.metric = f.metric AND p.account_region = c.account_region;

INSERT INTO warnings
WITH cut AS (
  SELECT file_id, metric, min(ends) FILTER (is_cut) AS ends, max(begins) FILTER (is_late) AS begins,
    max(last_row) FILTER (is_cut) AS last_row, min(first_row) FILTER (is_late) AS first_row
  FROM counted_hours c
  WHERE EXISTS (FROM hours_of_files h
    WHERE h.file_id = c.file_id AND h.account_region IS NOT DISTINCT FROM c.account_region)
  GROUP BY ALL
)
SELECT format('{}: {} {}. What lies outside is unknown, not 0. Export it for all hours; where nothing came, write a '
    || 'row of 0 there.', f.file, metric, concat_ws(' and ',
      strftime(begins, 'begins only at %Y-%m-%d %H:%M') || strftime(first_row, ' (other metrics at %Y-%m-%d %H:%M)'),
      strftime(ends, 'ends at %Y-%m-%d %H:%M') || strftime(last_row, ' (other metrics at %Y-%m-%d %H:%M)')))
FROM cut JOIN work.files f USING (file_id)
WHERE coalesce(ends, begins) IS NOT NULL;

INSERT INTO metrics
WITH
  covered_kinds AS (SELECT DISTINCT file_id, metric, kind, account_region FROM hours_of_files
    JOIN work.absent_is_zero USING (file_id, metric) WHERE account_region IS NOT NULL),
  -- Not where a parent or a part of the resource has the metric instead.
  having_it AS (SELECT DISTINCT resource_id, metric FROM metrics
    WHERE metric IN (SELECT metric FROM work.absent_is_zero)),
  related AS (
    SELECT d.resource_id, h.metric FROM having_it h JOIN descendants d ON d.top = h.resource_id
    UNION ALL SELECT d.top, h.metric FROM having_it h JOIN descendants d ON d.resource_id = h.resource_id
    -- a part that no inventory lists has no share of its parent, but it is one
    UNION ALL SELECT r.parent_id, h.metric FROM having_it h JOIN resources r USING (resource_id)
      WHERE r.parent_id IS NOT NULL
  ),
  filled AS (
    SELECT resource_id, k.metric, file_id, NULL AS account_region FROM hours_of_files h
      JOIN (SELECT DISTINCT file_id, metric, kind FROM hours_of_files) k USING (file_id, kind)
      JOIN work.absent_is_zero z USING (file_id) WHERE z.metric = k.metric AND h.account_region IS NULL
    UNION SELECT r.resource_id, k.metric, k.file_id, k.account_region FROM resources r
      JOIN covered_kinds k ON k.kind = r.kind AND k.account_region = account_region_of(r)
      -- What is left of a bill after all parts is no thing that could be measured.
      WHERE r.attributes['unallocated'] IS NULL
  ),
  zero_hours AS (
    SELECT DISTINCT
      resource_id, f.metric, unnest(range(first_hour, last_hour + INTERVAL 1 HOUR, INTERVAL 1 HOUR)) AS hour
    FROM filled f JOIN counted_hours h ON h.file_id = f.file_id AND h.metric = f.metric
      AND h.account_region IS NOT DISTINCT FROM f.account_region
    WHERE (resource_id, f.metric) NOT IN (SELECT (resource_id, metric) FROM related EXCEPT SELECT (resource_id, metric)
      FROM having_it)
      -- What cannot be true is unknown, not zero.
      AND (resource_id, f.metric) NOT IN (SELECT (resource_id, metric) FROM work.unusable_series)
      -- Any of its hours may be that of a row whose time cannot be read.
      AND (resource_id, f.metric) NOT IN (SELECT (resource_id, metric) FROM work.rejected_hours WHERE hour IS NULL)
  )
SELECT z.resource_id, z.metric, z.hour, 0, 0, 0, NULL
FROM zero_hours z
JOIN resources r ON r.resource_id = z.resource_id AND z.hour + INTERVAL 1 HOUR > coalesce(r.created_at, z.hour)
  AND z.hour < coalesce(r.ended_at, z.hour + INTERVAL 1 HOUR)
ANTI JOIN metrics m ON m.resource_id = z.resource_id AND m.metric = z.metric AND m.hour = z.hour;
