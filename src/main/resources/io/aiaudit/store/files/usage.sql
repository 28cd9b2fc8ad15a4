-- A usage file: one metric of one resource over an hour or less a row.

CREATE TEMP TABLE usage (
  resource_id VARCHAR NOT NULL, metric VARCHAR NOT NULL, hour TIMESTAMP NOT NULL, average DOUBLE, maximum DOUBLE, total DOUBLE, samples BIGINT
);

SELECT file_id, ordinal, bad, canonical_id(resource_id) AS resource_id, lower(metric) AS metric, hour AS moment, average, maximum, total, samples
FROM usage
