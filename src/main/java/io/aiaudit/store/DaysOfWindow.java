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
    private DaysOfWindow() {}

    static Map<String, Map<String, DailyUse>> read(LockedStore store, Collection<String> resourceIds, Window window) {
        Map<String, Map<String, DailyUse>> found = new TreeMap<>();
        int days = (int) ChronoUnit.DAYS.between(window.start(), window.end());
        String columns = "date_diff('day', TIMESTAMP '" + window.start() + "', hour) AS day,"
                + " max(CASE WHEN counter THEN coalesce(total, average) ELSE coalesce(maximum, average, total) END)"
                + " AS highest";
        WindowMetrics.read(store, resourceIds, window, columns, row -> take(row, days, found));
        return found;
    }

    private static void take(List<Object> row, int days, Map<String, Map<String, DailyUse>> found) {
        DailyUse use = found.computeIfAbsent((String) row.get(0), id -> new TreeMap<>())
                .computeIfAbsent((String) row.get(1), metric -> new DailyUse(unknown(days), unknown(days)));
        int day = ((Long) row.get(4)).intValue();
        use.average().set(day, (Double) row.get(3));
        use.highest().set(day, (Double) row.get(5));
    }

    private static List<Double> unknown(int days) {
        return Arrays.asList(Collections.nCopies(days, null).toArray(Double[]::new));
    }
}
