-- Runs of one export whose charges have other words: a name, a text or a tag is another one. What is left of the
-- comparison by words is the same charge where account, resource, meter, period and quantity are the same, as often in
-- both, for nine of ten rows of a day, on four of five days.

CREATE OR REPLACE TEMP TABLE identity_units AS
SELECT w.scope, w.unit, w.provider, w.account, w.day, w.identity, count(*) AS rows, sum(BilledCost) AS billed,
  sum(coalesce(EffectiveCost, BilledCost)) AS effective,
  -- Another resource, or a quantity that is no whole number, is not the same by chance.
  min(CASE WHEN resource_id IS NOT NULL THEN hash(resource_id)
    WHEN ConsumedQuantity <> trunc(ConsumedQuantity) THEN hash(ConsumedQuantity) END) AS shown_by
FROM worded w ANTI JOIN gone g ON g.file_id = w.file_id AND g.ordinal = w.ordinal
  ANTI JOIN kept k ON k.scope = w.scope AND k.charge = w.charge
  JOIN staged.bill b ON b.file_id = w.file_id AND b.ordinal = w.ordinal
GROUP BY ALL;

CREATE OR REPLACE TEMP MACRO is_other_price(a, b) AS abs(a - b) > 0.001 * greatest(abs(a), abs(b));

-- It is a later run if half of these rows have another price: of two instances with one name, each with a row, it is
-- the same. Or if many resources or quantities are in both. Where only the text differs, in a few single rows, it may
-- be either.
CREATE OR REPLACE TEMP TABLE same_runs AS
WITH matched AS (
  SELECT a.scope, a.unit, b.unit AS newer, a.provider, a.account, a.day, least(a.rows, b.rows) AS rows, a.shown_by,
    a.rows = 1 AND b.rows = 1 AS is_single,
    is_other_price(a.billed / a.rows, b.billed / b.rows) OR is_other_price(a.effective / a.rows, b.effective / b.rows)
      AS is_repriced
  FROM identity_units a JOIN identity_units b USING (scope, provider, account, day, identity)
    JOIN unit_order x ON x.scope = a.scope AND x.unit = a.unit
    JOIN unit_order y ON y.scope = b.scope AND y.unit = b.unit
  WHERE y.priority < x.priority
), by_day AS (
  SELECT scope, unit, newer, provider, account, day, sum(rows) AS rows FROM matched GROUP BY ALL
), by_words AS (
  SELECT scope, unit, newer, provider, account, day, count(*) AS rows FROM gone GROUP BY ALL
), evidence AS (
  SELECT scope, unit, newer, provider, account, sum(rows) AS rows,
    coalesce(sum(rows) FILTER (is_repriced), 0) AS repriced, coalesce(sum(rows) FILTER (is_single), 0) AS single,
    count(DISTINCT shown_by) AS shown
  FROM matched GROUP BY ALL
), days AS (
  SELECT e.scope, e.unit, e.newer, e.provider, e.account, coalesce(w.rows, 0) AS by_words,
    coalesce(d.rows, 0) + coalesce(w.rows, 0) >= 0.9 * greatest(a.rows, b.rows) AS is_same
  FROM evidence e
    JOIN unit_days a ON a.scope = e.scope AND a.unit = e.unit AND a.provider = e.provider AND a.account = e.account
    JOIN unit_days b ON b.scope = e.scope AND b.unit = e.newer AND b.provider = e.provider AND b.account = e.account
      AND b.day = a.day
    LEFT JOIN by_day d ON d.scope = e.scope AND d.unit = e.unit AND d.newer = e.newer AND d.provider = e.provider
      AND d.account = e.account AND d.day = a.day
    LEFT JOIN by_words w ON w.scope = e.scope AND w.unit = e.unit AND w.newer = e.newer AND w.provider = e.provider
      AND w.account = e.account AND w.day = a.day
), pairs AS (
  SELECT scope, unit, newer, provider, account, sum(by_words) AS by_words
  FROM days GROUP BY ALL HAVING count(*) FILTER (is_same) * 5 >= count(*) * 4
)
SELECT p.scope, p.unit, p.newer, p.provider, p.account, y.priority,
  (repriced + by_words) * 2 >= e.rows + by_words OR shown >= 10 AS is_run,
  single * 2 >= e.rows AND x.header = y.header AS may_be_one
FROM pairs p JOIN evidence e USING (scope, unit, newer, provider, account)
  JOIN unit_order x ON x.scope = p.scope AND x.unit = p.unit
  JOIN unit_order y ON y.scope = p.scope AND y.unit = p.newer;

INSERT INTO gone
WITH runs AS (
  SELECT scope, unit, provider, account, arg_min(newer, priority) AS newer FROM same_runs WHERE is_run GROUP BY ALL
)
SELECT w.scope, w.unit, w.file_id, w.ordinal, w.provider, w.account, w.day, r.newer
FROM worded w JOIN runs r USING (scope, unit, provider, account)
  JOIN unit_days older USING (scope, unit, provider, account, day)
  JOIN unit_days later ON later.scope = r.scope AND later.unit = r.newer AND later.provider = w.provider
    AND later.account = w.account AND later.day = w.day
  LEFT JOIN identity_units a ON a.scope = w.scope AND a.unit = w.unit AND a.provider = w.provider
    AND a.account = w.account AND a.day = w.day AND a.identity = w.identity
  LEFT JOIN identity_units b ON b.scope = w.scope AND b.unit = r.newer AND b.provider = w.provider
    AND b.account = w.account AND b.day = w.day AND b.identity = w.identity
  ANTI JOIN gone g ON g.file_id = w.file_id AND g.ordinal = w.ordinal
WHERE a.rows <= b.rows OR (w.ChargeCategory = 'Usage' AND later.rows >= older.rows * 0.95);

INSERT INTO undecided_files
SELECT concat_ws(' ', 'runs', scope, p.unit, newer), if(u.unit = newer, 2, 1), u.name, u.file_id
FROM (SELECT DISTINCT scope, unit, newer FROM same_runs WHERE may_be_one AND NOT is_run) p JOIN units u USING (scope)
WHERE u.unit = p.unit OR u.unit = p.newer;

INSERT INTO billed_elsewhere
SELECT file_id, ordinal, provider, day, o.name, n.name
FROM gone g JOIN unit_order o USING (scope, unit) JOIN unit_order n ON n.scope = g.scope AND n.unit = g.newer;
