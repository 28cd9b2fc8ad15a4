-- A request takes 2 x parameters x tokens operations; on a CPU instance that is S seconds, and the queue is that of
-- latency-headroom: the busiest hour needs requests per second x burst x S / min(max_load, 1 - tail x S / target)
-- instances. What remains is the ratio of the list prices of what runs and what is needed: as many as ran in the days
-- that the run rate is from. What a commitment makes cheaper may not make the other type cheaper: that has its list
-- price.
WITH published(name, billions) AS (     -- model cards
  VALUES ('minilm-l6', 0.023), ('minilm-l12', 0.033), ('distilbert', 0.066), ('bert-base', 0.110),
    ('bert-large', 0.335), ('roberta-base', 0.125), ('xlm-roberta-base', 0.278),
    ('deberta-v3-base', 0.184), ('bge-small', 0.033), ('bge-base', 0.109), ('bge-large', 0.335), ('e5-small', 0.033),
    ('e5-base', 0.109), ('e5-large', 0.335), ('resnet-50', 0.026), ('resnet50', 0.026)
), used AS (
  SELECT resource_id, max(total) FILTER (metric = 'requests') / 3600 AS requests_per_second,
    bool_or(count_in_hour(total, average, maximum) IS NULL) FILTER (metric = 'requests') AS is_uncounted,
    sum(total) FILTER (metric = 'requests') AS requests,
    coalesce(sum(total) FILTER (metric = 'tokens_input') / nullif(sum(total) FILTER (metric = 'requests'), 0),
      0) AS tokens_read, max(total) FILTER (metric = 'tokens_output') AS tokens_written,
    count(DISTINCT hour) FILTER (metric = 'tokens_output') >= count(DISTINCT hour) FILTER (metric = 'requests'
      AND total > 0) AS is_written_known
  FROM metrics GROUP BY resource_id
), instances AS (
  SELECT resource_id, avg(coalesce(average, maximum, total, instances) * coalesce(price, 1)) AS mean_running
  FROM (FROM metrics WHERE metric = 'replicas') FULL JOIN hour_price USING (resource_id, hour)
    JOIN spend USING (resource_id), param
  WHERE hour >= coalesce(run_rate_from, window_start)
  GROUP BY resource_id
  HAVING mean_running > 0
), named AS (
  SELECT resource_id, max(billions) AS billions_published FROM subject
    JOIN published p ON contains(replace(lower(coalesce(stated_text(attributes['model']),
      stated_text(tags['model']))), '_', '-'), p.name)
    GROUP BY resource_id
), endpoint AS (
  SELECT s.*, coalesce(s.name, s.resource_id) AS called, requests_per_second,
    greatest(tokens_read, tokens_per_request) AS tokens, latency_target_ms / 1000 AS target_seconds,
    coalesce(s.replicas, 1) AS running, coalesce(mean_running, running) AS paid_for,
    if(committed_share > 0 AND time_cost > 0, time_cost::DOUBLE / 730, NULL) AS paid_an_hour,
    least(running, if(is_production(environment), least_in_prod, least_machines)) AS
      floor_wanted,
    -- Without a number of parameters two bytes are taken for each.
    coalesce(stated_number(s.attributes['parameters_billion']), stated_number(s.tags['parameters_billion']),
      coalesce(stated_number(s.attributes['model_size_gib']), stated_number(s.tags['model_size_gib'])) * 1.0737 / 2,
      billions_published) AS billions,
    -- A model that writes takes a step a token. That no tokens were measured shows nothing, but an encoder has none.
    lower(coalesce(stated_text(s.attributes['model']), stated_text(s.tags['model']), '')) AS model_name,
    regexp_matches(model_name, encoders) AS is_encoder,
    coalesce(tokens_written, 0) = 0 AND NOT regexp_matches(model_name,
      '(llama|gpt|mistral|qwen|gemma|phi-|whisper|diffusion|flux|t5)') AS answers_at_once,
    CASE WHEN billions IS NULL THEN 'model size unknown: add parameters_billion or model_size_gib'
      WHEN latency_target_ms IS NULL THEN 'no latency target: set latency_target_ms in the policy'
      WHEN is_uncounted THEN 'requests has no total in some of its hours, so how many there were is unknown'
      WHEN requests IS NULL OR requests = 0 THEN 'it has no requests'
      WHEN NOT is_encoder AND billions_published IS NULL AND NOT is_written_known AND billions <= max_parameters
        THEN 'whether it writes tokens is unknown: add the tokens_output metric, '
          || 'or the name of a known encoder as model' END AS lacking
  FROM subject s JOIN policy USING (resource_id) JOIN used USING (resource_id)
    JOIN spend USING (resource_id) LEFT JOIN named USING (resource_id) LEFT JOIN instances USING (resource_id), param
  WHERE NOT standby AND accelerated
    AND NOT regexp_matches(coalesce(stated_word(s.attributes['endpoint_type']), ''), '^(serverless|async)')
    AND yes_or_no(s.attributes['shadow']) IS DISTINCT FROM 'yes'
-- the price of its product, or, where that has no type without accelerators, of the bare instance: the ratio of the two
-- is about the same
), own AS (
  SELECT e.resource_id, o.sold_as, o.on_demand, o.as_of, lower(o.machine_type) = e.offered_as AS is_of_product
  FROM endpoint e JOIN offers_as_listed o ON o.provider = e.provider AND o.region = e.region
    AND lower(o.machine_type) IN (e.offered_as, e.bare_as)
  WHERE o.on_demand > 0 AND EXISTS (SELECT 1 FROM offers_as_listed t
    WHERE t.provider = o.provider AND t.region = o.region AND t.sold_as = o.sold_as
    AND coalesce(t.accelerator_count, 0) = 0 AND t.on_demand > 0)
  QUALIFY row_number() OVER (PARTITION BY e.resource_id ORDER BY is_of_product DESC) = 1
), option AS (
  SELECT e.*, own.is_of_product, t.written_as AS type, t.vcpus AS vcpus_there,
    2 * billions * tokens / (t.vcpus::DOUBLE * gflops_per_vcpu) AS seconds,
    greatest(floor_wanted,
      ceil(requests_per_second * burst * seconds / least(max_load, 1 - tail * seconds / target_seconds) - 1e-9)) AS
      count_there,
    requests_per_second * burst * seconds / count_there AS busiest_load,
    t.on_demand::DOUBLE * count_there AS price_there,
    price_there / (own.on_demand::DOUBLE * paid_for) AS list_share,
    if(paid_an_hour IS NULL OR t.in_audit_currency, greatest(list_share, price_there / paid_an_hour), NULL) AS
      remaining,
    least(own.as_of, t.as_of) AS prices_as_of
  FROM endpoint e JOIN own USING (resource_id)
    JOIN offers_as_listed t ON t.provider = e.provider AND t.region = e.region AND t.sold_as = own.sold_as
      AND coalesce(t.accelerator_count, 0) = 0 AND t.on_demand > 0, param
  -- Arm, and processors that are shared
  WHERE t.written_as IS NOT NULL
    AND NOT regexp_matches(lower(t.machine_type), '(^|\.)([a-z][0-9]+g[a-z]*\.|t[0-9])|^(t2a|c4a|e2-)|p[a-z]*s_v[0-9]')
    AND lacking IS NULL AND answers_at_once AND billions <= max_parameters AND e.purchase IS DISTINCT FROM 'spot'
    AND t.vcpus BETWEEN 2 AND 16                                              -- one request is not spread over more
    -- the weights in 32 bits three times, and the program
    AND t.memory_gib >= 2 + 3 * 4 * billions / 1.0737
    AND tail * 2 * billions * tokens / (t.vcpus::DOUBLE * gflops_per_vcpu) < target_seconds
)
SELECT resource_id, remaining, 'medium' AS confidence, format('{:.0f} x {}', count_there, type) AS target,
  'serve_on_cpu' AS remedy,
  format('{} has {} parameters and gets up to {:.2f} requests a second. {:.0f} x {} should serve 95 % of them within '
    || '{:.0f} ms (target: {:.0f} ms), at {:.0f} % of the list price.', called,
    if(billions < 1, format('{:.0f} million', 1000 * billions), format('{:.1f} billion', billions)),
    requests_per_second, count_there, type, 1000 * tail * seconds / (1 - busiest_load), 1000 * target_seconds,
    100 * list_share) AS reason,
  NULL AS not_examined, NULL AS not_concerned, billions AS parameters_billion, tokens AS tokens_assumed,
  requests_per_second, 1000 * seconds AS request_ms_on_cpu,
  1000 * tail * seconds / (1 - busiest_load) AS predicted_p95_ms,
  1000 * target_seconds AS latency_target_ms, busiest_load AS busiest_cpu_load, vcpus_there, accelerator, replicas,
  if(is_of_product, NULL, 'instances without the managed service') AS ratio_of_prices_of, prices_as_of
FROM option, param
WHERE remaining <= 1 - min_saving
QUALIFY row_number() OVER (PARTITION BY resource_id ORDER BY remaining, type) = 1
UNION ALL BY NAME
SELECT resource_id, lacking AS not_examined FROM endpoint WHERE lacking IS NOT NULL AND answers_at_once
UNION ALL BY NAME
SELECT resource_id, 'no known accelerator: add accelerator and accelerator_count' AS not_examined FROM subject
WHERE accelerated IS NULL
UNION ALL BY NAME
SELECT DISTINCT resource_id,
  'a commitment covers it, and list prices are in another currency than the bill' AS not_examined FROM option
WHERE remaining IS NULL
UNION ALL BY NAME
SELECT resource_id, true AS not_concerned FROM subject WHERE NOT accelerated
