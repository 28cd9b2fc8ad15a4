-- Beyond what is required: an endpoint without traffic, a key without use, logs that are kept longer than required.
-- What the policy, a tag or a lock requires is examined and never found.
WITH control AS (
  SELECT subject.*, policy.standby, policy.data_class, coalesce(name, resource_id) AS called,
    date_diff('day', created_at, window_end) AS age_days,
    stated_word(attributes['retention_days']) AS retention,
    stated_number(attributes['retention_days']) AS retention_days,
    stated_time(attributes['last_used']) AS last_used, stated_count(attributes['used_by']) AS used_by,
    stated_word(attributes['connection_state']) AS connection_state,
    coalesce(yes_or_no(attributes['key_state']) = 'no', false) AS is_disabled,
    standby OR may_name(attributes['required_by']) OR may_name(tags['required_by'])
      -- a name or a date of a hold is one, too
      OR may_name(attributes['legal_hold']) OR may_name(tags['legal_hold'])
      OR coalesce(yes_or_no(attributes['locked']) = 'yes', false)
        OR (kind IN ('private_endpoint', 'encryption_key') AND data_class IS NOT NULL) AS is_required,
    -- A bill or a usage file proves that nothing goes through an endpoint, and nothing of what requires it.
    kind = 'private_endpoint' AND coalesce(cardinality(tags), 0) = 0
      AND len(list_filter(map_keys(coalesce(attributes, MAP {})), lambda key: key <> 'not_in_inventory'))
        = 0 AS may_be_required
  FROM subject JOIN policy USING (resource_id), param
), traffic AS (
  SELECT resource_id, count(DISTINCT hour) AS hours, sum(coalesce(total, average, maximum)) AS bytes
  FROM metrics, param WHERE metric = 'network_bytes' AND hour >= window_end - to_days(unused_days) GROUP BY resource_id
-- the hours of an endpoint and what went through it are meters of their own: hours alone are no traffic. What went
-- through is traffic whatever it cost: a free tier and small amounts cost nothing.
), billed AS (
  SELECT resource_id, count(DISTINCT ChargePeriodStart::DATE) FILTER (cost > 0) AS days,
    bool_or(regexp_matches(concat_ws(' ', SkuMeter, ChargeDescription), 'bytes|data processed', 'i')) AS has_traffic,
    -- a line without words may be traffic
    bool_and(regexp_matches(concat_ws(' ', SkuMeter, ChargeDescription, ConsumedUnit), 'hour|hrs', 'i'))
      FILTER (coalesce(cost, 0) >= 0) AS names_hours
  FROM charges, param
  WHERE charge_kind = 'cost' AND coalesce(ConsumedQuantity, 1) <> 0
    AND ChargePeriodStart >= window_end - to_days(unused_days) GROUP BY resource_id
), judged AS (
  SELECT control.*, traffic.hours AS measured_hours, bytes, days AS billed_days, has_traffic,
    -- what was billed on all these days is as old
    coalesce(age_days >= unused_days, if(kind = 'private_endpoint' AND days >= 0.9 * unused_days, true, NULL))
      AS is_old_enough,
    CASE
      WHEN kind = 'private_endpoint' AND connection_state IN ('rejected', 'disconnected', 'failed', 'expired', 'closed')
        THEN if(bytes > 0 OR has_traffic, 'contradictory', 'connection')
      WHEN kind = 'private_endpoint' AND (bytes > 0 OR has_traffic) THEN 'in use'
      WHEN kind = 'private_endpoint' AND connection_state IN ('pending', 'pendingacceptance') THEN 'not approved'
      WHEN kind = 'private_endpoint' AND measured_hours >= 24 * unused_days THEN 'no traffic'
      WHEN kind = 'private_endpoint' AND provider = 'aws' AND days >= 0.9 * unused_days AND names_hours
        THEN 'no traffic billed'
      WHEN kind = 'private_endpoint' THEN 'unknown'
      WHEN kind = 'encryption_key' AND used_by > 0 THEN 'in use'
      WHEN kind = 'encryption_key' AND last_used > window_end - to_days(unused_days) THEN 'in use'
      WHEN kind = 'encryption_key' AND is_disabled THEN 'disabled'
      WHEN kind = 'encryption_key' AND used_by = 0 THEN 'nothing encrypted'
      WHEN kind = 'encryption_key' AND last_used IS NOT NULL THEN 'not used'
      WHEN kind = 'encryption_key' THEN 'unknown'
      WHEN retention IN ('never', 'none', 'unlimited') OR retention_days > required_retention_days THEN 'kept'
      WHEN retention_days >= 0 THEN 'in use'
      ELSE 'unknown' END AS state_of_use
  FROM control LEFT JOIN traffic USING (resource_id) LEFT JOIN billed USING (resource_id), param
-- written evenly, so of what is kept the part that is older than required goes; only the storage of it
), logs AS (
  SELECT judged.resource_id, least(age_days, coalesce(retention_days, age_days)) AS kept_days,
    required_retention_days / nullif(kept_days, 0) AS kept_share,
    storage_cost::DOUBLE / nullif((time_cost + usage_cost + storage_cost)::DOUBLE, 0) AS storage_share
  FROM judged LEFT JOIN spend USING (resource_id), param WHERE kind = 'log_store' AND state_of_use = 'kept'
)
SELECT resource_id,
  CASE WHEN kind = 'log_store' THEN 1 - (1 - kept_share) * coalesce(storage_share, 1) ELSE 0 END AS remaining,
  -- how long logs are required is assumed, and what has expired is gone: somebody checks it by hand
  CASE WHEN may_be_required OR state_of_use IN ('not used', 'kept')
      OR (state_of_use = 'nothing encrypted' AND last_used IS NULL) THEN 'low'
    -- how long it has waited is not known, only that it is as old
    WHEN state_of_use IN ('no traffic billed', 'disabled', 'not approved') THEN 'medium' ELSE 'high' END AS confidence,
  CASE WHEN kind = 'private_endpoint' THEN 'delete_endpoint' WHEN state_of_use = 'disabled' THEN 'delete_key'
    WHEN kind = 'encryption_key' THEN 'disable_key' ELSE 'set_expiry' END AS remedy,
  CASE state_of_use
    WHEN 'connection' THEN format('The connection of {} is {}: nothing can go through it.', called, connection_state)
    WHEN 'not approved'
      THEN format('The connection of {} is not approved: nothing can go through it, and it is billed.', called)
    WHEN 'no traffic' THEN format('No traffic through {} in {} days.', called, unused_days)
    WHEN 'no traffic billed' THEN format('The bill shows hours of {} on {} days but no traffic.', called, billed_days)
    WHEN 'disabled' THEN format('{} is disabled: nothing can use it, and it is still paid for.', called)
    WHEN 'nothing encrypted' THEN format('No resource is encrypted with {}.{}', called,
      if(last_used IS NULL, ' When it was last used is unknown: an application may use it by itself.', ''))
    WHEN 'not used' THEN format('{} was last used on {}; data may still be encrypted with it.', called,
      strftime(last_used, '%Y-%m-%d'))
    WHEN 'kept' THEN format('{} keeps entries {}. The rule assumes that {:,} days are required; '
      || 'older entries would be deleted for good.', called,
      if(retention_days IS NULL, 'without expiry', format('for {:,} days', round(retention_days)::BIGINT)),
      required_retention_days)
  END || if(may_be_required, ' It has neither attributes nor tags, so whether anything requires it is unknown.', '')
    AS reason,
  CASE WHEN kind = 'log_store' THEN required_retention_days::VARCHAR END AS target,
  NULL AS not_examined, age_days, retention AS retention_days, last_used, measured_hours,
  kept_share AS share_within_retention
