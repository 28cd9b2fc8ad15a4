-- The same bill in two forms. Their rows cannot be compared, but what an account costs on a day can: the same on four
-- of five days that both have, within a percent.

CREATE TEMP TABLE form_days AS
SELECT form, is_call, provider, account, currency, day, sum(billed) AS billed, sum(usage) AS usage,
  sum(effective) AS effective, bool_and(knows_effective) AS knows_effective
FROM file_days JOIN file_forms USING (file_id)
GROUP BY ALL;

-- The most detailed form counts: resources, then hours, then rows.
CREATE TEMP TABLE form_order AS
SELECT form,
  row_number() OVER (ORDER BY bool_or(has_resources) DESC, bool_and(is_daily), sum(rows) DESC, form) AS priority
  FROM file_forms GROUP BY form;

-- What a commitment pays for is billed at 0, and only one of two forms may know what it is worth. The other bills that
-- worth, or bills nothing for nearly all of the same resources.
CREATE TEMP TABLE days_of_worth AS
SELECT a.form AS lacking, b.form AS knowing, provider, account, day, abs(a.effective) < 0.005 AS bills_nothing
FROM form_days a JOIN form_days b USING (provider, account, currency, day)
WHERE a.form <> b.form AND a.is_call = b.is_call AND b.knows_effective AND NOT a.knows_effective AND b.effective > 0.005
  AND abs(b.billed) < 0.005 AND abs(b.usage) < 0.005
  AND (abs(a.effective - b.effective) <= b.effective * 0.01
    OR (abs(a.billed) < 0.005 AND abs(a.usage) < 0.005 AND abs(a.effective) < 0.005));

DELETE FROM days_of_worth WHERE bills_nothing AND (lacking, knowing, provider, account, day) NOT IN (
  WITH resources AS (
    SELECT DISTINCT form, provider, account, date_trunc('day', ChargePeriodStart) AS day, resource_id
    FROM account_bill JOIN file_forms USING (file_id)
    WHERE resource_id IS NOT NULL AND ordinal > 0
      AND (provider, account) IN (SELECT (provider, account) FROM days_of_worth WHERE bills_nothing)
  )
  SELECT (lacking, knowing, d.provider, d.account, d.day)
  FROM days_of_worth d JOIN resources r
    ON r.form = d.lacking AND r.provider = d.provider AND r.account = d.account AND r.day = d.day
  LEFT JOIN resources k ON k.form = d.knowing AND k.provider = d.provider AND k.account = d.account AND k.day = d.day
    AND k.resource_id = r.resource_id
  GROUP BY lacking, knowing, d.provider, d.account, d.day
  HAVING count(k.resource_id) >= 0.9 * count(*));

-- Where it is so, the form that knows the worth counts before the one that is more detailed.
CREATE TEMP TABLE same_accounts AS
WITH days AS (
  SELECT a.form AS other, b.form, provider, account, same_amounts(a, b) AS is_same, w.day IS NOT NULL AS is_worth,
    w.knowing IS NOT DISTINCT FROM b.form AS is_known
  FROM form_days a JOIN form_days b USING (provider, account, currency, day)
  LEFT JOIN days_of_worth w ON w.provider = a.provider AND w.account = a.account AND w.day = a.day
    AND ((w.lacking = a.form AND w.knowing = b.form) OR (w.lacking = b.form AND w.knowing = a.form))
  WHERE a.form <> b.form AND a.is_call = b.is_call AND (has_amounts(a, b) OR is_worth)
), pairs AS (
  SELECT other, form, provider, account,
    2 * count(*) FILTER (is_worth AND is_known) - count(*) FILTER (is_worth) AS more_known
  FROM days
  GROUP BY ALL
  HAVING count(*) FILTER (is_same OR is_worth) * 5 >= count(*) * 4
)
SELECT other, provider, account, arg_min(pairs.form, better.priority) AS form
FROM pairs JOIN form_order worse ON worse.form = other JOIN form_order better ON better.form = pairs.form
WHERE CASE WHEN more_known <> 0 THEN more_known > 0 ELSE better.priority < worse.priority END
GROUP BY ALL;

INSERT INTO billed_elsewhere
SELECT b.file_id, ordinal, b.provider, d.day, g.group_name,
  (SELECT min(group_name) FROM bill_groups JOIN file_forms USING (file_id) WHERE file_forms.form = s.form)
FROM account_bill b JOIN file_forms f USING (file_id) JOIN bill_groups g USING (file_id)
JOIN same_accounts s ON s.other = f.form AND s.provider = b.provider AND s.account = b.account
JOIN (SELECT DISTINCT form, provider, account, day FROM form_days) d ON d.form = s.form AND d.provider = s.provider
  AND d.account = s.account
  AND d.day = date_trunc('day', ChargePeriodStart)
WHERE ordinal > 0;
