package io.aiaudit.collect.azure;

import io.aiaudit.collect.MetricHours;
import io.aiaudit.model.Resource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One metric of Azure Monitor as a row, and what becomes of its points. What is read and what rules can examine follow
 * from the rows. A point without a value is neither 0 nor the absence of a point.
 *
 * @param name as Azure has it
 * @param metric ours
 * @param factor what a value of a resource is multiplied with; null where the resource does not show of what it is a
 *     share
 */
record AzureMetric(String name, String metric, Form form, Function<Resource, Double> factor) {
    /** Which statistics count, and how those of one hour come together. */
    enum Form {
        /** Average and maximum; several are averaged, and compete. */
        MEASURED,
        /** The average of a part, such as one instance: what there was is the sum of all parts. */
        PARTS,
        /** The total; several add up. */
        TOTAL,
        /** The average of a rate; several add up to a total. */
        RATE,
        /** The total, which may come under two names: the larger one counts. */
        LARGEST
    }

    static final double PERCENT = 0.01;

    static AzureMetric measured(String name, String metric, double factor) {
        return of(name, metric, Form.MEASURED, factor);
    }

    static AzureMetric of(String name, String metric, Form form, double factor) {
        return new AzureMetric(name, metric, form, resource -> factor);
    }

    /** The names to request. */
    static List<String> names(List<AzureMetric> rows) {
        return rows.stream().map(AzureMetric::name).toList();
    }

    /** The metrics of ours that are written. */
    static Set<String> written(List<AzureMetric> rows) {
        return rows.stream().map(AzureMetric::metric).collect(Collectors.toSet());
    }

    /** Adds a point of {@code resource} to its hours, where it is one of {@code rows}. */
    static void add(List<AzureMetric> rows, MetricHours hours, Resource resource, MetricPoint point) {
        rows.stream().filter(row -> row.name.equals(point.name())).forEach(row -> row.add(hours, resource, point));
    }

    private void add(MetricHours hours, Resource resource, MetricPoint point) {
        Double known = factor.apply(resource);
        if (known == null) {
            return;
        }
        Double value = form == Form.TOTAL || form == Form.LARGEST ? point.total() : point.average();
        if (value == null && (form != Form.MEASURED || point.maximum() == null)) {
            hours.withoutValue(metric, point.hour());
        }
        if (form == Form.MEASURED && point.maximum() != null) {
            hours.maximum(metric, point.hour(), point.maximum() * known);
        }
        if (value != null) {
            add(hours, point, value * known);
        }
    }

    private void add(MetricHours hours, MetricPoint point, double value) {
        switch (form) {
            case MEASURED -> hours.average(metric, point.hour(), value);
            case PARTS -> hours.part(metric, point.hour(), value);
            case TOTAL, RATE -> hours.total(metric, point.hour(), value);
            case LARGEST -> hours.largest(metric, point.hour(), value);
        }
    }
}
