-- A share r of the token cost goes to a model that costs p of the present one for the same tokens. What remains: 1 - r (1 - p), plus what is asked twice, r f, plus the router.
WITH family(pattern, cheaper) AS (      -- a dearer model and the cheaper one of its maker that is offered beside it
  VALUES ('^claude-opus', 'claude-sonnet-4-5'), ('^claude-3-opus', 'claude-haiku-4-5'), ('^claude-(sonnet|3-5-sonnet|3-7-sonnet|3-sonnet)', 'claude-haiku-4-5'),
    ('^gpt-5(-[0-9])?(-chat)?$', 'gpt-5-mini'), ('^gpt-4-1$', 'gpt-4-1-mini'), ('^gpt-4o$', 'gpt-4o-mini'), ('^gpt-4(-turbo|-32k)?$', 'gpt-4-1-mini'), ('^o[13]$', 'o4-mini'),
    ('^gemini-[123](-[05])?-pro', 'gemini-2-5-flash'), ('^nova-(premier|pro)$', 'nova-lite'), ('^llama3-[123]-(70|405)b', 'llama3-1-8b-instruct')
), price AS (
  SELECT provider, model_key(model) AS model, models.model AS name, input::DOUBLE AS input, output::DOUBLE AS output, coalesce(cache_read, input)::DOUBLE AS cached, coalesce(cache_write, input)::DOUBLE AS written
  FROM models WHERE tier = 'standard' AND input > 0 AND output > 0
  QUALIFY row_number() OVER (PARTITION BY provider, model_key(model) ORDER BY as_of DESC, input DESC, models.model) = 1
), used AS (
  SELECT resource_id, sum(total) FILTER (metric = 'tokens_input') AS plain, sum(total) FILTER (metric = 'tokens_output') AS answers,
    coalesce(sum(total) FILTER (metric = 'tokens_cache_read'), 0) AS reads, coalesce(sum(total) FILTER (metric = 'tokens_cache_write'), 0) AS writes
  FROM metrics GROUP BY resource_id
), known AS (
  SELECT s.resource_id, s.provider, coalesce(s.name, s.resource_id) AS called, coalesce(s.attributes['model'], s.machine_type, s.name) AS model, quality_tolerance,
    TRY_CAST(coalesce(s.attributes['simple_share'], s.tags['simple_share']) AS DOUBLE) AS told
  FROM subject s JOIN policy USING (resource_id)
), compared AS (
  SELECT k.*, f.cheaper, own.input AS input, other.input AS other_input, other.name AS target,
    plain * own.input + reads * own.cached + writes * own.written + answers * own.output AS now_paid,
    plain * other.input + reads * other.cached + writes * other.written + answers * other.output AS then_paid
  FROM known k JOIN used USING (resource_id) LEFT JOIN family f ON regexp_matches(model_key(k.model), f.pattern)
    LEFT JOIN price own ON own.provider = k.provider AND own.model = model_key(k.model) LEFT JOIN price other ON other.provider = k.provider AND other.model = f.cheaper
), shared AS (
  SELECT *, then_paid / nullif(now_paid, 0) AS price_ratio, if(told BETWEEN 0 AND 1, told, routed_share) AS routed, 1 - routed * (1 - price_ratio) + routed * fallback_share + router_cost AS left_over
  FROM compared, param
)
SELECT resource_id, least(1, left_over) AS remaining, least(1, 1 - routed * (1 - price_ratio) + router_cost) AS remaining_best,
  if(told BETWEEN 0 AND 1, least(1, (1 + left_over) / 2), 1) AS remaining_worst,      -- another pair of models was measured: at worst it saves nothing
  'medium' AS confidence, target,
  format('{} sends everything to {}. {} costs {:.0f} % of that for the same tokens; {:.0f} % of the cost can go there{}, and {:.1f} % are saved after the router and what is asked twice.',
    called, model, target, 100 * price_ratio, 100 * routed, if(told BETWEEN 0 AND 1, ' as was told', format(' at a loss of {:.1f} % of the answers in the backtest', 100 * quality_loss)), 100 * (1 - left_over)) AS reason,
  NULL AS not_examined, model, price_ratio, routed AS routed_share_of_cost, if(told BETWEEN 0 AND 1, 'told', 'backtest') AS share_from, quality_tolerance
FROM shared
WHERE left_over <= 1 - min_saving AND coalesce(quality_tolerance >= quality_loss, true)
UNION ALL BY NAME
SELECT resource_id, if(cheaper IS NULL, 'no cheaper model of its family is known', 'no token price of its model or of the cheaper one') AS not_examined
FROM compared
WHERE (cheaper IS NULL AND NOT regexp_matches(model_key(model), '-(mini|nano|haiku|flash|lite|micro|small|embed|[1-9]b)')) OR (cheaper IS NOT NULL AND (input IS NULL OR other_input IS NULL))
