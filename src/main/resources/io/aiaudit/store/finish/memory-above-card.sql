-- Memory far above that of one accelerator is none in GiB: MiB, or the sum over all accelerators. Half as much again
-- leaves room for cards of which the inventory has the smaller size; where the card is unknown, no card has 512
-- GiB.
INSERT INTO work.unusable_series
SELECT resource_id, 'gpu_memory_used_gib', 'memory', NULL
FROM (
  SELECT resource_id, max(greatest(average, maximum)) AS highest FROM work.metrics
    WHERE source = 'files' AND metric = 'gpu_memory_used_gib' GROUP BY resource_id
) JOIN resources r USING (resource_id)
WHERE highest > coalesce(1.5 * coalesce(r.accelerator_memory_gib,
  (SELECT max(p.accelerator_memory_gib) FROM offers p
    WHERE p.provider = r.provider AND lower(p.machine_type) = offered_as(r))), 512);

DELETE FROM work.metrics
  WHERE source = 'files' AND (resource_id, metric) IN (SELECT (resource_id, metric) FROM work.unusable_series
  WHERE reason = 'memory');
