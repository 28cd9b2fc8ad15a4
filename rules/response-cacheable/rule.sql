-- A request whose hash came before within the span of the expiry is answered from a store: what remains is the share of
-- the others, and the store. A cache hits at least as often as requests repeat within one hour, day or week
-- (finish/requests.sql counts that). Requests beyond those with a hash, whose rows the log lacks, repeat none. An
-- endpoint saves whole instances only, by its busiest hour, and of those that run in an hour no more than there are. Of
-- a hosted model the fee by the hour stays. What comes daily is computed in advance where that costs less: as a batch,
-- of an endpoint on spot instances that each work off as much as one carried in the busiest hour.
WITH counts AS (
  SELECT resource_id, hour, max(total) FILTER (metric = 'requests') AS counted,
    max(total) FILTER (metric = 'requests_hashed') AS hashed, greatest(counted, hashed) AS requests,
    max(total) FILTER (metric = 'requests_repeated_1h') AS counted_again_1h,
    max(total) FILTER (metric = 'requests_repeated_24h') AS counted_again_24h,
    max(total) FILTER (metric = 'requests_repeated_7d') AS counted_again_7d
  FROM metrics GROUP BY ALL HAVING requests IS NOT NULL
), hours AS (
  SELECT * EXCLUDE (counted_again_1h, counted_again_24h, counted_again_7d),
    if(hashed IS NULL, NULL, counted_again_1h) AS again_1h, if(hashed IS NULL, NULL, counted_again_24h) AS again_24h,
    if(hashed IS NULL, NULL, counted_again_7d) AS again_7d
  FROM counts
), repeated AS (
  SELECT resource_id, sum(requests) AS requests, sum(hashed) AS hashed, sum(hours.requests) / count(*) AS an_hour,
    sum(again_1h) / nullif(sum(hours.requests), 0) AS share_1h,
    sum(again_24h) / nullif(sum(hours.requests), 0) AS share_24h,
    sum(again_7d) / nullif(sum(hours.requests), 0) AS share_7d,
    count(hashed) > least(count(again_1h), count(again_24h), count(again_7d)) AS is_partial,
    -- where the log alone counts them, an hour without a row had none
    coalesce(bool_or(counted IS NULL) FILTER (hashed > 0), false)
      OR bool_or(counted IS NULL) AND bool_or(counted > hashed) AS is_uncounted,
    -- no more repeat than have a hash, nor within an hour than within a week
    coalesce(bool_or(greatest(again_1h, again_24h, again_7d) > hashed OR again_1h > least(again_24h, again_7d)
      OR again_24h > again_7d), false) AS is_impossible,
    -- a log may have retries that the service does not count, but not a whole share of its own
    coalesce(sum(hashed) FILTER (counted IS NOT NULL) > 1.05 * sum(counted), false) AS is_other_log,
    max(hours.requests) AS busiest, max(hours.requests - coalesce(again_1h, 0)) / busiest AS live_1h,
    max(hours.requests - coalesce(again_24h, 0)) / busiest AS live_24h,
    max(hours.requests - coalesce(again_7d, 0)) / busiest AS live_7d
  FROM hours GROUP BY resource_id
), instances AS (            -- in the days that the run rate is from
  SELECT resource_id, coalesce(average, maximum, total, instances) AS running, coalesce(price, 1) AS price
  FROM (FROM metrics WHERE metric = 'replicas') FULL JOIN hour_price USING (resource_id, hour)
    JOIN spend USING (resource_id), param
  WHERE running IS NOT NULL AND hour >= coalesce(run_rate_from, window_start)
), counted AS (
  SELECT resource_id, max(running) AS most_running, list({'running': running, 'price': price} ORDER BY running, price)
    AS ran, sum(running * price) AS paid, avg(running) AS mean_running
  FROM instances GROUP BY resource_id HAVING paid > 0
), tiers AS (            -- a batch instead of what is paid now: one that is a batch already costs the same in advance
  SELECT resource_id, list({'tier': tier, 'share': cost_share, 'standard_over_paid': standard_over_paid} ORDER BY tier)
    AS paid_at
  FROM token_tier GROUP BY ALL
), spot AS (             -- over what an instance costs now; without a price of spot a batch costs as much
  SELECT s.resource_id, bare.spot::DOUBLE
    / coalesce(if(bare.in_audit_currency, h.an_hour, NULL), own.on_demand)::DOUBLE AS spot_over_paid
  FROM subject s LEFT JOIN paid_hours h USING (resource_id)
    JOIN offers_as_listed bare ON bare.provider = s.offered_by AND bare.region = s.region
      AND lower(bare.machine_type) = s.bare_as
    LEFT JOIN offers_as_listed own ON own.provider = s.offered_by AND own.region = s.region
      AND lower(own.machine_type) = s.offered_as
  WHERE s.kind = 'inference_endpoint'
), cheapest_spot AS (
  SELECT resource_id, min(spot_over_paid) AS spot_over_paid FROM spot GROUP BY resource_id
), judged AS (
  SELECT s.resource_id, coalesce(s.name, s.resource_id) AS called, s.kind,
    coalesce(most_running, s.replicas) AS replicas, coalesce(ran, [{'running': s.replicas, 'price': 1}]) AS ran,
    coalesce(paid, s.replicas) AS paid, coalesce(mean_running, s.replicas) AS mean_running, r.* EXCLUDE (resource_id),
    coalesce(spot_over_paid, 1) AS batch_over_live,
    expiry_hours,
    coalesce(stated_text(s.attributes['model']), if(s.kind = 'model_usage', s.machine_type, NULL)) AS model,
    -- "embedded-assistant" is a name, and no model of that kind
    regexp_matches(lower(coalesce(model, s.name)),
      '(^|[^a-z]|text|multimodal)embed(ding|dings|der|dinggemma)?([^a-z]|$)'
      || '|ada-002|minilm|(^|[^a-z])(bge|gte|e5)-') AS is_embedding,
    CASE WHEN is_embedding OR expiry_hours >= 168 THEN share_7d WHEN expiry_hours >= 24 THEN share_24h
      ELSE share_1h END AS hits,
    CASE WHEN is_embedding OR expiry_hours >= 168 THEN live_7d WHEN expiry_hours >= 24 THEN live_24h
      ELSE live_1h END AS live_busiest,
    store_monthly / nullif(coalesce(p.time_cost, 0) + coalesce(p.usage_cost, 0), 0)::DOUBLE AS store_share,
    coalesce(p.usage_cost, 0)::DOUBLE / nullif(coalesce(p.time_cost, 0) + coalesce(p.usage_cost, 0), 0)::DOUBLE
      AS request_share,
    coalesce(list_sum(list_transform(paid_at, lambda t: t.share * CASE t.tier WHEN 'batch' THEN 1
      WHEN 'flex' THEN least(1, batch_price * t.standard_over_paid)
      ELSE batch_price * t.standard_over_paid END)), batch_price) AS batch_over_paid,
    NOT is_embedding AND expiry_hours < 168 AND share_7d - share_24h >= precompute_share
      AND (s.kind = 'inference_endpoint' OR batch_over_paid < 1 - 1e-9) AS comes_daily,
    CASE WHEN is_impossible THEN 'more of its requests repeat than have a hash, or than in a longer time'
      WHEN is_other_log THEN 'more of its requests have a hash than there were'
      WHEN is_partial THEN 'its repeated requests were not counted in every hour'
      WHEN is_uncounted THEN 'its requests were not counted in every hour' WHEN requests = 0
      THEN 'it has no requests' WHEN s.kind = 'inference_endpoint' AND coalesce(most_running, s.replicas) IS NULL
      THEN 'the number of instances is unknown'
      WHEN run_rate = 0 THEN 'nothing is paid for it any more'
      WHEN store_share IS NULL THEN 'its cost is unknown' END AS lacking
  FROM subject s JOIN repeated r USING (resource_id) JOIN spend p USING (resource_id)
    JOIN policy USING (resource_id) LEFT JOIN counted USING (resource_id)
    LEFT JOIN tiers USING (resource_id) LEFT JOIN cheapest_spot USING (resource_id), param
  WHERE NOT standby
), needed AS (
  SELECT *, greatest(1, ceil(replicas * live_busiest - 1e-9)) AS needed,
    greatest(1, ceil(replicas * live_7d - 1e-9)) AS needed_best,
    greatest(1, ceil(replicas * live_1h - 1e-9)) AS needed_worst
  FROM judged WHERE lacking IS NULL
), priced AS (
  SELECT needed.*, CASE WHEN kind = 'inference_endpoint'
    THEN list_sum(list_transform(ran, lambda h: least(h.running, needed) * h.price)) / paid
        ELSE 1 - request_share * hits END + store_share AS left_with_cache,
    if(kind = 'inference_endpoint', (share_7d - share_24h) * an_hour / (busiest / replicas) / mean_running
      * batch_over_live, NULL) AS batch_share,
    CASE WHEN comes_daily THEN CASE WHEN kind = 'inference_endpoint'
      THEN list_sum(list_transform(ran, lambda h: least(h.running, needed_best) * h.price)) / paid + batch_share
        ELSE 1 - request_share * (share_7d - (share_7d - share_24h) * batch_over_paid) END + store_share END
      AS left_in_advance,
    kind = 'model_usage' AND comes_daily OR coalesce(left_in_advance < left_with_cache - 1e-9, false) AS in_advance,
    if(in_advance, left_in_advance, left_with_cache) AS left_over,
    CASE WHEN kind = 'inference_endpoint'
      THEN list_sum(list_transform(ran, lambda h: least(h.running, needed_best) * h.price)) / paid
        ELSE 1 - request_share * share_7d END + store_share AS left_best,
    CASE WHEN kind = 'inference_endpoint'
      THEN list_sum(list_transform(ran, lambda h: least(h.running, needed_worst) * h.price)) / paid
        ELSE 1 - request_share * share_1h END + store_share AS left_worst
  FROM needed, param
)
SELECT resource_id, least(1, left_over) AS remaining, least(1, left_over, left_best) AS remaining_best,
  least(1, greatest(left_over, left_worst)) AS remaining_worst,
  -- a name alone is somebody's choice
  if(is_embedding AND model IS NULL, 'low', 'medium') AS confidence,
  CASE WHEN is_embedding THEN 'store_embeddings' WHEN in_advance THEN 'precompute'
    ELSE 'cache_responses' END AS remedy,
  format('Of {:,} requests to {}, {:.0f} % repeated one of the same hour, {:.0f} % of the same day, '
    || '{:.0f} % of the same week. ', round(requests)::BIGINT, called, 100 * share_1h, 100 * share_24h,
    100 * share_7d)
    || if(requests > 1.005 * hashed, format('{:,} of them have no hash and are assumed to repeat none. ',
      round(requests - hashed)::BIGINT), '')
    || format('{} would reduce the cost to {:.0f} % of today''s, including the cache{}.',
      CASE WHEN is_embedding THEN 'Storing each embedding' WHEN in_advance THEN 'Computing daily repeats in advance'
      ELSE format('A response cache with {} expiry',
        if(priced.expiry_hours >= 168, 'a 7-day', if(priced.expiry_hours >= 24, 'a 24-hour', 'a 1-hour'))) END,
        100 * left_over, if(in_advance AND kind = 'inference_endpoint', if(batch_over_live < 1,
          ' and batches on spot instances', ' and batches on instances of their own'), ''))
    || if(in_advance AND kind = 'inference_endpoint', if(left_with_cache < 1,
      format(' A response cache alone would leave {:.0f} %.', 100 * left_with_cache),
      ' A response cache alone would save nothing.'), '') AS reason,
  NULL AS not_examined, share_1h AS repeated_share_1h, share_24h AS repeated_share_24h, share_7d AS repeated_share_7d,
  requests AS all_requests, hashed AS requests_with_hash, store_share,
  if(is_embedding, 168, priced.expiry_hours) AS expiry_hours, is_embedding,
  CASE WHEN kind = 'inference_endpoint' THEN if(in_advance, live_7d, live_busiest) END AS busiest_hour_left,
  if(in_advance, left_with_cache, NULL) AS left_with_cache_alone, if(in_advance, batch_share, NULL) AS batch_share
FROM priced, param
WHERE left_over <= 1 - min_saving
UNION ALL BY NAME
SELECT resource_id, lacking AS not_examined FROM judged WHERE lacking IS NOT NULL
