-- Of the units that are compared, which are files of one folder or whole groups: those that have at least half of their
-- charges on days that several units have in common with another one, as far as the model shows. Amounts do not matter,
-- since a later run may have others.

CREATE OR REPLACE TEMP TABLE unit_days AS
SELECT scope, unit, provider, account, day, sum(rows) AS rows FROM account_days JOIN units USING (file_id) GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE shared_days AS
SELECT scope, provider, account, day FROM unit_days GROUP BY ALL HAVING count(*) > 1;

-- What lies under a commitment has two forms in Azure's exports of actual and of amortized cost, and both are
-- needed.
CREATE OR REPLACE TEMP TABLE compared AS
SELECT
  scope, unit, b.file_id, ordinal, b.provider, account, date_trunc('day', ChargePeriodStart) AS day, ChargeCategory,
  hash(b.provider, account, payer, ChargePeriodStart, ChargePeriodEnd, resource_id, ServiceName, SkuId,
    SkuMeter, ChargeDescription, charge_kind, ChargeCategory,
    CommitmentDiscountId, CommitmentDiscountStatus, PricingCategory, RegionId,
    CASE WHEN CommitmentDiscountId IS NOT NULL THEN kind END) AS charge
FROM account_bill b JOIN units USING (file_id) LEFT JOIN azure_kinds k ON k.file_id = b.file_id
WHERE ordinal > 0 AND (scope, b.provider, account, date_trunc('day', ChargePeriodStart)) IN (FROM shared_days);

CREATE OR REPLACE TEMP TABLE suspects AS
WITH again AS (SELECT scope, charge, true AS is_again FROM compared GROUP BY scope, charge
  HAVING count(DISTINCT unit) > 1)
SELECT scope, unit FROM compared LEFT JOIN again USING (scope, charge) GROUP BY ALL
  HAVING count(*) FILTER (is_again) * 2 >= count(*);

-- The words of their rows are filled in by RowWords. Those of files in two formats cannot be compared.
CREATE OR REPLACE TEMP TABLE to_read AS
SELECT DISTINCT file_id, path
FROM units JOIN bill_groups USING (file_id)
WHERE scope IN (SELECT scope FROM suspects) AND scope NOT IN (SELECT scope FROM units JOIN bill_groups USING (file_id)
  GROUP BY scope HAVING count(DISTINCT file_form) > 1)
ORDER BY file_id;

CREATE OR REPLACE TEMP TABLE wording (file_id BIGINT, ordinal BIGINT, words UBIGINT);
