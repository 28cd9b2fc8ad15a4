-- What a tool shares out of somebody else's bill (Kubecost, OpenCost, a cost platform), as a FOCUS file of its own. It
-- is no second bill: the tool sells nothing but itself. One that is not known by name is recognized by what it charges:
-- resources that a cloud bills in the same days.

CREATE OR REPLACE TEMP MACRO is_allocation_tool(name) AS coalesce(regexp_matches(lower(name),
  '\b(kubecost|opencost|cloudzero|vantage|finout|cloudability|cloudhealth)\b'), false);

-- By the number of their text, so that a bill of millions of lines is not looked at where there is no such file.
CREATE TEMP TABLE allocating AS
WITH texts AS (
  SELECT text_id, resource_id, provider, lower(ProviderName) AS seller, ResourceId IS NOT NULL AS has_id,
    (is_allocation_tool(ProviderName) OR is_allocation_tool(InvoiceIssuerName)) AND NOT is_allocation_tool(ServiceName)
      AS is_tool
  FROM staged.texts WHERE charge_kind = 'cost'
)
SELECT text_id, seller, is_tool, resource_id
FROM texts
WHERE is_tool OR (provider = 'other' AND has_id AND resource_id IN (SELECT resource_id FROM texts
  WHERE has_id AND provider <> 'other' AND NOT is_tool));

CREATE TEMP TABLE allocated AS
SELECT file_id, ordinal, seller, is_tool, allocating.resource_id, b.provider, ChargePeriodStart AS start_at,
  greatest(ChargePeriodEnd, ChargePeriodStart + INTERVAL 1 SECOND) AS end_at, BilledCost AS billed, currency
FROM priced_bill b JOIN allocating USING (text_id) JOIN bill_groups g USING (file_id)
WHERE ordinal > 0 AND g.dialect = 'focus';

-- Of a tool all bills of the same days count, of others what is billed for the resources that they name.
CREATE TEMP TABLE allocation_days AS
WITH shares AS (
  SELECT file_id, seller, bool_or(is_tool) AS is_tool, date_trunc('day', min(start_at)) AS from_day,
    date_trunc('day', max(end_at) - INTERVAL 1 SECOND) + INTERVAL 1 DAY AS to_day
  FROM allocated GROUP BY ALL
), periods AS (
  SELECT file_id, seller, NULL::BIGINT AS bill_file, currency, start_at, end_at, sum(billed) AS billed
  FROM allocated GROUP BY ALL
  UNION ALL
  SELECT s.file_id, s.seller, b.file_id, b.currency, b.ChargePeriodStart, b.ChargePeriodEnd, sum(b.BilledCost)
  FROM shares s JOIN priced_bill b ON b.file_id <> s.file_id AND b.ordinal > 0 AND b.charge_kind = 'cost'
    AND b.ChargePeriodStart < s.to_day AND b.ChargePeriodEnd > s.from_day AND b.ChargePeriodEnd > b.ChargePeriodStart
    AND b.provider <> 'other' AND b.text_id NOT IN (SELECT text_id FROM allocating)
    AND (s.is_tool OR b.resource_id IN (SELECT a.resource_id FROM allocated a WHERE a.file_id = s.file_id
      AND a.seller = s.seller))
  GROUP BY ALL
)
SELECT file_id, seller, bill_file, currency, day, sum(part_of_day(billed, start_at, end_at, day)) AS billed
FROM (SELECT *, unnest(range(date_trunc('day', start_at), end_at, INTERVAL 1 DAY)) AS day FROM periods)
GROUP BY ALL;

CREATE TEMP TABLE allocated_days AS
SELECT file_id, seller, day FROM allocation_days GROUP BY ALL
HAVING bool_or(bill_file IS NULL) AND bool_or(bill_file IS NOT NULL);

-- Compared on the days that both have. A part of less than a quarter is a price of its own, as for the monitoring of an
-- instance.
CREATE TEMP TABLE allocations AS
WITH sums AS (
  SELECT file_id, seller, bill_file IS NOT NULL AS is_bill, currency, sum(billed) AS billed
  FROM allocation_days SEMI JOIN allocated_days USING (file_id, seller, day) GROUP BY ALL
), sides AS (
  SELECT file_id, seller, is_bill, if(count(*) = 1, min(currency), NULL) AS currency, sum(billed) AS amount,
    in_words(billed, currency) AS words
  FROM sums GROUP BY ALL
), bills AS (
  SELECT file_id, seller, string_agg(DISTINCT g.group_name, ', ' ORDER BY g.group_name) AS bills
  FROM allocation_days d SEMI JOIN allocated_days USING (file_id, seller, day)
    JOIN bill_groups g ON g.file_id = d.bill_file
  GROUP BY ALL
), tools AS (
  SELECT file_id, seller, bool_or(is_tool) AS is_tool FROM allocated GROUP BY ALL
)
SELECT file_id, seller, is_tool, g.source_file AS tool_file, bills, a.words AS allocated, b.words AS invoiced,
  is_tool OR coalesce(a.currency = b.currency AND a.amount BETWEEN 0.75 * b.amount AND 1.25 * b.amount, false)
    AS is_same
FROM sides a JOIN sides b USING (file_id, seller) JOIN bills USING (file_id, seller) JOIN tools USING (file_id, seller)
  JOIN bill_groups g USING (file_id)
WHERE NOT a.is_bill AND b.is_bill AND b.amount > 0
  AND (is_tool OR coalesce(a.amount >= 0.25 * b.amount OR a.currency <> b.currency, true));

INSERT INTO billed_elsewhere
SELECT DISTINCT a.file_id, ordinal, a.provider, date_trunc('day', start_at), s.tool_file, s.bills
FROM allocated a JOIN allocations s USING (file_id, seller) JOIN allocated_days d USING (file_id, seller)
WHERE is_same AND start_at < d.day + INTERVAL 1 DAY AND end_at > d.day;
