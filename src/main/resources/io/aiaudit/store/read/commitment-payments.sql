-- What the bill shows as paid for commitments, in the window: by commitment (usage that names none may be under any of
-- its provider), by the leaf that it is billed on, and whether the bill calls it AI.
WITH
  bounds AS (SELECT ?::TIMESTAMP AS window_start, ?::TIMESTAMP AS window_end),
  periods AS (
    SELECT *, greatest(ChargePeriodEnd, ChargePeriodStart + INTERVAL 1 SECOND) AS end_at,
      unnest([provider, concat_ws(' ', provider, lower(CommitmentDiscountId))]) AS commitment
    FROM charges, bounds
    WHERE charge_kind = 'cost' AND ChargeCategory = 'Purchase' AND CommitmentDiscountId IS NOT NULL
  )
SELECT
  commitment, resource_id, spend_class = 'ai' AS is_ai, sum(cost) AS cost,
  epoch(least(end_at, window_end) - greatest(ChargePeriodStart, window_start))::BIGINT AS inside_seconds,
  epoch(end_at - ChargePeriodStart)::BIGINT AS period_seconds
FROM periods
WHERE end_at > window_start AND ChargePeriodStart < window_end
GROUP BY ALL
HAVING sum(cost) > 0
ORDER BY ALL
