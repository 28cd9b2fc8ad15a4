-- Discounts that name no resource (EdpDiscount and the like, credits that lower a price): they are taken off what they
-- are of, in the same hour, day or month, of each use by what it costs. Decided over all files together: a bill comes
-- in parts. No sum of the bill changes.

-- What names a use. A report of AWS has the name of a product beside usage, its code in every row.
CREATE TEMP TABLE named_texts AS
SELECT
  text_id, provider, BillingAccountId AS payer, SubAccountId AS account, ServiceName AS service,
  CASE WHEN is_report THEN coalesce(nullif(split_part(ResourceType, ' ', 1), ''), ServiceName) ELSE ServiceName END
    AS product,
  CASE WHEN is_report THEN nullif(split_part(ResourceType, ' ', 2), '') END AS operation,
  SkuMeter AS meter, RegionId AS region, CommitmentDiscountId AS commitment, ResourceId AS resource,
  is_current AND category = 'credit' AND ResourceId IS NULL AS is_credit,
  is_current AND category = 'usage' AND ResourceId IS NULL
    AND is_price_credit(concat_ws(' ', ChargeDescription, SkuMeter, PricingCategory)) AS has_words_of_price,
  is_current AND category = 'credit' AND ResourceId IS NOT NULL AS has_own,
  is_current AND category IN ('usage', 'purchase') AS is_use,
  coalesce(lower(CommitmentDiscountStatus) = 'used', false) AS is_covered,
  BillingPeriodStart AS period_start, BillingPeriodEnd AS period_end, at_billed
FROM (
  SELECT *, lower(ChargeCategory) AS category, lower(ChargeClass) IS DISTINCT FROM 'correction' AS is_current,
    source_file IN (SELECT file FROM staged.files WHERE dialect = 'cur') AS is_report,
    at_billed_cost AS at_billed
  FROM staged.texts WHERE charge_kind = 'cost'
);

-- Where EffectiveCost is not the cost, BilledCost is. Rows without a length are of their billing period or month.
CREATE TEMP TABLE discount_rows AS
SELECT
  file_id, ordinal, at_billed OR EffectiveCost IS NULL AS is_billed,
  CASE WHEN is_billed THEN BilledCost ELSE EffectiveCost END AS amount,
  CASE WHEN ChargePeriodEnd > ChargePeriodStart THEN ChargePeriodStart
    ELSE coalesce(period_start, date_trunc('month', ChargePeriodStart)) END AS start_at,
  CASE WHEN ChargePeriodEnd > ChargePeriodStart THEN ChargePeriodEnd
    ELSE coalesce(period_end, date_trunc('month', ChargePeriodStart) + INTERVAL 1 MONTH) END AS end_at,
  hash(provider, payer, account, service, product, operation, meter, region, commitment) AS words,
  provider, payer, account, product, operation, meter, region, commitment
FROM charge_lines JOIN named_texts USING (text_id)
WHERE is_credit OR (has_words_of_price AND BilledCost < 0);

CREATE TEMP TABLE price_discounts AS
SELECT row_number() OVER (ORDER BY words, is_billed, start_at, end_at) AS discount, *
FROM (
  SELECT any_value(provider) AS provider, words, is_billed, start_at, end_at, -sum(amount) AS amount,
    count(*) AS rows
  FROM discount_rows GROUP BY words, is_billed, start_at, end_at HAVING sum(amount) < 0
);

-- What has discounts of its own, or the price of a commitment, comes second.
CREATE TEMP TABLE used_texts AS
SELECT *, hash(provider, payer, account, product, operation, meter, region, commitment, comes_second) AS names
FROM (
  SELECT text_id, provider, payer, account, product, operation, meter, region, commitment, at_billed,
    is_covered OR (resource IS NOT NULL AND (provider, product, resource) IN (SELECT (provider, product, resource)
      FROM named_texts WHERE has_own)) AS comes_second
  FROM named_texts
  WHERE is_use AND ((provider, product) IN (SELECT (provider, product) FROM discount_rows)
    OR (provider, commitment) IN (SELECT (provider, commitment) FROM discount_rows))
);

