-- Resources of which a source that was read could not measure what it measures of their kind: a slice of metrics or an
-- inventory failed. What another source has of nine tenths of the hours is known, and requests and tokens show the same
-- work. A resource whose account or region is unknown may be in any. How many instances ran (replicas) is no work.
UPDATE resources AS r
SET attributes = map_concat(coalesce(r.attributes, MAP {}), MAP {'unread_metrics': lost.metrics})
FROM (
  WITH unread AS (
    SELECT DISTINCT r.resource_id, u.metric,
      CASE WHEN starts_with(u.metric, 'tokens_') THEN 'requests' ELSE u.metric END AS signal
    FROM resources r JOIN work.unmeasured u ON u.source = r.provider AND u.kind = r.kind
      AND (u.account_id IS NULL OR r.account_id IS NULL OR account_key(u.account_id) = account_key(r.account_id))
      AND (u.region IS NULL OR r.region IS NULL OR u.region = r.region)
    WHERE u.metric <> 'replicas' AND NOT (u.is_of_unlisted
      AND (u.source, r.resource_id) IN (SELECT (source, resource_id) FROM work.resources))
  ), points AS (
    SELECT resource_id, CASE WHEN starts_with(metric, 'tokens_') THEN 'requests' ELSE metric END AS signal,
      count(DISTINCT hour) AS hours
    FROM metrics
    WHERE resource_id IN (SELECT resource_id FROM unread) AND coalesce(average, maximum, total) IS NOT NULL
    GROUP BY ALL
  ), measured AS (
    FROM points QUALIFY hours >= 0.9 * max(hours) OVER (PARTITION BY resource_id)
  ), named AS (
    SELECT resource_id, metric FROM unread ANTI JOIN measured USING (resource_id, signal)
    UNION
    SELECT resource_id, unnest(string_split(attributes['unread_metrics'], ',')) FROM resources
    WHERE resource_id IN (SELECT resource_id FROM unread)
  )
  SELECT resource_id, string_agg(metric, ',' ORDER BY metric) AS metrics FROM named GROUP BY resource_id
) AS lost
WHERE r.resource_id = lost.resource_id;
