-- Beside the commitments that a collector read, those that only the bill shows: cost per hour of what it charged, and
-- the used part of it.

-- Bills of one account that another one pays for: what is used under a commitment may be in others.
CREATE TEMP TABLE bills_of_one_account AS
SELECT provider, account_key(BillingAccountId) AS payer
FROM charge_texts WHERE charge_kind = 'cost' AND BillingAccountId IS NOT NULL
GROUP BY ALL
HAVING count(DISTINCT account_key(SubAccountId)) = 1
  AND bool_and(coalesce(account_key(SubAccountId) <> account_key(BillingAccountId), true));

CREATE TEMP TABLE commitment_periods AS
SELECT
  provider, lower(CommitmentDiscountId) AS commitment, ChargePeriodStart AS start_at, ChargePeriodEnd AS end_at,
  end_at - start_at <= INTERVAL 25 HOUR AS is_brief, min(CommitmentDiscountId) AS id,
  min(coalesce(CommitmentDiscountType, CommitmentDiscountCategory)) AS kind,
  min(coalesce(SubAccountId, BillingAccountId)) AS scope, bool_and(CommitmentDiscountStatus IS NOT NULL) AS has_status,
  sum(EffectiveCost) AS cost, coalesce(sum(EffectiveCost) FILTER (CommitmentDiscountStatus = 'Used'), 0) AS used,
  coalesce(sum(EffectiveCost) FILTER (CommitmentDiscountStatus = 'Unused'), 0) AS unused,
  coalesce(bool_or((provider, account_key(BillingAccountId)) IN (SELECT (provider, payer) FROM bills_of_one_account)),
    false) AS is_of_one_account
FROM charges
-- A fee of Google Cloud without a word of how much of it was used is a commitment, too.
WHERE (CommitmentDiscountStatus IN ('Used', 'Unused')
  OR (provider = 'gcp' AND CommitmentDiscountStatus IS NULL AND ChargeCategory = 'Purchase' AND charge_kind = 'cost'))
  AND CommitmentDiscountId IS NOT NULL
GROUP BY ALL;

-- The hours in which it was charged: a bill may lack days, which say nothing of its price. Some bills write an hour
-- without its last second.
CREATE TEMP TABLE commitment_hours AS
SELECT provider, commitment, sum(greatest(0, epoch(to_at) - epoch(greatest(start_at, coalesce(known_to, start_at)))))
  / 3600 AS hours
