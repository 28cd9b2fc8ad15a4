-- Corrections of what the bill has: they are laid on the charges of the same resource and meter that they meet in time,
-- so that these have the price that was paid in the end, in the run rate as in the month. What corrects other time
-- stays as it is and does not come back. Decided over all files together: a correction is of a later invoice. No sum of
-- the bill changes, and no number of hours.

-- Which texts a correction is of; those with its own way of purchase, where there are any.
CREATE TEMP TABLE corrected_texts AS
WITH named AS (
  SELECT *, lower(ChargeCategory) AS category, coalesce(lower(ChargeClass) = 'correction', false) AS is_correction,
    {'a': lower(PricingCategory), 'b': CommitmentDiscountId, 'c': CommitmentDiscountStatus} AS terms
  FROM staged.texts
  WHERE charge_kind = 'cost' AND lower(ChargeCategory) IN ('usage', 'purchase')
)
SELECT c.text_id AS correction_text, u.text_id
FROM named c JOIN named u ON u.provider = c.provider AND u.category = c.category
  AND u.resource_id IS NOT DISTINCT FROM c.resource_id
WHERE c.is_correction AND NOT u.is_correction
  AND coalesce(u.SkuId = c.SkuId, true) AND coalesce(u.SkuMeter = c.SkuMeter, true)
  AND coalesce(account_key(u.SubAccountId) = account_key(c.SubAccountId), true)
  AND coalesce(account_key(u.BillingAccountId) = account_key(c.BillingAccountId), true)
  AND (c.resource_id IS NOT NULL OR (u.ServiceName IS NOT DISTINCT FROM c.ServiceName
    AND u.RegionId IS NOT DISTINCT FROM c.RegionId AND coalesce(c.SkuId, c.SkuMeter) IS NOT NULL))
QUALIFY u.terms = c.terms OR NOT bool_or(u.terms = c.terms) OVER (PARTITION BY c.text_id);

CREATE TEMP TABLE correction_targets AS
SELECT correction_text, hash(list_sort(list(text_id))) AS target FROM corrected_texts GROUP BY correction_text;

CREATE TEMP TABLE target_texts AS
SELECT DISTINCT target, text_id FROM corrected_texts JOIN correction_targets USING (correction_text);

-- Where EffectiveCost is not the cost, BilledCost is. What is covered and costs 0 there has no known price.
CREATE TEMP TABLE counted_lines AS
SELECT file_id, ordinal, text_id, at_billed OR EffectiveCost IS NULL AS is_billed,
  CASE WHEN is_billed THEN BilledCost ELSE EffectiveCost END AS cost, ChargePeriodStart AS start_at,
  greatest(ChargePeriodEnd, ChargePeriodStart + INTERVAL 1 SECOND) AS end_at
FROM charge_lines JOIN (
  SELECT text_id, at_billed_cost AS at_billed, CommitmentDiscountStatus AS status
  FROM staged.texts
  WHERE text_id IN (SELECT correction_text FROM corrected_texts UNION SELECT text_id FROM corrected_texts)
) USING (text_id)
WHERE coalesce(status <> 'Used', true) OR NOT is_billed;

-- A correction that begins before the months of what it corrects is of those months only by its share of them.
CREATE TEMP TABLE correction_rows AS
WITH months AS (
  SELECT target, is_billed, date_trunc('month', min(start_at)) AS first_start,
    date_trunc('month', max(end_at) - INTERVAL 1 SECOND) + INTERVAL 1 MONTH AS last_end
  FROM counted_lines JOIN target_texts USING (text_id)
  WHERE cost > 0 GROUP BY ALL
)
SELECT file_id, ordinal, target, is_billed, start_at, end_at, greatest(start_at, first_start) AS met_start,
  least(end_at, last_end) AS met_end,
  part_of_amount(cost, epoch(met_end - met_start), epoch(end_at - start_at)) AS amount
FROM counted_lines JOIN correction_targets ON correction_text = text_id JOIN months USING (target, is_billed)
WHERE met_end > met_start;

CREATE TEMP TABLE corrections AS
SELECT row_number() OVER (ORDER BY target, is_billed, met_start, met_end) AS correction, *
FROM (SELECT target, is_billed, met_start, met_end, sum(amount) AS amount FROM correction_rows GROUP BY ALL);

CREATE TEMP TABLE corrected_periods AS
SELECT target, is_billed, start_at, end_at, sum(cost) AS cost
FROM counted_lines JOIN target_texts USING (text_id)
WHERE cost > 0 GROUP BY ALL;

