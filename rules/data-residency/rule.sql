-- Outside: a place where the resource is, or where its requests may be answered, that no pattern of the policy's allowed_regions matches. A place that nobody tells is unknown, never allowed.
WITH reach AS (
  SELECT subject.*, coalesce(name, resource_id) AS called, lower(region) AS home, list_transform(allowed_regions, lambda pattern: lower(pattern)) AS allowed,
    attributes['destination_regions'] AS told, attributes['processed_in'] AS processed_in,
    CASE
      WHEN lower(told) = 'any' OR processed_in = 'anywhere' THEN ['*']
      WHEN told <> '' THEN string_split(replace(lower(told), ' ', ''), ',')
      WHEN processed_in = 'data zone' AND list_contains(eu_data_zone, home) THEN eu_data_zone
      WHEN processed_in = 'data zone' AND list_contains(us_data_zone, home) THEN us_data_zone
      WHEN processed_in = 'data zone' THEN NULL
      ELSE [] END AS answered_in
  FROM subject JOIN policy USING (resource_id), param
), judged AS (
  SELECT *,
    list_filter([home], lambda place: place IS NOT NULL AND len(list_filter(allowed, lambda pattern: place GLOB pattern)) = 0) AS is_outside,
    list_sort(list_distinct(list_filter(answered_in, lambda place: len(list_filter(allowed, lambda pattern: place GLOB pattern)) = 0))) AS outside
  FROM reach
)
SELECT resource_id, 1 AS remaining, 'high' AS confidence,
  if(len(is_outside) > 0, 'move', 'call_within') AS remedy,
  if(len(is_outside) > 0,
    format('{} is in {}; allowed is {}.', called, region, array_to_string(allowed, ', ')),
    format('{} is called in {}, but may be answered {}; allowed is {}.', called, coalesce(region, 'a region that nobody tells'),
      if(outside = ['*'], 'in any region', 'in ' || array_to_string(outside, ', ')), array_to_string(allowed, ', '))) AS reason,
  NULL AS not_examined, region, outside, allowed AS allowed_regions, attributes['deployment_type'] AS deployment_type
FROM judged
WHERE len(is_outside) > 0 OR len(outside) > 0
UNION ALL BY NAME
SELECT resource_id,
  CASE WHEN allowed IS NULL THEN 'the policy names no allowed_regions for it'
    WHEN home IS NULL THEN 'nobody says where it is'
    ELSE 'nobody says which regions its data zone has' END AS not_examined
FROM judged
WHERE allowed IS NULL OR (home IS NULL AND len(coalesce(outside, [])) = 0) OR (answered_in IS NULL AND len(is_outside) = 0)
