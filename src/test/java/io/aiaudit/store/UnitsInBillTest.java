package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.FileSet;
import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many units of throughput there are, where the inventory does not say it. */
@Slow
class UnitsInBillTest {
    private static final String ACCOUNT =
            "/subscriptions/aaaaaaaa-0000-4000-8000-000000000001/resourcegroups/ml/providers/"
                    + "microsoft.cognitiveservices/accounts/oai";

    @TempDir
    private Path folder;

    private final FocusCsv bill = new FocusCsv();
    private String inventory = "resource_id,kind,provider,account_id,replicas,attributes\n";

    private static String deployment(String name) {
        return ACCOUNT + "/deployments/" + name;
    }

    private void listed(String id, String kind, String replicas) {
        inventory += id + "," + kind + ",azure,aaaaaaaa-0000-4000-8000-000000000001," + replicas + ",\n";
    }

    /** Billed by the day from June 1 on. */
    private void billed(String id, String unit, String... quantities) {
        for (int day = 1; day <= quantities.length; day++) {
            bill.row(
                    "ResourceId=" + id,
                    "ProviderName=Microsoft",
                    "SubAccountId=aaaaaaaa-0000-4000-8000-000000000001",
                    "ServiceName=Azure OpenAI",
                    "SkuMeter=Provisioned Managed Global Unit",
                    "ConsumedUnit=" + unit,
                    "ConsumedQuantity=" + quantities[day - 1],
                    "ChargePeriodStart=2026-06-%02dT00:00:00Z".formatted(day),
                    "ChargePeriodEnd=2026-06-%02dT00:00:00Z".formatted(day + 1));
        }
    }

    private TestStore store() {
        return TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.BILLING, bill.write(folder, "b.csv")));
            staging.files(TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory)));
        });
    }

    private static Integer units(TestStore store, String id) {
        return store.leaf(id).resource().replicas();
    }

    @Test
    void the_hours_of_units_that_a_bill_has_show_how_many_there_are() {
        listed(ACCOUNT, "service", "");
        listed(deployment("chat"), "provisioned_throughput", "");
        listed(deployment("tokens"), "model_usage", "");
        listed("pt-steps", "provisioned_throughput", "");
        listed("pt-today", "provisioned_throughput", "");
        listed("pt-listed", "provisioned_throughput", "7");
        billed(ACCOUNT, "1 Hour", "2400", "2400", "2400");
        billed("pt-steps", "Hours", "240", "480", "480", "480");
        billed("pt-today", "Unit Hours", "360", "360", "360", "90");
        billed("pt-listed", "Hours", "240", "240", "240");
        try (TestStore store = store()) {
            assertThat(units(store, deployment("chat"))).isEqualTo(100);
            assertThat(units(store, "pt-steps")).as("as many as now").isEqualTo(20);
            assertThat(units(store, "pt-today")).as("the last day goes on").isEqualTo(15);
            assertThat(units(store, "pt-listed"))
                    .as("the inventory is asked first")
                    .isEqualTo(7);
            assertThat(store.scan().warnings())
                    .contains("No inventory has the number of units of 3 provisioned throughputs (" + deployment("chat")
                            + ": 100, pt-steps: 20, pt-today: 15): it is what the bill charged in its last days. Add "
                            + "replicas to the inventory if it is another.");
        }
    }

    @Test
    void quantities_that_are_no_number_of_units_show_nothing() {
        listed(ACCOUNT, "service", "");
        listed(deployment("chat"), "provisioned_throughput", "");
        listed(deployment("search"), "provisioned_throughput", "");
        billed(ACCOUNT, "1 Hour", "2400", "2400", "2400");
        for (String id : List.of("pt-changes", "pt-part", "pt-tokens", "pt-once")) {
            listed(id, "provisioned_throughput", "");
        }
        billed("pt-changes", "Hours", "240", "240", "480");
        billed("pt-part", "Hours", "250", "250", "250");
        billed("pt-tokens", "1K Tokens", "2400", "2400", "2400");
        billed("pt-once", "Hours", "240");
        try (TestStore store = store()) {
            for (String id : List.of("pt-changes", "pt-part", "pt-tokens", "pt-once", deployment("chat"))) {
                assertThat(units(store, id)).as(id).isNull();
            }
            assertThat(store.scan().warnings()).noneMatch(warning -> warning.contains("number of units"));
        }
    }
}
