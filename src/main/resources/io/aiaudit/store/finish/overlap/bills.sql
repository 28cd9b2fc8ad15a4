-- Bills in several files. Parts of one export have different charges of the same days; copies, later runs and other
-- forms of a bill have the same ones. A group is what belongs together by its path: the files of one manifest, else
-- those of one dialect in one folder that were named together.

CREATE TEMP TABLE bill_groups AS
SELECT *, if(count(*) OVER (PARTITION BY bill_group) = 1, source_file, argument) AS group_name
FROM (
  SELECT
    f.file_id, f.file AS source_file, f.dialect, argument, run IS NOT NULL AS is_run, path, form AS file_form, header,
    columns, release,
    coalesce(run, concat_ws(chr(10), argument, regexp_replace(path, '[^/]*$', ''), f.dialect)) AS bill_group
  FROM staged.files f JOIN staged.bill_paths USING (file_id)
);

-- The bills with what is compared of them in one currency, that of the audit; where no rate leads there an amount stays
-- in its own, and equals none in another.
CREATE TEMP MACRO in_currency(amount, rate) AS CASE WHEN rate IS NULL THEN amount
  ELSE CAST(CAST(amount AS DECIMAL(24,12)) * rate AS DECIMAL(28,12)) END;

CREATE TEMP VIEW priced_bill AS
SELECT b.* REPLACE (in_currency(BilledCost, rate) AS BilledCost, in_currency(EffectiveCost, rate) AS EffectiveCost),
  coalesce(r.currency, BillingCurrency) AS currency
FROM staged.bill b LEFT JOIN bill_rates r ON r.code = BillingCurrency;

-- The sums of several currencies, as 300.00 EUR and 20.00 USD.
CREATE TEMP MACRO in_words(amount, currency) AS
  string_agg(CAST(CAST(amount AS DECIMAL(28,6)) AS DECIMAL(28,2)) || ' ' || currency, ' and ' ORDER BY currency);

-- The part of a charge that is of one of its days.
CREATE TEMP MACRO part_of_day(amount, start_at, end_at, day) AS
  amount::DOUBLE * (epoch(least(end_at, day + INTERVAL 1 DAY)) - epoch(greatest(start_at, day)))
    / (epoch(end_at) - epoch(start_at));

-- The bills with their accounts, each in one spelling. By the number of a text, since there are few.
CREATE TEMP TABLE text_accounts AS
SELECT text_id, account_key(coalesce(SubAccountId, BillingAccountId, '')) AS account,
  account_key(BillingAccountId) AS payer
FROM staged.texts;

CREATE TEMP VIEW account_bill AS SELECT * FROM priced_bill JOIN text_accounts USING (text_id);

-- What is compared of charges, but for their periods and quantities. The words of a charge are all that the model shows
-- of it; its identity leaves out what is only a name of something, since a later run may have another one. What lies
-- under a commitment has two forms in Azure's exports of actual and of amortized cost, and both are needed. What a
-- charge costs is compared by resource, else by what is sold.
CREATE TEMP TABLE text_keys AS
SELECT
  text_id, provider, account, ChargeCategory, source_file, resource_id IS NOT NULL AS has_id,
  hash(provider, account, payer, resource_id, ServiceName, SkuId, SkuMeter, ChargeDescription, charge_kind,
    ChargeCategory, CommitmentDiscountId, CommitmentDiscountStatus, PricingCategory, RegionId,
    CASE WHEN CommitmentDiscountId IS NOT NULL THEN kind END) AS words,
  hash(provider, account, payer, resource_id, SkuId, SkuMeter,
    CASE WHEN coalesce(SkuId, SkuMeter) IS NULL THEN ServiceName END, charge_kind, ChargeCategory, CommitmentDiscountId,
    CommitmentDiscountStatus, PricingCategory, RegionId, kind, ConsumedUnit, upper(trim(BillingCurrency))) AS identity,
  hash(provider, account, coalesce(resource_id, SkuId, SkuMeter, ServiceName)) AS cost_of
FROM staged.texts JOIN text_accounts USING (text_id) LEFT JOIN azure_kinds USING (source_file);

CREATE TEMP TABLE account_days AS
SELECT file_id, provider, account, date_trunc('day', ChargePeriodStart) AS day, count(*) FILTER (ordinal > 0) AS rows
FROM charge_lines JOIN text_keys USING (text_id)
GROUP BY ALL;

-- What another bill has as well, and what of it was taken out.
CREATE TEMP TABLE billed_elsewhere (file_id BIGINT, ordinal BIGINT, provider VARCHAR, day TIMESTAMP, older VARCHAR,
  newer VARCHAR);
CREATE TEMP TABLE taken_out (older VARCHAR, newer VARCHAR, first_day DATE, last_day DATE, rows BIGINT);

-- Where both have whole days of each other: what each of them has for these.
CREATE TEMP TABLE other_sums (older VARCHAR, newer VARCHAR, currency VARCHAR, of_older DECIMAL(38,12),
  of_newer DECIMAL(38,12), older_effective DECIMAL(38,12), newer_effective DECIMAL(38,12), is_ordered BOOLEAN);

-- Files of which it is unknown whether they are the same bill, on two sides.
CREATE TEMP TABLE undecided_files (pair VARCHAR, side INTEGER, name VARCHAR, file_id BIGINT);
