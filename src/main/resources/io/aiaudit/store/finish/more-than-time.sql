-- What the bill has no words for was taken for the time of a machine. Where it costs more than twice what the machine
-- does by its list price, it holds something else too, such as transfer, and how much of it is time is unknown.
CREATE TEMP TABLE more_than_time AS
WITH machine AS (
  SELECT r.resource_id, p.on_demand * CASE WHEN kind IN ('instance', 'notebook') THEN 1 ELSE greatest(replicas,
    stated_count(attributes['autoscaling_max']), stated_count(attributes['max_replicas']),
    stated_count(attributes['max_nodes'])) END AS price
  FROM resources r JOIN resource_prices p USING (resource_id)
), period AS (
  SELECT resource_id, ChargePeriodStart, ChargePeriodEnd,
    sum(CASE WHEN at_billed_cost OR EffectiveCost IS NULL THEN BilledCost ELSE EffectiveCost END) AS cost
  FROM charge_lines JOIN (SELECT text_id, resource_id, at_billed_cost
    FROM charge_texts SEMI JOIN time_by_kind USING (text_id)) USING (text_id)
  GROUP BY ALL
)
SELECT resource_id FROM period JOIN machine USING (resource_id)
WHERE ChargePeriodEnd > ChargePeriodStart
GROUP BY resource_id, price
HAVING sum(cost) > 2 * price * sum(epoch(ChargePeriodEnd) - epoch(ChargePeriodStart)) / 3600;

UPDATE charge_texts SET component = NULL
WHERE text_id IN (SELECT text_id FROM time_by_kind SEMI JOIN more_than_time USING (resource_id));
