package io.aiaudit.collect.azure;

import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The hours of one resource while answers come in: our metrics by hour. */
final class MetricHours {
    /** Statistics of one hour; null = not told. */
    private record Hour(Double average, Double maximum, Double total) {
        /** Totals add up, such as what came in and what went out. */
        Hour and(Hour other) {
            return new Hour(
                    average == null ? other.average : average,
                    maximum == null
                            ? other.maximum
                            : other.maximum == null ? maximum : Double.valueOf(Math.max(maximum, other.maximum)),
                    total == null ? other.total : other.total == null ? total : Double.valueOf(total + other.total));
        }
    }

    private final Map<String, TreeMap<Instant, Hour>> hours = new TreeMap<>();
    private final Map<String, Set<Instant>> withoutValue = new TreeMap<>();
    private final Map<String, Set<Window>> unknown = new TreeMap<>();

    /** Of these stretches of time the metric is not known in whole, whatever came of it. */
    void unknown(String metric, Set<Window> stretches) {
        unknown.computeIfAbsent(metric, key -> new HashSet<>()).addAll(stretches);
    }

    private boolean isUnknown(String metric, Instant hour) {
        return unknown.getOrDefault(metric, Set.of()).stream().anyMatch(stretch -> stretch.contains(hour));
    }

    void average(String metric, MetricPoint point, double factor) {
        if (point.average() == null && point.maximum() == null) {
            valueless(metric, point.hour());
            return;
        }
        add(metric, point.hour(), new Hour(times(point.average(), factor), times(point.maximum(), factor), null));
    }

    /** A count that is told in parts, such as machines one by one: what there was on average is the sum of theirs. When most of them were there nobody tells. */
    void sum(String metric, MetricPoint point) {
        if (point.average() == null) {
            valueless(metric, point.hour());
            return;
        }
        hours.computeIfAbsent(metric, key -> new TreeMap<>())
                .merge(
                        point.hour(),
                        new Hour(point.average(), null, null),
                        (one, other) -> new Hour(one.average() + other.average(), null, null));
    }

    void total(String metric, Instant hour, Double value, double factor) {
        if (value == null) {
            valueless(metric, hour);
            return;
        }
        add(metric, hour, new Hour(null, null, times(value, factor)));
    }

    private void valueless(String metric, Instant hour) {
        withoutValue.computeIfAbsent(metric, key -> new HashSet<>()).add(hour);
    }

    private void add(String metric, Instant hour, Hour value) {
        hours.computeIfAbsent(metric, key -> new TreeMap<>()).merge(hour, value, Hour::and);
    }

    private static Double times(Double value, double factor) {
        return value == null ? null : Double.valueOf(value * factor);
    }

    /** A total that may be told twice, under two names. */
    void most(String metric, Instant hour, Double value) {
        if (value == null) {
            valueless(metric, hour);
            return;
        }
        hours.computeIfAbsent(metric, key -> new TreeMap<>())
                .merge(hour, new Hour(null, null, value), (one, other) -> one.total() >= other.total() ? one : other);
    }

    /** Counts a share of a total under another name, such as tokens that came from a cache and have a price of their own. */
    void move(String from, String to, Instant hour, double share) {
        Hour whole = hours.getOrDefault(from, new TreeMap<>()).get(hour);
        if (whole != null) {
            hours.get(from).put(hour, new Hour(null, null, whole.total() * (1 - share)));
            total(to, hour, whole.total(), share);
        }
    }

    /**
     * A counter that was answered for a stretch of time: hours in it of which nothing at all was told are 0 while the resource was in service, since no event is no point.
     * A point without a value is left to {@link #zeroWhereReported}.
     */
    void nothingHappened(String metric, Resource resource, Window stretch) {
        Set<Instant> missing = withoutValue.getOrDefault(metric, Set.of());
        TreeMap<Instant, Hour> known = hours.computeIfAbsent(metric, key -> new TreeMap<>());
        for (Instant hour : inService(resource, stretch)) {
            if (!missing.contains(hour)) {
                known.putIfAbsent(hour, new Hour(null, null, 0.0));
            }
        }
    }

    /**
     * The hours in which anything has a value that is measured all the time, such as a utilization: then Azure Monitor
     * reported on the resource.
     */
    Set<Instant> reported() {
        Set<Instant> reported = new HashSet<>();
        hours.values()
                .forEach(ofMetric -> ofMetric.forEach((hour, value) -> {
                    if (value.average() != null || value.maximum() != null) {
                        reported.add(hour);
                    }
                }));
        return reported;
    }

    /**
     * A counter whose point has no value counted nothing, as in Microsoft's published examples, if Azure Monitor {@code
     * reported} on the resource in that hour. It is missing where nothing was reported at all, and where another
     * counter of the same resource did count.
     */
    void zeroWhereReported(String metric, Set<Instant> reported) {
        TreeMap<Instant, Hour> known = hours.computeIfAbsent(metric, key -> new TreeMap<>());
        for (Instant hour : withoutValue.getOrDefault(metric, Set.of())) {
            if (reported.contains(hour) && !countedElsewhere(hour)) {
                known.putIfAbsent(hour, new Hour(null, null, 0.0));
            }
        }
    }

    private boolean countedElsewhere(Instant hour) {
        return hours.values().stream()
                .map(ofMetric -> ofMetric.get(hour))
                .anyMatch(value -> value != null && value.total() != null && value.total() > 0);
    }

    /** The hours of a stretch of time in which a resource was there and that are over. */
    static List<Instant> inService(Resource resource, Window stretch) {
        Instant from = later(stretch.start(), resource.createdAt()).truncatedTo(ChronoUnit.HOURS);
        Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
        Instant to = now.isBefore(stretch.end()) ? now : stretch.end();
        return Stream.iterate(from, hour -> hour.isBefore(to), hour -> hour.plus(1, ChronoUnit.HOURS))
                .toList();
    }

    private static Instant later(Instant time, Instant other) {
        return other != null && other.isAfter(time) ? other : time;
    }

    /** The metrics of which there are any hours. */
    Set<String> metrics() {
        return Set.copyOf(hours.keySet());
    }

    void write(String resourceId, Sink sink) {
        hours.forEach((metric, ofMetric) -> ofMetric.forEach((hour, value) -> {
            if (!isUnknown(metric, hour)) {
                sink.metric(new MetricHour(
                        resourceId, metric, hour, value.average(), value.maximum(), value.total(), null));
            }
        }));
    }
}
