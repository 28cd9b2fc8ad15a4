-- Avoidable: transfer between regions, between zones or through a NAT gateway, as the meters of the bill name it,
-- on Azure with their service. What goes out to the Internet is an answer to somebody.
WITH line AS (
  SELECT resource_id, cost, lower(concat_ws(' ', ServiceName, SkuMeter, SkuId, ChargeDescription)) AS words,
    CASE WHEN regexp_matches(words, 'nat ?gateway|natgateway-bytes|cloud ?nat|nat data process') THEN 'private_endpoint'
      WHEN regexp_matches(words,
        'inter[ -]?region|between regions|int(er|ra)[ -]?continent(al)?\b'
          || '|\b[a-z]{2,4}[0-9]-[a-z]{2,4}[0-9]-aws-(in|out)-bytes|global vnet peering'
          -- AWS: US East (Northern Virginia) data transfer to US West (Oregon)
          || '|\([a-z .-]+\) data transfer to [a-z .-]+ \(') THEN 'same_region'
      WHEN regexp_matches(words,
        'datatransfer-regional-bytes|inter[ -]?zone|between zones|inter[ -]?availability[ -]?zone'
          || '|regional data transfer') THEN 'same_zone' END AS way
  -- summed first: a bill has few meters and many rows
  FROM (SELECT resource_id, ServiceName, SkuMeter, SkuId, ChargeDescription, sum(cost) AS cost FROM charges
    WHERE component = 'usage' AND charge_kind = 'cost' AND cost > 0 AND coalesce(spend_class, 'untold') <> 'other'
    GROUP BY ALL)
), used AS (
  SELECT resource_id, sum(cost)::DOUBLE AS usage_cost FROM charges WHERE component = 'usage' AND charge_kind = 'cost'
    GROUP BY resource_id
), crossed AS (
  SELECT resource_id, way, sum(cost)::DOUBLE AS way_cost FROM line WHERE way IS NOT NULL GROUP BY resource_id, way
), summed AS (
  SELECT resource_id, sum(way_cost) / max(usage_cost) AS transfer_share, arg_max(way, way_cost ORDER BY way) AS largest,
    max(way_cost) / sum(way_cost) AS largest_share,
    string_agg(CASE way WHEN 'same_region' THEN 'between regions' WHEN 'same_zone' THEN 'between zones'
      ELSE 'through a NAT gateway' END, ', ' ORDER BY way_cost DESC, way) AS ways
  FROM crossed JOIN used USING (resource_id)
  WHERE usage_cost > 0
  GROUP BY resource_id
)
SELECT resource_id, 1 - avoidable_share * least(1, transfer_share) AS remaining,
  1 - least(1, transfer_share) AS remaining_best, 1 AS remaining_worst,
  'low' AS confidence, largest AS remedy,
  format('{:.0f} % of the usage cost of {} is data transfer {}; the bill does not show its purpose.',
    100 * least(1, transfer_share), coalesce(name, s.resource_id),
    CASE largest WHEN 'same_region' THEN 'between regions' WHEN 'same_zone' THEN 'between zones'
      ELSE 'through a NAT gateway' END) AS reason,
  NULL AS not_examined, NULL AS not_concerned, transfer_share, largest_share, ways
FROM subject s JOIN summed USING (resource_id), param
WHERE transfer_share >= min_share
UNION ALL BY NAME
SELECT resource_id, 'the bill has no charges for it' AS not_examined
  FROM subject s WHERE NOT EXISTS (SELECT 1 FROM charges c WHERE c.resource_id = s.resource_id)
-- what else a company pays for is not our question
UNION ALL BY NAME
SELECT resource_id, true AS not_concerned FROM charges JOIN subject USING (resource_id)
WHERE kind IN ('account', 'service') GROUP BY resource_id HAVING bool_and(spend_class IS NOT DISTINCT FROM 'other')
