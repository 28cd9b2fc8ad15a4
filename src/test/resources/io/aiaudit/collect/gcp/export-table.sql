-- A detailed export as BigQuery has it, of a company that does not exist: hours of machines with credits, corrections, restated rows, both models of committed use.
SELECT
  'AAAAAA-BBBBBB-CCCCCC' AS billing_account_id,
  STRUCT(CONCAT('id of ', r.service) AS id, r.service AS description) AS service,
  STRUCT(CONCAT('id of ', r.sku) AS id, r.sku AS description) AS sku,
  r.since AS usage_start_time,
  TIMESTAMP_ADD(r.since, INTERVAL r.hours HOUR) AS usage_end_time,
  STRUCT('acme-ml' AS id, '1' AS number, 'Acme ML' AS name) AS project,
  [STRUCT('team' AS key, 'search' AS value)] AS labels,
  [STRUCT('compute.googleapis.com/machine_spec' AS key, 'a2-highgpu-1g' AS value)] AS system_labels,
  STRUCT('us-central1' AS location, 'US' AS country, 'us-central1' AS region, 'us-central1-a' AS zone) AS location,
  STRUCT(r.resource AS name, IF(r.resource IS NULL, NULL, CONCAT('//compute.googleapis.com/projects/acme-ml/zones/us-central1-a/instances/', r.resource)) AS global_name) AS resource,
  r.cost AS cost,
  r.cost * 2 AS cost_at_list,
  'USD' AS currency,
  STRUCT(CAST(r.hours * 3600 AS FLOAT64) AS amount, 'seconds' AS unit, CAST(r.hours AS FLOAT64) AS amount_in_pricing_units, 'hour' AS pricing_unit) AS usage,
  ARRAY(SELECT AS STRUCT c.name AS id, c.name AS full_name, c.name, c.type, c.amount FROM UNNEST(r.credits) AS c) AS credits,
  r.cost_type AS cost_type,
  STRUCT('' AS id, '' AS description, '' AS mode, r.adjustment AS type) AS adjustment_info,
  STRUCT(NUMERIC '0.5' AS effective_price, NUMERIC '1' AS list_price) AS price,
  STRUCT('' AS id, r.model AS description) AS consumption_model,
  STRUCT(r.subscription AS instance_id) AS subscription,
  CAST(NULL AS STRING) AS seller_name,
  r.exported AS export_time,
  TIMESTAMP_TRUNC(r.exported, DAY, 'UTC') AS _PARTITIONTIME
