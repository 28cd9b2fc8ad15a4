package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Found by hand: a saved scan that somebody changed gave other totals, and nobody could see it. */
class SavedValuesTest {
    private static final String BILL = """
            BilledCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,ProviderName,\
            EffectiveCost,ResourceId
            1,USD,2026-06-01T00:00:00Z,2026-06-02T00:00:00Z,Usage,Amazon SageMaker,AWS,1,i-1
            2,USD,2026-06-02T00:00:00Z,2026-06-03T00:00:00Z,Usage,Amazon SageMaker,AWS,2,i-2
            """;

    private static final Map<String, String> CHANGES = Map.ofEntries(
            Map.entry("UPDATE scan SET currency = 'EUR'", "another currency than that of the scan"),
            Map.entry("UPDATE scan SET currency = '<b>J'", "another currency than that of the scan"),
            Map.entry(
                    "DELETE FROM charge_texts; DELETE FROM charge_lines; DELETE FROM bill_rows;"
                            + " UPDATE scan SET currency = '<b>J'",
                    "a currency that is no code"),
            Map.entry("UPDATE resources SET replicas = -7", "a replicas below 0"),
            Map.entry("UPDATE resources SET replicas = 2147483647", "more than 1,000,000 replicas"),
            Map.entry("UPDATE resources SET accelerator_count = -8", "a accelerator_count below 0"),
            Map.entry("UPDATE offers SET on_demand = -on_demand", "a on_demand below 0"),
            Map.entry("UPDATE models SET input = -input", "a input below 0"),
            Map.entry("UPDATE files SET rows = -100", "a rows below 0"),
            Map.entry("DELETE FROM charge_lines WHERE EffectiveCost = 2", "more rows than there are charges"),
            Map.entry("UPDATE resources SET parent_id = resource_id", "its own parent"),
            Map.entry(
                    "UPDATE resources SET parent_id = if(resource_id = 'i-1', 'i-2', 'i-1')"
                            + " WHERE resource_id IN ('i-1', 'i-2')",
                    "its own parent"));

    @TempDir
    private Path folder;

    @Test
    void a_change_that_no_scan_saves_is_refused() throws Exception {
        Path inventory = FocusCsv.text(
                folder,
                "inventory.csv",
                "resource_id,kind,parent_id,replicas\ng-1,node_group,,1\ni-1,instance,g-1,1\ni-2,instance,g-1,1\n");
        Path file;
        try (TestStore store = TestStore.ofSets(
                folder,
                List.of(
                        TestStore.set(FileSet.Content.BILLING, FocusCsv.text(folder, "bill.csv", BILL)),
                        TestStore.set(FileSet.Content.INVENTORY, inventory)))) {
            file = store.locked().file();
        }
        assertThatCode(() -> check(file)).doesNotThrowAnyException();
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, String> change : CHANGES.entrySet()) {
            Path changed = folder.resolve("changed.aiaudit");
            Files.deleteIfExists(changed);
            Files.copy(file, changed);
            try (Sql sql = Sql.open(changed, new Properties())) {
                List.of(change.getKey().split("; ")).forEach(sql::execute);
            }
            try {
                check(changed);
                wrong.add(change.getKey() + ": accepted");
            } catch (UserError e) {
                if (!e.problem().contains(change.getValue())) {
                    wrong.add(change.getKey() + ": " + e.problem());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** A bill of FOCUS may name its currency by a sign. */
    @ParameterizedTest
    @ValueSource(strings = {"€", "$", "US$", "zł", "'CHF'", "Fr. (CH)"})
    void a_currency_is_accepted_as_the_bill_names_it(String currency) {
        Path file;
        try (TestStore store =
                TestStore.ofBills(folder, FocusCsv.text(folder, "bill.csv", BILL.replace("USD", currency)))) {
            file = store.locked().file();
            assertThat(store.locked().select("SELECT currency FROM scan").texts())
                    .containsExactly(currency.toUpperCase(Locale.ROOT));
        }
        assertThatCode(() -> check(file)).doesNotThrowAnyException();
    }

    /** The id of the variant, which only the bill names, makes the endpoint its parent. */
    @Test
    void a_scan_breaks_rings_of_parents_of_any_length_and_through_what_no_inventory_lists() {
        String endpoint = "arn:aws:sagemaker:eu-west-1:1:endpoint/chat";
        String variant = endpoint + "/variant/blue";
        StringBuilder inventory = new StringBuilder("resource_id,kind,parent_id\n")
                .append(endpoint + ",inference_endpoint," + variant + "\n");
        for (int i = 0; i < 40; i++) {
            inventory.append("g-" + i + ",instance,g-" + (i + 1) % 40 + "\n");
        }
        inventory.append("x-0,instance,x-0\n");
        for (int i = 1; i < 40; i++) {
            inventory.append("x-" + i + ",instance,x-" + (i - 1) + "\n");
        }
        Path file;
        try (TestStore store = TestStore.ofSets(
                folder,
                List.of(
                        TestStore.set(
                                FileSet.Content.BILLING,
                                FocusCsv.text(folder, "bill.csv", BILL.replace("i-1", variant))),
                        TestStore.set(
                                FileSet.Content.INVENTORY,
                                FocusCsv.text(folder, "inventory.csv", inventory.toString()))))) {
            file = store.locked().file();
            assertThat(store.locked()
                            .select("SELECT resource_id FROM resources WHERE parent_id IS NOT NULL ORDER BY 1")
                            .texts())
                    .hasSize(39)
                    .allMatch(id -> id.startsWith("x-"));
        }
        assertThatCode(() -> check(file)).doesNotThrowAnyException();
    }

    private void check(Path file) {
        try (LockedStore store = LockedStore.openForeign(file, TestStore.limits(folder))) {
            SavedValues.check(file, store);
        }
    }
}
