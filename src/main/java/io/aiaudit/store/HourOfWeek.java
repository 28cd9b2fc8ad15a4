package io.aiaudit.store;

import io.aiaudit.model.Window;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The week of a resource: what its metrics are on average in each of the 168 hours, null where nothing is known.
 * Thousands of resources may be requested.
 */
final class HourOfWeek extends AbstractList<Double> {
    private static final int HOURS = 168;
    private static final int ROWS_AT_ONCE = 100_000;
    private static final List<Rows.Column> WANTED = List.of(new Rows.Column("resource_id", "VARCHAR"));

    private final double[] averages = new double[HOURS];

    private HourOfWeek() {
        Arrays.fill(averages, Double.NaN);
    }

    @Override
    public Double get(int hour) {
        return Double.isNaN(averages[hour]) ? null : averages[hour];
    }

    @Override
    public int size() {
        return HOURS;
    }

    static Map<String, Map<String, List<Double>>> read(
            LockedStore store, Collection<String> resourceIds, Window window) {
        Map<String, Map<String, List<Double>>> weeks = new TreeMap<>();
        if (resourceIds.isEmpty()) {
            return weeks;
        }
        store.execute("CREATE OR REPLACE TEMP TABLE wanted_weeks (resource_id VARCHAR)");
        store.fill(
                "wanted_weeks",
                WANTED,
                resourceIds.stream().distinct().map(List::of).toList());
        store.execute("CREATE OR REPLACE TEMP TABLE weeks AS SELECT m.resource_id, metric, (isodow(hour) - 1) * 24 + "
                + "hour(hour) AS slot,"
                + " avg(CASE WHEN regexp_matches(metric, '^(requests|tokens_|network_bytes)') THEN "
                + "coalesce(total, average) ELSE coalesce(average, total) END) AS average"
                + " FROM metrics m JOIN wanted_weeks USING (resource_id) WHERE hour >= TIMESTAMP '"
                + window.start() + "' AND hour < TIMESTAMP '" + window.end() + "' GROUP BY ALL");
        long rows =
                (Long) store.select("SELECT count(*) FROM weeks").rows().get(0).get(0);
        for (long first = 0; first < rows; first += ROWS_AT_ONCE) {
            store.select(
                            "SELECT resource_id, metric, slot, average FROM weeks WHERE rowid >= ? AND rowid < ?",
                            first,
                            first + ROWS_AT_ONCE)
                    .rows()
                    .forEach(row -> take(row, weeks));
        }
        store.execute("DROP TABLE weeks");
        store.execute("DROP TABLE wanted_weeks");
        return weeks;
    }

    private static void take(List<Object> row, Map<String, Map<String, List<Double>>> weeks) {
        HourOfWeek week = (HourOfWeek) weeks.computeIfAbsent((String) row.get(0), id -> new TreeMap<>())
                .computeIfAbsent((String) row.get(1), metric -> new HourOfWeek());
        Object average = row.get(3);
        week.averages[((Long) row.get(2)).intValue()] = average == null ? Double.NaN : (Double) average;
    }
}
