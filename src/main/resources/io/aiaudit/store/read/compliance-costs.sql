-- What bills charge inside the window for things that compliance is the usual reason for, by resource, kind, account
-- and workload of the tags, and share of the period inside the window. Texts are classified before they meet the lines,
-- so that of millions of lines one number is looked at.
WITH
  bounds AS (SELECT ?::TIMESTAMP AS window_start, ?::TIMESTAMP AS window_end),
  shaped AS (
    SELECT text_id, resource_id, SubAccountId AS account_id, at_billed_cost, ChargeCategory, ChargeClass,
      ChargeFrequency, try_cast(Tags AS JSON) AS tags,
      {'provider': provider, 'service': coalesce(lower(ServiceName), ''),
        'text': lower(concat_ws(' ', SkuMeter, ChargeDescription))} AS shape
    FROM charge_texts WHERE charge_kind = 'cost'
  ),
  texts AS (
    SELECT * FROM (
      SELECT *, /* kind */ AS kind,
        coalesce(tags ->> 'workload', tags ->> 'application', tags ->> 'app', tags ->> 'service',
          tags ->> 'project') AS workload
      FROM shaped
    ) WHERE kind <> ''
  ),
  lines AS (
    SELECT *, greatest(ChargePeriodEnd, ChargePeriodStart + INTERVAL 1 SECOND) AS end_at
    FROM charge_lines JOIN texts USING (text_id)
  )
SELECT
  resource_id, shape.provider AS provider, account_id, kind, workload,
  epoch(least(end_at, window_end) - greatest(ChargePeriodStart, window_start))::BIGINT AS inside_seconds,
  epoch(end_at - ChargePeriodStart)::BIGINT AS period_seconds,
  sum(CASE WHEN at_billed_cost THEN BilledCost ELSE coalesce(EffectiveCost, BilledCost) END) AS cost
FROM lines, bounds
WHERE end_at > window_start AND ChargePeriodStart < window_end
GROUP BY ALL
ORDER BY ALL
