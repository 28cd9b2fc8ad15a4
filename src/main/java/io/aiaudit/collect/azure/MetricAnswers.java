package io.aiaudit.collect.azure;

import io.aiaudit.model.Window;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * For which stretches of time Azure told a metric of a resource, with points or without, and for which it had only an
 * error.
 */
final class MetricAnswers {
    private final Map<String, Set<Window>> told = new HashMap<>();
    private final Map<String, Set<Window>> failed = new HashMap<>();

    void told(String resource, String metric, Window stretch) {
        told.computeIfAbsent(key(resource, metric), key -> new HashSet<>()).add(stretch);
    }

    void failed(String resource, String metric, Window stretch) {
        failed.computeIfAbsent(key(resource, metric), key -> new HashSet<>()).add(stretch);
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
