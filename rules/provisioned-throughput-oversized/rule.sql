-- Too many: as many units as the busiest hour needs with headroom, in the steps in which the provider sells them, over
-- those that are there. A share of more units than there are now is more of those: as many as the metric says or, by
-- what they cost a day, at least as many as now.
WITH paid AS (
  SELECT resource_id, date_trunc('day', ChargePeriodStart) AS day, sum(cost)::DOUBLE AS cost
  FROM charges WHERE component = 'time' AND charge_kind = 'cost' AND cost > 0
    AND ChargePeriodEnd <= ChargePeriodStart + INTERVAL 1 DAY GROUP BY ALL
), now_paid AS (
  SELECT resource_id, median(cost) AS cost_now FROM paid, param WHERE day >= window_end - INTERVAL 7 DAY
    GROUP BY resource_id
), counted AS (
  SELECT resource_id, hour, coalesce(average, maximum) AS units_then FROM metrics WHERE metric = 'replicas'
), scaled AS (
  SELECT m.resource_id, m.average, m.maximum,
    coalesce(units_then / nullif(s.replicas, 0), if(cost >= 1.1 * cost_now, cost / cost_now, 1), 1) AS scale
  FROM metrics m JOIN subject s USING (resource_id) LEFT JOIN counted USING (resource_id, hour)
    LEFT JOIN now_paid USING (resource_id)
    LEFT JOIN paid ON paid.resource_id = m.resource_id AND paid.day = date_trunc('day', m.hour)
  WHERE m.metric = 'throughput_utilization'
), used AS (
  SELECT resource_id, max(coalesce(average, maximum) * scale) AS busiest_hour,
    max(greatest(maximum, average) * scale) AS busiest_moment, avg(coalesce(average, maximum) * scale) AS mean_share,
    max(greatest(maximum, average)) > 1 AS is_throttled,
    bool_and(maximum IS NOT NULL) AS has_maxima, bool_and(average IS NOT NULL) AS has_averages,
    max(scale) > 1 OR min(scale) < 1 AS has_changed
  FROM scaled GROUP BY resource_id
-- an account may have deployments of several kinds, and a line that names none may be of any
), metered AS (
  SELECT resource_id, if(count(DISTINCT sort) = 1 AND count(sort) = count(*), min(sort), NULL) AS sort
  FROM (SELECT resource_id, lower(concat_ws(' ', SkuMeter, ChargeDescription)) AS words,
      CASE WHEN NOT contains(words, 'provisioned') THEN NULL WHEN regexp_matches(words, 'data ?zone') THEN 'datazone'
        WHEN contains(words, 'global') THEN 'global' WHEN contains(words, 'regional') THEN 'regional' END AS sort
    FROM charges WHERE component = 'time' AND charge_kind = 'cost' AND NOT contains(words, 'hosting'))
  GROUP BY resource_id
-- minimum and increment (README); where the kind of deployment is not known those of a regional one, where the model is
-- not known those of open models, which are the largest
), sold AS (
  SELECT s.resource_id, latency, coalesce(s.name, s.resource_id) AS called, s.replicas AS units,
    coalesce(stated_word(s.attributes['deployment_type']), sort, '') AS sku,
    lower(coalesce(stated_text(s.attributes['model']), s.machine_type, s.name, '')) AS model,
    regexp_matches(model, 'llama|deepseek|mistral|grok|phi|gpt-oss') AS is_open,
    s.provider = 'azure' AND NOT is_open AND coalesce(stated_text(s.attributes['model']), s.machine_type) IS NULL
      AND NOT regexp_matches(model, '(^|[^a-z])(gpt-?[345]|o[1-9]([^0-9]|$))') AS is_unknown,
    CASE WHEN s.provider <> 'azure' THEN 1 WHEN is_open OR is_unknown THEN 100
      WHEN starts_with(sku, 'global') OR starts_with(sku, 'datazone') THEN 15
      WHEN regexp_matches(model, 'mini|nano') THEN 25 WHEN regexp_matches(model, '^o[1-9]') THEN 25
        ELSE 50 END AS minimum,
    -- open models are sold alike everywhere
    s.provider = 'azure' AND sku = '' AND minimum < 100 AS is_assumed,
    CASE WHEN s.provider <> 'azure' THEN 1 WHEN is_open OR is_unknown THEN 100
      WHEN starts_with(sku, 'global') OR starts_with(sku, 'datazone') THEN 5
      WHEN regexp_matches(model, 'mini|nano') THEN 25 ELSE 50 END AS increment
  FROM subject s JOIN policy USING (resource_id) LEFT JOIN metered USING (resource_id)
  WHERE NOT standby                   -- it is paid for being there
    -- an hour of hosting is no unit
    AND NOT coalesce(is_custom_model(s.attributes, s.name) AND s.replicas = 1, false)
), sized AS (
  SELECT *, greatest(minimum, ceil((units * busiest_hour / (1 - headroom)) / increment - 1e-9) * increment) AS by_hour,
    greatest(by_hour, ceil(units * busiest_moment / increment - 1e-9) * increment) AS by_moment,
    if(latency = 'no', by_moment, by_hour) AS needed
  FROM sold JOIN used USING (resource_id), param
  WHERE busiest_moment > 0            -- without any use another rule looks at it
)
SELECT resource_id, needed / units AS remaining, needed / units AS remaining_best,
  -- what is refused today is in no average
  if(has_maxima AND has_averages AND NOT (is_throttled AND needed < units * busiest_moment), 'medium', 'low') AS
    confidence, needed::BIGINT::VARCHAR AS target,
  if(needed >= units * busiest_moment, 'reduce', 'reduce_slower') AS remedy,
  format('{} uses {:.0f} % of its {:,} units in the busiest hour and {:.0f} % on average. '
    || '{} would run at {:.0f} % in that hour{}.{}{}',
    called, 100 * busiest_hour, units, 100 * mean_share,
    if(needed = 1, 'One unit', format('{:,} units', needed::BIGINT)),
    100 * units * busiest_hour / needed,
    CASE WHEN needed < units * busiest_moment THEN ', on average'
      WHEN has_maxima AND busiest_moment > busiest_hour
        THEN format(' and at {:.0f} % at the peak', 100 * units * busiest_moment / needed) ELSE '' END,
    -- what a moment takes beyond the units that are left is refused or waits
    if(needed < units * busiest_moment,
      format(' Its peak takes {:,.0f} units: requests beyond {:,} are throttled or wait.',
      ceil(units * busiest_moment - 1e-9), needed::BIGINT), ''),
    if(is_throttled, ' At its peaks it is throttled already, so the demand is larger than what was measured.', '')
    || if(has_changed, ' The number of units changed in this time; earlier use is converted to current units.', '')
    || if(is_assumed, format(' Assumed: a regional deployment, sold in steps of {}.', increment), '')
    || if(is_unknown, ' Its model is unknown. Assumed: an open model, sold in steps of 100.', '')) AS reason,
  NULL AS not_examined, units, needed AS units_needed, minimum AS units_minimum, increment AS units_increment,
  busiest_hour, busiest_moment, mean_share
FROM sized
WHERE needed <= units * (1 - min_saving)
UNION ALL BY NAME
-- Of many units as much would be found, however few are needed.
SELECT resource_id, 'its number of units is unknown (replicas)'
  || if(busiest_moment > 0 AND if(latency = 'no', busiest_moment, busiest_hour / (1 - headroom)) <= 1 - min_saving,
    '; a finding depends on it', '') AS not_examined
FROM sold LEFT JOIN used USING (resource_id), param WHERE units IS NULL
UNION ALL BY NAME
-- The smallest steps would leave fewer units.
SELECT resource_id, if(is_unknown, 'its model is unknown (model); a finding depends on it',
  'its kind of deployment is unknown (deployment_type); a finding depends on it') AS not_examined
FROM sized
WHERE (is_assumed OR is_unknown) AND needed > units * (1 - min_saving)
  AND greatest(15, ceil(units * if(latency = 'no', greatest(busiest_moment, busiest_hour / (1 - headroom)),
    busiest_hour / (1 - headroom)) / 5 - 1e-9) * 5) <= units * (1 - min_saving)
