package io.aiaudit.model;

import java.time.DateTimeException;
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
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When something runs, as the target of a finding of the lever schedule writes it: {@code Mon-Fri 07-19 Europe/Berlin},
 * {@code daily 00-02,06-24 UTC}, or up to an hour of the next day {@code Mon-Fri 21-04+1 UTC}.
 */
public record WeeklySchedule(Set<DayOfWeek> days, List<Hours> hours, ZoneId zone) {
    private static final int HOURS_OF_A_DAY = 24;
    private static final Pattern FORM =
            Pattern.compile("(\\S+) ([0-9]{2}-[0-9]{2}(?:,[0-9]{2}-[0-9]{2})*(?:\\+1)?) (\\S+)");

    /** Hours of the day, the second not included; above 24 it is of the next day. */
    public record Hours(int from, int to) {}

    /** Empty for text of another form. */
    public static Optional<WeeklySchedule> parse(String target) {
        Matcher parts = FORM.matcher(target == null ? "" : target);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Set<DayOfWeek> days = days(parts.group(1));
        List<Hours> hours = Arrays.stream(parts.group(2).split(",", -1))
                .map(range -> new Hours(
                        Integer.parseInt(range.substring(0, 2)),
                        Integer.parseInt(range.substring(3, 5)) + (range.endsWith("+1") ? HOURS_OF_A_DAY : 0)))
                .toList();
        try {
            return days.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new WeeklySchedule(days, hours, ZoneId.of(parts.group(3))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** None where one of them is no day. */
    private static Set<DayOfWeek> days(String text) {
        if (text.equals("daily")) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        String[] ends = text.split("-", -1);
        List<Optional<DayOfWeek>> named = new ArrayList<>();
        Arrays.stream(ends.length == 2 ? ends : text.split(",", -1))
                .map(WeeklySchedule::day)
                .forEach(named::add);
        if (named.stream().anyMatch(Optional::isEmpty)) {
            return Set.of();
        }
        List<DayOfWeek> days = named.stream().flatMap(Optional::stream).toList();
        if (ends.length == 2) {
            return days.get(0).compareTo(days.get(1)) > 0 ? Set.of() : EnumSet.range(days.get(0), days.get(1));
        }
        return EnumSet.copyOf(days);
    }

    private static Optional<DayOfWeek> day(String name) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day ->
                        day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH).equals(name))
                .findFirst();
    }

    public boolean isOn(Instant hour) {
        ZonedDateTime local = hour.atZone(zone);
        return isOn(local.getDayOfWeek(), local.getHour())
                || isOn(local.getDayOfWeek().minus(1), local.getHour() + HOURS_OF_A_DAY);
    }

    private boolean isOn(DayOfWeek day, int hour) {
        return days.contains(day) && hours.stream().anyMatch(range -> hour >= range.from() && hour < range.to());
    }
}
