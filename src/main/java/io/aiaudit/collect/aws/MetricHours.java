package io.aiaudit.collect.aws;

import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Sink;
import java.time.Instant;
import java.util.TreeMap;

/** The hours of one metric of one resource while its series come in, in any order. */
final class MetricHours {
    /** What is known of one hour. Average: of the series that have one. */
    private static final class Hour {
        private double averages;
        private int averaged;
        private Double maximum;
        private Double sum;
        private int working;
        private int measured;
    }

    private final TreeMap<Instant, Hour> hours = new TreeMap<>();

    void add(Instant time, MetricSeries.Statistic statistic, double value) {
        Hour hour = hours.computeIfAbsent(time, key -> new Hour());
        switch (statistic) {
            case AVERAGE -> {
                hour.averages += value;
                hour.averaged++;
            }
            case MAXIMUM -> {
                hour.maximum = hour.maximum == null ? value : Math.max(hour.maximum, value);
                hour.measured++;
                hour.working += value > 0 ? 1 : 0;
            }
            case SUM -> hour.sum = hour.sum == null ? value : hour.sum + value;
        }
    }

    /** Nothing happened in this hour, unless something did. */
    void addZero(Instant time) {
        Hour hour = hours.computeIfAbsent(time, key -> new Hour());
        if (hour.sum == null) {
            hour.sum = 0.0;
        }
    }

    void write(String resourceId, String metric, Sink sink) {
        hours.forEach((time, hour) -> sink.metric(new MetricHour(
                resourceId,
                metric,
                time,
                hour.averaged == 0 ? null : Double.valueOf(hour.averages / hour.averaged),
                hour.maximum,
                hour.sum,
                null)));
    }

    /** How many of the accelerators did anything, where each has a series of its own. */
    void writeWorking(String resourceId, int accelerators, Sink sink) {
        hours.forEach((time, hour) -> {
            if (hour.measured == accelerators) {
                sink.metric(new MetricHour(
                        resourceId, "accelerators_active", time, null, (double) hour.working, null, null));
            }
        });
    }
}
