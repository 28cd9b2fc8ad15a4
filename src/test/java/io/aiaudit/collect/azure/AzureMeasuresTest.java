package io.aiaudit.collect.azure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the check says that rules can examine is what the collectors write. */
class AzureMeasuresTest {
    private static Map<String, Set<String>> measures() {
        return AzureCollector.measures().all();
    }

    @Test
    void each_kind_has_the_metrics_that_its_part_writes() {
        assertThat(measures())
                .containsEntry("instance", Set.of("cpu_utilization", "network_bytes"))
                .containsEntry("node_group", Set.of("cpu_utilization", "network_bytes"))
                .containsEntry(
                        "inference_endpoint",
                        Set.of(
                                "requests",
                                "gpu_utilization",
                                "gpu_memory_used_gib",
                                "cpu_utilization",
                                "memory_used_gib",
                                "replicas"))
                .containsEntry(
                        "training_cluster",
                        Set.of(
                                "gpu_utilization",
                                "gpu_memory_used_gib",
                                "cpu_utilization",
                                "memory_used_gib",
                                "replicas"))
                .containsEntry(
                        "notebook",
                        Set.of("gpu_utilization", "gpu_memory_used_gib", "cpu_utilization", "memory_used_gib"))
                .containsEntry(
                        "provisioned_throughput",
                        Set.of(
                                "requests",
                                "tokens_input",
                                "tokens_output",
                                "tokens_cache_read",
                                "tokens_cache_write",
                                "throughput_utilization"))
                .containsEntry(
                        "model_usage",
                        Set.of("requests", "tokens_input", "tokens_output", "tokens_cache_read", "tokens_cache_write"));
    }
}
