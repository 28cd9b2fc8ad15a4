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

-- A row with a value that cannot be is not read.
SELECT file_id, ordinal,
  CASE WHEN bad IS NOT NULL THEN bad ELSE impossible_value(metric, average, maximum, total) END AS bad,
  canonical_id(resource_id) AS resource_id, lower(metric) AS metric, part, request_hash, hour AS moment, average,
  maximum, total, samples
FROM usage
