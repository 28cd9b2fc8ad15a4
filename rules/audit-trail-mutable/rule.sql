-- Mutable: the storage of a trail has no lock, one that a permission lifts, or one that is shorter than
-- `min_retention_days`; or no digest shows a change. `bucket_object_lock` says it, such as "COMPLIANCE 365 days",
-- "Locked 400 days", "none" or "unknown".
WITH stated AS (
  SELECT *, coalesce(name, resource_id) AS called,
    coalesce(stated_word(attributes['fact']) = 'trail', false) AS is_trail,
    coalesce(stated_text(attributes['bucket']), 'its storage') AS bucket,
    format('log files of {}{}', called, if(bucket = called, '', ' in ' || bucket)) AS files,
    attributes['bucket_object_lock'] AS object_lock, stated_word(attributes['bucket_object_lock']) AS lock_words,
    nullif(regexp_extract(lock_words, '^(compliance|locked|governance|[a-z]+)'), '') AS mode,
    stated_count(regexp_extract(lock_words, '([0-9]+)(?:day|year)', 1)) * if(contains(lock_words, 'year'), 365, 1) AS
      locked_days,
    yes_or_no(attributes['log_validation']) = 'no' AS unvalidated,
    coalesce(resource_id = provider || ':' || account_id, false) AS is_account,
    is_account AND stated_count(attributes['trails']) = 0 AS has_none
  FROM subject
), account AS (
  SELECT provider, account_id, bool_or(is_trail OR coalesce(has_none, false)) AS is_known,
    coalesce(min(resource_id) FILTER (is_account), min(resource_id)) AS representative
  FROM stated GROUP BY provider, account_id
), judged AS (
  SELECT stated.*, is_known, representative,
    CASE
      -- that there is one does not say who can lift it
      WHEN coalesce(mode, 'unknown') = 'unknown' OR yes_or_no(mode) = 'yes' THEN NULL
      WHEN mode NOT IN ('compliance', 'locked', 'governance')
        THEN files || ' can be deleted or overwritten'
      WHEN mode = 'governance'
        THEN 'a user with permission to bypass it can remove the lock (mode GOVERNANCE) on ' || files
      WHEN coalesce(locked_days, 0) < min_retention_days
        THEN format('{} are locked for {} days, not {}', files, coalesce(locked_days, 0), min_retention_days)
      ELSE '' END AS weakness
  FROM stated JOIN account ON stated.provider IS NOT DISTINCT FROM account.provider
    AND stated.account_id IS NOT DISTINCT FROM account.account_id, param
)
SELECT resource_id, 1 AS remaining, if(mode = 'governance', 'medium', 'high') AS confidence,
  if(weakness <> '', 'lock', 'validate') AS remedy,
  if(coalesce(weakness, '') = '', format('No digests would reveal changed {}.', files),
    format('{}{}{}.', upper(weakness[1]), weakness[2:],
      if(unvalidated, ', and no digests would reveal changed files', '')))
    AS reason,
  NULL AS not_examined, NULL AS not_concerned, attributes['bucket'] AS bucket, object_lock, locked_days,
  attributes['bucket_versioning'] AS bucket_versioning, attributes['log_validation'] AS log_validation,
  if(unvalidated, resource_id, NULL) AS without_validation
FROM judged WHERE is_trail AND (weakness <> '' OR unvalidated)
UNION ALL BY NAME
SELECT resource_id,
  CASE WHEN is_trail THEN 'the protection of its storage is unknown'
    WHEN NOT is_known AND resource_id = representative THEN 'the trails of its account are unknown' END AS not_examined,
  not_examined IS NULL AS not_concerned
FROM judged WHERE NOT is_trail OR (weakness IS NULL AND unvalidated IS DISTINCT FROM true)
