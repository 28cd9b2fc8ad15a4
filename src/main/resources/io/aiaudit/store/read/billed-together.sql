-- Which accounts each file of a bill charges something to within the window. Lines are looked at by the number of their
-- text.
WITH
  bounds AS (SELECT ?::TIMESTAMP AS window_start, ?::TIMESTAMP AS window_end),
  charged AS (
    SELECT provider, BillingAccountId AS payer, coalesce(SubAccountId, BillingAccountId) AS account, source_file
    FROM charge_texts
    SEMI JOIN (SELECT text_id FROM charge_lines, bounds
      WHERE ChargePeriodStart < window_end AND ChargePeriodEnd > window_start) USING (text_id)
    UNION
    SELECT provider, BillingAccountId, coalesce(SubAccountId, BillingAccountId), source_file
    FROM charge_parts, bounds
    WHERE ChargePeriodStart < window_end AND ChargePeriodEnd > window_start
  )
SELECT provider, min(payer) AS payer, min(account) AS account, source_file
FROM charged
WHERE account IS NOT NULL
GROUP BY provider, account_key(payer), account_key(account), source_file
ORDER BY ALL
