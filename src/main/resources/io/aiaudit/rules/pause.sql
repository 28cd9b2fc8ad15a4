-- How long each subject has been without work (for rules that count since the last change: since then), and how long it
-- was at most before it worked again, as far back as anything is known of it. Before the window it was quiet as long as
-- each hour was measured.
WITH worked AS (     -- a pause ends with any hour that may have held work, and begins only with one that surely did
  SELECT resource_id, hour,
    max(hour) FILTER (works > 0) OVER (PARTITION BY resource_id
      ORDER BY hour ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
  FROM {work}
  WHERE worked AND resource_id IN (SELECT resource_id FROM temp.main.subject)
), known AS (         -- an hour that may have held work shows nothing of its use
  SELECT resource_id, min(hour) AS since FROM {work}
    WHERE (works > 0 OR NOT worked) AND resource_id IN (SELECT resource_id FROM temp.main.subject) GROUP BY ALL
), quiet AS (
  SELECT resource_id, min(hour) AS quiet_from
  FROM (SELECT resource_id, hour, row_number() OVER (PARTITION BY resource_id ORDER BY hour DESC) AS hours_before
    FROM {work}
    WHERE hour < {start} AND NOT worked AND resource_id IN (SELECT resource_id FROM temp.main.subject))
  WHERE hour + to_hours(hours_before) = {start}
  GROUP BY ALL
), averages AS (     -- hours of that time of which only an average is known, above nothing
  SELECT resource_id, count(DISTINCT hour) AS earlier_averages
  FROM {base}metrics JOIN quiet USING (resource_id)
  WHERE metric = 'gpu_utilization' AND hour >= quiet_from AND hour < {start}
    AND maximum IS NULL AND average > 0
  GROUP BY ALL
), ran AS (
  SELECT resource_id, min(hour) AS first_hour, count(*) AS hours, count(*) FILTER (worked) AS worked_hours,
    count(*) FILTER (works > 0) AS shown_hours
  FROM {work} hourly
  WHERE hour >= {start} AND resource_id IN (SELECT resource_id FROM temp.main.subject){unchanged}
  GROUP BY ALL
), history AS (
  SELECT resource_id, max(hour) AS last_work,
    max(date_diff('hour', coalesce(before + INTERVAL 1 HOUR, least(first_hour, since)), hour)) AS longest_return,
    list(hour ORDER BY hour) FILTER (hour < {start}) AS earlier_work
  FROM worked JOIN ran USING (resource_id) LEFT JOIN known USING (resource_id) GROUP BY resource_id
), idle AS (
  SELECT resource_id, last_work,
    greatest(if(last_work IS NULL AND first_hour > {start}, first_hour, coalesce(quiet_from, {start})),
      coalesce(last_work + INTERVAL 1 HOUR, since), created_at, c.{change}, e.changed_at) AS idle_from,
    longest_return, earlier_work, since,
    greatest(since, c.{change}, e.changed_at) AS present_since, hours, worked_hours, shown_hours
  FROM ran JOIN temp.main.subject USING (resource_id)
    LEFT JOIN (FROM aiaudit_changes WHERE {counts_since}) c USING (resource_id)
    LEFT JOIN (FROM aiaudit_earlier_changes WHERE {counts_since}) e USING (resource_id) JOIN known USING (resource_id)
    LEFT JOIN history USING (resource_id) LEFT JOIN quiet USING (resource_id)
), excluded AS (     -- what the policy takes out says nothing of use, and is no idle time either
  SELECT resource_id, list(DISTINCT hour ORDER BY hour) AS excluded,
    count(DISTINCT hour) FILTER (hour >= date_trunc('hour', idle_from)) AS excluded_hours,
    count(DISTINCT hour) FILTER (hour >= {start}) AS excluded_of_window
  FROM (SELECT resource_id, idle_from,
    unnest(range(date_trunc('hour', greatest(period_start, least(idle_from, {start}))), least(period_end, {end}),
      INTERVAL 1 HOUR)) AS hour FROM idle JOIN aiaudit_excluded USING (resource_id))
  GROUP BY ALL
), paused AS (
  SELECT resource_id, last_work, idle_from, coalesce(excluded, []) AS excluded,
    {hours} - coalesce(excluded_of_window, 0) AS counted_hours,
    greatest(0, date_diff('hour', idle_from, {end}) - coalesce(excluded_hours, 0)) AS idle_hours,
    coalesce(longest_return, 0) AS longest_return, greatest(date_diff('hour', since, {end}), 0) AS known_hours,
    greatest(date_diff('hour', present_since, {end}), 0) AS present_hours,
    coalesce(earlier_work, []) AS earlier_work, coalesce(earlier_averages, 0) AS earlier_averages,
    hours, worked_hours, shown_hours
  FROM idle LEFT JOIN excluded USING (resource_id) LEFT JOIN averages USING (resource_id)
), part AS (         -- a whole represents parts without metrics, and says nothing of those that have some
  SELECT a.ancestor_id AS resource_id, min(idle_hours) AS idle_hours_of_parts
  FROM paused JOIN temp.main.aiaudit_ancestors a USING (resource_id)
  WHERE a.depth > 0
  GROUP BY ALL
)
SELECT paused.*, idle_hours_of_parts FROM paused LEFT JOIN part USING (resource_id)
