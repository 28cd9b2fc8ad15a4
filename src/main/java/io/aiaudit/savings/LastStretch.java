package io.aiaudit.savings;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The last days on which something was the same, after others on which it was not. Whether that is there to stay shows
 * in the days before: what moves up and down every day, and what was the same some time before, comes and goes.
 *
 * @param before the last day on which it was another
 * @param from the first of the days
 * @param days how many they are
 * @param isNew no day before was like them
 * @param isUsual more than half of all days are like them
 * @param isAfterSteadyDays the days before were not each of its own
 * @param isOfEachWeek the last seven days went as those a week or two before: what differs at weekends comes again
 */
record LastStretch(
        LocalDate before,
        LocalDate from,
        int days,
        boolean isNew,
        boolean isUsual,
        boolean isAfterSteadyDays,
        boolean isOfEachWeek) {
    /** The old value, the mean of the day of the change, and the new one. */
    private static final int RUNS_OF_ONE_CHANGE = 3;

    private static final int LASTING_DAYS = 2;

    private static final int WEEK = 7;

    private record Run(String value, LocalDate first, LocalDate last, int days) {}

    /** Of what each day was; empty where all of them were the same. */
    static Optional<LastStretch> of(NavigableMap<LocalDate, String> values) {
        List<Run> runs = runs(values);
        if (runs.size() < 2) {
            return Optional.empty();
        }
        Run last = runs.get(runs.size() - 1);
        List<Run> earlier = runs.subList(0, runs.size() - 1);
        int before = days(earlier);
        int alike = days(
                runs.stream().filter(run -> run.value().equals(last.value())).toList());
        int steady =
                days(earlier.stream().filter(run -> run.days() >= LASTING_DAYS).toList());
        return Optional.of(new LastStretch(
                earlier.get(earlier.size() - 1).last(),
                last.first(),
                last.days(),
                alike == last.days(),
                2 * alike > before + last.days(),
                runs.size() <= RUNS_OF_ONE_CHANGE || 4 * steady >= 3 * before,
                isOfEachWeek(values)));
    }

    /** A day of the week that was another one then shows that something changed. */
    private static boolean isOfEachWeek(NavigableMap<LocalDate, String> values) {
        return isAsBefore(values, 1) || isAsBefore(values, 2);
    }

    /** As far as the days go back so many weeks, which must show each side of a difference. */
    private static boolean isAsBefore(NavigableMap<LocalDate, String> values, int weeks) {
        Set<String> seen = new HashSet<>();
        for (int day = 0; day < WEEK; day++) {
            LocalDate date = values.lastKey().minusDays(day);
            LocalDate before = date.minusWeeks(weeks);
            if (!before.isBefore(values.firstKey())) {
                if (!Objects.equals(values.get(date), values.get(before))) {
                    return false;
                }
                seen.add(values.get(date));
            }
        }
        return seen.size() > 1;
    }

    private static List<Run> runs(NavigableMap<LocalDate, String> values) {
        List<Run> runs = new ArrayList<>();
        for (Map.Entry<LocalDate, String> day : values.entrySet()) {
            Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
            if (last == null || !last.value().equals(day.getValue())) {
                runs.add(new Run(day.getValue(), day.getKey(), day.getKey(), 1));
            } else {
                runs.set(runs.size() - 1, new Run(last.value(), last.first(), day.getKey(), last.days() + 1));
            }
        }
        return runs;
    }

    private static int days(List<Run> runs) {
        return runs.stream().mapToInt(Run::days).sum();
    }

    /** Somebody changed it, and it is what it is since then. */
    boolean isChange() {
        return isNew && isAfterSteadyDays && !isOfEachWeek;
    }

    /** It is so for days, and was not before or is most of the time: what costs less since then costs no more now. */
    boolean isThereNow() {
        return days >= LASTING_DAYS && (isNew || isUsual) && !isOfEachWeek;
    }
}
