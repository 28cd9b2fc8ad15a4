-- Idle: not one request, token or share of the units in the last `idle_days`, in whatever of these was measured, nor
-- for half as long again as the longest pause that they came back from.
WITH recent AS (       -- hours that the policy excludes show nothing, so that as many earlier ones count
  SELECT resource_id, days_back(idle_days, excluded) AS recent_from, coalesce(idle_from, recent_from) AS quiet_from
  FROM subject LEFT JOIN pause USING (resource_id), param
), by_hour AS (
  SELECT resource_id, hour, max(greatest(total, maximum, average)) AS amount,
    list(DISTINCT metric ORDER BY metric) AS measured, hour >= quiet_from AS is_idle_hour, recent_from
  FROM metrics JOIN recent USING (resource_id)
  WHERE metric IN ('requests', 'tokens_input', 'tokens_output', 'throughput_utilization')
    AND greatest(total, maximum, average) IS NOT NULL
  GROUP BY ALL
), history AS (
  SELECT resource_id, count(*) AS hours_seen,
    count(*) FILTER (hour >= recent_from) AS recent_hours,
    count(*) FILTER (hour >= window_end - to_days(idle_days)) AS last_hours,
    max(hour) FILTER (amount > 0) AS last_traffic,
    measured_mostly(list_contains(measured, 'requests'), is_idle_hour) AS sees_requests,
    measured_mostly(list_contains(measured, 'tokens_input'), is_idle_hour) AS sees_input,
    measured_mostly(list_contains(measured, 'tokens_output'), is_idle_hour) AS sees_output,
    measured_mostly(list_contains(measured, 'throughput_utilization'), is_idle_hour) AS sees_units,
    concat_ws(', ', if(sees_requests, 'requests', NULL), if(sees_units, 'throughput_utilization', NULL),
      if(sees_input, 'tokens_input', NULL), if(sees_output, 'tokens_output', NULL)) AS seen
  FROM by_hour, param
  GROUP BY resource_id
)
SELECT resource_id, expected_loss AS remaining, 0::DOUBLE AS remaining_best,
  greatest(expected_loss, return_share) AS remaining_worst,
  'medium' AS confidence,                                            -- how long it stays so is not shown to be more
  quiet_for('traffic on ' || coalesce(name, resource_id), last_traffic, idle_hours // 24, excluded)
    || if(seen = '', '', format(' Measured: {}.', seen))
    -- what uses a unit is a request with tokens and takes a share of it; no metric of AWS says how large that is
    || if(sees_units OR (sees_requests AND (sees_input OR sees_output)), '', not_measured([
      if(sees_requests, NULL, 'requests'), if(sees_input OR sees_output, NULL, 'tokens'),
      if(provider = 'aws', NULL, 'utilization')]))
    || short_history(known_hours) AS reason,
  CASE WHEN provider = 'gcp' THEN 'end_order'
    -- units of Bedrock with a commitment cannot be deleted before its end; a reservation of Azure is no part of them
    WHEN provider = 'aws' AND purchase = 'committed' THEN 'delete_at_end' ELSE 'delete' END AS remedy,
  last_traffic, hours_seen, replicas AS units
FROM subject JOIN history USING (resource_id) JOIN policy USING (resource_id) LEFT JOIN pause USING (resource_id)
  JOIN recent USING (resource_id), param
WHERE coalesce(last_traffic < recent_from, true) AND last_hours > 0 AND recent_hours >=
    -- or before the window too, where that is shorter
    least(24 * idle_days, counted_hours)
  -- seen for long enough; age unknown: the metrics decide
  AND coalesce(created_at <= window_end - to_days(idle_days), true)
  -- no signal shows work, and what came back after pauses, also before the window, is quiet for longer (docs/work.md)
  AND idle_hours >= greatest(24 * idle_days, 1.5 * longest_return)
  AND NOT standby                                                    -- it is paid for being there
