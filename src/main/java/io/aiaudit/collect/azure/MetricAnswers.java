package io.aiaudit.collect.azure;

import io.aiaudit.collect.MetricHours;
import io.aiaudit.model.Window;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * For which periods Azure answered for a metric of a resource, with points or without, and for which it had only an
 * error.
 */
final class MetricAnswers {
    private final Map<String, Set<Window>> responded = new HashMap<>();
    private final Map<String, Set<Window>> failed = new HashMap<>();
    private final Set<String> unread = new HashSet<>();

    void markAnswered(String resource, String metric, Window stretch) {
        responded.computeIfAbsent(key(resource, metric), key -> new HashSet<>()).add(stretch);
    }

    void failed(String resource, String metric, Window stretch) {
        failed.computeIfAbsent(key(resource, metric), key -> new HashSet<>()).add(stretch);
        unread.add(key(resource, metric));
    }

    /** None of the metrics was answered, for some of the time at least. */
    void unanswered(String resource, List<String> metrics) {
        metrics.forEach(metric -> unread.add(key(resource, metric)));
    }

    /**
     * Marks in the hours of a resource which metrics Azure failed to return for {@code resource_}, the resource or its
     * parent.
     */
    void note(String requested, List<AzureMetric> rows, MetricHours hours) {
        rows.stream()
                .filter(row -> unread.contains(key(requested, row.name())))
                .forEach(row -> hours.unread(row.metric()));
    }

    /** Whether anything was answered at all. */
    boolean any() {
        return !responded.isEmpty();
    }

    Set<Window> responded(String resource, String metric) {
        return responded.getOrDefault(key(resource, metric), Set.of());
    }

    /** Since when, up to {@code end}, the metric was answered without a break; null = the last time was not. */
    Instant respondedSince(String resource, String metric, Instant end) {
        Instant since = end;
        for (Instant before = start(resource, metric, since); before != null; ) {
            since = before;
            before = start(resource, metric, since);
        }
        return since.equals(end) ? null : since;
    }

    private Instant start(String resource, String metric, Instant end) {
        return responded(resource, metric).stream()
                .filter(stretch -> stretch.end().equals(end))
                .map(Window::start)
                .findFirst()
                .orElse(null);
    }

    Set<Window> failed(String resource, String metric) {
        return failed.getOrDefault(key(resource, metric), Set.of());
    }

    private static String key(String resource, String metric) {
        return resource + " " + metric;
    }
}
