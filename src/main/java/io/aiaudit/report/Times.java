package io.aiaudit.report;

import io.aiaudit.model.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments as people read them, always in UTC and the same on every machine. */
final class Times {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT);

    private Times() {}

    /** The days that a window covers, its last one included: {@code 2026-06-01 to 2026-06-30 (30 days, UTC)}. */
    static String window(Window window) {
        LocalDate last = LocalDate.ofInstant(window.end().minusNanos(1), ZoneOffset.UTC);
        String days = TerminalReporter.counted((window.hours() + 23) / 24, "day");
        return LocalDate.ofInstant(window.start(), ZoneOffset.UTC) + " to " + last + " (" + days + ", UTC)";
    }

    /** What the window can't show. What a rule knows of less time it says in its reason. */
    static String history(Window window) {
        String days = TerminalReporter.counted((window.hours() + 23) / 24, "day");
        return "Use that occurs less than once in " + days + " may be missed. Findings based on fewer days say so.";
    }

    static String minute(Instant instant) {
        return instant == null ? Amounts.UNKNOWN : MINUTE.format(instant.atOffset(ZoneOffset.UTC));
    }
}
