package io.aiaudit.store;

import io.aiaudit.model.Audit.DailyUse;
import io.aiaudit.model.Window;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The metrics of resources by day of the window: enough for a curve, and small enough for thousands of them in one
 * report.
 */
final class DaysOfWindow {
    private static final int ROWS_AT_ONCE = 100_000;
    private static final List<Rows.Column> WANTED = List.of(new Rows.Column("resource_id", "VARCHAR"));

    private DaysOfWindow() {}

    static Map<String, Map<String, DailyUse>> read(LockedStore store, Collection<String> resourceIds, Window window) {
        Map<String, Map<String, DailyUse>> found = new TreeMap<>();
        if (resourceIds.isEmpty()) {
            return found;
        }
        int days = (int) ChronoUnit.DAYS.between(window.start(), window.end());
        store.execute("CREATE OR REPLACE TEMP TABLE wanted_days (resource_id VARCHAR)");
        store.fill(
                "wanted_days",
                WANTED,
                resourceIds.stream().distinct().map(List::of).toList());
        store.execute("CREATE OR REPLACE TEMP TABLE days AS SELECT m.resource_id, metric,"
                + " date_diff('day', TIMESTAMP '" + window.start() + "', hour) AS day,"
                + " regexp_matches(metric, '^(requests|tokens_|network_bytes)') AS counter,"
                + " avg(CASE WHEN counter THEN coalesce(total, average) ELSE coalesce(average, total) END) AS average,"
                + " max(CASE WHEN counter THEN coalesce(total, average) ELSE coalesce(maximum, average, total) END)"
                + " AS highest FROM metrics m JOIN wanted_days USING (resource_id) WHERE hour >= TIMESTAMP '"
                + window.start() + "' AND hour < TIMESTAMP '" + window.end() + "' GROUP BY ALL");
        long rows =
                (Long) store.select("SELECT count(*) FROM days").rows().get(0).get(0);
        for (long first = 0; first < rows; first += ROWS_AT_ONCE) {
            store.select(
                            "SELECT resource_id, metric, day, average, highest FROM days WHERE rowid >= ? AND rowid < "
                                    + "?",
                            first,
                            first + ROWS_AT_ONCE)
                    .rows()
                    .forEach(row -> take(row, days, found));
        }
        store.execute("DROP TABLE days");
        store.execute("DROP TABLE wanted_days");
        return found;
    }

    private static void take(List<Object> row, int days, Map<String, Map<String, DailyUse>> found) {
        DailyUse use = found.computeIfAbsent((String) row.get(0), id -> new TreeMap<>())
                .computeIfAbsent((String) row.get(1), metric -> new DailyUse(unknown(days), unknown(days)));
        int day = ((Long) row.get(2)).intValue();
        use.average().set(day, (Double) row.get(3));
        use.highest().set(day, (Double) row.get(4));
    }

    private static List<Double> unknown(int days) {
        return Arrays.asList(Collections.nCopies(days, null).toArray(Double[]::new));
    }
}
