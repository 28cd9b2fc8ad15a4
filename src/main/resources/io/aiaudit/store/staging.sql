-- What was read, before it is put together: tables of the private database "work", which goes away when the store is
-- finished. source and scope name the slice, seq the order in it, so that what wins does not depend on which thread was
-- first.

CREATE TABLE work.resources (
  source VARCHAR, scope VARCHAR, seq BIGINT,
  resource_id VARCHAR, kind VARCHAR, provider VARCHAR, account_id VARCHAR, account_name VARCHAR, region VARCHAR,
  name VARCHAR, machine_type VARCHAR, replicas INTEGER,
  accelerator VARCHAR, accelerator_count DOUBLE, accelerator_memory_gib DOUBLE, vcpus DOUBLE, memory_gib DOUBLE,
  created_at TIMESTAMP, ended_at TIMESTAMP, state VARCHAR, purchase VARCHAR,
  parent_id VARCHAR, workload VARCHAR, tags MAP(VARCHAR, VARCHAR), attributes MAP(VARCHAR, VARCHAR)
);

-- Collectors append here, since an appender takes no maps.
CREATE TABLE work.appended_resources AS SELECT * REPLACE (NULL::VARCHAR AS tags, NULL::VARCHAR AS attributes)
  FROM work.resources;

CREATE TABLE work.metrics (source VARCHAR, scope VARCHAR, resource_id VARCHAR, metric VARCHAR, hour TIMESTAMP,
  average DOUBLE, maximum DOUBLE, total DOUBLE, samples BIGINT);

-- Metrics for which an export leaves zeros out.
CREATE TABLE work.absent_is_zero (file_id BIGINT, metric VARCHAR);

-- Rows of inventory files as they are.
CREATE TABLE work.inventory_rows AS
SELECT NULL::BIGINT AS file_id, NULL::BIGINT AS ordinal, NULL::STRUCT("column" VARCHAR, "value" VARCHAR) AS bad,
  * EXCLUDE (seq) FROM work.resources LIMIT 0;

-- Rows of usage files as they are; they become hours when all files are read.
CREATE TABLE work.usage_rows (
  source VARCHAR, scope VARCHAR, file_id BIGINT, ordinal BIGINT, bad STRUCT("column" VARCHAR, "value" VARCHAR),
  resource_id VARCHAR, metric VARCHAR, part VARCHAR, request_hash VARCHAR, moment TIMESTAMP, average DOUBLE,
  maximum DOUBLE, total DOUBLE,
  samples BIGINT
);

-- Hours of usage files of which a row was rejected: what it says is unknown, and not nothing. NULL is a
-- time that cannot be read.
CREATE TABLE work.rejected_hours (resource_id VARCHAR, metric VARCHAR, hour TIMESTAMP);

-- Metrics of resources for which some usage file has impossible values, and why (UnusableSeries): none of their hours
-- counts, from whichever file.
CREATE TABLE work.unusable_series (resource_id VARCHAR, metric VARCHAR, reason VARCHAR, moment TIMESTAMP);

CREATE TABLE work.files AS SELECT NULL::BIGINT AS file_id, NULL::VARCHAR AS source, NULL::VARCHAR AS scope, *
  FROM files LIMIT 0;
CREATE TABLE work.rejects AS SELECT NULL::VARCHAR AS source, NULL::VARCHAR AS scope, * FROM rejects LIMIT 0;
CREATE TABLE work.warnings AS SELECT NULL::VARCHAR AS source, NULL::VARCHAR AS scope, * FROM warnings LIMIT 0;
CREATE TABLE work.offers AS SELECT * EXCLUDE (origin) FROM offers LIMIT 0;
-- Amounts of these are in a currency of their own, NULL = that of the audit.
CREATE TABLE work.commitments AS SELECT *, NULL::VARCHAR AS currency FROM commitments LIMIT 0;
CREATE TABLE work.advice AS SELECT *, NULL::VARCHAR AS currency FROM advice LIMIT 0;
CREATE TABLE work.gaps AS SELECT * FROM gaps LIMIT 0;

-- Metrics that a source should have measured and could not. NULL means what it means in a gap; is_of_unlisted = only of
-- resources that the source did not list.
CREATE TABLE work.unmeasured (source VARCHAR, account_id VARCHAR, region VARCHAR, is_of_unlisted BOOLEAN, kind VARCHAR,
  metric VARCHAR);

-- One resource however many collectors saw it: each fact from the first slice that knows it.
CREATE VIEW work.known_resources AS
WITH ordered AS (SELECT *, row_number() OVER (ORDER BY source, scope, seq) AS priority FROM work.resources)
SELECT
  resource_id, coalesce(arg_min(kind, priority) FILTER (kind <> 'unknown'), 'unknown') AS kind,
  coalesce(arg_min(provider, priority) FILTER (provider <> 'other'), 'other') AS provider,
  arg_min(account_id, priority) AS account_id,
  arg_min(account_name, priority) AS account_name, arg_min(region, priority) AS region, arg_min(name, priority) AS name,
  arg_min(machine_type, priority) AS machine_type,
  arg_min(replicas, priority) AS replicas, arg_min(accelerator, priority) AS accelerator,
  arg_min(accelerator_count, priority) AS accelerator_count,
  arg_min(accelerator_memory_gib, priority) AS accelerator_memory_gib, arg_min(vcpus, priority) AS vcpus,
  arg_min(memory_gib, priority) AS memory_gib,
  arg_min(created_at, priority) AS created_at, arg_min(ended_at, priority) AS ended_at,
  arg_min(state, priority) AS state,
  arg_min(purchase, priority) AS purchase,
  arg_min(parent_id, priority) AS parent_id,
  coalesce(arg_min(workload, priority) FILTER (workload <> resource_id), resource_id) AS workload,
  list_reduce(list(coalesce(tags, MAP {}) ORDER BY priority DESC), lambda a, b: map_concat(a, b)) AS tags,
  list_reduce(list(coalesce(attributes, MAP {}) ORDER BY priority DESC), lambda a, b: map_concat(a, b)) AS attributes
FROM ordered
GROUP BY resource_id;
