-- What needs no thought is copied.
INSERT INTO files SELECT * EXCLUDE (file_id, source, scope) FROM (FROM staged.files UNION ALL FROM work.files)
  ORDER BY source, scope, file_id;
INSERT INTO rejects SELECT * EXCLUDE (source, scope) FROM (FROM staged.rejects UNION ALL FROM work.rejects)
  ORDER BY source, scope, file, record;
INSERT INTO bill_rows SELECT * FROM staged.bill_rows ORDER BY ALL;
INSERT INTO listings
SELECT DISTINCT provider FROM resources WHERE provider IS NOT NULL AND resource_id IN (
  SELECT resource_id FROM work.resources WHERE source NOT IN ('~bill', '~usage')) ORDER BY ALL;
-- once, however many slices have it
INSERT INTO warnings SELECT message FROM work.warnings GROUP BY message ORDER BY min(source), min(scope), message;
INSERT INTO advice SELECT DISTINCT * EXCLUDE (currency) FROM work.advice ORDER BY ALL;
INSERT INTO gaps SELECT * FROM work.gaps ORDER BY ALL;

INSERT INTO commitments SELECT DISTINCT * EXCLUDE (currency) FROM work.commitments ORDER BY ALL;