FROM judged LEFT JOIN logs USING (resource_id), param
WHERE NOT is_required AND state_of_use NOT IN ('in use', 'unknown', 'contradictory') AND is_old_enough
  AND (kind <> 'log_store' OR kept_share < 1)
UNION ALL BY NAME
SELECT resource_id,
  CASE WHEN state_of_use = 'unknown' AND kind = 'private_endpoint'
    THEN CASE WHEN measured_hours >= date_diff('hour', window_start, window_end)
        THEN 'the window is shorter than the days without traffic that are needed'
      WHEN measured_hours > 0 THEN metric_lacks('network_bytes', measured_hours) || '; a finding depends on it'
      ELSE 'no network_bytes metric' || if(connection_state IS NULL, ' and no connection state',
        format('; its connection is {}', connection_state)) END
    WHEN state_of_use = 'contradictory'
      THEN format('its connection is {}, but traffic went through it in the last {} days', connection_state,
        unused_days)
    WHEN state_of_use = 'unknown' AND kind = 'encryption_key' THEN 'its last use is unknown'
    WHEN state_of_use = 'unknown' THEN 'its retention is unknown'
    ELSE 'its age is unknown' END AS not_examined
FROM judged, param
WHERE NOT is_required AND (state_of_use IN ('unknown', 'contradictory')
  OR (state_of_use <> 'in use' AND is_old_enough IS NULL))
