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
  greatest(ChargePeriodEnd, ChargePeriodStart + INTERVAL 1 SECOND) AS end_at, BilledCost AS billed
FROM staged.bill b JOIN allocating USING (text_id) JOIN bill_groups g USING (file_id)
WHERE ordinal > 0 AND g.dialect = 'focus';

-- Of a tool all bills of the same days count, of others what is billed for the resources that they name. A part of less
-- than a quarter is a price of its own, as for the monitoring of an instance.
CREATE TEMP TABLE allocations AS
WITH shares AS (
  SELECT file_id, seller, bool_or(is_tool) AS is_tool, date_trunc('day', min(start_at)) AS from_day,
    date_trunc('day', max(end_at) - INTERVAL 1 SECOND) + INTERVAL 1 DAY AS to_day, sum(billed) AS allocated
  FROM allocated GROUP BY ALL
), bills AS (
  SELECT s.file_id, s.seller, g.group_name, min(b.ChargePeriodStart) AS bill_from, max(b.ChargePeriodEnd) AS bill_to,
    sum(b.BilledCost::DOUBLE * (epoch(least(b.ChargePeriodEnd, to_day)) - epoch(greatest(b.ChargePeriodStart,
      from_day))) / (epoch(b.ChargePeriodEnd) - epoch(b.ChargePeriodStart))) AS invoiced
  FROM shares s JOIN staged.bill b ON b.file_id <> s.file_id AND b.ordinal > 0 AND b.charge_kind = 'cost'
    AND b.ChargePeriodStart < s.to_day AND b.ChargePeriodEnd > s.from_day AND b.ChargePeriodEnd > b.ChargePeriodStart
    AND b.provider <> 'other' AND b.text_id NOT IN (SELECT text_id FROM allocating)
    AND (s.is_tool OR b.resource_id IN (SELECT a.resource_id FROM allocated a WHERE a.file_id = s.file_id
      AND a.seller = s.seller))
    JOIN bill_groups g ON g.file_id = b.file_id
  GROUP BY ALL
)
SELECT file_id, seller, is_tool, g.source_file AS tool_file, string_agg(DISTINCT b.group_name, ', '
    ORDER BY b.group_name) AS bills,
  min(bill_from) AS bill_from, max(bill_to) AS bill_to, CAST(max(allocated) AS DECIMAL(28,2)) AS allocated,
  CAST(sum(invoiced) AS DECIMAL(28,2)) AS invoiced,
  is_tool OR max(allocated) BETWEEN 0.75 * sum(invoiced) AND 1.25 * sum(invoiced) AS is_same
FROM shares JOIN bills b USING (file_id, seller) JOIN bill_groups g USING (file_id)
GROUP BY file_id, seller, is_tool, g.source_file
HAVING sum(invoiced) > 0 AND (is_tool OR max(allocated) >= 0.25 * sum(invoiced));

INSERT INTO billed_elsewhere
SELECT a.file_id, ordinal, a.provider, date_trunc('day', start_at), s.tool_file, s.bills
FROM allocated a JOIN allocations s USING (file_id, seller)
WHERE is_same AND start_at < bill_to AND end_at > bill_from;
