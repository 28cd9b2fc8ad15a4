-- Resources, from everything that named one. The bill and the usage files come last: they only fill what no inventory
-- knows.

CREATE TEMP TABLE unknown_usage AS SELECT DISTINCT resource_id FROM work.metrics
  WHERE resource_id NOT IN (SELECT resource_id FROM work.resources);

INSERT INTO work.resources BY NAME
SELECT '~usage' AS source, '' AS scope, row_number() OVER (ORDER BY resource_id) AS seq, resource_id, 'unknown' AS kind,
  provider_of(resource_id) AS provider, resource_id AS workload
FROM unknown_usage;

-- What no inventory lists, and a bill or a usage file names.
CREATE TEMP TABLE unlisted AS SELECT resource_id FROM work.resources GROUP BY resource_id
  HAVING bool_and(source IN ('~bill', '~usage'));

INSERT INTO resources SELECT * REPLACE (shortened(tags) AS tags, shortened(attributes) AS attributes,
    region_of(provider, region) AS region) FROM work.known_resources;