CREATE TEMP TABLE used_names AS
SELECT DISTINCT names, provider, payer, account, product, operation, meter, region, commitment, comes_second
FROM used_texts;

-- What a discount is of: use under the commitment that it names, else use that has all of its words. A word that no use
-- of the product has names the discount itself. What is with the payer, which does not use the product, is of all
-- its accounts.
CREATE TEMP TABLE discounted_names AS
WITH worded AS (
  SELECT DISTINCT ON (words) * REPLACE (
    CASE WHEN account <> payer OR payer IS NULL OR (product, account) IN (SELECT (product, account) FROM used_names)
      THEN account END AS account,
    CASE WHEN (product, meter) IN (SELECT (product, meter) FROM used_names) THEN meter END AS meter,
    CASE WHEN (product, operation) IN (SELECT (product, operation) FROM used_names) THEN operation END AS operation,
    CASE WHEN (product, region) IN (SELECT (product, region) FROM used_names) THEN region END AS region)
  FROM discount_rows ORDER BY words, file_id, ordinal
)
SELECT words, names, u.comes_second
FROM worded d JOIN used_names u ON u.provider = d.provider AND u.product = d.product
WHERE d.commitment IS NULL
  AND CASE WHEN d.account IS NOT NULL THEN u.account = d.account AND coalesce(u.payer = d.payer, true)
    WHEN d.payer IS NOT NULL THEN u.payer = d.payer ELSE u.account IS NULL AND u.payer IS NULL END
  AND (d.meter IS NULL OR u.meter = d.meter) AND (d.operation IS NULL OR u.operation = d.operation)
  AND (d.region IS NULL OR u.region = d.region)
UNION ALL
SELECT words, names, false
FROM worded d JOIN used_names u ON u.provider = d.provider AND u.commitment = d.commitment;

CREATE TEMP TABLE used_rows AS
SELECT
  file_id, ordinal, names, at_billed OR EffectiveCost IS NULL AS is_billed, ChargePeriodStart AS start_at,
  ChargePeriodEnd AS end_at, CASE WHEN is_billed THEN BilledCost ELSE EffectiveCost END AS cost
FROM charge_lines JOIN used_texts USING (text_id)
WHERE cost > 0 AND names IN (SELECT names FROM discounted_names);

CREATE TEMP TABLE used_periods AS
SELECT names, is_billed, start_at, end_at, date_trunc('day', start_at) AS day, sum(cost) AS cost
FROM used_rows GROUP BY ALL;

-- The use within the period of a discount; else that of a longer period; else that of its day.
CREATE TEMP TABLE discounted_use AS
SELECT d.discount, d.amount, n.comes_second, u.*
FROM (SELECT *, unnest(range(date_trunc('day', start_at), end_at, INTERVAL 1 DAY)) AS day FROM price_discounts) d
JOIN discounted_names n ON n.words = d.words
JOIN used_periods u ON u.names = n.names AND u.is_billed = d.is_billed AND u.day = d.day
WHERE u.start_at >= d.start_at AND u.start_at < d.end_at AND u.end_at <= d.end_at;

INSERT INTO discounted_use
SELECT d.discount, d.amount, n.comes_second, u.*
FROM price_discounts d JOIN discounted_names n ON n.words = d.words
JOIN used_periods u ON u.names = n.names AND u.is_billed = d.is_billed
  AND u.start_at <= d.start_at AND u.end_at >= d.end_at
WHERE d.discount NOT IN (SELECT discount FROM discounted_use);

INSERT INTO discounted_use
SELECT d.discount, d.amount, n.comes_second, u.*
FROM price_discounts d JOIN discounted_names n ON n.words = d.words
JOIN used_periods u ON u.names = n.names AND u.is_billed = d.is_billed AND u.day = date_trunc('day', d.start_at)
WHERE d.discount NOT IN (SELECT discount FROM discounted_use);

