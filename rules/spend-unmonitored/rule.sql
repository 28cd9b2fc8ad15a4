-- Unwatched: the account says that it has no budget of cost (or only such that notify nobody), and neither it nor an
-- account of the same cloud that watches for all has an anomaly watch.
WITH stated AS (
  SELECT *, coalesce(name, resource_id) AS called,
    coalesce(resource_id = provider || ':' || account_id, false) AS is_account,
    stated_count(attributes['cost_budgets']) AS cost_budgets,
    stated_count(attributes['cost_budgets_that_tell']) AS budgets_that_notify,
    stated_count(attributes['anomaly_monitors']) AS anomaly_monitors,
    stated_count(attributes['anomaly_subscriptions']) AS anomaly_subscriptions,
    least(anomaly_monitors, coalesce(anomaly_subscriptions, anomaly_monitors)) AS watches
  FROM subject
), account AS (
  SELECT provider, account_id, bool_or(is_account AND cost_budgets IS NOT NULL) AS is_known,
    coalesce(min(resource_id) FILTER (is_account), min(resource_id)) AS representative
  FROM stated GROUP BY provider, account_id
), cloud AS (
  -- The account that pays watches all: only AWS has such watches, and there no other account matters.
  SELECT provider, max(watches) AS watches_of_payer FROM stated WHERE is_account AND provider = 'aws' GROUP BY provider
), judged AS (
  SELECT stated.*, is_known, representative, coalesce(budgets_that_notify, cost_budgets) AS notifying,
    coalesce(watches, watches_of_payer) AS watched
  FROM stated JOIN account ON stated.provider IS NOT DISTINCT FROM account.provider
    AND stated.account_id IS NOT DISTINCT FROM account.account_id
    LEFT JOIN cloud ON cloud.provider = stated.provider
)
SELECT resource_id, 1 AS remaining,
  -- somebody else may watch anomalies, which was not read
  if(watched IS NULL, 'medium', 'high') AS confidence,
  'watch' AS remedy,
  format('{} has {}, and {}.', called,
    CASE cost_budgets WHEN 0 THEN 'no cost budget' WHEN 1 THEN 'one cost budget that alerts no one'
      ELSE format('{} cost budgets that alert no one', cost_budgets) END,
    CASE WHEN watched IS NULL THEN 'its anomaly detection could not be read'
      WHEN anomaly_monitors > 0 THEN 'its anomaly detection alerts no one'
      ELSE 'no anomaly detection' END) AS reason,
  NULL AS not_examined, NULL AS not_concerned, cost_budgets, anomaly_monitors, anomaly_subscriptions
FROM judged WHERE is_account AND notifying = 0 AND coalesce(watched, 0) = 0
UNION ALL BY NAME
SELECT resource_id, if(NOT is_known AND resource_id = representative, 'the budgets of its account are unknown', NULL)
  AS not_examined, not_examined IS NULL AS not_concerned
FROM judged WHERE NOT is_account OR notifying IS NULL
