-- The same bill in two versions of one form: the one lacks columns of the other, so their charges cannot be compared as
-- a whole. Nearly all rows of a day with the same resource, period and cost are the same charges; parts of one export,
-- of which one has a column more, have other resources.

CREATE TEMP TABLE version_days AS
SELECT form, provider, account, day
FROM account_days JOIN file_forms USING (file_id)
GROUP BY ALL HAVING min(version) <> max(version);

CREATE TEMP TABLE version_rows AS
SELECT form, version, provider, account, date_trunc('day', ChargePeriodStart) AS day,
  -- A report calls a service by its code or by its name.
  hash(ChargePeriodStart, ChargePeriodEnd, coalesce(resource_id, CASE WHEN f.form LIKE 'focus%' THEN ServiceName END),
    CAST(BilledCost AS DECIMAL(28,6)), currency) AS charge, count(*) AS rows
FROM account_bill JOIN file_forms f USING (file_id)
WHERE ordinal > 0
  AND (form, provider, account, date_trunc('day', ChargePeriodStart)) IN (FROM version_days)
GROUP BY ALL;

-- The version with more columns counts, then the one with more rows.
CREATE TEMP TABLE same_versions AS
WITH days AS (
  SELECT form, version, provider, account, day, sum(rows) AS rows FROM version_rows GROUP BY ALL
), versions AS (
  SELECT form, version,
    row_number() OVER (PARTITION BY form ORDER BY max(version_columns) DESC, sum(rows) DESC, version) AS priority
  FROM file_forms GROUP BY form, version
), common AS (
  SELECT form, provider, account, day, a.version, b.version AS better, sum(least(a.rows, b.rows)) AS rows
  FROM version_rows a JOIN version_rows b USING (form, provider, account, day, charge)
    JOIN versions x ON x.form = form AND x.version = a.version
    JOIN versions y ON y.form = form AND y.version = b.version
  WHERE y.priority < x.priority
  GROUP BY ALL
), pairs AS (
  SELECT a.form, a.provider, a.account, a.version, b.version AS better, y.priority,
    count(*) FILTER (coalesce(c.rows, 0) >= 0.9 * greatest(a.rows, b.rows)) AS same, count(*) AS days
  FROM days a JOIN days b USING (form, provider, account, day)
    JOIN versions x ON x.form = a.form AND x.version = a.version
    JOIN versions y ON y.form = a.form AND y.version = b.version
    LEFT JOIN common c ON c.form = a.form AND c.provider = a.provider AND c.account = a.account AND c.day = a.day
      AND c.version = a.version AND c.better = b.version
  WHERE y.priority < x.priority
  GROUP BY ALL
)
SELECT form, provider, account, version, arg_min(better, priority) AS better
FROM pairs WHERE same * 5 >= days * 4
GROUP BY ALL;

INSERT INTO billed_elsewhere
WITH names AS (    -- a group that has both says too little
  SELECT file_id, if(min(version) OVER groups <> max(version) OVER groups, source_file, group_name) AS name
  FROM bill_groups JOIN file_forms USING (file_id) WINDOW groups AS (PARTITION BY bill_group)
), kept AS (
  SELECT form, version, min(name) AS name FROM file_forms JOIN names USING (file_id) GROUP BY ALL
)
SELECT b.file_id, ordinal, b.provider, date_trunc('day', ChargePeriodStart), n.name, k.name
FROM account_bill b JOIN file_forms f USING (file_id) JOIN names n USING (file_id)
JOIN same_versions s ON s.form = f.form AND s.version = f.version AND s.provider = b.provider AND s.account = b.account
JOIN kept k ON k.form = s.form AND k.version = s.better
WHERE ordinal > 0 AND (s.form, s.better, b.provider, b.account, date_trunc('day', ChargePeriodStart)) IN (
  SELECT (form, version, provider, account, day) FROM version_rows);