FROM UNNEST(ARRAY<STRUCT<since TIMESTAMP, hours INT64, service STRING, sku STRING, resource STRING, cost FLOAT64, cost_type STRING, adjustment STRING, model STRING,
    subscription STRING, credits ARRAY<STRUCT<type STRING, name STRING, amount FLOAT64>>, exported TIMESTAMP>>[
  -- Two hours of a machine with two credits each: 10 - 2 - 1 and 10 - 2 - 1. The joined cost would be 40.
  ('2026-06-03 00:00:00+00', 1, 'Compute Engine', 'Nvidia Tesla A100 GPU running in Americas', 'train-1', 10.0, 'regular', NULL, NULL, NULL,
    [('SUSTAINED_USAGE_DISCOUNT', 'Sustained usage discount', -2.0), ('PROMOTION', 'Free trial', -1.0)], '2026-06-03 05:00:00+00'),
  ('2026-06-03 01:00:00+00', 1, 'Compute Engine', 'Nvidia Tesla A100 GPU running in Americas', 'train-1', 10.0, 'regular', NULL, NULL, NULL,
    [('SUSTAINED_USAGE_DISCOUNT', 'Sustained usage discount', -2.0), ('PROMOTION', 'Free trial', -1.0)], '2026-06-03 05:00:00+00'),
  -- The hour after, told eleven days late.
  ('2026-06-03 02:00:00+00', 1, 'Compute Engine', 'Nvidia Tesla A100 GPU running in Americas', 'train-1', 10.1, 'regular', NULL, NULL, NULL,
    [], '2026-06-14 05:00:00+00'),
  -- Restated: taken back and charged anew, both told later.
  ('2026-06-04 00:00:00+00', 1, 'Compute Engine', 'Nvidia Tesla A100 GPU running in Americas', 'train-1', 30.0, 'regular', NULL, NULL, NULL, [], '2026-06-04 05:00:00+00'),
  ('2026-06-04 00:00:00+00', 1, 'Compute Engine', 'Nvidia Tesla A100 GPU running in Americas', 'train-1', -30.0, 'adjustment', 'USAGE_CORRECTION', NULL, NULL, [], '2026-06-20 05:00:00+00'),
  ('2026-06-04 00:00:00+00', 1, 'Compute Engine', 'Nvidia Tesla A100 GPU running in Americas', 'train-1', 12.3, 'adjustment', 'USAGE_CORRECTION', NULL, NULL, [], '2026-06-20 05:00:00+00'),
  -- Committed use as it was: usage given back in full, and a fee.
  ('2026-06-05 00:00:00+00', 1, 'Compute Engine', 'A2 Instance Core running in Americas', 'train-2', 5.0, 'regular', NULL, NULL, NULL,
    [('COMMITTED_USAGE_DISCOUNT', 'Committed use discount: CPU', -5.0)], '2026-06-05 05:00:00+00'),
  ('2026-06-05 00:00:00+00', 1, 'Compute Engine', 'Commitment v1: A2 Cpu in Americas for 1 Year', NULL, 3.15, 'regular', NULL, NULL, 'sub-1', [], '2026-06-05 05:00:00+00'),
  -- Committed use as it is: usage at its discounted price, and a fee given back as far as it was used.
  ('2026-06-05 00:00:00+00', 1, 'Vertex AI', 'Endpoint A2 Core running in Americas', 'serve-1', 7.2, 'regular', NULL, 'Compute Flexible CUD 1 Year', 'sub-2', [], '2026-06-05 05:00:00+00'),
  ('2026-06-05 00:00:00+00', 1, 'Compute Engine', 'Commitment - dollar based v1: Compute Flexible for 1 year', NULL, 8.0, 'regular', NULL, NULL, 'sub-2',
    [('FEE_UTILIZATION_OFFSET', 'Fee utilization offset', -7.2)], '2026-06-05 05:00:00+00'),
  -- Sums that binary numbers do not hit: three times a tenth.
  ('2026-06-06 00:00:00+00', 1, 'Vertex AI', 'Gemini 2.5 Flash Text Input', NULL, 0.1, 'regular', NULL, NULL, NULL, [], '2026-06-06 05:00:00+00'),
  ('2026-06-06 01:00:00+00', 1, 'Vertex AI', 'Gemini 2.5 Flash Text Input', NULL, 0.1, 'regular', NULL, NULL, NULL, [], '2026-06-06 05:00:00+00'),
  ('2026-06-06 02:00:00+00', 1, 'Vertex AI', 'Gemini 2.5 Flash Text Input', NULL, 0.1, 'regular', NULL, NULL, NULL, [], '2026-06-06 05:00:00+00'),
  -- Tax of the month, which keeps its period; rounding.
  ('2026-06-01 00:00:00+00', 720, 'Invoice', 'Tax', NULL, 4.44, 'tax', NULL, NULL, NULL, [], '2026-06-30 05:00:00+00'),
  ('2026-06-30 00:00:00+00', 1, 'Invoice', 'Rounding error', NULL, -0.01, 'rounding_error', NULL, NULL, NULL, [], '2026-06-30 05:00:00+00'),
  -- Not of June.
  ('2026-05-31 23:00:00+00', 1, 'Compute Engine', 'Nvidia Tesla A100 GPU running in Americas', 'train-1', 1000.0, 'regular', NULL, NULL, NULL, [], '2026-06-01 05:00:00+00'),
  ('2026-07-01 00:00:00+00', 1, 'Compute Engine', 'Nvidia Tesla A100 GPU running in Americas', 'train-1', 1000.0, 'regular', NULL, NULL, NULL, [], '2026-07-01 05:00:00+00')
]) AS r
