-- What the lower of two bills has of each resource that both have, as a share of what counts of it.
INSERT INTO smaller_bills
WITH shares AS (
  SELECT text_id, min(share) AS share FROM smaller_readings GROUP BY text_id
), costs AS (
  SELECT resource_id, coalesce(share, 1) AS share,
    CASE WHEN EffectiveCost IS NULL OR at_billed_cost THEN BilledCost ELSE EffectiveCost END AS cost
  FROM charge_lines JOIN charge_texts USING (text_id) LEFT JOIN shares USING (text_id)
  WHERE charge_kind = 'cost' AND resource_id IN (
    SELECT resource_id FROM charge_texts WHERE text_id IN (SELECT text_id FROM shares))
)
SELECT resource_id, CAST(greatest(sum(cost * share) / sum(cost), 0) AS DECIMAL(13,12))
FROM costs GROUP BY resource_id HAVING sum(cost) > 0 AND sum(cost * share) < sum(cost);
