-- What each resource is offered at, for several questions: planning it within each of them takes longer than the
-- answer. Only the offers under a name that a resource may have are looked at, and prices in the audit's currency:
-- others are compared with each other, and are no cost.
CREATE TEMP TABLE IF NOT EXISTS resource_prices AS
WITH named AS MATERIALIZED (
  SELECT resource_id, unnest([attached, alone]) AS offered_name, unnest([true, false]) AS is_attached, is_cheaper
  FROM offered_names
), prices AS (
  SELECT * REPLACE (lower(machine_type) AS machine_type)
  FROM offers SEMI JOIN named ON lower(machine_type) = offered_name
  WHERE coalesce(currency = (SELECT code FROM audit_currency), true)
  QUALIFY row_number() OVER (PARTITION BY provider, region, lower(machine_type)
    ORDER BY as_of DESC NULLS LAST, on_demand) = 1
)
-- A machine with accelerators that were attached to it is offered as attached/TYPE+COUNTxACCELERATOR; where it is not,
-- it has no price: the machine alone is not the price of both.
SELECT resource_id, provider, CAST(CAST(on_demand AS DECIMAL(20,12)) * part AS DECIMAL(28,12)) AS on_demand,
  CAST(CAST(spot AS DECIMAL(20,12)) * part AS DECIMAL(28,12)) AS spot,
  CAST(CAST(committed_1y AS DECIMAL(20,12)) * part AS DECIMAL(28,12)) AS committed_1y, as_of, origin
FROM (
  SELECT p.*, r.resource_id, part_of(r, p) AS part
  FROM resources r JOIN named n USING (resource_id)
  JOIN prices p ON p.provider = r.provider AND p.region = r.region AND p.machine_type = n.offered_name
  WHERE starts_with(p.machine_type, 'attached/') = n.is_attached
    AND CASE WHEN n.is_attached THEN NOT n.is_cheaper
      ELSE NOT (coalesce(p.accelerator_count = 0, false)
        AND coalesce(r.accelerator_count > 0, r.accelerator IS NOT NULL)) END
)
