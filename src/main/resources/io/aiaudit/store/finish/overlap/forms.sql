-- The same bill in two forms: two dialects, by the hour and by the day, with and without resources. Their rows cannot
-- be compared, but what an account costs on a day can: the same on four of five days that both have, within a percent.

CREATE TEMP TABLE file_forms AS
SELECT file_id, concat_ws(' ', dialect, is_daily, has_resources) AS form, is_daily, has_resources, rows
FROM bill_groups JOIN (
  SELECT
    if(is_run, bill_group, file_id::VARCHAR) AS whole,
    coalesce(median(epoch(ChargePeriodEnd) - epoch(ChargePeriodStart)) FILTER (ChargeCategory = 'Usage') > 3600,
      true) AS is_daily,
    bool_or(ResourceId IS NOT NULL) AS has_resources, count(*) AS rows
  FROM staged.bill JOIN bill_groups USING (file_id)
  GROUP BY ALL
) ON whole = if(is_run, bill_group, file_id::VARCHAR);

CREATE TEMP TABLE form_days AS
SELECT form, provider, coalesce(SubAccountId, BillingAccountId, '') AS account,
  date_trunc('day', ChargePeriodStart) AS day, sum(BilledCost) AS billed,
  coalesce(sum(BilledCost) FILTER (lower(ChargeCategory) = 'usage'), 0) AS usage
FROM staged.bill JOIN file_forms USING (file_id)
GROUP BY ALL;

-- The most detailed form counts: resources, then hours, then rows.
CREATE TEMP TABLE form_order AS
SELECT form,
  row_number() OVER (ORDER BY bool_or(has_resources) DESC, bool_and(is_daily), sum(rows) DESC, form) AS priority
  FROM file_forms GROUP BY form;

-- A day on which neither bills anything shows nothing: usage under a commitment is billed at 0, its fee in another
-- part. A fee that happens to be as high as the usage of its day is not that usage.
CREATE TEMP TABLE same_accounts AS
SELECT other, provider, account, arg_min(pairs.form, better.priority) AS form
FROM (
  SELECT a.form AS other, b.form, provider, account
  FROM form_days a JOIN form_days b USING (provider, account, day)
  WHERE a.form <> b.form AND (a.billed <> 0 OR b.billed <> 0)
  GROUP BY ALL
  HAVING count(*) FILTER (abs(a.billed - b.billed) <= abs(b.billed) * 0.01
    AND abs(a.usage - b.usage) <= abs(b.billed) * 0.5) * 5 >= count(*) * 4
) pairs
JOIN form_order worse ON worse.form = other JOIN form_order better ON better.form = pairs.form
WHERE better.priority < worse.priority
GROUP BY ALL;

INSERT INTO billed_elsewhere
SELECT b.file_id, ordinal, b.provider, d.day, g.group_name,
  (SELECT min(group_name) FROM bill_groups JOIN file_forms USING (file_id) WHERE file_forms.form = s.form)
FROM staged.bill b JOIN file_forms f USING (file_id) JOIN bill_groups g USING (file_id)
JOIN same_accounts s ON s.other = f.form AND s.provider = b.provider
  AND s.account = coalesce(SubAccountId, BillingAccountId, '')
JOIN form_days d ON d.form = s.form AND d.provider = s.provider AND d.account = s.account
  AND d.day = date_trunc('day', ChargePeriodStart)
WHERE ordinal > 0;
