-- Units of throughput whose number no inventory has: a bill shows it as hours of units in each hour or day, or as
-- months of them in a month. Only a whole number that was the same in the last two days counts; the last row of a day
-- may be incomplete. What a parent was billed is that of a unit only where nothing else has a part of it.
CREATE TEMP TABLE units_in_bill AS
WITH uncounted AS (
  SELECT resource_id FROM resources r WHERE kind = 'provisioned_throughput' AND replicas IS NULL
    AND NOT EXISTS (FROM leaves own JOIN leaves beside USING (parent) JOIN resources s ON s.resource_id = beside.leaf
      WHERE own.leaf = r.resource_id AND s.resource_id <> r.resource_id AND s.kind <> 'model_usage')
    AND coalesce(parent_id || '#unallocated', '') NOT IN (SELECT resource_id FROM charges WHERE component = 'time')
), rows AS (
  SELECT resource_id, ChargePeriodStart AS start_at, ChargePeriodEnd AS end_at, ConsumedQuantity AS quantity,
    lower(ConsumedUnit) AS unit, epoch(ChargePeriodEnd - ChargePeriodStart) / 3600 AS hours
  FROM charges
  WHERE resource_id IN (FROM uncounted) AND component = 'time' AND charge_kind = 'cost'
    AND NOT is_one_off(ChargeCategory, ChargeClass, ChargeFrequency, 0)
    AND coalesce(CommitmentDiscountStatus <> 'Unused', true)
), periods AS (
  SELECT resource_id, start_at, end_at, hours,
    sum(quantity * CASE WHEN regexp_matches(unit, '^(1 )?([a-z ]*[a-z][ -])?(h|hr|hrs|hour|hours)$') THEN 1
      WHEN regexp_matches(unit, '^(1 )?([a-z ]*[a-z][ -])?(mo|month|months)$') AND hours >= 27 * 24 THEN hours
      END)::DOUBLE / hours AS units,
    count(*) = count(quantity) AS is_known
  FROM rows WHERE hours > 0 GROUP BY resource_id, start_at, end_at, hours
), whole AS (         -- one that is smaller than the one before may go on
  SELECT * FROM periods
  WINDOW sequence AS (PARTITION BY resource_id ORDER BY end_at, start_at)
  QUALIFY lead(end_at) OVER sequence IS NOT NULL OR hours >= 27 * 24 OR units >= lag(units) OVER sequence
), last AS (
  SELECT * FROM whole QUALIFY end_at > max(end_at) OVER (PARTITION BY resource_id) - INTERVAL 2 DAY
)
SELECT resource_id, round(any_value(units))::INTEGER AS units
FROM last
GROUP BY resource_id
HAVING bool_and(is_known) AND min(units) >= 1 AND max(units) < 1e6 AND max(units) - min(units) < 1e-6
  AND abs(min(units) - round(min(units))) < 1e-6
  AND (count(*) > 1 OR max(hours) >= 27 * 24);

UPDATE resources SET replicas = units FROM units_in_bill WHERE units_in_bill.resource_id = resources.resource_id;

INSERT INTO work.warnings BY NAME
SELECT '' AS source, '' AS scope, 'No inventory has the number of units of ' || CASE WHEN count(*) = 1
    THEN '1 provisioned throughput' ELSE count(*) || ' provisioned throughputs' END || ' ('
    || array_to_string(list_sort(list(resource_id || ': ' || units))[1:3], ', ') || if(count(*) > 3, ', ...', '')
    || '): it is what the bill charged in its last days. Add replicas to the inventory if it is another.' AS message
FROM units_in_bill
HAVING count(*) > 0;
