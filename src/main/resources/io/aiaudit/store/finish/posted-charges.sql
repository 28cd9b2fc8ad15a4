-- What time a row is a price of, where its own period shows only when it was posted. A payment that comes again and
-- again, months that are counted whole and a discount may be in the bill on one day of each month: such
-- a row is a price of its billing period, else of its calendar month, and has that period from here on. Where the bill
-- goes on into a period in which it is not posted yet, it is a price of the month that begins with it. What reads
-- charges by their time decides nothing about it. What is on most days is metered by the day and keeps its own.

-- Without a length, or of one day of whatever time zone.
CREATE TEMP MACRO is_brief(start_at, end_at) AS end_at - start_at <= INTERVAL 25 HOUR;

CREATE TEMP MACRO has_period(start_at, end_at, moment) AS coalesce(moment >= start_at AND moment < end_at
  AND end_at - start_at BETWEEN INTERVAL 27 DAY AND INTERVAL 32 DAY, false);

CREATE TEMP MACRO period_start(start_at, end_at, moment) AS
  CASE WHEN has_period(start_at, end_at, moment) THEN start_at ELSE date_trunc('month', moment) END;

CREATE TEMP MACRO period_end(start_at, end_at, moment) AS
  CASE WHEN has_period(start_at, end_at, moment) THEN end_at ELSE date_trunc('month', moment) + INTERVAL 1 MONTH END;

CREATE TEMP MACRO counts_months(pricing_unit, consumed_unit) AS
  regexp_full_match(coalesce(pricing_unit, consumed_unit), '(1 ?/? ?)?(months?|mo)', 'i');

-- A report of AWS calls every fee alike, and in FOCUS a purchase may lack its frequency: there it is paid once or
-- again, but never metered. What an account pays for one product under one description in two billing periods that
-- follow each other comes again; so do support of AWS and what has the words of a month.
CREATE TEMP TABLE fees AS
SELECT
  text_id, is_report,
  CASE WHEN is_report THEN hash(account_key(BillingAccountId), account_key(SubAccountId), ServiceName,
    ChargeDescription)
  ELSE hash(provider, account_key(BillingAccountId), account_key(SubAccountId), resource_id, ServiceName,
    coalesce(SkuId, SkuMeter, ChargeDescription)) END AS fee,
  CASE WHEN is_report THEN regexp_matches(concat_ws(' ', ServiceName, ResourceType), '^aws.*support', 'i')
  ELSE regexp_matches(concat_ws(' ', SkuMeter, ChargeDescription, PricingUnit, ConsumedUnit),
    '\bmonthly\b|\b(per|a|each|every) month\b|/ ?mo(nth)?\b|\brecurring\b', 'i') END AS comes_again,
  BillingPeriodStart AS period_start, BillingPeriodEnd AS period_end
FROM (SELECT *, source_file IN (SELECT file FROM staged.files WHERE dialect = 'cur') AS is_report FROM staged.texts)
WHERE charge_kind = 'cost' AND ChargeCategory = 'Purchase' AND lower(ChargeClass) IS DISTINCT FROM 'correction'
  AND CommitmentDiscountId IS NULL
  AND CASE WHEN is_report THEN ChargeFrequency = 'One-Time'
    ELSE source_file IN (SELECT file FROM staged.files WHERE dialect = 'focus')
      AND coalesce(ChargeFrequency NOT IN ('One-Time', 'Recurring'), true) END;

-- What is on most days keeps them, as a fee for each day or hour.
DELETE FROM fees WHERE NOT is_report AND fee IN (
  SELECT fee FROM fees JOIN charge_lines USING (text_id) GROUP BY fee
  HAVING bool_or(NOT is_brief(ChargePeriodStart, ChargePeriodEnd)) OR (count(DISTINCT ChargePeriodStart) >= 3
    AND 2 * count(DISTINCT ChargePeriodStart::DATE)
      > date_diff('day', min(ChargePeriodStart), max(ChargePeriodStart)) + 1));

CREATE TEMP TABLE fees_again AS
WITH periods AS (
  SELECT DISTINCT fee, period_start(period_start, period_end, ChargePeriodStart) AS start_at,
    period_end(period_start, period_end, ChargePeriodStart) AS end_at
  FROM fees JOIN charge_lines USING (text_id)
)
SELECT text_id FROM fees
WHERE comes_again OR fee IN (SELECT one.fee FROM periods one JOIN periods next
  ON next.fee = one.fee AND next.start_at = one.end_at);

-- Of a single one nothing shows that it comes again, unless it counts whole months.
UPDATE staged.texts SET ChargeFrequency = CASE WHEN text_id IN (FROM fees_again) THEN 'Recurring' ELSE 'One-Time' END
WHERE text_id IN (SELECT text_id FROM fees) AND (text_id IN (FROM fees_again)
  OR NOT coalesce(counts_months(PricingUnit, ConsumedUnit), false));

CREATE TEMP TABLE may_be_posted AS
SELECT
  text_id, provider, resource_id, ChargeCategory, lower(CommitmentDiscountId) AS commitment, sort,
  BillingPeriodStart AS period_start, BillingPeriodEnd AS period_end,
  hash(sort, provider, account_key(SubAccountId), resource_id, ServiceName, SkuMeter, ChargeCategory,
    ChargeDescription) AS meter
