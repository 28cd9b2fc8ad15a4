-- For how long units of throughput are bought: the meter of AWS names it, for others the bill says what has a
-- reservation, and else only the inventory does. What neither says may be paid for until an unknown day. A term that
-- ended in the bill is over: the last meter of a resource before the end of the window says what it has.
CREATE TEMP TABLE metered_terms AS
WITH meters AS (
  SELECT resource_id, lower(concat_ws(' ', c.SkuMeter, c.SkuId, c.ChargeDescription)) AS words,
    lower(c.PricingCategory) AS category,
    max(c.ChargePeriodStart) FILTER (is_before_end(c.ChargePeriodStart)) AS last_start
  FROM charges c JOIN resources r USING (resource_id)
  WHERE r.kind = 'provisioned_throughput' AND c.component = 'time' AND c.charge_kind = 'cost'
    AND NOT is_one_off(c.ChargeCategory, c.ChargeClass, c.ChargeFrequency, 0)
  GROUP BY ALL
), newest AS (
  SELECT *, last_start = max(last_start) OVER (PARTITION BY resource_id) AS is_last FROM meters
)
SELECT resource_id,
  bool_or(is_last AND regexp_matches(words, '(1|6|one|six)[ _-]?month')) AS is_for_months,
  bool_or(is_last AND regexp_matches(words, 'no[ _-]?commit')) AS is_without_term,
  bool_or(category = 'standard') AS has_on_demand
FROM newest
GROUP BY resource_id;

UPDATE resources SET purchase = 'committed'
FROM metered_terms t
WHERE t.resource_id = resources.resource_id AND resources.provider = 'aws' AND t.is_for_months
  AND resources.purchase IS DISTINCT FROM 'committed';

-- AWS has one price category for units of any term. An inventory without one attribute has lost them.
UPDATE resources
SET attributes = map_concat(coalesce(attributes, MAP {}), MAP {'term_unknown': 'true'})
WHERE kind = 'provisioned_throughput' AND purchase IS DISTINCT FROM 'committed'
  AND coalesce(attributes['commitment_duration'], '') = ''
  AND resource_id NOT IN (SELECT resource_id FROM work.resources
    WHERE purchase IS NOT NULL AND source NOT IN ('~bill', '~usage'))
  AND resource_id NOT IN (SELECT resource_id FROM metered_terms JOIN resources r USING (resource_id)
    WHERE CASE WHEN r.provider = 'aws' THEN is_without_term
      ELSE has_on_demand AND cardinality(r.attributes) > 0 END);
