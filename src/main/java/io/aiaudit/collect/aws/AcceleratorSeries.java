package io.aiaudit.collect.aws;

import io.aiaudit.collect.aws.MetricSeries.Statistic;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.model.Metric;

/**
 * What an agent publishes of the accelerators of one machine: usually one series for each of them, beside which the
 * same may stand summed up over all of them or under other dimensions. Each accelerator counts once; a machine of which
 * some accelerators are missing is not known.
 */
final class AcceleratorSeries {
    private static final String ALL = "";

    private final String instance;
    private final Map<String, Map<String, MetricSeries>> byMetric = new TreeMap<>();

    AcceleratorSeries(String instance) {
        this.instance = instance;
    }

    /** {@code device} distinguishes accelerators; empty where the metric is of all of them. */
    void add(String name, double factor, Metric metric, String device) {
        byMetric.computeIfAbsent(name, key -> new TreeMap<>())
                .putIfAbsent(
                        device,
                        new MetricSeries(
                                instance,
                                name,
                                metric.namespace(),
                                metric.metricName(),
                                metric.dimensions(),
                                Statistic.AVERAGE,
                                factor,
                                false));
    }

    /** What is published of it, in whole or of some accelerators. */
    Set<String> metrics() {
        return byMetric.keySet();
    }

    /** Average and maximum of each accelerator, or of all of them together where they cannot be distinguished. */
    List<MetricSeries> series(AwsSession session, Resource resource, Sink sink) {
        List<MetricSeries> series = new ArrayList<>();
        byMetric.forEach((name, byDevice) -> {
            if (byDevice.size() > 1) {
                byDevice.remove(ALL); // the same, summed up
            }
            if (isWhole(byDevice, resource)) {
                byDevice.values().forEach(one -> {
                    series.add(one);
                    series.add(one.as(Statistic.MAXIMUM));
                });
            } else {
                sink.gap(partly(session, name, byDevice.size(), resource));
            }
        });
        return series;
    }

    private static boolean isWhole(Map<String, MetricSeries> byDevice, Resource resource) {
        return byDevice.containsKey(ALL)
                || (resource.acceleratorCount() != null
                        && byDevice.size() >= resource.acceleratorCount().intValue());
    }

    private static Gap partly(AwsSession session, String name, int published, Resource resource) {
        return new Gap(
                "aws",
                session.account() + "/" + session.region() + " " + resource.resourceId(),
                resource.acceleratorCount() == null
                        ? name + " is published of " + published + " of its accelerators; how many it has is unknown."
                        : name + " is published of " + published + " of its "
                                + resource.acceleratorCount().toPlainString()
                                + " accelerators; the rest is unknown.",
                resource.acceleratorCount() == null
                        ? "Allow ec2:DescribeInstances and ec2:DescribeInstanceTypes for the audit role."
                        : "Configure the agent on the instance to publish all of them; see docs/aws.md.");
    }
}