FROM (
  SELECT *, CASE WHEN ChargeFrequency = 'Recurring' THEN 'recurring'
    WHEN ChargeCategory = 'Credit' THEN 'discount'
    WHEN is_price_credit(concat_ws(' ', ChargeDescription, SkuMeter, PricingCategory))
      THEN 'discount'
    WHEN counts_months(PricingUnit, ConsumedUnit) THEN 'months' END AS sort
  FROM staged.texts
  WHERE charge_kind = 'cost' AND NOT is_one_off(ChargeCategory, ChargeClass, ChargeFrequency, 0)
)
WHERE sort IS NOT NULL;

-- Usage whose text has the words of a discount is one below 0 only. A part of a month is metered, as is a commitment
-- that is paid by the hour, however few hours of it there are; AWS posts none by the day.
CREATE TEMP TABLE brief_lines AS
SELECT file_id, ordinal, text_id, meter, provider, resource_id, commitment, sort, ChargePeriodStart AS start_at,
  period_start(period_start, period_end, ChargePeriodStart) AS period_start,
  period_end(period_start, period_end, ChargePeriodStart) AS period_end
FROM charge_lines JOIN may_be_posted USING (text_id)
WHERE is_brief(ChargePeriodStart, ChargePeriodEnd)
  AND CASE sort WHEN 'discount' THEN ChargeCategory = 'Credit' OR BilledCost < 0 OR EffectiveCost < 0
    WHEN 'months' THEN coalesce(PricingQuantity, ConsumedQuantity) >= 1
      AND coalesce(PricingQuantity, ConsumedQuantity) % 1 = 0
    WHEN 'recurring' THEN commitment IS NULL OR ChargePeriodEnd - ChargePeriodStart <= INTERVAL 1 SECOND
      OR (provider <> 'aws' AND ChargePeriodEnd - ChargePeriodStart >= INTERVAL 20 HOUR) END;

-- A discount may begin within the month: then it is on most days of a week at least.
CREATE TEMP TABLE posted_meters AS
WITH used AS (
  SELECT resource_id, count(DISTINCT ChargePeriodStart::DATE) AS days
  FROM charge_lines JOIN staged.texts USING (text_id)
  WHERE resource_id IN (SELECT resource_id FROM brief_lines WHERE sort = 'discount') AND charge_kind = 'cost'
    AND is_use(ChargeCategory, ChargeClass, ChargeFrequency) AND is_brief(ChargePeriodStart, ChargePeriodEnd)
    AND text_id NOT IN (SELECT text_id FROM may_be_posted)
  GROUP BY resource_id
), meters AS (
  SELECT meter, resource_id, sort, count(DISTINCT start_at) AS moments, count(DISTINCT start_at::DATE) AS days,
    date_diff('day', min(start_at), max(start_at)) + 1 AS span
  FROM brief_lines GROUP BY ALL
)
SELECT meter
FROM meters LEFT JOIN used USING (resource_id)
WHERE NOT CASE sort WHEN 'discount' THEN coalesce(2 * meters.days > used.days, false)
    OR (meters.days >= 7 AND 2 * meters.days > span)
  ELSE moments >= 3 AND 2 * meters.days > span END;

-- The frequency marks what is no meter of days, and so shows no end of the bill.
UPDATE staged.texts SET ChargeFrequency = 'Recurring'
WHERE text_id IN (SELECT text_id FROM may_be_posted WHERE sort = 'months' AND meter IN (FROM posted_meters));

CREATE TEMP TABLE posted_lines AS
WITH bills AS (
  SELECT provider, max(ChargePeriodEnd) AS bill_end
  FROM charge_lines JOIN staged.texts USING (text_id)
  WHERE provider IN (SELECT provider FROM brief_lines) AND charge_kind = 'cost' AND ChargeCategory = 'Usage'
    AND is_brief(ChargePeriodStart, ChargePeriodEnd) AND text_id NOT IN (SELECT text_id FROM may_be_posted)
  GROUP BY provider
), covered AS (
  SELECT provider, lower(CommitmentDiscountId) AS commitment, min(ChargePeriodStart) AS covered_since
  FROM charge_lines JOIN staged.texts USING (text_id)
  WHERE CommitmentDiscountStatus = 'Used' AND (provider, lower(CommitmentDiscountId)) IN (
    SELECT (provider, commitment) FROM brief_lines)
  GROUP BY ALL
), posted AS (
  SELECT b.*, bill_end, coalesce(bill_end > max(period_end) OVER of_meter, false) AS is_open,
    -- what is covered from its first payment on, and not before, began with it
    coalesce(covered_since >= date_trunc('day', min(start_at) OVER of_meter), false) AS is_begun,
    min(start_at) OVER of_meter = max(start_at) OVER of_meter AS is_alone
  FROM brief_lines b SEMI JOIN posted_meters USING (meter) LEFT JOIN bills USING (provider)
    LEFT JOIN covered USING (provider, commitment)
  WINDOW of_meter AS (PARTITION BY meter)
)
-- one posting alone pays for the last month of the bill, where the one before it is in an earlier bill
SELECT file_id, ordinal, period_end, is_open OR is_begun AS is_moved,
  CASE WHEN NOT is_moved THEN period_start
    WHEN is_alone AND NOT is_begun THEN least(date_trunc('day', start_at), bill_end - INTERVAL 1 MONTH)
    ELSE date_trunc('day', start_at) END AS priced_from
FROM posted;

UPDATE charge_lines SET ChargePeriodStart = priced_from,
  ChargePeriodEnd = CASE WHEN is_moved THEN priced_from + INTERVAL 1 MONTH ELSE period_end END
FROM posted_lines p
WHERE charge_lines.file_id = p.file_id AND charge_lines.ordinal = p.ordinal;
