-- An inventory file: the columns of resources, tags and attributes as JSON objects. Other columns are kept as attributes.

CREATE TEMP TABLE inventory (
  resource_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, provider VARCHAR, account_id VARCHAR, account_name VARCHAR, region VARCHAR, name VARCHAR, machine_type VARCHAR, replicas INTEGER,
  accelerator VARCHAR, accelerator_count DOUBLE, accelerator_memory_gib DOUBLE, vcpus DOUBLE, memory_gib DOUBLE, created_at TIMESTAMP, ended_at TIMESTAMP, state VARCHAR, purchase VARCHAR,
  parent_id VARCHAR, workload VARCHAR, tags MAP(VARCHAR, VARCHAR), attributes MAP(VARCHAR, VARCHAR)
);

SELECT
  file_id, ordinal, bad,
  * EXCLUDE (file_id, ordinal, bad, row_hash, columns_present, source_file, other_columns, resource_id, parent_id, kind, provider, workload, attributes),
  canonical_id(resource_id) AS resource_id, canonical_id(parent_id) AS parent_id, lower(kind) AS kind,
  coalesce(lower(provider), provider_of(canonical_id(resource_id))) AS provider,
  coalesce(workload, canonical_id(resource_id)) AS workload,
  map_concat(other_columns, coalesce(attributes, MAP {})) AS attributes
FROM inventory
