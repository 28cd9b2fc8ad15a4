package io.aiaudit.collect.aws;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What EC2 machines did: processors and network, which AWS measures, and accelerators where an agent is installed that
 * publishes them. A machine without such an agent has no metric of its accelerators at all, which is not the same as
 * idle.
 */
final class InstanceMetrics extends AwsPart {
    private static final String NAMESPACE = "AWS/EC2";
    static final List<CloudWatchMetric> OF_HOST = List.of(
            CloudWatchMetric.measured(NAMESPACE, "CPUUtilization", "cpu_utilization", 0.01),
            CloudWatchMetric.total(NAMESPACE, "NetworkIn", "network_bytes"),
            CloudWatchMetric.total(NAMESPACE, "NetworkOut", "network_bytes"));

    InstanceMetrics() {
        super("instance metrics", Slice.Dataset.METRICS, CloudWatch.OPERATIONS);
    }

    /** Of accelerators only where an agent publishes them. How many of them work follows from their utilization. */
    @Override
    public Map<String, Set<String>> measures() {
        Set<String> metrics = new HashSet<>(PublishedAccelerators.metrics());
        metrics.add(CloudWatch.WORKING);
        metrics.addAll(CloudWatchMetric.written(OF_HOST));
        return Map.of("instance", metrics);
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        List<Resource> instances = session.here(known.resources("instance"));
        if (instances.isEmpty()) {
            return;
        }
        CloudWatch cloudWatch = new CloudWatch(session, window);
        PublishedAccelerators accelerators = PublishedAccelerators.find(
                        cloudWatch, names(instances), session.details(sink))
                .reported(session, sink);
        List<MetricSeries> series = new ArrayList<>();
        for (Resource instance : instances) {
            series.addAll(CloudWatchMetric.series(
                    OF_HOST, instance, List.of(CloudWatch.dimension("InstanceId", instance.resourceId()))));
            AcceleratorSeries published = accelerators.byMachine().get(instance.resourceId());
            accelerators.noteUnread(instance.resourceId(), instance, cloudWatch);
            if (published != null) {
                series.addAll(published.series(session, instance, sink));
            }
        }
        cloudWatch.read(series, instances, sink);
    }

    /**
     * What an agent may call each machine: its id, or the name of its host, unless networks with the same addresses
     * have several of that name.
     */
    private static Map<String, String> names(List<Resource> instances) {
        Map<String, Set<String>> named = new HashMap<>();
        for (Resource instance : instances) {
            String id = instance.resourceId();
            Stream<String> hosts = Stream.ofNullable(instance.attributes().get("private_dns"))
                    .flatMap(host -> Stream.of(host, host.replaceFirst("[.].*", "")));
            Stream.concat(Stream.of(id), hosts)
                    .forEach(name ->
                            named.computeIfAbsent(name, key -> new HashSet<>()).add(id));
        }
        Map<String, String> ids = new HashMap<>();
        named.forEach((name, machines) -> {
            if (machines.size() == 1) {
                ids.put(name, machines.iterator().next());
            }
        });
        return ids;
    }
}
