-- A weekly schedule in the owner's time zone: the days with load, from before the first to after the last busy hour of
-- any of them. It is found in the first half of what was seen and proved on the second: there it may cut at most
-- `max_cut` of the busy hours, which have to be `min_busy_hours` at least.
-- an hour without a point counts as busy (docs/work.md), and proves nothing
WITH ran AS (
  SELECT resource_id, hour, coalesce(timezone, 'UTC') AS zone, worked, shows_work, worked_by, measured,
    coalesce(price, 1) AS price, hour >= coalesce(run_rate_from, window_start) AS is_recent
  FROM work JOIN policy USING (resource_id) JOIN spend USING (resource_id)
    LEFT JOIN hour_price USING (resource_id, hour), param
  WHERE NOT standby                                    -- it is paid for being there
), life AS (
  SELECT resource_id, min(hour) + (max(hour) + INTERVAL 1 HOUR - min(hour)) / 2 AS middle,
    -- traffic and logins, while what the instance is paid for was measured and did nothing
    coalesce(bool_and(list_has_all(['network', 'sessions'], worked_by) AND list_has_all(measured, ['gpu', 'cpu']))
      FILTER (shows_work), false) AS is_by_the_way,
    coalesce(bool_or(list_contains(worked_by, 'network')), false) AS has_traffic,
    measured_mostly(list_contains(measured, 'cpu'), NOT worked) AS sees_processors
  FROM ran, param
  GROUP BY resource_id, max_cut, max_on_share
  -- busier ones are never worth it: fewer rows to look at
  HAVING bool_or(shows_work) AND count(*) FILTER (shows_work) * (1 - max_cut) <= max_on_share * count(*)
), gpu AS (                                            -- an hour without a point has no maximum either
  SELECT resource_id, count(*) FILTER (has_maximum IS DISTINCT FROM true) <= max_mean_only * count(*) AS has_maxima
  FROM ran SEMI JOIN life USING (resource_id)
    LEFT JOIN (SELECT resource_id, hour, bool_and(maximum IS NOT NULL) AS has_maximum FROM metrics
      WHERE metric = 'gpu_utilization' AND resource_id IN (SELECT resource_id FROM life) GROUP BY ALL)
      USING (resource_id, hour), param
  GROUP BY resource_id, max_mean_only
), clock AS (              -- every hour of the window in every time zone; in India and Nepal it is a part of two hours
  SELECT zone, hour, local.day AS day, local.clock AS clock, local.part AS part
  FROM (SELECT zone, hour, unnest(local_hours(zone, hour)) AS local
    FROM (SELECT DISTINCT coalesce(timezone, 'UTC') AS zone FROM policy),
      (SELECT unnest(range(window_start, window_end, INTERVAL 1 HOUR)) AS hour FROM param))
-- each hour of the week in each half: how often it was seen and busy, and what it cost
), seen AS (
  SELECT resource_id, zone, if(hour < middle, 1, 2) AS half, day, clock, sum(part) AS hours,
    sum(part * price) AS cost, coalesce(sum(part * price) FILTER (is_recent), 0) AS recent_cost,
    coalesce(sum(part) FILTER (worked), 0) AS busy,
    coalesce(sum(part) FILTER (shows_work), 0) AS shown
  FROM ran JOIN life USING (resource_id) JOIN clock USING (zone, hour)
  GROUP BY ALL
), rest AS (    -- the longest time of the day in which nothing was busy on any day of that half, less the margin
  SELECT resource_id, half, unnest(daily_rest(list(DISTINCT clock ORDER BY clock), margin_hours))
  FROM seen, param WHERE busy > 0 GROUP BY resource_id, half, margin_hours
), schedule AS (         -- on the days with busy hours; those after midnight are of the day before
  SELECT resource_id, half, off_hours, off_from, on_from,
    list(DISTINCT schedule_day(day, clock, off_from, off_hours) ORDER BY schedule_day(day, clock, off_from, off_hours))
      AS days
  FROM rest JOIN seen USING (resource_id, half) WHERE busy > 0 GROUP BY ALL
), tried AS (
  SELECT resource_id, zone, hours, cost, recent_cost, shown, seen.half = 2 AS is_proof, found.days, found.on_from,
    found.off_from, found.off_hours,
    is_scheduled(day, clock, found.days, found.off_from, found.off_hours) AS on_now,
    is_scheduled(day, clock, other.days, other.off_from, other.off_hours) AS on_other
  FROM seen JOIN schedule found USING (resource_id) JOIN schedule other USING (resource_id)
  WHERE found.half = 1 AND other.half = 2
), cut AS (     -- an hour in use is cut where any hour of the clock that it touches is off
  SELECT resource_id, count(DISTINCT hour) AS cut_hours
  FROM ran JOIN life USING (resource_id) JOIN clock USING (zone, hour) JOIN schedule USING (resource_id)
  WHERE half = 1 AND hour >= middle AND worked AND NOT is_scheduled(day, clock, days, off_from, off_hours)
  GROUP BY resource_id
), judged AS (
  SELECT resource_id, zone, days, on_from, off_from, off_hours, round(sum(hours))::BIGINT AS hours_seen,
    round(sum(shown))::BIGINT AS busy_hours,
    round(coalesce(sum(shown) FILTER (is_proof), 0))::BIGINT AS busy_hours_proof,
    coalesce(max(cut_hours), 0)::BIGINT AS busy_hours_cut,
    busy_hours_cut / nullif(busy_hours_proof, 0) AS cut_share,
    coalesce(sum(cost) FILTER (on_now), 0) / nullif(sum(cost), 0) AS share_all,
    -- The saving is a share of what the last days cost: where they are more within the schedule than the window was,
    -- they decide.
    coalesce(coalesce(sum(recent_cost) FILTER (on_now), 0) / nullif(sum(recent_cost), 0), share_all) AS share_recent,
    greatest(share_all, share_recent) AS share_on,
    coalesce(sum(cost) FILTER (on_other), 0) / nullif(sum(cost), 0) AS share_other,
    coalesce(sum(cost) FILTER (on_now OR on_other), 0) / nullif(sum(cost), 0) AS share_both
  FROM tried LEFT JOIN cut USING (resource_id)
  GROUP BY ALL
), named AS (
  SELECT judged.*, known_hours, schedule_target(days, on_from, off_from, off_hours, zone) AS target,
    schedule_sentence(days, on_from, off_from, off_hours, zone) AS spelled_out,
    missed_hours(earlier_work, window_end - to_hours(known_hours), window_end, max_cut, days, off_from, off_hours,
      zone) AS missed, len(missed) AS earlier_cut
  FROM judged JOIN pause USING (resource_id), param
)
SELECT
  resource_id,
  share_on AS remaining,
  -- what the schedule of the other half leaves, and never more off than what the hours off cost
  greatest(share_recent, least(share_on, share_other)) AS remaining_best,
  -- what both together leave; few machines and days stand behind the proof, so at least half stays in doubt
  greatest(share_both, (1 + share_on) / 2) AS remaining_worst,
  if(has_maxima AND earlier_cut IS NULL AND (knows_jobs OR sees_processors), 'medium', 'low') AS confidence,
  target,
  if(provider = 'aws' AND purchase = 'spot', 'schedule_spot', 'schedule') AS remedy,
  stated_count(attributes['instance_store_gb']) AS instance_store_gb,
  schedule_reason(if(kind = 'notebook', 'notebook', 'instance'), busy_hours, hours_seen, spelled_out,
      busy_hours_cut, busy_hours_proof)
    || if(is_by_the_way,
      if(has_traffic, ' Only network traffic shows this use; GPU and CPU were idle in these hours. '
          || 'If it is a backup or an update, stop the instance instead.',
        ' Only a session shows this use; GPU and CPU were idle in these hours.'), '')
    || unknown_jobs(knows_jobs, unplaced_jobs) || if(instance_store_gb > 0,
      format(' Each stop loses the data on its instance store ({:,} GB).', instance_store_gb), '')
    || missed_before(missed, known_hours) AS reason,
  -- evidence: shown as it is
  spelled_out AS schedule, schedule_start(provider, days, on_from, off_hours) AS start_cron,
  schedule_stop(provider, days, off_from, off_hours) AS stop_cron,
  if(start_cron IS NOT NULL, zone, NULL) AS schedule_zone,
  cut_share, busy_hours, busy_hours_cut, earlier_cut AS earlier_hours_cut, hours_seen,
  accelerator, accelerator_count
FROM subject JOIN named USING (resource_id) JOIN gpu USING (resource_id)
  JOIN (SELECT resource_id, is_by_the_way, has_traffic, sees_processors FROM life) USING (resource_id), param
WHERE cut_share <= max_cut AND busy_hours_proof >= min_busy_hours AND share_on <= max_on_share
