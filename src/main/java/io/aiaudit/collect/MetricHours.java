package io.aiaudit.collect;

import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The hours of one resource while its series come in, in any order: our metrics by hour, the same for every cloud.
 * Averages of several series are averaged, maxima compete, totals add up. An hour without a point stays unknown, unless
 * a counter is known to have counted nothing in it.
 */
public final class MetricHours {
    /** What is known of one hour of one metric; null = nothing. */
    private static final class Hour {
        private double averages;
        private int averaged;
        private Double maximum;
        private Double total;
        private int accelerators;
        private int working;

        private boolean isMeasured() {
            return averaged > 0 || maximum != null;
        }

        private void add(double value) {
            total = total == null ? value : total + value;
        }
    }

    /** The attribute that lists, with commas between, what a source failed to return. */
    private static final String UNREAD = "unread_metrics";

    /** Sums come with a few digits only: 3.0000002 instances are 3. */
    private static final double DIGITS = 1000;

    private final Map<String, NavigableMap<Instant, Hour>> hours = new TreeMap<>();
    private final Map<String, Integer> continuous = new HashMap<>();
    private final Map<String, Set<Instant>> withoutValue = new HashMap<>();
    private final Map<String, Set<Window>> unknown = new HashMap<>();
    private final Set<String> unknownAlways = new HashSet<>();
    private final Set<String> unread = new TreeSet<>();
    private final Attributes noted = new Attributes();

    private Hour hour(String metric, Instant time) {
        return ofMetric(metric).computeIfAbsent(time, key -> new Hour());
    }

    private NavigableMap<Instant, Hour> ofMetric(String metric) {
        return hours.computeIfAbsent(metric, key -> new TreeMap<>());
    }

    public void average(String metric, Instant time, double value) {
        Hour hour = hour(metric, time);
        hour.averages += value;
        hour.averaged++;
    }

    public void maximum(String metric, Instant time, double value) {
        Hour hour = hour(metric, time);
        hour.maximum = hour.maximum == null ? value : Math.max(hour.maximum, value);
    }

    /** Totals add up, such as what came in and what went out. */
    public void total(String metric, Instant time, double value) {
        hour(metric, time).add(value);
    }

    /** A total that may come twice, under two names. */
    public void largest(String metric, Instant time, double value) {
        Hour hour = hour(metric, time);
        hour.total = hour.total == null ? value : Math.max(hour.total, value);
    }

    /** A part of what there was on average, such as one of several instances: the average is the sum of all parts. */
    public void part(String metric, Instant time, double value) {
        Hour hour = hour(metric, time);
        hour.averages += value;
        hour.averaged = 1;
    }

    /** One accelerator of several: what is written is how many did anything, of hours in which each has a point. */
    public void accelerator(String metric, Instant time, double value) {
        Hour hour = hour(metric, time);
        hour.accelerators++;
        hour.working += value > 0 ? 1 : 0;
    }

    /** A point that came without a value, which is neither 0 nor the absence of a point. */
    public void withoutValue(String metric, Instant time) {
        withoutValue.computeIfAbsent(metric, key -> new HashSet<>()).add(time);
    }

    /** One more series that has a point in every hour: an hour in which one of them has none is not known. */
    public void continuous(String metric) {
        continuous.merge(metric, 1, Integer::sum);
    }

    /** Nothing is known of the metric, whatever came of it: half of the traffic would look idle. */
    public void unknown(String metric) {
        unknownAlways.add(metric);
    }

    /** The same for some stretches of time. */
    public void unknown(String metric, Set<Window> stretches) {
        unknown.computeIfAbsent(metric, key -> new HashSet<>()).addAll(stretches);
    }

    /**
     * The source failed to return the metric, in whole or for some time: so the absence of points proves nothing. Rules
     * learn it from an attribute of the resource, since a quiet signal is believed where no other is known.
     */
    public void unread(String metric) {
        unread.add(metric);
    }

    /** What the series show of the resource itself, as an attribute of it; null = nothing. */
    public void note(String attribute, Instant time) {
        noted.put(attribute, time);
    }

    private boolean isUnknown(String metric, Instant time) {
        return unknownAlways.contains(metric)
                || unknown.getOrDefault(metric, Set.of()).stream().anyMatch(stretch -> stretch.contains(time));
    }

    /** The totals of a metric so far, of the hours that have one. */
    public Map<Instant, Double> totals(String metric) {
        Map<Instant, Double> totals = new TreeMap<>();
        hours.getOrDefault(metric, new TreeMap<>()).forEach((time, hour) -> {
            if (hour.total != null) {
                totals.put(time, hour.total);
            }
        });
        return totals;
    }

