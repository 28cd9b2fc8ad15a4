-- Of each resource that a list price fits: the day that the price is of, NULL where it is unknown, and where it is
-- from. A price that is in the bill beside usage under a commitment comes first.
WITH
  beside AS (
    SELECT resource_id, any_value(provider) AS provider, max(ChargePeriodStart)::DATE AS as_of,
      bool_and(coalesce(ContractedCost > 0, false)) AS is_negotiated
    FROM charges
    WHERE cost_basis = 'unpriced'
    GROUP BY resource_id
    HAVING bool_and(coalesce(ContractedCost > 0, false) OR coalesce(ListCost > 0, false))
  )
SELECT
  r.resource_id, coalesce(b.as_of, p.as_of) AS as_of,
  CASE WHEN b.is_negotiated THEN 'negotiated price in the bill'
       WHEN b.resource_id IS NOT NULL
         THEN 'list price in the bill' || coalesce((SELECT ', less ' || rtrim(rtrim(percent::VARCHAR, '0'), '.') || ' %'
         FROM discounts d WHERE d.provider = b.provider), '')
       ELSE coalesce(p.origin, 'built-in') END AS origin
FROM resources r
LEFT JOIN resource_prices p ON p.resource_id = r.resource_id
LEFT JOIN beside b ON b.resource_id = r.resource_id
WHERE b.resource_id IS NOT NULL OR p.provider IS NOT NULL
ORDER BY r.resource_id
