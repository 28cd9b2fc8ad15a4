-- Where the bill of the account of each leaf ends, and whether it is silent: its charges stopped more than 48 hours
-- before the end of the window, or of their account's bill where that is earlier, and longer than they ever had before
-- and than any of their rows covers. Rows of weeks or months have stopped as soon as others of their account have the
-- next one. A bill that ends where the inventory says that a leaf was stopped goes on without it, as far as that of the
-- provider does. Only those that are billed themselves: what is laid on a leaf from its parent says nothing about when
-- it ended. A bill that stops altogether says nothing either.
WITH
  bounds AS (SELECT ?::TIMESTAMP AS window_start, ?::TIMESTAMP AS window_end),
  lines AS (
    SELECT text_id, max(ChargePeriodEnd) AS last_end,
      max(ChargePeriodEnd) FILTER (ChargePeriodEnd - ChargePeriodStart <= INTERVAL 25 HOUR) AS last_metered,
      max(ChargePeriodEnd) FILTER (ChargePeriodEnd - ChargePeriodStart > INTERVAL 25 HOUR
        AND ChargePeriodEnd <= window_end) AS last_long
    FROM charge_lines, bounds
    GROUP BY text_id
  ),
  texts AS (
    SELECT text_id, resource_id, provider, account_key(coalesce(SubAccountId, BillingAccountId)) AS account, last_end,
      CASE WHEN lower(coalesce(ChargeCategory, 'usage')) = 'usage' THEN last_metered END AS last_metered,
      CASE WHEN lower(coalesce(ChargeCategory, 'usage')) = 'usage' THEN last_long END AS last_long
    FROM lines JOIN charge_texts USING (text_id)
    -- a correction comes after the end as well
    WHERE charge_kind = 'cost' AND NOT is_one_off(ChargeCategory, ChargeClass, ChargeFrequency, 0)
  ),
  accounts AS (
    SELECT provider, account, max(last_metered) AS bill_end, max(last_long) AS long_end FROM texts GROUP BY ALL
  ),
  providers AS (SELECT provider, max(bill_end) AS provider_end FROM accounts GROUP BY provider),
  ends_by_account AS (
    SELECT resource_id, max(last_end) AS last_end,
      max(CASE WHEN bill_end IS NOT NULL THEN least(bill_end, window_end) END) AS bill_end, max(long_end) AS long_end,
      max(least(provider_end, window_end)) AS provider_end
    FROM texts JOIN accounts ON accounts.provider = texts.provider
      AND accounts.account IS NOT DISTINCT FROM texts.account JOIN providers ON providers.provider = texts.provider,
      bounds
    GROUP BY resource_id
  ),
  ends AS (
    SELECT e.resource_id, last_end, long_end,
      if(coalesce(was_stopped_by(r, last_end), false), coalesce(provider_end, bill_end), bill_end) AS bill_end
    FROM ends_by_account e LEFT JOIN resources r ON r.resource_id = e.resource_id
  ),
  silent AS (SELECT *, coalesce(bill_end, long_end) AS goes_on_to FROM ends
    WHERE last_end < coalesce(bill_end, long_end) - INTERVAL 48 HOUR),
  periods AS (
    SELECT DISTINCT resource_id, ChargePeriodStart AS start_at, ChargePeriodEnd AS end_at
    FROM charge_lines JOIN (SELECT text_id, resource_id FROM texts
      WHERE resource_id IN (SELECT resource_id FROM silent)) USING (text_id)
  ),
  gaps AS (
    SELECT resource_id, end_at - start_at AS period,
      start_at - max(end_at) OVER (PARTITION BY resource_id
      ORDER BY start_at, end_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS gap
    FROM periods
  ),
  longest AS (
    SELECT resource_id, coalesce(max(gap), INTERVAL 0 HOUR) AS gap, max(period) AS period FROM gaps GROUP BY resource_id
  ),
  long_rows AS (
    SELECT DISTINCT provider, account, ChargePeriodStart AS start_at, ChargePeriodEnd - ChargePeriodStart AS period
    FROM charge_lines JOIN (FROM texts WHERE last_long IS NOT NULL) USING (text_id), bounds
    WHERE ChargePeriodEnd <= window_end AND ChargePeriodEnd - ChargePeriodStart > INTERVAL 25 HOUR
  ),
  -- February is nine tenths of a month.
  followed AS (
    SELECT DISTINCT silent.resource_id
    FROM silent JOIN texts USING (resource_id) JOIN longest USING (resource_id)
      JOIN long_rows l ON l.provider = texts.provider AND l.account IS NOT DISTINCT FROM texts.account
    WHERE longest.period > INTERVAL 25 HOUR AND l.start_at >= silent.last_end AND l.period >= longest.period * 0.9
  )
SELECT ends.resource_id, ends.last_end, ends.bill_end, goes_on_to,
  coalesce(goes_on_to - ends.last_end > if(followed.resource_id IS NULL, greatest(longest.gap, longest.period),
    longest.gap), false) AS is_silent
FROM ends LEFT JOIN silent USING (resource_id) LEFT JOIN longest USING (resource_id)
  LEFT JOIN followed USING (resource_id)
WHERE ends.bill_end IS NOT NULL OR is_silent
ORDER BY ends.resource_id
