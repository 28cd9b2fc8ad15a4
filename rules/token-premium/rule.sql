-- What a surcharge costs: cost of the lines of a tier x (1 - standard unit price / unit price of the tier), over all
-- that the use of the model costs. The standard price is that of the same bill, else the ratio of the price list.
WITH line AS (
  SELECT c.resource_id, c.provider, c.model, c.token_kind, c.tier, c.ConsumedUnit AS unit, sum(c.cost)::DOUBLE AS cost,
    sum(c.ConsumedQuantity)::DOUBLE AS quantity
  FROM charges c WHERE c.component = 'usage' AND c.charge_kind = 'cost' AND c.cost > 0 GROUP BY ALL
-- The bill of an account has the tiers of a model, and not which deployment used them: where several have lines of one,
-- they are shares of it by tokens, and none is known to have used the tier that is not all of its cost.
), shared AS (
  SELECT l.resource_id, l.tier, true AS is_shared
  FROM (SELECT DISTINCT resource_id, model, tier FROM line WHERE token_kind IS NOT NULL) l
    JOIN subject s USING (resource_id)
  WHERE s.parent_id IS NOT NULL AND s.resource_id IN (SELECT resource_id FROM charges WHERE cost_basis = 'allocated')
    AND NOT contains(s.resource_id, '#')
  QUALIFY count(*) OVER (PARTITION BY s.parent_id, l.model, l.tier) > 1
), whole AS (
  SELECT resource_id, sum(cost) AS cost, count(*) FILTER (token_kind IS NOT NULL) AS token_lines,
    coalesce(sum(cost) FILTER (token_kind IS NOT NULL), 0) / sum(cost) AS token_share
  FROM line GROUP BY resource_id
), own_price AS (
  SELECT provider, model, token_kind, unit, sum(cost) / nullif(sum(quantity), 0) AS standard FROM line
    WHERE tier = 'standard' GROUP BY ALL
), list_price AS (
  SELECT provider, models.model, regexp_replace(tier, '@.*$', '') AS tier, max(input)::DOUBLE AS input,
    max(output)::DOUBLE AS output FROM models WHERE input > 0 GROUP BY ALL
-- of versions that go by one name the one that gains least, each compared with itself if it can be
), list_share AS (
  SELECT t.provider, model_key(t.model) AS model, t.tier,
    coalesce(max(s.input / nullif(t.input, 0)) FILTER (s.model = t.model), max(s.input) / nullif(max(t.input), 0)) AS
      input,
    coalesce(max(s.output / nullif(t.output, 0)) FILTER (s.model = t.model), max(s.output) / nullif(max(t.output), 0))
      AS output
  FROM list_price t JOIN list_price s ON s.provider = t.provider AND model_key(s.model) = model_key(t.model)
    AND s.tier = 'standard'
  GROUP BY ALL
), more_expensive AS (
  SELECT l.*, own.standard / nullif(l.cost / nullif(l.quantity, 0), 0) AS own_ratio,
    if(l.token_kind = 'output', t.output, t.input) AS list_ratio,
    coalesce(own_ratio, list_ratio) AS ratio
  FROM line l LEFT JOIN own_price own USING (provider, model, token_kind, unit)
    LEFT JOIN list_share t ON t.provider = l.provider AND t.model = model_key(l.model)
      AND t.tier = if(l.tier = 'data_zone', 'regional', l.tier)
  WHERE l.token_kind IS NOT NULL AND l.tier IN ('priority', 'regional', 'data_zone', 'long_context')
), by_tier AS (
  SELECT resource_id, tier, sum(cost) AS cost, sum(cost * (1 - ratio)) FILTER (ratio < 1) AS surcharge,
    bool_or(ratio IS NULL) AS is_unpriced, bool_and(own_ratio IS NOT NULL) AS is_own FROM more_expensive GROUP BY ALL
), reported AS (
  SELECT resource_id, is_no_share(attributes['retry_share']) OR is_no_share(tags['retry_share']) AS has_no_share,
    if(has_no_share, NULL, coalesce(stated_share(attributes['retry_share']), stated_share(tags['retry_share']))) AS
      retries
  FROM subject
), candidate AS (
  SELECT resource_id, tier, b.cost / w.cost AS tier_share, surcharge / w.cost AS saved, is_own, token_share
  FROM by_tier b JOIN whole w USING (resource_id) WHERE surcharge > 0
  UNION ALL
  -- a request that is repeated is paid for by its tokens, not by what else the bill has
  SELECT resource_id, 'retries', retries, retries * token_share, false, token_share
  FROM reported JOIN whole USING (resource_id), param
  WHERE retries >= min_retries AND token_share > 0
-- one of them: each has another remedy. A question never replaces what counts.
), largest AS (
  SELECT *, tier IN ('long_context', 'retries') AS is_question FROM candidate, param
  WHERE saved >= min_saving OR tier = 'retries'
  QUALIFY row_number() OVER (PARTITION BY resource_id ORDER BY is_question, saved DESC, tier) = 1
)
SELECT largest.resource_id, 1 - saved AS remaining,
  -- the bill does not show how much of it can be avoided
  if(is_question OR is_shared, 'low', 'medium') AS confidence,
  CASE largest.tier WHEN 'priority' THEN 'standard' WHEN 'long_context' THEN 'shorten' WHEN 'retries' THEN 'retry_less'
    ELSE 'global' END AS remedy,
  CASE WHEN largest.tier = 'retries' THEN format('{} % of the requests to {} are reported as retries after errors.',
    if(tier_share < 0.0995, format('{:.1f}', 100 * tier_share), format('{:.0f}', 100 * tier_share)),
    coalesce(name, largest.resource_id)) || if(token_share < 0.995, format(' Tokens are {:.0f} % of its usage cost.',
      100 * token_share), '')
    WHEN is_shared THEN format('Deployments of one model share what the bill has at {} prices. By its tokens, {} has '
      || '{:.0f} % of its own token cost there. At standard prices, that cost would be {} % less.',
      replace(largest.tier, '_', ' '), coalesce(name, largest.resource_id), 100 * tier_share,
      if(saved < 0.0995, format('{:.1f}', 100 * saved), format('{:.0f}', 100 * saved)))
    ELSE format('{} of {} {} billed at {} prices. At standard prices, its tokens would cost {} % less.',
      if(tier_share >= 0.995, 'All tokens', format('{:.0f} % of the token cost', 100 * tier_share)),
      coalesce(name, largest.resource_id), if(tier_share >= 0.995, 'are', 'is'), replace(largest.tier, '_', ' '),
      if(saved < 0.0995, format('{:.1f}', 100 * saved), format('{:.0f}', 100 * saved))) END AS reason,
  NULL AS not_examined, false AS not_concerned, largest.tier, tier_share,
  if(largest.tier = 'retries', NULL, if(is_own, 'own bill', 'price list')) AS standard_price_from
