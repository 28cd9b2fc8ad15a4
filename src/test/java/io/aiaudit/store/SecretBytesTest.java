package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.FileSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever gets a saved scan can read each of its bytes, also those of blocks that no table has any longer. */
class SecretBytesTest {
    private static final String EXAMPLE = "AKIA" + "IOSFODNN7EXAMPLE";
    private static final String PASSWORD = "Xk9-vQ2-horse7";
    private static final String HEADER = "BilledCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,"
            + "ServiceName,ProviderName,EffectiveCost,ResourceId,ChargeDescription,Tags\n";

    @TempDir
    private Path folder;

    private void assertNothingLeft() {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> !file.toString().endsWith(".csv")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain(EXAMPLE)
                            .doesNotContain(PASSWORD));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void nothing_of_a_secret_in_an_inventory_is_in_the_file() {
        StringBuilder inventory = new StringBuilder("resource_id,kind,tags\n");
        for (int i = 0; i < 3000; i++) {
            inventory.append(
                    "i-" + i + ",instance,\"{\"\"deploy\"\": \"\"" + EXAMPLE + "\"\", \"\"db_password\"\": \"\""
                            + PASSWORD + "\"\", \"\"" + EXAMPLE + "\"\": \"\"x\"\", \"\"n\"\": \"\"" + i + "\"\"}\"\n");
        }
        try (TestStore store = TestStore.ofSets(
                folder,
                List.of(TestStore.set(
                        FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory.toString()))))) {
            assertThat(store.scan().resources().get(0).tags()).containsEntry("deploy", "[hidden]");
        }
        assertNothingLeft();
    }

    @Test
    void nothing_of_a_secret_in_a_long_bill_is_in_the_file() {
        try (TestStore store =
                TestStore.ofBills(folder, FocusCsv.text(folder, "bill.csv", HEADER + rows("1.5", 125_000)))) {
            assertThat(store.locked()
                            .select("SELECT DISTINCT Tags FROM charges")
                            .texts())
                    .containsExactly("{\"deploy\":\"[hidden]\",\"db_password\":\"[hidden]\"}");
            assertThat(store.scan().warnings()).hasSize(1);
            SavedCatalog.check(store.locked().file(), store.locked().limits());
            assertThat(store.scan().resources()).isNotEmpty();
        }
        assertNothingLeft();
    }

    /** More than are named, so that no sentence has them. */
    @Test
    void nothing_of_a_secret_in_a_rejected_row_is_in_the_file() {
        String bill = HEADER + rows("1.5", 10) + rows("key " + EXAMPLE, 5000);
        try (TestStore store = TestStore.ofBills(folder, FocusCsv.text(folder, "bill.csv", bill))) {
            assertThat(store.scan().rejects()).hasSize(100);
        }
        assertNothingLeft();
    }

    /** All columns of a bill that are texts but for ids and names, which show what a line is of. */
    @Test
    void no_column_of_a_bill_keeps_a_token() {
        String more = "InvoiceIssuerName,PublisherName,RegionName,ServiceSubcategory,SkuMeter,SkuPriceDetails,"
                + "BillingAccountName,SubAccountName,PricingUnit,ConsumedUnit,CommitmentDiscountName,ResourceType";
        String bill = HEADER.replace("Tags", more) + "1.5,USD,2026-06-01T00:00:00Z,2026-06-02T00:00:00Z,Usage,"
                + "Amazon SageMaker,AWS,1.5,i-1,for " + EXAMPLE + ("," + EXAMPLE).repeat(more.split(",").length) + "\n";
        try (TestStore store = TestStore.ofBills(folder, FocusCsv.text(folder, "bill.csv", bill))) {
            assertThat(store.locked().select("SELECT SkuMeter FROM charges").texts())
                    .containsExactly("[hidden]");
        }
        assertNothingLeft();
    }

    @Test
    void no_column_of_an_inventory_or_of_usage_keeps_a_token() {
        String inventory = "resource_id,kind,provider,account_name,region,state,purchase,machine_type,accelerator,x\n"
                + "i-1,kind EX,aws,account EX,region EX,state EX,spot,type EX,card EX,EX\n".replace("EX", EXAMPLE);
        String usage = "resource_id,metric,hour,average\ni-1,cpu_utilization,2026-06-01T00:00:00Z,0.5\n"
                + "i-1,EX,2026-06-01T00:00:00Z,0.5\ni-1,EX\ni-1,EX,a,b,c,d\ni-1,b,EX,1\n".replace("EX", EXAMPLE);
        try (TestStore store = TestStore.ofSets(
                folder,
                List.of(
                        TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory)),
                        TestStore.set(FileSet.Content.USAGE, FocusCsv.text(folder, "usage.csv", usage))))) {
            assertThat(store.scan().resources().get(0).state()).isEqualTo("state [hidden]");
            assertThat(store.scan().rejects()).hasSize(3);
        }
        assertNothingLeft();
    }

    private static String rows(String cost, int count) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            rows.append(
                    "1.5,USD,2026-06-01T00:00:00Z,2026-06-02T00:00:00Z,Usage,Amazon SageMaker,AWS," + cost + ",i-" + i
                            + ",for " + EXAMPLE + ",\"{\"\"deploy\"\": \"\"" + EXAMPLE
                            + "\"\", \"\"db_password\"\": \"\"" + PASSWORD
                            + "\"\"}\"\n");
        }
        return rows.toString();
    }
}
