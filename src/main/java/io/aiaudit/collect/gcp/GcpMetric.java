package io.aiaudit.collect.gcp;

import io.aiaudit.model.Resource;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

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
        MILLISECONDS(1),
        /** From 0 to 1, of the memory of one accelerator. */
        MEMORY_SHARE(1),
        /** Cores in use of one replica, of which its machine has several: a value of 1 is one core. */
        CORES_OF_REPLICA(1),
        /** Of all accelerators of one replica together. */
        BYTES_OF_REPLICA(1.0 / (1L << 30)),
        /** A second, of what is provisioned for the model. */
        TOKENS_OF_LIMIT(1);

        private final double factor;

        Unit(double factor) {
            this.factor = factor;
        }

        double factor() {
            return factor;
        }

        /** Converts a value of this resource; null where the resource does not show what the value is a share of. */
        Double factor(Resource resource) {
            return switch (this) {
                case MEMORY_SHARE ->
                    resource.acceleratorMemoryGib() == null
                            ? null
                            : Double.valueOf(resource.acceleratorMemoryGib().doubleValue());
                case CORES_OF_REPLICA -> each(resource.vcpus());
                case BYTES_OF_REPLICA -> each(resource.acceleratorCount());
                case TOKENS_OF_LIMIT -> {
                    String limit = resource.attributes().get(PublisherModels.TOKENS_PER_SECOND);
                    yield limit == null || Double.parseDouble(limit) <= 0
                            ? null
                            : Double.valueOf(1 / Double.parseDouble(limit));
                }
                default -> Double.valueOf(factor);
            };
        }

        /** Of a value of all of them together; null where their number is unknown. */
        private Double each(BigDecimal count) {
            return count == null || count.signum() <= 0 ? null : Double.valueOf(factor / count.doubleValue());
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
        /** What happened, where the service reports every resource: no point means zero. */
        COUNTER_WITH_ZEROS,
        /** The average of a distribution. */
        DISTRIBUTION,
        /** The average of all series added up, such as instances of all states. */
        LEVEL,
        /** The average of what happened in a second, all series added up. */
        RATE,
        /** How many of a machine's accelerators did anything. */
        ACTIVE
    }

    /**
     * A resource of Monitoring, and the labels that identify our resource. Where several write the same metric
     * of a resource, the first in this order counts.
     */
    enum Source {
        MACHINE("gce_instance", "resource.label.instance_id", "instance", "notebook"),
        /** Cards that containers share, and all chips of TPUs. */
        NODE("k8s_node", "resource.label.node_name", "instance"),
        /** Cards that one container has for itself; those that none has are not measured. */
        CONTAINER("k8s_container", "metadata.system_labels.node_name", "instance"),
        /** Ids of endpoints and of deployed models are free to repeat in another location. */
        ENDPOINT(
                "aiplatform.googleapis.com/Endpoint",
                "resource.label.endpoint_id\nmetric.label.deployed_model_id\nresource.label.location",
                "inference_endpoint"),
        /** What several deployed models share; their requests are theirs. */
        POOL(
                "aiplatform.googleapis.com/DeploymentResourcePool",
                "resource.label.deployment_resource_pool_id\nresource.label.location",
                "inference_endpoint"),
        MODEL(
                "aiplatform.googleapis.com/PublisherModel",
                "resource.label.model_user_id\nresource.label.location",
                "model_usage"),
        THROUGHPUT(
                "aiplatform.googleapis.com/PublisherModel",
                "resource.label.model_user_id\nresource.label.location",
                "provisioned_throughput"),
        JOB("cloudml_job", "resource.label.job_id", "training_job"),
        TPU_NODE("tpu_worker", "resource.label.node_id\nresource.label.zone", "instance"),
        /** Workers of newer TPUs report only their zone, not their node. */
        TPU_ZONE("tpu.googleapis.com/GceTpuWorker", "resource.label.location", "instance"),
        SERVICE("cloud_run_revision", "resource.label.service_name\nresource.label.location", "service");

        private final String type;
        private final String labels;
        private final String kinds;

        Source(String type, String labels, String... kinds) {
            this.type = type;
            this.labels = labels;
            this.kinds = String.join("\n", kinds);
        }

        /** Of resources of ours that it writes metrics of. */
        List<String> kinds() {
            return kinds.lines().toList();
        }

        String type() {
            return type;
        }

        List<String> labels() {
            return labels.lines().toList();
        }
    }

    private static final String ONLINE = "aiplatform.googleapis.com/prediction/online/";
    private static final String SHARED = ONLINE + "deployment_resource_pool/";
    private static final String MODELS = "aiplatform.googleapis.com/publisher/online_serving/";
    private static final String TRAINING = "ml.googleapis.com/training/";
    static final String DEDICATED = "metric.label.request_type = \"dedicated\"";
    static final String NOT_DEDICATED = "metric.label.request_type != \"dedicated\"";

    /** Latency of the model, of the overhead before it, and of both together. */
    private static final String WHOLE_LATENCY = "metric.label.latency_type = \"total\"";

    private static final Set<String> USE = Set.of("gpu_utilization", "accelerators_active");
    private static final String MEMORY = "gpu_memory_used_gib";

    /** Beginnings of the types that one writer has of accelerators. */
    private static final List<String> ACCELERATORS = List.of(
            "agent.googleapis.com/gpu/",
            "kubernetes.io/node/accelerator/",
            "kubernetes.io/container/accelerator/",
            ONLINE + "accelerator/",
            SHARED + "accelerator/",
            "run.googleapis.com/container/gpu/");

    private static final String INPUT = " AND metric.label.type = \"input\"";
    private static final String OUTPUT = " AND metric.label.type = \"output\"";
    private static final String USED = "metric.label.memory_state = \"used\"";

    /**
     * The percentages of the agent, of GKE and of TPUs go to 100, those of Vertex AI, its jobs, Cloud Run and Compute
     * Engine to 1: but the processors of a deployed model to 1 for each of them. Its memory is of all its accelerators.
     */
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
                    "kubernetes.io/node/accelerator/duty_cycle",
                    Source.NODE,
                    Unit.PERCENT,
                    "accelerators_active",
                    Form.ACTIVE),
            of(
                    "kubernetes.io/node/accelerator/memory_used",
                    Source.NODE,
                    Unit.BYTES_TO_GIB,
                    "gpu_memory_used_gib",
                    Form.GAUGE),
            of(
                    "kubernetes.io/container/accelerator/duty_cycle",
                    Source.CONTAINER,
                    Unit.PERCENT,
                    "gpu_utilization",
                    Form.GAUGE),
            of(
                    "kubernetes.io/container/accelerator/duty_cycle",
                    Source.CONTAINER,
                    Unit.PERCENT,
                    "accelerators_active",
                    Form.ACTIVE),
            of(
                    "kubernetes.io/container/accelerator/memory_used",
                    Source.CONTAINER,
                    Unit.BYTES_TO_GIB,
                    "gpu_memory_used_gib",
                    Form.GAUGE),
            of(ONLINE + "prediction_count", Source.ENDPOINT, Unit.COUNT, "requests", Form.COUNTER_WITH_ZEROS),
            of(ONLINE + "private/response_count", Source.ENDPOINT, Unit.COUNT, "requests", Form.COUNTER),
            new GcpMetric(
                    ONLINE + "prediction_latencies",
                    Source.ENDPOINT,
                    Unit.MILLISECONDS,
                    "latency_ms",
                    Form.DISTRIBUTION,
                    WHOLE_LATENCY),
            of(ONLINE + "accelerator/duty_cycle", Source.ENDPOINT, Unit.RATIO, "gpu_utilization", Form.GAUGE),
            of(
                    ONLINE + "accelerator/memory/bytes_used",
                    Source.ENDPOINT,
                    Unit.BYTES_OF_REPLICA,
                    "gpu_memory_used_gib",
                    Form.GAUGE),
            of(ONLINE + "cpu/utilization", Source.ENDPOINT, Unit.CORES_OF_REPLICA, "cpu_utilization", Form.AVERAGE),
            of(ONLINE + "memory/bytes_used", Source.ENDPOINT, Unit.BYTES_TO_GIB, "memory_used_gib", Form.AVERAGE),
            of(ONLINE + "replicas", Source.ENDPOINT, Unit.COUNT, "replicas", Form.LEVEL),
            of(SHARED + "accelerator/duty_cycle", Source.POOL, Unit.RATIO, "gpu_utilization", Form.GAUGE),
            of(
                    SHARED + "accelerator/memory/bytes_used",
                    Source.POOL,
                    Unit.BYTES_OF_REPLICA,
                    "gpu_memory_used_gib",
                    Form.GAUGE),
            of(SHARED + "cpu/utilization", Source.POOL, Unit.CORES_OF_REPLICA, "cpu_utilization", Form.AVERAGE),
            of(SHARED + "memory/bytes_used", Source.POOL, Unit.BYTES_TO_GIB, "memory_used_gib", Form.AVERAGE),
            of(SHARED + "replicas", Source.POOL, Unit.COUNT, "replicas", Form.LEVEL),
            of("run.googleapis.com/request_count", Source.SERVICE, Unit.COUNT, "requests", Form.COUNTER_WITH_ZEROS),
            of(
                    "run.googleapis.com/request_latencies",
                    Source.SERVICE,
                    Unit.MILLISECONDS,
                    "latency_ms",
                    Form.DISTRIBUTION),
            of(
                    "run.googleapis.com/container/gpu/utilizations",
                    Source.SERVICE,
                    Unit.RATIO,
                    "gpu_utilization",
                    Form.DISTRIBUTION),
            of(
                    "run.googleapis.com/container/gpu/memory_usages",
                    Source.SERVICE,
                    Unit.BYTES_TO_GIB,
                    "gpu_memory_used_gib",
                    Form.DISTRIBUTION),
            of("run.googleapis.com/container/instance_count", Source.SERVICE, Unit.COUNT, "replicas", Form.LEVEL),
            of(MODELS + "model_invocation_count", Source.MODEL, "requests", NOT_DEDICATED),
            of(MODELS + "token_count", Source.MODEL, "tokens_input", NOT_DEDICATED + INPUT),
            of(MODELS + "token_count", Source.MODEL, "tokens_output", NOT_DEDICATED + OUTPUT),
            of(MODELS + "model_invocation_count", Source.THROUGHPUT, "requests", DEDICATED),
            of(MODELS + "token_count", Source.THROUGHPUT, "tokens_input", DEDICATED + INPUT),
            of(MODELS + "token_count", Source.THROUGHPUT, "tokens_output", DEDICATED + OUTPUT),
            new GcpMetric(
                    MODELS + "consumed_token_throughput",
                    Source.THROUGHPUT,
                    Unit.TOKENS_OF_LIMIT,
                    "throughput_utilization",
                    Form.RATE,
                    DEDICATED),
            of(TRAINING + "accelerator/utilization", Source.JOB, Unit.RATIO, "gpu_utilization", Form.GAUGE),
            of(
                    TRAINING + "accelerator/memory/utilization",
                    Source.JOB,
                    Unit.MEMORY_SHARE,
                    "gpu_memory_used_gib",
                    Form.GAUGE),
            of(TRAINING + "cpu/utilization", Source.JOB, Unit.RATIO, "cpu_utilization", Form.AVERAGE),
            of("tpu.googleapis.com/cpu/utilization", Source.TPU_NODE, Unit.PERCENT, "cpu_utilization", Form.AVERAGE),
            of("tpu.googleapis.com/tpu/mxu/utilization", Source.TPU_NODE, Unit.PERCENT, "gpu_utilization", Form.GAUGE),
            of(
                    "tpu.googleapis.com/accelerator/duty_cycle",
                    Source.TPU_ZONE,
                    Unit.PERCENT,
                    "gpu_utilization",
                    Form.GAUGE),
            of(
                    "tpu.googleapis.com/accelerator/memory_used",
                    Source.TPU_ZONE,
                    Unit.BYTES_TO_GIB,
                    "gpu_memory_used_gib",
                    Form.GAUGE));

    /** A counter of models. */
    private static GcpMetric of(String type, Source source, String metric, String filter) {
        return new GcpMetric(type, source, Unit.COUNT, metric, Form.COUNTER_WITH_ZEROS, filter);
    }

    private static GcpMetric of(String type, Source source, Unit unit, String metric, Form form) {
        return new GcpMetric(type, source, unit, metric, form, "");
    }

    static List<GcpMetric> of(Set<Source> sources) {
        return ALL.stream().filter(metric -> sources.contains(metric.source)).toList();
    }

    /** These metrics, by kind of resource. */
    static Map<String, Set<String>> measures(List<GcpMetric> some) {
        Map<String, Set<String>> measures = new TreeMap<>();
        some.forEach(metric -> metric.source()
                .kinds()
                .forEach(kind ->
                        measures.computeIfAbsent(kind, any -> new TreeSet<>()).add(metric.metric())));
        return measures;
    }

    /** Labels that series are added up by: one resource, or one card of it. */
    List<String> groups() {
        return form == Form.ACTIVE
                ? Stream.concat(source.labels().stream(), Stream.of("metric.label.accelerator_id"))
                        .toList()
                : source.labels();
    }

    /** Of what happened, which adds up over resources. */
    boolean isCounted() {
        return form == Form.COUNTER || form == Form.COUNTER_WITH_ZEROS;
    }

    /**
     * Written by what was installed in the project, the agent or a cluster that collects it, and known there only once
     * it was. What Google's services write is known in every project.
     */
    boolean isOfInstalled() {
        return type.startsWith("agent.googleapis.com/") || type.startsWith("kubernetes.io/");
    }

    /** Of the use of accelerators: their memory, which the same writer has, too. Empty for everything else. */
    Optional<GcpMetric> writtenWith() {
        return ALL.stream()
                .filter(other -> USE.contains(metric)
                        && other.metric.equals(MEMORY)
                        && other.source == source
                        && ofAccelerators(type).isPresent()
                        && ofAccelerators(type).equals(ofAccelerators(other.type)))
                .findFirst();
    }

    private static Optional<String> ofAccelerators(String type) {
        return ACCELERATORS.stream().filter(type::startsWith).findFirst();
    }

    /** What Compute Engine measures of each instance that runs, whatever it does. */
    boolean isAlwaysWritten() {
        return type.equals("compute.googleapis.com/instance/cpu/utilization");
    }

    /** The filter of Monitoring that selects the metric. */
    String expression() {
        String all = "metric.type = \"" + type + "\" AND resource.type = \"" + source.type() + "\"";
        return filter.isEmpty() ? all : all + " AND " + filter;
    }
}
