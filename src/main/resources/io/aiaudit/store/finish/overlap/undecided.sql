-- Days of an account that two groups have, in two forms or with the same sums, and nothing shows whether the one is the
-- other: both count, with a warning. In two forms, what bills nothing on all of these days is not the other, unless it
-- costs the same. What a gateway wrote down has a warning of its own.
WITH group_days AS (
  SELECT bill_group, group_name, form, provider, account, currency, day, sum(billed) AS billed, sum(usage) AS usage,
    sum(effective) AS effective, bool_and(knows_effective) AS knows_effective
  FROM file_days JOIN bill_groups USING (file_id) JOIN file_forms USING (file_id)
  GROUP BY ALL
)
SELECT a.group_name, b.group_name, count(DISTINCT day)::BIGINT
FROM group_days a JOIN group_days b USING (provider, account, currency, day)
WHERE a.bill_group < b.bill_group AND (a.bill_group, b.bill_group) NOT IN (FROM estimated_groups) AND has_amounts(a, b)
GROUP BY a.bill_group, b.bill_group, a.group_name, b.group_name
HAVING (sum(abs(a.billed)) > 0 AND sum(abs(b.billed)) > 0 AND bool_or(a.form <> b.form))
  OR count(*) FILTER (same_amounts(a, b)) * 5 >= count(*) * 4
ORDER BY ALL
