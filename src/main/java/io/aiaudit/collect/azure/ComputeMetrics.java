package io.aiaudit.collect.azure;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.MetricHours;
import io.aiaudit.collect.ServiceHours;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What clusters and compute instances of Machine Learning did. Azure reports it on their workspace, split by the names
 * of the computes: use of accelerators, processors and
 * memory while a job runs, and how many nodes of a cluster there were and ran one.
 */
final class ComputeMetrics extends AzurePart {
    private static final String NAMESPACE = "Microsoft.MachineLearningServices/workspaces";
    private static final String CLUSTER = "training_cluster";
    private static final String ACTIVE = "Active Nodes";
    private static final String ALL = "Total Nodes";
    private static final AzureMetric NODES = AzureMetric.measured(ALL, "replicas", 1);

    /** An hour with a point of one of these has a measured use. */
    private static final Set<String> USE = Set.of("GpuUtilizationPercentage", "CpuUtilizationPercentage");

    /** Metrics of use call the dimension compute here and cluster there. */
    private static final List<AzureMonitor.Question> QUESTIONS = List.of(
            new AzureMonitor.Question(
                    NAMESPACE, AzureMetric.names(MachineUse.ROWS), "average,maximum", List.of("ComputeName")),
            new AzureMonitor.Question(NAMESPACE, List.of(ACTIVE, ALL), "average,maximum", List.of("ClusterName")));

    ComputeMetrics() {
        super("compute metrics", Slice.Dataset.METRICS, AzureMonitor.OPERATIONS);
    }

    @Override
    public Map<String, Set<String>> measures() {
        Set<String> ofMachines = AzureMetric.written(MachineUse.ROWS);
        Set<String> ofClusters = new TreeSet<>(ofMachines);
        ofClusters.add(NODES.metric());
        return Map.of(CLUSTER, ofClusters, "notebook", ofMachines);
    }

    @Override
    public void read(AzureSession session, Window window, Known known, Sink sink) throws InterruptedException {
        Map<String, Map<String, Resource>> computes = new TreeMap<>();
        session.here(Stream.concat(known.resources(CLUSTER).stream(), known.resources("notebook").stream())
                        .filter(resource -> resource.resourceId().contains("/computes/") && resource.parentId() != null)
                        .toList())
                .forEach(compute -> computes.computeIfAbsent(compute.parentId(), key -> new TreeMap<>())
                        .put(name(compute.name()), compute));
        List<Resource> workspaces = session.here(known.resources("account")).stream()
                .filter(workspace -> computes.containsKey(workspace.resourceId()))
                .toList();
        AzureMonitor.eachRegion(
                session,
                window,
                workspaces,
                sink,
                (monitor, region, some) -> read(monitor, region, some, computes, sink));
    }

    private static String name(String compute) {
        return String.valueOf(compute).toLowerCase(Locale.ROOT);
    }

    private static void read(
            AzureMonitor monitor,
            String region,
            List<Resource> workspaces,
            Map<String, Map<String, Resource>> computes,
            Sink sink)
            throws InterruptedException {
        Map<String, ComputeHours> hours = new HashMap<>();
        Consumer<MetricPoint> points = point -> {
            Resource compute =
                    computes.getOrDefault(point.resourceId(), Map.of()).get(name(point.part()));
            if (compute != null) {
                hours.computeIfAbsent(compute.resourceId(), key -> new ComputeHours(compute))
                        .add(point);
            }
        };
        List<String> ids = workspaces.stream().map(Resource::resourceId).toList();
        List<MetricAnswers> responses = new ArrayList<>();
        for (AzureMonitor.Question question : QUESTIONS) {
            responses.add(monitor.read("metrics of computes in " + region, question, region, ids, points));
        }
        ids.forEach(workspace -> computes.get(workspace)
                .values()
                .forEach(compute -> hours.computeIfAbsent(compute.resourceId(), key -> new ComputeHours(compute))));
        hours.values().forEach(ofCompute -> ofCompute.responded(responses.get(0), responses.get(1)));
        hours.values().forEach(ofCompute -> ofCompute.write(sink));
    }

    /** The hours of one compute. */
    private static final class ComputeHours {
        private final Resource compute;
        private final MetricHours hours = new MetricHours();
        private final Set<Instant> there = new HashSet<>();
        private final Set<Instant> withoutJob = new HashSet<>();
        private final Set<Instant> measured = new TreeSet<>();

