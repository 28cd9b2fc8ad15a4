package io.aiaudit.rules;

import io.aiaudit.store.LockedStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** In which hours each metric has a point, and where points were lost: what rules need is looked up here. */
final class MetricPoints {
    /** Of these a sum over an hour says nothing. */
    static final List<String> LEVELS = List.of(
            "gpu_utilization",
            "gpu_memory_used_gib",
            "kv_cache_utilization",
            "cpu_utilization",
            "memory_used_gib",
            "latency_ms",
            "throughput_utilization");

    /** Of these only the sum says how many there were. */
    private static final List<String> COUNTS =
            List.of("tokens_input", "tokens_output", "tokens_cache_read", "tokens_cache_write");

    private final LockedStore store;
    private final WindowHours window;
    private final String base;
    private final Set<String> metricsRead = new HashSet<>();
    private final Map<Need, Map<String, Seen>> seen = new HashMap<>();

    /** Resources of which rows of some file could not be read. */
    private final Set<String> rejected = new HashSet<>();

    /** Of each resource the metrics that lack rows in some hours of the window. */
    private final Map<String, Set<String>> partlyMeasured = new HashMap<>();

    /**
     * The points of a resource that a need requires.
     *
     * @param wantedHours hours in which there should be a point and is one; null where it has only points that will
     *     not do for it
     */
    record Seen(Long wantedHours, Instant newest) {}

    MetricPoints(LockedStore store, WindowHours window, String base) {
        this.store = store;
        this.window = window;
        this.base = base;
    }

    /** Forgets all points, and reads what was lost. */
    void read() {
        partlyMeasured.clear();
        store.select("SELECT DISTINCT resource_id, metric FROM " + base + "partial_hours WHERE hour >= "
                        + window.start() + " AND hour < " + window.end())
                .rows()
                .forEach(row -> partlyMeasured
                        .computeIfAbsent((String) row.get(0), id -> new HashSet<>())
                        .add((String) row.get(1)));
        rejected.clear();
        store.select("SELECT DISTINCT resource_id FROM rejects JOIN files USING (file)"
                        + " WHERE content = 'usage' AND resource_id IS NOT NULL")
                .rows()
                .forEach(row -> rejected.add((String) row.get(0)));
        store.execute(
                "CREATE OR REPLACE TEMP TABLE aiaudit_points (resource_id VARCHAR, metric VARCHAR, hours BIT, newest "
                        + "TIMESTAMP)");
        metricsRead.clear();
        seen.clear();
    }

    /** Reads where these metrics have points with the statistic that rules need, each once for all rules. */
    void read(List<String> metrics) {
        List<String> missing = new ArrayList<>(metrics);
        missing.removeAll(metricsRead);
        if (missing.isEmpty()) {
            return;
        }
        store.execute("""
                INSERT INTO aiaudit_points
                SELECT resource_id, metric, bitstring_agg(date_diff('hour', %2$s, hour)::INTEGER, 0, %4$d), max(hour)
                FROM %1$smetrics
                WHERE metric IN %5$s AND hour >= %2$s AND hour < %3$s%8$s
                  AND CASE WHEN metric IN %6$s THEN coalesce(average, maximum) WHEN metric IN %7$s THEN total
                    ELSE coalesce(average, maximum, total) END IS NOT NULL
                GROUP BY resource_id, metric
                """.formatted(
                        base,
                        window.start(),
                        window.end(),
                        window.hours() - 1,
                        Literal.texts(missing),
                        Literal.texts(LEVELS),
                        Literal.texts(COUNTS),
                        measuredWhole()));
        metricsRead.addAll(missing);
    }

    /** Of each resource with points of any metric of a need, once {@link #read(List)} has read them. */
    Map<String, Seen> seen(Need need) {
        return seen.computeIfAbsent(need, this::points);
    }

    private Map<String, Seen> points(Need need) {
        Map<String, Seen> points = new HashMap<>();
        store.select("""
                        SELECT resource_id, bit_count(bit_or(hours & wanted) FILTER (%1$s)), max(newest) FILTER (%1$s)
                        FROM aiaudit_points JOIN aiaudit_lifetimes USING (resource_id)
                        WHERE metric IN %2$s
                        GROUP BY resource_id
                        """.formatted(
                                "accelerated IS DISTINCT FROM true OR metric IN "
                                        + Literal.texts(need.of(true).oneOf()),
                                Literal.texts(need.oneOf())))
                .rows()
                .forEach(row -> points.put((String) row.get(0), new Seen((Long) row.get(1), (Instant) row.get(2))));
        return points;
    }

    /** A condition on points: nothing of their hour is lost, since that may have been more than what is left. */
    String measuredWhole() {
        return !partlyMeasured.isEmpty()
                ? " AND (resource_id, metric, hour) NOT IN (FROM " + base + "partial_hours)"
                : "";
    }

    /** Whether rows of an hour are lost of what a need asks of a resource. */
    boolean isPartlyMeasured(String resourceId, Need need) {
        return need.oneOf().stream().anyMatch(partlyMeasured.getOrDefault(resourceId, Set.of())::contains);
    }

    /** Whether rows of an hour are lost of any metric of a resource. */
    boolean isPartlyMeasured(String resourceId) {
        return partlyMeasured.containsKey(resourceId);
    }

    /** Whether a file has rows of a resource that could not be read. */
    boolean hasRejectedRows(String resourceId) {
        return rejected.contains(resourceId);
    }
}
