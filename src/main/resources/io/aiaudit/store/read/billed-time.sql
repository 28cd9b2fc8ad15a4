-- Who sells the machine hours of each resource, and whether the commitments that cover some of them are of money (FOCUS
-- category Spend) and not of certain machines. EC2 Instance Savings Plans are of money, for one family in one region.
SELECT
  resource_id, list(DISTINCT coalesce(ServiceName, 'unknown') ORDER BY coalesce(ServiceName, 'unknown')) AS services,
  coalesce(bool_and(lower(CommitmentDiscountCategory) = 'spend'
    AND NOT regexp_matches(coalesce(CommitmentDiscountType, ''), 'ec2.?instance', 'i'))
    FILTER (CommitmentDiscountStatus = 'Used'), false) AS flexible
FROM charges
WHERE component = 'time' AND charge_kind = 'cost' AND resource_id IS NOT NULL
GROUP BY resource_id
ORDER BY resource_id
