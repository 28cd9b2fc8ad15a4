-- What goes by a number of the table of aliases gets the name.

UPDATE staged.texts AS t SET resource_id = a.resource_id FROM aliases a WHERE machine_number(t.resource_id) = a.number;
UPDATE work.usage_rows AS t SET resource_id = a.resource_id FROM aliases a
  WHERE machine_number(t.resource_id) = a.number;
UPDATE work.unusable_series AS t SET resource_id = a.resource_id FROM aliases a
  WHERE machine_number(t.resource_id) = a.number;
UPDATE work.rejected_hours AS t SET resource_id = a.resource_id FROM aliases a
  WHERE machine_number(t.resource_id) = a.number;
UPDATE work.metrics AS t SET resource_id = a.resource_id FROM aliases a WHERE machine_number(t.resource_id) = a.number;
UPDATE work.resources AS t
  SET resource_id = a.resource_id, workload = CASE WHEN t.workload = t.resource_id THEN a.resource_id
  ELSE t.workload END
FROM aliases a
WHERE machine_number(t.resource_id) = a.number;
