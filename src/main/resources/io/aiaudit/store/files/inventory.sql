-- An inventory file: the columns of resources, tags and attributes as JSON objects. Other columns are kept as
-- attributes.

CREATE TEMP TABLE inventory (
  resource_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, provider VARCHAR, account_id VARCHAR, account_name VARCHAR,
  region VARCHAR, name VARCHAR, machine_type VARCHAR, replicas INTEGER,
  accelerator VARCHAR, accelerator_count DOUBLE, accelerator_memory_gib DOUBLE, vcpus DOUBLE, memory_gib DOUBLE,
  created_at TIMESTAMP, ended_at TIMESTAMP, state VARCHAR, purchase VARCHAR,
  parent_id VARCHAR, workload VARCHAR, tags MAP(VARCHAR, VARCHAR), attributes MAP(VARCHAR, VARCHAR)
);

SELECT
  file_id, ordinal,
  -- What cannot be is not read at all: a machine that a typing error makes cheap or huge would be judged as if it were
  -- true.
  CASE WHEN bad IS NOT NULL THEN bad
       WHEN lower(provider) NOT IN ('aws', 'azure', 'gcp', 'kubernetes', 'other')
         THEN {'column': 'provider', 'value': cannot_be(provider, 'none of aws, azure, gcp, kubernetes, other')}
       WHEN bought IS NULL AND coalesce(purchase_words(purchase), 'unknown') <> 'unknown'
         THEN {'column': 'purchase', 'value': cannot_be(purchase, 'none of on_demand, spot, committed')}
       WHEN replicas < 0 THEN {'column': 'replicas', 'value': cannot_be(replicas, 'below 0')}
       WHEN accelerator_count < 0 THEN {'column': 'accelerator_count', 'value': cannot_be(accelerator_count, 'below 0')}
       WHEN accelerator_memory_gib < 0
         THEN {'column': 'accelerator_memory_gib', 'value': cannot_be(accelerator_memory_gib, 'below 0')}
       WHEN vcpus < 0 THEN {'column': 'vcpus', 'value': cannot_be(vcpus, 'below 0')}
       WHEN memory_gib < 0 THEN {'column': 'memory_gib', 'value': cannot_be(memory_gib, 'below 0')}
       WHEN replicas > 1e6 THEN {'column': 'replicas', 'value': cannot_be(replicas, 'above 1,000,000')}
       WHEN accelerator_count > 1e6
         THEN {'column': 'accelerator_count', 'value': cannot_be(accelerator_count, 'above 1,000,000')}
       WHEN accelerator_memory_gib > 1e9
         THEN {'column': 'accelerator_memory_gib', 'value': cannot_be(accelerator_memory_gib, 'above 1,000,000,000')}
       WHEN vcpus > 1e6 THEN {'column': 'vcpus', 'value': cannot_be(vcpus, 'above 1,000,000')}
       WHEN memory_gib > 1e9 THEN {'column': 'memory_gib', 'value': cannot_be(memory_gib, 'above 1,000,000,000')}
       WHEN ended_at < created_at
         THEN {'column': 'ended_at', 'value': cannot_be(ended_at, 'before created_at')} END AS bad,
  * EXCLUDE (file_id, ordinal, bad, common_hash, row_hash, columns_present, source_file, other_columns, resource_id,
    parent_id, kind, provider, state, purchase, workload, attributes, id, parent, cloud, bought, given),
  id AS resource_id, parent AS parent_id,
  regexp_replace(lower(trim(kind)), '[ -]+', '_', 'g') AS kind,
  cloud AS provider,
  -- the portal of Azure has both words for a machine that is not paid for
  if(state_word(state) IN ('stoppeddeallocated', 'hibernateddeallocated'), 'deallocated', trim(state)) AS state,
  coalesce(bought, if(is_spot_by(cloud, given), 'spot', NULL)) AS purchase,
  coalesce(workload, id) AS workload,
  map_from_entries(list_transform(map_entries(given),
    lambda e: {'key': e.key, 'value': attribute_word(e.key, e.value)})) AS attributes
-- Each once: a macro repeats what it is given wherever it reads it, and all of that is planned for each file.
FROM (SELECT *, coalesce(lower(provider), provider_of(id)) AS cloud
  FROM (SELECT *, canonical_id(resource_id) AS id, canonical_id(parent_id) AS parent, purchase_of(purchase) AS bought,
    map_concat(other_columns, coalesce(attributes, MAP {})) AS given FROM inventory))