FROM (
  SELECT *, date_trunc('minute', end_at + INTERVAL 59 SECOND) AS to_at,
    max(to_at) OVER (PARTITION BY provider, commitment ORDER BY start_at, end_at
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS known_to
  FROM commitment_periods
)
GROUP BY ALL;

-- Beside the row of a month, which has what was unused of it, rows of hours have what was used: of the days that the
-- bill has.
CREATE TEMP TABLE commitment_days AS
WITH months AS (
  SELECT provider, commitment, min(start_at) AS from_at, max(end_at) AS to_at
  FROM commitment_periods GROUP BY ALL HAVING count(DISTINCT is_brief) = 2
), days AS (
  SELECT DISTINCT provider, date_trunc('day', ChargePeriodStart) AS day
  FROM charge_lines JOIN (SELECT text_id, provider FROM charge_texts
    WHERE charge_kind = 'cost' AND provider IN (SELECT provider FROM months)) USING (text_id)
  WHERE ChargePeriodEnd - ChargePeriodStart <= INTERVAL 25 HOUR
)
SELECT m.provider, commitment, 24 * count(*) AS hours_of_use
FROM months m JOIN days d ON d.provider = m.provider AND d.day >= date_trunc('day', from_at) AND d.day < to_at
GROUP BY ALL;

-- What was paid for all of it, whoever used it: the fee is on one bill, and what used it may be in an account that the
-- file does not hold. A fee that is invoiced on one day for a month says no price of an hour.
CREATE TEMP TABLE commitment_fees AS
WITH fees AS (
  SELECT provider, lower(CommitmentDiscountId) AS commitment, ChargePeriodStart AS start_at,
    date_trunc('minute', ChargePeriodEnd + INTERVAL 59 SECOND) AS end_at,
    sum(greatest(BilledCost, coalesce(ContractedCost, 0))) AS fee
  FROM charges
  WHERE ChargeCategory = 'Purchase' AND charge_kind = 'cost' AND CommitmentDiscountId IS NOT NULL
    AND (ChargeFrequency = 'Recurring' OR (provider = 'gcp' AND ContractedCost IS NOT NULL))
  GROUP BY ALL
), bill AS (
  SELECT provider, min(ChargePeriodStart) AS from_at, max(ChargePeriodEnd) AS to_at
  FROM charge_lines JOIN (SELECT text_id, provider FROM charge_texts
    WHERE charge_kind = 'cost' AND provider IN (SELECT provider FROM fees)) USING (text_id)
  WHERE ChargePeriodEnd - ChargePeriodStart <= INTERVAL 25 HOUR
  GROUP BY ALL
)
SELECT provider, commitment, sum(epoch(end_at) - epoch(start_at)) / 3600 AS fee_hours, sum(fee) AS whole_fee,
  -- of the days that the bill has: the fee of a month may be on the bill of half of it
  sum(fee * greatest(0, epoch(least(end_at, coalesce(to_at, end_at))) - epoch(greatest(start_at,
    coalesce(from_at, start_at)))) / (epoch(end_at) - epoch(start_at))) AS known_fee
FROM fees LEFT JOIN bill USING (provider)
WHERE end_at > start_at AND (provider, commitment) IN (SELECT (provider, commitment) FROM commitment_periods)
GROUP BY ALL HAVING whole_fee > 0;

CREATE TEMP TABLE billed_commitments AS
WITH seen AS (
  SELECT
    provider, commitment, min(id) AS id, min(kind) AS kind, min(scope) AS scope,
    CASE WHEN any_value(hours_of_use) IS NULL THEN sum(cost) / nullif(any_value(hours), 0)
      ELSE coalesce(sum(cost) FILTER (is_brief) / any_value(hours_of_use), 0)
        + coalesce(sum(cost) FILTER (NOT is_brief) / nullif(any_value(hours), 0), 0) END AS an_hour,
    any_value(hours) AS hours, sum(cost) AS cost, sum(used) AS used, sum(unused) AS unused,
    bool_and(has_status) AS has_status, bool_or(is_of_one_account) AS is_of_one_account
  FROM commitment_periods JOIN commitment_hours USING (provider, commitment)
    LEFT JOIN commitment_days USING (provider, commitment)
  GROUP BY provider, commitment
)
SELECT
  provider, id, kind, scope, NULL::TIMESTAMP AS "start", NULL::TIMESTAMP AS "end",
  -- What the file shows is all of it where it is as much as the fee; the fee of one that was paid in part at the start
  -- is less than that.
  CASE WHEN is_fee_more THEN whole_fee / fee_hours WHEN is_unknown THEN NULL ELSE an_hour END AS hourly_commitment,
  CASE WHEN NOT has_status OR is_unknown THEN NULL
    WHEN is_fee_more THEN 1 - least(1, unused / known_fee) ELSE used / nullif(cost, 0) END AS used_share
FROM (
  SELECT *, coalesce(fee_hours >= 0.5 * hours AND known_fee > 1.001 * cost, false) AS is_fee_more,
    -- Without a fee nothing shows what others used of it.
    coalesce(fee_hours < 0.5 * hours, true) AND is_of_one_account AND unused > 0 AS is_unknown
  FROM seen LEFT JOIN commitment_fees USING (provider, commitment)
);

-- The same one in both, whatever the case of its id; a bill may name the order that it was bought with, and the
-- cloud what is in that order; or its number, where the cloud has its full name.
CREATE TEMP TABLE commitments_read_and_billed AS
WITH read AS (SELECT provider, id, trim(lower(id), '/') || '/' AS path FROM commitments WHERE id IS NOT NULL
  GROUP BY ALL),
  billed AS (SELECT provider, id, trim(lower(id), '/') || '/' AS path FROM billed_commitments)
SELECT t.provider, t.id AS read, b.id AS billed
FROM read t JOIN billed b ON b.provider = t.provider
  AND (starts_with(t.path, b.path) OR starts_with(b.path, t.path) OR ends_with(t.path, '/commitments/' || b.path));

-- What the cloud does not say of it, the bill may.
UPDATE commitments SET hourly_commitment = coalesce(commitments.hourly_commitment, b.hourly_commitment),
used_share = coalesce(commitments.used_share, b.used_share)
FROM (FROM commitments_read_and_billed
  QUALIFY count(*) OVER (PARTITION BY provider, read) = 1 AND count(*) OVER (PARTITION BY provider, billed) = 1) same
JOIN billed_commitments b ON b.provider = same.provider AND b.id = same.billed
WHERE commitments.provider = same.provider AND commitments.id = same.read;

INSERT INTO commitments FROM billed_commitments
  WHERE (provider, id) NOT IN (SELECT (provider, billed) FROM commitments_read_and_billed) ORDER BY ALL;

-- When it begins and ends an inventory file may say, under its whole id or the last part of it.
UPDATE commitments SET "start" = coalesce(commitments."start", r.created_at),
"end" = coalesce(commitments."end", r.ended_at)
FROM resources r WHERE r.kind = 'commitment' AND coalesce(r.provider, commitments.provider) = commitments.provider
  AND ends_with('/' || lower(commitments.id), '/' || trim(lower(r.resource_id), '/'))
  AND may_be_of_project(commitments.id, r.resource_id, r.account_id);
