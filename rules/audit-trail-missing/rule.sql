-- Missing: the account says that no trail records all of it, or that calls of its models are not recorded; a model says
-- that its calls are not. What is unknown is not examined. Rows of kind account are of three sorts: the account itself
-- (provider:number), its trails, and what a bill or a cloud only calls an account; the last are not judged.
WITH stated AS (
  SELECT *, coalesce(name, resource_id) AS called, kind = 'account' AS of_account,
    coalesce(resource_id = provider || ':' || account_id, false) AS is_account,
    stated_count(attributes['trails']) AS trails,
    stated_count(attributes['trails_logging']) AS trails_logging,
    stated_count(attributes['trails_logging_everywhere']) AS trails_logging_everywhere,
    stated_word(attributes['invocation_logging']) AS invocation_logging,
    stated_word(attributes['model_call_logging']) AS model_call_logging
  FROM subject
), account AS (
  SELECT provider, account_id,
    bool_or(is_account AND coalesce(trails_logging_everywhere IS NOT NULL, false)) AS knows_trails,
    bool_or(is_account AND model_call_logging IS NOT NULL) AS knows_calls,
    coalesce(min(resource_id) FILTER (is_account), min(resource_id) FILTER (of_account)) AS representative
  FROM stated GROUP BY provider, account_id
), judged AS (
  SELECT stated.*, knows_trails, knows_calls, representative,
    is_account AND trails_logging_everywhere = 0 AS account_unrecorded,
    CASE WHEN of_account THEN is_account AND yes_or_no(model_call_logging) = 'no'
      ELSE yes_or_no(invocation_logging) = 'no' END AS calls_unrecorded
  FROM stated JOIN account ON stated.provider IS NOT DISTINCT FROM account.provider
    AND stated.account_id IS NOT DISTINCT FROM account.account_id
)
SELECT resource_id, 1 AS remaining, 'high' AS confidence,
  CASE WHEN account_unrecorded IS NOT TRUE THEN 'record_calls' WHEN provider = 'aws' AND trails > 0 THEN 'widen_trail'
    ELSE 'record_account' END AS remedy,
  CASE
    WHEN account_unrecorded AND trails = 0 AND provider = 'azure'
      THEN format('{} keeps its activity log for 90 days and does not export it.', called)
    WHEN account_unrecorded AND trails = 0 THEN format('{} has no audit trail.', called)
    WHEN account_unrecorded AND trails_logging = 0 THEN format('{} has {}, and logging is off on {}.',
      called, if(trails = 1, 'one trail', format('{} trails', trails)), if(trails = 1, 'it', 'all of them'))
    WHEN account_unrecorded AND trails_logging IS NULL
      THEN format('{} has {} that records all of it in all regions.', called, CASE WHEN trails IS NULL THEN 'no trail'
        WHEN trails = 1 THEN 'one trail, but none' ELSE format('{} trails, but none', trails) END)
    WHEN account_unrecorded
      THEN if(trails_logging = 1, format('{} has one active trail, which does not cover all regions.', called),
      format('{} has {} active trails, none of which covers all regions.', called, trails_logging))
    WHEN of_account THEN format('{} does not log model requests.', called)
    ELSE format('{}: model requests are not logged{}.', called, coalesce(' in ' || region, '')) END
    || if(account_unrecorded AND calls_unrecorded, ' Model requests are not logged either.', '') AS reason,
  NULL AS not_examined, NULL AS not_concerned, trails, trails_logging, trails_logging_everywhere
FROM judged WHERE account_unrecorded OR calls_unrecorded
UNION ALL BY NAME
SELECT resource_id,
  CASE
    WHEN of_account AND NOT knows_trails AND resource_id = representative
      THEN 'the audit trail of its account is unknown'
    -- there it is a setting of the project, its folders and its organization, of which one may not have been read
    WHEN is_account AND provider = 'gcp' AND knows_trails AND NOT knows_calls
      THEN 'whether requests to its models are logged is unknown'
    WHEN NOT of_account AND invocation_logging IS NULL AND NOT knows_calls THEN 'its request logging is unknown' END
      AS not_examined,
  not_examined IS NULL AND (NOT is_account OR NOT knows_trails) AS not_concerned
FROM judged
WHERE coalesce(account_unrecorded OR calls_unrecorded, false) = false
  AND ((of_account AND NOT (is_account AND knows_trails AND (knows_calls OR provider <> 'gcp')))
    OR (NOT of_account AND invocation_logging IS NULL))
