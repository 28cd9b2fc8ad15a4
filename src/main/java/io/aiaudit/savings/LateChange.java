package io.aiaudit.savings;

import io.aiaudit.model.Component;
import io.aiaudit.model.Course;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A change within or after the last days that are complete. Rows of the days since may still be missing: what is
 * charged for an hour that has arrived is known, how many hours it will be is not.
 *
 * @param end of the days that the bill has, complete or not
 */
record LateChange(Shift shift, Instant end) {
    private static final BigDecimal SECONDS_PER_MONTH = Money.HOURS_PER_MONTH.multiply(BigDecimal.valueOf(3600));
    private static final Duration SHORTEST = Duration.ofDays(2);

    /**
     * Null without one.
     *
     * @param complete the end of the complete days
     */
    static LateChange of(LeafCost cost, Instant first, Instant complete, Instant end) {
        if (!end.isAfter(complete)) {
            return null;
        }
        Course shown = cost.course()
                .withoutNumbersOn(term -> !start(term.date()).isBefore(complete)
                        && !isWhole(
                                new BigDecimal(term.value()), cost.resource().replicas()));
        return Stream.of(Shift.last(shown, first, end), Shift.toAsManyAsNow(shown, end))
                .filter(shift -> shift != null
                        && shift.wholeDaysFrom().isAfter(complete.minus(SHORTEST))
                        && hours(shown, shift.aloneFrom(end), end).signum() > 0)
                .max(Shift.LATEST)
                .map(shift -> new LateChange(shift, end))
                .orElse(null);
    }

    /** Rows that have not arrived leave a part of a number, or fewer than the inventory lists. */
    private static boolean isWhole(BigDecimal number, Integer listed) {
        return number.remainder(BigDecimal.ONE).signum() == 0
                && (listed == null || number.compareTo(BigDecimal.valueOf(listed)) >= 0);
    }

    Span span(Span complete) {
        return new Span(
                shift.aloneFrom(end),
                end,
                shift,
                complete.machineShift(),
                complete.alteration(),
                null,
                complete.missing(),
                null);
    }

    /** What an hour of time costs since the change, in as many hours a month as on the complete days. */
    BigDecimal perMonth(Course course, Span complete, Function<Course.Day, BigDecimal> amount) {
        Instant from = shift.aloneFrom(end);
        BigDecimal charged = days(course, from, end).stream()
                .map(day -> amount.apply(day)
                        .multiply(BigDecimal.valueOf(day.insideSeconds()))
                        .divide(BigDecimal.valueOf(day.periodSeconds()), Money.PRECISION))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal clock = BigDecimal.valueOf(
                Duration.between(complete.start(), complete.end()).toSeconds());
        BigDecimal running =
                hours(course, complete.start(), complete.end()).min(clock).divide(clock, Money.PRECISION);
        return charged.multiply(SECONDS_PER_MONTH).multiply(running).divide(hours(course, from, end), Money.PRECISION);
    }

    /** For how many seconds time was charged: rows of one hour under several terms are one hour. */
    private static BigDecimal hours(Course course, Instant from, Instant end) {
        Map<LocalDate, List<Course.Day>> days =
                days(course, from, end).stream().collect(Collectors.groupingBy(Course.Day::date));
        return BigDecimal.valueOf(days.entrySet().stream()
                .mapToLong(day -> Math.min(
                        length(course, day.getKey(), from),
                        day.getValue().stream()
                                .mapToLong(Course.Day::chargedSeconds)
                                .sum()))
                .sum());
    }

    /** From the first to the last charge of a day. */
    private static long length(Course course, LocalDate date, Instant from) {
        List<Course.Term> terms = course.terms().stream()
                .filter(term -> term.kind() == Course.Kind.COMMITMENT
                        && term.date().equals(date)
                        && !term.from().isBefore(earlier(from, date)))
                .toList();
        return terms.stream().map(Course.Term::to).max(Instant::compareTo).stream()
                .mapToLong(to -> Duration.between(
                                terms.stream()
                                        .map(Course.Term::from)
                                        .min(Instant::compareTo)
                                        .orElse(to),
                                to)
                        .toSeconds())
                .findFirst()
                .orElse(Duration.ofDays(1).toSeconds());
    }

    private static Instant earlier(Instant from, LocalDate date) {
        return from.isAfter(start(date)) ? from : start(date);
    }

    private static List<Course.Day> days(Course course, Instant from, Instant end) {
        return course.days().stream()
                .filter(day -> day.component() == Component.TIME)
                .filter(day -> start(day.date()).isBefore(end)
                        && !day.from().isBefore(from)
                        && !start(day.date()).isBefore(from.truncatedTo(ChronoUnit.DAYS)))
                .toList();
    }

    private static Instant start(LocalDate date) {
        return date.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
