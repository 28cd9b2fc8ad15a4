package io.aiaudit.collect.aws;

import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;

/**
 * One series of CloudWatch, and what becomes of its points: a statistic of a metric of a resource.
 *
 * @param statistic Average, Maximum or Sum of each hour
 * @param factor what a value is multiplied with, such as 0.01 for percent
 * @param zeroWhere absent hours are 0 where CloudWatch sends no point for nothing, as for requests
 */
record MetricSeries(
        String resourceId,
        String metric,
        String namespace,
        String name,
        List<Dimension> dimensions,
        Statistic statistic,
        double factor,
        boolean zeroWhere) {
    /** Which column of a metric hour it fills: averages of several series are averaged, maxima compete, sums add up. */
    enum Statistic {
        AVERAGE("Average"),
        MAXIMUM("Maximum"),
        SUM("Sum");

        private final String label;

        Statistic(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /** An average that has a point in every hour. Latencies have none without a request. */
    boolean isContinuous() {
        return statistic == Statistic.AVERAGE && !metric.endsWith("_ms");
    }

    /** The same series, with another statistic. */
    MetricSeries as(Statistic other) {
        return new MetricSeries(resourceId, metric, namespace, name, dimensions, other, factor, zeroWhere);
    }

    /** The same series, as one of another resource. */
    MetricSeries of(String other) {
        return new MetricSeries(other, metric, namespace, name, dimensions, statistic, factor, zeroWhere);
    }

    /** The same series, of which the absence of a point proves nothing. */
    MetricSeries withoutZeros() {
        return new MetricSeries(resourceId, metric, namespace, name, dimensions, statistic, factor, false);
    }

    MetricSeries {
        dimensions = List.copyOf(dimensions);
    }
}
