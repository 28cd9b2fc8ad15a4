-- What remains is the spot price of the bare machine over what an hour costs now, times what interruptions make it do
-- again.
WITH paid AS (
  SELECT s.*, s.offered_as AS type, s.bare_as AS machine, coalesce(s.purchase, b.bought) AS bought, b.an_hour,
    s.kind = 'gpu_workload' AS is_workload, regexp_matches(s.resource_id, '/(jobs|cronjobs)/')
      OR coalesce(stated_word(s.attributes['workload_kind']) IN ('job', 'cronjob'), false)
        AS is_job
  FROM subject s LEFT JOIN paid_hours b USING (resource_id)
  WHERE s.machine_type IS NOT NULL           -- jobs of models are paid for by the token
), listed AS (
  SELECT provider, region, lower(machine_type) AS type, min(on_demand)::DOUBLE AS on_demand, min(spot)::DOUBLE AS spot,
      bool_or(in_audit_currency) AS is_comparable
    FROM offers_as_listed GROUP BY ALL
), job AS (
  SELECT p.*, coalesce((epoch(p.ended_at) - epoch(p.created_at)) / 3600, p.life_days * 24,
      (epoch(window_end) - epoch(window_start)) / 3600) AS job_hours,
    -- what is paid, beside a price in the same currency; else two list prices
    bare.spot / coalesce(if(is_workload OR NOT bare.is_comparable, NULL, p.an_hour), own.on_demand) AS spot_ratio,
    resumes(checkpointed, p.attributes, p.tags) AS goes_on,
    -- how long one takes that still runs is unknown
    NOT is_workload AND coalesce(p.ended_at <= window_end, false) AND job_hours <= short_hours AS is_short,
    if(goes_on = 'yes', param.piece_hours, job_hours)::DOUBLE AS piece,
    greatest(1, coalesce(p.replicas, 1)) / 24.0 AS machine_days_an_hour
  FROM paid p JOIN policy USING (resource_id)
    LEFT JOIN listed own ON own.provider = p.offered_by AND own.region = p.region AND own.type = p.type
    LEFT JOIN listed bare ON bare.provider = p.offered_by AND bare.region = p.region AND bare.type = p.machine, param
  WHERE p.bought IS DISTINCT FROM 'spot' AND p.bought IS DISTINCT FROM 'committed' AND (is_job OR NOT is_workload)
), redone AS (
  SELECT *, interruptions_a_day * machine_days_an_hour AS likely_rate,
    interruptions_a_day_worst * machine_days_an_hour AS worst_rate,
    times_worked(likely_rate, piece, restart_hours) AS times_likely,
    times_worked(worst_rate, piece, restart_hours) AS times_worst
  FROM job, param
)
SELECT resource_id, spot_ratio * times_likely AS remaining, spot_ratio AS remaining_best,
  greatest(spot_ratio * times_likely,
    least(1, (spot_ratio + (1 - spot_ratio) * price_advantage_lost_worst) * times_worst)) AS remaining_worst,
  'medium' AS confidence,                      -- how often it will be interrupted is unknown
  if(is_workload, 'spot_nodes', 'spot_batch') AS remedy,
  format('The job ran on demand on {} x {}{}. Spot costs {:.0f} % of the on-demand price, {}allowing for work '
    || 'repeated after interruptions (assumed).', coalesce(replicas, 1), machine_type,
    if(goes_on = 'yes', ' and resumes from checkpoints', format(' for {:.1f} hours', job_hours)), 100 * spot_ratio,
    if(format('{:.0f}', 100 * spot_ratio) = format('{:.0f}', 100 * spot_ratio * times_likely), '',
      format('or {:.0f} % ', 100 * spot_ratio * times_likely))) AS reason,
  NULL AS not_examined, spot_ratio, if(is_workload, NULL, job_hours) AS job_hours, goes_on AS checkpointed,
  times_likely AS work_done_again_likely, times_worst AS work_done_again_worst
FROM redone
WHERE bought IS NOT NULL AND (goes_on = 'yes' OR is_short) AND spot_ratio * times_likely <= 1 - min_saving
UNION ALL BY NAME
SELECT resource_id, CASE WHEN bought IS NULL THEN 'purchase option (on demand or spot) unknown'
  WHEN goes_on = 'unspecified' AND NOT is_short THEN 'unknown whether it resumes from checkpoints'
  ELSE 'no spot price of its instance type in its region' END AS not_examined
FROM redone
WHERE bought IS NULL OR (goes_on = 'unspecified' AND NOT is_short)
  OR (spot_ratio IS NULL AND (goes_on = 'yes' OR is_short))
