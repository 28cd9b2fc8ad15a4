-- Step: the last seven days of the bill cost at least `min_rise` more than the higher of the weeks two and three
-- before, and so do `min_days_above` of them, each against the same weekday. The week between is left out, so that a
-- step within it is seen as well. Trend: three times in a row a week costs at least `weekly_rise` more than the one
-- before. A trend of which no week rose twice as much as another is no step, however steep it is. Both of the whole
-- (part '') and of each model in it.
WITH cost AS (                                                            -- by the day, so that all else is small
  SELECT resource_id, charges.provider AS provider, coalesce(model, '') AS model,
    date_trunc('day', ChargePeriodStart) AS started_on, max(ChargePeriodEnd) AS ended,
    bool_or(date_diff('hour', ChargePeriodStart, ChargePeriodEnd) > 24) AS is_coarse, sum(cost)::DOUBLE AS amount
  FROM charges JOIN subject USING (resource_id)
  WHERE charge_kind = 'cost' AND component IS DISTINCT FROM 'commitment'
    -- other spend is out of scope
    AND (kind NOT IN ('account', 'service') OR spend_class = 'ai')
  GROUP BY resource_id, charges.provider, coalesce(model, ''), started_on
), bill AS (                                                              -- its last day may not be complete
  SELECT provider, greatest(window_start, min(started_on)) AS first_day,
    least(window_end, date_trunc('day', max(ended))) AS last_end
  FROM cost, param GROUP BY provider, window_start, window_end
), known AS (
  SELECT resource_id, bool_or(is_coarse) AS is_coarse, min(last_end) AS last_end,
    min(date_diff('day', first_day, last_end)) AS bill_days
  FROM cost JOIN bill USING (provider) GROUP BY resource_id
), part AS (
  SELECT resource_id, '' AS part, started_on, amount FROM cost
  UNION ALL
  SELECT resource_id, model, started_on, amount FROM cost WHERE model <> ''
), daily AS (
  -- ago 1: the last day
  SELECT resource_id, part, date_diff('day', started_on, last_end) AS ago, sum(amount) AS amount
  FROM part JOIN known USING (resource_id)
    WHERE NOT is_coarse AND bill_days >= 28 AND started_on >= last_end - to_days(28) AND started_on < last_end
  GROUP BY resource_id, part, ago
), series AS (                                                            -- a day without a charge costs nothing
  SELECT resource_id, part, ago, coalesce(amount, 0) AS amount
  FROM (SELECT DISTINCT resource_id, part FROM daily) CROSS JOIN (SELECT unnest(range(1, 29)) AS ago)
    LEFT JOIN daily USING (resource_id, part, ago)
), compared AS (
  SELECT *, amount > 0
    AND amount >= (1 + min_rise) * (1 - 1e-9) * if(ago <= 7,
    greatest(lag(amount, 14) OVER earlier, lag(amount, 21) OVER earlier),
    greatest(lag(amount, 7) OVER earlier, lag(amount, 14) OVER earlier)) AS is_above
  FROM series, param WINDOW earlier AS (PARTITION BY resource_id, part ORDER BY ago DESC)
), weeks AS (
  SELECT resource_id, part, sum(amount) FILTER (ago <= 7) AS latest,
    sum(amount) FILTER (ago BETWEEN 8 AND 14) AS week_before,
    sum(amount) FILTER (ago BETWEEN 15 AND 21) AS two_before, sum(amount) FILTER (ago > 21) AS three_before,
    count(*) FILTER (is_above AND ago <= 7) AS days_above, max(ago) FILTER (is_above AND ago <= 14) AS above_since
  FROM compared GROUP BY resource_id, part
), judged AS (
  SELECT *, greatest(two_before, three_before) AS before,
    [two_before / nullif(three_before, 0), week_before / nullif(two_before, 0),
      latest / nullif(week_before, 0)] AS rises,
    -- exactly so much counts
    coalesce(three_before > 0 AND list_min(rises) >= (1 + weekly_rise) * (1 - 1e-9)
      AND latest - three_before >= 7 * min_daily, false) AS is_trend,
    before > 0 AND latest >= (1 + min_rise) * (1 - 1e-9) * before AND days_above >= min_days_above
      AND latest - before >= 7 * min_daily
      AND NOT (is_trend AND list_max(rises) - 1 < 2 * (list_min(rises) - 1)) AS is_step
  FROM weeks, param
-- a step before a trend, the whole before a model of it
), chosen AS (
  SELECT *, row_number() OVER (PARTITION BY resource_id ORDER BY is_step DESC, part <> '', latest - three_before DESC,
    part) AS rank FROM judged WHERE is_step OR is_trend
)
SELECT resource_id, 1 AS remaining,
  if(is_step, 'medium', 'low') AS confidence,                             -- trends were too few where they were tried
  'explain' AS remedy,
  'The daily cost of ' || coalesce(name, resource_id) || if(part = '', '', ', ' || part || ',')
    || if(is_step,
      format(' is {:.0f} % higher than in the costlier of the two weeks to {}. On {} of the last 7 days it was at '
        || 'least {:.0f} % above that weekday''s earlier cost.', 100 * (latest / before - 1),
        strftime(last_end - INTERVAL 15 DAY, '%Y-%m-%d'), days_above,
        (SELECT 100 * min_rise FROM param)),
      format(' rises every week and is {:.0f} % higher than three weeks ago.', 100 * (latest / three_before - 1))) AS
        reason,
  NULL AS not_examined, NULL AS not_concerned, nullif(part, '') AS model,
  if(is_step, last_end - to_days(above_since), NULL) AS first_day_above,
  latest / 7 AS cost_a_day, if(is_step, before, three_before) / 7 AS cost_a_day_before, days_above
FROM chosen JOIN subject USING (resource_id) JOIN known USING (resource_id)
WHERE rank = 1
UNION ALL BY NAME
SELECT resource_id,
  CASE WHEN is_coarse THEN 'its charges cover more than a day each'
    WHEN bill_days < 28 THEN 'the bill covers less than 28 days of the window'
    WHEN bill_days IS NULL AND kind NOT IN ('account', 'service') THEN 'no charges for it' END AS not_examined,
  not_examined IS NULL AS not_concerned
FROM subject LEFT JOIN known USING (resource_id) WHERE is_coarse OR bill_days < 28 OR bill_days IS NULL
