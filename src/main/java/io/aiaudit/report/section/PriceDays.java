package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The days of the list prices that findings rest on or were compared by, the first and the last of them. */
public record PriceDays(LocalDate first, LocalDate last) {
    /** Of the findings; where none uses a list price, of the oldest price that was loaded, if any was. */
    public static Optional<PriceDays> of(Audit audit) {
        List<LocalDate> days = audit.findings().stream()
                .flatMap(finding -> Stream.concat(
                        Stream.ofNullable(finding.listPrice()).map(Audit.ListPrice::asOf),
                        Findings.comparedAsOf(finding).flatMap(PriceDays::day).stream()))
                .filter(day -> day != null)
                .sorted()
                .toList();
        return days.isEmpty()
                ? Optional.ofNullable(audit.pricesAsOf()).map(day -> new PriceDays(day, day))
                : Optional.of(new PriceDays(days.get(0), days.get(days.size() - 1)));
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException noDay) {
            return Optional.empty(); // an audit from a file may hold anything
        }
    }

    /** Such as {@code 2025-11-30 to 2026-06-18}. */
    String words() {
        return first.equals(last) ? first.toString() : first + " to " + last;
    }

    /** For the method; says so where a price is of a day after the scan, as the built-in list in a scan of the past. */
    public String sentence(Audit audit) {
        boolean later = audit.scannedAt() != null
                && last.isAfter(audit.scannedAt().atZone(ZoneOffset.UTC).toLocalDate());
        return "List prices date " + (first.equals(last) ? "from " + first : "from " + words()) + "."
                + (later
                        ? " Where that is after the scan, aiaudit "
                                + audit.tool().version() + " has no older price."
                        : "");
    }
}
