-- Bills whose EffectiveCost is none: a whole number in all rows, while BilledCost is not, at least 100 rows, and sums
-- more than 1 % apart. What writes whole numbers is an export, so each payer and currency is looked at for itself: the
-- files of others say nothing of it.

CREATE TEMP TABLE cost_texts AS
SELECT text_id, provider, coalesce(upper(trim(BillingCurrency)), '') AS currency, source_file,
  coalesce(account_key(coalesce(BillingAccountId, SubAccountId)), '') AS payer,
  coalesce(account_key(coalesce(SubAccountId, BillingAccountId)), '') AS account,
  ChargeCategory = 'Usage' AND charge_kind = 'cost' AND CommitmentDiscountStatus IS NULL AS is_plain, has_fraction
FROM staged.texts JOIN (
  SELECT text_id, bool_or(EffectiveCost <> trunc(EffectiveCost)) AS has_fraction
  FROM charge_lines WHERE EffectiveCost IS NOT NULL GROUP BY text_id
) USING (text_id);

CREATE TEMP TABLE whole_texts AS
SELECT * FROM (
  SELECT * EXCLUDE (has_fraction), NOT bool_or(has_fraction) OVER payers AS is_whole_payer,
    NOT bool_or(has_fraction) OVER accounts AS is_whole_account
  FROM cost_texts
  WINDOW payers AS (PARTITION BY provider, currency, payer),
    accounts AS (PARTITION BY provider, currency, payer, account)
)
WHERE is_whole_account;

CREATE TEMP TABLE whole_sums AS
SELECT whole_texts.*, rows, is_billed_whole, effective, billed, is_anything
FROM whole_texts JOIN (
  SELECT text_id, count(*) AS rows, bool_and(BilledCost = trunc(BilledCost)) AS is_billed_whole,
    sum(EffectiveCost) AS effective, sum(BilledCost) AS billed, bool_or(EffectiveCost <> 0) AS is_anything
  FROM charge_lines
  WHERE EffectiveCost IS NOT NULL AND text_id IN (SELECT text_id FROM whole_texts) GROUP BY text_id
) USING (text_id);

CREATE TEMP MACRO are_rounded(rows, is_billed_whole, effective, billed) AS
  sum(rows) >= 100 AND NOT bool_and(is_billed_whole) AND abs(sum(effective) - sum(billed)) > abs(sum(billed)) * 0.01;

UPDATE staged.texts SET at_billed_cost = true
WHERE text_id IN (
  WITH payers AS (
    SELECT provider, currency, payer FROM whole_sums WHERE is_whole_payer GROUP BY ALL
    HAVING are_rounded(rows, is_billed_whole, effective, billed)
    UNION
    -- The payers of one file together, where there is no other number in it: each may have few rows.
    SELECT provider, currency, payer FROM whole_sums WHERE is_whole_payer AND (provider, currency, source_file) IN (
      SELECT (provider, currency, source_file) FROM whole_sums
      WHERE is_whole_payer AND (provider, currency, source_file) NOT IN (
        SELECT (provider, currency, source_file) FROM cost_texts
        WHERE (provider, currency, payer) NOT IN (
          SELECT (provider, currency, payer) FROM whole_sums WHERE is_whole_payer))
      GROUP BY provider, currency, source_file HAVING are_rounded(rows, is_billed_whole, effective, billed))
  ), accounts AS (
    -- An account whose own export is rounded, beside others of its payer. Fees show nothing: they may be worth 0.
    SELECT provider, currency, payer, account FROM whole_sums WHERE is_plain GROUP BY ALL
    HAVING are_rounded(rows, is_billed_whole, effective, billed) AND bool_or(is_anything)
  )
  SELECT text_id FROM whole_sums
  WHERE (is_whole_payer AND (provider, currency, payer) IN (SELECT (provider, currency, payer) FROM payers))
    OR (provider, currency, payer, account) IN (SELECT (provider, currency, payer, account) FROM accounts)
);
