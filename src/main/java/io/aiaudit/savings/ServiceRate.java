package io.aiaudit.savings;

import io.aiaudit.model.Component;
import io.aiaudit.model.Course;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The run rate of a service without a resource: the mean of the window, but of the meters of which the bill names the
 * resources from some day on what the last days leave without one. What they cost before is in the rates of those
 * resources.
 */
final class ServiceRate {
    private ServiceRate() {}

    static Spend of(Spend monthly, LeafCost cost, Window window, Instant scannedAt) {
        List<Course.Day> days =
                cost.course() == null ? List.of() : cost.course().days();
        Span span = days.isEmpty() ? null : Span.of(cost, window, scannedAt);
        if (span == null) {
            return monthly;
        }
        LeafCost lasting = cost.withoutOneOffs();
        Map<Component, BigDecimal> rate = new EnumMap<>(Component.class);
        for (Component component : monthly.byComponent().keySet()) {
            BigDecimal all = lasting.inWindow(component);
            BigDecimal others =
                    all == null ? BigDecimal.ZERO : all.subtract(sum(days, day -> day.component() == component));
            BigDecimal lately = sum(days, day -> day.component() == component && span.contains(day));
            rate.put(component, MonthlyCost.monthly(others, cost, window).add(span.perMonth(lately, 1, 1)));
        }
        return monthly.withRunRate(rate, monthly.committedShare(), null, span.start());
    }

    private static BigDecimal sum(List<Course.Day> days, Predicate<Course.Day> which) {
        return days.stream()
                .filter(which)
                .map(day -> new LeafCost.Part(
                                day.component(), day.cost(), day.committed(), day.insideSeconds(), day.periodSeconds())
                        .inWindow())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
