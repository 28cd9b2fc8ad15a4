-- Discounts that name no resource (EdpDiscount and the like, credits that lower a price), and what a resource is given
-- beyond its use: what they are, and what they may be of. Decided over all files together: a bill comes in parts. They
-- are taken off step by step (price-discounts-step.sql); no sum of the bill changes.

-- What names a use. A report of AWS has the name of a product beside usage, its code in every row. A row that lacks the
-- payer is of the only one that there is.
CREATE TEMP TABLE named_texts AS
SELECT
  text_id, provider, coalesce(account_key(BillingAccountId), only_payer) AS payer, account_key(SubAccountId) AS account,
  ServiceName AS service,
  CASE WHEN is_report THEN coalesce(nullif(split_part(ResourceType, ' ', 1), ''), ServiceName) ELSE ServiceName END
    AS product,
  CASE WHEN is_report THEN nullif(split_part(ResourceType, ' ', 2), '') END AS operation,
  SkuMeter AS meter, RegionId AS region, CommitmentDiscountId AS commitment,
  coalesce(resource_id, ResourceId) AS resource,
  is_current AND (category IN ('credit', 'discount') OR (category IN ('usage', 'purchase') AND has_words_of_price
    AND (category = 'usage' OR CommitmentDiscountId IS NULL))) AS is_discount,
  is_current AND category IN ('usage', 'purchase') AS is_use,
  coalesce(lower(CommitmentDiscountStatus) = 'used', false) AS is_covered,
  BillingPeriodStart AS period_start, BillingPeriodEnd AS period_end, at_billed,
  coalesce(has_effective, false) AS has_effective
FROM (
  SELECT *, lower(ChargeCategory) AS category, lower(ChargeClass) IS DISTINCT FROM 'correction' AS is_current,
    is_price_credit(concat_ws(' ', ChargeDescription, SkuMeter, PricingCategory)) AS has_words_of_price,
    source_file IN (SELECT file FROM staged.files WHERE dialect = 'cur') AS is_report,
    at_billed_cost AS at_billed
  FROM staged.texts WHERE charge_kind = 'cost'
)
LEFT JOIN (
  SELECT provider,
    CASE WHEN count(DISTINCT account_key(BillingAccountId)) = 1 THEN min(account_key(BillingAccountId)) END
      AS only_payer
  FROM staged.texts WHERE charge_kind = 'cost' GROUP BY provider
) USING (provider)
LEFT JOIN (SELECT provider, bool_and(EffectiveCost IS NOT NULL) AS has_effective
  FROM charge_lines JOIN staged.texts USING (text_id)
  WHERE charge_kind = 'cost' AND lower(ChargeCategory) IN ('usage', 'purchase') GROUP BY provider) USING (provider);

-- Where EffectiveCost is not the cost, BilledCost is. A discount that lacks it where all use has it is of that.
CREATE TEMP TABLE discounted_lines AS
SELECT
  file_id, ordinal, text_id, at_billed OR (EffectiveCost IS NULL AND NOT has_effective) AS is_billed,
  CASE WHEN at_billed OR EffectiveCost IS NULL THEN BilledCost ELSE EffectiveCost END AS amount
FROM charge_lines JOIN named_texts USING (text_id)
WHERE is_discount AND amount <> 0 AND (amount < 0 OR NOT is_use);

-- A discount on a resource is of that resource, up to what its use costs: which share of the one is left for others,
-- and which of the other is beyond it.
CREATE TEMP TABLE own_discounts AS
WITH given AS (
  SELECT provider, resource, -sum(amount) AS given
  FROM discounted_lines JOIN named_texts USING (text_id)
  WHERE resource IS NOT NULL GROUP BY ALL HAVING sum(amount) < 0
), used AS (
  SELECT provider, resource,
    sum(CASE WHEN at_billed OR EffectiveCost IS NULL THEN BilledCost ELSE EffectiveCost END) AS used
  FROM charge_lines JOIN named_texts USING (text_id)
  WHERE is_use AND (provider, resource) IN (SELECT (provider, resource) FROM given)
    AND CASE WHEN at_billed OR EffectiveCost IS NULL THEN BilledCost ELSE EffectiveCost END > 0
  GROUP BY ALL
)
SELECT provider, resource, greatest(0, 1 - CAST(given / nullif(used, 0) AS DECIMAL(28,12))) AS left_share,
  greatest(0, 1 - CAST(coalesce(used, 0) / given AS DECIMAL(28,12))) AS beyond
