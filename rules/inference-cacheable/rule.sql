-- All input tokens T of the window at three prices: read from the cache (share h of T), written to it (the rest, where
-- the provider charges for that), or neither. What remains is the cheapest way over the present one.
-- In a batch nothing is read from a cache: what the bill shows as batch stays as it is. What was not measured in every
-- hour with input counts as not measured: the missing hour may have had all of it.
WITH used AS (
  SELECT resource_id, count(total) FILTER (metric = 'tokens_input') AS points,
    sum(total) FILTER (metric = 'tokens_input') AS plain,
    count(total) FILTER (metric = 'tokens_cache_read') AS read_points,
    count(total) FILTER (metric = 'tokens_cache_write') AS write_points,
    if(read_points >= points,
      sum(total) FILTER (metric = 'tokens_cache_read'), NULL) AS counted_reads,
    if(write_points >= points,
      sum(total) FILTER (metric = 'tokens_cache_write'), NULL) AS counted_writes,
    coalesce(sum(total) FILTER (metric IN ('tokens_cache_read', 'tokens_cache_write')), 0) AS seen_in_cache,
    if(count(total) FILTER (metric = 'tokens_output') >= points,
      sum(total) FILTER (metric = 'tokens_output'), NULL) AS answers,
    if(count(total) FILTER (metric = 'requests') >= points,
      sum(total) FILTER (metric = 'requests'), NULL) AS requests
  FROM metrics GROUP BY resource_id
), billed AS (
  SELECT resource_id, sum(cost)::DOUBLE AS paid FROM charges
    WHERE component = 'usage' AND charge_kind = 'cost' GROUP BY resource_id
), tiers AS (
  SELECT resource_id AS of_id, coalesce(sum(cost_share) FILTER (tier = 'batch'), 0) AS batched,
    coalesce(sum(worth_share) FILTER (tier = 'batch'), 0) AS batched_worth,
    sum(cost_share * standard_over_paid) AS standard_over_paid,
    -- flex costs what a batch does
    coalesce(bool_and(tier IN ('batch', 'flex')), false) AS is_at_batch_price
  FROM token_tier GROUP BY ALL
), price AS (
  SELECT resource_id AS priced, input::DOUBLE AS input, output::DOUBLE AS output, cache_read::DOUBLE AS cached,
    cache_write::DOUBLE AS written, token_share
  FROM token_price
-- what inference-batchable looks for: most tokens in a few hours of the day
), bunched AS (
  SELECT resource_id AS bunched_id, sum(tokens) FILTER (nth <= 6) >= 0.9 * sum(tokens) AS is_bunched
  FROM (SELECT resource_id, sum(total) AS tokens,
    row_number() OVER (PARTITION BY resource_id ORDER BY sum(total) DESC, hour(hour)) AS nth
    FROM metrics WHERE metric IN ('tokens_input', 'tokens_output', 'tokens_cache_read', 'tokens_cache_write')
    GROUP BY resource_id, hour(hour))
  GROUP BY resource_id
), hour_cache AS (
  SELECT provider, model_key(model) AS model, max(cache_write)::DOUBLE AS written_hour FROM models
    WHERE tier = 'cache_1h' GROUP BY ALL
), known AS (
  SELECT s.resource_id, coalesce(s.name, s.resource_id) AS called,
    coalesce(stated_text(s.attributes['model']), s.machine_type, s.name) AS model, u.*, p.* EXCLUDE (priced),
    written_hour,
    coalesce(written > input, false) AS pays_for_writes,
    coalesce(yes_or_no(s.tags['interactive']), yes_or_no(s.attributes['interactive'])) AS interactive,
    policy.latency = 'yes' AND NOT coalesce(is_at_batch_price, false)
      AND (coalesce(interactive = 'no', false)
      OR (coalesce(interactive <> 'yes', true) AND is_bunched)) AS is_for_batches,
    -- plain tokens at the list prices of their tiers are the whole bill: nothing was read from a cache or written to
    -- it, in the hours that were not measured either
    seen_in_cache = 0 AND paid > 0
      AND abs((plain * input + answers * output) / 1e6 / (paid * coalesce(standard_over_paid, 1)) - 1)
        <= bill_within AS shows_no_cache,
    if(shows_no_cache, 0, counted_reads) AS reads, if(shows_no_cache, 0, counted_writes) AS writes,
    coalesce(stated_share(s.attributes['prefix_hit_share']), stated_share(s.tags['prefix_hit_share'])) AS stated,
    coalesce(stated_share(s.attributes['prefix_hit_share_1h']), stated_share(s.tags['prefix_hit_share_1h'])) AS
      stated_hour,
    coalesce(reads, 0) > 0 AS is_read, coalesce(reads, 0) > 0 OR coalesce(writes, 0) > 0 AS is_on,
    coalesce(t.batched, 0) AS batched, coalesce(t.batched_worth, 0) AS batched_worth,
    CASE WHEN answers IS NULL THEN 'its output tokens are not measured'
         WHEN p.input IS NULL THEN 'no token price of its model' WHEN p.cached IS NULL
           THEN 'no price of cached tokens of its model'
         WHEN reads IS NULL THEN metric_lacks('tokens_cache_read', read_points)
           || if(read_points > 0, '; a finding depends on it', '')
         WHEN pays_for_writes AND writes IS NULL THEN metric_lacks('tokens_cache_write', write_points)
           || if(write_points > 0, '; a finding depends on it', '')
         WHEN is_no_share(s.attributes['prefix_hit_share']) OR is_no_share(s.tags['prefix_hit_share'])
           OR is_no_share(s.attributes['prefix_hit_share_1h']) OR is_no_share(s.tags['prefix_hit_share_1h'])
           THEN 'prefix_hit_share is not between 0 and 1' END AS lacking
  FROM subject s JOIN (SELECT * RENAME (resource_id AS used_by) FROM used) u ON used_by = s.resource_id
    JOIN policy ON policy.resource_id = s.resource_id LEFT JOIN bunched ON bunched_id = s.resource_id
    LEFT JOIN billed ON billed.resource_id = s.resource_id
    LEFT JOIN price p ON p.priced = s.resource_id LEFT JOIN tiers t ON t.of_id = s.resource_id
    LEFT JOIN hour_cache h ON h.provider = s.provider
      AND h.model = model_key(coalesce(stated_text(s.attributes['model']), s.machine_type, s.name)), param
), live AS (            -- what is in no batch; a cache has a part in nothing else
  SELECT * REPLACE (plain * live_share AS plain, answers * live_share AS answers),
    plain + cached_tokens AS all_tokens, plain * live_share + cached_tokens AS tokens
  FROM (SELECT *, coalesce(reads, 0) + coalesce(writes, 0) AS cached_tokens,
      plain * input + answers * output AS plain_worth,
      plain_worth + coalesce(reads, 0) * cached + coalesce(writes, 0) * coalesce(written, input) AS worth,
      greatest(0, 1 - batched_worth * worth / nullif(plain_worth, 0)) AS live_share
    FROM known WHERE lacking IS NULL AND batched < 1 - 1e-9)
), way AS (
  SELECT k.*, plain * input + coalesce(reads, 0) * cached + coalesce(writes, 0) * coalesce(written, input) AS now_paid,
    answers * output AS answers_paid,
    unnest([{'remedy': 'stop', 'share': if(is_on AND pays_for_writes, 0.0, NULL), 'price': input, 'error': 0.0},
      {'remedy': 'start', 'share': coalesce(stated,
        if(pays_for_writes AND NOT is_on AND stated_hour IS NULL AND all_tokens >= min_prompt_tokens * requests,
        guessed_share, NULL)), 'price': if(pays_for_writes, written, input), 'error': share_error},
      {'remedy': 'start_one_hour', 'share': if(written_hour > input, stated_hour, NULL), 'price': written_hour,
        'error': share_error}], recursive := true)
  FROM live k, param
), costed AS (
  SELECT *, tokens * (share * cached + (1 - share) * price) AS then_paid, (1 - cached / price) * error AS swing,
    stated IS NULL AND stated_hour IS NULL AND remedy <> 'stop' AS is_guess
  FROM way WHERE share IS NOT NULL AND tokens > 0
), best AS (
  SELECT * FROM costed QUALIFY row_number() OVER (PARTITION BY resource_id ORDER BY then_paid, remedy) = 1
), judged AS (
  SELECT *, batched + (1 - batched) * (then_paid + answers_paid) / (now_paid + answers_paid) AS left_over,
    (1 - batched) * tokens * price * swing / (now_paid + answers_paid) AS swing_over,
    if(left_over >= 1, 1, greatest(0, left_over - swing_over)) AS left_best,
    least(1, left_over + if(remedy = 'stop', (1 - left_over) / 2, swing_over)) AS left_worst FROM best
)
-- of what it uses beside tokens nothing is saved
SELECT resource_id, 1 - token_share * (1 - least(1, left_over)) AS remaining,
  1 - token_share * (1 - left_best) AS remaining_best, 1 - token_share * (1 - left_worst) AS remaining_worst,
  if(is_guess OR is_for_batches, 'low', 'medium') AS confidence, remedy,
  CASE WHEN remedy = 'stop'
    THEN format('Caching loses money for {}. {} of the input is read from the cache, and {} % is written to it '
      || 'at {:.2f} times the price. Without caching, the tokens cost {} % less.',
         called, CASE WHEN coalesce(reads, 0) / tokens < 0.0005 THEN 'Nothing'
           WHEN coalesce(reads, 0) / tokens < 0.0995 THEN format('Only {:.1f} %', 100 * reads / tokens)
           ELSE format('Only {:.0f} %', 100 * reads / tokens) END,
           if((coalesce(writes, 0) / tokens) < 0.0995, format('{:.1f}', 100 * (coalesce(writes, 0) / tokens)),
           format('{:.0f}', 100 * (coalesce(writes, 0) / tokens))), written / input,
           if((1 - left_over) < 0.0995, format('{:.1f}', 100 * (1 - left_over)),
           format('{:.0f}', 100 * (1 - left_over))))
       WHEN left_over >= 1
         THEN format('prefix_hit_share shows that only {:.0f} % of the input of {} repeats within the cache lifetime. '
           || 'The rest would be written to the cache at {:.2f} times the price.', 100 * share, called, price / input)
       WHEN is_guess
         THEN format('{} uses no cache. If {:.0f} % of its input repeats within five minutes (assumed), caching saves '
           || '{} % of token cost. Measure prefix_hit_share to confirm.', called, 100 * share,
           if((1 - left_over) < 0.0995, format('{:.1f}', 100 * (1 - left_over)),
           format('{:.0f}', 100 * (1 - left_over))))
       ELSE format('prefix_hit_share shows that {:.0f} % of the input of {} repeats within the cache lifetime. '
         || 'But {} is read from a cache. Caching it would cut token cost by {} %{}.',
         100 * share, called,
         if(coalesce(reads, 0) / tokens < 0.0005, 'none',
           format('only {} %',
           if((coalesce(reads, 0) / tokens) < 0.0995, format('{:.1f}', 100 * (coalesce(reads, 0) / tokens)),
           format('{:.0f}', 100 * (coalesce(reads, 0) / tokens))))),
           if((1 - left_over) < 0.0995, format('{:.1f}', 100 * (1 - left_over)),
           format('{:.0f}', 100 * (1 - left_over))),
         -- where writes are free there is nothing to include
         if(price > input, ', including cache writes', '')) END
    || if(batched >= 0.0005, format(' Batches ({} % of the token cost) use no cache and stay as they are.',
      if(batched < 0.0995, format('{:.1f}', 100 * batched), format('{:.0f}', 100 * batched))), '')
    || if(is_for_batches, ' Latency is not critical, so consider batch prices first; batches use no cache.',
      '') AS reason,
  NULL AS not_examined, model, share AS repeating_share, coalesce(reads, 0) / tokens AS read_share,
  coalesce(writes, 0) / tokens AS written_share, cached / input AS price_of_a_read,
  -- without the cache nothing is written to it: its price is that of the writes that end
  if(remedy = 'stop', coalesce(written, input), price) / input AS price_of_a_write
FROM judged, param
-- a loss that a stated share shows is reported, and saves nothing
WHERE left_over <= 1 - min_saving OR (left_over >= 1 AND NOT is_on AND NOT is_guess)
UNION ALL BY NAME
SELECT resource_id, lacking AS not_examined FROM known WHERE lacking IS NOT NULL AND batched < 1 - 1e-9
