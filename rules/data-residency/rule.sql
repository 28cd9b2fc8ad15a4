-- Outside: a location of the resource, or one where its requests may be answered, that no pattern of the policy's
-- allowed_regions matches, alone (eu-*) or behind its provider (aws/*). An unspecified location is unknown, never
-- allowed.
WITH reach AS (
  SELECT subject.*, coalesce(name, resource_id) AS called, nullif(replace(lower(region), ' ', ''), '') AS home,
    list_transform(allowed_regions, lambda pattern: lower(pattern)) AS allowed,
    list_transform(stated_list(attributes['destination_regions']),
      lambda part: replace(lower(part), ' ', '')) AS destinations,
    stated_word(attributes['processed_in']) AS processed_in,
    -- multi-regions of Google Cloud: allowed where all regions of that name are
    CASE WHEN provider = 'gcp' THEN CASE WHEN home IN ('eu', 'europe') THEN 'europe-*' WHEN home = 'us' THEN 'us-*'
      WHEN home = 'asia' THEN 'asia-*' END END AS regions_within,
    CASE WHEN home IS NULL OR home IN ('unknown', 'unassigned', 'none', 'n/a', 'notapplicable', 'allregions')
        THEN 'its region is unknown'
      -- on Google Cloud the global address of a model answers anywhere
      WHEN home = 'global' AND provider IS DISTINCT FROM 'gcp' THEN 'its region is given as global, which is no region'
      WHEN provider = 'gcp' AND home <> 'global' AND NOT contains(home, '-') AND regions_within IS NULL
        THEN 'the regions of its multi-region are unknown' END AS unknown_region,
    CASE
      WHEN list_has_any(destinations, ['any', 'anywhere', 'all', '*']) OR processed_in = 'anywhere' THEN ['*']
      WHEN destinations IS NOT NULL THEN destinations
      WHEN processed_in = 'datazone' AND list_contains(eu_data_zone, home) THEN eu_data_zone
      WHEN processed_in = 'datazone' AND list_contains(us_data_zone, home) THEN us_data_zone
      WHEN processed_in = 'datazone' THEN NULL
      -- the address of a model of Google Cloud names the region that answers
      WHEN kind NOT IN ('model_usage', 'provisioned_throughput') OR processed_in = 'region'
        OR (provider = 'gcp' AND processed_in IS NULL) THEN [] END AS answered_in
  FROM subject JOIN policy USING (resource_id), param
), judged AS (
  SELECT *,
    len(list_filter([home, regions_within], lambda location: location IS NOT NULL
      AND len(list_filter(allowed,
        lambda pattern: location GLOB pattern OR (provider || '/' || location) GLOB pattern)) > 0)) > 0 AS is_allowed,
    if(is_allowed, NULL, unknown_region) AS unplaced,
    allowed IS NOT NULL AND NOT is_allowed AND unknown_region IS NULL AS is_outside,
    list_sort(list_distinct(list_filter(answered_in,
      lambda location: len(list_filter(allowed,
      lambda pattern: location GLOB pattern OR (provider || '/' || location) GLOB pattern)) = 0))) AS outside
  FROM reach
), price AS (
  SELECT provider, lower(region) AS location, lower(machine_type) AS type, min(on_demand)::DOUBLE AS price FROM offers
    WHERE on_demand > 0 GROUP BY ALL
), elsewhere AS (      -- the same machine in the regions that are allowed
  SELECT j.resource_id, min(there.price / here.price) AS lowest, max(there.price / here.price) AS highest
  FROM judged j JOIN price here ON here.provider = j.provider AND here.location = home AND here.type = j.offered_as
    JOIN price there ON there.provider = j.provider AND there.type = here.type
      AND len(list_filter(allowed,
      lambda pattern: there.location GLOB pattern OR (there.provider || '/' || there.location) GLOB pattern)) > 0
  GROUP BY j.resource_id
-- what moving it costs: the difference of prices, with an uplift at worst, and the transfer of its data, once
), moved AS (
  SELECT resource_id, lowest AS price_ratio_lowest, highest * (1 + residency_uplift) AS price_ratio_highest,
    stated_number(attributes['size_gib']) AS transfer_gib,
    transfer_gib * transfer_price_per_gib / nullif(monthly_cost, 0)::DOUBLE AS transfer_share,
    if(lowest IS NULL, ' Its cost in an allowed region is unknown;',
        format(' In an allowed region it costs {:.0f} to {:.0f} % as much (uplift of {:.0f} % assumed);', 100 * lowest,
          100 * price_ratio_highest, 100 * residency_uplift))
      || CASE WHEN transfer_gib IS NULL THEN ' the data volume to transfer is unknown.'
        WHEN transfer_share IS NULL
          THEN format(' the cost of transferring {:,} GiB once is unknown.', round(transfer_gib)::BIGINT)
        ELSE format(' transferring {:,} GiB costs {} % of its monthly cost.', round(transfer_gib)::BIGINT,
          if(transfer_share < 0.0995, format('{:.1f}', 100 * transfer_share), format('{:.0f}', 100 * transfer_share)))
            END
          AS moving,
    -- a long list is in the evidence
    if(len(allowed) > 3, format('only the regions of its list ({} entries)', len(allowed)),
      array_to_string(allowed, ', ')) AS allows
  FROM judged LEFT JOIN elsewhere USING (resource_id) LEFT JOIN spend USING (resource_id), param
)
SELECT resource_id, 1 AS remaining, 'high' AS confidence,
  if(is_outside, 'move', 'call_within') AS remedy,
  if(is_outside,
    format('{} runs in {}. The policy allows {}.', called, region, allows) || moving,
    format('{} is used in {}, but its requests may be processed {}. The policy allows {}.', called,
      coalesce(region, 'an unknown region'),
      if(outside = ['*'], 'in any region', 'in ' || array_to_string(outside, ', ')), allows)) AS reason,
  NULL AS not_examined, region, outside, allowed AS allowed_regions, attributes['deployment_type'] AS deployment_type,
  -- A model that is called within one region may cost the uplift more: the price list does not show which.
  if(remedy = 'move', price_ratio_lowest, 1) AS price_ratio_lowest,
  if(remedy = 'move', price_ratio_highest, 1 + (SELECT residency_uplift FROM param)) AS price_ratio_highest,
  if(remedy = 'move', transfer_gib, NULL) AS transfer_gib, if(remedy = 'move', transfer_share, NULL) AS transfer_share
FROM judged JOIN moved USING (resource_id)
WHERE is_outside OR len(outside) > 0
UNION ALL BY NAME
SELECT resource_id,
  CASE WHEN allowed IS NULL THEN 'the policy names no allowed_regions for it'
    WHEN unplaced IS NOT NULL THEN unplaced
    WHEN processed_in = 'datazone' THEN 'the regions of its data zone are unknown'
    ELSE 'where its requests are processed is unknown: add destination_regions or processed_in' END AS not_examined
FROM judged
WHERE allowed IS NULL OR (unplaced IS NOT NULL AND len(coalesce(outside, [])) = 0)
  OR (answered_in IS NULL AND NOT is_outside)
