package io.aiaudit.savings;

import io.aiaudit.model.Component;
import io.aiaudit.model.Course;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What the metered days of a course cost a month.
 *
 * @param span the days that the rate of time is from
 * @param committed what of time lies under a commitment
 */
record DailyRate(Span span, Map<Component, BigDecimal> byComponent, BigDecimal committed) {
    /**
     * Fewer than two days since a change, and days that may be those of a load, prove nothing, but no saving is above
     * what they cost.
     */
    static DailyRate of(Course course, Span span) {
        DailyRate longer = of(course, span, span);
        if (!span.isAfterShift()) {
            Span since = span.since(span.shift());
            return longer.orLower(of(course, since, since.isOfWholeDays() ? since : span));
        }
        return span.asNow() == null ? longer : longer.orLower(of(course, span.since(span.asNow()), span));
    }

    private DailyRate orLower(DailyRate other) {
        return other.sum().compareTo(sum()) < 0 ? other : this;
    }

    private static DailyRate of(Course course, Span ofTime, Span ofOthers) {
        Map<Component, BigDecimal> rate = new EnumMap<>(Component.class);
        BigDecimal committed = BigDecimal.ZERO;
        for (Map.Entry<Length, Sums> metered : sums(course, ofTime, ofOthers).entrySet()) {
            Length length = metered.getKey();
            Sums sums = metered.getValue();
            boolean isTime = length.component() == Component.TIME;
            Span span = isTime ? ofTime : ofOthers;
            rate.merge(
                    length.component(), span.perMonth(sums.cost(), length.inside(), length.period()), BigDecimal::add);
            committed = isTime
                    ? committed.add(span.perMonth(sums.committed(), length.inside(), length.period()))
                    : committed;
        }
        return new DailyRate(ofTime, rate, committed);
    }

    private BigDecimal sum() {
        return byComponent.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /**
     * Days that count alike: they are added up exactly and divided once, so that no cent hangs on the order of the
     * digits.
     */
    private record Length(Component component, long inside, long period) {}

    private record Sums(BigDecimal cost, BigDecimal committed) {
        Sums plus(Sums other) {
            return new Sums(cost.add(other.cost), committed.add(other.committed));
        }
    }

    private static Map<Length, Sums> sums(Course course, Span ofTime, Span ofOthers) {
        Map<Length, Sums> sums = new HashMap<>();
        course.days().stream()
                .filter(day -> day.component() != Component.USAGE)
                .filter(day -> (day.component() == Component.TIME ? ofTime : ofOthers).contains(day))
                .forEach(day -> sums.merge(
                        new Length(day.component(), day.insideSeconds(), day.periodSeconds()),
                        new Sums(day.cost(), day.committed()),
                        Sums::plus));
        return sums;
    }
}
