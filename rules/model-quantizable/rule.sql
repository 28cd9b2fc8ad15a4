-- Quantizable: in half as many bits, or fewer, the model would hold, with all else that is in memory, on a cheaper
-- machine on which it does not hold now. What remains is the ratio of two list prices of one date.
WITH used AS (
  SELECT resource_id,
    max(greatest(maximum, average)) FILTER (metric = 'gpu_memory_used_gib') AS peak_gib,
    min(coalesce(average, maximum)) FILTER (metric = 'gpu_memory_used_gib') AS lowest_gib,
    max(coalesce(average, maximum)) FILTER (metric = 'gpu_utilization') AS busiest_hour,
    bool_and(maximum IS NOT NULL) FILTER (metric IN ('gpu_utilization', 'gpu_memory_used_gib')) AS has_maxima,
    if(count(*) FILTER (metric = 'kv_cache_utilization') >= count(*) FILTER (metric = 'gpu_utilization'),
      max(greatest(maximum, average)) FILTER (metric = 'kv_cache_utilization'), NULL) AS kv_share,
    -- what was not measured in every hour may have been all of it
    if(count(*) FILTER (metric = 'cpu_utilization') >= count(*) FILTER (metric = 'gpu_utilization'),
      max(coalesce(average, maximum)) FILTER (metric = 'cpu_utilization'), NULL) AS cpu_share,
    if(count(*) FILTER (metric = 'memory_used_gib') >= count(*) FILTER (metric = 'gpu_utilization'),
      max(greatest(maximum, average)) FILTER (metric = 'memory_used_gib'), NULL) AS host_gib
  FROM metrics
  WHERE metric IN ('gpu_memory_used_gib', 'gpu_utilization', 'kv_cache_utilization', 'cpu_utilization',
    'memory_used_gib')
  GROUP BY resource_id
), sized AS (
  SELECT *, coalesce(name, resource_id) AS called,
    lower(concat_ws(' ', stated_text(attributes['model']), stated_text(tags['model']), name, workload)) AS words,
    lower(coalesce(stated_text(attributes['precision']), stated_text(tags['precision']),
      stated_text(attributes['dtype']), stated_text(tags['dtype']), stated_text(attributes['quantization']),
      stated_text(tags['quantization']), words)) AS about_bits,
    CASE WHEN regexp_matches(about_bits,
      '(^|[^a-z0-9])(int4|fp4|nf4|mxfp4|4-?bit|awq|gptq|w4a16|q4(_[a-z0-9]+)*)([^a-z0-9]|$)') THEN 4
      WHEN regexp_matches(about_bits, '(^|[^a-z0-9])(int8|fp8|8-?bit|w8a8|q8(_[a-z0-9]+)*)([^a-z0-9]|$)') THEN 8
      WHEN regexp_matches(about_bits, '(^|[^a-z0-9])(fp16|bf16|float16|bfloat16|half|16-?bit)([^a-z0-9]|$)') THEN 16
      WHEN regexp_matches(about_bits, '(^|[^a-z0-9])(fp32|float32|32-?bit)([^a-z0-9]|$)') THEN 32 END AS known_bits,
    coalesce(known_bits, 16) AS bits,      -- what models are published and served in
    TRY_CAST(regexp_extract(words, '(?:^|[^a-z0-9.])([0-9]{1,3}(?:\.[0-9]{1,2})?)b(?:[^a-z0-9]|$)', 1) AS DOUBLE) AS
      billions_found,
    TRY_CAST(regexp_extract(words, '(?:^|[^a-z0-9.])([0-9]{1,2})x[0-9]{1,3}b(?:[^a-z0-9]|$)', 1) AS DOUBLE)
      -- all experts are in memory
      * TRY_CAST(regexp_extract(words, '(?:^|[^a-z0-9.])[0-9]{1,2}x([0-9]{1,3})b(?:[^a-z0-9]|$)', 1) AS DOUBLE) AS
        experts_found,
    coalesce(stated_number(attributes['model_size_gib']), stated_number(tags['model_size_gib']),
      coalesce(stated_number(attributes['parameters_billion']), stated_number(tags['parameters_billion']),
        experts_found, billions_found) * 1e9 * bits / 8 / 1073741824) AS weights_gib
  FROM subject
), priced AS (
  SELECT o.*, lower(machine_type) AS type, c.* EXCLUDE (accelerator)
  FROM offers_as_listed o JOIN data_sheet c USING (accelerator)
  WHERE accelerator_count >= 1
), machine AS (
  SELECT s.resource_id, called, s.machine_type AS present_type, s.purchase, bits, known_bits, weights_gib,
    u.* EXCLUDE (resource_id), own.* EXCLUDE (machine_type),
    lowest_gib >= preallocated * own.accelerator_memory_gib
      AND peak_gib - lowest_gib <= flat_within * own.accelerator_memory_gib AS is_preallocated,
    peak_gib * own.accelerator_count AS all_gib,
    -- cache, activations, the program
    if(is_preallocated, coalesce(kv_share, 1), 1) * greatest(0, all_gib - weights_gib) AS rest_gib,
    if(is_preallocated AND kv_share IS NULL, 0, rest_gib) AS least_rest_gib
  FROM sized s JOIN used u USING (resource_id) JOIN policy USING (resource_id)
    JOIN priced own ON own.provider = s.provider AND own.region = s.region AND own.type = s.offered_as, param
  WHERE NOT standby
    -- without any work (docs/work.md) nothing says how large it is
    AND busiest_hour > 0 AND s.resource_id IN (SELECT resource_id FROM work WHERE uses_accelerators(worked_by))
    AND weights_gib > 0 AND weights_gib <= all_gib                    -- more than is in memory is not what runs there
), step(new_bits) AS (
  VALUES (16), (8), (4)
), option AS (
  SELECT m.*, new_bits, t.written_as AS target, t.accelerator AS target_accelerator,
    t.accelerator_count AS target_accelerator_count, t.accelerator_memory_gib AS target_memory_gib,
    weights_gib * new_bits / bits * (1 + CASE new_bits WHEN 8 THEN overhead_8_bit WHEN 4 THEN overhead_4_bit
      ELSE 0 END) AS quantized_gib,
    if(m.purchase = 'spot', t.spot / m.spot, t.on_demand / m.on_demand) AS price_ratio,
    -- as if fewer bits were no faster
    slowdown(m.accelerator, t.accelerator) * m.accelerator_count / t.accelerator_count AS slowdown,
    -- a smaller host only where its use was measured
    coalesce(t.vcpus >= m.vcpus OR cpu_share * m.vcpus <= (1 - load_headroom) * t.vcpus, false)
      AND coalesce(t.memory_gib >= m.memory_gib OR host_gib * (1 + memory_headroom) <= t.memory_gib, false)
      AS host_is_known
  FROM machine m CROSS JOIN step LEFT JOIN allowed_slowdown w ON w.resource_id = m.resource_id
  JOIN priced t ON t.provider = m.provider AND t.region = m.region AND t.sold_as = m.sold_as
    AND t.written_as IS NOT NULL AND t.as_of IS NOT DISTINCT FROM m.as_of, param
  -- from Turing on 8 bit is computed, not only stored
  WHERE new_bits < bits AND t.generation >= 7.5
    AND (quantized_gib + rest_gib) * (1 + memory_headroom) <= usable_memory * t.accelerator_memory_gib *
      t.accelerator_count
    -- else gpu-oversized moves it as it is
    AND (weights_gib + least_rest_gib) * (1 + memory_headroom) > usable_memory * t.accelerator_memory_gib *
      t.accelerator_count
    AND busiest_hour * slowdown <= 1 - load_headroom
    AND (slowdown <= 1 OR coalesce(slowdown <= slowdown_allowed, true))
    AND (t.accelerator_count = 1 OR t.nvlink >= m.nvlink)
    AND price_ratio <= 1 - min_saving
), cheapest AS (
  SELECT * FROM option
    QUALIFY row_number() OVER (PARTITION BY resource_id, new_bits ORDER BY host_is_known DESC, price_ratio, slowdown,
    target) = 1
), both_steps AS (
  SELECT *, max(target) FILTER (new_bits = 8) OVER one AS fits_after_8_bit,
    max(target) FILTER (new_bits = 4) OVER one AS fits_after_4_bit, min(price_ratio) OVER one AS lowest_ratio
  FROM cheapest
  WINDOW one AS (PARTITION BY resource_id)
  -- more bits first: they cost less quality
  QUALIFY row_number() OVER (PARTITION BY resource_id ORDER BY new_bits DESC) = 1
), found AS (
  SELECT resource_id, price_ratio::DOUBLE AS remaining, lowest_ratio::DOUBLE AS remaining_best,
    if(known_bits IS NULL OR NOT has_maxima OR NOT host_is_known OR (is_preallocated AND kv_share IS NULL), 'low',
      'medium') AS confidence,
    target, if(slowdown > 1, 'quantize_slower', 'quantize') AS remedy,
    format('At its stated size, the weights of {} take {:.1f} GiB in {}-bit precision{}; '
      || 'other memory takes {:.1f} GiB. With {}-bit weights, all of it fits on {} with {:.0f} x {}, '
      || 'at {:.0f} % of the list price.', called, weights_gib, bits,
      if(known_bits IS NULL, ' (assumed)', ''), rest_gib, new_bits, target, target_accelerator_count,
      target_accelerator,
      100 * price_ratio::DOUBLE)
      || if(slowdown > 1, format(' According to the data sheets, a request could take up to {:.1f} times '
        || 'as long there.', slowdown), '')
      || if(host_is_known, '',
        ' It has fewer vCPUs or less memory than now, and no measurement shows that they are enough.') AS reason,
    bits, known_bits IS NOT NULL AS bits_are_told, new_bits, weights_gib, quantized_gib, rest_gib, is_preallocated,
    fits_after_8_bit, fits_after_4_bit, target_accelerator, target_accelerator_count, slowdown,
    busiest_hour, host_is_known, as_of AS prices_as_of
  FROM both_steps
)
SELECT *, NULL AS not_examined FROM found
UNION ALL BY NAME
SELECT resource_id, if(weights_gib IS NULL, 'model size unknown: add model or parameters_billion',
  if(s.purchase = 'spot', 'no spot price', 'no list price')
    || ' of its instance type with accelerators in its region') AS not_examined
FROM sized s
WHERE weights_gib IS NULL
  OR NOT EXISTS (SELECT 1 FROM priced own
    WHERE own.provider = s.provider AND own.region = s.region AND own.type = s.offered_as
    AND if(s.purchase = 'spot', own.spot, own.on_demand) IS NOT NULL)
