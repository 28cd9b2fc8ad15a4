-- A weekly schedule in the owner's time zone: the days with traffic, from before the first to after the last busy hour
-- of any of them. It is found in the first half of what was seen and proved on the second: there it may cut at most
-- `max_cut` of the busy hours, which have to be `min_busy_hours` at least.
WITH requests AS (
  SELECT resource_id, hour, count_in_hour(total, average, maximum) AS requests FROM metrics WHERE metric = 'requests'
-- an hour without a point counts as busy (docs/work.md), and proves nothing
), traffic AS (
  SELECT resource_id, hour, coalesce(timezone, 'UTC') AS zone,
    -- where none was counted, tokens are what shows the work
    worked AND NOT coalesce(worked_by = ['requests'] AND requests > 0 AND requests <= max_stray, false) AS is_busy,
    is_busy AND shows_work AS is_shown
  FROM work JOIN policy USING (resource_id) LEFT JOIN requests USING (resource_id, hour), param
  WHERE NOT standby                                    -- it is paid for being there
), life AS (
  SELECT resource_id, min(hour) + (max(hour) + INTERVAL 1 HOUR - min(hour)) / 2 AS middle
  FROM traffic, param
  GROUP BY resource_id, max_cut, max_on_share
  -- busier ones are never worth it: fewer rows to look at
  HAVING bool_or(is_shown) AND count(*) FILTER (is_shown) * (1 - max_cut) <= max_on_share * count(*)
), machines AS (                                       -- an hour costs what ran in it, at its price
  SELECT resource_id, hour, coalesce(average, maximum, total, instances) AS running
  FROM (FROM metrics WHERE metric = 'replicas') FULL JOIN hour_price USING (resource_id, hour) WHERE running IS NOT NULL
), endpoint AS (
  SELECT *, coalesce(stated_word(attributes['endpoint_type']), '') AS endpoint_type,
    coalesce(least_replicas(attributes), 1) AS fewest,
    coalesce(most_replicas(attributes), fewest) AS most,
    -- neither its limits nor its bill show that it always has the same number
    most_replicas(attributes) IS NULL
      AND NOT is_fixed_size(attributes['autoscaling']) AND NOT coalesce(is_steady, false) AS may_scale
  FROM subject LEFT JOIN (SELECT resource_id, min(instances) >= 0.98 * max(instances) AS is_steady
    FROM billed_instances GROUP BY resource_id) USING (resource_id)
), usual AS (                                          -- what an uncounted hour has at least and at most
  SELECT resource_id, least(min(running), if(most > fewest, fewest, NULL)) AS fewest_running,
    greatest(max(running), if(most > fewest, most, NULL)) AS most_running
  FROM endpoint LEFT JOIN machines USING (resource_id)
  GROUP BY resource_id, fewest, most
), clock AS (              -- every hour of the window in every time zone; in India and Nepal it is a part of two hours
  SELECT zone, hour, local.day AS day, local.clock AS clock, local.part AS part
  FROM (SELECT zone, hour, unnest(local_hours(zone, hour)) AS local
    FROM (SELECT DISTINCT coalesce(timezone, 'UTC') AS zone FROM policy),
      (SELECT unnest(range(window_start, window_end, INTERVAL 1 HOUR)) AS hour FROM param))
), hours AS (
  SELECT t.*, middle, day, clock, part, running,
    part * coalesce(price, 1) * coalesce(running, fewest_running, 1) AS least_weight,
    part * coalesce(price, 1) * coalesce(running, most_running, 1) AS most_weight,
    hour >= coalesce(run_rate_from, window_start) AS is_recent
  FROM traffic t JOIN life USING (resource_id) JOIN spend USING (resource_id) JOIN clock USING (zone, hour)
    LEFT JOIN machines USING (resource_id, hour) LEFT JOIN hour_price USING (resource_id, hour)
    LEFT JOIN usual USING (resource_id), param
-- each hour of the week in each half: how often it was seen, busy, and what ran in it
), seen AS (
  SELECT resource_id, zone, if(hour < middle, 1, 2) AS half, day, clock, sum(part) AS hours,
    coalesce(sum(part) FILTER (is_busy), 0) AS busy, coalesce(sum(part) FILTER (is_shown), 0) AS shown,
    sum(least_weight) AS machine_hours,
    sum(most_weight) AS most_machine_hours,
    coalesce(sum(least_weight) FILTER (is_recent), 0) AS recent_hours,
    coalesce(sum(most_weight) FILTER (is_recent), 0) AS most_recent_hours,
    bool_and(running IS NOT NULL) AS knows_machines, bool_or(running IS NOT NULL) AS knows_some
  FROM hours
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
  SELECT resource_id, zone, hours, shown, machine_hours, most_machine_hours, recent_hours, most_recent_hours,
    knows_machines, knows_some, seen.half = 2 AS is_proof, found.days, found.on_from, found.off_from, found.off_hours,
    is_scheduled(day, clock, found.days, found.off_from, found.off_hours) AS on_now,
    is_scheduled(day, clock, other.days, other.off_from, other.off_hours) AS on_other
  FROM seen JOIN schedule found USING (resource_id) JOIN schedule other USING (resource_id)
  WHERE found.half = 1 AND other.half = 2
), cut AS (     -- an hour in use is cut where any hour of the clock that it touches is off
  SELECT resource_id, count(DISTINCT hour) AS cut_hours
  FROM hours JOIN schedule USING (resource_id)
  WHERE half = 1 AND hour >= middle AND is_busy AND NOT is_scheduled(day, clock, days, off_from, off_hours)
  GROUP BY resource_id
), judged AS (
  SELECT resource_id, zone, days, on_from, off_from, off_hours, round(sum(hours))::BIGINT AS hours_seen,
    round(sum(shown))::BIGINT AS busy_hours,
    round(coalesce(sum(shown) FILTER (is_proof), 0))::BIGINT AS busy_hours_proof,
    coalesce(max(cut_hours), 0)::BIGINT AS busy_hours_cut,
    busy_hours_cut / nullif(busy_hours_proof, 0) AS cut_share,
    -- Without a count, the most that there can be ran while it would be on, and the fewest while it would be off.
    sum(if(on_now, most_machine_hours, 0)) / sum(if(on_now, most_machine_hours, machine_hours)) AS share_all,
    -- The saving is a share of what the last days cost: where they are more within the schedule than the window was,
    -- they decide.
    coalesce(sum(if(on_now, most_recent_hours, 0)) / nullif(sum(if(on_now, most_recent_hours, recent_hours)), 0),
      share_all) AS share_recent, greatest(share_all, share_recent) AS share_on,
    sum(if(on_other, most_machine_hours, 0)) / sum(if(on_other, most_machine_hours, machine_hours)) AS share_other,
    sum(if(on_now OR on_other, most_machine_hours, 0)) / sum(if(on_now OR on_other, most_machine_hours, machine_hours))
      AS share_both,
    bool_and(knows_machines) AS knows_machines, bool_or(knows_some) AS knows_some
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
  -- what both together leave; few endpoints and days stand behind the proof, so at least half stays in doubt
  greatest(share_both, (1 + share_on) / 2) AS remaining_worst,
  -- one that scales costs least when nobody calls it, and an hour that was not counted may have had any number
  if((NOT knows_machines AND (most > fewest OR may_scale OR knows_some)) OR earlier_cut IS NOT NULL, 'low', 'medium')
    AS confidence,
  target,
  CASE WHEN provider = 'aws' AND starts_with(endpoint_type, 'async') THEN 'scheduled_scaling_queued'
    WHEN provider = 'aws' AND yes_or_no(attributes['inference_components']) = 'yes' THEN 'scheduled_scaling'
    ELSE 'redeploy' END AS remedy,
  schedule_reason('endpoint', busy_hours, hours_seen, spelled_out, busy_hours_cut, busy_hours_proof)
    || missed_before(missed, known_hours) AS reason,
  -- evidence: shown as it is
  spelled_out AS schedule, schedule_start(provider, days, on_from, off_hours) AS start_cron,
  schedule_stop(provider, days, off_from, off_hours) AS stop_cron,
  if(start_cron IS NOT NULL, zone, NULL) AS schedule_zone,
  cut_share, busy_hours, busy_hours_cut, earlier_cut AS earlier_hours_cut, hours_seen,
  knows_machines, accelerator, accelerator_count
FROM endpoint JOIN named USING (resource_id), param
WHERE cut_share <= max_cut AND busy_hours_proof >= min_busy_hours AND share_on <= max_on_share
  AND NOT starts_with(endpoint_type, 'serverless')                   -- costs nothing while nobody calls it
  AND (NOT starts_with(endpoint_type, 'async') OR replicas > 0)      -- the same, unless it keeps machines