        /** With a number of nodes, or one at work. */
        private final Set<Instant> withUse = new HashSet<>();

        /** The stretches of time for which Azure answered with the use of nodes. */
        private final Set<Window> useKnown = new HashSet<>();

        /** Those for which it answered with their number, too. */
        private final Set<Window> responded = new HashSet<>();

        private boolean counted;

        ComputeHours(Resource compute) {
            this.compute = compute;
        }

        void add(MetricPoint point) {
            AzureMetric.add(MachineUse.ROWS, hours, compute, point);
            if (point.name().equals(ALL) || point.name().equals(ACTIVE)) {
                nodes(point);
            }
            if (USE.contains(point.name()) && (point.average() != null || point.maximum() != null)) {
                measured.add(point.hour());
            }
        }

        /** Only of clusters: in a compute instance a user may work without a job. */
        private void nodes(MetricPoint point) {
            if (!compute.kind().equals(CLUSTER) || point.maximum() == null) {
                return;
            }
            if (point.name().equals(ALL) || point.maximum() > 0) {
                withUse.add(point.hour());
            }
            if (point.name().equals(ALL)) {
                AzureMetric.add(List.of(NODES), hours, compute, point);
                counted = true;
                if (point.maximum() > 0) {
                    there.add(point.hour());
                }
            } else if (point.maximum() == 0) {
                withoutJob.add(point.hour());
            }
        }

        /** What follows from the one is no fact where the other is not known. */
        void responded(MetricAnswers use, MetricAnswers nodes) {
            use.note(compute.parentId(), MachineUse.ROWS, hours);
            if (compute.kind().equals(CLUSTER)) {
                nodes.note(compute.parentId(), List.of(NODES), hours);
            }
            USE.forEach(name -> useKnown.addAll(use.responded(compute.parentId(), name)));
            USE.forEach(name -> useKnown.removeAll(use.failed(compute.parentId(), name)));
            responded.addAll(nodes.responded(compute.parentId(), ALL));
            responded.removeAll(nodes.failed(compute.parentId(), ACTIVE));
            responded.retainAll(useKnown);
        }

        /**
         * A cluster that may scale to none and is counted in some hours had no node in those of which nothing was
         * published, if Azure answered for them and no other metric shows a node: it counts nodes, and there was
         * nothing to count. One that keeps a node, or is never counted, is not known there. A point without a value
         * means the same as none: nothing was published.
         */
        private void noneWhereNothingWasCounted(Sink sink) {
            if (!compute.kind().equals(CLUSTER)
                    || !"0".equals(compute.attributes().get("min_nodes"))
                    || !counted) {
                return;
            }
            List<Instant> none = responded.stream()
                    .flatMap(stretch -> ServiceHours.of(compute, stretch).stream())
                    .filter(hour -> !withUse.contains(hour) && !measured.contains(hour))
                    .distinct()
                    .toList();
            none.forEach(hour -> zero(NODES.metric(), hour));
            if (!none.isEmpty()) {
                sink.resource(Resource.builder(compute.resourceId(), compute.kind(), compute.provider())
                        .accountId(compute.accountId())
                        .accountName(compute.accountName())
                        .region(compute.region())
                        .workload(compute.workload())
                        .attributes(Map.of(
                                "replicas_taken_as_none",
                                none.size()
                                        + " of these without a data point, counted as 0 instances: it may scale to 0"))
                        .build());
            }
        }

        /**
         * Use is reported for jobs only. Where Azure reports nodes of which none ran a job in an hour, none was used.
         */
        void write(Sink sink) {
            withoutJob.retainAll(there);
            withoutJob.removeAll(measured);
            withoutJob.removeIf(hour -> useKnown.stream().noneMatch(stretch -> stretch.contains(hour)));
            String metric = compute.accelerator() == null ? "cpu_utilization" : "gpu_utilization";
            withoutJob.forEach(hour -> zero(metric, hour));
            noneWhereNothingWasCounted(sink);
            hours.write(compute, sink);
        }

        private void zero(String metric, Instant hour) {
            hours.average(metric, hour, 0);
            hours.maximum(metric, hour, 0);
        }
    }
}
