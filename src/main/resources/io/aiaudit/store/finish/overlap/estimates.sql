-- What a gateway writes down: a FOCUS file with the estimated cost of calls, whose provider is the one that another
-- file is the bill of. It is no second bill. Its rows are single calls, which count tokens or requests and begin or end
-- within an hour; or the requests of a day, as LiteLLM exports them.

-- Libraries call a provider as in their code (vertex_ai, bedrock), and such an export has no number of a SKU: nobody
-- sells by it. Where only some of that shows, it may be a bill.
CREATE TEMP TABLE call_texts AS
SELECT text_id, (is_gateway OR (is_of_library AND counts_requests AND NOT has_sku)) AS is_sure,
  NOT has_sku AND (is_of_library OR counts_requests) AS may_be_one
FROM (
  SELECT text_id, regexp_matches(lower(concat_ws(' ', ConsumedUnit, PricingUnit)), 'request|call|invocation')
      AS counts_requests,
    concat(SkuId, SkuMeter, SkuPriceId) <> '' AS has_sku,
    coalesce(regexp_full_match(ProviderName, '[a-z0-9_]+([-/.][a-z0-9_]+)*'), false) AS is_of_library,
    coalesce(regexp_matches(lower(InvoiceIssuerName), '\b(litellm|portkey|helicone|langfuse|langsmith|bifrost)\b'),
      false) AS is_gateway
  FROM staged.texts
  WHERE regexp_matches(lower(concat_ws(' ', ConsumedUnit, PricingUnit)), 'token|request|call|invocation')
    AND source_file IN (SELECT file FROM staged.files WHERE dialect = 'focus')
);

CREATE TEMP TABLE call_files AS
SELECT file_id, count(*) FILTER (is_single OR is_sure) >= 0.95 * count(*) AS is_sure
FROM (
  SELECT file_id, t.text_id IS NOT NULL AND (ChargePeriodEnd - ChargePeriodStart < INTERVAL 1 HOUR
    OR ChargePeriodStart <> date_trunc('hour', ChargePeriodStart)) AS is_single,
    ChargePeriodEnd - ChargePeriodStart <= INTERVAL 25 HOUR AND coalesce(is_sure, false) AS is_sure,
    ChargePeriodEnd - ChargePeriodStart <= INTERVAL 25 HOUR AND coalesce(may_be_one, false) AS may_be_one
  FROM charge_lines JOIN bill_groups USING (file_id) LEFT JOIN call_texts t USING (text_id)
  WHERE bill_groups.dialect = 'focus' AND ordinal > 0
)
GROUP BY file_id
HAVING count(*) FILTER (is_single OR is_sure OR may_be_one) >= 0.95 * count(*);

CREATE TEMP MACRO maker_of(provider, name) AS CASE WHEN provider <> 'other' THEN provider ELSE
  coalesce(nullif(regexp_extract(lower(name), 'openai|anthropic|mistral|cohere|deepseek|groq|perplexity|together'), ''),
    lower(name)) END;

-- A provider that is no cloud sells models, whatever it calls them.
CREATE TEMP TABLE model_charges AS
SELECT file_id, ordinal, provider, maker_of(provider, ProviderName) AS maker, ChargePeriodStart AS start_at,
  greatest(ChargePeriodEnd, ChargePeriodStart + INTERVAL 1 SECOND) AS end_at, BilledCost AS billed,
  coalesce(EffectiveCost, BilledCost) AS effective, currency, file_id IN (SELECT file_id FROM call_files) AS is_call
FROM priced_bill
WHERE ordinal > 0 AND charge_kind = 'cost' AND EXISTS (FROM call_files)
  AND (is_call OR provider = 'other' OR regexp_matches(lower(concat_ws(' ', ServiceName, ServiceCategory, SkuMeter,
    ChargeDescription, ConsumedUnit, PricingUnit)),
  'bedrock|openai|anthropic|claude|gpt-|gemini|vertex ai|cognitive|foundry|mistral|cohere|token'));

CREATE TEMP TABLE model_days AS
SELECT is_call, file_id, maker, currency, day, sum(part_of_day(billed, start_at, end_at, day)) AS billed,
  sum(part_of_day(effective, start_at, end_at, day)) AS effective
FROM (
  SELECT *, unnest(range(date_trunc('day', start_at), end_at, INTERVAL 1 DAY)) AS day
  FROM (SELECT is_call, file_id, maker, currency, start_at, end_at, sum(billed) AS billed, sum(effective) AS effective
    FROM model_charges WHERE maker IN (SELECT maker FROM model_charges WHERE is_call) GROUP BY ALL)
)
GROUP BY ALL;

