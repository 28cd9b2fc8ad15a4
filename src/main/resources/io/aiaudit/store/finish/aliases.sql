-- Machines that have two names: a bill of Google Cloud and the Ops Agent call them by a number, everything else by a
-- name. Where an inventory has the number of a name, what goes by the number is of that name.

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
