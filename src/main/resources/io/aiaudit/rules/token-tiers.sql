-- At which price the tokens of each subject are paid, by its bill: one row a tier. Batches, flex and priority are the
-- same tokens at another price; what other tiers cost more (long prompts, a region) a batch of them costs more, too.
-- The price to compare with is that of the same bill, else the ratio of the price list, else its list price. Where none
-- is known, batches and flex cost half, as all clouds sell them, and priority as much as the standard tier: that claims
-- least.
WITH line AS (
  SELECT c.resource_id, c.provider, coalesce(c.tier, 'standard') AS tier, c.token_kind AS kind,
    model_key(coalesce(c.model, {model})) AS model, c.ConsumedUnit AS unit,
    sum(c.cost)::DOUBLE AS cost, sum(c.ConsumedQuantity)::DOUBLE AS quantity
  FROM ({charges}) c JOIN temp.main.subject s ON s.resource_id = c.resource_id
  WHERE c.component = 'usage' AND c.charge_kind = 'cost' AND c.token_kind IS NOT NULL AND c.cost > 0
  GROUP BY ALL
-- of several resources the highest: a change then claims least
), billed AS (
  SELECT provider, model, kind, unit, max(cost / nullif(quantity, 0)) AS standard_price
  FROM line WHERE tier = 'standard' GROUP BY ALL
), listed AS (
  SELECT provider, model_key(model) AS model, model AS version, regexp_replace(tier, '@.*$', '') AS tier,
    input::DOUBLE AS input, output::DOUBLE AS output, coalesce(cache_read, input)::DOUBLE AS cache_read,
    coalesce(cache_write, input)::DOUBLE AS cache_write, batch_input::DOUBLE AS batch_input,
    batch_output::DOUBLE AS batch_output
  FROM ({models}) WHERE input > 0
), standard AS (
  FROM listed WHERE tier = 'standard'
), tiers AS (
  SELECT provider, model, version, tier, input, output, cache_read, cache_write FROM listed
    WHERE tier IN ('flex', 'priority')
  UNION ALL
  SELECT provider, model, version, 'batch', batch_input, batch_output, batch_input, batch_input FROM standard
    WHERE batch_input > 0
-- of versions that go by one name the one that a change gains least from
), by_list AS (
  SELECT provider, model, t.tier, max(s.input / nullif(t.input, 0)) AS input,
    max(s.output / nullif(t.output, 0)) AS output, max(s.cache_read / nullif(t.cache_read, 0)) AS cache_read,
    max(s.cache_write / nullif(t.cache_write, 0)) AS cache_write
  FROM tiers t JOIN standard s USING (provider, model, version) GROUP BY ALL
), by_token AS (
  SELECT provider, model, max(input) / 1e6 AS input, max(output) / 1e6 AS output, max(cache_read) / 1e6 AS cache_read,
    max(cache_write) / 1e6 AS cache_write
  FROM standard GROUP BY ALL
), priced AS (
  SELECT l.*, l.cost / nullif(l.quantity, 0) AS unit_price,
    CASE l.kind WHEN 'input' THEN t.input WHEN 'output' THEN t.output WHEN 'cache_read' THEN t.cache_read
      WHEN 'cache_write' THEN t.cache_write END AS list_ratio,
    CASE l.kind WHEN 'input' THEN p.input WHEN 'output' THEN p.output WHEN 'cache_read' THEN p.cache_read
      WHEN 'cache_write' THEN p.cache_write END AS list_price,
    coalesce(b.standard_price / nullif(unit_price, 0), list_ratio,
      list_price * tokens_of_unit(l.unit) / nullif(unit_price, 0)) AS known,
    CASE WHEN l.tier IN ('batch', 'flex') THEN greatest(1, coalesce(known, 2))
      WHEN l.tier = 'priority' THEN least(1, coalesce(known, 1)) ELSE 1 END AS standard_over_paid
  FROM line l LEFT JOIN billed b USING (provider, model, kind, unit)
    LEFT JOIN by_list t ON t.provider = l.provider AND t.model = l.model AND t.tier = l.tier
    LEFT JOIN by_token p ON p.provider = l.provider AND p.model = l.model
)
SELECT resource_id, tier, sum(cost) / sum(sum(cost)) OVER of_it AS cost_share,
  sum(cost * standard_over_paid) / sum(sum(cost * standard_over_paid)) OVER of_it AS worth_share,
  sum(cost * standard_over_paid) / sum(cost) AS standard_over_paid
FROM priced GROUP BY resource_id, tier
WINDOW of_it AS (PARTITION BY resource_id)
