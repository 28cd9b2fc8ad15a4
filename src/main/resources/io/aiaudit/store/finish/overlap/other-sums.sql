-- What two units bill for days of which the later one replaces nearly all that the earlier one has.

CREATE OR REPLACE TEMP TABLE replaced_days AS
SELECT g.scope, g.unit, g.newer, g.provider, g.account, g.day
FROM gone g JOIN unit_days d USING (scope, unit, provider, account, day)
GROUP BY ALL HAVING count(*) >= 0.95 * min(d.rows);

CREATE OR REPLACE TEMP TABLE replaced_costs AS
WITH costs AS (
  SELECT scope, unit, b.provider, b.account, date_trunc('day', ChargePeriodStart) AS day, cost_of, currency,
    sum(BilledCost) AS billed, coalesce(sum(coalesce(EffectiveCost, BilledCost)) FILTER (charge_kind = 'cost'), 0)
      AS effective
  FROM account_bill b JOIN text_keys USING (text_id) JOIN units USING (file_id)
  WHERE (scope, b.provider, b.account, date_trunc('day', ChargePeriodStart)) IN (
    SELECT (scope, provider, account, day) FROM replaced_days)
  GROUP BY ALL
)
SELECT d.scope, d.unit, d.newer, cost_of, currency, c.unit = d.newer AS is_newer, sum(billed) AS billed,
  sum(effective) AS effective
FROM replaced_days d JOIN costs c USING (scope, provider, account, day)
WHERE c.unit = d.unit OR c.unit = d.newer
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE unordered AS
SELECT DISTINCT d.scope, d.unit, d.newer
FROM replaced_days d JOIN unit_order o USING (scope, unit)
  JOIN unit_order n ON n.scope = d.scope AND n.unit = d.newer
WHERE o.release = n.release AND o.last_day = n.last_day AND o.all_rows = n.all_rows
  AND o.name_without <> n.name_without;

INSERT INTO other_sums
SELECT o.name, n.name, currency, coalesce(sum(billed) FILTER (NOT is_newer), 0),
  coalesce(sum(billed) FILTER (is_newer), 0), coalesce(sum(effective) FILTER (NOT is_newer), 0),
  coalesce(sum(effective) FILTER (is_newer), 0), (c.scope, c.unit, c.newer) NOT IN (FROM unordered)
FROM replaced_costs c JOIN unit_order o USING (scope, unit)
  JOIN unit_order n ON n.scope = c.scope AND n.unit = c.newer
GROUP BY o.name, n.name, currency, c.scope, c.unit, c.newer;

-- Where nothing orders them, no saving is based on more than the lower cost of a resource.
INSERT INTO smaller_readings
WITH lower_costs AS (
  SELECT scope, unit, newer, cost_of, sum(effective) FILTER (NOT is_newer) / sum(effective) FILTER (is_newer) AS share
  FROM replaced_costs JOIN unordered USING (scope, unit, newer)
  GROUP BY scope, unit, newer, cost_of, currency
  HAVING sum(effective) FILTER (NOT is_newer) BETWEEN 0 AND sum(effective) FILTER (is_newer)
    AND sum(effective) FILTER (is_newer) > 0
)
SELECT text_id, CAST(min(share) AS DECIMAL(13,12))
FROM lower_costs l JOIN units u ON u.scope = l.scope AND u.unit = l.newer
  JOIN bill_groups g USING (file_id) JOIN text_keys k ON k.cost_of = l.cost_of AND k.source_file = g.source_file
WHERE share < 1
GROUP BY text_id;
