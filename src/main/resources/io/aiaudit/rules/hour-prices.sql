-- Where the bill of a resource is by the hour and not all hours cost the same: what an instance costs in each hour, as
-- a multiple of its mean price, and the share of that under a commitment (a plan covers some hours, or spot prices
-- move); and how many instances the bill counts. Hours that the run rate is not from have the price of their hour of
-- the week. Usage under a commitment whose cost the bill does not have is worth what the run rate has of it.
WITH cost AS (
  SELECT resource_id, coalesce(run_rate_from, {start}) AS since, committed_share FROM temp.main.aiaudit_costs
), time AS (
  SELECT a.ancestor_id AS resource_id, ChargePeriodStart AS start, ChargePeriodEnd - ChargePeriodStart AS length, cost,
    coalesce(CommitmentDiscountStatus = 'Used', false) AS is_committed,
    is_committed AND coalesce(cost_basis = 'unpriced', false) AS lacks_cost,
    coalesce(nullif(ContractedCost, 0), nullif(ListCost, 0)) AS listed,
    machine_hours(ConsumedUnit, ConsumedQuantity) AS amount
  FROM {base}charges c JOIN temp.main.aiaudit_ancestors a ON a.resource_id = c.resource_id
  WHERE is_machine_time(component, charge_kind, ChargeCategory, ChargeClass, ChargeFrequency)
), billed AS (       -- instance hours are counted, or nothing says that their number changes
  SELECT resource_id, bool_and(amount IS NOT NULL OR cost <= 0 AND NOT lacks_cost) AS counts_hours,
    bool_and(coalesce(listed > 0, false)) FILTER (lacks_cost) AS has_prices, bool_or(lacks_cost) AS lacks_any
  FROM time
  GROUP BY resource_id
  HAVING bool_and(coalesce(length <= INTERVAL 1 HOUR, false)) AND (counts_hours
    OR resource_id NOT IN (SELECT resource_id FROM {base}metrics WHERE metric = 'replicas'))
), hourly AS (
  SELECT resource_id, date_trunc('hour', start) AS hour, is_committed, lacks_any, counts_hours,
    sum(CASE WHEN NOT lacks_cost THEN cost WHEN has_prices THEN listed ELSE amount END)::DOUBLE AS worth,
    if(counts_hours, coalesce(sum(time.amount) FILTER (cost > 0 OR lacks_cost), 0), 1)::DOUBLE AS amount
  FROM time JOIN billed USING (resource_id)
  WHERE start >= {start} AND start < {end}
  GROUP BY resource_id, date_trunc('hour', start), is_committed, lacks_any, counts_hours
), covered AS (
  SELECT resource_id, if(bool_or(lacks_any), max(committed_share) * sum(worth) FILTER (NOT is_committed)
    / nullif(sum(worth) FILTER (is_committed) * (1 - max(committed_share)), 0), 1) AS factor
  FROM hourly JOIN cost USING (resource_id)
  WHERE hour >= since
  GROUP BY resource_id
  HAVING factor IS NOT NULL
), priced AS (
  SELECT resource_id, hour, hour >= since AS is_recent, counts_hours, sum(amount) AS amount,
    sum(if(is_committed, worth * factor, worth)) / if(counts_hours, sum(amount), 1) AS price,
    coalesce(sum(worth * factor) FILTER (is_committed) / nullif(sum(if(is_committed, worth * factor, worth)), 0), 0)
      AS committed
  FROM hourly JOIN cost USING (resource_id) JOIN covered USING (resource_id)
  GROUP BY resource_id, hour, since, counts_hours
  HAVING sum(amount) > 0
), usual AS (
  SELECT resource_id, avg(price) FILTER (is_recent) AS mean, avg(committed) FILTER (is_recent) AS mean_committed,
    max(price) FILTER (is_recent) > 1.001 * min(price) FILTER (is_recent) AS has_prices,
    bool_and(counts_hours) AND max(amount) > 1.001 * min(amount) AS has_counts
  FROM priced GROUP BY resource_id
  HAVING min(price) FILTER (is_recent) >= 0 AND (has_prices OR has_counts)
), weekly AS (
  SELECT resource_id, isodow(hour) AS day, date_part('hour', hour) AS clock, avg(price) AS price,
    avg(committed) AS committed
  FROM priced WHERE is_recent GROUP BY ALL
)
SELECT resource_id, hours.hour,
  if(has_prices, coalesce(if(is_recent, priced.price, NULL), weekly.price, mean) / mean, 1) AS price,
  if(has_prices, coalesce(if(is_recent, priced.committed, NULL), weekly.committed, mean_committed), NULL) AS committed,
  if(has_counts, amount, NULL) AS instances
FROM usual CROSS JOIN (SELECT unnest(range({start}, {end}, INTERVAL 1 HOUR)) AS hour) hours
  LEFT JOIN priced USING (resource_id, hour)
  LEFT JOIN weekly ON weekly.resource_id = usual.resource_id AND weekly.day = isodow(hours.hour)
    AND weekly.clock = date_part('hour', hours.hour)
