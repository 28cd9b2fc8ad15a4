package io.aiaudit.rules;

import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import io.aiaudit.model.YamlNode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The hours of one metrics row of tests.yaml: {@code hour} alone; else the last {@code hours} of the
 * window, {@code from}/{@code to} (half-open) or the whole window; of these the {@code days} of the week and the hours
 * {@code at} the day (half-open, UTC); of these every {@code except}-th is missing.
 */
final class HoursRow {
    static final List<String> KEYS = List.of("hour", "hours", "from", "to", "days", "at", "except");
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private final YamlNode row;
    private final Window window;

    HoursRow(YamlNode row, Window window) {
        this.row = row;
        this.window = window;
    }

    List<Instant> hours() {
        if (row.get("hour").isPresent()) {
            return List.of(time(row.need("hour")));
        }
        int except = row.get("except").map(node -> (int) positive(node)).orElse(0);
        List<Instant> hours = new ArrayList<>();
        int selected = 0;
        for (Instant hour = start(); hour.isBefore(end()); hour = hour.plus(Duration.ofHours(1))) {
            if (isOnDay(hour) && isAtHour(hour)) {
                selected++;
                if (except == 0 || selected % except != 0) {
                    hours.add(hour);
                }
            }
        }
        return hours;
    }

    private Instant start() {
        if (row.get("hours").isPresent()) {
            return window.end().minus(Duration.ofHours(positive(row.need("hours"))));
        }
        return row.get("from").map(HoursRow::time).orElse(window.start());
    }

    private Instant end() {
        return row.get("to").map(HoursRow::time).orElse(window.end());
    }

    private static long positive(YamlNode node) {
        long number = node.wholeNumber();
        if (number < 1 || number > 100_000) {
            throw node.error(
                    "expected a number from 1 to 100000, found " + number + ".",
                    "Write a number of hours, such as 336.");
        }
        return number;
    }

    private boolean isOnDay(Instant hour) {
        return row.get("days")
                .map(node -> days(node).contains(utc(hour).getDayOfWeek()))
                .orElse(true);
    }

    private static List<DayOfWeek> days(YamlNode node) {
        List<DayOfWeek> days = new ArrayList<>();
        List<String> parts = node.isList() ? node.texts() : List.of(node.text().split(",", -1));
        for (String part : parts) {
            String[] ends = part.strip().toLowerCase(Locale.ROOT).split("-", -1);
            int first = DAYS.indexOf(ends[0]);
            int last = DAYS.indexOf(ends[ends.length - 1]);
            if (first < 0 || last < 0 || ends.length > 2) {
                throw node.error(
                        "\"" + part.strip() + "\" is not a day or a range of days.",
                        "Write it like mon-fri or sat,sun.");
            }
            for (int day = first; ; day = (day + 1) % 7) {
                days.add(DayOfWeek.of(day + 1));
                if (day == last) {
                    break;
                }
            }
        }
        return days;
    }

    private boolean isAtHour(Instant hour) {
        return row.get("at").map(node -> isBetween(node, utc(hour).getHour())).orElse(true);
    }

    private static boolean isBetween(YamlNode node, int hour) {
        String text = node.text();
        if (!text.matches("([01]\\d|2[0-3])-([01]\\d|2[0-4])")) {
            throw node.error(
                    "\"" + text + "\" is not a range of hours.", "Write it like 08-18, the second not included.");
        }
        int first = Integer.parseInt(text.substring(0, 2));
        int last = Integer.parseInt(text.substring(3));
        return first < last ? hour >= first && hour < last : hour >= first || hour < last;
    }

    private static ZonedDateTime utc(Instant hour) {
        return hour.atZone(ZoneOffset.UTC);
    }

    private static Instant time(YamlNode node) {
        String text = node.text().strip().replace(' ', 'T');
        try {
            if (text.length() == 10) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            boolean zoned = text.matches(".*(Z|[+-]\\d\\d:\\d\\d)");
            return zoned
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            UserError error = node.error(
                    "\"" + node.text() + "\" is not a time.", "Write it like 2026-06-01 or 2026-06-01T08:00:00Z.");
            throw new UserError(error.problem(), error.fix(), e);
        }
    }
}
