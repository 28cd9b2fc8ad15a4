-- A usage file: one metric of one resource over an hour or less a row.

CREATE TEMP TABLE usage (
  resource_id VARCHAR NOT NULL, metric VARCHAR NOT NULL, hour TIMESTAMP NOT NULL, average DOUBLE, maximum DOUBLE, total DOUBLE, samples BIGINT
);

-- A number below 0 stands for "missing" in some exports, and a utilization above 1 is a percentage: neither is what it says, so the row is not read.
SELECT file_id, ordinal,
  CASE WHEN bad IS NOT NULL THEN bad
       WHEN average < 0 THEN {'column': 'average', 'value': cannot_be(average, 'below 0')}
       WHEN maximum < 0 THEN {'column': 'maximum', 'value': cannot_be(maximum, 'below 0')}
       WHEN total < 0 THEN {'column': 'total', 'value': cannot_be(total, 'below 0')}
       WHEN is_ratio(metric) AND average > 1 THEN {'column': 'average', 'value': cannot_be(average, 'above 1; a ratio is 0 to 1')}
       WHEN is_ratio(metric) AND maximum > 1 THEN {'column': 'maximum', 'value': cannot_be(maximum, 'above 1; a ratio is 0 to 1')} END AS bad,
  canonical_id(resource_id) AS resource_id, lower(metric) AS metric, hour AS moment, average, maximum, total, samples
FROM usage
