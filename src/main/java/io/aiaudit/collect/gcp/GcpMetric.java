package io.aiaudit.collect.gcp;

import java.util.List;
import java.util.Set;

/**
 * One metric of Cloud Monitoring, and what becomes of its points.
 *
 * @param type as Monitoring names it
 * @param source what writes it
 * @param unit of its values: Google has utilizations from 0 to 1 and others from 0 to 100
 * @param metric ours
 * @param form how its points become hours
 * @param filter of its labels, empty = all
 */
record GcpMetric(String type, Source source, Unit unit, String metric, Form form, String filter) {
    /** What a value has to be multiplied with to be ours: ratios from 0 to 1, memory in GiB. */
    enum Unit {
        RATIO(1),
        PERCENT(0.01),
        BYTES_TO_GIB(1.0 / (1L << 30)),
        COUNT(1),
        MILLISECONDS(1);

        private final double factor;

        Unit(double factor) {
            this.factor = factor;
        }

        double factor() {
            return factor;
        }
    }

    /** How points of many series become one value an hour. */
    enum Form {
        /** The average, and in a second request the maximum. */
        GAUGE,
        /** The average only. */
        AVERAGE,
        /** What happened in the hour. */
        COUNTER,
        /** What happened, where the service tells of every resource: no point is nothing. */
        COUNTER_WITH_ZEROS,
        /** The average of a distribution. */
        DISTRIBUTION,
        /** How many of a machine's accelerators did anything. */
        ACTIVE
    }

    /** A resource of Monitoring, and the labels that tell which one of ours it is. */
    enum Source {
        MACHINE("gce_instance", "resource.label.instance_id"),
        NODE("k8s_node", "resource.label.node_name"),
        ENDPOINT("aiplatform.googleapis.com/Endpoint", "resource.label.endpoint_id\nmetric.label.deployed_model_id"),
        SERVICE("cloud_run_revision", "resource.label.service_name\nresource.label.location");

        private final String type;
        private final String labels;

        Source(String type, String labels) {
            this.type = type;
            this.labels = labels;
        }

        String type() {
            return type;
        }

        List<String> labels() {
            return labels.lines().toList();
        }
    }

    private static final String ONLINE = "aiplatform.googleapis.com/prediction/online/";
    private static final String USED = "metric.label.memory_state = \"used\"";

    /** The agent's percentages go to 100, Vertex AI's and Compute Engine's to 1, GKE's to 100. */
    static final List<GcpMetric> ALL = List.of(
            of(
                    "compute.googleapis.com/instance/cpu/utilization",
                    Source.MACHINE,
                    Unit.RATIO,
                    "cpu_utilization",
                    Form.AVERAGE),
            of(
                    "compute.googleapis.com/instance/network/received_bytes_count",
                    Source.MACHINE,
                    Unit.COUNT,
                    "network_bytes",
                    Form.COUNTER),
            of(
                    "compute.googleapis.com/instance/network/sent_bytes_count",
                    Source.MACHINE,
                    Unit.COUNT,
                    "network_bytes",
                    Form.COUNTER),
            of("agent.googleapis.com/gpu/utilization", Source.MACHINE, Unit.PERCENT, "gpu_utilization", Form.GAUGE),
            of(
                    "agent.googleapis.com/gpu/utilization",
                    Source.MACHINE,
                    Unit.PERCENT,
                    "accelerators_active",
                    Form.ACTIVE),
            new GcpMetric(
                    "agent.googleapis.com/gpu/memory/bytes_used",
                    Source.MACHINE,
                    Unit.BYTES_TO_GIB,
                    "gpu_memory_used_gib",
                    Form.GAUGE,
                    USED),
            of("kubernetes.io/node/accelerator/duty_cycle", Source.NODE, Unit.PERCENT, "gpu_utilization", Form.GAUGE),
            of(
                    "kubernetes.io/node/accelerator/memory_used",
                    Source.NODE,
                    Unit.BYTES_TO_GIB,
                    "gpu_memory_used_gib",
                    Form.GAUGE),
            of(ONLINE + "prediction_count", Source.ENDPOINT, Unit.COUNT, "requests", Form.COUNTER_WITH_ZEROS),
            of(ONLINE + "private/response_count", Source.ENDPOINT, Unit.COUNT, "requests", Form.COUNTER),
            of(ONLINE + "prediction_latencies", Source.ENDPOINT, Unit.MILLISECONDS, "latency_ms", Form.DISTRIBUTION),
            of(ONLINE + "accelerator/duty_cycle", Source.ENDPOINT, Unit.RATIO, "gpu_utilization", Form.GAUGE),
            of(
                    ONLINE + "accelerator/memory/bytes_used",
                    Source.ENDPOINT,
                    Unit.BYTES_TO_GIB,
                    "gpu_memory_used_gib",
                    Form.GAUGE),
            of(ONLINE + "cpu/utilization", Source.ENDPOINT, Unit.RATIO, "cpu_utilization", Form.AVERAGE),
            of(ONLINE + "memory/bytes_used", Source.ENDPOINT, Unit.BYTES_TO_GIB, "memory_used_gib", Form.AVERAGE),
            of("run.googleapis.com/request_count", Source.SERVICE, Unit.COUNT, "requests", Form.COUNTER_WITH_ZEROS));

    private static GcpMetric of(String type, Source source, Unit unit, String metric, Form form) {
        return new GcpMetric(type, source, unit, metric, form, "");
    }

    static List<GcpMetric> of(Set<Source> sources) {
        return ALL.stream().filter(metric -> sources.contains(metric.source)).toList();
    }

    /** As Monitoring wants to be told what is asked for. */
    String expression() {
        String all = "metric.type = \"" + type + "\" AND resource.type = \"" + source.type() + "\"";
        return filter.isEmpty() ? all : all + " AND " + filter;
    }
}
