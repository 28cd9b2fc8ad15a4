package io.aiaudit.collect.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Types that EC2 does not describe are made of what the built-in price list says. */
class PricedTypesTest {
    private static Resource described(String type) {
        ResourceBuilder resource = Resource.builder("id", "inference_endpoint", "aws");
        PricedTypes.describe(resource, MachineTypes.hardware(type));
        return resource.build();
    }

    @Test
    void a_machine_of_sagemaker_has_the_accelerators_of_its_hardware() {
        Resource endpoint = described("ml.p3.16xlarge");
        assertThat(endpoint.accelerator()).isEqualTo("V100");
        assertThat(endpoint.acceleratorCount()).isEqualByComparingTo("8");
        assertThat(endpoint.acceleratorMemoryGib()).isEqualByComparingTo("16");
        assertThat(endpoint.vcpus()).isEqualByComparingTo("64");
        assertThat(CloudWatchMetric.series(MachineShares.in("/aws/sagemaker/Endpoints"), endpoint, List.of()))
                .extracting(MetricSeries::metric)
                .contains("gpu_utilization", "gpu_memory_used_gib", "cpu_utilization");
    }

    @Test
    void a_machine_without_accelerators_has_none_and_an_unknown_type_is_not_guessed() {
        assertThat(described("c5.12xlarge").acceleratorCount()).isNull();
        assertThat(described("c5.12xlarge").memoryGib()).isEqualByComparingTo(new BigDecimal("96"));
        assertThat(described("x9z.large").vcpus()).isNull();
    }
}
