-- In which form each file has its bill: the dialect, by the hour or by the day, with or without resources. The same
-- form may come in two versions, FOCUS 1.0 and 1.2 or both Cost and Usage Reports, whose headers differ.
-- What a gateway writes down is no form of an invoice.

CREATE TEMP TABLE file_forms AS
SELECT file_id, concat_ws(' ', dialect, is_daily, has_resources, if(is_call, 'calls', NULL)) AS form, is_call,
  is_daily, has_resources, rows,
  version, version_columns, version_release
FROM bill_groups JOIN (
  SELECT
    if(is_run, bill_group, file_id::VARCHAR) AS whole,
    coalesce(median(epoch(ChargePeriodEnd) - epoch(ChargePeriodStart)) FILTER (ChargeCategory = 'Usage') > 3600,
      true) AS is_daily,
    bool_or(ResourceId IS NOT NULL) AS has_resources, count(*) AS rows, min(header) AS version,
    min(columns) AS version_columns, min(release) AS version_release,
    bool_and(file_id IN (SELECT file_id FROM call_files)) AS is_call
  FROM staged.bill JOIN bill_groups USING (file_id)
  GROUP BY ALL
) ON whole = if(is_run, bill_group, file_id::VARCHAR);
