package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdPartsTest {
    private static final String ENDPOINT =
            "/subscriptions/s/resourceGroups/ml/providers/Microsoft.MachineLearningServices/workspaces/w/"
                    + "onlineEndpoints/e";

    @Test
    void an_endpoint_of_azure_and_its_deployment_are_distinguished() {
        assertThat(IdParts.of(ENDPOINT))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "short_id", "e",
                        "resource_group", "ml",
                        "workspace_name", "w",
                        "endpoint_name", "e",
                        "whole_endpoint_name", "e",
                        "service_id", ENDPOINT));
        assertThat(IdParts.of(ENDPOINT + "/deployments/blue"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "short_id", "blue",
                        "resource_group", "ml",
                        "workspace_name", "w",
                        "endpoint_name", "e",
                        "deployment_name", "blue",
                        "service_id", ENDPOINT));
    }

    @Test
    void a_variant_of_sagemaker_and_an_inference_component_are_distinguished() {
        String arn = "arn:aws:sagemaker:us-east-1:111122223333:";
        assertThat(IdParts.of(arn + "endpoint/chat/variant/blue"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("short_id", "blue", "variant_endpoint", "chat"));
        assertThat(IdParts.of(arn + "inference-component/chat-a"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("short_id", "chat-a", "component_name", "chat-a"));
        assertThat(IdParts.of(arn + "endpoint/chat")).containsExactly(Map.entry("short_id", "chat"));
    }

    @Test
    void ids_of_azure_are_read_in_any_case() {
        assertThat(IdParts.of(ENDPOINT.toUpperCase(java.util.Locale.ROOT)))
                .containsEntry("resource_group", "ML")
                .containsEntry("whole_endpoint_name", "E");
    }

    @Test
    void google_cloud_writes_the_zone_into_the_id() {
        assertThat(IdParts.of("//compute.googleapis.com/projects/p/zones/us-central1-a/instances/vm-1"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("short_id", "vm-1", "zone", "us-central1-a"));
        assertThat(IdParts.of("//cloudkms.googleapis.com/projects/p/locations/eu/keyRings/ring/cryptoKeys/key"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("short_id", "key", "key_ring", "ring"));
    }

    @Test
    void slashes_at_the_end_are_no_part_and_a_line_feed_ends_no_id() {
        assertThat(IdParts.of("a/b//")).containsExactly(Map.entry("short_id", "b"));
        assertThat(IdParts.of("//")).isEmpty();
        assertThat(IdParts.of("a/b\nc\n")).containsExactly(Map.entry("short_id", "b\nc\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "kubernetes://prod/ml/deployment/chat, prod ml deployment/chat",
        "k8s://prod/ml/StatefulSet/chat, prod ml StatefulSet/chat",
        "kubernetes://prod/ml/job/train, null null null",
        "kubernetes://prod/ml/chat, null null null",
        "kubernetes://prod/ml/deployment/chat/pod, null null null"
    })
    void an_id_of_kubernetes_may_say_what_runs_where(String id, String known) {
        Map<String, String> parts = IdParts.of(id);
        assertThat(parts.get("cluster") + " " + parts.get("namespace") + " " + parts.get("scalable_workload"))
                .isEqualTo(known);
    }

    @ParameterizedTest
    @CsvSource({
        "i-0abc12, service, instance",
        "i-0abc12x, service, service",
        "//compute.googleapis.com/projects/p/zones/z/instances/vm, inference_endpoint, instance",
        "/SUBSCRIPTIONS/s/providers/Microsoft.Compute/virtualMachines/vm, inference_endpoint, instance",
        "/subscriptions/s/providers/Microsoft.Compute/virtualMachines/vm/extensions/x, service, service",
        "//aiplatform.googleapis.com/projects/p/batchPredictionJobs/1, batch_job, batch_prediction_job",
        "//tpu.googleapis.com/projects/p/locations/us-central1-a/nodes/tpu-1, instance, tpu_node",
        "vol-1, volume, volume"
    })
    void commands_follow_the_product_that_an_id_names(String id, String kind, String commandKind) {
        assertThat(IdParts.commandKind(id, kind)).isEqualTo(commandKind);
    }
}
