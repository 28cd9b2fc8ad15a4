package io.aiaudit.savings;

import io.aiaudit.model.Component;
import io.aiaudit.model.Course;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the metered days of a course cost a month.
 *
 * @param span the days that the rate of time is from; without any time those of what changed last
 * @param committed what of time lies under a commitment
 */
record DailyRate(Span span, Map<Component, BigDecimal> byComponent, BigDecimal committed) {
    /** What may change while the time of a leaf stays as it is. */
    private static final Set<Component> CHANGING_BY_THEMSELVES = Set.of(Component.STORAGE, Component.LICENCE);

    /**
     * Fewer than two days since a change, and days that may be those of a load, prove nothing, but no saving is above
     * what they cost.
     */
    static DailyRate of(Course course, Span span) {
        DailyRate complete = ofCompleteDays(course, span);
        return span.late() == null ? complete : complete.orLower(complete.withTime(span.late(), course, span));
    }

    /** What is charged since a change for each hour that has arrived, in as many hours as before. */
    private DailyRate withTime(LateChange late, Course course, Span complete) {
        if (!byComponent.containsKey(Component.TIME)) {
            return this;
        }
        Map<Component, BigDecimal> rate = new EnumMap<>(byComponent);
        rate.put(Component.TIME, late.perMonth(course, complete, Course.Day::cost));
        return new DailyRate(late.span(complete), rate, late.perMonth(course, complete, Course.Day::committed));
    }

    private static DailyRate ofCompleteDays(Course course, Span span) {
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
        Map<Component, Span> spans = spans(course, ofTime, ofOthers);
        Map<Component, BigDecimal> rate = new EnumMap<>(Component.class);
        BigDecimal committed = BigDecimal.ZERO;
        for (Map.Entry<Length, Sums> metered : sums(course, spans).entrySet()) {
            Length length = metered.getKey();
            Sums sums = metered.getValue();
            Span span = spans.get(length.component());
            rate.merge(
                    length.component(), span.perMonth(sums.cost(), length.inside(), length.period()), BigDecimal::add);
            committed = length.component() == Component.TIME
                    ? committed.add(span.perMonth(sums.committed(), length.inside(), length.period()))
                    : committed;
        }
        // What is stored is there all day and all night: no day of it is only a load.
        rate.computeIfPresent(
                Component.STORAGE,
                (storage, mean) -> min(mean, new DailyLevels(course, storage, ofOthers.end()).lastPerMonth()));
        return new DailyRate(shown(spans, ofTime), rate, committed);
    }

    private static BigDecimal min(BigDecimal mean, BigDecimal lastOrNull) {
        return lastOrNull == null ? mean : mean.min(lastOrNull);
    }

    private static Map<Component, Span> spans(Course course, Span ofTime, Span ofOthers) {
        Map<Component, Span> spans = new EnumMap<>(Component.class);
        course.days().stream()
                .map(Course.Day::component)
                .filter(component -> component != Component.USAGE)
                .distinct()
                .forEach(component -> spans.put(
                        component,
                        component == Component.TIME ? ofTime : sinceItsOwnChange(course, component, ofOthers)));
        return spans;
    }

    private static Span sinceItsOwnChange(Course course, Component component, Span span) {
        return CHANGING_BY_THEMSELVES.contains(component)
                ? new DailyLevels(course, component, span.end())
                        .changedAt()
                        .filter(at -> at.isAfter(span.start()))
                        .map(at -> span.since(new Shift(at, at)))
                        .orElse(span)
                : span;
    }

    private static Span shown(Map<Component, Span> spans, Span ofTime) {
        return spans.containsKey(Component.TIME)
                ? ofTime
                : spans.values().stream().max(Comparator.comparing(Span::start)).orElse(ofTime);
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

    private static Map<Length, Sums> sums(Course course, Map<Component, Span> spans) {
        Map<Length, Sums> sums = new HashMap<>();
        course.days().stream()
                .filter(day -> day.component() != Component.USAGE)
                .filter(day -> spans.get(day.component()).contains(day))
                .forEach(day -> sums.merge(
                        new Length(day.component(), day.insideSeconds(), day.periodSeconds()),
                        new Sums(day.cost(), day.committed()),
                        Sums::plus));
        return sums;
    }
}
