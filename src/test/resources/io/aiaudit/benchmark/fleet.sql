-- Ten thousand resources of the kinds that rules look at, with four metrics of every hour of June 2026, and a bill of every day. A quarter rests at night, an eighth always.
CREATE OR REPLACE TEMP TABLE fleet AS
SELECT machine, kind, model, four,
  CASE kind WHEN 'instance' THEN 'i-' || lpad(machine::VARCHAR, 17, '0') ELSE 'arn:aws:' || CASE kind WHEN 'model_usage' THEN 'bedrock' WHEN 'provisioned_throughput' THEN 'bedrock' ELSE 'sagemaker' END
    || ':us-east-1:123456789012:' || replace(kind, '_', '-') || '/r' || machine END AS resource_id
FROM (
  SELECT range AS machine,
    CASE WHEN range % 10 < 4 THEN 'instance' WHEN range % 10 < 6 THEN 'inference_endpoint' WHEN range % 10 = 6 THEN 'notebook' WHEN range % 10 = 7 THEN 'training_job' WHEN range % 20 = 8 THEN 'provisioned_throughput' ELSE 'model_usage' END AS kind,
    CASE WHEN range % 10 >= 8 THEN 'claude-sonnet-4-5' END AS model,
    CASE WHEN range % 10 IN (4, 5) THEN ['requests', 'gpu_utilization', 'latency_ms', 'replicas'] WHEN range % 10 = 6 THEN ['gpu_utilization', 'cpu_utilization', 'sessions', 'network_bytes']
         WHEN range % 20 = 8 THEN ['throughput_utilization', 'requests', 'tokens_input', 'tokens_output'] WHEN range % 10 >= 8 THEN ['requests', 'tokens_input', 'tokens_output', 'tokens_cache_read']
         ELSE ['gpu_utilization', 'gpu_memory_used_gib', 'cpu_utilization', 'network_bytes'] END AS four
  FROM range(10000)
);
COPY (
  SELECT resource_id, kind, 'aws' AS provider, '123456789012' AS account_id, 'us-east-1' AS region, 'r' || machine AS name, CASE WHEN model IS NULL THEN if(kind = 'instance', '', 'ml.') || 'p4d.24xlarge' END AS machine_type,
    CASE WHEN model IS NULL THEN 'A100' END AS accelerator, CASE WHEN model IS NULL THEN 8 END AS accelerator_count, CASE WHEN model IS NULL THEN 40 END AS accelerator_memory_gib,
    2 AS replicas, '2026-01-01T00:00:00Z' AS created_at, 'on_demand' AS purchase, CASE WHEN model IS NULL THEN '{}' ELSE '{"model": "' || model || '"}' END AS attributes
  FROM fleet
) TO '$folder/fleet-inventory.csv' (FORMAT csv, HEADER);
COPY (
  SELECT resource_id, metric, hour,
    CASE WHEN counted THEN NULL WHEN metric = 'gpu_memory_used_gib' THEN 8 + noise * 4 WHEN metric = 'latency_ms' THEN 200 + noise WHEN metric = 'replicas' THEN 2 ELSE load * noise END AS average,
    CASE WHEN counted THEN NULL WHEN metric = 'gpu_memory_used_gib' THEN 12 WHEN metric = 'latency_ms' THEN 900 WHEN metric = 'replicas' THEN 2 ELSE load END AS maximum,
    CASE WHEN counted THEN round(load * noise * 10000) END AS total
  FROM (
    SELECT *, metric IN ('requests', 'tokens_input', 'tokens_output', 'tokens_cache_read', 'sessions', 'network_bytes') AS counted, TIMESTAMP '2026-06-01' + to_hours(nth::INTEGER) AS hour,
      (hash(machine * 720 + nth) % 1000) / 1000 AS noise, CASE WHEN machine % 8 = 0 THEN 0 WHEN machine % 8 < 3 AND nth % 24 NOT BETWEEN 8 AND 17 THEN 0 ELSE 0.6 END AS load
    FROM (SELECT *, unnest(four) AS metric FROM fleet), (SELECT range AS nth FROM range(720))
  )
) TO '$folder/fleet-usage.parquet' (FORMAT parquet);
COPY (
  SELECT
    day AS ChargePeriodStart, day + INTERVAL 1 DAY AS ChargePeriodEnd, 10 + machine % 90 AS BilledCost, 10 + machine % 90 AS EffectiveCost, 'USD' AS BillingCurrency, 'Usage' AS ChargeCategory,
    if(kind = 'instance', 'Amazon Elastic Compute Cloud', if(model IS NULL, 'Amazon SageMaker', 'Amazon Bedrock')) AS ServiceName, 'AWS' AS ProviderName, '123456789012' AS SubAccountId, 'us-east-1' AS RegionId,
    resource_id AS ResourceId, if(model IS NULL, 'p4d.24xlarge per hour', 'Claude Sonnet 4.5 input tokens') AS SkuMeter, if(model IS NULL, 'Hours', '1M tokens') AS ConsumedUnit, 48 AS ConsumedQuantity
  FROM fleet, (SELECT unnest(range(TIMESTAMP '2026-06-01', TIMESTAMP '2026-07-01', INTERVAL 1 DAY)) AS day)
) TO '$folder/fleet-bill.parquet' (FORMAT parquet)