    /** Counts a share of a total under another name, such as tokens that came from a cache. */
    public void move(String from, String to, Instant time, double share) {
        Hour whole = ofMetric(from).get(time);
        if (whole != null && whole.total != null) {
            hour(to, time).add(whole.total * share);
            whole.total *= 1 - share;
        }
    }

    /**
     * The one rule of zeros. A counter that was answered counted nothing in the hours of which no point came, while its
     * resource was in service.
     *
     * @param inService those hours, as {@link ServiceHours} knows them
     */
    public void nothingElse(String metric, Iterable<Instant> inService) {
        Set<Instant> missing = withoutValue.getOrDefault(metric, Set.of());
        for (Instant time : inService) {
            if (!missing.contains(time)) {
                Hour hour = hour(metric, time);
                hour.total = hour.total == null ? Double.valueOf(0) : hour.total;
            }
        }
    }

    /**
     * A counter whose point has no value counted nothing, as in Microsoft's published examples, if Azure Monitor {@code
     * reported} on the resource in that hour. It is missing where nothing was reported at all, and where another
     * counter of the same resource did count.
     */
    public void zeroWhereReported(String metric, Set<Instant> reported) {
        for (Instant time : withoutValue.getOrDefault(metric, Set.of())) {
            if (reported.contains(time) && !ofMetric(metric).containsKey(time) && !countedElsewhere(time)) {
                hour(metric, time).total = 0.0;
            }
        }
    }

    private boolean countedElsewhere(Instant time) {
        return hours.values().stream()
                .map(ofMetric -> ofMetric.get(time))
                .anyMatch(hour -> hour != null && hour.total != null && hour.total > 0);
    }

    /** The hours in which anything has a value that is measured all the time, such as a utilization. */
    public Set<Instant> reported() {
        Set<Instant> reported = new HashSet<>();
        hours.values()
                .forEach(ofMetric -> ofMetric.forEach((time, hour) -> {
                    if (hour.isMeasured()) {
                        reported.add(time);
                    }
                }));
        return reported;
    }

    /**
     * How often one total goes into another, of hours that have something of both: requests divided by those of an
     * instance are the number of instances. The divisor is not written.
     */
    public void ratio(String of, String by, String metric) {
        NavigableMap<Instant, Hour> divisor = hours.remove(by);
        if (divisor == null || unknownAlways.contains(by) || unknownAlways.contains(of)) {
            return;
        }
        divisor.forEach((time, one) -> {
            Hour all = ofMetric(of).get(time);
            if (all != null && all.total != null && all.total > 0 && one.total != null && one.total > 0) {
                average(metric, time, Math.round(all.total / one.total * DIGITS) / DIGITS);
            }
        });
    }

    /** The first hour with a point, but for the metrics {@code except}. */
    public Optional<Instant> first(Set<String> except) {
        return hours.entrySet().stream()
                .filter(entry ->
                        !except.contains(entry.getKey()) && !entry.getValue().isEmpty())
                .map(entry -> entry.getValue().firstKey())
                .min(Instant::compareTo);
    }

    /** Adds what another source reports for hours that have nothing here, but for the metrics {@code except}. */
    public void fill(MetricHours other, Set<String> except) {
        other.hours.forEach((metric, ofMetric) -> {
            if (!except.contains(metric)) {
                ofMetric.forEach(ofMetric(metric)::putIfAbsent);
            }
        });
    }

    public void write(Resource resource, Sink sink) {
        Map<String, String> attributes = new TreeMap<>(noted.values());
        if (!unread.isEmpty()) {
            attributes.put(UNREAD, String.join(",", unread));
        }
        if (!attributes.isEmpty()) {
            sink.resource(Resource.builder(resource.resourceId(), resource.kind(), resource.provider())
                    .accountId(resource.accountId())
                    .accountName(resource.accountName())
                    .region(resource.region())
                    .workload(resource.workload())
                    .attributes(attributes)
                    .build());
        }
        hours.forEach((metric, ofMetric) -> ofMetric.forEach((time, hour) -> {
            if (!isUnknown(metric, time) && hour.averaged >= continuous.getOrDefault(metric, 0)) {
                write(resource, metric, time, hour, sink);
            }
        }));
    }

    private static void write(Resource resource, String metric, Instant time, Hour hour, Sink sink) {
        Double average = hour.averaged == 0 ? null : Double.valueOf(hour.averages / hour.averaged);
        Double maximum = hour.maximum;
        if (hour.accelerators > 0) {
            if (resource.acceleratorCount() == null
                    || resource.acceleratorCount().intValue() != hour.accelerators) {
                return;
            }
            maximum = (double) hour.working;
        }
        sink.metric(new MetricHour(resource.resourceId(), metric, time, average, maximum, hour.total, null));
    }
}
