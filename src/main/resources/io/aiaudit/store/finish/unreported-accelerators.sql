-- An hour in which fewer accelerators of a resource reported than it has: the others may have worked (ADR 0159). Judged
-- is what names each accelerator by its number, id or address. A row without a name is of all of them, and another
-- name, such as that of a component or of a slice, is of something else. Before the bill shows its present type a
-- machine may have had fewer; what runs on a machine beside others has as many as its inventory says.
CREATE TEMP TABLE unreported_accelerators AS
WITH having_several AS (
  SELECT r.resource_id, r.accelerator_count
  FROM resources r LEFT JOIN work.known_resources k USING (resource_id)
  WHERE r.accelerator_count > 1
    AND (k.accelerator_count IS NOT NULL OR (r.kind <> 'gpu_workload' AND r.attributes['runs_on'] IS NULL))
), types AS (
  SELECT resource_id, machine_type, max(ChargePeriodStart) AS last_start, max(ChargePeriodEnd) AS last_end
  FROM shaped JOIN shapes USING (shape) JOIN charge_lines USING (text_id)
  WHERE machine_type IS NOT NULL AND resource_id IN (SELECT resource_id FROM having_several)
  GROUP BY ALL
), resized AS (
  SELECT resource_id, max(last_end) AS since
  FROM (FROM types QUALIFY row_number() OVER (PARTITION BY resource_id ORDER BY last_start DESC, machine_type) > 1)
  GROUP BY ALL
), named AS (
  SELECT DISTINCT resource_id, metric, date_trunc('hour', moment) AS hour, coalesce(lower(part), '') AS part
  FROM work.usage_rows SEMI JOIN having_several USING (resource_id)
  WHERE metric IN ('gpu_utilization', 'gpu_memory_used_gib')
), reported AS (
  SELECT resource_id, metric, hour, count(*) AS parts
  FROM named
  GROUP BY resource_id, metric, hour
  HAVING bool_and(is_accelerator_name(part))
)
SELECT resource_id, metric, hour, parts, accelerator_count
FROM reported JOIN having_several USING (resource_id) LEFT JOIN resized USING (resource_id)
WHERE parts < accelerator_count AND hour >= coalesce(since, hour);

INSERT INTO partial_hours
SELECT resource_id, metric, hour FROM unreported_accelerators ANTI JOIN partial_hours
  USING (resource_id, metric, hour);

INSERT INTO warnings
SELECT format('{} of {}: in some hours only {} of its {:g} accelerators are in the usage file. These hours are not '
  || 'measured. Export all accelerators; leave the column gpu empty in rows that are of all of them.',
  metric, if(resources = 1, first_id, format('{:,} resources ({}, ...)', resources, first_id)), parts,
  accelerator_count)
FROM (
  SELECT metric, count(DISTINCT resource_id) AS resources, min(resource_id) AS first_id,
    arg_min(parts, {'a': resource_id, 'b': parts}) AS parts,
    arg_min(accelerator_count, resource_id) AS accelerator_count
  FROM unreported_accelerators GROUP BY metric)
ORDER BY metric;