CREATE TEMP TABLE corrected_use AS
WITH days_of_use AS (
  SELECT *, unnest(range(date_trunc('day', start_at), end_at, INTERVAL 1 DAY)) AS day FROM corrected_periods
), days_of_corrections AS (
  SELECT *, unnest(range(date_trunc('day', met_start), met_end, INTERVAL 1 DAY)) AS day FROM corrections
), met AS (
  SELECT DISTINCT correction, target, is_billed, amount, start_at, end_at, cost,
    cost * epoch(least(end_at, met_end) - greatest(start_at, met_start)) / epoch(end_at - start_at) AS weight
  FROM days_of_use JOIN days_of_corrections USING (target, is_billed, day)
  WHERE start_at < met_end AND end_at > met_start
), shared AS (
  SELECT *, part_of_amount(amount, weight, sum(weight) OVER (PARTITION BY correction)) AS rounded,
    row_number() OVER (PARTITION BY correction ORDER BY weight DESC, start_at, end_at) = 1 AS takes_rest
  FROM met
)
SELECT * EXCLUDE (weight, rounded, takes_rest), CASE WHEN takes_rest
  THEN amount - coalesce(sum(rounded) FILTER (NOT takes_rest) OVER (PARTITION BY correction), 0)
  ELSE rounded END AS whole
FROM shared;

-- What was charged too little for some days is no price of the coming month. What is of nine tenths of the charged days
-- of a month, or more, is one.
DELETE FROM corrected_use
WHERE amount > 0 AND (target, is_billed, date_trunc('month', start_at)) NOT IN (
  SELECT (p.target, p.is_billed, date_trunc('month', p.start_at))
  FROM corrected_periods p LEFT JOIN (SELECT DISTINCT target, is_billed, start_at, end_at, true AS is_raised
    FROM corrected_use WHERE amount > 0) r USING (target, is_billed, start_at, end_at)
  GROUP BY ALL HAVING 10 * count(is_raised) >= 9 * count(*));

-- Nothing costs less than nothing.
CREATE TEMP TABLE laid_on AS
WITH limited AS (
  SELECT *, sum(whole) OVER same_use AS change, sum(whole) FILTER (whole < 0) OVER same_use AS lowered
  FROM corrected_use
  WINDOW same_use AS (PARTITION BY target, is_billed, start_at, end_at)
)
SELECT correction, target, is_billed, start_at, end_at, cost,
  CASE WHEN whole < 0 AND cost + change < 0 THEN whole - part_of_amount(cost + change, whole, lowered)
    ELSE whole END AS part
FROM limited;

-- What is beyond its cost was given back for the rest of the month: some corrections have the time of one row only.
-- What is beyond all of that stays with the corrections.
INSERT INTO laid_on
WITH beyond AS (
  SELECT correction, target, is_billed, date_trunc('month', met_start) AS month, amount - laid AS rest
  FROM corrections JOIN (SELECT correction, sum(part) AS laid FROM laid_on GROUP BY ALL) USING (correction)
  WHERE amount < laid
), changed AS (
  SELECT target, is_billed, start_at, end_at, sum(part) AS change FROM laid_on GROUP BY ALL
), remaining AS (
  SELECT p.*, b.correction, b.rest, p.cost + coalesce(change, 0) AS remains
  FROM corrected_periods p JOIN beyond b ON b.target = p.target AND b.is_billed = p.is_billed
    AND b.month = date_trunc('month', p.start_at)
  LEFT JOIN changed c ON c.target = p.target AND c.is_billed = p.is_billed AND c.start_at = p.start_at
    AND c.end_at = p.end_at
), of_month AS (
  SELECT *, date_trunc('month', start_at) AS month, sum(remains) OVER (PARTITION BY correction) AS all_remains
  FROM remaining
), wanted AS (
  SELECT target, is_billed, month, sum(rest) AS all_rest FROM beyond GROUP BY ALL
)
SELECT correction, target, is_billed, start_at, end_at, cost,
  greatest(-remains,
    part_of_amount(part_of_amount(greatest(all_rest, -all_remains), rest, all_rest), remains, all_remains)) AS part
FROM of_month JOIN wanted USING (target, is_billed, month);

