-- How far the bill of each provider goes by its own billing periods, where these are over: silence before the first or
-- after the last usage is no use then, and not the end of the file. What is charged on most days and begins or ends
-- with the bill shows that the file is cut there all the same, unless it is silent for as long between its charges: a
-- job of each night ends before the day does. Clouds add to a month for up to three days.
WITH used AS NOT MATERIALIZED (   -- a copy of each row of a long bill takes more than reading them again
  SELECT provider, resource_id, ChargePeriodStart AS first_moment, ChargePeriodEnd AS last_moment, BillingPeriodStart,
    BillingPeriodEnd
  FROM charges
  WHERE charge_kind = 'cost' AND lower(coalesce(ChargeCategory, 'usage')) = 'usage'
    AND coalesce(lower(ChargeClass) <> 'correction', true) AND ChargePeriodEnd - ChargePeriodStart <= INTERVAL 32 DAY
    AND (ChargeFrequency IS DISTINCT FROM 'Recurring' OR ChargePeriodEnd - ChargePeriodStart <= INTERVAL 25 HOUR)
), bill AS (
  SELECT provider, min(first_moment) AS first_usage, max(last_moment) AS last_usage,
    min(BillingPeriodStart) AS period_start, max(BillingPeriodEnd) AS period_end
  FROM used
  WHERE provider IS NOT NULL
  GROUP BY provider
  HAVING (period_start < first_usage OR period_end > last_usage)
    AND period_end + INTERVAL 3 DAY <= (SELECT max(scanned_at) FROM scan)
), steady AS (
  SELECT provider, resource_id, min(first_moment) AS first_charge, max(last_moment) AS last_charge
  FROM used SEMI JOIN bill USING (provider)
  GROUP BY provider, resource_id
  HAVING count(DISTINCT first_moment::DATE) >= greatest(7, 0.8 * date_diff('day', first_charge, last_charge))
), pauses AS (
  SELECT provider, resource_id, coalesce(max(first_moment - last_before), INTERVAL 0 HOUR) AS longest_pause
  FROM (SELECT *, max(last_moment) OVER (PARTITION BY provider, resource_id ORDER BY first_moment
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS last_before
    FROM (SELECT DISTINCT provider, resource_id, first_moment, last_moment
      FROM used SEMI JOIN steady USING (provider, resource_id)))
  GROUP BY provider, resource_id
), shown AS (
  SELECT * FROM steady JOIN pauses USING (provider, resource_id)
)
SELECT provider,
  if(EXISTS (FROM shown s WHERE s.provider = bill.provider AND s.first_charge < first_usage + INTERVAL 1 DAY
    AND s.first_charge - period_start > s.longest_pause),
    first_usage, least(period_start, first_usage)) AS covered_from,
  if(EXISTS (FROM shown s WHERE s.provider = bill.provider AND s.last_charge > last_usage - INTERVAL 1 DAY
    AND period_end - s.last_charge > s.longest_pause),
    last_usage, greatest(period_end, last_usage)) AS covered_to
FROM bill
