-- Units: what their tokens would cost by the token, over what the units cost. Tokens: what units for the busiest hour
-- would cost, over what the tokens cost; what a unit carries and costs is measured on units of the same model that the
-- company has. Tokens of a cache that was not measured have no limit: units with tokens of which they are unknown may
-- be worth their price, so that finding needs a check.
WITH price AS (
  SELECT resource_id, input::DOUBLE AS input, output::DOUBLE AS output, coalesce(cache_read, input)::DOUBLE AS cached,
    coalesce(cache_write, input)::DOUBLE AS written, cache_read IS NOT NULL AS has_reads,
    cache_write IS NOT NULL AS has_writes
  FROM token_price WHERE output > 0
), cached AS (       -- whoever has a point of it has it, whatever the list says: the hours with use may be lost
  SELECT resource_id, bool_or(metric = 'tokens_cache_read') AS shows_reads,
    bool_or(metric = 'tokens_cache_write') AS shows_writes
  FROM metrics WHERE total IS NOT NULL GROUP BY resource_id
), hourly AS (
  SELECT s.resource_id, m.hour, any_value(s.seen_days ORDER BY s.seen_days) AS seen_days,
    sum(total * CASE metric WHEN 'tokens_input' THEN input WHEN 'tokens_output' THEN output WHEN 'tokens_cache_read'
      THEN cached WHEN 'tokens_cache_write' THEN written END) / 1e6 AS worth,
    max(coalesce(average, maximum)) FILTER (metric = 'throughput_utilization') AS used_share,
    coalesce(sum(total) FILTER (metric IN ('tokens_input', 'tokens_output')), 0) = 0
      OR (NOT bool_or(has_reads OR shows_reads) OR count(total) FILTER (metric = 'tokens_cache_read') > 0)
        AND (NOT bool_or(has_writes OR shows_writes) OR count(total) FILTER (metric = 'tokens_cache_write') > 0)
      AS knows_cache
  FROM subject s JOIN metrics m USING (resource_id)
    JOIN price USING (resource_id) JOIN cached USING (resource_id)
  GROUP BY s.resource_id, m.hour
), work AS (
  -- The saving is a share of what the last days cost: where their tokens are worth more than the window's, they decide.
  SELECT resource_id, greatest(sum(worth) * 730 / nullif(max(seen_days) * 24, 0),
      sum(worth) FILTER (is_paid) * 730 / nullif(count(*) FILTER (is_paid), 0)) AS worth_a_month,
    max(worth) AS worth_busiest_hour, bool_and(knows_cache) AS knows_cache,
    -- What a unit carries is measured where every hour was: an hour that is missing may be the one in which it carried
    -- least.
    if(count(used_share) = count(*), sum(worth) FILTER (used_share > 0), NULL) AS worth_measured,
    if(count(used_share) = count(*), sum(used_share) FILTER (used_share > 0 AND worth IS NOT NULL), NULL) AS used_hours
  FROM (SELECT hourly.*, hour >= coalesce(run_rate_from, window_start) AS is_paid
    FROM hourly JOIN spend USING (resource_id), param)
  GROUP BY resource_id
), known AS (
  SELECT s.*, coalesce(s.name, s.resource_id) AS called,
    model_key(coalesce(stated_text(s.attributes['model']), s.machine_type, s.name)) AS model, w.* EXCLUDE (resource_id),
    p.time_cost::DOUBLE AS time_cost, p.usage_cost::DOUBLE AS usage_cost,
    greatest(1, coalesce(s.replicas, 1)) AS units,
    is_custom_model(s.attributes, s.name) AS is_custom,
    -- nothing is written of a term that is unknown: a commitment may cover the units, wholly or in part
    CASE WHEN stated_text(s.attributes['term_unknown']) IS NOT NULL THEN ''
      WHEN s.purchase = 'committed' OR p.committed_share > 1 - 1e-9 THEN ' under a commitment'
      WHEN p.committed_share > 0 THEN ', partly under a commitment' ELSE ' paid by the hour' END AS paid, standby
  FROM subject s JOIN spend p USING (resource_id) JOIN policy USING (resource_id) LEFT JOIN work w USING (resource_id)
), unit AS (      -- what one unit carries in an hour at full use, in the price of its tokens, and what it costs
  SELECT provider, model, sum(worth_measured) / nullif(sum(units * used_hours), 0) AS carries,
    sum(time_cost) / 730 / sum(units) AS costs
  FROM known WHERE kind = 'provisioned_throughput' AND time_cost > 0 AND used_hours > 0 GROUP BY ALL
), compared AS (
  SELECT k.*, u.carries, u.costs, ceil(worth_busiest_hour * peak_factor / u.carries) AS units_needed,
    if(kind = 'provisioned_throughput', worth_a_month / nullif(time_cost, 0),
      units_needed * u.costs * 730 / nullif(usage_cost, 0)) AS left_over
  FROM known k LEFT JOIN unit u ON k.kind = 'model_usage' AND u.provider = k.provider AND u.model = k.model, param
)
SELECT resource_id, left_over AS remaining,
  if(kind = 'provisioned_throughput' AND knows_cache, least(1, left_over * (1 + growth_worst)), 1) AS remaining_worst,
  -- hours do not show the busiest minute, for which units have to be enough
  if(kind = 'provisioned_throughput' AND knows_cache, 'medium', 'low') AS confidence,
  if(kind = 'provisioned_throughput', 'by_token', 'by_unit') AS remedy,
  if(kind = 'provisioned_throughput',
    format('{} has {}{}. Paying per token at list price would cost {} % of that.', called,
    CASE WHEN replicas IS NULL THEN 'provisioned units' WHEN units = 1 THEN 'one unit'
      ELSE format('{:,} units', units) END, paid,
    CASE WHEN left_over < 0.0005 THEN 'less than 0.1' WHEN left_over < 0.0995 THEN format('{:.1f}', 100 * left_over)
      ELSE format('{:.0f}', 100 * left_over) END)
      || if(knows_cache, '',
        ' Tokens from or to a cache were not measured in every hour: with them it would cost more.'),
    format('{} pays per token. Provisioned throughput of {:.0f} units would carry its busiest hour for {:.0f} % of '
      || 'that cost, as measured on units of the same model.', called, units_needed, 100 * left_over)) AS reason,
  NULL AS not_examined, model, left_over AS other_way_over_present, units_needed, replicas AS units_now
FROM compared, param
WHERE left_over > 0 AND left_over <= 1 - min_saving AND NOT is_custom
  AND NOT (kind = 'provisioned_throughput' AND standby)
UNION ALL BY NAME
SELECT resource_id, CASE WHEN is_custom THEN 'custom models have no price per token' WHEN worth_a_month IS NULL
  THEN 'no token price of its model'
  WHEN kind = 'model_usage' THEN 'no deployment of this model to benchmark against'
    ELSE 'the cost of its units is unknown' END AS not_examined
FROM compared
WHERE is_custom OR worth_a_month IS NULL OR left_over IS NULL