-- What is taken back for some days is in the price of the month: no later day keeps a larger part of its price than the
-- month does. What it has more goes to the days that keep less, so that the sum of the month stays.
INSERT INTO laid_on
WITH changed AS (
  SELECT target, is_billed, start_at, end_at, sum(part) AS change FROM laid_on GROUP BY ALL
), lowered AS (
  SELECT target, is_billed, date_trunc('month', start_at) AS month, min(correction) AS correction
  FROM laid_on GROUP BY ALL HAVING min(part) < 0
), periods AS (
  SELECT correction, month, p.*, p.cost + coalesce(change, 0) AS kept
  FROM corrected_periods p JOIN lowered l ON l.target = p.target AND l.is_billed = p.is_billed
    AND l.month = date_trunc('month', p.start_at)
  LEFT JOIN changed c ON c.target = p.target AND c.is_billed = p.is_billed AND c.start_at = p.start_at
    AND c.end_at = p.end_at
), even AS (
  SELECT *, part_of_amount(sum(kept) OVER of_month, cost, sum(cost) OVER of_month) - kept AS lacks
  FROM periods WINDOW of_month AS (PARTITION BY target, is_billed, month)
), later AS (
  SELECT *, lacks < 0 AND start_at > min(start_at) FILTER (lacks > 0) OVER of_month AS is_later
  FROM even WINDOW of_month AS (PARTITION BY target, is_billed, month)
), moved AS (
  SELECT *, -sum(lacks) FILTER (is_later) OVER of_month AS more,
    part_of_amount(more, lacks, sum(lacks) FILTER (lacks > 0) OVER of_month) AS part,
    row_number() OVER (PARTITION BY target, is_billed, month, is_later ORDER BY lacks DESC, start_at, end_at) = 1
      AS takes_rest
  FROM later WHERE is_later OR lacks > 0
  WINDOW of_month AS (PARTITION BY target, is_billed, month)
)
SELECT correction, target, is_billed, start_at, end_at, cost, CASE WHEN is_later THEN lacks
  WHEN takes_rest THEN more - coalesce(sum(part) FILTER (NOT is_later AND NOT takes_rest)
    OVER (PARTITION BY target, is_billed, month), 0)
  ELSE part END AS part
FROM moved WHERE more > 0;

CREATE TEMP TABLE corrected_rows AS
WITH used AS (
  SELECT file_id, ordinal, is_billed, target, start_at, end_at, cost AS own
  FROM counted_lines JOIN target_texts USING (text_id) WHERE cost > 0
), changes AS (
  SELECT target, is_billed, start_at, end_at, any_value(cost) AS cost, sum(part) AS change FROM laid_on GROUP BY ALL
), shared AS (
  SELECT *, part_of_amount(change, own, cost) AS part,
    row_number() OVER (PARTITION BY target, is_billed, start_at, end_at ORDER BY own DESC, file_id, ordinal) = 1
      AS takes_rest
  FROM used JOIN changes USING (target, is_billed, start_at, end_at)
)
SELECT file_id, ordinal, is_billed, CASE WHEN takes_rest THEN change - coalesce(sum(part) FILTER (NOT takes_rest)
  OVER (PARTITION BY target, is_billed, start_at, end_at), 0) ELSE part END AS change
FROM shared
UNION ALL
-- What is left of the corrections of a period is on the first of them.
SELECT file_id, ordinal, is_billed, -r.amount + if(row_number() OVER (PARTITION BY correction ORDER BY file_id,
  ordinal) = 1, c.amount - laid, 0)
FROM correction_rows r JOIN corrections c USING (target, is_billed, met_start, met_end)
JOIN (SELECT correction, sum(part) AS laid FROM laid_on GROUP BY ALL) USING (correction);

UPDATE charge_lines SET
  EffectiveCost = CASE WHEN c.is_billed THEN EffectiveCost ELSE EffectiveCost + c.change END,
  BilledCost = CASE WHEN c.is_billed THEN BilledCost + c.change ELSE BilledCost END
FROM (SELECT file_id, ordinal, is_billed, sum(change) AS change FROM corrected_rows GROUP BY ALL) c
WHERE charge_lines.file_id = c.file_id AND charge_lines.ordinal = c.ordinal;

-- The rest of a correction that begins earlier is of that time.
UPDATE charge_lines SET ChargePeriodEnd = r.met_start
FROM correction_rows r
WHERE charge_lines.file_id = r.file_id AND charge_lines.ordinal = r.ordinal AND r.start_at < r.met_start
  AND r.end_at = r.met_end AND (r.file_id, r.ordinal) IN (SELECT (file_id, ordinal) FROM corrected_rows);
