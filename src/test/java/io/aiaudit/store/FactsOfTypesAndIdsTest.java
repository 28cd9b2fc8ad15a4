package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.FileSet;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an inventory leaves out, and the machine type or the id shows. */
class FactsOfTypesAndIdsTest {
    @TempDir
    private Path folder;

    private TestStore read(String inventory) {
        Path file = FocusCsv.text(folder, "inventory.csv", inventory);
        return TestStore.of(
                folder, IngestSettings.NONE, staging -> staging.files(TestStore.set(FileSet.Content.INVENTORY, file)));
    }

    @Test
    void a_machine_has_the_same_hardware_whichever_service_sells_it() {
        String inventory = """
                resource_id,kind,provider,region,machine_type,accelerator,accelerator_count
                a,inference_endpoint,gcp,us-central1,g2-standard-4,,
                b,inference_endpoint,gcp,us-central1,g2-standard-4,L4,1
                c,inference_endpoint,gcp,us-central1,a3-highgpu-8g,,
                d,inference_endpoint,gcp,us-central1,n1-standard-8,,
                """;
        try (TestStore store = read(inventory)) {
            assertThat(store.locked()
                            .select("SELECT resource_id, accelerator, accelerator_count, accelerator_memory_gib, "
                                    + "memory_gib FROM resources WHERE resource_id < 'd' ORDER BY ALL")
                            .rows())
                    .containsExactly(
                            Arrays.asList("a", "L4", 1.0, 24.0, 16.0),
                            Arrays.asList("b", "L4", 1.0, 24.0, 16.0),
                            Arrays.asList("c", "H100", 8.0, 80.0, 1872.0));
            assertThat(store.locked()
                            .select("SELECT accelerator FROM resources WHERE resource_id = 'd'")
                            .rows())
                    .containsExactly(Arrays.asList((Object) null));
        }
    }

    @Test
    void units_with_a_commitment_of_months_are_bought_as_committed() {
        String inventory = """
                resource_id,kind,provider,purchase,commitment_duration
                months,provisioned_throughput,aws,,SixMonths
                hourly,provisioned_throughput,aws,,No commitment
                bought,provisioned_throughput,aws,on_demand,OneMonth
                azure,provisioned_throughput,azure,,none
                ordered,provisioned_throughput,gcp,,OneMonth
                order,provisioned_throughput,gcp,,
                unknown,provisioned_throughput,aws,,
                """;
        try (TestStore store = read(inventory)) {
            assertThat(store.locked()
                            .select("SELECT resource_id FROM resources WHERE purchase = 'committed' ORDER BY ALL")
                            .rows())
                    .containsExactly(List.of("bought"), List.of("months"), List.of("order"), List.of("ordered"));
        }
    }

    @Test
    void the_id_of_a_deployed_model_names_its_endpoint() {
        String inventory = """
                resource_id,kind,parent_id
                //aiplatform.googleapis.com/projects/p/locations/l/endpoints/9/deployedModels/m,inference_endpoint,
                //aiplatform.googleapis.com/projects/p/locations/l/endpoints/9,inference_endpoint,
                arn:aws:sagemaker:eu-west-1:1:endpoint/chat/variant/a,inference_endpoint,
                arn:aws:sagemaker:eu-west-1:1:endpoint/chat/variant/b,inference_endpoint,other
                %1$s.MachineLearningServices/workspaces/w/onlineEndpoints/e/deployments/d,inference_endpoint,
                %1$s.CognitiveServices/accounts/a/deployments/d,model_usage,
                %1$s.CognitiveServices/accounts/b,account,
                %1$s.CognitiveServices/accounts/b/deployments/d,provisioned_throughput,
                %1$s.CognitiveServices/accounts/c,model_usage,
                %1$s.CognitiveServices/accounts/c/deployments/d,model_usage,
                """.formatted("/subscriptions/s/resourceGroups/g/providers/Microsoft");
        try (TestStore store = read(inventory)) {
            assertThat(store.locked()
                            .select("SELECT parent_id FROM resources ORDER BY resource_id")
                            .rows())
                    .containsExactly(
                            Arrays.asList((Object) null),
                            List.of("//aiplatform.googleapis.com/projects/p/locations/l/endpoints/9"),
                            Arrays.asList((Object) null),
                            Arrays.asList((Object) null),
                            List.of("/subscriptions/s/resourcegroups/g/providers/"
                                    + "microsoft.cognitiveservices/accounts/b"),
                            Arrays.asList((Object) null),
                            Arrays.asList((Object) null),
                            List.of("/subscriptions/s/resourcegroups/g/providers/"
                                    + "microsoft.machinelearningservices/workspaces/w/onlineendpoints/e"),
                            List.of("arn:aws:sagemaker:eu-west-1:1:endpoint/chat"),
                            List.of("other"));
        }
    }
}
