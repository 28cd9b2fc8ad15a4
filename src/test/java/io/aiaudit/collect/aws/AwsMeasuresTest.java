package io.aiaudit.collect.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the check says that rules can examine is what the collectors write. */
class AwsMeasuresTest {
    private static final Map<String, Set<String>> MEASURES =
            AwsCollector.measures().all();

    @Test
    void the_groups_of_hyperpod_are_measured_where_an_agent_publishes_it() {
        assertThat(MEASURES.get("training_cluster")).containsExactly("gpu_memory_used_gib", "gpu_utilization");
    }

    @Test
    void machines_have_what_their_host_and_their_agent_publish() {
        assertThat(MEASURES.get("instance"))
                .containsExactly(
                        "accelerators_active",
                        "cpu_utilization",
                        "gpu_memory_used_gib",
                        "gpu_utilization",
                        "network_bytes");
    }

    @Test
    void endpoints_have_requests_queues_and_the_number_of_their_machines() {
        assertThat(MEASURES.get("inference_endpoint"))
                .containsExactly(
                        "cpu_utilization",
                        "gpu_memory_used_gib",
                        "gpu_utilization",
                        "latency_ms",
                        "memory_used_gib",
                        "queue_depth",
                        "replicas",
                        "requests");
    }

    @Test
    void models_have_tokens_and_jobs_their_machines_and_a_notebook_its_sessions() {
        assertThat(MEASURES.get("model_usage"))
                .isEqualTo(MEASURES.get("provisioned_throughput"))
                .contains("requests", "latency_ms", "tokens_input", "tokens_cache_write");
        assertThat(MEASURES.get("training_job"))
                .isEqualTo(MEASURES.get("batch_job"))
                .containsExactly("cpu_utilization", "gpu_memory_used_gib", "gpu_utilization", "memory_used_gib");
        assertThat(MEASURES.get("notebook")).containsExactly("sessions");
        assertThat(MEASURES).as("nothing is written of it").doesNotContainKey("node_group");
    }
}
