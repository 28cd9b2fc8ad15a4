package io.aiaudit.backtest;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads a schedule back from the target of a finding, such as {@code Mon-Fri 07-19 Europe/Berlin}: what a person reads
 * is what is judged.
 */
record Schedule(Set<DayOfWeek> days, List<int[]> hours, ZoneId zone) {
    static Schedule parse(String target) {
        String[] parts = target.split(" ", -1);
        List<int[]> hours = Arrays.stream(parts[1].split(",", -1))
                .map(range -> Arrays.stream(range.split("-", -1))
                        .mapToInt(Integer::parseInt)
                        .toArray())
                .toList();
        return new Schedule(days(parts[0]), hours, ZoneId.of(parts[2]));
    }

    private static Set<DayOfWeek> days(String text) {
        if (text.equals("daily")) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        List<DayOfWeek> days = new ArrayList<>();
        String[] ends = text.split("-", -1);
        if (ends.length == 2) {
            return EnumSet.range(day(ends[0]), day(ends[1]));
        }
        Arrays.stream(text.split(",", -1)).map(Schedule::day).forEach(days::add);
        return EnumSet.copyOf(days);
    }

    private static DayOfWeek day(String name) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day ->
                        day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("\"" + name + "\" is no day"));
    }

    boolean isOn(Instant time) {
        ZonedDateTime local = time.atZone(zone);
        return days.contains(local.getDayOfWeek())
                && hours.stream().anyMatch(range -> local.getHour() >= range[0] && local.getHour() < range[1]);
    }
}
