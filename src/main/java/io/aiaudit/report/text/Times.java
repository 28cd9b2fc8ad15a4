package io.aiaudit.report.text;

import io.aiaudit.model.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments as people read them, always in UTC and the same on every machine. */
public final class Times {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT);

    private Times() {}

    /** The days that a window covers, its last one included: {@code 2026-06-01 to 2026-06-30 (30 days, UTC)}. */
    public static String window(Window window) {
        LocalDate last = LocalDate.ofInstant(window.end().minusNanos(1), ZoneOffset.UTC);
        String days = CountedNoun.of((window.hours() + 23) / 24, "day");
        return LocalDate.ofInstant(window.start(), ZoneOffset.UTC) + " to " + last + " (" + days + ", UTC)";
    }

    public static String minute(Instant instant) {
        return instant == null ? Amounts.UNKNOWN : MINUTE.format(instant.atOffset(ZoneOffset.UTC));
    }
}
