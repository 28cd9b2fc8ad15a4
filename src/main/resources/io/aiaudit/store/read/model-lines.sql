-- What bills say of the use of models in the window, by leaf, model, kind of tokens and share of the period inside the
-- window. Tokens are NULL as soon as one line does not say in which unit it counts them.
WITH
  bounds AS (SELECT ?::TIMESTAMP AS window_start, ?::TIMESTAMP AS window_end),
  lines AS (
    SELECT
      resource_id, model, token_kind, cost, ConsumedQuantity AS quantity,
      ConsumedUnit AS unit,
      ChargePeriodStart AS start_at, greatest(ChargePeriodEnd, ChargePeriodStart + INTERVAL 1 SECOND) AS end_at
    FROM charges
    WHERE charge_kind = 'cost' AND resource_id IS NOT NULL AND (model IS NOT NULL OR token_kind IS NOT NULL)
      -- The hours of a fine-tuned model are paid for whether or not it is called: no cost of tokens.
      AND NOT (component = 'time' AND regexp_matches(concat_ws(' ', SkuMeter, ChargeDescription), '\b(hosting|hstng)\b',
        'i'))
  ),
  counted AS (
    SELECT *, tokens_of_unit(unit) AS of_unit
    FROM lines, bounds
    WHERE end_at > window_start AND start_at < window_end
  )
SELECT
  resource_id, model, token_kind,
  epoch(least(end_at, window_end) - greatest(start_at, window_start))::BIGINT AS inside_seconds,
  epoch(end_at - start_at)::BIGINT AS period_seconds,
  sum(cost) AS cost,
  CASE WHEN count(token_kind) = count(*) AND count(of_unit) = count(*) AND count(quantity) = count(*)
    THEN sum(CAST(CAST(quantity AS DECIMAL(28,8)) * of_unit AS DECIMAL(38,8))) END AS tokens
FROM counted
GROUP BY ALL
ORDER BY ALL
