-- What rules about schedules share: which hours one has, how it is written, and which earlier work it would have cut.

-- What is on over midnight belongs to the day on which it came on: the last hours of Friday's are on Saturday.
CREATE OR REPLACE TEMP MACRO aiaudit_is_over_midnight(off_from, off_hours) AS
  off_hours > 0 AND off_from > 0 AND off_from + off_hours < 24;

CREATE OR REPLACE TEMP MACRO schedule_day(day, clock, off_from, off_hours) AS
  if(aiaudit_is_over_midnight(off_from, off_hours) AND clock < off_from, (day + 5) % 7 + 1, day);

CREATE OR REPLACE TEMP MACRO is_scheduled(day, clock, days, off_from, off_hours) AS
  list_contains(days, schedule_day(day, clock, off_from, off_hours)) AND (clock - off_from + 24) % 24 >= off_hours;

-- The longest time between two of these hours of the day, which go on after midnight, less a margin on both sides: the
-- first hour, how many, and the first hour after it. Of two as long, the earlier one.
CREATE OR REPLACE TEMP MACRO daily_rest(busy, margin) AS
  list_transform([list_max(list_transform(busy, lambda clock, i: {
      'length': coalesce(busy[i + 1], busy[1] + 24) - clock - 1, 'before_midnight': 23 - clock}))],
    lambda rest: {
      'off_from': (24 - rest.before_midnight + margin) % 24,
      'off_hours': greatest(0, rest.length - 2 * margin),
      'on_from': (24 - rest.before_midnight + margin + greatest(0, rest.length - 2 * margin)) % 24})[1];

CREATE OR REPLACE TEMP MACRO aiaudit_days(days, names, every, span, comma) AS
  CASE WHEN len(days) = 7 THEN every
    WHEN len(days) > 2 AND days[-1] - days[1] = len(days) - 1 THEN names[days[1]] || span || names[days[-1]]
    ELSE array_to_string(list_transform(days, lambda d: names[d]), comma) END;

CREATE OR REPLACE TEMP MACRO schedule_target(days, on_from, off_from, off_hours, zone) AS
  aiaudit_days(days, ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'], 'daily', '-', ',')
  || CASE WHEN off_hours = 0 THEN ' 00-24' WHEN off_from = 0 THEN format(' {:02d}-24', on_from)
    WHEN on_from < off_from THEN format(' {:02d}-{:02d}', on_from, off_from)
    WHEN len(days) = 7 THEN format(' 00-{:02d},{:02d}-24', off_from, on_from)
    ELSE format(' {:02d}-{:02d}+1', on_from, off_from) END
  || ' ' || zone;

CREATE OR REPLACE TEMP MACRO schedule_sentence(days, on_from, off_from, off_hours, zone) AS
  aiaudit_days(days, ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    'every day', ' to ', ', ')
  || CASE WHEN off_hours = 0 THEN '' WHEN off_from = 0 THEN format(', {:02d}:00 to 24:00', on_from)
    WHEN on_from < off_from THEN format(', {:02d}:00 to {:02d}:00', on_from, off_from)
    WHEN len(days) < 7 THEN format(', {:02d}:00 to {:02d}:00 of the next day', on_from, off_from)
    ELSE format(', 00:00 to {:02d}:00 and {:02d}:00 to 24:00', off_from, on_from) END
  || ' (' || zone || ')';

-- When it starts and stops as the schedules of a cloud take it; NULL where commands create none. A schedule of whole
-- days starts and stops only where a day of it has no neighbour.
CREATE OR REPLACE TEMP MACRO aiaudit_cron(provider, hour, days) AS
  CASE provider WHEN 'aws' THEN format('cron(0 {} ? * {} *)', hour, if(len(days) = 7, '*',
      array_to_string(list_transform(list_sort(days),
        lambda d: ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'][d]), ',')))
    WHEN 'gcp' THEN format('0 {} * * {}', hour, if(len(days) = 7, '*',
      array_to_string(list_sort(list_transform(days, lambda d: d % 7)), ','))) END;

CREATE OR REPLACE TEMP MACRO schedule_start(provider, days, on_from, off_hours) AS
  if(off_hours = 0, aiaudit_cron(provider, 0, list_filter(days, lambda d: NOT list_contains(days, (d + 5) % 7 + 1))),
    aiaudit_cron(provider, on_from, days));

CREATE OR REPLACE TEMP MACRO schedule_stop(provider, days, off_from, off_hours) AS
  CASE WHEN off_hours = 0 THEN aiaudit_cron(provider, 0, list_transform(
      list_filter(days, lambda d: NOT list_contains(days, d % 7 + 1)), lambda d: d % 7 + 1))
    WHEN off_from = 0 OR aiaudit_is_over_midnight(off_from, off_hours)
      THEN aiaudit_cron(provider, off_from, list_transform(days, lambda d: d % 7 + 1))
    ELSE aiaudit_cron(provider, off_from, days) END;

-- An hour is cut where any hour of the clock that it touches is off.
CREATE OR REPLACE TEMP MACRO aiaudit_cut(hours, days, off_from, off_hours, zone) AS
  list_sort(list_filter(hours, lambda hour: len(list_filter(local_hours(zone, hour),
    lambda local: NOT is_scheduled(local.day, local.clock, days, off_from, off_hours))) > 0));

-- How long each hour came after the one before, the first after `since`; the longest of these.
CREATE OR REPLACE TEMP MACRO aiaudit_longest_wait(hours, since) AS
  list_max(list_transform(hours, lambda hour, i: date_diff('hour', coalesce(hours[i - 1], since), hour)));

-- Work before the window that the schedule would have cut: what comes once a month is older. NULL where it is little,
-- or over: it has been missing for half as long again as it ever was before.
CREATE OR REPLACE TEMP MACRO missed_hours(hours, since, window_end, max_cut, days, off_from, off_hours, zone) AS
  list_filter([aiaudit_cut(hours, days, off_from, off_hours, zone)], lambda cut: len(cut) > max_cut * len(hours)
    AND date_diff('hour', cut[-1], window_end) < 1.5 * aiaudit_longest_wait(cut, since))[1];

-- What the reason of a schedule says of it, and of work before the window that it would have cut.
CREATE OR REPLACE TEMP MACRO schedule_reason(kind, busy_hours, hours_seen, schedule, cut_hours, proof_hours) AS
  format('The {} was in use in {:,} of {:,} hours. Proposed schedule: {}. '
    || 'Derived from the first half of the data, it would have been {} of use in the second.',
    kind, busy_hours, hours_seen, schedule, if(cut_hours = 0,
      format('on during all {:,} hours', proof_hours),
      format('off in {:,} of the {:,} hours', cut_hours, proof_hours)));

CREATE OR REPLACE TEMP MACRO missed_before(missed, known_hours) AS
  CASE WHEN missed IS NULL THEN short_history(known_hours)
    ELSE format(' Before the window, it would have been off in {}, the last on {}.',
      if(len(missed) = 1, 'one hour of use', format('{:,} hours of use', len(missed))),
      strftime(missed[-1], '%Y-%m-%d')) END;
