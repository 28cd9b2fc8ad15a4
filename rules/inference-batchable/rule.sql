-- What remains is the price of the same tokens in a batch over the one paid now, tier by tier. In a batch no token is
-- read from a cache, so what a cache saves now is given up.
WITH price AS (
  SELECT resource_id, input::DOUBLE AS input, output::DOUBLE AS output, coalesce(cache_read, input)::DOUBLE AS cached,
    coalesce(cache_write, input)::DOUBLE AS written, batch_input::DOUBLE AS batch_input,
    batch_output::DOUBLE AS batch_output, cache_read IS NOT NULL AS has_reads, token_share
  FROM token_price WHERE output > 0
), by_hour AS (
  SELECT resource_id, hour(hour) AS hour_of_day, sum(total) AS tokens FROM metrics
    WHERE metric IN ('tokens_input', 'tokens_output', 'tokens_cache_read', 'tokens_cache_write') GROUP BY ALL
), excluded AS (    -- nobody misses them
  SELECT resource_id, count(DISTINCT hour) AS excluded_hours
  FROM (SELECT resource_id, greatest(window_start, created_at) AS since, window_end,
      unnest(range(window_start, window_end, INTERVAL 1 HOUR)) AS hour
    FROM subject SEMI JOIN (FROM policy WHERE len(excluded_periods) > 0) USING (resource_id), param)
    JOIN (SELECT resource_id, coalesce(timezone, 'UTC') AS zone, string_split(unnest(excluded_periods), '/') AS days
      FROM policy) USING (resource_id)
  WHERE hour >= since AND local_time(zone, hour) >= trim(days[1])::TIMESTAMP
    AND local_time(zone, hour) + INTERVAL 1 HOUR <= trim(days[2])::TIMESTAMP
  GROUP BY resource_id
-- an hour without a point may have had as many tokens as the busiest one, at any time of the day
), unmeasured AS (
  SELECT resource_id, greatest(0, date_diff('hour', greatest(window_start, created_at), window_end)
    - coalesce(excluded_hours, 0) - hours) * most AS tokens
  FROM subject LEFT JOIN excluded USING (resource_id) JOIN (
    SELECT resource_id, count(*) FILTER (is_whole) AS hours, max(tokens) AS most
    FROM (SELECT resource_id, hour, sum(total) AS tokens,
      bool_or(metric = 'tokens_input') AND bool_or(metric = 'tokens_output') AS is_whole FROM metrics
      WHERE metric IN ('tokens_input', 'tokens_output', 'tokens_cache_read', 'tokens_cache_write') GROUP BY ALL)
    GROUP BY resource_id) USING (resource_id), param
), shape AS (
  SELECT resource_id, sum(tokens) FILTER (nth <= job_hours) / nullif(sum(tokens) + max(at_most), 0) AS busiest_share,
    sum(tokens) FILTER (nth <= job_hours) / nullif(sum(tokens), 0) AS shown_share,
    list(hour_of_day ORDER BY hour_of_day) FILTER (nth <= job_hours AND tokens > 0) AS busiest_hours
  FROM (SELECT b.*, u.tokens AS at_most,
    row_number() OVER (PARTITION BY b.resource_id ORDER BY b.tokens DESC, hour_of_day) AS nth FROM by_hour b
    JOIN unmeasured u ON u.resource_id = b.resource_id), param GROUP BY ALL
), used AS (
  SELECT resource_id, sum(total) FILTER (metric = 'tokens_input') AS plain,
    sum(total) FILTER (metric = 'tokens_output') AS answers,
    coalesce(sum(total) FILTER (metric = 'tokens_cache_read'), 0) AS reads,
    coalesce(sum(total) FILTER (metric = 'tokens_cache_write'), 0) AS writes
  FROM metrics GROUP BY resource_id
), cache AS (       -- what a cache gives has no limit where it was not measured
  SELECT resource_id, bool_and(tokens = 0 OR knows_reads) AS is_measured, bool_or(is_read) AS shows_reads
  FROM (SELECT resource_id, hour, coalesce(sum(total) FILTER (metric IN ('tokens_input', 'tokens_output')), 0) AS
      tokens, count(total) FILTER (metric = 'tokens_cache_read') > 0 AS knows_reads,
      coalesce(sum(total) FILTER (metric = 'tokens_cache_read'), 0) > 0 AS is_read
    FROM metrics GROUP BY ALL)
  GROUP BY resource_id
), billed AS (
  SELECT resource_id, bool_or(token_kind = 'cache_read') AS has_billed_reads FROM charges
    WHERE token_kind IS NOT NULL AND charge_kind = 'cost' GROUP BY ALL
), tiers AS (       -- what is a batch already stays as it is
  SELECT resource_id, coalesce(sum(cost_share) FILTER (tier = 'batch'), 0) AS batched,
    coalesce(sum(worth_share) FILTER (tier = 'batch'), 0) AS batched_worth,
    list({'tier': tier, 'share': cost_share, 'standard_over_paid': standard_over_paid} ORDER BY tier)
      FILTER (tier <> 'batch') AS others
  FROM token_tier GROUP BY ALL
), known AS (
  SELECT s.resource_id, coalesce(s.name, s.resource_id) AS called,
    coalesce(stated_text(s.attributes['model']), s.machine_type, s.name) AS model, coalesce(batched, 0) AS batched,
    busiest_share, shown_share, busiest_hours, p.input, token_share,
    coalesce(yes_or_no(s.tags['interactive']), yes_or_no(s.attributes['interactive'])) AS interactive,
    p.batch_input IS NULL OR p.batch_output IS NULL AS is_assumed,
    -- of the tokens that no cache had a part in, how many are in no batch
    greatest(0, 1 - coalesce(batched_worth, 0) * (plain * p.input + reads * p.cached + writes * p.written
      + answers * p.output) / nullif(plain * p.input + answers * p.output, 0)) AS live,
    plain * live * p.input + reads * p.cached + writes * p.written + answers * live * p.output AS standard_worth,
    (plain * live + reads + writes) * coalesce(p.batch_input, p.input * batch_factor)
      + answers * live * coalesce(p.batch_output, p.output * batch_factor) AS then_paid,
    reads / nullif(plain * live + reads + writes, 0) AS read_share,
    coalesce(others, [{'tier': 'standard', 'share': 1, 'standard_over_paid': 1}]) AS others,
    NOT (has_reads OR shows_reads) OR is_measured OR coalesce(NOT has_billed_reads, false) AS knows_cache
  FROM subject s JOIN used USING (resource_id) JOIN shape USING (resource_id)
    JOIN cache USING (resource_id) LEFT JOIN billed USING (resource_id)
    LEFT JOIN tiers USING (resource_id) LEFT JOIN price p USING (resource_id), param
), judged AS (
  -- flex costs what a batch does: where a batch would cost more, it stays
  SELECT *, then_paid / nullif(standard_worth, 0) AS over_standard,
    list_sum(list_transform(others, lambda t: t.share * if(t.tier = 'flex',
      least(1, over_standard * t.standard_over_paid), over_standard * t.standard_over_paid))) AS others_left,
    others_left / nullif(1 - batched, 0) AS price_ratio, batched + others_left AS tokens_left,
    1 - token_share * (1 - tokens_left) AS left_over
  FROM known
)
SELECT resource_id, left_over AS remaining,
  if(is_assumed OR NOT knows_cache, 'low', 'medium') AS confidence,
  format('{}. {}.{}',
    CASE WHEN interactive = 'no' THEN called || ' is marked as not interactive' WHEN shown_share >= 1 - 1e-9
      THEN format('All tokens of {} are used within the same {} hours of the day', called, len(busiest_hours))
      ELSE format('{:.0f} % of the tokens of {} are used within the same {} hours of the day', floor(100 * shown_share),
        called, len(busiest_hours)) END,
    if(is_assumed,
      format('No batch price is listed for its model; {:.0f} % of the real-time price is assumed', 100 * batch_factor),
      '')
    || CASE WHEN is_assumed AND coalesce(read_share, 0) = 0 AND abs(price_ratio - batch_factor) < 0.0005 THEN ''
      ELSE format('{} {} % less', if(is_assumed, '. A batch would cost', 'A batch costs'),
        if((1 - price_ratio) < 0.0995, format('{:.1f}', 100 * (1 - price_ratio)),
        format('{:.0f}', 100 * (1 - price_ratio)))) END
    || CASE WHEN coalesce(read_share, 0) = 0 THEN ''
      ELSE format(', after losing the cache discount on {:.0f} % of the input', 100 * read_share) END,
    if(knows_cache, '', ' Tokens from a cache were not measured in every hour: with them it would save less.')) AS
      reason,
  NULL AS not_examined, model, price_ratio, batched AS batched_share, busiest_share, busiest_hours,
  read_share AS cached_share
FROM judged, param
WHERE (coalesce(interactive = 'no', false) OR (coalesce(interactive <> 'yes', true) AND busiest_share >= job_share))
  AND left_over <= 1 - min_saving
UNION ALL BY NAME
SELECT resource_id, 'no token price of its model' AS not_examined FROM judged WHERE input IS NULL
