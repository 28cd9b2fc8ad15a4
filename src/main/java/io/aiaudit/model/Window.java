package io.aiaudit.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** A half-open period in UTC that an audit looks at: {@code start} belongs to it, {@code end} does not. */
public record Window(Instant start, Instant end) {
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2200;

    public Window {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("a window must start before it ends: " + start + "/" + end);
        }
    }

    public static Window ofDays(LocalDate start, LocalDate end) {
        return new Window(
                start.atStartOfDay().toInstant(ZoneOffset.UTC),
                end.atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    /**
     * Reads {@code 2026-06-01/2026-07-01}: whole UTC days, the end day not included.
     *
     * @throws UserError when the text is not of this form or the window is empty or reversed
     */
    public static Window parse(String text) {
        String fix = "Give two days, the second not included, such as 2026-06-01/2026-07-01.";
        String[] days = text.split("/", -1);
        if (days.length != 2) {
            throw new UserError("window \"" + text + "\" is not of the form START/END.", fix);
        }
        try {
            LocalDate start = LocalDate.parse(days[0].strip());
            LocalDate end = LocalDate.parse(days[1].strip());
            if (start.getYear() < FIRST_YEAR || end.getYear() > LAST_YEAR) {
                throw new UserError(
                        "window \"" + text + "\" is outside of the years " + FIRST_YEAR + " to " + LAST_YEAR + ".",
                        fix);
            }
            if (!start.isBefore(end)) {
                throw new UserError("window \"" + text + "\" ends before it starts or is empty.", fix);
            }
            return ofDays(start, end);
        } catch (DateTimeParseException e) {
            throw new UserError(
                    "window \"" + text + "\" holds \"" + e.getParsedString() + "\", which is not a day.", fix, e);
        }
    }

    public long hours() {
        return Duration.between(start, end).toHours();
    }

    /** Parts of an hour included: a bill may begin or end at any second. */
    public BigDecimal exactHours() {
        return BigDecimal.valueOf(Duration.between(start, end).toNanos())
                .divide(BigDecimal.valueOf(Duration.ofHours(1).toNanos()), Money.PRECISION);
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(start) && instant.isBefore(end);
    }

    /** Whether both have some time in common. */
    public boolean overlaps(Window other) {
        return start.isBefore(other.end) && other.start.isBefore(end);
    }

    /** The form that {@link #parse} reads, when the window holds whole days. */
    @Override
    public String toString() {
        return LocalDate.ofInstant(start, ZoneOffset.UTC) + "/" + LocalDate.ofInstant(end, ZoneOffset.UTC);
    }
}
