-- Unused is what the bill calls so. It is all of this cost that goes when something else runs under the commitment; the
-- invoice stays as it is until the end.
WITH paid AS (
  SELECT *, date_trunc('day', ChargePeriodStart) AS day,
    ChargePeriodEnd - ChargePeriodStart <= INTERVAL 1 DAY AS by_day,
    CommitmentDiscountStatus = 'Unused' AS is_unused,
    -- AWS writes the fee of a month as one row
    greatest(1, ceil(date_diff('second', greatest(ChargePeriodStart, window_start),
      least(ChargePeriodEnd, window_end)) / 86400.0)) AS span
  FROM charges, param WHERE component = 'commitment' AND charge_kind = 'cost'
), days AS (
  SELECT resource_id, sum(unused_span) AS unused_days, sum(longest_span) AS charged_days
  FROM (SELECT resource_id, day, max(span) FILTER (is_unused AND cost > 0) AS unused_span, max(span) AS longest_span
    FROM paid GROUP BY resource_id, day) GROUP BY resource_id
), own AS (
  SELECT resource_id, (sum(cost) FILTER (is_unused))::DOUBLE AS unused, sum(cost)::DOUBLE AS whole,
    max(unused_days) AS unused_days, max(charged_days) AS charged_days,
    bool_and(by_day) FILTER (is_unused) AS by_day, max(CommitmentDiscountId) AS commitment
  FROM paid JOIN days USING (resource_id) GROUP BY resource_id
), bill AS (          -- a day on which all of it was used has no row of its own
  SELECT provider, greatest(max(window_start), min(ChargePeriodStart)) AS bill_start,
    least(max(window_end), max(ChargePeriodEnd)) AS bill_end FROM charges, param GROUP BY provider
), billed AS (
  SELECT date_diff('day', window_start, window_end)::DOUBLE AS window_days,
    least(window_days, unused_days) / greatest(least(window_days, charged_days),
    if(bill_start IS NULL, 0, date_diff('day', greatest(bill_start, c."start"), least(bill_end, c."end"))),
    -- what was used is on the resources that used it: the days that all of it, at its price an hour, is worth
    coalesce(least(window_days, unused / nullif(1 - c.used_share, 0) / nullif(24 * c.hourly_commitment, 0)), 0),
    1) AS days_unused,
    s.resource_id, s.kind AS kind, coalesce(s.name, s.resource_id) AS called, o.* EXCLUDE (resource_id),
    c.kind AS commitment_kind,
    -- between its words, and not within the name of a product
    if(commitment_kind IS NULL, called, 'the '
      || regexp_replace(replace(commitment_kind, '_', ' '), '\B(Savings|Plan|Reserved|Reservation|Instance|'
        || 'Node|Capacity|Committed|Use|Discount|Based)', ' \1', 'g')
      || if(ends_with(commitment_kind, 'based'), ' commitment', '')) AS of_it,
    -- Google bills what is left of a fee; the used part has another name on what used it
    c."end" AS ends, if(s.provider = 'gcp' AND c.used_share = 0, NULL, c.used_share)::DOUBLE AS used_share,
    s.provider AS provider, c.id IS NOT NULL AND c.used_share IS NULL AS is_part_unknown
  FROM subject s LEFT JOIN own o USING (resource_id) LEFT JOIN bill ON bill.provider = s.provider
    LEFT JOIN commitments c ON c.provider = s.provider AND lower(c.id) IN (lower(s.resource_id), lower(o.commitment)),
    param
  QUALIFY row_number() OVER (PARTITION BY s.resource_id ORDER BY c."end" DESC NULLS LAST, c.id) = 1
)
SELECT resource_id, 1 - least(1, unused / whole) AS remaining, 1 - least(1, unused / whole) AS remaining_worst,
  'high' AS confidence,
  if(regexp_matches(lower(resource_id), '^arn:aws[^:]*:ec2:.*:reserved-instances/|/reservationorders/'),
    'use_reserved', 'use') AS remedy,
  if(used_share = 0, format('{} was not used at all.', if(commitment_kind IS NULL, called, 'The' || of_it[4:])),
    format('{} of {} went unused{}.',
    if(used_share IS NULL, if(provider = 'gcp', 'Part or all', 'Part'),
    format('On average {} %',
    if((1 - used_share) < 0.0995, format('{:.1f}', 100 * (1 - used_share)), format('{:.0f}', 100 * (1 - used_share))))),
      of_it, CASE WHEN by_day IS NOT TRUE THEN '' WHEN days_unused >= 0.995 THEN ', some of it every day'
        ELSE format(', some of it on {:.0f} % of the days', 100 * days_unused) END)
      || if(is_part_unknown AND provider <> 'gcp',
        ' Its share of the whole is unknown: the bill may not hold all accounts that use it.', '')
    ) AS reason,
  NULL AS not_examined, commitment_kind, ends, 1 - used_share AS unused_share, unused_days AS days_unused,
  days_unused AS share_of_days_unused,
  -- begun months count
  date_diff('month', window_end,
    ends) + if(window_end + to_months(date_diff('month', window_end, ends)::INTEGER) < ends, 1, 0) AS months_left
FROM billed, param
WHERE unused > 0 AND whole > 0 AND days_unused >= min_days_unused AND coalesce(1 - used_share >= min_unused, true)
  AND coalesce(ends > window_end, true)
UNION ALL BY NAME
SELECT resource_id, 'the bill does not show its unused part' AS not_examined FROM billed
WHERE kind = 'commitment' AND unused IS NULL AND coalesce(used_share < 1, true)
