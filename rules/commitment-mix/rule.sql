-- Base load of a resource: the cost on demand that nearly every hour of the window reaches, and of its last week; and
-- of the days before the window that the bill has, so many that there are min_days_counted in all.
-- Committed to, an hour costs r of it, used or not: saved is sum(min(cost, base)) x (1 - r) - sum(base - cost where it
-- is less) x r, over what the period cost; the lower of both periods counts. A commitment does not get what sustained
-- use takes off (Google Cloud): its price is r of the list, of which the base is then as well.
WITH machine AS (     -- a commitment covers sizes of a family in a region; what ran before a change does not come back
  SELECT resource_id, provider, region, greatest(window_start, coalesce(changed_at, window_start)) AS since,
    coalesce(timezone, 'UTC') AS zone,
    instance_family(provider, machine_type) AS family
  FROM subject JOIN spend USING (resource_id) JOIN policy USING (resource_id), param
), discounted AS (    -- by sustained use; the bill says so, or the family has it
  SELECT resource_id, has_list_prices
  FROM (SELECT resource_id, family, bool_and(coalesce(ListCost > 0.999 * cost, false)) AS has_list_prices,
      coalesce(bool_or(contains(SkuPriceDetails, 'x_SustainedUseDiscount')), false) AS is_shown
    FROM charges c JOIN machine m USING (resource_id)
    WHERE m.provider = 'gcp' AND component = 'time' AND charge_kind = 'cost' AND cost > 0 GROUP BY ALL)
  WHERE is_shown OR family IN ('n1', 'n2', 'n2d', 'c2', 'm1', 'm2', 'f1', 'g1')
), hourly AS (        -- only of what no other saving changes, neither one that counts nor one that waits for an answer
  SELECT s.resource_id, date_trunc('hour', c.ChargePeriodStart) AS hour, sum(c.cost)::DOUBLE AS cost,
    sum(if(has_list_prices, coalesce(c.ListCost, c.cost), c.cost))::DOUBLE AS load,
    -- the type of its most expensive line
    max({cost: c.cost, type: coalesce(if(json_valid(c.SkuPriceDetails), coalesce(
      json_extract_string(c.SkuPriceDetails, '$.InstanceType'),
      json_extract_string(c.SkuPriceDetails, '$.x_InstanceType')), NULL), c.SkuMeter, c.SkuId, '')}).type AS billed_type
  FROM subject s JOIN spend p USING (resource_id) JOIN machine USING (resource_id)
    LEFT JOIN discounted USING (resource_id)
    JOIN (FROM charges UNION ALL BY NAME FROM earlier_charges) c USING (resource_id), param
  WHERE c.ChargePeriodStart >= if(since > window_start, since, least(since,
      window_end - to_days(min_days_counted::INTEGER)))
    AND p.time_left > 1 - 1e-9 AND s.purchase IS DISTINCT FROM 'spot'
    AND s.ended_at IS NULL AND c.component = 'time' AND c.charge_kind = 'cost' AND c.cost > 0
      AND coalesce(c.PricingCategory, 'Standard') = 'Standard'
    AND c.CommitmentDiscountStatus IS NULL AND c.ChargePeriodEnd <= c.ChargePeriodStart + INTERVAL 1 HOUR
  GROUP BY ALL
-- an hour without a point is no hour of use; processors and sessions say nothing of a machine with accelerators
-- Only of what is billed on demand by the hour: of all else the bill decides, not its use
), point AS (
  SELECT m.resource_id, m.hour, count(DISTINCT m.metric) FILTER (is_steady) AS metrics,
    bool_or(if(m.metric IN ('gpu_utilization', 'cpu_utilization'), coalesce(m.maximum, m.average) > busy_utilization,
      greatest(m.total, m.average, m.maximum) > 0)) AS is_used
  FROM metrics m JOIN subject s USING (resource_id)
    JOIN (SELECT resource_id, metric, count(*) >= 0.9 * max(epoch(window_end) - epoch(since)) / 3600 AS is_steady
      FROM metrics m JOIN machine USING (resource_id), param
      WHERE m.hour >= date_trunc('hour', since) AND resource_id IN (SELECT resource_id FROM hourly) GROUP BY ALL)
      USING (resource_id, metric)
    JOIN machine USING (resource_id), param
  WHERE m.hour >= date_trunc('hour', since)
    AND (m.metric IN ('gpu_utilization', 'requests', 'tokens_input', 'tokens_output', 'tokens_cache_read',
        'tokens_cache_write')
      OR (m.metric IN ('cpu_utilization', 'sessions') AND coalesce(s.accelerator_count, 0) = 0
        AND s.accelerator IS NULL))
  GROUP BY ALL
), local AS (         -- days are those of the policy's time zone; those that the window cuts do not count
  SELECT resource_id, hour, date_trunc('day', local_time(zone, hour)) AS day,
    day >= local_time(zone, since) AND day + INTERVAL 1 DAY <= local_time(zone, window_end) AS is_whole
  FROM (SELECT resource_id, zone, since, window_end,
    unnest(range(date_trunc('hour', since), window_end, INTERVAL 1 HOUR)) AS hour
    FROM machine SEMI JOIN hourly USING (resource_id), param)
), work AS (
  SELECT resource_id, count(DISTINCT day) FILTER (is_used AND is_whole) AS used_days,
    count(DISTINCT hour) FILTER (is_used) AS used_hours, max(metrics) AS metrics
  FROM point LEFT JOIN local USING (resource_id, hour) GROUP BY resource_id
-- Hours of the day and days of the week in which it was never seen in use, and not always measured: with every hour, a
-- schedule might save more, and nothing would be committed to.
), slot AS (
  SELECT e.resource_id, unnest(flatten(list_transform(local_hours(zone, e.hour),
      lambda local: [local.clock, 100 + local.day]))) AS slot,
    coalesce(p.is_used, false) AS is_used, coalesce(p.metrics < w.metrics, true) AS is_lost
  FROM local e JOIN machine USING (resource_id) JOIN work w USING (resource_id)
    LEFT JOIN point p ON p.resource_id = e.resource_id AND p.hour = e.hour
), undecided AS (
  SELECT resource_id
  FROM (SELECT resource_id, slot, count(*) FILTER (is_lost) AS lost FROM slot GROUP BY ALL HAVING NOT bool_or(is_used)),
    param
  GROUP BY resource_id, max_on_share
  HAVING sum(lost) > 0 AND (count(*) FILTER (slot < 100) >= 24 * (1 - max_on_share)
    OR count(*) FILTER (slot > 100) >= 7 * (1 - max_on_share))
), days AS (         -- before the window as far back as it was billed on each day, as the machine type that it has now
  SELECT resource_id, min(hour) FILTER (hour < since AND hour >= coalesce(resumed, hour)) AS first_before,
    count(DISTINCT date_trunc('day', hour)) FILTER (hour >= since) AS days_billed,
    count(DISTINCT date_trunc('day', hour)) FILTER (hour < since AND hour >= coalesce(resumed, hour)) AS
      days_billed_before, bool_or(changed_before) AS changed_before
  FROM (SELECT *, max(following) FILTER (hour < since AND (following > hour + INTERVAL 24 HOUR OR is_last_of_type))
      OVER (PARTITION BY resource_id) AS resumed, hour < since AND is_last_of_type AS changed_before
    FROM (SELECT h.*, since, lead(hour) OVER by_hour AS following, lead(billed_type) OVER by_hour <> billed_type
        AS is_last_of_type
      FROM hourly h JOIN machine USING (resource_id)
      WINDOW by_hour AS (PARTITION BY h.resource_id ORDER BY hour)))
  GROUP BY ALL
), local_days AS (    -- whole days on which it was billed
  SELECT resource_id, count(DISTINCT day) AS local_days_billed
  FROM (SELECT DISTINCT resource_id, hour FROM hourly) JOIN local USING (resource_id, hour)
  WHERE is_whole GROUP BY resource_id
), bill AS (         -- the last day of one that ends within the last day is not whole
  SELECT m.provider, if(max(ChargePeriodEnd) < max(window_end) - INTERVAL 1 DAY, max(window_end),
    least(date_trunc('day', max(ChargePeriodEnd)), max(window_end))) AS bill_end
  FROM charges JOIN machine m USING (resource_id), param
  WHERE component = 'time' AND charge_kind = 'cost' AND ChargePeriodEnd <= ChargePeriodStart + INTERVAL 1 HOUR
  GROUP BY ALL
), period AS (
  SELECT resource_id, start, bill_end, (epoch(bill_end) - epoch(start)) / 3600 AS hours_all,
    if(first_before IS NULL, 2, 3) AS periods
  FROM (SELECT resource_id, bill_end, first_before,
      unnest(list_filter([first_before, since, window_end - INTERVAL 7 DAY], lambda start: start IS NOT NULL)) AS start
    FROM machine JOIN days USING (resource_id) JOIN bill USING (provider), param)
), ranked AS (
  SELECT h.*, p.* EXCLUDE (resource_id),
    row_number() OVER (PARTITION BY h.resource_id, start ORDER BY load DESC, hour) AS nth FROM hourly h
    JOIN period p ON p.resource_id = h.resource_id AND h.hour >= p.start AND h.hour < p.bill_end
), base AS (          -- of all periods the lowest: load that shrinks or rests is no base
  SELECT resource_id, if(count(*) = max(periods), min(level), 0) AS base
  FROM (SELECT resource_id, start, periods,
      coalesce(max(load) FILTER (nth = ceil(always_share * hours_all)), 0) AS level
    FROM ranked, param GROUP BY ALL) GROUP BY resource_id
), price AS (
  SELECT provider, region, lower(machine_type) AS type, min(committed_1y / nullif(on_demand, 0))::DOUBLE AS ratio
    FROM offers_as_listed WHERE committed_1y > 0
      -- no year is bound to a type that its cloud retires
      AND (written_as IS NOT NULL OR starts_with(lower(machine_type), 'attached/')) GROUP BY ALL
), part AS (
  SELECT r.resource_id, r.start, base, ratio, sum(cost) AS whole, sum(least(1, base / load) * cost) AS covered,
    base * ratio * hours_all AS committed, base * hours_all - sum(least(load, base)) AS idle,
    count(*) FILTER (load >= base) / hours_all AS steady_share, sum(load) / whole AS list_over_paid
  FROM ranked r JOIN base USING (resource_id) JOIN subject s USING (resource_id)
    JOIN price p ON p.provider = s.provider AND p.region = s.region AND p.type = s.offered_as
  GROUP BY r.resource_id, r.start, base, ratio, hours_all
), share AS (
  SELECT resource_id, base, ratio, min(covered / whole) AS base_share, min(steady_share) AS steady_share,
    max(idle / nullif(base, 0) / hours_all) AS unused_share,
    min((covered - committed) / whole) AS saved, max(list_over_paid) * ratio AS price_ratio,
    min((covered * (1 - load_lost_worst) - committed) / whole) AS saved_worst
  FROM part JOIN period USING (resource_id, start), param GROUP BY resource_id, base, ratio
), freed AS (        -- covered by a commitment that other findings leave without this load: it can cover another
  SELECT m.provider, m.region, m.family,
    coalesce(bool_or((c.CommitmentDiscountCategory ILIKE 'spend' OR c.CommitmentDiscountType ILIKE '%saving%plan%')
      AND of_family.id IS NULL AND NOT coalesce(c.CommitmentDiscountType ILIKE '%ec2%instance%', false)), false)
      AS covers_any
  FROM machine m JOIN spend USING (resource_id) JOIN charges c USING (resource_id)
    LEFT JOIN (SELECT DISTINCT provider, lower(id) AS id FROM commitments WHERE covers_family IS NOT NULL) of_family
      ON of_family.provider = m.provider AND of_family.id = lower(c.CommitmentDiscountId)
  -- what a commitment pays for in full costs nothing on its own line
  WHERE time_left <= 1 - 1e-9 AND (committed_share > 0 OR c.cost = 0)
    AND (c.CommitmentDiscountStatus = 'Used' OR c.PricingCategory = 'Committed')
  GROUP BY ALL
), judged AS (
  SELECT s.resource_id, s.provider, s.machine_type, s.purchase, since, coalesce(s.name, s.resource_id) AS called,
    h.* EXCLUDE (resource_id, first_before), g.* EXCLUDE (resource_id), p.time_left,
    coalesce(used_days, 0) AS used_days, coalesce(used_hours, 0) AS used_hours,
    coalesce(local_days_billed, 0) AS local_days_billed, coalesce(NOT has_list_prices, false) AS hides_discount,
    date_diff('hour', since, window_end) AS hours_since, zone,
    standby AND NOT coalesce(used_days >= used_share * local_days_billed, false) AS is_kept,
    is_kept OR coalesce(used_days >= used_share * local_days_billed, false) AS is_in_use,
    days_billed + days_billed_before >= min_days_counted AS is_long_enough,
    amount_text(round(base * ratio * 8760, 2 - floor(log10(greatest(base * ratio * 8760, 1)))::INTEGER))
      AS commitment_a_year,
    u.resource_id IS NOT NULL AND NOT standby AS is_undecided,
    (SELECT count(*) FROM price r
      WHERE r.provider = s.provider AND r.region = s.region AND r.type = s.offered_as) > 0 AS is_priced,
    (SELECT count(*) FROM commitments c
      WHERE c.provider = s.provider AND coalesce(c."end" > window_end, true)
        -- What was unused is on the bill, though it may not show how much of the whole that is.
        AND coalesce(c.used_share < well_used, c.has_unused_part)
        -- one for another product, region or family can never cover it; a plan of money for instances can
        AND coalesce(c.sold_for = 'instances', true) AND coalesce(c.covers_region = lower(s.region), true)
        AND coalesce(c.covers_family = m.family, true)) > 0
      AS has_idle_commitment,
    (SELECT count(*) FROM freed f WHERE f.provider = s.provider
      AND (covers_any OR (f.region = s.region AND f.family = m.family))) > 0 AS has_freed_commitment,
    CASE s.provider WHEN 'aws' THEN 'reserved_instance' WHEN 'azure' THEN 'reservation'
      ELSE 'committed_use' END AS remedy, CASE remedy WHEN 'reserved_instance' THEN 'reserved instance'
      WHEN 'reservation' THEN 'reservation' ELSE 'committed use discount' END AS product
  FROM subject s JOIN machine m USING (resource_id) JOIN spend p USING (resource_id)
    JOIN policy USING (resource_id) LEFT JOIN share g USING (resource_id)
    LEFT JOIN work w USING (resource_id)
    LEFT JOIN days h USING (resource_id) LEFT JOIN local_days USING (resource_id)
    LEFT JOIN undecided u USING (resource_id) LEFT JOIN discounted USING (resource_id), param
)
SELECT resource_id, 1 - saved * realised_share AS remaining, 1 - saved AS remaining_best,
  least(1, 1 - saved_worst) AS remaining_worst,
  if(is_long_enough AND NOT hides_discount, 'medium', 'low') AS confidence,
  machine_type AS target, remedy,
  commitment_a_year,
  format('{} ran on demand in {}, used or not. It was in use in {:,} of {:,} hours, on {} of {} whole days{}.', called,
    CASE WHEN steady_share > 1 - 1e-9 THEN 'every hour' WHEN steady_share >= 0.995 THEN 'almost every hour'
      ELSE format('{:.0f} % of the hours', 100 * steady_share) END, used_hours, hours_since, used_days,
    local_days_billed, if(zone = 'UTC', '', format(' ({})', zone)))
    || if(is_kept, ' The policy keeps it as a standby, which counts as use.', '')
    || if(is_long_enough, '', format(' Confidence is low until there are {} days of bills{}.', min_days_counted,
      if(since > window_start OR changed_before, ' since its last change', '')))
    || format(' A one-year {} costs {:.0f} % less. It commits you to about {} a year. It pays off as long as more than '
      || '{:.0f} % of the hours are billed, and breaks even after {:.1f} months.',
      if(product = 'committed use discount', 'committed use discount (CUD), a contract for a fixed amount of capacity,',
        product),
      100 * (1 - price_ratio),
      commitment_a_year,
      100 * price_ratio, 12 * price_ratio)
    || if(hides_discount,
      ' The bill has no list prices, so a discount for sustained use is unknown; a commitment ends it.', '') AS reason,
  NULL AS not_examined, product, base_share, 1 - base_share AS stays_on_demand_share,
  price_ratio AS committed_price_ratio,
  base AS base_load_an_hour_on_demand, round(base * ratio * 8760, 2) AS committed_a_year,
  unused_share AS commitment_unused_share,
  price_ratio AS break_even_use_share, 12 * price_ratio AS break_even_months, days_billed, days_billed_before,
  used_days, used_hours
FROM judged, param
WHERE is_in_use AND NOT is_undecided AND NOT has_idle_commitment AND NOT has_freed_commitment
  AND saved >= min_saving AND saved > 0
UNION ALL BY NAME
SELECT resource_id, CASE WHEN time_left <= 1 - 1e-9
  THEN 'deferred: decide on the other findings on this resource first'
  WHEN days_billed IS NULL THEN 'the bill has no on-demand hours for it'
  WHEN NOT is_in_use THEN 'not shown to be in use on enough days'
  WHEN is_undecided THEN 'use was not measured in each hour: a schedule may save more' WHEN has_idle_commitment
    THEN 'existing commitments at its provider are underused: use them first' WHEN has_freed_commitment
    THEN 'other findings leave, or may leave, a commitment unused that can cover it'
    ELSE 'no committed price of its instance type in its region' END AS not_examined
FROM judged
WHERE purchase IS DISTINCT FROM 'spot' AND purchase IS DISTINCT FROM 'committed'
  AND (time_left <= 1 - 1e-9 OR days_billed IS NULL OR NOT is_in_use OR is_undecided OR has_idle_commitment
    OR has_freed_commitment OR NOT is_priced)
