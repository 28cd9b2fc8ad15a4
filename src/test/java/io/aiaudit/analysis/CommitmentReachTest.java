package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Resource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitmentReachTest {
    @ParameterizedTest(name = "{0}: {1} {2} and {3} {4}: {5}")
    @CsvSource({
        // a plan for SageMaker covers nothing of EC2, nor the other way round
        "aws, inference_endpoint, ml.g5.xlarge, instance, g5.xlarge, false",
        "aws, instance, g5.xlarge, inference_endpoint, ml.g5.xlarge, false",
        "aws, inference_endpoint, ml.g5.xlarge, training_job, ml.p4d.24xlarge, true",
        "aws, instance, m5.large, instance, g5.xlarge, true",
        "aws, node_group, , instance, g5.xlarge, true",
        "aws, provisioned_throughput, , instance, g5.xlarge, false",
        "aws, provisioned_throughput, , provisioned_throughput, , false",
        "aws, search_index, r6g.large.search, instance, r6g.large, false",
        "azure, provisioned_throughput, , instance, Standard_NC24ads_A100_v4, false",
        "azure, provisioned_throughput, , provisioned_throughput, , true",
        "azure, inference_endpoint, Standard_NC24ads_A100_v4, instance, Standard_D4s_v5, true",
        "gcp, instance, n1-standard-4, instance, e2-standard-4, true",
        "gcp, provisioned_throughput, , instance, e2-standard-4, false",
        "gcp, inference_endpoint, n1-standard-4, instance, n1-standard-4, false",
        "gcp, service, , instance, e2-standard-4, true",
        "aws, , g5.xlarge, instance, g5.xlarge, true"
    })
    void what_a_cloud_sells_a_commitment_for_decides(
            String provider, String kind, String machine, String otherKind, String otherMachine, boolean expected) {
        assertThat(CommitmentReach.mayReach(
                        resource("a", provider, kind, machine), resource("b", provider, otherKind, otherMachine)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "L4, us-central1, L4, us-central1, true",
        "L4, us-central1, L4, europe-west4, false",
        "L4, us-central1, A100, us-central1, false",
        "L4, us-central1, , us-central1, false",
        "L4, , L4, us-central1, true"
    })
    void accelerators_of_google_cloud_are_committed_by_their_kind_and_region(
            String accelerator, String region, String other, String otherRegion, boolean expected) {
        assertThat(CommitmentReach.mayReach(google("a", accelerator, region), google("b", other, otherRegion)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"aws, azure", "gcp, aws"})
    void no_commitment_reaches_another_cloud(String one, String other) {
        assertThat(CommitmentReach.mayReach(
                        resource("a", one, "instance", null), resource("b", other, "instance", null)))
                .isFalse();
    }

    private static Resource resource(String id, String provider, String kind, String machine) {
        return Resource.builder(id, kind, provider).machineType(machine).build();
    }

    private static Resource google(String id, String accelerator, String region) {
        return Resource.builder(id, "instance", "gcp")
                .machineType("g2-standard-4")
                .accelerator(accelerator)
                .region(region)
                .build();
    }
}
