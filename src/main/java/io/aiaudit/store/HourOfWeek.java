package io.aiaudit.store;

import io.aiaudit.model.Window;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The week of a resource: what its metrics are on average in each of the 168 hours. */
final class HourOfWeek {
    private static final int HOURS = 168;

    private HourOfWeek() {}

    static Map<String, Map<String, List<Double>>> read(
            LockedStore store, Collection<String> resourceIds, Window window) {
        store.execute("CREATE OR REPLACE TEMP TABLE wanted_weeks (resource_id VARCHAR)");
        store.fill("wanted_weeks", resourceIds.stream().distinct().map(List::of).toList());
        Rows rows = store.select(
                "SELECT m.resource_id, metric, (isodow(hour) - 1) * 24 + hour(hour) AS slot,"
                        + " avg(CASE WHEN regexp_matches(metric, '^(requests|tokens_|network_bytes)') THEN coalesce(total, average) ELSE coalesce(average, total) END)"
                        + " FROM metrics m JOIN wanted_weeks USING (resource_id) WHERE hour >= ? AND hour < ?"
                        + " GROUP BY ALL ORDER BY ALL",
                window.start(),
                window.end());
        store.execute("DROP TABLE wanted_weeks");
        Map<String, Map<String, List<Double>>> weeks = new TreeMap<>();
        for (List<Object> row : rows.rows()) {
            weeks.computeIfAbsent((String) row.get(0), id -> new TreeMap<>())
                    .computeIfAbsent((String) row.get(1), metric -> new ArrayList<>(Collections.nCopies(HOURS, null)))
                    .set(((Long) row.get(2)).intValue(), (Double) row.get(3));
        }
        return weeks;
    }
}
