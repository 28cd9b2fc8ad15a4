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
        String slot = "(isodow(hour) - 1) * 24 + hour(hour) AS slot";
        WindowMetrics.read(store, resourceIds, window, slot, row -> take(row, weeks));
        return weeks;
    }

    private static void take(List<Object> row, Map<String, Map<String, List<Double>>> weeks) {
        HourOfWeek week = (HourOfWeek) weeks.computeIfAbsent((String) row.get(0), id -> new TreeMap<>())
                .computeIfAbsent((String) row.get(1), metric -> new HourOfWeek());
        Object average = row.get(3);
        week.averages[((Long) row.get(4)).intValue()] = average == null ? Double.NaN : (Double) average;
    }
}