-- Only the days that both have say whether they are the same. What the gateway has of others is in no bill.
CREATE TEMP TABLE estimated_days AS
SELECT DISTINCT file_id, maker, day FROM model_days
WHERE is_call AND (maker, day) IN (SELECT (maker, day) FROM model_days WHERE NOT is_call);

-- The sums are within a quarter of each other, since a gateway knows list prices and no discounts. What a commitment
-- pays for is billed at 0 and costs all the same.
CREATE TEMP TABLE estimates AS
WITH names AS (    -- a group that has files of both kinds says too little
  SELECT file_id, if(bool_or(file_id IN (SELECT file_id FROM call_files)) OVER (PARTITION BY bill_group), source_file,
    group_name) AS name FROM bill_groups
), estimated AS (
  SELECT file_id, maker, if(count(*) = 1, min(currency), NULL) AS currency, sum(billed) AS amount,
    in_words(billed, currency) AS words
  FROM (SELECT file_id, maker, currency, sum(billed) AS billed FROM model_days SEMI JOIN estimated_days
    USING (file_id, maker, day) GROUP BY ALL)
  GROUP BY ALL
), others AS (
  SELECT file_id, maker, in_words(billed, currency) AS words
  FROM (SELECT file_id, maker, currency, sum(billed) AS billed FROM model_days ANTI JOIN estimated_days
    USING (file_id, maker, day) WHERE is_call GROUP BY ALL HAVING sum(billed) >= 0.005)
  GROUP BY ALL
), billed AS (
  SELECT file_id, maker, if(count(*) = 1, min(currency), NULL) AS currency, sum(billed) AS billed,
    sum(effective) AS effective, in_words(billed, currency) AS billed_words,
    in_words(effective, currency) AS effective_words
  FROM (SELECT e.file_id, e.maker, currency, sum(billed) AS billed, sum(effective) AS effective
    FROM estimated_days e JOIN model_days m USING (maker, day) WHERE NOT is_call GROUP BY ALL)
  GROUP BY ALL
), bills AS (
  SELECT e.file_id, e.maker, count(DISTINCT day) AS days, string_agg(DISTINCT g.name, ', ' ORDER BY g.name) AS bills
  FROM estimated_days e JOIN model_days m USING (maker, day) JOIN names g ON g.file_id = m.file_id
  WHERE NOT is_call GROUP BY ALL
)
SELECT file_id, maker, g.name AS gateway, bills, days, e.words AS estimated, o.words AS on_other_days,
  coalesce(e.amount NOT BETWEEN 0.75 * b.billed AND 1.25 * b.billed
    AND (b.billed <= 0 OR e.amount BETWEEN 0.75 * b.effective AND 1.25 * b.effective), false) AS at_effective,
  if(at_effective, effective_words, billed_words) AS invoiced,
  is_sure AND coalesce(e.currency = b.currency
    AND (e.amount BETWEEN 0.75 * b.billed AND 1.25 * b.billed
      OR e.amount BETWEEN 0.75 * b.effective AND 1.25 * b.effective), false) AS is_same
FROM estimated e JOIN billed b USING (file_id, maker) JOIN bills USING (file_id, maker) JOIN call_files USING (file_id)
  JOIN names g USING (file_id) LEFT JOIN others o USING (file_id, maker)
WHERE b.billed > 0 OR b.effective > 0;

-- Both ways, since either may come first.
CREATE TEMP TABLE estimated_groups AS
WITH pairs AS (
  SELECT DISTINCT c.bill_group AS calls, b.bill_group AS bill
  FROM estimates e JOIN estimated_days USING (file_id, maker)
    JOIN model_days m ON m.maker = e.maker AND m.day = estimated_days.day AND NOT m.is_call
    JOIN bill_groups c ON c.file_id = e.file_id JOIN bill_groups b ON b.file_id = m.file_id
)
SELECT calls, bill FROM pairs UNION SELECT bill, calls FROM pairs;

INSERT INTO billed_elsewhere
SELECT c.file_id, ordinal, c.provider, date_trunc('day', start_at), e.gateway, e.bills
FROM model_charges c JOIN estimates e USING (file_id, maker)
WHERE is_same AND (file_id, maker, date_trunc('day', start_at)) IN (FROM estimated_days);
