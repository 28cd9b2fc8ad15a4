package io.aiaudit.analysis;

import io.aiaudit.model.Component;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Window;
import io.aiaudit.rules.Rule;
import io.aiaudit.store.MetricSum;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What resources did in just the time that their bill covers, given only where enough of that time was measured: what
 * is missing is not estimated.
 */
final class MeasuredWork {
    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

    private final Function<Window, Map<String, Map<String, MetricSum>>> metrics;
    private final Window window;
    private final Map<Window, Map<String, Map<String, MetricSum>>> sums = new HashMap<>();

    /** @param metrics what they add up to in a span of time, by resource and metric */
    MeasuredWork(Function<Window, Map<String, Map<String, MetricSum>>> metrics, Window window) {
        this.metrics = metrics;
        this.window = window;
    }

    /** Whether a metric of the resource has any point in the time of the leaf's bill. */
    boolean has(String resourceId, String metric, LeafCost leaf) {
        return raw(resourceId, metric, leaf).isPresent();
    }

    /**
     * Of a resource, be it the leaf or what the leaf is a part of, in the time of the leaf's bill; empty where less
     * than the usual share of its hours has a point.
     */
    Optional<MetricSum> of(String resourceId, String metric, LeafCost leaf) {
        BigDecimal wanted = hours(leaf).multiply(BigDecimal.valueOf(Rule.USUAL_COVERAGE));
        return raw(resourceId, metric, leaf)
                .filter(sum ->
                        wanted.signum() > 0 && BigDecimal.valueOf(sum.hours()).compareTo(wanted) >= 0);
    }

    private Optional<MetricSum> raw(String resourceId, String metric, LeafCost leaf) {
        return Optional.ofNullable(sums.computeIfAbsent(span(leaf), metrics)
                .getOrDefault(resourceId, Map.of())
                .get(metric));
    }

    /**
     * Hours of its life in the part of the window that its bill covers; of those, where the bill is by the hour, the
     * ones that it ran.
     */
    BigDecimal hours(LeafCost leaf) {
        Window span = span(leaf);
        Instant from = leaf.resource().createdAt();
        Instant to = leaf.resource().endedAt();
        Instant start = from == null || from.isBefore(span.start()) ? span.start() : from;
        Instant end = to == null || to.isAfter(span.end()) ? span.end() : to;
        BigDecimal existed = BigDecimal.valueOf(
                        Math.max(0, Duration.between(start, end).toSeconds()))
                .divide(SECONDS_PER_HOUR, Money.PRECISION);
        boolean byTheHour = leaf.hoursRun() != null && leaf.inWindow(Component.TIME) != null;
        return byTheHour ? existed.min(leaf.hoursRun()) : existed;
    }

    private Window span(LeafCost leaf) {
        return leaf.billed() == null ? window : leaf.billed();
    }
}