-- Parts are rounded to the twelfth decimal; the largest takes what rounding leaves.
CREATE TEMP MACRO part_of_discount(amount, part, whole) AS coalesce(TRY_CAST(TRY_CAST(amount AS DECIMAL(24,12))
  * TRY_CAST(part / nullif(whole, 0) AS DECIMAL(13,12)) AS DECIMAL(28,12)), 0);

-- No use costs less than nothing: what is beyond its cost stays with the discount.
CREATE TEMP TABLE taken_off AS
WITH first_ones AS (
  FROM discounted_use
  QUALIFY NOT comes_second OR coalesce(sum(cost) FILTER (NOT comes_second) OVER (PARTITION BY discount), 0) < amount
), shared AS (
  SELECT *, least(amount, sum(cost) OVER one) AS limited, part_of_discount(limited, cost, sum(cost) OVER one) AS part,
    row_number() OVER (PARTITION BY discount ORDER BY cost DESC, names, start_at, end_at) = 1 AS takes_rest
  FROM first_ones WINDOW one AS (PARTITION BY discount)
), whole AS (
  SELECT *, CASE WHEN takes_rest
    THEN limited - coalesce(sum(part) FILTER (NOT takes_rest) OVER (PARTITION BY discount), 0) ELSE part END AS off
  FROM shared
)
SELECT discount, names, is_billed, start_at, end_at, cost,
  CASE WHEN sum(off) OVER same_use > cost THEN part_of_discount(cost, off, sum(off) OVER same_use) ELSE off END AS off
FROM whole WINDOW same_use AS (PARTITION BY names, is_billed, start_at, end_at);

CREATE TEMP TABLE lowered_rows AS
WITH parts AS (
  SELECT file_id, ordinal, is_billed, names, start_at, end_at, t.off,
    part_of_discount(t.off, r.cost, t.cost) AS part,
    row_number() OVER (PARTITION BY names, is_billed, start_at, end_at ORDER BY r.cost DESC, file_id, ordinal) = 1
      AS takes_rest
  FROM used_rows r JOIN (
    SELECT names, is_billed, start_at, end_at, any_value(cost) AS cost, sum(off) AS off FROM taken_off GROUP BY ALL
  ) t USING (names, is_billed, start_at, end_at)
)
SELECT file_id, ordinal, is_billed, CASE WHEN takes_rest
  THEN off - coalesce(sum(part) FILTER (NOT takes_rest) OVER (PARTITION BY names, is_billed, start_at, end_at), 0)
  ELSE part END AS off
FROM parts;

CREATE TEMP TABLE left_of_discounts AS
SELECT discount, amount - off AS rest
FROM price_discounts JOIN (SELECT discount, sum(off) AS off FROM taken_off GROUP BY ALL) USING (discount);

INSERT INTO lowered_rows
SELECT file_id, ordinal, is_billed, r.amount + if(row_number() OVER (PARTITION BY discount ORDER BY file_id,
  ordinal) = 1, rest, 0)
FROM discount_rows r JOIN price_discounts d USING (words, is_billed, start_at, end_at)
JOIN left_of_discounts USING (discount);

UPDATE charge_lines SET
  EffectiveCost = CASE WHEN l.is_billed THEN EffectiveCost ELSE EffectiveCost - l.off END,
  BilledCost = CASE WHEN l.is_billed THEN BilledCost - l.off ELSE BilledCost END
FROM lowered_rows l
WHERE charge_lines.file_id = l.file_id AND charge_lines.ordinal = l.ordinal;

CREATE TEMP TABLE unexplained_discounts AS
SELECT provider, sum(coalesce(rest, amount)) AS amount, sum(rows)::BIGINT AS rows
FROM price_discounts LEFT JOIN left_of_discounts USING (discount)
WHERE coalesce(rest, amount) > 0
GROUP BY provider HAVING sum(coalesce(rest, amount)) >= 0.005;
