-- The same bill in two versions of one form: the one lacks columns of the other, so their charges cannot be compared as
-- a whole. Nearly all rows of a day with the same resource, period and cost are the same charges, and so are those with
-- the same resource, period, meter and quantity at another price, as far as all versions have these; parts of one
-- export, of which one has a column more, have other resources.

CREATE TEMP TABLE version_days AS
SELECT form, provider, account, day
FROM account_days JOIN file_forms USING (file_id)
GROUP BY ALL HAVING min(version) <> max(version);

-- What no version of a form lacks. Without meter and quantity only a resource shows that two charges are one.
CREATE TEMP TABLE in_all_versions AS
SELECT form, bool_and(has_sku) AS has_sku, bool_and(has_meter) AS has_meter, bool_and(has_quantity) AS has_quantity
FROM (
  SELECT form, version, bool_or(SkuId IS NOT NULL) AS has_sku, bool_or(SkuMeter IS NOT NULL) AS has_meter,
    bool_or(ConsumedQuantity IS NOT NULL) AS has_quantity
  FROM staged.bill JOIN file_forms USING (file_id)
  WHERE form IN (SELECT form FROM version_days)
  GROUP BY ALL
)
GROUP BY form;

CREATE TEMP TABLE version_lines AS
SELECT form, version, provider, account, date_trunc('day', ChargePeriodStart) AS day, BilledCost AS billed, currency,
  ChargePeriodStart, ChargePeriodEnd, ChargeCategory, charge_kind,
  -- A report calls a service by its code or by its name.
  coalesce(resource_id, CASE WHEN f.form LIKE 'focus%' THEN ServiceName END) AS billed_on,
  resource_id IS NOT NULL OR has_meter OR has_sku AS has_identity,
  hash(CASE WHEN has_sku THEN SkuId END, CASE WHEN has_meter THEN SkuMeter END,
    CASE WHEN has_quantity THEN CAST(ConsumedQuantity AS DECIMAL(28,6)) END) AS used
FROM account_bill JOIN file_forms f USING (file_id) JOIN in_all_versions USING (form)
WHERE ordinal > 0
  AND (form, provider, account, date_trunc('day', ChargePeriodStart)) IN (FROM version_days);

CREATE TEMP TABLE version_rows AS
SELECT form, version, provider, account, day, 'cost' AS method,
  hash(ChargePeriodStart, ChargePeriodEnd, billed_on, CAST(billed AS DECIMAL(28,6)), currency) AS charge,
  count(*) AS rows
FROM version_lines GROUP BY ALL
UNION ALL
SELECT form, version, provider, account, day, 'identity',
  hash(ChargePeriodStart, ChargePeriodEnd, billed_on, ChargeCategory, charge_kind, used), count(*)
FROM version_lines WHERE has_identity GROUP BY ALL;

-- The newer version counts, then the one with more columns, then the one with more rows.
CREATE TEMP TABLE same_versions AS
WITH days AS (
  SELECT form, version, provider, account, day, count(*) AS rows FROM version_lines GROUP BY ALL
), versions AS (
  SELECT form, version,
    row_number() OVER (PARTITION BY form
      ORDER BY max(version_release) DESC, max(version_columns) DESC, sum(rows) DESC, version) AS priority
  FROM file_forms GROUP BY form, version
), common AS (
  SELECT form, provider, account, day, method, a.version, b.version AS better, sum(least(a.rows, b.rows)) AS rows
  FROM version_rows a JOIN version_rows b USING (form, provider, account, day, method, charge)
    JOIN versions x ON x.form = form AND x.version = a.version
    JOIN versions y ON y.form = form AND y.version = b.version
  WHERE y.priority < x.priority
  GROUP BY ALL
), pairs AS (
  SELECT a.form, a.provider, a.account, a.version, b.version AS better, y.priority,
    count(*) FILTER (coalesce(c.rows, 0) >= 0.9 * greatest(a.rows, b.rows)) AS same, count(*) AS days, m.method
  FROM days a JOIN days b USING (form, provider, account, day)
    JOIN versions x ON x.form = a.form AND x.version = a.version
    JOIN versions y ON y.form = a.form AND y.version = b.version
    CROSS JOIN (VALUES ('cost'), ('identity')) m(method)
    LEFT JOIN common c ON c.method = m.method AND c.form = a.form AND c.provider = a.provider
      AND c.account = a.account AND c.day = a.day AND c.version = a.version AND c.better = b.version
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
  SELECT (form, version, provider, account, day) FROM version_lines);

INSERT INTO other_sums
WITH days AS (
  SELECT form, version, provider, account, day, currency, sum(billed) AS billed FROM version_lines GROUP BY ALL
), names AS (
  SELECT form, version, min(older) AS older, min(newer) AS newer
  FROM billed_elsewhere JOIN file_forms USING (file_id) GROUP BY ALL
)
SELECT n.older, n.newer, a.currency, sum(a.billed), sum(b.billed), 0, 0, true
FROM same_versions s JOIN days a ON a.form = s.form AND a.version = s.version AND a.provider = s.provider
    AND a.account = s.account
  JOIN days b ON b.form = s.form AND b.version = s.better AND b.provider = s.provider AND b.account = s.account
    AND b.day = a.day AND b.currency IS NOT DISTINCT FROM a.currency
  JOIN names n ON n.form = s.form AND n.version = s.version
GROUP BY n.older, n.newer, a.currency;
