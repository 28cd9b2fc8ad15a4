-- What only the joining needed goes.
DROP SCHEMA staged CASCADE;
ALTER TABLE charge_lines DROP COLUMN file_id;
ALTER TABLE charge_lines DROP COLUMN ordinal;
ALTER TABLE charge_lines DROP COLUMN bad;
ALTER TABLE charge_lines DROP COLUMN row_hash;
