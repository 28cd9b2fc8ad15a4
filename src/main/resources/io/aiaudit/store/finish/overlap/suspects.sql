-- Of the units that are compared, which are files of one folder or whole groups: those that have at least half of their
-- charges on days that several units have in common with another one, as far as the model shows. Amounts do not matter,
-- since a later run may have others. Nor do words, where resource, meter, period and quantity are the same.

CREATE OR REPLACE TEMP TABLE unit_days AS
SELECT scope, unit, provider, account, day, sum(rows) AS rows FROM account_days JOIN units USING (file_id) GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE shared_days AS
SELECT scope, provider, account, day FROM unit_days GROUP BY ALL HAVING count(*) > 1;

CREATE OR REPLACE TEMP TABLE compared AS
SELECT
  scope, unit, b.file_id, ordinal, provider, account, date_trunc('day', ChargePeriodStart) AS day, ChargeCategory,
  has_id, hash(words, ChargePeriodStart, ChargePeriodEnd) AS charge,
  hash(identity, ChargePeriodStart, ChargePeriodEnd, CAST(ConsumedQuantity AS DECIMAL(28,6))) AS identity
FROM charge_lines b JOIN text_keys USING (text_id) JOIN units USING (file_id)
WHERE ordinal > 0 AND (scope, provider, account, date_trunc('day', ChargePeriodStart)) IN (FROM shared_days);

CREATE OR REPLACE TEMP TABLE suspects AS
WITH charges_again AS (
  SELECT scope, charge, true AS is_again FROM compared GROUP BY scope, charge HAVING min(unit) <> max(unit)
), identities_again AS (
  SELECT scope, identity, true AS is_same FROM compared GROUP BY scope, identity HAVING min(unit) <> max(unit)
)
SELECT scope, unit FROM compared LEFT JOIN charges_again USING (scope, charge)
  LEFT JOIN identities_again USING (scope, identity)
GROUP BY ALL
HAVING count(*) FILTER (is_again) * 2 >= count(*) OR count(*) FILTER (is_same) * 2 >= count(*);

-- The words of their rows are filled in by RowWords. Those of files in two formats cannot be compared.
CREATE OR REPLACE TEMP TABLE to_read AS
SELECT DISTINCT file_id, path
FROM units JOIN bill_groups USING (file_id)
WHERE scope IN (SELECT scope FROM suspects) AND scope NOT IN (SELECT scope FROM units JOIN bill_groups USING (file_id)
  GROUP BY scope HAVING count(DISTINCT file_form) > 1)
ORDER BY file_id;

CREATE OR REPLACE TEMP TABLE wording (file_id BIGINT, ordinal BIGINT, words UBIGINT, tags UBIGINT);
