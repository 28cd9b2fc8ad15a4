-- Beside the commitments that a collector read, those that only the bill shows: cost per hour of what it charged, and
-- the used part of it.

CREATE TEMP TABLE billed_commitments AS
SELECT
  provider, min(CommitmentDiscountId) AS id, min(coalesce(CommitmentDiscountType, CommitmentDiscountCategory)) AS kind,
  min(coalesce(SubAccountId, BillingAccountId)) AS scope,
  NULL::TIMESTAMP AS "start", NULL::TIMESTAMP AS "end",
  sum(EffectiveCost) / nullif(date_diff('hour', min(ChargePeriodStart), max(ChargePeriodEnd)), 0) AS hourly_commitment,
  CASE WHEN bool_and(CommitmentDiscountStatus IS NOT NULL)
    THEN coalesce(sum(EffectiveCost) FILTER (CommitmentDiscountStatus = 'Used'), 0) / nullif(sum(EffectiveCost), 0)
    END AS used_share
FROM charges
-- A fee of Google Cloud without a word of how much of it was used is a commitment, too.
WHERE (CommitmentDiscountStatus IN ('Used', 'Unused')
  OR (provider = 'gcp' AND CommitmentDiscountStatus IS NULL AND ChargeCategory = 'Purchase' AND charge_kind = 'cost'))
  AND CommitmentDiscountId IS NOT NULL
GROUP BY provider, lower(CommitmentDiscountId);

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

-- When it begins and ends an inventory file may say.
UPDATE commitments SET "start" = coalesce(commitments."start", r.created_at),
"end" = coalesce(commitments."end", r.ended_at)
FROM resources r WHERE r.kind = 'commitment' AND lower(r.resource_id) = lower(commitments.id);
