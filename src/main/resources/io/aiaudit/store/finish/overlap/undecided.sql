-- Days of an account that two bills have, in two forms, with the same sums or with the same resources, meters and
-- quantities, and nothing shows whether the one is the other: both count, with a warning. In two forms, what bills
-- nothing on all of these days is not the other, unless it costs the same. What a gateway wrote down has a warning of
-- its own.

INSERT INTO undecided_files
WITH group_days AS (
  SELECT bill_group, form, provider, account, currency, day, sum(billed) AS billed, sum(usage) AS usage,
    sum(effective) AS effective, bool_and(knows_effective) AS knows_effective
  FROM file_days JOIN bill_groups USING (file_id) JOIN file_forms USING (file_id)
  GROUP BY ALL
), known AS (
  SELECT DISTINCT a.bill_group AS one, b.bill_group AS other
  FROM undecided_files x JOIN undecided_files y USING (pair)
    JOIN bill_groups a ON a.file_id = x.file_id JOIN bill_groups b ON b.file_id = y.file_id
), pairs AS (
  SELECT a.bill_group AS one, b.bill_group AS other
  FROM group_days a JOIN group_days b USING (provider, account, currency, day)
  WHERE a.bill_group < b.bill_group AND (a.bill_group, b.bill_group) NOT IN (FROM estimated_groups)
    AND (a.bill_group, b.bill_group) NOT IN (FROM known) AND has_amounts(a, b)
  GROUP BY ALL
  HAVING (sum(abs(a.billed)) > 0 AND sum(abs(b.billed)) > 0 AND bool_or(a.form <> b.form))
    OR count(*) FILTER (same_amounts(a, b)) * 5 >= count(*) * 4
)
SELECT concat_ws(chr(10), 'groups', one, other), if(bill_group = one, 1, 2), group_name, file_id
FROM pairs JOIN bill_groups ON bill_group = one OR bill_group = other;

CREATE TEMP TABLE undecided_days AS
WITH sides AS (
  SELECT pair, side, provider, account, currency, day, sum(billed) AS billed, sum(usage) AS usage,
    sum(effective) AS effective, bool_and(knows_effective) AS knows_effective
  FROM undecided_files JOIN file_days USING (file_id)
  GROUP BY ALL
)
SELECT pair, a.provider, a.account, currency, day, a.billed AS first_billed, b.billed AS second_billed
FROM sides a JOIN sides b USING (pair, provider, account, currency, day)
WHERE a.side = 1 AND b.side = 2 AND has_amounts(a, b);

-- What would be left of the cost of each resource if the higher one of both bills were no bill of its own.
INSERT INTO smaller_readings
WITH costs AS (
  SELECT f.pair, side, cost_of, currency, sum(coalesce(EffectiveCost, BilledCost)) AS cost,
    coalesce(sum(coalesce(EffectiveCost, BilledCost)) FILTER (d.day IS NOT NULL), 0) AS shared
  FROM undecided_files f JOIN account_bill b USING (file_id) JOIN text_keys k USING (text_id)
    LEFT JOIN (SELECT DISTINCT pair, provider, account, day FROM undecided_days) d ON d.pair = f.pair
      AND d.provider = b.provider AND d.account = b.account AND d.day = date_trunc('day', ChargePeriodStart)
  WHERE charge_kind = 'cost' AND f.pair IN (SELECT pair FROM undecided_days)
  GROUP BY ALL
), shares AS (
  SELECT a.pair, cost_of, (a.cost + b.cost - greatest(a.shared, b.shared)) / (a.cost + b.cost) AS share
  FROM costs a JOIN costs b USING (pair, cost_of, currency)
  WHERE a.side = 1 AND b.side = 2 AND a.shared > 0 AND b.shared > 0 AND a.cost + b.cost > 0
)
SELECT text_id, CAST(greatest(min(share), 0) AS DECIMAL(13,12))
FROM shares JOIN undecided_files f USING (pair) JOIN bill_groups g USING (file_id)
  JOIN text_keys k ON k.cost_of = shares.cost_of AND k.source_file = g.source_file
WHERE share < 1
GROUP BY text_id;
