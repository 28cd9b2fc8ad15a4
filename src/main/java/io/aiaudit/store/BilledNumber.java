package io.aiaudit.store;

import io.aiaudit.model.Component;
import io.aiaudit.model.Course;
import io.aiaudit.store.Courses.DailyCost;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How many units or instances each day of a bill was for. Where no line has a quantity, the cost of an hour shows that
 * something is another, though not whether it is the number or the price.
 */
final class BilledNumber {
    /** Numbers that differ less are the same. */
    private static final MathContext DIGITS = new MathContext(3);

    private BilledNumber() {}

    /** The number on each day; empty where it is the same on all of them. */
    static List<Course.Term> terms(List<DailyCost> ofLeaf) {
        List<DailyCost> time = ofLeaf.stream()
                .filter(cost -> cost.component() == Component.TIME)
                .toList();
        List<DailyCost> counted =
                time.stream().filter(cost -> cost.quantity() != null).toList();
        return counted.isEmpty()
                ? terms(time, Course.Kind.PRICE, DailyCost::cost)
                : terms(counted, Course.Kind.NUMBER, DailyCost::quantity);
    }

    private static List<Course.Term> terms(
            List<DailyCost> costs, Course.Kind kind, Function<DailyCost, BigDecimal> amount) {
        TreeMap<LocalDate, List<DailyCost>> days = new TreeMap<>();
        costs.forEach(cost ->
                days.computeIfAbsent(cost.day(), day -> new ArrayList<>()).add(cost));
        return varying(days.values().stream()
                .map(day -> term(kind, day, amount))
                .filter(Objects::nonNull)
                .toList());
    }

    /** What is the same on all days is not kept: bills have many leaves, and few that change. */
    static List<Course.Term> varying(List<Course.Term> terms) {
        return terms.stream().map(Course.Term::value).distinct().count() > 1 ? terms : List.of();
    }

    private static Course.Term term(
            Course.Kind kind, Collection<DailyCost> costs, Function<DailyCost, BigDecimal> amount) {
        Instant from = costs.stream()
                .map(DailyCost::firstStart)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Instant to = costs.stream()
                .map(DailyCost::lastEnd)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        BigDecimal sum = costs.stream()
                // a row over midnight has its whole quantity on both days
                .map(cost -> amount.apply(cost)
                        .multiply(BigDecimal.valueOf(cost.inside()))
                        .divide(BigDecimal.valueOf(cost.period()), MathContext.DECIMAL128))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        // hours that are not charged, or not yet, are hours of nothing and not of fewer
        long seconds = Math.min(
                Duration.between(from, to).toSeconds(),
                costs.stream().mapToLong(DailyCost::charged).sum());
        if (seconds <= 0 || sum.signum() <= 0) {
            return null;
        }
        String number = sum.multiply(BigDecimal.valueOf(Duration.ofHours(1).toSeconds()))
                .divide(BigDecimal.valueOf(seconds), DIGITS)
                .stripTrailingZeros()
                .toPlainString();
        return new Course.Term(kind, number, costs.iterator().next().day(), from, to);
    }
}
