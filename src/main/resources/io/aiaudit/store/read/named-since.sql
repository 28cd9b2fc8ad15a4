-- A bill may name resources only from some day on: Cost Explorer names those of 14 days, an export those since the day
-- on which they were switched on. Before it the same meters stand without any, and what a resource cost then is not
-- known. One row for each resource that is named late, since when; and one for each day of what its service shows
-- without a resource of the meters that are named since: before that day it is what its resources cost. Jobs come
-- back, named or not, and are seen in the whole window, as is use. Lines are looked at by the number of their text.
WITH
  bounds AS (SELECT ?::TIMESTAMP AS window_start, ?::TIMESTAMP AS window_end),
  starts AS (SELECT text_id, min(ChargePeriodStart) AS start_at FROM charge_lines GROUP BY text_id),
  texts AS (
    SELECT text_id, provider, account_key(coalesce(SubAccountId, BillingAccountId)) AS account, ServiceName AS service,
      SkuMeter AS meter, resource_id, component, ResourceId IS NOT NULL AS named, start_at
    FROM starts JOIN charge_texts USING (text_id)
    WHERE charge_kind = 'cost'
    UNION ALL
    SELECT NULL, provider, account_key(coalesce(SubAccountId, BillingAccountId)), ServiceName, SkuMeter, resource_id,
      component, ResourceId IS NOT NULL, ChargePeriodStart
    FROM charge_parts
    WHERE charge_kind = 'cost'
  ),
  of_kinds AS (
    SELECT texts.*, coalesce(kind = 'account', false) AS of_service,
      named AND coalesce(kind NOT IN ('training_job', 'batch_job', 'model_usage', 'account'), true) AS names_resource
    FROM texts LEFT JOIN resources USING (resource_id)
  ),
  meters AS (
    SELECT provider, account, service, meter, bool_or(named) AS names_any,
      min(start_at) FILTER (NOT named) AS bare_since,
      min(start_at) FILTER (named AND component IN ('time', 'storage')) AS named_since,
      bool_or(names_resource AND coalesce(component IN ('time', 'storage'), false)) AS names_machines
    FROM of_kinds
    WHERE meter IS NOT NULL
    GROUP BY ALL
  ),
  late AS (
    SELECT provider, account, service, min(named_since) AS since
    FROM meters
    GROUP BY ALL
    HAVING bool_or(names_machines AND bare_since < named_since)
      AND min(bare_since) FILTER (names_machines) < min(named_since)
  ),
  -- Machines of a meter that names none any more ended before resources were named; jobs of one may come back.
  bare AS (
    SELECT text_id, resource_id, component
    FROM of_kinds l
    JOIN late ON late.provider = l.provider AND late.account IS NOT DISTINCT FROM l.account
      AND late.service IS NOT DISTINCT FROM l.service
    JOIN meters m ON m.provider = l.provider AND m.account IS NOT DISTINCT FROM l.account
      AND m.service IS NOT DISTINCT FROM l.service AND m.meter = l.meter
    CROSS JOIN bounds
    WHERE l.of_service AND NOT l.named AND late.since > window_start AND late.since < window_end
      AND (m.names_machines OR (NOT m.names_any AND l.component IN ('time', 'storage')
        AND NOT regexp_matches(l.meter, '\b(train|process|tsform)', 'i')))
  ),
  days AS (
    SELECT b.resource_id, coalesce(b.component, 'usage') AS component, ChargePeriodStart::DATE AS day,
      min(ChargePeriodStart) AS first_start,
      epoch(least(ChargePeriodEnd, window_end) - greatest(ChargePeriodStart, window_start))::BIGINT AS inside_seconds,
      epoch(ChargePeriodEnd - ChargePeriodStart)::BIGINT AS period_seconds,
      sum(CASE WHEN at_billed_cost OR EffectiveCost IS NULL THEN BilledCost ELSE EffectiveCost END) AS cost
    FROM bare b JOIN charge_lines USING (text_id) JOIN charge_texts t USING (text_id) CROSS JOIN bounds
    WHERE ChargePeriodStart < window_end AND ChargePeriodEnd > window_start
      AND ChargePeriodEnd - ChargePeriodStart BETWEEN INTERVAL 2 SECOND AND INTERVAL 25 HOUR
      AND NOT is_one_off(ChargeCategory, ChargeClass, ChargeFrequency, 0)
    GROUP BY ALL
  )
SELECT n.resource_id, max(since) AS since, NULL AS component, NULL::DATE AS day, NULL::TIMESTAMP AS first_start,
  0::BIGINT AS inside_seconds, 0::BIGINT AS period_seconds, 0 AS cost
FROM of_kinds n
JOIN late ON late.provider = n.provider AND late.account IS NOT DISTINCT FROM n.account
  AND late.service IS NOT DISTINCT FROM n.service
WHERE n.names_resource
GROUP BY n.resource_id
UNION ALL
SELECT resource_id, NULL, component, day, first_start, inside_seconds, period_seconds, cost FROM days
ORDER BY ALL
