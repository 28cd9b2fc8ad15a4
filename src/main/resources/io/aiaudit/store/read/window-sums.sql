-- Sums of the charges that touch the window, by share of their period inside it. A charge without a length counts as one second at its time.
WITH
  bounds AS (SELECT ?::TIMESTAMP AS window_start, ?::TIMESTAMP AS window_end),
  periods AS (SELECT *, greatest(ChargePeriodEnd, ChargePeriodStart + INTERVAL 1 SECOND) AS end_at FROM charges, bounds WHERE charge_kind = 'cost')
SELECT
  grouped_by AS grouped, component, sum(cost) AS cost, coalesce(sum(cost) FILTER (CommitmentDiscountStatus = 'Used'), 0) AS committed,
  epoch(least(end_at, window_end) - greatest(ChargePeriodStart, window_start))::BIGINT AS inside_seconds, epoch(end_at - ChargePeriodStart)::BIGINT AS period_seconds
FROM periods
WHERE end_at > window_start AND ChargePeriodStart < window_end
GROUP BY ALL
ORDER BY ALL
