-- The metered cost of each leaf by UTC day, and under which terms its time was billed: machine type, way of purchase,
-- cover by a commitment, and for what quantity.
-- Only charges of two seconds to 25 hours; a charge over midnight counts by its seconds on each day. Jobs, services and
-- use are seen in the whole window and are not in it, unlike models that are hosted by the hour; what does not come
-- back, such as a correction, is in none of its days. Lines are summed before anything is known of their texts.
WITH
  bounds AS (SELECT ?::TIMESTAMP AS window_start, ?::TIMESTAMP AS window_end),
  lines AS (
    SELECT text_id, ChargePeriodStart AS start_at, ChargePeriodEnd AS end_at,
      epoch(ChargePeriodEnd - ChargePeriodStart)::BIGINT AS period, BilledCost AS billed,
      coalesce(EffectiveCost, BilledCost) AS effective, coalesce(ConsumedQuantity, PricingQuantity) AS quantity
    FROM charge_lines, bounds
    WHERE ChargePeriodEnd > window_start AND ChargePeriodStart < window_end
      AND ChargePeriodEnd - ChargePeriodStart BETWEEN INTERVAL 2 SECOND AND INTERVAL 25 HOUR
  ),
  within_day AS (
    SELECT text_id, start_at::DATE AS day, 1::BIGINT AS inside, 1::BIGINT AS period, min(start_at) AS first_start,
      max(end_at) AS last_end, sum(epoch(end_at - start_at))::BIGINT AS charged,
      sum(billed) AS billed, sum(effective) AS effective,
      sum(quantity) AS quantity
    FROM lines
    WHERE end_at <= date_trunc('day', start_at) + INTERVAL 1 DAY
    GROUP BY text_id, start_at::DATE
  ),
  over_midnight AS (
    SELECT text_id, day::DATE AS day,
      epoch(least(end_at, day + INTERVAL 1 DAY) - greatest(start_at, day))::BIGINT AS inside, period,
      min(greatest(start_at, day)) AS first_start, max(least(end_at, day + INTERVAL 1 DAY)) AS last_end,
      sum(epoch(least(end_at, day + INTERVAL 1 DAY) - greatest(start_at, day)))::BIGINT AS charged,
      sum(billed) AS billed, sum(effective) AS effective,
      sum(quantity) AS quantity
    FROM (SELECT *, unnest(range(date_trunc('day', start_at), end_at, INTERVAL 1 DAY)) AS day FROM lines
      WHERE end_at > date_trunc('day', start_at) + INTERVAL 1 DAY), bounds
    WHERE day >= window_start AND day < window_end
    GROUP BY ALL
  ),
  parts AS (
    SELECT *, ChargePeriodStart AS start_at, ChargePeriodEnd AS end_at
    FROM charge_parts, bounds
    WHERE charge_kind = 'cost' AND NOT is_one_off(ChargeCategory, ChargeClass, ChargeFrequency, 0)
      AND ChargePeriodEnd > window_start AND ChargePeriodStart < window_end
      AND ChargePeriodEnd - ChargePeriodStart BETWEEN INTERVAL 2 SECOND AND INTERVAL 25 HOUR
  ),
  sums AS (
    SELECT resource_id, saved_as(component, ChargeCategory, ChargeFrequency, 3600) AS component, day, inside, period,
      first_start, last_end, charged,
      CASE WHEN at_billed_cost THEN billed ELSE effective END AS cost, quantity,
      PricingCategory, CommitmentDiscountStatus, CommitmentDiscountType, SkuPriceDetails, SkuMeter,
      ChargeDescription, SkuId, provider
    FROM (FROM within_day UNION ALL BY NAME FROM over_midnight) JOIN charge_texts USING (text_id)
    WHERE charge_kind = 'cost' AND NOT is_one_off(ChargeCategory, ChargeClass, ChargeFrequency, 0)
    UNION ALL
    SELECT resource_id, saved_as(component, ChargeCategory, ChargeFrequency, 3600), day::DATE,
      epoch(least(end_at, day + INTERVAL 1 DAY) - greatest(start_at, day))::BIGINT, epoch(end_at - start_at)::BIGINT,
      greatest(start_at, day), least(end_at, day + INTERVAL 1 DAY),
      epoch(least(end_at, day + INTERVAL 1 DAY) - greatest(start_at, day))::BIGINT, cost,
      coalesce(ConsumedQuantity, PricingQuantity), PricingCategory, CommitmentDiscountStatus, CommitmentDiscountType,
      SkuPriceDetails, SkuMeter, ChargeDescription, SkuId, provider
    FROM (SELECT *, unnest(range(date_trunc('day', start_at), end_at, INTERVAL 1 DAY)) AS day FROM parts)
    WHERE day >= window_start AND day < window_end
  )
SELECT
  resource_id, component, day, inside, period,
  CASE WHEN component = 'time' THEN billed_machine(SkuPriceDetails, SkuMeter, ChargeDescription, SkuId) END AS machine,
  CASE WHEN component = 'time' THEN billed_purchase(PricingCategory, SkuMeter) END AS purchase,
  CASE WHEN component = 'time' THEN CASE WHEN lower(coalesce(PricingCategory, '')) = 'committed'
    -- what is credited in part has the type of its commitment alone (dialects/gcp.sql)
    OR CommitmentDiscountStatus = 'Used' OR CommitmentDiscountType = 'CUD' THEN 'covered'
    ELSE 'uncovered' END END AS cover,
  min(first_start) AS first_start, max(last_end) AS last_end, sum(charged)::BIGINT AS charged, sum(cost) AS cost,
  coalesce(sum(cost) FILTER (CommitmentDiscountStatus = 'Used'), 0) AS committed, sum(quantity) AS quantity,
  coalesce(bool_or(contains(SkuPriceDetails, 'x_SustainedUseDiscount')), false) AS grows_cheaper,
  -- of which FOCUS files without Google's own columns have no other sign than its course
  coalesce(bool_and(provider = 'gcp' AND regexp_matches(
      concat_ws(' ', SkuPriceDetails, SkuMeter, ChargeDescription),
      '\b(n1|n2d?|c2|m[12]|tesla|(compute|memory)[- ]optimized)\b', 'i')), false) AS may_grow_cheaper,
  resource_id IN (SELECT resource_id FROM charge_texts WHERE charge_kind = 'cost'
    AND lower(ChargeClass) = 'correction') AS corrected
FROM sums
WHERE component IN ('time', 'storage', 'licence', 'commitment')
  AND resource_id NOT IN (SELECT resource_id FROM resources
    WHERE kind IN ('training_job', 'batch_job', 'model_usage', 'account')
      AND NOT is_hosted(kind, attributes['hosting']))
GROUP BY ALL
ORDER BY ALL
