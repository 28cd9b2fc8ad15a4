-- Leaves of accounts whose bill is cut: it ends more than 48 hours before the window or, if that is earlier, the bill
-- of the provider, with something that was charged on most of its days, on seven at least, and that nobody says ended
-- there. What such an account costs after that is not known, and the silence is no use. Lines are looked at by the
-- number of their text.
WITH
  bounds AS (SELECT ?::TIMESTAMP AS window_start, ?::TIMESTAMP AS window_end),
  lines AS (
    SELECT text_id, max(ChargePeriodEnd) AS last_end
    FROM charge_lines
    WHERE ChargePeriodEnd - ChargePeriodStart <= INTERVAL 25 HOUR
    GROUP BY text_id
  ),
  of_accounts AS (
    SELECT text_id, resource_id, provider, coalesce(SubAccountId, BillingAccountId) AS account, last_end,
      lower(coalesce(ChargeCategory, 'usage')) = 'usage' AND NOT is_one_off(ChargeCategory, ChargeClass,
        ChargeFrequency, 0) AS is_use
    FROM charge_texts LEFT JOIN lines USING (text_id)
    WHERE charge_kind = 'cost'
    UNION ALL
    SELECT NULL, resource_id, provider, coalesce(SubAccountId, BillingAccountId),
      max(ChargePeriodEnd) FILTER (ChargePeriodEnd - ChargePeriodStart <= INTERVAL 25 HOUR),
      lower(coalesce(ChargeCategory, 'usage')) = 'usage' AND NOT is_one_off(ChargeCategory, ChargeClass,
        ChargeFrequency, 0)
    FROM charge_parts
    WHERE charge_kind = 'cost'
    GROUP BY ALL
  ),
  keyed AS (SELECT *, account_key(account) AS key FROM of_accounts),
  early AS (
    SELECT provider, key, account, last_end
    FROM (
      SELECT provider, key, min(account) AS account, max(last_end) FILTER (is_use) AS last_end,
        max(max(last_end) FILTER (is_use)) OVER (PARTITION BY provider) AS provider_end
      FROM keyed
      GROUP BY provider, key
    ), bounds
    WHERE key IS NOT NULL AND last_end < least(provider_end, window_end) - INTERVAL 48 HOUR
      AND last_end >= window_start + INTERVAL 48 HOUR
  ),
  days AS (
    SELECT resource_id, provider, key, ChargePeriodStart::DATE AS day, max(ChargePeriodEnd) AS day_end
    FROM charge_lines JOIN (SELECT text_id, resource_id, provider, key FROM keyed SEMI JOIN early USING (provider, key)
      WHERE is_use) USING (text_id)
    WHERE ChargePeriodEnd - ChargePeriodStart <= INTERVAL 25 HOUR
    GROUP BY ALL
    UNION
    SELECT resource_id, provider, account_key(coalesce(SubAccountId, BillingAccountId)), ChargePeriodStart::DATE,
      max(ChargePeriodEnd)
    FROM charge_parts
    WHERE charge_kind = 'cost' AND ChargePeriodEnd - ChargePeriodStart <= INTERVAL 25 HOUR
      AND EXISTS (FROM early)
    GROUP BY ALL
  ),
  steady AS (
    SELECT resource_id, provider, key
    FROM days
    GROUP BY ALL
    HAVING count(DISTINCT day) >= greatest(7, 0.8 * date_diff('day', min(day)::TIMESTAMP, max(day_end)))
  ),
  cut AS (
    FROM early
    WHERE EXISTS (
      FROM steady s JOIN days d USING (resource_id, provider, key) JOIN resources r USING (resource_id)
      WHERE s.provider = early.provider AND s.key = early.key AND d.day_end > early.last_end - INTERVAL 1 DAY
        AND coalesce(r.ended_at > early.last_end + INTERVAL 1 DAY, true)
        AND coalesce(r.attributes['not_in_inventory'] IS NULL, true))
  )
SELECT resource_id, any_value(k.provider) AS provider, any_value(cut.account) AS account,
  max(cut.last_end) AS covered_to
FROM keyed k LEFT JOIN cut ON cut.provider = k.provider AND cut.key = k.key
GROUP BY resource_id
HAVING bool_and(cut.key IS NOT NULL) AND resource_id IS NOT NULL
ORDER BY resource_id
