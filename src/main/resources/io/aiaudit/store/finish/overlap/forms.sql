-- In which form each file has its bill: the dialect, by the hour or by the day, with or without resources. The same
-- form may come in two versions, FOCUS 1.0 and 1.2 or both Cost and Usage Reports, whose headers differ.

CREATE TEMP TABLE file_forms AS
SELECT file_id, concat_ws(' ', dialect, is_daily, has_resources) AS form, is_daily, has_resources, rows,
  version, version_columns
FROM bill_groups JOIN (
  SELECT
    if(is_run, bill_group, file_id::VARCHAR) AS whole,
    coalesce(median(epoch(ChargePeriodEnd) - epoch(ChargePeriodStart)) FILTER (ChargeCategory = 'Usage') > 3600,
      true) AS is_daily,
    bool_or(ResourceId IS NOT NULL) AS has_resources, count(*) AS rows, min(header) AS version,
    min(columns) AS version_columns
  FROM staged.bill JOIN bill_groups USING (file_id)
  GROUP BY ALL
) ON whole = if(is_run, bill_group, file_id::VARCHAR);
