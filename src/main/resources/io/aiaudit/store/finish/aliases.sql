-- Machines that have two names: a bill of Google Cloud and the Ops Agent call them by a number, everything else by a name. Where an inventory tells the number of a name, what
-- goes by the number is of that name.

CREATE TEMP TABLE aliases AS
SELECT number, min(resource_id) AS resource_id
FROM (
  SELECT resource_id, unnest([attributes['instance_id'], attributes['id']]) AS number
  FROM work.resources
  WHERE starts_with(resource_id, '//compute.googleapis.com/') AND machine_number(resource_id) IS NULL
)
WHERE regexp_full_match(number, '[0-9]+')
GROUP BY number
HAVING count(DISTINCT resource_id) = 1;

UPDATE staged.texts AS t SET resource_id = a.resource_id FROM aliases a WHERE machine_number(t.resource_id) = a.number;
UPDATE work.usage_rows AS t SET resource_id = a.resource_id FROM aliases a WHERE machine_number(t.resource_id) = a.number;
UPDATE work.unusable_series AS t SET resource_id = a.resource_id FROM aliases a WHERE machine_number(t.resource_id) = a.number;
UPDATE work.metrics AS t SET resource_id = a.resource_id FROM aliases a WHERE machine_number(t.resource_id) = a.number;
UPDATE work.resources AS t SET resource_id = a.resource_id, workload = CASE WHEN t.workload = t.resource_id THEN a.resource_id ELSE t.workload END
FROM aliases a
WHERE machine_number(t.resource_id) = a.number;
