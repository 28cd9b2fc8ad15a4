package io.aiaudit.collect.aws;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.aws.MetricSeries.Statistic;
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
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;

/**
 * What EC2 machines did: processors and network, which AWS measures, and accelerators where somebody installed the CloudWatch agent or Container Insights. A machine
 * without such an agent has no metric of its accelerators at all, which is not the same as idle.
 */
final class InstanceMetrics implements AwsPart {
    /** A metric of accelerators that an agent publishes; MB of nvidia-smi are MiB, bytes of Container Insights are bytes. */
    private record Published(String name, String metric, double factor) {}

    private static final double PERCENT = 0.01;
    private static final double GIB_PER_MIB = 1 / 1024.0;
    private static final double GIB_PER_BYTE = 1 / (1024.0 * 1024 * 1024);

    private static final List<Published> AGENT = List.of(
            new Published("nvidia_smi_utilization_gpu", "gpu_utilization", PERCENT),
            new Published("nvidia_smi_memory_used", "gpu_memory_used_gib", GIB_PER_MIB));
    private static final List<Published> CONTAINER_INSIGHTS = List.of(
            new Published("node_gpu_utilization", "gpu_utilization", PERCENT),
            new Published("node_gpu_memory_used", "gpu_memory_used_gib", GIB_PER_BYTE));

    @Override
    public String word() {
        return "instance metrics";
    }

    @Override
    public Slice.Dataset dataset() {
        return Slice.Dataset.METRICS;
    }

    @Override
    public void read(AwsPlace place, Window window, Known known, Sink sink) {
        List<Resource> instances = place.here(known.resources("instance"));
        if (instances.isEmpty()) {
            return;
        }
        CloudWatch cloudWatch = new CloudWatch(place, window);
        Map<String, AcceleratorSeries> accelerators = new Details(place, sink)
                .ask("metrics of accelerators", () -> accelerators(cloudWatch, names(instances)))
                .orElse(Map.of());
        List<MetricSeries> series = new ArrayList<>();
        for (Resource instance : instances) {
            series.addAll(ofMachine(instance));
            AcceleratorSeries published = accelerators.get(instance.resourceId());
            if (published != null) {
                series.addAll(published.series(place, instance, sink));
            }
        }
        cloudWatch.read(series, instances, sink);
    }

    private static List<MetricSeries> ofMachine(Resource instance) {
        String id = instance.resourceId();
        List<Dimension> dimensions = List.of(CloudWatch.dimension("InstanceId", id));
        return List.of(
                machine(id, "cpu_utilization", "CPUUtilization", dimensions, Statistic.AVERAGE, PERCENT),
                machine(id, "cpu_utilization", "CPUUtilization", dimensions, Statistic.MAXIMUM, PERCENT),
                machine(id, "network_bytes", "NetworkIn", dimensions, Statistic.SUM, 1),
                machine(id, "network_bytes", "NetworkOut", dimensions, Statistic.SUM, 1));
    }

    private static MetricSeries machine(
            String id, String metric, String name, List<Dimension> dimensions, Statistic statistic, double factor) {
        return new MetricSeries(id, metric, "AWS/EC2", name, dimensions, statistic, factor, false);
    }

    /** What an agent may call each machine: its id, or the name of its host, unless networks with the same addresses have several of that name. */
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

    /**
     * By machine: the agent's series; those of Container Insights only where the agent has none.
     *
     * @param ids machines by what an agent may call them
     */
    static Map<String, AcceleratorSeries> accelerators(CloudWatch cloudWatch, Map<String, String> ids) {
        Map<String, AcceleratorSeries> agent = new HashMap<>();
        for (Published published : AGENT) {
            for (Metric metric : cloudWatch.published(published.name())) {
                String id = ids.getOrDefault(value(metric, "InstanceId"), ids.get(value(metric, "host")));
                add(agent, id, published, metric, "index");
            }
        }
        Map<String, AcceleratorSeries> insights = new HashMap<>();
        for (Published published : CONTAINER_INSIGHTS) {
            for (Metric metric : cloudWatch.published(published.name(), "GpuDevice", "InstanceId")) {
                add(insights, ids.get(value(metric, "InstanceId")), published, metric, "GpuDevice");
            }
        }
        agent.forEach(insights::put);
        return insights;
    }

    private static void add(
            Map<String, AcceleratorSeries> series, String id, Published published, Metric metric, String device) {
        if (id != null) {
            series.computeIfAbsent(id, key -> new AcceleratorSeries(key, device))
                    .add(published.metric(), published.factor(), metric);
        }
    }

    static String value(Metric metric, String dimension) {
        return metric.dimensions().stream()
                .filter(candidate -> candidate.name().equals(dimension))
                .map(Dimension::value)
                .findFirst()
                .orElse("");
    }
}
