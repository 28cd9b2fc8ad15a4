-- Leaves of accounts whose bill is cut. It ends more than 48 hours before the window or, if that is earlier, the bill
-- of the provider, with something that was charged on most of its days, on seven at least, and that has no known end
-- or stop there; or it begins so much later than these, with something of that sort that was measured more than a day
-- before, and that did not begin then. What such an account costs outside is not known, and the silence is no use.
-- Lines are looked at by the number of their text.
WITH
  bounds AS (SELECT ?::TIMESTAMP AS window_start, ?::TIMESTAMP AS window_end),
  lines AS (
    SELECT text_id, min(ChargePeriodStart) AS first_start, max(ChargePeriodEnd) AS last_end
    FROM charge_lines
    WHERE ChargePeriodEnd - ChargePeriodStart <= INTERVAL 25 HOUR
    GROUP BY text_id
  ),
  of_accounts AS (
    SELECT text_id, resource_id, provider, coalesce(SubAccountId, BillingAccountId) AS account, first_start,
      last_end, is_use(ChargeCategory, ChargeClass, ChargeFrequency) AS is_use
    FROM charge_texts LEFT JOIN lines USING (text_id)
    WHERE charge_kind = 'cost'
    UNION ALL
    SELECT NULL, resource_id, provider, coalesce(SubAccountId, BillingAccountId),
      min(ChargePeriodStart) FILTER (ChargePeriodEnd - ChargePeriodStart <= INTERVAL 25 HOUR),
      max(ChargePeriodEnd) FILTER (ChargePeriodEnd - ChargePeriodStart <= INTERVAL 25 HOUR),
      is_use(ChargeCategory, ChargeClass, ChargeFrequency)
    FROM charge_parts
    WHERE charge_kind = 'cost'
    GROUP BY ALL
  ),
  keyed AS (SELECT *, account_key(account) AS key FROM of_accounts),
  partial AS (
    SELECT provider, key, account, first_start, last_end,
      last_end < least(provider_end, window_end) - INTERVAL 48 HOUR
        AND last_end >= window_start + INTERVAL 48 HOUR AS ends_early,
      first_start > greatest(provider_start, window_start) + INTERVAL 48 HOUR
        AND first_start <= window_end - INTERVAL 48 HOUR AS begins_late
    FROM (
      SELECT provider, key, min(account) AS account, min(first_start) FILTER (is_use) AS first_start,
        max(last_end) FILTER (is_use) AS last_end, min(min(first_start) FILTER (is_use)) OVER (PARTITION BY provider)
          AS provider_start, max(max(last_end) FILTER (is_use)) OVER (PARTITION BY provider) AS provider_end
      FROM keyed
      GROUP BY provider, key
    ), bounds
    WHERE key IS NOT NULL AND (ends_early OR begins_late)
  ),
  days AS (
    SELECT resource_id, provider, key, ChargePeriodStart::DATE AS day, min(ChargePeriodStart) AS day_start,
      max(ChargePeriodEnd) AS day_end
    FROM charge_lines
    JOIN (SELECT text_id, resource_id, provider, key FROM keyed SEMI JOIN partial USING (provider, key) WHERE is_use)
      USING (text_id)
    WHERE ChargePeriodEnd - ChargePeriodStart <= INTERVAL 25 HOUR
    GROUP BY ALL
    UNION
    SELECT resource_id, provider, account_key(coalesce(SubAccountId, BillingAccountId)), ChargePeriodStart::DATE,
      min(ChargePeriodStart), max(ChargePeriodEnd)
    FROM charge_parts
    WHERE charge_kind = 'cost' AND ChargePeriodEnd - ChargePeriodStart <= INTERVAL 25 HOUR
      AND EXISTS (FROM partial)
    GROUP BY ALL
  ),
  steady AS (
    SELECT resource_id, provider, key
    FROM days
    GROUP BY ALL
    HAVING count(DISTINCT day) >= greatest(7, 0.8 * date_diff('day', min(day)::TIMESTAMP, max(day_end)))
  ),
  bounding AS (
    SELECT p.*, d.day_start, d.day_end, r.resource_id, r.parent_id, r.created_at, r.ended_at,
      r.attributes['not_in_inventory'] IS NOT NULL AS is_not_listed, was_stopped_by(r, last_end) AS is_stopped
    FROM partial p JOIN steady s USING (provider, key) JOIN days d USING (resource_id, provider, key)
      JOIN resources r USING (resource_id)
    WHERE ends_early AND day_end > last_end - INTERVAL 1 DAY OR begins_late AND day_start < first_start + INTERVAL 1 DAY
  ),
  cut_at_end AS (
    SELECT DISTINCT provider, key, last_end AS covered_to
    FROM bounding
    WHERE ends_early AND day_end > last_end - INTERVAL 1 DAY AND NOT is_not_listed
      AND coalesce(ended_at > last_end + INTERVAL 1 DAY, true)
      AND NOT is_stopped
  ),
  -- Zeros that somebody wrote for hours without a point show no life.
  cut_at_start AS (
    SELECT DISTINCT provider, key, first_start AS covered_from
    FROM (
      SELECT provider, key, first_start, created_at, unnest([resource_id, parent_id]) AS measured
      FROM bounding
      WHERE begins_late AND day_start < first_start + INTERVAL 1 DAY
    ) b JOIN metrics m ON m.resource_id = b.measured, bounds
    WHERE m.hour >= window_start AND m.hour < first_start - INTERVAL 1 DAY
      AND CASE WHEN created_at IS NULL THEN greatest(m.average, m.maximum, m.total) > 0
        ELSE created_at < first_start - INTERVAL 1 DAY END
  ),
  cut AS (
    SELECT provider, key, account, covered_from, covered_to
    FROM partial LEFT JOIN cut_at_start USING (provider, key) LEFT JOIN cut_at_end USING (provider, key)
    WHERE covered_from IS NOT NULL OR covered_to IS NOT NULL
  )
SELECT resource_id, any_value(k.provider) AS provider, any_value(cut.account) AS account,
  CASE WHEN bool_and(covered_from IS NOT NULL) THEN min(covered_from) END AS covered_from,
  CASE WHEN bool_and(covered_to IS NOT NULL) THEN max(covered_to) END AS covered_to
FROM keyed k LEFT JOIN cut ON cut.provider = k.provider AND cut.key = k.key
GROUP BY resource_id
HAVING bool_and(cut.key IS NOT NULL) AND resource_id IS NOT NULL
ORDER BY resource_id
