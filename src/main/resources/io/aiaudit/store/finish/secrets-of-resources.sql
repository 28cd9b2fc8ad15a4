-- A tag is readable to whoever reads the report, and a saved scan is passed on: what looks like a secret stays behind.
UPDATE resources AS r SET tags = clean.readable[1], attributes = clean.readable[2]
FROM (SELECT resource_id, all_without_secrets([tags, attributes]) AS readable FROM resources
  WHERE may_hold_secret(tags::VARCHAR) OR may_hold_secret(attributes::VARCHAR)) clean
WHERE clean.resource_id = r.resource_id;
