-- Sums of the charges that touch the window, by share of their period inside it. A charge without a length counts as
-- one second at its time. Lines are summed before anything is known of their texts: of millions of lines one number is
-- looked at and no name.
WITH
  bounds AS (SELECT ?::TIMESTAMP AS window_start, ?::TIMESTAMP AS window_end),
  lifetimes AS (
    SELECT text_id, created_at, ended_at
    FROM charge_texts JOIN resources USING (resource_id)
    WHERE is_of_life(ChargeCategory, ChargeClass, ChargeFrequency)
      AND (created_at IS NOT NULL OR ended_at IS NOT NULL)
  ),
  lines AS (
    SELECT text_id, epoch(least(end_at, window_end) - greatest(start_at, window_start))::BIGINT AS inside_seconds,
      epoch(end_at - start_at)::BIGINT AS period_seconds,
      sum(BilledCost) AS billed, sum(coalesce(EffectiveCost, BilledCost)) AS effective,
      end_at >= window_end AS reaches_end,
      -- of what is longer than a day, which days it is of
      CASE WHEN end_at - start_at > INTERVAL 25 HOUR THEN start_at END AS long_from
    FROM (SELECT text_id, BilledCost, EffectiveCost,
        existing_from(ChargePeriodStart, ChargePeriodEnd, created_at, ended_at) AS start_at,
        greatest(existing_until(ChargePeriodStart, ChargePeriodEnd, created_at, ended_at),
          start_at + INTERVAL 1 SECOND) AS end_at, window_start, window_end
      FROM charge_lines CROSS JOIN bounds LEFT JOIN lifetimes USING (text_id))
    WHERE end_at > window_start AND start_at < window_end
    GROUP BY ALL
  ),
  sums AS (
    SELECT provider, resource_id, saved_as(component, ChargeCategory, ChargeFrequency, period_seconds) AS component,
      spend_class, CommitmentDiscountStatus,
      CASE WHEN at_billed_cost THEN billed ELSE effective END AS cost, inside_seconds, period_seconds,
      is_one_off(ChargeCategory, ChargeClass, ChargeFrequency, period_seconds)
        AND NOT is_bought_now(component, ChargeCategory, ChargeClass, CommitmentDiscountId, period_seconds, reaches_end)
        AS one_off, long_from
    FROM lines JOIN charge_texts USING (text_id)
    WHERE charge_kind = 'cost'
    UNION ALL
    SELECT provider, resource_id,
      saved_as(component, ChargeCategory, ChargeFrequency, epoch(end_at - start_at)::BIGINT), spend_class,
      CommitmentDiscountStatus, cost,
      epoch(least(end_at, window_end) - greatest(start_at, window_start))::BIGINT,
      epoch(end_at - start_at)::BIGINT,
      is_one_off(ChargeCategory, ChargeClass, ChargeFrequency, epoch(end_at - start_at))
        AND NOT is_bought_now(component, ChargeCategory, ChargeClass, CommitmentDiscountId,
          epoch(end_at - start_at), end_at >= window_end),
      CASE WHEN end_at - start_at > INTERVAL 25 HOUR THEN start_at END
    FROM (SELECT p.*,
        existing_from(ChargePeriodStart, ChargePeriodEnd, of_life.created_at, of_life.ended_at) AS start_at,
        greatest(existing_until(ChargePeriodStart, ChargePeriodEnd, of_life.created_at, of_life.ended_at),
          start_at + INTERVAL 1 SECOND) AS end_at, window_start, window_end
      FROM charge_parts p CROSS JOIN bounds LEFT JOIN resources of_life ON of_life.resource_id = p.resource_id
        AND is_of_life(p.ChargeCategory, p.ChargeClass, p.ChargeFrequency))
    WHERE charge_kind = 'cost' AND end_at > window_start AND start_at < window_end
  )
SELECT
  resource_id, component, inside_seconds, period_seconds, one_off, long_from, provider,
  coalesce(spend_class, 'untold') AS spend_class,
  sum(cost) AS cost, coalesce(sum(cost) FILTER (CommitmentDiscountStatus = 'Used'), 0) AS committed
FROM sums
GROUP BY ALL
ORDER BY ALL
