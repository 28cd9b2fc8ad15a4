-- Outside: a location of the resource, or one where its requests may be answered, that no pattern of the policy's
-- allowed_regions matches, alone (eu-*) or behind its provider (aws/*). An unspecified location is unknown, never
-- allowed.
WITH reach AS (
  SELECT subject.*, coalesce(name, resource_id) AS called, lower(region) AS home,
    list_transform(allowed_regions, lambda pattern: lower(pattern)) AS allowed,
    attributes['destination_regions'] AS destinations, attributes['processed_in'] AS processed_in,
    CASE
      WHEN lower(destinations) = 'any' OR processed_in = 'anywhere' THEN ['*']
      WHEN destinations <> '' THEN string_split(regexp_replace(lower(destinations), '[\[\]" ]', '', 'g'), ',')
      WHEN processed_in = 'data zone' AND list_contains(eu_data_zone, home) THEN eu_data_zone
      WHEN processed_in = 'data zone' AND list_contains(us_data_zone, home) THEN us_data_zone
      WHEN processed_in = 'data zone' THEN NULL
      ELSE [] END AS answered_in
  FROM subject JOIN policy USING (resource_id), param
), judged AS (
  SELECT *,
    list_filter([home], lambda location: location IS NOT NULL
      AND len(list_filter(allowed,
        lambda pattern: location GLOB pattern OR (provider || '/' || location) GLOB pattern)) = 0)
      AS is_outside,
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
    TRY_CAST(attributes['size_gib'] AS DOUBLE) AS transfer_gib,
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
  if(len(is_outside) > 0, 'move', 'call_within') AS remedy,
  if(len(is_outside) > 0,
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
WHERE len(is_outside) > 0 OR len(outside) > 0
UNION ALL BY NAME
SELECT resource_id,
  CASE WHEN allowed IS NULL THEN 'the policy names no allowed_regions for it'
    WHEN home IS NULL THEN 'its region is unknown'
    ELSE 'the regions of its data zone are unknown' END AS not_examined
FROM judged
WHERE allowed IS NULL OR (home IS NULL AND len(coalesce(outside, [])) = 0)
  OR (answered_in IS NULL AND len(is_outside) = 0)
