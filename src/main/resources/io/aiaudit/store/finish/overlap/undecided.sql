-- Days of an account that two groups have, in two forms or with the same sums, and nothing shows whether the one is the
-- other: both count, with a warning. A day on which neither bills anything shows nothing, and what bills nothing on all
-- of them is not the other.
WITH group_days AS (
  SELECT bill_group, group_name, form, provider, coalesce(SubAccountId, BillingAccountId, '') AS account,
    date_trunc('day', ChargePeriodStart) AS day, sum(BilledCost) AS billed
  FROM staged.bill JOIN bill_groups USING (file_id) JOIN file_forms USING (file_id)
  GROUP BY ALL
)
SELECT a.group_name, b.group_name, count(DISTINCT day)::BIGINT
FROM group_days a JOIN group_days b USING (provider, account, day)
WHERE a.bill_group < b.bill_group AND (a.billed <> 0 OR b.billed <> 0)
GROUP BY a.bill_group, b.bill_group, a.group_name, b.group_name
HAVING sum(abs(a.billed)) > 0 AND sum(abs(b.billed)) > 0
  AND (bool_or(a.form <> b.form)
  OR count(*) FILTER (abs(a.billed - b.billed) <= abs(a.billed) * 0.01) * 5 >= count(*) * 4)
ORDER BY ALL
