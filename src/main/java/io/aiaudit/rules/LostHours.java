package io.aiaudit.rules;

import io.aiaudit.model.Window;
import io.aiaudit.store.LockedStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Hours in which a resource ran and a metric of it that shows work has no point. A rule takes them as worked; what it
 * finds beyond that when nothing happened in them depends on data that is not there (docs/adr/0168).
 */
final class LostHours {
    /** Points without work, in these hours. */
    static final String TABLE = "aiaudit_lost_hours";

    /** Of an hour without instances a rule may say anything. */
    private static final String REPLICAS = "replicas";

    private static final List<String> METRICS =
            Work.METRICS.stream().filter(metric -> !REPLICAS.equals(metric)).toList();

    /** What a rule judges beside them, and no work of its own. */
    private static final List<String> NAMED =
            Stream.concat(METRICS.stream(), Stream.of("gpu_memory_used_gib")).toList();

    /** For one whose own hours are all there: a rule may look at several together, such as a node and its parts. */
    private static final String OF_ANOTHER =
            "a metric of another resource that it was judged with was not measured in every hour";

    private final LockedStore store;
    private final Window window;
    private final String base;
    private final Lifetimes lifetimes;

    LostHours(LockedStore store, Window window, String base, Lifetimes lifetimes) {
        this.store = store;
        this.window = window;
        this.base = base;
        this.lifetimes = lifetimes;
    }

    /** Whether points without work may stand for lost ones. */
    static boolean canFill(Need need) {
        return need.oneOf().stream().anyMatch(METRICS::contains);
    }

    static String reason(String metric) {
        return metric + " covers less than 100 % of its hours";
    }

    /**
     * For what is in {@code aiaudit_coverage}; the points of the metrics that the rule needs have been read. What an
     * hour shows that lacks rows happened.
     */
    void fill(Rule rule) {
        store.execute("""
                CREATE OR REPLACE TEMP TABLE %1$s AS
                SELECT resource_id, metric, hour, coalesce(m.average, 0) AS average, coalesce(m.maximum, 0) AS maximum,
                  coalesce(m.total, 0) AS total, 1::BIGINT AS samples
                FROM (
                  SELECT resource_id, metric, %2$s + to_hours(i) AS hour
                  FROM (
                    SELECT resource_id, metric, wanted & ~hours AS lost
                    FROM aiaudit_points JOIN aiaudit_lifetimes USING (resource_id)
                    WHERE metric IN %3$s AND metric IN %4$s
                      AND resource_id IN (SELECT resource_id FROM aiaudit_coverage) AND bit_count(wanted & ~hours) > 0
                  ), range(0, %5$d) r(i)
                  WHERE get_bit(lost, i::INTEGER) = 1
                ) LEFT JOIN %6$smetrics m USING (resource_id, metric, hour)
                """.formatted(
                        TABLE,
                        Literal.timestamp(window.start()),
                        Literal.texts(METRICS),
                        Literal.texts(rule.neededMetrics().isEmpty() ? List.of("") : rule.neededMetrics()),
                        window.hours(),
                        base));
    }

    /** Why a rule could not judge each of these: of the metrics that lack hours, the one that has most. */
    Map<String, String> reasons(Collection<String> resourceIds) {
        Map<String, String> reasons = new HashMap<>();
        if (resourceIds.isEmpty()) {
            return reasons;
        }
        resourceIds.forEach(id -> reasons.put(id, OF_ANOTHER));
        store.select("""
                        SELECT resource_id, metric
                        FROM (
                          SELECT resource_id, metric,
                            bitstring_agg(date_diff('hour', %2$s, hour)::INTEGER, 0, %5$d) AS hours
                          FROM %1$smetrics
                          WHERE metric IN %4$s AND hour >= %2$s AND hour < %3$s AND resource_id IN %6$s%7$s
                          GROUP BY ALL
                        ) JOIN aiaudit_lifetimes USING (resource_id)
                        WHERE bit_count(wanted & ~hours) > 0
                        QUALIFY row_number() OVER (PARTITION BY resource_id ORDER BY bit_count(wanted & hours) DESC,
                          metric) = 1
                        """.formatted(
                                base,
                                Literal.timestamp(window.start()),
                                Literal.timestamp(window.end()),
                                Literal.texts(NAMED),
                                window.hours() - 1,
                                Literal.texts(resourceIds),
                                lifetimes.points().measuredWhole()))
                .rows()
                .forEach(row -> reasons.put((String) row.get(0), reason((String) row.get(1))));
        return reasons;
    }
}
