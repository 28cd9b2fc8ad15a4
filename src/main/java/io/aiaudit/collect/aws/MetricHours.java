package io.aiaudit.collect.aws;

import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Sink;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** The hours of one metric of one resource while its series come in, in any order. */
final class MetricHours {
    /** What is known of one hour. */
    private static final class Hour {
        private double averages;
        private int averaged;
        private Double maximum;
        private Double sum;
        private int working;
        private int measured;
    }

    /** How many accelerators of a machine do anything. */
    static final String WORKING = "accelerators_active";

    /** The two sums are told with a few digits only: 3.0000002 machines are 3. */
    private static final double DIGITS = 1000;

    private final TreeMap<Instant, Hour> hours = new TreeMap<>();
    private int continuous;
    private boolean zeroWhereAbsent;
    private String failure;
    private boolean lost;

    /** Once for each series, with the state of its answer. What is known of some series only is not known. */
    void finish(MetricSeries series, String state) {
        if (!state.equals("Complete") && failure == null) {
            failure = series.name() + " in whole: " + state;
        }
        continuous += series.isContinuous() ? 1 : 0;
        zeroWhereAbsent |= series.zeroWhere();
    }

    /** The first series that was not told in whole, and why; null where all were. */
    String failure() {
        return failure;
    }

    /** A request failed that asked for one of the series. */
    void lose() {
        lost = true;
    }

    boolean isLost() {
        return lost;
    }

    /** Whether all series were told in whole. */
    boolean isWhole() {
        return !lost && failure == null;
    }

    boolean isZeroWhereAbsent() {
        return zeroWhereAbsent;
    }

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

    Optional<Instant> first() {
        return hours.isEmpty() ? Optional.empty() : Optional.of(hours.firstKey());
    }

    /** Nothing happened in this hour, unless something did. */
    void addZero(Instant time) {
        Hour hour = hours.computeIfAbsent(time, key -> new Hour());
        if (hour.sum == null) {
            hour.sum = 0.0;
        }
    }

    /** An hour that a continuous series has no point of is not known. */
    void write(String resourceId, String metric, Sink sink) {
        hours.forEach((time, hour) -> {
            if (hour.averaged >= continuous) {
                sink.metric(new MetricHour(
                        resourceId,
                        metric,
                        time,
                        hour.averaged == 0 ? null : Double.valueOf(hour.averages / hour.averaged),
                        hour.maximum,
                        hour.sum,
                        null));
            }
        });
    }

    /** How often another sum goes into this one, of hours that have something of both. */
    void writeRatio(MetricHours divisor, String resourceId, String metric, Sink sink) {
        divisor.hours.forEach((time, by) -> {
            Hour hour = hours.get(time);
            if (hour != null && hour.sum != null && hour.sum > 0 && by.sum != null && by.sum > 0) {
                double ratio = Math.round(hour.sum / by.sum * DIGITS) / DIGITS;
                sink.metric(new MetricHour(resourceId, metric, time, ratio, null, null, null));
            }
        });
    }

    /** How many of the accelerators did anything, where each has a series of its own. */
    void writeWorking(String resourceId, int accelerators, Sink sink) {
        hours.forEach((time, hour) -> {
            if (hour.measured == accelerators) {
                sink.metric(new MetricHour(resourceId, WORKING, time, null, (double) hour.working, null, null));
            }
        });
    }
}
