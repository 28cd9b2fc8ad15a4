package io.aiaudit.collect.aws;

import io.aiaudit.collect.Details;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;

/**
 * Metrics of accelerators that agents publish in CloudWatch, by machine: those of the CloudWatch agent, else those
 * of NVIDIA's DCGM exporter that the agent scrapes, else those of Container Insights.
 *
 * @param withoutMachine namespaces with metrics of DCGM none of whose dimensions names a machine
 * @param unread by machine, what may be published of it all the same: the list of these metrics failed
 */
record PublishedAccelerators(
        Map<String, AcceleratorSeries> byMachine, Set<String> withoutMachine, Map<String, Set<String>> unread) {
    /** A metric; MB of nvidia-smi and DCGM are MiB, bytes of Container Insights are bytes. */
    private record Published(String name, String metric, double factor) {}

    /**
     * An agent, and how it publishes.
     *
     * @param machine dimensions that may name the machine, the best first
     * @param device dimensions that may distinguish accelerators, the best first
     * @param needed dimensions that a metric has to have
     */
    private record Agent(List<Published> metrics, List<String> machine, List<String> device, List<String> needed) {}

    private static final double PERCENT = 0.01;
    private static final double GIB_PER_MIB = 1 / 1024.0;
    private static final double GIB_PER_BYTE = 1 / (1024.0 * 1024 * 1024);

    private static final Agent CLOUDWATCH_AGENT = new Agent(
            List.of(
                    new Published("nvidia_smi_utilization_gpu", "gpu_utilization", PERCENT),
                    new Published("nvidia_smi_memory_used", "gpu_memory_used_gib", GIB_PER_MIB)),
            List.of("InstanceId", "host"),
            List.of("index"),
            List.of());
    private static final Agent DCGM = new Agent(
            List.of(
                    new Published("DCGM_FI_DEV_GPU_UTIL", "gpu_utilization", PERCENT),
                    new Published("DCGM_FI_DEV_FB_USED", "gpu_memory_used_gib", GIB_PER_MIB)),
            List.of("InstanceId", "NodeName", "Hostname", "host"),
            List.of("gpu", "UUID", "device"),
            List.of());
    private static final Agent CONTAINER_INSIGHTS = new Agent(
            List.of(
                    new Published("node_gpu_utilization", "gpu_utilization", PERCENT),
                    new Published("node_gpu_memory_used", "gpu_memory_used_gib", GIB_PER_BYTE)),
            List.of("InstanceId"),
            List.of("GpuDevice"),
            List.of("GpuDevice", "InstanceId"));

    /** Whose accelerator it is at the time: such a series is not all of what the accelerator did. */
    private static final Set<String> OF_A_WORKLOAD =
            Set.of("pod", "container", "exported_pod", "exported_container", "PodName", "FullPodName", "ContainerName");

    /** What agents publish, by our names. */
    static Set<String> metrics() {
        return Stream.of(CONTAINER_INSIGHTS, DCGM, CLOUDWATCH_AGENT)
                .flatMap(agent -> agent.metrics().stream())
                .map(Published::metric)
                .collect(Collectors.toSet());
    }

    /**
     * A list that fails takes the metric of that name with it, and no other.
     *
     * @param ids machines by what an agent may call them
     */
    static PublishedAccelerators find(CloudWatch cloudWatch, Map<String, String> ids, Details details) {
        Map<String, AcceleratorSeries> series = new HashMap<>();
        Set<String> withoutMachine = new TreeSet<>();
        Map<String, Set<String>> unread = new HashMap<>();
        for (Agent agent : List.of(CONTAINER_INSIGHTS, DCGM, CLOUDWATCH_AGENT)) {
            Map<String, AcceleratorSeries> own = new HashMap<>();
            Set<String> failed = new TreeSet<>();
            for (Published published : agent.metrics()) {
                Optional<List<Metric>> listed = details.call(
                        "metrics of accelerators", published.name(), () -> metrics(cloudWatch, agent, published));
                if (listed.isEmpty()) {
                    failed.add(published.metric());
                }
                for (Metric metric : listed.orElse(List.of())) {
                    String id = ids.get(first(metric, agent.machine(), ids));
                    if (id != null && !isOfAWorkload(metric)) {
                        own.computeIfAbsent(id, AcceleratorSeries::new)
                                .add(
                                        published.metric(),
                                        published.factor(),
                                        metric,
                                        first(metric, agent.device(), null));
                    } else if (agent.equals(DCGM)
                            && agent.machine().stream().allMatch(name -> value(metric, name) == null)) {
                        withoutMachine.add(metric.namespace());
                    }
                }
            }
            series.putAll(own);
            own.keySet().forEach(unread::remove); // what an agent before it publishes would not be read
            ids.values()
                    .forEach(id ->
                            unread.computeIfAbsent(id, any -> new TreeSet<>()).addAll(failed));
        }
        series.forEach((id, published) -> unread.get(id).removeAll(published.metrics()));
        unread.values().removeIf(Set::isEmpty);
        return new PublishedAccelerators(series, withoutMachine, unread);
    }

    /** Those with the fewest dimensions first: others are the same, split further. */
    private static List<Metric> metrics(CloudWatch cloudWatch, Agent agent, Published published) {
        List<Metric> metrics = new ArrayList<>(
                cloudWatch.published(published.name(), agent.needed().toArray(String[]::new)));
        metrics.sort(Comparator.comparingInt(metric -> metric.dimensions().size()));
        return metrics;
    }

    private static boolean isOfAWorkload(Metric metric) {
        return metric.dimensions().stream().map(Dimension::name).anyMatch(OF_A_WORKLOAD::contains);
    }

    /**
     * The first of these dimensions that the metric has, with a value among {@code known} where that is not null; else
     * empty.
     */
    private static String first(Metric metric, List<String> names, Map<String, String> known) {
        return names.stream()
                .map(name -> value(metric, name))
                .filter(Objects::nonNull)
                .filter(value -> known == null || known.containsKey(value))
                .findFirst()
                .orElse("");
    }

    private static String value(Metric metric, String dimension) {
        return metric.dimensions().stream()
                .filter(candidate -> candidate.name().equals(dimension))
                .map(Dimension::value)
                .findFirst()
                .orElse(null);
    }

    /** Reports what is published and belongs to no machine. */
    PublishedAccelerators reported(AwsSession session, Sink sink) {
        for (String namespace : withoutMachine) {
            sink.warning("aws " + session.account() + "/" + session.region() + ": metrics of DCGM in " + namespace
                    + " have no dimension that names the instance, so they are not read; docs/aws.md shows "
                    + "which to add.");
        }
        return this;
    }

    /** Marks what may be published of a machine and could not be listed. */
    void noteUnread(String machine, Resource resource, CloudWatch cloudWatch) {
        unread.getOrDefault(machine, Set.of()).forEach(metric -> cloudWatch.unread(resource, metric));
    }
}
