package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.Resource;
import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a resource without a name is called. */
@Slow
class NamesTest {
    @TempDir
    private Path folder;

    private Map<String, String> names(TestStore store) {
        Map<String, String> names = new TreeMap<>();
        for (Resource resource : store.scan().resources()) {
            names.put(resource.resourceId(), String.valueOf(resource.name()));
        }
        return names;
    }

    @Test
    void the_last_part_of_an_id_that_says_something_is_the_name() {
        Map<String, String> expected = new TreeMap<>(Map.ofEntries(
                Map.entry("arn:aws:sagemaker:us-east-1:1:endpoint/chat", "chat"),
                Map.entry("arn:aws:logs:us-east-1:1:log-group:/aws/sagemaker/x:*", "/aws/sagemaker/x"),
                Map.entry("arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/front/50dc6c495c0c9188", "front"),
                Map.entry("arn:aws:eks:eu-west-1:1:nodegroup/ml/gpu/aaaa-1", "gpu"),
                Map.entry("arn:aws:lambda:eu-west-1:1:function:embed:7", "embed"),
                Map.entry("arn:aws:s3:::models", "models"),
                Map.entry("arn:aws:bedrock:us-east-1::foundation-model/a.b-v1:0", "a.b-v1:0"),
                Map.entry("/subscriptions/s/resourcegroups/ml/providers/microsoft.x/accounts/aoai", "aoai"),
                Map.entry("/subscriptions/s/resourcegroups/ml/providers/m.x/accounts/aoai/deployments/gpt", "gpt"),
                Map.entry("//run.googleapis.com/projects/p/locations/l/services/ask", "ask"),
                Map.entry("i-0123456789", "null"),
                Map.entry("my-own/id", "null")));
        String inventory = "resource_id,kind\n"
                + expected.keySet().stream().map(id -> id + ",service\n").collect(Collectors.joining());
        Path file = FocusCsv.text(folder, "inventory.csv", inventory);
        try (TestStore store = TestStore.of(
                folder,
                IngestSettings.NONE,
                staging -> staging.files(TestStore.set(FileSet.Content.INVENTORY, file)))) {
            assertThat(names(store)).isEqualTo(expected);
        }
    }

    @Test
    void a_bill_has_the_name_as_it_was_written_and_that_of_a_commitment() {
        BillText bill = new BillText(
                        "SubscriptionId", "S",
                        "date", "2026-06-01",
                        "billingCurrency", "USD",
                        "meterCategory", "Virtual Machines",
                        "chargeType", "Usage",
                        "pricingModel", "OnDemand",
                        "ResourceId", "/subscriptions/S/resourceGroups/ML/providers/Microsoft.X/accounts/ChatGPT",
                        "costInBillingCurrency", "1")
                .row()
                .row(
                        "chargeType", "UnusedReservation",
                        "pricingModel", "Reservation",
                        "ResourceId", "",
                        "benefitId", "/providers/Microsoft.Capacity/reservationOrders/aaaa/reservations/bbbb",
                        "benefitName", "a100-1y");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "azure.csv"))) {
            assertThat(names(store).values()).containsExactlyInAnyOrder("ChatGPT", "a100-1y");
        }
    }

    @Test
    void a_name_that_was_given_stays_unless_it_is_an_id() {
        Path file = FocusCsv.text(
                folder,
                "inventory.csv",
                "resource_id,kind,name\narn:aws:s3:::a,service,Models of the "
                        + "team\narn:aws:s3:::b,service,arn:aws:s3:::b\n");
        try (TestStore store = TestStore.of(
                folder,
                IngestSettings.NONE,
                staging -> staging.files(TestStore.set(FileSet.Content.INVENTORY, file)))) {
            assertThat(List.copyOf(names(store).values())).containsExactly("Models of the team", "b");
        }
    }
}
