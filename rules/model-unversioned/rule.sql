-- Unversioned: an endpoint whose model is in no registry or is named without a version; a version that is not approved;
-- a deployment or a name that the cloud moves to another version by itself.
WITH stated AS (
  SELECT *, coalesce(name, resource_id) AS called, stated_text(attributes['model']) AS model,
    stated_word(attributes['model_package']) AS package, stated_word(attributes['model_approval']) AS approval,
    stated_word(attributes['version_upgrade']) AS upgrade, kind = 'inference_endpoint' AS own,
    coalesce(list_contains(list_transform(exempt_environments, lambda word: lower(word)), lower(environment)),
      false) AS exempt,
    regexp_matches(lower(model), '[-@:]latest$') AS floats
  FROM subject JOIN policy USING (resource_id), param
), judged AS (
  SELECT *,
    CASE
      WHEN floats THEN 'moves'
      WHEN own AND regexp_full_match(approval, 'rejected|pending.*|notapproved|unapproved') THEN 'unapproved'
      WHEN own AND package = 'none' THEN 'unregistered'
      WHEN own AND package <> '' THEN 'fine'
      WHEN own AND provider = 'azure' AND model <> ''
        THEN if(regexp_matches(lower(model), '/versions/[^/]+$|^azureml:[^/:]+:[^/:]+$'), 'fine', 'unregistered')
      WHEN own AND provider = 'gcp' AND model LIKE '%/models/%' THEN 'fine'
      WHEN NOT own AND upgrade = 'oncenewdefaultversionavailable' THEN 'moves'
      WHEN NOT own AND (upgrade <> '' OR (provider IS DISTINCT FROM 'azure' AND model <> '')) THEN 'fine' END AS verdict
  FROM stated
)
SELECT resource_id, 1 AS remaining, 'high' AS confidence,
  CASE verdict WHEN 'unapproved' THEN 'approve' WHEN 'moves' THEN 'pin' ELSE 'register' END AS remedy,
  CASE verdict
    WHEN 'unapproved' THEN format('{} serves a model version that is {}.', called,
      if(approval = 'rejected', 'rejected', 'not approved yet'))
    WHEN 'moves' THEN if(floats, format('{} is called as {}, an alias that moves to new versions automatically.',
      called, model),
      format('{} moves to a new version of {} when the cloud changes the default.', called,
        coalesce(model, 'its model')))
    ELSE format('{} serves a model without a registered version.', called) END AS reason,
  NULL AS not_examined, model, attributes['model_version'] AS model_version,
  attributes['model_package'] AS model_package, attributes['model_approval'] AS model_approval,
  attributes['version_upgrade'] AS version_upgrade
FROM judged WHERE verdict IN ('moves', 'unapproved', 'unregistered') AND NOT exempt
UNION ALL BY NAME
SELECT resource_id, 'its model version is unknown' AS not_examined FROM judged WHERE verdict IS NULL
