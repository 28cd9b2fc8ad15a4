-- Resources that only a bill names, though the inventory lists others of their kind, with ids of the same form, in the
-- same account and region: they are gone. Only kinds that an inventory lists whole, machines where they have
-- accelerators, and not where a part of the inventory of their account and region could not be read or a row of an
-- inventory was rejected.
UPDATE resources AS r
SET attributes = map_concat(coalesce(r.attributes, MAP {}), MAP {'not_in_inventory': 'true'})
WHERE (r.accelerator IS NOT NULL
    OR r.kind IN ('inference_endpoint', 'notebook', 'provisioned_throughput', 'training_cluster', 'search_index',
      'gpu_workload', 'capacity_reservation'))
  AND r.kind NOT IN ('training_job', 'batch_job', 'model_usage', 'account', 'unknown')
  AND r.ended_at IS NULL AND r.parent_id IS NOT DISTINCT FROM endpoint_above(r.resource_id)
  AND r.resource_id IN (SELECT resource_id FROM billed_resources WHERE NOT is_account)
  AND r.resource_id NOT IN (SELECT resource_id FROM work.resources WHERE source NOT IN ('~bill', '~usage'))
  AND EXISTS (
    FROM work.resources AS listed
    WHERE listed.source NOT IN ('~bill', '~usage') AND listed.kind = r.kind AND listed.provider = r.provider
      AND account_key(listed.account_id) = account_key(r.account_id)
      AND region_of(listed.provider, listed.region) = r.region
      AND id_shape(listed.resource_id) = id_shape(r.resource_id)
  )
  AND NOT EXISTS (
    FROM (FROM gaps UNION ALL FROM work.gaps) AS gap
    WHERE coalesce(gap.dataset, 'inventory') = 'inventory'
      AND (gap.source = 'files'
        OR (gap.source = r.provider
          AND (gap.account_id IS NULL OR account_key(gap.account_id) = account_key(r.account_id))
          AND (gap.region IS NULL OR gap.region = r.region)))
  )
  AND NOT EXISTS (
    FROM (SELECT content, rejected_rows FROM files UNION ALL SELECT content, rejected_rows FROM work.files)
    WHERE content = 'inventory' AND rejected_rows > 0
  );
