-- A share r of the token cost goes to a model that costs p of the present one for the same tokens. What remains: 1 - r
-- (1 - p), plus what is requested twice, r f, plus the router.
WITH family(pattern, cheaper) AS (      -- a model and the cheaper one of its maker that is offered beside it
  VALUES ('^claude-opus', 'claude-sonnet-4-5'), ('^claude-3-opus', 'claude-haiku-4-5'),
    ('^claude-(sonnet|3-5-sonnet|3-7-sonnet|3-sonnet)', 'claude-haiku-4-5'),
    ('^gpt-5(-[0-9])?(-chat)?$', 'gpt-5-mini'), ('^gpt-4-1$', 'gpt-4-1-mini'), ('^gpt-4o$', 'gpt-4o-mini'),
    ('^gpt-4(-turbo|-32k)?$', 'gpt-4-1-mini'), ('^o[13]$', 'o4-mini'),
    ('^gemini-[123](-[05])?-pro', 'gemini-2-5-flash'), ('^nova-(premier|pro)$', 'nova-lite'),
    ('^llama3-[123]-(70|405)b', 'llama3-1-8b-instruct')
), own_price AS (
  SELECT resource_id, input::DOUBLE AS input, output::DOUBLE AS output, coalesce(cache_read, input)::DOUBLE AS cached,
    coalesce(cache_write, input)::DOUBLE AS written, token_share
  FROM token_price WHERE output > 0
), price AS (         -- the name without a date, else the newest version
  SELECT provider, model_key(model) AS model, models.model AS name, input::DOUBLE AS input, output::DOUBLE AS output,
    coalesce(cache_read, input)::DOUBLE AS cached, coalesce(cache_write, input)::DOUBLE AS written
  FROM models WHERE tier = 'standard' AND input > 0 AND output > 0
  QUALIFY row_number() OVER (PARTITION BY provider, model_key(model)
    -- prices of Bedrock are listed under an id of Vertex AI, too
    ORDER BY as_of DESC, provider = 'aws' AND contains(models.model, '@'), length(models.model), models.model DESC) = 1
), known AS (
  SELECT s.resource_id, s.provider, coalesce(s.name, s.resource_id) AS called,
    coalesce(stated_text(s.attributes['model']), s.machine_type, s.name) AS model, quality_tolerance,
    is_no_share(s.attributes['simple_share']) OR is_no_share(s.tags['simple_share']) AS has_no_share,
    is_no_share(s.attributes['simple_share_loss']) OR is_no_share(s.tags['simple_share_loss']) AS has_no_loss,
    if(has_no_share OR has_no_loss, NULL,
      coalesce(stated_share(s.attributes['simple_share']), stated_share(s.tags['simple_share']))) AS routable,
    coalesce(stated_share(s.attributes['simple_share_loss']), stated_share(s.tags['simple_share_loss'])) AS loss
  FROM subject s JOIN policy USING (resource_id)
), compared AS (      -- the kind of token that gains least decides: what is routed may be any mix of them
  SELECT k.*, f.cheaper, token_share, own.input AS input, other.input AS other_input, other.name AS target,
    greatest(other.input / own.input, other.output / own.output, other.cached / own.cached,
      other.written / own.written) AS price_ratio
  FROM known k LEFT JOIN family f ON regexp_matches(model_key(k.model), f.pattern)
    LEFT JOIN own_price own USING (resource_id)
    LEFT JOIN price other ON other.provider = k.provider AND other.model = f.cheaper
), shared AS (
  SELECT *, 1 - token_share * (routable * (1 - price_ratio) - routable * fallback_share - router_cost) AS left_over,
    1 - token_share * (routable * (1 - price_ratio) - router_cost) AS left_best
  FROM compared, param
    WHERE routable IS NOT NULL
)
SELECT resource_id, least(1, left_over) AS remaining,
  least(1, left_best) AS remaining_best,
  least(1, (1 + left_over) / 2) AS remaining_worst,
  -- whether that is tolerated is then open
  if(quality_tolerance IS NOT NULL AND loss IS NULL, 'low', 'medium') AS confidence, target,
  format('By your evaluation, simple requests make up {:.0f} % of the cost of {} on {}. {} costs {:.0f} % as much. '
    || 'Routing simple requests to it saves {} %, after the cost of the router and of retries.',
    100 * routable, called, model, target, 100 * price_ratio,
    if((1 - left_over) < 0.0995, format('{:.1f}', 100 * (1 - left_over)), format('{:.0f}', 100 * (1 - left_over))))
    || if(confidence = 'low', ' Its loss of quality (simple_share_loss) is unknown, so it may exceed what the policy '
      || 'tolerates.', '') AS reason,
  NULL AS not_examined, model, price_ratio, routable AS routed_share_of_cost, loss AS quality_loss, quality_tolerance
FROM shared
WHERE left_over <= 1 - min_saving AND coalesce(quality_tolerance >= loss, true)
UNION ALL BY NAME
SELECT resource_id, CASE WHEN cheaper IS NULL THEN 'no cheaper model of its family is known' WHEN input IS NULL
  OR other_input IS NULL THEN 'no token price of its model or of the cheaper one'
  WHEN has_no_share THEN 'simple_share is not between 0 and 1'
  WHEN has_no_loss THEN 'simple_share_loss is not between 0 and 1'
  ELSE 'the share of simple requests is unknown; add simple_share from an evaluation of your own' END AS not_examined
FROM compared
WHERE (cheaper IS NULL
  AND NOT regexp_matches(model_key(model), '-(mini|nano|haiku|flash|lite|micro|small|embed|[1-9]b)'))
  OR (cheaper IS NOT NULL AND (input IS NULL OR other_input IS NULL OR routable IS NULL))
