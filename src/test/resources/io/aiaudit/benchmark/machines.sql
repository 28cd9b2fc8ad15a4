-- Machines with four metrics of every hour of June 2026, an eighth of them idle, and the inventory that knows them.
COPY (
  SELECT 'i-' || lpad(range::VARCHAR, 17, '0') AS resource_id, 'instance' AS kind, 'aws' AS provider, '123456789012' AS account_id, 'us-east-1' AS region, 'p4d.24xlarge' AS machine_type,
    'A100' AS accelerator, 8 AS accelerator_count, 40 AS accelerator_memory_gib, '2026-01-01T00:00:00Z' AS created_at
  FROM range(10000)
) TO '$folder/inventory.csv' (FORMAT csv, HEADER);
COPY (
  SELECT 'i-' || lpad(machine::VARCHAR, 17, '0') AS resource_id, metric, TIMESTAMP '2026-06-01' + to_hours(hour::INTEGER) AS hour,
    CASE metric WHEN 'gpu_memory_used_gib' THEN 8 + noise * 4 WHEN 'network_bytes' THEN noise * 1e9 ELSE load * noise END AS average,
    CASE metric WHEN 'gpu_memory_used_gib' THEN 12 WHEN 'network_bytes' THEN 1e9 ELSE load END AS maximum
  FROM (
    SELECT *, (hash(machine * 720 + hour) % 1000) / 1000 AS noise, CASE WHEN machine % 8 = 0 THEN 0 WHEN machine % 8 < 4 AND hour % 24 NOT BETWEEN 8 AND 17 THEN 0 ELSE 0.6 END AS load
    FROM (SELECT range AS machine FROM range(10000)), (SELECT range AS hour FROM range(720)), (SELECT unnest(['gpu_utilization', 'gpu_memory_used_gib', 'cpu_utilization', 'network_bytes']) AS metric)
  )
) TO '$folder/usage.parquet' (FORMAT parquet)
