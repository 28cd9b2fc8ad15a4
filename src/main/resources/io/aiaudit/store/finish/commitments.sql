-- Beside the commitments that a collector read, those that only the bill shows: cost per hour of what it charged, and
-- the used part of it.

CREATE TEMP TABLE commitment_periods AS
SELECT
  provider, lower(CommitmentDiscountId) AS commitment, ChargePeriodStart AS start_at, ChargePeriodEnd AS end_at,
  end_at - start_at <= INTERVAL 25 HOUR AS is_brief, min(CommitmentDiscountId) AS id,
  min(coalesce(CommitmentDiscountType, CommitmentDiscountCategory)) AS kind,
  min(coalesce(SubAccountId, BillingAccountId)) AS scope, bool_and(CommitmentDiscountStatus IS NOT NULL) AS has_status,
  sum(EffectiveCost) AS cost, coalesce(sum(EffectiveCost) FILTER (CommitmentDiscountStatus = 'Used'), 0) AS used
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

-- What the fee of an hour is, by the periods that AWS writes: other clouds write the fee of a month on its first day.
-- What a bill has neither as used nor as unused of it was used in accounts that the bill leaves out. Of a period that
-- the bill does not reach the end of, its last days may still show either, so it says nothing.
CREATE TEMP TABLE commitment_fee_hours AS
WITH periods AS (
  SELECT provider, lower(CommitmentDiscountId) AS commitment, sum(BilledCost) AS fee,
    epoch(date_trunc('minute', ChargePeriodEnd + INTERVAL 59 SECOND) - ChargePeriodStart) / 3600 AS hours
  FROM charges
  WHERE provider = 'aws' AND CommitmentDiscountId IS NOT NULL AND ChargeCategory = 'Purchase'
    AND ChargeFrequency = 'Recurring' AND charge_kind = 'cost'
    AND ChargePeriodEnd <= (SELECT max(ChargePeriodEnd) FROM charges WHERE provider = 'aws' AND charge_kind = 'cost'
      AND ChargePeriodEnd - ChargePeriodStart <= INTERVAL 25 HOUR)
  GROUP BY provider, lower(CommitmentDiscountId), ChargePeriodStart, ChargePeriodEnd
)
SELECT provider, commitment, sum(fee) / nullif(sum(hours), 0) AS hourly_fee FROM periods GROUP BY ALL;

CREATE TEMP TABLE billed_commitments AS
WITH shown AS (
  SELECT
    provider, commitment, min(id) AS id, min(kind) AS kind, min(scope) AS scope,
    CASE WHEN any_value(hours_of_use) IS NULL THEN sum(cost) / nullif(any_value(hours), 0)
      ELSE coalesce(sum(cost) FILTER (is_brief) / any_value(hours_of_use), 0)
        + coalesce(sum(cost) FILTER (NOT is_brief) / nullif(any_value(hours), 0), 0) END AS an_hour,
    CASE WHEN bool_and(has_status) THEN sum(used) / nullif(sum(cost), 0) END AS used_share
  FROM commitment_periods JOIN commitment_hours USING (provider, commitment)
    LEFT JOIN commitment_days USING (provider, commitment)
  GROUP BY provider, commitment
), paid AS (
  -- A hundredth may be rounding.
  SELECT *, if(hourly_fee > 1.01 * an_hour, hourly_fee, an_hour) AS hourly_commitment
  FROM shown LEFT JOIN commitment_fee_hours USING (provider, commitment)
)
SELECT
  provider, id, kind, scope, NULL::TIMESTAMP AS "start", NULL::TIMESTAMP AS "end", hourly_commitment,
  if(hourly_commitment > an_hour, 1 - (1 - used_share) * an_hour / hourly_commitment, used_share) AS used_share
FROM paid;

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
