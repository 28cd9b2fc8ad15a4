-- Idle: a deployment of a fine-tuned model that is paid for by the hour, without a request or a token in the last
-- `idle_days`, in whatever of both was measured.
WITH hosted AS (
  SELECT *, coalesce(stated_word(attributes['hosting']), '') AS hosting,
    coalesce(stated_word(attributes['deployment_type']), '') AS deployment_type,
    is_custom_model(attributes, name) AS is_tuned
  FROM subject
), deployment AS (
  SELECT * FROM hosted
  WHERE is_tuned
    AND NOT contains(hosting, 'ondemand') AND deployment_type NOT LIKE '%developer%'      -- by the token only
    -- paid for until its end
    AND word_or_unknown(attributes['commitment_duration']) IN ('', 'none')
), recent AS (         -- hours that the policy excludes show nothing, so that as many earlier ones count
  SELECT resource_id, days_back(idle_days, excluded) AS recent_from, coalesce(idle_from, recent_from) AS quiet_from
  FROM subject LEFT JOIN pause USING (resource_id), param
), by_hour AS (
  SELECT resource_id, hour, max(greatest(total, maximum, average)) AS amount,
    list(DISTINCT metric ORDER BY metric) AS measured, hour >= quiet_from AS is_idle_hour, recent_from
  FROM metrics JOIN recent USING (resource_id)
  WHERE metric IN ('requests', 'tokens_input', 'tokens_output') AND greatest(total, maximum, average) IS NOT NULL
  GROUP BY ALL
), history AS (
  SELECT resource_id, max(hour) FILTER (amount > 0) AS last_call, count(*) AS hours_seen,
    count(*) FILTER (hour >= recent_from) AS recent_hours,
    count(*) FILTER (hour >= window_end - to_days(idle_days)) AS last_hours,
    measured_mostly(list_contains(measured, 'requests'), is_idle_hour) AS sees_requests,
    measured_mostly(list_contains(measured, 'tokens_input'), is_idle_hour) AS sees_input,
    measured_mostly(list_contains(measured, 'tokens_output'), is_idle_hour) AS sees_output,
    concat_ws(', ', if(sees_requests, 'requests', NULL), if(sees_input, 'tokens_input', NULL),
      if(sees_output, 'tokens_output', NULL)) AS seen
  FROM by_hour, param
  GROUP BY resource_id
-- Azure deletes a standard deployment without calls by itself; one that is billed for days beyond that stays
), judged AS (
  SELECT *, provider = 'azure' AND deployment_type NOT LIKE '%provisioned%'
    AND NOT coalesce((SELECT max(ChargePeriodEnd) FROM charges c
      WHERE c.resource_id = deployment.resource_id AND c.component = 'time' AND c.cost > 0) >
        greatest(coalesce(last_call, window_start), window_start) + to_days(azure_deletes_after_days + 1),
        false) AS goes_by_itself
  FROM deployment JOIN history USING (resource_id) JOIN policy USING (resource_id) JOIN spend USING (resource_id)
    LEFT JOIN pause USING (resource_id) JOIN recent USING (resource_id), param
  WHERE coalesce(last_call < recent_from, true) AND last_hours > 0 AND recent_hours >=
    -- or before the window too, where that is shorter
    least(24 * idle_days, counted_hours)
    -- seen for long enough; age unknown: the metrics decide
    AND coalesce(created_at <= window_end - to_days(idle_days), true)
    -- no signal shows work, and what came back after pauses, also before the window, is quiet for longer (docs/work.md)
    AND idle_hours >= greatest(24 * idle_days, 1.5 * longest_return)
    AND time_cost IS DISTINCT FROM 0                                 -- nothing is paid for its hours
    AND NOT standby                                                  -- it is paid for being there
)
SELECT resource_id, expected_loss AS remaining, 0::DOUBLE AS remaining_best,
  greatest(expected_loss, return_share) AS remaining_worst,
  'medium' AS confidence,                                            -- how long it stays so is not shown to be more
  quiet_for(if(sees_requests, 'requests to', 'tokens of') || ' the fine-tuned model ' || coalesce(name, resource_id),
    last_call, idle_hours // 24, excluded) || if(seen = '', '', format(' Measured: {}.', seen))
    || not_measured([if(sees_requests, NULL, 'requests'), if(sees_input OR sees_output, NULL, 'tokens')])
    || short_history(known_hours) AS reason,
  NULL AS not_examined, false AS not_concerned, last_call, hours_seen, attributes['model'] AS model, replicas AS units
FROM judged WHERE NOT goes_by_itself
UNION ALL BY NAME
SELECT resource_id, 'Azure deletes it after 15 days without requests; no later charge was found' AS not_examined
  FROM judged WHERE goes_by_itself
UNION ALL BY NAME
-- base models have no hosting; at units without a model of their own provisioned-throughput-idle looks
SELECT resource_id, true AS not_concerned FROM hosted WHERE NOT is_tuned
