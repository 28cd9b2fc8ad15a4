-- What a gateway writes down: a FOCUS file with the estimated cost of each call, whose provider is the one that another
-- file is the bill of. It is no second bill. Its rows are single calls: they count tokens or requests, and begin or end
-- within an hour.

CREATE TEMP TABLE call_files AS
SELECT file_id
FROM staged.bill JOIN bill_groups USING (file_id)
WHERE bill_groups.dialect = 'focus' AND ordinal > 0
GROUP BY file_id
HAVING count(*) FILTER (regexp_matches(lower(concat_ws(' ', ConsumedUnit, PricingUnit)),
  'token|request|call|invocation')
  AND (ChargePeriodEnd - ChargePeriodStart < INTERVAL 1 HOUR
    OR ChargePeriodStart <> date_trunc('hour', ChargePeriodStart))) >= 0.95 * count(*);

CREATE TEMP TABLE model_charges AS
SELECT file_id, ordinal, provider, CASE WHEN provider = 'other' THEN lower(ProviderName) ELSE provider END AS maker,
  ChargePeriodStart AS start_at,
  greatest(ChargePeriodEnd, ChargePeriodStart + INTERVAL 1 SECOND) AS end_at, BilledCost AS billed,
  file_id IN (FROM call_files) AS is_call
FROM staged.bill
WHERE ordinal > 0 AND charge_kind = 'cost'
  AND regexp_matches(lower(concat_ws(' ', ServiceName, ServiceCategory, SkuMeter, ChargeDescription, ConsumedUnit,
  PricingUnit)),
  'bedrock|openai|anthropic|claude|gpt-|gemini|vertex ai|cognitive|foundry|mistral|cohere|token');

-- What the bill has of the days of the gateway. They are of the same calls where the sums are within a quarter
-- of each other: a gateway knows list prices, not discounts.
CREATE TEMP TABLE estimates AS
WITH names AS (    -- a group that has files of both kinds says too little
  SELECT file_id, if(bool_or(file_id IN (FROM call_files)) OVER (PARTITION BY bill_group), source_file,
    group_name) AS name FROM bill_groups
), estimated AS (
  SELECT file_id, maker, date_trunc('day', min(start_at)) AS from_day,
    date_trunc('day', max(end_at) - INTERVAL 1 SECOND) + INTERVAL 1 DAY AS to_day, sum(billed) AS estimated
  FROM model_charges WHERE is_call GROUP BY ALL
), billed AS (
  SELECT e.file_id, e.maker, string_agg(DISTINCT g.name, ', ' ORDER BY g.name) AS bills,
    CAST(sum(c.billed::DOUBLE * (epoch(least(c.end_at, e.to_day)) - epoch(greatest(c.start_at, e.from_day))) /
      (epoch(c.end_at) - epoch(c.start_at))) AS DECIMAL(28,2)) AS invoiced
  FROM estimated e JOIN model_charges c ON c.maker = e.maker AND NOT c.is_call AND c.start_at < e.to_day
    AND c.end_at > e.from_day JOIN names g ON g.file_id = c.file_id
  GROUP BY ALL
)
SELECT e.file_id, e.maker, g.name AS gateway, bills, CAST(estimated AS DECIMAL(28,2)) AS estimated, invoiced,
  estimated BETWEEN 0.75 * invoiced AND 1.25 * invoiced AS is_same
FROM estimated e JOIN billed USING (file_id, maker) JOIN names g USING (file_id)
WHERE invoiced > 0;

INSERT INTO billed_elsewhere
SELECT c.file_id, ordinal, c.provider, date_trunc('day', start_at), e.gateway, e.bills
FROM model_charges c JOIN estimates e USING (file_id, maker) WHERE is_same;
