-- The same bill in two forms. Their rows cannot be compared, but what an account costs on a day can: the same on four
-- of five days that both have, within a percent.

CREATE TEMP TABLE form_days AS
SELECT form, provider, account, day, sum(billed) AS billed, sum(usage) AS usage, sum(effective) AS effective,
  bool_and(knows_effective) AS knows_effective
FROM file_days JOIN file_forms USING (file_id)
GROUP BY ALL;

-- The most detailed form counts: resources, then hours, then rows.
CREATE TEMP TABLE form_order AS
SELECT form,
  row_number() OVER (ORDER BY bool_or(has_resources) DESC, bool_and(is_daily), sum(rows) DESC, form) AS priority
  FROM file_forms GROUP BY form;

CREATE TEMP TABLE same_accounts AS
SELECT other, provider, account, arg_min(pairs.form, better.priority) AS form
FROM (
  SELECT a.form AS other, b.form, provider, account
  FROM form_days a JOIN form_days b USING (provider, account, day)
  WHERE a.form <> b.form AND has_amounts(a, b)
  GROUP BY ALL
  HAVING count(*) FILTER (same_amounts(a, b)) * 5 >= count(*) * 4
) pairs
JOIN form_order worse ON worse.form = other JOIN form_order better ON better.form = pairs.form
WHERE better.priority < worse.priority
GROUP BY ALL;

INSERT INTO billed_elsewhere
SELECT b.file_id, ordinal, b.provider, d.day, g.group_name,
  (SELECT min(group_name) FROM bill_groups JOIN file_forms USING (file_id) WHERE file_forms.form = s.form)
FROM account_bill b JOIN file_forms f USING (file_id) JOIN bill_groups g USING (file_id)
JOIN same_accounts s ON s.other = f.form AND s.provider = b.provider AND s.account = b.account
JOIN form_days d ON d.form = s.form AND d.provider = s.provider AND d.account = s.account
  AND d.day = date_trunc('day', ChargePeriodStart)
WHERE ordinal > 0;