FROM given LEFT JOIN used USING (provider, resource);

-- A discount may be posted on any one day of its month: then it is a price of its billing period, as it is where a row
-- has no length. What is on most days on which its service is used, or on most days of a week at least, is metered and
-- keeps its own time.
CREATE TEMP TABLE discount_moments AS
SELECT
  file_id, ordinal, hash(provider, payer, account, service, product, operation, meter, region, commitment, resource)
    AS posted_as, provider, payer, account, product,
  ChargePeriodEnd > ChargePeriodStart AND ChargePeriodEnd - ChargePeriodStart <= INTERVAL 25 HOUR AS is_brief,
  ChargePeriodStart AS start_at,
  period_start IS NOT NULL AND ChargePeriodStart >= period_start AND ChargePeriodStart < period_end
    AND period_end - period_start BETWEEN INTERVAL 27 DAY AND INTERVAL 32 DAY AS has_period
FROM discounted_lines JOIN charge_lines USING (file_id, ordinal, text_id) JOIN named_texts USING (text_id);

CREATE TEMP TABLE posted_discounts AS
WITH used AS (
  SELECT provider, count(DISTINCT ChargePeriodStart::DATE) AS days
  FROM charge_lines JOIN named_texts USING (text_id)
  WHERE is_use AND provider IN (SELECT provider FROM discount_moments WHERE is_brief)
    AND ChargePeriodEnd - ChargePeriodStart <= INTERVAL 25 HOUR
  GROUP BY provider
), posted AS (
  SELECT posted_as, provider, count(DISTINCT start_at::DATE) AS days,
    date_diff('day', min(start_at), max(start_at)) + 1 AS span
  FROM discount_moments WHERE is_brief GROUP BY ALL
)
SELECT posted_as FROM posted LEFT JOIN used USING (provider)
WHERE NOT (coalesce(2 * posted.days > used.days, false) OR (posted.days >= 7 AND 2 * posted.days > span));

CREATE TEMP TABLE discount_rows AS
SELECT
  file_id, ordinal, is_billed,
  CASE WHEN resource IS NULL THEN amount ELSE part_of_amount(amount, beyond, 1) END AS amount,
  ChargePeriodEnd > ChargePeriodStart AND NOT is_posted AS has_time,
  CASE WHEN has_time THEN ChargePeriodStart WHEN has_period OR NOT is_brief
    THEN coalesce(period_start, date_trunc('month', ChargePeriodStart))
    ELSE date_trunc('month', ChargePeriodStart) END AS start_at,
  CASE WHEN has_time THEN ChargePeriodEnd WHEN has_period OR NOT is_brief
    THEN coalesce(period_end, date_trunc('month', ChargePeriodStart) + INTERVAL 1 MONTH)
    ELSE date_trunc('month', ChargePeriodStart) + INTERVAL 1 MONTH END AS end_at,
  date_trunc('month', coalesce(period_start, ChargePeriodStart)) AS month,
  hash(provider, payer, account, service, product, operation, meter, region, commitment) AS words,
  provider, payer, account, product, operation, meter, region, commitment
FROM discounted_lines JOIN charge_lines USING (file_id, ordinal, text_id) JOIN named_texts USING (text_id)
JOIN (SELECT file_id, ordinal, has_period, is_brief, is_brief AND posted_as IN (FROM posted_discounts) AS is_posted
  FROM discount_moments) USING (file_id, ordinal)
LEFT JOIN own_discounts USING (provider, resource)
WHERE resource IS NULL OR beyond > 0;

-- rest is what no use took yet, unnamed what no use of its own words took.
CREATE TEMP TABLE price_discounts AS
SELECT row_number() OVER (ORDER BY words, is_billed, month, start_at, end_at) AS discount, *, amount AS rest,
  amount AS unnamed
FROM (
  SELECT any_value(provider) AS provider, words, is_billed, month, start_at, end_at,
    CAST(-sum(amount) AS DECIMAL(28,12)) AS amount, count(*) AS rows
  FROM discount_rows GROUP BY words, is_billed, month, start_at, end_at HAVING sum(amount) < 0
);

