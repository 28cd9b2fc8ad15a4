-- Takes out what another bill has as well, with the rows that a dialect made out of it.

DELETE FROM charge_lines USING billed_elsewhere t
  WHERE charge_lines.file_id = t.file_id AND abs(charge_lines.ordinal) = t.ordinal;

UPDATE staged.files SET rows = rows - gone
FROM (SELECT file_id, count(*) AS gone FROM billed_elsewhere GROUP BY ALL) t WHERE files.file_id = t.file_id;

UPDATE staged.bill_rows SET rows = bill_rows.rows - gone
FROM (SELECT source_file, provider, count(*) AS gone FROM billed_elsewhere JOIN bill_groups USING (file_id)
  GROUP BY ALL) t
WHERE bill_rows.file = t.source_file AND bill_rows.provider = t.provider;

INSERT INTO taken_out SELECT older, newer, min(day), max(day), count(*) FROM billed_elsewhere GROUP BY ALL;

DELETE FROM billed_elsewhere;
