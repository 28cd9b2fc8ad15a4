package io.aiaudit.model;

import java.util.List;

/** The words of the model that rules, inventories and usage files share. */
public final class Vocabulary {
    /** The providers whose accounts are read. */
    public static final List<String> CLOUDS = List.of("aws", "azure", "gcp");

    /** Kinds of resources; the list is open, but no built-in rule looks at any other. */
    public static final List<String> KINDS = List.of(
            "instance",
            "inference_endpoint",
            "notebook",
            "training_job",
            "training_cluster",
            "batch_job",
            "provisioned_throughput",
            "model_usage",
            "node_group",
            "gpu_workload",
            "service",
            "search_index",
            "feature_store",
            "volume",
            "file_system",
            "capacity_reservation",
            "commitment",
            "account",
            "private_endpoint",
            "encryption_key",
            "log_store",
            "database",
            "backup");

    /** Metrics of {@link MetricHour}; docs/files.md lists their units. */
    public static final List<String> METRICS = List.of(
            "gpu_utilization",
            "accelerators_active",
            "gpu_memory_used_gib",
            "kv_cache_utilization",
            "cpu_utilization",
            "memory_used_gib",
            "network_bytes",
            "requests",
            "latency_ms",
            "tokens_input",
            "tokens_output",
            "tokens_cache_read",
            "tokens_cache_write",
            "throughput_utilization",
            "replicas",
            "queue_depth",
            "sessions",
            "requests_hashed",
            "requests_repeated_1h",
            "requests_repeated_24h",
            "requests_repeated_7d");

    /**
     * Metrics that are counted: where nothing happened a cloud may send no point for them. Of all others, an hour
     * without a point was not measured.
     */
    public static final List<String> COUNTS = List.of(
            "network_bytes",
            "requests",
            "tokens_input",
            "tokens_output",
            "tokens_cache_read",
            "tokens_cache_write",
            "queue_depth",
            "sessions");

    /** Metrics whose points of an hour add up, as a regular expression; the maximum of others is that of a moment. */
    public static final String ADD_UP = "^(requests|tokens_|network_bytes)";

    private Vocabulary() {}
}
