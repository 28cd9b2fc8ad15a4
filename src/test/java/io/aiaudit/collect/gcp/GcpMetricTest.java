package io.aiaudit.collect.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.collect.gcp.GcpMetric.Unit;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GcpMetricTest {
    private static final String POOL = "aiplatform.googleapis.com/prediction/online/deployment_resource_pool/";

    /**
     * What Google documents of each: "10^2.%" is a share from 0 to 1, "%" goes to 100, GKE counts percents from 0 to
     * 100.
     */
    private static final Map<String, Unit> DOCUMENTED = Map.ofEntries(
            Map.entry("compute.googleapis.com/instance/cpu/utilization", Unit.RATIO),
            Map.entry("compute.googleapis.com/instance/network/received_bytes_count", Unit.COUNT),
            Map.entry("compute.googleapis.com/instance/network/sent_bytes_count", Unit.COUNT),
            Map.entry("agent.googleapis.com/gpu/utilization", Unit.PERCENT),
            Map.entry("agent.googleapis.com/gpu/memory/bytes_used", Unit.BYTES_TO_GIB),
            Map.entry("kubernetes.io/node/accelerator/duty_cycle", Unit.PERCENT),
            Map.entry("kubernetes.io/node/accelerator/memory_used", Unit.BYTES_TO_GIB),
            Map.entry("aiplatform.googleapis.com/prediction/online/prediction_count", Unit.COUNT),
            Map.entry("aiplatform.googleapis.com/prediction/online/private/response_count", Unit.COUNT),
            Map.entry("aiplatform.googleapis.com/prediction/online/prediction_latencies", Unit.MILLISECONDS),
            Map.entry("aiplatform.googleapis.com/prediction/online/accelerator/duty_cycle", Unit.RATIO),
            Map.entry(
                    "aiplatform.googleapis.com/prediction/online/accelerator/memory/bytes_used", Unit.BYTES_OF_REPLICA),
            // "Fraction of CPU allocated by the deployed model replica and currently in use. May exceed 100% if the
            // machine type has multiple CPUs"
            Map.entry("aiplatform.googleapis.com/prediction/online/cpu/utilization", Unit.CORES_OF_REPLICA),
            Map.entry(POOL + "accelerator/duty_cycle", Unit.RATIO),
            Map.entry(POOL + "accelerator/memory/bytes_used", Unit.BYTES_OF_REPLICA),
            Map.entry(POOL + "cpu/utilization", Unit.CORES_OF_REPLICA),
            Map.entry(POOL + "memory/bytes_used", Unit.BYTES_TO_GIB),
            Map.entry(POOL + "replicas", Unit.COUNT),
            Map.entry("aiplatform.googleapis.com/prediction/online/memory/bytes_used", Unit.BYTES_TO_GIB),
            Map.entry("aiplatform.googleapis.com/prediction/online/replicas", Unit.COUNT),
            Map.entry("aiplatform.googleapis.com/publisher/online_serving/model_invocation_count", Unit.COUNT),
            Map.entry("aiplatform.googleapis.com/publisher/online_serving/token_count", Unit.COUNT),
            // what is consumed counts tokens, the limit tokens a second
            Map.entry(
                    "aiplatform.googleapis.com/publisher/online_serving/consumed_token_throughput",
                    Unit.TOKENS_OF_LIMIT),
            Map.entry("ml.googleapis.com/training/accelerator/utilization", Unit.RATIO),
            Map.entry("ml.googleapis.com/training/accelerator/memory/utilization", Unit.MEMORY_SHARE),
            Map.entry("ml.googleapis.com/training/cpu/utilization", Unit.RATIO),
            Map.entry("tpu.googleapis.com/cpu/utilization", Unit.PERCENT),
            Map.entry("kubernetes.io/container/accelerator/duty_cycle", Unit.PERCENT),
            Map.entry("kubernetes.io/container/accelerator/memory_used", Unit.BYTES_TO_GIB),
            Map.entry("tpu.googleapis.com/tpu/mxu/utilization", Unit.PERCENT),
            Map.entry("tpu.googleapis.com/accelerator/duty_cycle", Unit.PERCENT),
            Map.entry("tpu.googleapis.com/accelerator/memory_used", Unit.BYTES_TO_GIB),
            Map.entry("run.googleapis.com/request_count", Unit.COUNT),
            Map.entry("run.googleapis.com/request_latencies", Unit.MILLISECONDS),
            Map.entry("run.googleapis.com/container/gpu/utilizations", Unit.RATIO),
            Map.entry("run.googleapis.com/container/gpu/memory_usages", Unit.BYTES_TO_GIB),
            Map.entry("run.googleapis.com/container/instance_count", Unit.COUNT));

    @Test
    void every_metric_has_the_unit_that_google_documents() {
        Map<String, Unit> units = new TreeMap<>();
        GcpMetric.ALL.forEach(metric -> units.put(metric.type(), metric.unit()));
        assertThat(units).isEqualTo(new TreeMap<>(DOCUMENTED));
    }

    @Test
    void shares_of_what_a_resource_has_are_unknown_where_it_does_not_show_it() {
        ResourceBuilder job = Resource.builder("job", "training_job", "gcp");
        assertThat(Unit.MEMORY_SHARE.factor(job.build())).isNull();
        assertThat(Unit.MEMORY_SHARE.factor(job.accelerator("A100-40GB")
                        .acceleratorCount(BigDecimal.ONE)
                        .acceleratorMemoryGib(BigDecimal.valueOf(40))
                        .build()))
                .isEqualTo(40);
        ResourceBuilder units = Resource.builder("units", "provisioned_throughput", "gcp");
        assertThat(Unit.TOKENS_OF_LIMIT.factor(units.build())).isNull();
        assertThat(Unit.TOKENS_OF_LIMIT.factor(units.attributes(Map.of(PublisherModels.TOKENS_PER_SECOND, "8000"))
                        .build()))
                .isEqualTo(1.0 / 8000);
        ResourceBuilder model = Resource.builder("model", "inference_endpoint", "gcp");
        assertThat(Unit.CORES_OF_REPLICA.factor(model.build())).isNull();
        assertThat(Unit.CORES_OF_REPLICA.factor(
                        model.vcpus(BigDecimal.valueOf(12)).build()))
                .isEqualTo(1.0 / 12);
        assertThat(Unit.BYTES_OF_REPLICA.factor(model.build())).isNull();
        assertThat(Unit.BYTES_OF_REPLICA.factor(
                        model.acceleratorCount(BigDecimal.ZERO).build()))
                .isNull();
        assertThat(Unit.BYTES_OF_REPLICA.factor(
                                model.acceleratorCount(BigDecimal.valueOf(8)).build())
                        * (80L << 30))
                .isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({
        "g2-standard-12, 12",
        "n1-highmem-8, 8",
        "c3-standard-192-metal, 192",
        "n2-custom-6-16384, 6",
        "a2-ultragpu-2g, 24",
        "a3-highgpu-8g, 208",
        "ct6e-standard-4t, 180",
        "e2-micro,",
        "z9-nano-3g,",
        ","
    })
    void a_machine_type_has_the_cores_of_its_name_or_of_the_list(String type, BigDecimal cores) {
        assertThat(MachineShape.coresOf(type)).isEqualTo(cores);
    }

    @Test
    void units_become_shares_and_gib() {
        assertThat(Unit.PERCENT.factor() * 100).isEqualTo(1);
        assertThat(Unit.RATIO.factor()).isEqualTo(1);
        assertThat(Unit.BYTES_TO_GIB.factor() * (40L << 30)).isEqualTo(40);
    }
}
