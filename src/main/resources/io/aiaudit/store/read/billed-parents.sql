-- The resource whose bill each leaf has a part of, by its id in the bill, and the first charge of that bill.
WITH laid AS (
  SELECT resource_id, lower(ResourceId) AS parent, min(ChargePeriodStart) AS since, sum(cost) AS cost
  FROM charge_parts
  WHERE charge_kind = 'cost' AND cost_basis = 'allocated' AND ResourceId IS NOT NULL
  GROUP BY ALL
)
SELECT resource_id, parent AS id, min(since) OVER (PARTITION BY parent) AS since
FROM laid
QUALIFY row_number() OVER (PARTITION BY resource_id ORDER BY cost DESC, parent) = 1
ORDER BY resource_id
