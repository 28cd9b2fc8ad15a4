-- The same days of an account in several files. Parts of one export tell different rows of a day; exports that overlap tell the same ones, or nearly so when amounts were
-- restated in between. Of those, the newest counts for the days that both tell.

CREATE TEMP TABLE account_days AS
SELECT file_id, source_file, provider, coalesce(SubAccountId, BillingAccountId, '') AS account, date_trunc('day', ChargePeriodStart) AS day, count(*) FILTER (ordinal > 0) AS rows, sum(BilledCost) AS billed
FROM staged.bill
GROUP BY ALL;

CREATE TEMP TABLE shared_days AS
SELECT provider, account, day FROM account_days GROUP BY ALL HAVING count(*) > 1;

CREATE TEMP TABLE prints AS
SELECT file_id, provider, coalesce(SubAccountId, BillingAccountId, '') AS account, date_trunc('day', ChargePeriodStart) AS day,
  hash({'a': ChargePeriodStart, 'b': ChargePeriodEnd, 'c': BilledCost, 'd': EffectiveCost, 'e': resource_id, 'f': ServiceName, 'g': SkuId, 'h': SkuMeter, 'i': ChargeDescription,
    'j': ConsumedQuantity, 'k': charge_kind, 'l': CommitmentDiscountId}) AS print
FROM staged.bill
WHERE (provider, coalesce(SubAccountId, BillingAccountId, ''), date_trunc('day', ChargePeriodStart)) IN (FROM shared_days);

-- Rows that two files have in common on a day, counted as often as both have them.
CREATE TEMP TABLE equal_rows AS
WITH counted AS (SELECT file_id, provider, account, day, print, count(*) AS n FROM prints GROUP BY ALL),
  common AS (SELECT print FROM counted GROUP BY print HAVING count(DISTINCT file_id) > 1)
SELECT a.file_id AS a, b.file_id AS b, sum(least(a.n, b.n)) AS equal
FROM (FROM counted WHERE print IN (FROM common)) a JOIN (FROM counted WHERE print IN (FROM common)) b USING (provider, account, day, print)
WHERE a.file_id < b.file_id
GROUP BY ALL;

-- Two files tell the same when half of the rows are equal, or when two dialects add up to the same within a percent.
CREATE TEMP TABLE same_bill AS
WITH pairs AS (
  SELECT a.file_id AS a, b.file_id AS b, sum(a.rows) AS rows_a, sum(b.rows) AS rows_b, sum(a.billed) AS billed_a, sum(b.billed) AS billed_b
  FROM account_days a JOIN account_days b USING (provider, account, day)
  WHERE a.file_id < b.file_id AND ((a.file_id, b.file_id) IN (SELECT (a, b) FROM equal_rows)
    OR (SELECT dialect FROM staged.files f WHERE f.file_id = a.file_id) <> (SELECT dialect FROM staged.files f WHERE f.file_id = b.file_id))
  GROUP BY ALL
)
SELECT a, b FROM pairs LEFT JOIN equal_rows USING (a, b)
WHERE (coalesce(equal, 0) * 2 >= least(rows_a, rows_b) OR (equal IS NULL AND abs(billed_a - billed_b) <= abs(billed_a) * 0.01 AND billed_a <> 0))
  AND NOT EXISTS (FROM azure_kinds k JOIN azure_kinds l ON k.file_id = a AND l.file_id = b WHERE k.kind <> l.kind);

-- The newest: the one that goes on longest, then the one with more rows, then by name.
CREATE TEMP TABLE bill_order AS
SELECT file_id, row_number() OVER (ORDER BY max(day) DESC, sum(rows) DESC, source_file DESC) AS place FROM account_days GROUP BY file_id, source_file;

CREATE TEMP TABLE outdated_days AS
SELECT DISTINCT older.file_id, older.source_file, newer.source_file AS newer_file, older.provider, older.account, older.day, older.rows
FROM (SELECT a, b FROM same_bill UNION ALL SELECT b, a FROM same_bill) p
JOIN bill_order o ON o.file_id = p.a JOIN bill_order n ON n.file_id = p.b AND n.place < o.place
JOIN account_days older ON older.file_id = p.a JOIN account_days newer ON newer.file_id = p.b AND newer.provider = older.provider AND newer.account = older.account AND newer.day = older.day;

DELETE FROM charge_lines
USING staged.texts t JOIN outdated_days o ON o.provider = t.provider AND o.account = coalesce(t.SubAccountId, t.BillingAccountId, '')
WHERE t.text_id = charge_lines.text_id AND o.file_id = charge_lines.file_id AND o.day = date_trunc('day', charge_lines.ChargePeriodStart);

UPDATE staged.files SET rows = rows - gone
FROM (SELECT file_id, sum(rows) AS gone FROM (SELECT DISTINCT file_id, account, day, rows FROM outdated_days) GROUP BY ALL) o WHERE files.file_id = o.file_id;

UPDATE staged.bill_rows SET rows = bill_rows.rows - gone
FROM (SELECT source_file, provider, sum(rows) AS gone FROM (SELECT DISTINCT source_file, provider, account, day, rows FROM outdated_days) GROUP BY ALL) o
WHERE bill_rows.file = o.source_file AND bill_rows.provider = o.provider;