FROM largest JOIN subject USING (resource_id)
  LEFT JOIN (SELECT DISTINCT resource_id, tier, is_shared FROM shared) sharing
    ON sharing.resource_id = largest.resource_id AND sharing.tier = largest.tier AND tier_share < 0.995
UNION ALL BY NAME
-- The other services of a bill, of which there are many, are no concern of this rule.
SELECT resource_id, CASE WHEN kind <> 'model_usage' AND coalesce(token_lines, 0) = 0 THEN NULL WHEN is_unpriced
  THEN 'no standard price of what it pays a surcharge for' WHEN token_lines > 0 AND has_no_share
  THEN 'retry_share is not between 0 and 1' ELSE 'the bill has no token charges for it' END AS not_examined,
    kind <> 'model_usage' AND coalesce(token_lines, 0) = 0 AS not_concerned
FROM subject JOIN reported USING (resource_id) LEFT JOIN whole USING (resource_id)
  LEFT JOIN (SELECT resource_id, bool_and(is_unpriced) AS is_unpriced FROM by_tier GROUP BY ALL) USING (resource_id)
WHERE (resource_id NOT IN (SELECT resource_id FROM candidate) AND (coalesce(token_lines, 0) = 0 OR is_unpriced))
  OR (resource_id NOT IN (SELECT resource_id FROM largest) AND token_lines > 0 AND has_no_share)
