-- Takes what is left of the discounts off the uses of one scope, of one reach in time (table step), each by what it
-- costs by then. Whatever came before: a further discount raises no cost, since less of a use leaves less of it here
-- too, and more of what was not taken.

CREATE OR REPLACE TEMP TABLE open_discounts AS
SELECT discount, pool, is_billed, rest, reach,
  CASE reach WHEN 'day' THEN date_trunc('day', start_at) WHEN 'month' THEN month
    WHEN 'bill' THEN TIMESTAMP '1900-01-01' ELSE start_at END AS from_at,
  CASE reach WHEN 'day' THEN from_at + INTERVAL 1 DAY WHEN 'month' THEN from_at + INTERVAL 1 MONTH
    WHEN 'bill' THEN TIMESTAMP '2900-01-01' ELSE end_at END AS to_at
FROM price_discounts JOIN pools USING (words) JOIN step USING (scope)
WHERE rest > 0.00000001 AND (reach <> 'day' OR end_at <= to_at);

CREATE OR REPLACE TEMP TABLE reached_names AS
SELECT pool, names FROM (FROM discounted_names UNION ALL FROM wide_names) JOIN step USING (scope)
WHERE pool IN (SELECT pool FROM open_discounts);

INSERT INTO used_periods
SELECT names, is_billed, start_at, end_at, date_trunc('day', start_at),
  coalesce(any_value(month), date_trunc('month', start_at)),
  CAST(sum(cost) AS DECIMAL(28,12)), CAST(sum(part_of_amount(cost, left_share, 1)) AS DECIMAL(28,12)), 0
FROM (
  SELECT names, month, left_share, at_billed OR EffectiveCost IS NULL AS is_billed, ChargePeriodStart AS start_at,
    ChargePeriodEnd AS end_at, CASE WHEN is_billed THEN BilledCost ELSE EffectiveCost END AS cost
  FROM charge_lines JOIN used_texts USING (text_id)
  WHERE names IN (SELECT names FROM reached_names) AND names NOT IN (SELECT names FROM used_periods)
    AND left_share > 0
)
WHERE cost > 0
GROUP BY names, is_billed, start_at, end_at;

-- The use within that time; or, around it, that of a longer row.
CREATE OR REPLACE TEMP TABLE open_pools AS
SELECT pool, is_billed, from_at, to_at, reach, CAST(sum(rest) AS DECIMAL(28,12)) AS amount
FROM open_discounts GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE reached_uses AS
WITH uses AS (
  SELECT pool, names, is_billed, start_at, end_at, day, month, whole, cost - off AS cost
  FROM reached_names JOIN used_periods USING (names)
  WHERE cost > off
)
SELECT p.* EXCLUDE (day), u.names, u.start_at, u.end_at, u.whole, u.cost
FROM (SELECT *, unnest(range(date_trunc('day', from_at), to_at, INTERVAL 1 DAY)) AS day
  FROM open_pools WHERE reach IN ('own', 'day')) p
JOIN uses u ON u.pool = p.pool AND u.is_billed = p.is_billed AND u.day = p.day
WHERE u.start_at >= p.from_at AND u.start_at < p.to_at AND u.end_at <= p.to_at
UNION ALL
SELECT p.*, u.names, u.start_at, u.end_at, u.whole, u.cost
FROM (FROM open_pools WHERE reach = 'around') p
JOIN uses u ON u.pool = p.pool AND u.is_billed = p.is_billed AND u.start_at <= p.from_at AND u.end_at >= p.to_at
UNION ALL
SELECT p.*, u.names, u.start_at, u.end_at, u.whole, u.cost
FROM (FROM open_pools WHERE reach IN ('month', 'bill')) p
JOIN uses u ON u.pool = p.pool AND u.is_billed = p.is_billed AND u.month >= p.from_at AND u.month < p.to_at;

-- By what the uses are lowered, in proportion. Shared use keeps one part of its whole price, but for what was lowered
-- to less before: that is given nothing more, so that accounts with discounts of their own do not have them twice.
CREATE OR REPLACE TEMP TABLE weighed_uses AS
SELECT *, cost AS weight FROM reached_uses WHERE NOT (SELECT contains(scope, 'shared') FROM step)
UNION ALL
SELECT * EXCLUDE (kept, is_above), greatest(0, cost
  - part_of_amount(sum(cost) OVER one - least(amount, sum(cost) OVER one), whole, sum(whole) OVER one))
FROM (
  SELECT *, part_of_amount(1, cost, whole) AS kept,
    sum(cost) OVER above - part_of_amount(sum(whole) OVER above, kept, 1) <= amount OR rank() OVER above = 1 AS is_above
  FROM reached_uses
  WINDOW above AS (PARTITION BY pool, is_billed, from_at, to_at ORDER BY part_of_amount(1, cost, whole) DESC
    RANGE UNBOUNDED PRECEDING)
)
WHERE is_above AND (SELECT contains(scope, 'shared') FROM step)
WINDOW one AS (PARTITION BY pool, is_billed, from_at, to_at);

-- No use costs less than nothing. Parts are rounded to the twelfth decimal; the largest takes what rounding leaves.
CREATE OR REPLACE TEMP TABLE taken_off AS
WITH parted AS (
  SELECT *, least(amount, sum(cost) OVER one) AS limited,
    part_of_amount(limited, weight, sum(weight) OVER one) AS part,
    row_number() OVER (PARTITION BY pool, is_billed, from_at, to_at ORDER BY weight DESC, names, start_at, end_at) = 1
      AS takes_rest
  FROM weighed_uses WINDOW one AS (PARTITION BY pool, is_billed, from_at, to_at)
), all_taken AS (
  SELECT *, CASE WHEN takes_rest THEN limited - coalesce(sum(part) FILTER (NOT takes_rest)
    OVER (PARTITION BY pool, is_billed, from_at, to_at), 0) ELSE part END AS off
  FROM parted
)
SELECT pool, is_billed, from_at, to_at, names, start_at, end_at,
  CASE WHEN sum(off) OVER same_use > cost THEN part_of_amount(cost, off, sum(off) OVER same_use) ELSE off END AS off
FROM all_taken WINDOW same_use AS (PARTITION BY names, is_billed, start_at, end_at);

UPDATE used_periods SET off = used_periods.off + t.off
FROM (SELECT names, is_billed, start_at, end_at, CAST(sum(off) AS DECIMAL(28,12)) AS off FROM taken_off GROUP BY ALL) t
WHERE used_periods.names = t.names AND used_periods.is_billed = t.is_billed AND used_periods.start_at = t.start_at
  AND used_periods.end_at = t.end_at;

-- Discounts of one pool and time share what was taken.
UPDATE price_discounts SET rest = price_discounts.rest - s.taken
FROM (
  SELECT discount, CASE WHEN row_number() OVER (PARTITION BY pool, is_billed, from_at, to_at ORDER BY rest DESC,
      discount) = 1 THEN off - coalesce(sum(part) OVER (PARTITION BY pool, is_billed, from_at, to_at), 0) + part
    ELSE part END AS taken
  FROM (
    SELECT *, part_of_amount(off, rest, sum(rest) OVER (PARTITION BY pool, is_billed, from_at, to_at)) AS part
    FROM open_discounts JOIN (SELECT pool, is_billed, from_at, to_at, CAST(sum(off) AS DECIMAL(28,12)) AS off
      FROM taken_off GROUP BY ALL) USING (pool, is_billed, from_at, to_at)
  )
) s
WHERE price_discounts.discount = s.discount;
