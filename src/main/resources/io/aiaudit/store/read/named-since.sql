-- A bill may name resources only from some day on: Cost Explorer tells them of 14 days, an export from the day on which
-- they were switched on. Before it the same meters stand without any, and what a resource cost then is not known.
WITH
  meters AS (
    SELECT provider, coalesce(SubAccountId, BillingAccountId) AS account, ServiceName AS service, SkuMeter AS meter,
      min(ChargePeriodStart) FILTER (ResourceId IS NULL) AS bare_since,
      min(ChargePeriodStart) FILTER (ResourceId IS NOT NULL) AS named_since
    FROM charges
    WHERE charge_kind = 'cost' AND component IN ('time', 'storage') AND SkuMeter IS NOT NULL
    GROUP BY ALL
  ),
  late AS (
    SELECT provider, account, service, min(named_since) AS since
    FROM meters
    GROUP BY ALL
    HAVING bool_or(bare_since < named_since) AND min(bare_since) < min(named_since)
  )
SELECT c.resource_id, max(since) AS since
FROM charges c
JOIN late ON late.provider = c.provider
  AND late.account IS NOT DISTINCT FROM coalesce(c.SubAccountId, c.BillingAccountId)
  AND late.service IS NOT DISTINCT FROM c.ServiceName
WHERE c.ResourceId IS NOT NULL
GROUP BY c.resource_id
ORDER BY c.resource_id
