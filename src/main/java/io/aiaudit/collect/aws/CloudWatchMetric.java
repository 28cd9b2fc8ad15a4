package io.aiaudit.collect.aws;

import io.aiaudit.collect.aws.MetricSeries.Statistic;
import io.aiaudit.model.Resource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;

/**
 * One metric of CloudWatch as a row, and what becomes of its points. What is read and what rules can examine follow
 * from the rows.
 *
 * @param name as CloudWatch has it
 * @param metric ours
 * @param factor what a value of a resource is multiplied with; null where the resource does not show of what it is a
 *     share
 */
record CloudWatchMetric(String namespace, String name, String metric, Form form, Function<Resource, Double> factor) {
    /** Which statistics are read, and what the absence of a point means. */
    enum Form {
        /** Average and maximum; an hour without a point is unknown. */
        MEASURED,
        /** What happened; an hour without a point had nothing. */
        COUNTER,
        /** What happened; an hour without a point is unknown. */
        TOTAL;

        private List<Statistic> statistics() {
            return this == MEASURED ? List.of(Statistic.AVERAGE, Statistic.MAXIMUM) : List.of(Statistic.SUM);
        }
    }

    static CloudWatchMetric measured(String namespace, String name, String metric, double factor) {
        return new CloudWatchMetric(namespace, name, metric, Form.MEASURED, resource -> factor);
    }

    static CloudWatchMetric counter(String namespace, String name, String metric) {
        return new CloudWatchMetric(namespace, name, metric, Form.COUNTER, resource -> 1.0);
    }

    static CloudWatchMetric total(String namespace, String name, String metric) {
        return new CloudWatchMetric(namespace, name, metric, Form.TOTAL, resource -> 1.0);
    }

    /** The series of a resource of which its factor is known, else none. */
    private Stream<MetricSeries> of(Resource resource, List<Dimension> dimensions) {
        Double known = factor.apply(resource);
        return known == null
                ? Stream.empty()
                : form.statistics().stream()
                        .map(statistic -> new MetricSeries(
                                resource.resourceId(),
                                metric,
                                namespace,
                                name,
                                dimensions,
                                statistic,
                                known,
                                form == Form.COUNTER));
    }

    static List<MetricSeries> series(List<CloudWatchMetric> rows, Resource resource, List<Dimension> dimensions) {
        return rows.stream().flatMap(row -> row.of(resource, dimensions)).toList();
    }

    /** What is written of these: a resource's replicas follow from its requests. */
    static Set<String> written(List<CloudWatchMetric> rows) {
        return rows.stream()
                .map(row -> row.metric.equals(CloudWatch.REQUESTS_BY_MACHINE) ? "replicas" : row.metric)
                .collect(Collectors.toSet());
    }
}
