-- What the bill shows as paid for commitments, in the window: by commitment (usage that names none may be under any of
-- its provider), by the leaf that it is billed on, whether the bill calls it AI, and by the UTC day that it pays for;
-- no day where it is paid once, at a moment, for a term that the bill does not show.
WITH
  bounds AS (SELECT ?::TIMESTAMP AS window_start, ?::TIMESTAMP AS window_end),
  payments AS (
    SELECT *, greatest(ChargePeriodEnd, ChargePeriodStart + INTERVAL 1 SECOND) AS end_at,
      ChargeFrequency = 'One-Time' AND ChargePeriodEnd - ChargePeriodStart <= INTERVAL 25 HOUR AS is_at_once,
      unnest([provider, concat_ws(' ', provider, lower(CommitmentDiscountId))]) AS commitment
    FROM charges
    WHERE charge_kind = 'cost' AND ChargeCategory = 'Purchase' AND CommitmentDiscountId IS NOT NULL
  ),
  pieces AS (
    SELECT *,
      unnest(CASE WHEN is_at_once THEN [NULL] ELSE range(date_trunc('day', greatest(ChargePeriodStart, window_start)),
        least(end_at, window_end), INTERVAL 1 DAY) END) AS day
    FROM payments, bounds
    WHERE end_at > window_start AND ChargePeriodStart < window_end
  ),
  sums AS (
    SELECT
      commitment, resource_id, coalesce(spend_class = 'ai', false) AS is_ai, day::DATE AS day, sum(cost) AS cost,
      epoch(least(end_at, window_end, day + INTERVAL 1 DAY) - greatest(ChargePeriodStart, window_start, day))::BIGINT
        AS inside_seconds,
      epoch(end_at - ChargePeriodStart)::BIGINT AS period_seconds
    FROM pieces
    GROUP BY ALL
  )
FROM sums
QUALIFY sum(cost * inside_seconds / period_seconds) OVER (PARTITION BY commitment, resource_id, is_ai) > 0
ORDER BY ALL
