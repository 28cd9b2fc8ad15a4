-- What each resource is offered at, for several questions: planning it within each of them takes longer than the answer. The names that it may be offered under are joined by, so
-- that not every offer is held against every resource.
CREATE TEMP TABLE IF NOT EXISTS resource_prices AS
WITH prices AS (
  SELECT * REPLACE (lower(machine_type) AS machine_type) FROM offers
  QUALIFY row_number() OVER (PARTITION BY provider, region, lower(machine_type) ORDER BY as_of DESC NULLS LAST, on_demand) = 1
), named AS (
  SELECT *, unnest([offered_attached(named_resource), offered_alone(named_resource)]) AS offered_name FROM resources named_resource
)
SELECT r.resource_id, p.provider, CAST(CAST(p.on_demand AS DECIMAL(20,12)) * part_of(r, p) AS DECIMAL(28,12)) AS on_demand, CAST(CAST(p.spot AS DECIMAL(20,12)) * part_of(r, p) AS DECIMAL(28,12)) AS spot,
  CAST(CAST(p.committed_1y AS DECIMAL(20,12)) * part_of(r, p) AS DECIMAL(28,12)) AS committed_1y, p.as_of, p.origin
FROM named r JOIN prices p ON p.provider = r.provider AND p.region = r.region AND p.machine_type = r.offered_name AND is_offer_of(r, p)
