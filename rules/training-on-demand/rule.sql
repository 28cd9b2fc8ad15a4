-- What remains is the spot price over the price paid, times what interruptions cost: with one every 1/x pieces of work,
-- a piece is worked on (e^x - 1) / x times.
WITH paid AS (
  SELECT s.*, s.offered_as AS type, s.bare_as AS machine, b.an_hour,
    s.kind = 'training_cluster' AND coalesce(s.replicas, 1) = 0 AND b.resource_id IS NULL AS is_unused,
    coalesce(if(yes_or_no(s.attributes['managed_spot']) = 'yes', 'spot', s.purchase), b.bought) AS bought
  FROM subject s
    LEFT JOIN paid_hours b USING (resource_id)
), own_spot AS (      -- what the same machine cost as spot in the same bill
  SELECT offered_by, region, type, median(an_hour) AS an_hour FROM paid WHERE bought = 'spot' AND an_hour > 0
  GROUP BY ALL
), listed AS (
  SELECT provider AS offered_by, region, lower(machine_type) AS type,
    min(spot / nullif(on_demand, 0))::DOUBLE AS ratio FROM offers_as_listed
    WHERE spot > 0 GROUP BY ALL
), low AS (           -- clusters of Azure Machine Learning are not sold as Spot, but as low priority
  SELECT o.provider AS offered_by, o.region, lower(o.machine_type) AS type,
    min(l.spot / nullif(o.on_demand, 0))::DOUBLE AS ratio
  FROM offers_as_listed o JOIN offers_as_listed l ON l.provider = o.provider AND l.region = o.region
    AND lower(l.machine_type) = 'lowpriority/' || lower(o.machine_type)
  WHERE l.spot > 0 GROUP BY ALL
), job AS (
  SELECT p.*, coalesce((epoch(p.ended_at) - epoch(p.created_at)) / 3600, p.life_days * 24,
      (epoch(window_end) - epoch(window_start)) / 3600) AS job_hours,
    own_spot.an_hour / p.an_hour AS paid_ratio, coalesce(low.ratio, own.ratio, bare.ratio) AS list_ratio,
    if(low.ratio IS NULL, 'Spot', 'Low priority') AS sold_as,
    coalesce(paid_ratio, list_ratio) AS spot_ratio,
    resumes(checkpointed, p.attributes, p.tags) AS checkpoints,
    -- how long one takes that still runs is unknown
    p.kind = 'training_job' AND coalesce(p.ended_at <= window_end, false) AND job_hours <= short_hours AS is_short,
    if(checkpoints = 'yes', if(p.kind = 'training_job', least(job_hours, checkpoint_hours), checkpoint_hours),
      job_hours)::DOUBLE AS piece_hours,
    greatest(1, coalesce(p.replicas, 1)) / 24.0 AS machine_days_an_hour
  FROM paid p JOIN policy USING (resource_id) LEFT JOIN own_spot USING (offered_by, region, type)
    LEFT JOIN listed own USING (offered_by, region, type)
    LEFT JOIN low USING (offered_by, region, type)
      LEFT JOIN listed bare ON bare.offered_by = p.offered_by AND bare.region = p.region AND bare.type = p.machine
      AND starts_with(p.type, 'ml.'), param
  WHERE p.bought IS DISTINCT FROM 'spot' AND p.bought IS DISTINCT FROM 'committed'
    -- capacity that is paid in any case
    AND NOT may_name(p.attributes['training_plan']) AND NOT may_name(p.attributes['persistent_resource'])
    -- elsewhere jobs are paid for, or the cluster is not sold as spot
    AND (p.kind = 'training_job' OR p.provider = 'azure')
), redone AS (
  SELECT *, interruptions_a_day * machine_days_an_hour AS likely_rate,
    interruptions_a_day_worst * machine_days_an_hour AS worst_rate,
    times_worked(likely_rate, piece_hours, restart_hours) AS times_likely,
    times_worked(worst_rate, piece_hours, restart_hours) AS times_worst
  FROM job, param
)
SELECT resource_id, spot_ratio * times_likely AS remaining, spot_ratio AS remaining_best,
  greatest(spot_ratio * times_likely,
    least(1, (spot_ratio + (1 - spot_ratio) * price_advantage_lost_worst) * times_worst)) AS remaining_worst,
  'medium' AS confidence,                      -- how often it will be interrupted is unknown
  format('The {} ran on demand on {}{}, {}. {} costs {:.0f} % of the on-demand price, {}allowing for work repeated '
    || 'after interruptions (assumed).', if(kind = 'training_job', 'job', 'cluster'),
    if(replicas = 0, '', format('{} x ', coalesce(replicas, 1))),
    machine_type,
    if(checkpoints = 'yes', 'with checkpoints', format('for {:.1f} hours', job_hours)), sold_as, 100 * spot_ratio,
    if(format('{:.0f}', 100 * spot_ratio) = format('{:.0f}', 100 * spot_ratio * times_likely), '',
      format('or {:.0f} % ', 100 * spot_ratio * times_likely))) AS reason,
  NULL AS not_examined, spot_ratio, if(paid_ratio IS NULL, 'price list', 'own bill') AS spot_price_from, job_hours,
  checkpoints AS checkpointed, times_likely AS work_done_again_likely, times_worst AS work_done_again_worst
FROM redone
WHERE NOT is_unused AND bought IS NOT NULL AND spot_ratio IS NOT NULL AND (checkpoints = 'yes' OR is_short)
  AND spot_ratio * times_likely <= 1 - min_saving
UNION ALL BY NAME
SELECT resource_id, CASE WHEN is_unused THEN 'it had no instances at the scan and has no cost in the bill'
  WHEN bought IS NULL THEN 'purchase option (on demand or spot) unknown'
  WHEN checkpoints = 'unspecified' AND NOT is_short THEN 'unknown whether it writes checkpoints'
  ELSE 'no spot price of its instance type in its region' END AS not_examined
FROM redone
WHERE is_unused OR bought IS NULL OR (checkpoints = 'unspecified' AND NOT is_short)
  OR (spot_ratio IS NULL AND (checkpoints = 'yes' OR is_short))
