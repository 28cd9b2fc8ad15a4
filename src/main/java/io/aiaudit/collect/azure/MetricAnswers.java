package io.aiaudit.collect.azure;

import io.aiaudit.collect.MetricHours;
import io.aiaudit.model.Window;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * For which stretches of time Azure told a metric of a resource, with points or without, and for which it had only an
 * error.
 */
final class MetricAnswers {
    private final Map<String, Set<Window>> told = new HashMap<>();
    private final Map<String, Set<Window>> failed = new HashMap<>();
    private final Set<String> unread = new HashSet<>();

    void told(String resource, String metric, Window stretch) {
        told.computeIfAbsent(key(resource, metric), key -> new HashSet<>()).add(stretch);
    }

    void failed(String resource, String metric, Window stretch) {
        failed.computeIfAbsent(key(resource, metric), key -> new HashSet<>()).add(stretch);
        unread.add(key(resource, metric));
    }

    /** None of the metrics was told, for some of the time at least. */
    void unanswered(String resource, List<String> metrics) {
        metrics.forEach(metric -> unread.add(key(resource, metric)));
    }

    /** Lets the hours of a resource know which of their rows Azure failed to tell of {@code asked}, such as itself. */
    void note(String asked, List<AzureMetric> rows, MetricHours hours) {
        rows.stream().filter(row -> unread.contains(key(asked, row.name()))).forEach(row -> hours.unread(row.metric()));
    }

    /** Whether anything was answered at all. */
    boolean any() {
        return !told.isEmpty();
    }

    Set<Window> told(String resource, String metric) {
        return told.getOrDefault(key(resource, metric), Set.of());
    }

    Set<Window> failed(String resource, String metric) {
        return failed.getOrDefault(key(resource, metric), Set.of());
    }

    private static String key(String resource, String metric) {
        return resource + " " + metric;
    }
}
