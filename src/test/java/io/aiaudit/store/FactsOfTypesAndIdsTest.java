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
    void a_machine_type_is_read_as_its_cloud_prints_it() {
        String inventory = """
                resource_id,kind,provider,region,machine_type
                a,instance,azure,eastus,NC24ads A100 v4
                b,instance,azure,eastus,"Standard NC24ads A100 v4 (24 vcpus, 220 GiB memory)"
                c,instance,azure,eastus,standard_nc24ads_a100_v4
                d,training_cluster,azure,eastus,NC24ADS_A100_V4
                e,instance,gcp,us-central1,zones/us-central1-a/machineTypes/g2-standard-4
                f,instance,gcp,us-central1,https://www.googleapis.com/projects/p/zones/z/machineTypes/g2-standard-4
                g,provisioned_throughput,azure,eastus,GlobalProvisionedManaged
                h,instance,azure,eastus,NC24ads of some kind
                i,instance,gcp,us-central1,my/own/type
                """;
        try (TestStore store = read(inventory)) {
            assertThat(store.locked()
                            .select("SELECT machine_type, accelerator FROM resources ORDER BY resource_id")
                            .rows())
                    .containsExactly(
                            Arrays.asList("Standard_NC24ads_A100_v4", "A100-80GB"),
                            Arrays.asList("Standard_NC24ads_A100_v4", "A100-80GB"),
                            Arrays.asList("standard_nc24ads_a100_v4", "A100-80GB"),
                            Arrays.asList("Standard_NC24ads_A100_v4", "A100-80GB"),
                            Arrays.asList("g2-standard-4", "L4"),
                            Arrays.asList("g2-standard-4", "L4"),
                            Arrays.asList("GlobalProvisionedManaged", null),
                            Arrays.asList("NC24ads of some kind", null),
                            Arrays.asList("my/own/type", null));
        }
    }

    @Test
    void units_are_bought_by_the_hour_or_for_a_term_in_any_words() {
        String inventory = """
                resource_id,kind,provider,commitment_duration
                a,provisioned_throughput,azure,Hourly
                b,provisioned_throughput,azure,on demand
                c,provisioned_throughput,azure,Pay-as-you-go
                d,provisioned_throughput,azure,no term
                e,provisioned_throughput,azure,No commitment
                f,provisioned_throughput,azure,P1M
                g,provisioned_throughput,azure,12
                h,provisioned_throughput,azure,1 year
                i,provisioned_throughput,azure,yearly
                j,provisioned_throughput,azure,SixMonths
                k,provisioned_throughput,azure,ask Anna
                l,provisioned_throughput,azure,None (hourly)
                m,provisioned_throughput,azure,1 hour
                n,provisioned_throughput,azure,not committed
                """;
        try (TestStore store = read(inventory)) {
            assertThat(store.locked()
                            .select("SELECT coalesce(purchase, if(attributes['term_unknown'] IS NULL, 'hourly', "
                                    + "'unknown')), string_agg(resource_id, '' ORDER BY resource_id) "
                                    + "FROM resources GROUP BY 1 ORDER BY 2")
                            .rows())
                    .containsExactly(
                            List.of("hourly", "abcdelmn"), List.of("committed", "fghij"), List.of("unknown", "k"));
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
