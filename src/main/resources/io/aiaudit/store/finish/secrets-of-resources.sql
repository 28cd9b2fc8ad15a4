-- A tag is readable to whoever reads the report, and a saved scan is passed on: what looks like a secret stays behind.
-- It does before it gets into the store, in whose file a value that is changed later could still be read. Ids and names
-- stay: without them a finding is of nothing.
UPDATE work.resources AS r
SET tags = clean.readable[1], attributes = clean.readable[2], kind = clean.texts[1], account_name = clean.texts[2],
  region = clean.texts[3], machine_type = clean.texts[4], accelerator = clean.texts[5], state = clean.texts[6],
  purchase = clean.texts[7]
FROM (SELECT rowid AS id, all_without_secrets([tags, attributes]) AS readable,
    all_without_tokens([kind, account_name, region, machine_type, accelerator, state, purchase]) AS texts
  FROM work.resources WHERE may_hold_secret(concat_ws(' ', tags::VARCHAR, attributes::VARCHAR, kind, account_name,
    region, machine_type, accelerator, state, purchase))) clean
WHERE clean.id = r.rowid;
