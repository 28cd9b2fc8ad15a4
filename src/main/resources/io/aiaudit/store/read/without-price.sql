-- Usage whose cost the bill does not have, in the window: what it would cost at the price that the bill itself has
-- beside it (negotiated, else list), NULL where it has none for a row, and the machine hours. Of a list price the
-- discount of the configuration is taken off; a negotiated one has it in it. And the commitment that covers it,
-- as read/commitment-payments.sql names them, and the UTC day: none where a row does not show single days
-- (read/daily-costs.sql).
WITH
  bounds AS (SELECT ?::TIMESTAMP AS window_start, ?::TIMESTAMP AS window_end),
  periods AS (SELECT *, greatest(ChargePeriodEnd, ChargePeriodStart + INTERVAL 1 SECOND) AS end_at FROM charges, bounds
    WHERE cost_basis = 'unpriced' AND end_at > window_start AND ChargePeriodStart < window_end),
  pieces AS (
    SELECT *, greatest(ChargePeriodStart, window_start, day) AS piece_start,
      least(end_at, window_end, day + INTERVAL 1 DAY) AS piece_end
    FROM (
      SELECT *, unnest(CASE WHEN ChargePeriodEnd - ChargePeriodStart BETWEEN INTERVAL 2 SECOND AND INTERVAL 25 HOUR
        THEN range(date_trunc('day', greatest(ChargePeriodStart, window_start)), least(end_at, window_end),
          INTERVAL 1 DAY) ELSE [NULL] END) AS day
      FROM periods
    )
  )
SELECT
  resource_id, component,
  CASE WHEN bool_and(coalesce(ContractedCost > 0, false) OR coalesce(ListCost > 0, false))
    THEN sum(CASE WHEN ContractedCost > 0 THEN ContractedCost
    ELSE CAST(CAST(ListCost AS DECIMAL(24,12)) * discounted(provider) AS DECIMAL(28,12)) END) END AS cost,
  sum(machine_hours(ConsumedUnit, ConsumedQuantity)) AS hours,
  epoch(piece_end - piece_start)::BIGINT AS inside_seconds,
  epoch(end_at - ChargePeriodStart)::BIGINT AS period_seconds,
  concat_ws(' ', provider, lower(CommitmentDiscountId)) AS commitment,
  day::DATE AS day, min(piece_start) AS first_start
FROM pieces
GROUP BY ALL
ORDER BY ALL
