-- A tag is readable to whoever reads the report, and a saved scan is passed on: what looks like a secret stays behind.
-- It does before it gets into the store, in whose file a value that is changed later could still be read.
UPDATE work.resources AS r SET tags = clean.readable[1], attributes = clean.readable[2]
FROM (SELECT rowid AS id, all_without_secrets([tags, attributes]) AS readable FROM work.resources
  WHERE may_hold_secret(concat_ws(' ', tags::VARCHAR, attributes::VARCHAR))) clean
WHERE clean.id = r.rowid;
