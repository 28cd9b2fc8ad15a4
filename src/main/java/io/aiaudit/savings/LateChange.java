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
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A change within or after the last days that are complete. Rows of the days since may still be missing: what is
 * charged for an hour that has arrived is known, how many hours it will be is not.
 *
 * @param end of the days that the bill has, complete or not
 * @param shown the course without what missing rows may explain: terms, and the cost of their days
 */
record LateChange(Shift shift, Instant end, Course shown) {
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
        boolean hasManyMeters = cost.resource().provider().equals("gcp");
        Predicate<Course.Term> isPartial = term -> !start(term.date()).isBefore(complete)
                && !(hasManyMeters
                        ? isKnownOfManyMeters(term, cost.resource().replicas())
                        : isKnown(term, cost.resource().replicas()));
        // What several meters add up to is of another unit with each type, and shows no day as partial.
        Set<LocalDate> partial = cost.course().terms().stream()
                .filter(term -> !hasManyMeters && isPartial.test(term))
                .map(Course.Term::date)
                .collect(Collectors.toSet());
        Course shown = cost.course()
                .without(isPartial)
                .withDays(cost.course().days().stream()
                        .filter(day -> !partial.contains(day.date()))
                        .toList());
        return Stream.of(Shift.last(shown, first, end), Shift.toAsManyAsNow(shown, end))
                .filter(shift -> shift != null
                        && shift.wholeDaysFrom().isAfter(complete.minus(SHORTEST))
                        && hours(shown, days(shown, shift.aloneFrom(end), end), shift.aloneFrom(end))
                                        .signum()
                                > 0)
                .max(Shift.LATEST)
                .map(shift -> new LateChange(shift, end, shown))
                .orElse(null);
    }

    /**
     * Rows that have not arrived leave a lower number, which is known where the inventory lists it, and a lower price
     * of what has no quantity.
     */
    private static boolean isKnown(Course.Term term, Integer listed) {
        return switch (term.kind()) {
            case NUMBER, LOAD ->
                listed != null && new BigDecimal(term.value()).compareTo(BigDecimal.valueOf(listed)) == 0;
            case PRICE -> term.isOfMeter();
            default -> true;
        };
    }

    /**
     * An hour of Google Cloud is several meters (cores, memory, accelerators), of which some may be missing. A type of
     * machine is one word, and its price is that of all its meters; the name of a meter has several.
     */
    private static boolean isKnownOfManyMeters(Course.Term term, Integer listed) {
        return isKnown(term, listed)
                && (term.kind() != Course.Kind.PRICE
                        || term.value().indexOf(' ') < term.value().lastIndexOf(' '));
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
        BigDecimal charged = days(shown, from, end).stream()
                .map(day -> amount.apply(day)
                        .multiply(BigDecimal.valueOf(day.insideSeconds()))
                        .divide(BigDecimal.valueOf(day.periodSeconds()), Money.PRECISION))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal clock = BigDecimal.valueOf(complete.billedSeconds());
        BigDecimal running = hours(
                        course, ofTime(course).filter(complete::contains).toList(), complete.start())
                .min(clock)
                .divide(clock, Money.PRECISION);
        return charged.multiply(SECONDS_PER_MONTH)
                .multiply(running)
                .divide(hours(shown, days(shown, from, end), from), Money.PRECISION);
    }

    /** For how many seconds time was charged: rows of one hour under several terms are one hour. */
    private static BigDecimal hours(Course course, List<Course.Day> charged, Instant from) {
        Map<LocalDate, List<Course.Day>> days = charged.stream().collect(Collectors.groupingBy(Course.Day::date));
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
        return ofTime(course)
                .filter(day -> start(day.date()).isBefore(end)
                        && !day.from().isBefore(from)
                        && !start(day.date()).isBefore(from.truncatedTo(ChronoUnit.DAYS)))
                .toList();
    }

    private static Stream<Course.Day> ofTime(Course course) {
        return course.days().stream().filter(day -> day.component() == Component.TIME);
    }

    private static Instant start(LocalDate date) {
        return date.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
