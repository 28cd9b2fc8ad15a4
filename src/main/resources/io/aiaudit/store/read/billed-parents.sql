-- The resource whose bill each leaf has a part of, by its id in the bill, the first charge of that bill, and whether
-- the leaf or what it is a part of is known to scale.
WITH laid AS (
  SELECT resource_id, lower(ResourceId) AS parent, min(ChargePeriodStart) AS since, sum(cost) AS cost
  FROM charge_parts
  WHERE charge_kind = 'cost' AND cost_basis = 'allocated' AND ResourceId IS NOT NULL
  GROUP BY ALL
)
SELECT resource_id, parent AS id, min(since) OVER (PARTITION BY parent) AS since,
  coalesce(is_known_to_scale(r), false) OR coalesce(is_known_to_scale(above), false) AS scales
FROM laid LEFT JOIN resources r USING (resource_id) LEFT JOIN resources above ON above.resource_id = r.parent_id
QUALIFY row_number() OVER (PARTITION BY resource_id ORDER BY laid.cost DESC, parent) = 1
ORDER BY resource_id
