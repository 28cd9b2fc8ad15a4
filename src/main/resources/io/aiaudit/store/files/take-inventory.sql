-- The good rows of inventory files become resources, in the order of the files.

INSERT INTO work.resources BY NAME
SELECT * EXCLUDE (file_id, ordinal, bad), row_number() OVER (ORDER BY file_id, ordinal) AS seq FROM work.inventory_rows
  WHERE bad IS NULL;

DELETE FROM work.inventory_rows;
