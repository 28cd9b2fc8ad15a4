package io.aiaudit.collect.gcp;

import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The hours of one resource while answers come in: our metrics by hour. */
final class MetricHours {
    /** What is known of one hour. */
    private static final class Hour {
        private Double average;
        private Double maximum;
        private Double total;
        private int told;
        private int working;
    }

    private final Map<String, TreeMap<Instant, Hour>> hours = new TreeMap<>();

    private Hour hour(String metric, Instant time) {
        return hours.computeIfAbsent(metric, key -> new TreeMap<>()).computeIfAbsent(time, key -> new Hour());
    }

    void average(String metric, Instant time, double value) {
        hour(metric, time).average = value;
    }

    void maximum(String metric, Instant time, double value) {
        Hour hour = hour(metric, time);
        hour.maximum = hour.maximum == null ? value : Math.max(hour.maximum, value);
    }

    /** Totals add up, such as what came in and what went out. */
    void total(String metric, Instant time, double value) {
        Hour hour = hour(metric, time);
        hour.total = hour.total == null ? value : hour.total + value;
    }

    /** One accelerator of several, each with a series of its own. */
    void accelerator(String metric, Instant time, double value) {
        Hour hour = hour(metric, time);
        hour.told++;
        hour.working += value > 0 ? 1 : 0;
    }

    /** A counter that was answered: hours of which nothing was told are 0 while the resource was in service. */
    void nothingElse(String metric, Resource resource, Window window) {
        Instant created = resource.createdAt();
        Instant from = created != null && created.isAfter(window.start())
                ? created.truncatedTo(ChronoUnit.HOURS)
                : window.start();
        Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
        Instant to = now.isBefore(window.end()) ? now : window.end();
        for (Instant time = from; time.isBefore(to); time = time.plus(1, ChronoUnit.HOURS)) {
            Hour hour = hour(metric, time);
            hour.total = hour.total == null ? Double.valueOf(0) : hour.total;
        }
    }

    /**
     * Adds hours that something else wrote, but for the metrics that are {@code unknown} there; an hour that is here
     * already stays.
     */
    void fill(MetricHours other, Set<String> unknown) {
        other.hours.forEach((metric, ofMetric) -> {
            if (!unknown.contains(metric)) {
                ofMetric.forEach(hours.computeIfAbsent(metric, key -> new TreeMap<>())::putIfAbsent);
            }
        });
    }

    void write(Resource resource, Sink sink) {
        hours.forEach((metric, ofMetric) -> ofMetric.forEach((time, hour) -> {
            if (hour.told == 0) {
                sink.metric(new MetricHour(
                        resource.resourceId(), metric, time, hour.average, hour.maximum, hour.total, null));
            } else if (resource.acceleratorCount() != null
                    && resource.acceleratorCount().intValue() == hour.told) {
                sink.metric(
                        new MetricHour(resource.resourceId(), metric, time, null, (double) hour.working, null, null));
            }
        }));
    }
}
