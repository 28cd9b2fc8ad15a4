package io.aiaudit.store;

import io.aiaudit.model.Vocabulary;
import io.aiaudit.model.Window;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** The metrics of many resources in the window, grouped by moments of it; some rows at a time. */
final class WindowMetrics {
    private static final int ROWS_AT_ONCE = 100_000;
    private static final List<Rows.Column> WANTED = List.of(new Rows.Column("resource_id", "VARCHAR"));

    private WindowMetrics() {}

    /** Gives {@code row} resource, metric, whether it adds up, its average, and {@code columns}, first the moment. */
    static void read(
            LockedStore store,
            Collection<String> resourceIds,
            Window window,
            String columns,
            Consumer<List<Object>> row) {
        if (resourceIds.isEmpty()) {
            return;
        }
        store.execute("CREATE OR REPLACE TEMP TABLE wanted_metrics (resource_id VARCHAR)");
        store.fill(
                "wanted_metrics",
                WANTED,
                resourceIds.stream().distinct().map(List::of).toList());
        store.execute("CREATE OR REPLACE TEMP TABLE window_metrics AS SELECT m.resource_id, metric,"
                + " regexp_matches(metric, '" + Vocabulary.ADD_UP + "') AS counter,"
                + " avg(CASE WHEN counter THEN coalesce(total, average) ELSE coalesce(average, total) END) AS average, "
                + columns + " FROM metrics m JOIN wanted_metrics USING (resource_id) WHERE hour >= TIMESTAMP '"
                + window.start() + "' AND hour < TIMESTAMP '" + window.end() + "' GROUP BY ALL");
        long rows = (Long) store.select("SELECT count(*) FROM window_metrics")
                .rows()
                .get(0)
                .get(0);
        String some = "SELECT * FROM window_metrics WHERE rowid >= ? AND rowid < ?";
        for (long first = 0; first < rows; first += ROWS_AT_ONCE) {
            store.select(some, first, first + ROWS_AT_ONCE).rows().forEach(row);
        }
        store.execute("DROP TABLE window_metrics");
        store.execute("DROP TABLE wanted_metrics");
    }
}