-- What has the price of a commitment comes second.
CREATE TEMP TABLE used_texts AS
SELECT text_id, provider, payer, account, product, operation, meter, region, commitment, is_covered, at_billed,
  coalesce(left_share, 1) AS left_share,
  date_trunc('month', period_start) AS month,
  hash(provider, payer, account, product, operation, meter, region, commitment, is_covered, period_start) AS names
FROM named_texts LEFT JOIN own_discounts USING (provider, resource)
WHERE is_use AND provider IN (SELECT provider FROM price_discounts);

CREATE TEMP TABLE used_names AS
SELECT DISTINCT names, provider, payer, account, product, operation, meter, region, commitment, is_covered
FROM used_texts;

-- What a discount may be of, the nearest first: use under the commitment that it names, else use that has all of its
-- words; then all use of its service and payer, of its account, of its payer. A word that no use of the product has
-- names the discount itself. What is with the payer is of all its accounts; where it uses the product itself, the part
-- that it is given is evened out with that of the others (scopes of 'shared use').
CREATE TEMP TABLE discount_words AS
SELECT DISTINCT ON (words) words, provider, payer, account, product, operation, meter, region, commitment
FROM discount_rows ORDER BY words, file_id, ordinal;

CREATE TEMP TABLE discounted_names AS
WITH worded AS (
  SELECT * REPLACE (
    CASE WHEN account <> payer OR payer IS NULL THEN account END AS account,
    CASE WHEN (product, meter) IN (SELECT (product, meter) FROM used_names) THEN meter END AS meter,
    CASE WHEN (product, operation) IN (SELECT (product, operation) FROM used_names) THEN operation END AS operation,
    CASE WHEN (product, region) IN (SELECT (product, region) FROM used_names) THEN region END AS region),
    account = payer AND (product, account) IN (SELECT (product, account) FROM used_names) AS is_shared
  FROM discount_words
)
SELECT if(u.is_covered, 'covered ', '') || if(is_shared, 'shared use', 'use') AS scope, words AS pool, names
FROM worded d JOIN used_names u ON u.provider = d.provider AND u.product = d.product
WHERE d.commitment IS NULL
  AND CASE WHEN d.account IS NOT NULL THEN u.account = d.account AND coalesce(u.payer = d.payer, true)
    WHEN d.payer IS NOT NULL THEN u.payer = d.payer ELSE u.account IS NULL AND u.payer IS NULL END
  AND (d.meter IS NULL OR u.meter = d.meter) AND (d.operation IS NULL OR u.operation = d.operation)
  AND (d.region IS NULL OR u.region = d.region)
UNION ALL
SELECT 'use', words, names
FROM worded d JOIN used_names u ON u.provider = d.provider AND u.commitment = d.commitment;

CREATE TEMP MACRO pools_of(provider, payer, account, product) AS [
  {'scope': 'service', 'pool': hash('service', provider, coalesce(payer, ''), product)},
  {'scope': 'account', 'pool': if(account IS NULL OR account = payer, NULL, hash('account', provider, account))},
  {'scope': 'payer', 'pool': hash('payer', provider, coalesce(payer, ''))},
  {'scope': 'provider', 'pool': hash('provider', provider)}];

CREATE TEMP TABLE wide_names AS
SELECT pools.scope AS scope, pools.pool AS pool, names
FROM (SELECT names, unnest(pools_of(provider, payer, account, product)) AS pools
  FROM used_names)
WHERE pools.pool IS NOT NULL;

CREATE TEMP TABLE pools AS
SELECT words, unnest(['use', 'covered use', 'shared use', 'covered shared use']) AS scope, words AS pool
FROM discount_words
UNION ALL
SELECT words, pools.scope, pools.pool
FROM (SELECT words, payer, unnest(pools_of(provider, payer, account, product)) AS pools FROM discount_words)
WHERE pools.pool IS NOT NULL AND (payer IS NULL OR pools.scope <> 'provider');

-- What the uses cost that a step came to, and without any discount; off is what was taken off them.
CREATE TEMP TABLE used_periods (names UBIGINT, is_billed BOOLEAN, start_at TIMESTAMP, end_at TIMESTAMP,
  day TIMESTAMP, month TIMESTAMP, whole DECIMAL(28,12), cost DECIMAL(28,12), off DECIMAL(28,12));
