-- Who sells the machine hours of each resource, and whether the commitments that cover some of them are of money (FOCUS
-- category Spend) and not of certain machines. EC2 Instance Savings Plans are of money, for one family in one region.
-- The same of commitments of which a part was unused: what used the rest says of which machines they are. A plan is
-- billed by a service of its own; what it covers is sold by others.
WITH
  -- Exports that leave the category out name a savings plan. A plan for one family of instances is no such money.
  charged AS (
    SELECT *, CASE WHEN CommitmentDiscountId IS NOT NULL THEN coalesce(lower(CommitmentDiscountCategory) = 'spend',
      regexp_matches(concat_ws(' ', CommitmentDiscountType, CommitmentDiscountId), 'savings.?plan', 'i'))
      AND NOT regexp_matches(coalesce(CommitmentDiscountType, ''), 'ec2.?instance', 'i') END AS of_money
    FROM charges
  ),
  hours AS (
    SELECT provider, resource_id, coalesce(ServiceName, 'unknown') AS service, CommitmentDiscountStatus AS status,
      lower(CommitmentDiscountId) AS commitment, of_money
    FROM charged
    WHERE component = 'time' AND charge_kind = 'cost' AND resource_id IS NOT NULL
    GROUP BY ALL
  ),
  unused AS (
    SELECT DISTINCT provider, resource_id, coalesce(ServiceName, 'unknown') AS service,
      lower(CommitmentDiscountId) AS commitment,
      coalesce(of_money, false) AS of_money,
      regexp_matches(concat_ws(' ', CommitmentDiscountType, ServiceName), 'sagemaker|machine.?learning', 'i') AS of_ml
    FROM charged
    WHERE component = 'commitment' AND charge_kind = 'cost' AND CommitmentDiscountStatus = 'Unused'
      AND CommitmentDiscountId IS NOT NULL
  ),
  sold AS (
    SELECT u.resource_id, u.service, u.of_money, NULL AS used_by FROM unused u
    UNION
    SELECT u.resource_id, h.service, u.of_money, h.resource_id FROM unused u JOIN hours h
      ON h.provider = u.provider AND h.commitment = u.commitment AND h.status = 'Used'
    UNION
    SELECT u.resource_id, h.service, u.of_money, NULL FROM unused u JOIN hours h ON h.provider = u.provider
    WHERE u.of_money AND CASE WHEN u.of_ml THEN regexp_matches(h.service, 'sagemaker|machine learning', 'i')
      ELSE regexp_matches(h.service, 'elastic compute|^ec2|amazonec2|virtual machines|compute engine', 'i') END
  )
SELECT resource_id, list(DISTINCT service ORDER BY service) AS services,
  coalesce(bool_and(of_money) FILTER (status = 'Used'), false) AS flexible, []::VARCHAR[] AS used_by
FROM hours
WHERE resource_id NOT IN (SELECT resource_id FROM unused)
GROUP BY resource_id
UNION ALL
SELECT resource_id, list(DISTINCT service ORDER BY service), bool_and(of_money),
  coalesce(list(DISTINCT used_by ORDER BY used_by) FILTER (used_by IS NOT NULL), [])
FROM sold
GROUP BY resource_id
ORDER BY resource_id
