-- A usage file: one metric of one resource, or of a part of it such as an accelerator, over an hour or less a row.

CREATE TEMP TABLE usage (
  resource_id VARCHAR NOT NULL, metric VARCHAR NOT NULL, hour TIMESTAMP NOT NULL, average DOUBLE, maximum DOUBLE,
  total DOUBLE, samples BIGINT, part VARCHAR, request_hash VARCHAR
);

COMMENT ON COLUMN usage.part IS
  'gpu, gpu_index, gpu_id, gpu_uuid, uuid, index, device, device_id, accelerator_index, accelerator_id, '
  'accelerator, component, inference_component, InferenceComponentName, variant, variant_name, VariantName, '
  'deployment, deployment_name, deployed_model, deployed_model_id';
COMMENT ON COLUMN usage.request_hash IS 'request_hash, prompt_hash, input_hash, cache_key, content_hash';

-- A number below 0 means "missing" in some exports, a utilization above 1 is a percentage, an average above its
-- maximum is of something else: none is what its column is for, so the row is not read.
SELECT file_id, ordinal,
  CASE WHEN bad IS NOT NULL THEN bad
       WHEN average < 0 THEN {'column': 'average', 'value': cannot_be(average, 'below 0')}
       WHEN maximum < 0 THEN {'column': 'maximum', 'value': cannot_be(maximum, 'below 0')}
       WHEN total < 0 THEN {'column': 'total', 'value': cannot_be(total, 'below 0')}
       WHEN average > highest_average(metric)
         THEN {'column': 'average', 'value': cannot_be(average, 'above ' || highest_average(metric)
           || '; a ratio is 0 to 1')}
       WHEN maximum > highest_maximum(metric)
         THEN {'column': 'maximum', 'value': cannot_be(maximum, 'above ' || highest_maximum(metric)
           || '; a ratio is 0 to 1')}
       WHEN is_above_its_maximum(average, maximum)
         THEN {'column': 'average', 'value': cannot_be(average, 'above the maximum of its row')} END AS bad,
  canonical_id(resource_id) AS resource_id, lower(metric) AS metric, part, request_hash, hour AS moment, average,
  maximum, total, samples
FROM usage
