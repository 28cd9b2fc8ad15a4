package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.LeafCost;
import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine of one account is billed all June at 24.00 a day, and something else of another account for less. */
@Slow
class CutBillsTest {
    private static final String OTHER = "SubAccountId=222222222222";

    @TempDir
    private Path folder;

    private final FocusCsv bill = new FocusCsv();

    private void daily(String from, String to, String... row) {
        LocalDate.parse(from).datesUntil(LocalDate.parse(to)).forEach(day -> day(day, row));
    }

    private void day(LocalDate day, String... row) {
        String[] all = new String[row.length + 4];
        all[0] = "ChargePeriodStart=" + day + "T00:00:00Z";
        all[1] = "ChargePeriodEnd=" + day.plusDays(1) + "T00:00:00Z";
        all[2] = "EffectiveCost=24";
        all[3] = "BilledCost=24";
        System.arraycopy(row, 0, all, 4, row.length);
        bill.row(all);
    }

    private TestStore read(String inventory) {
        daily("2026-06-01", "2026-07-01");
        return TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.BILLING, bill.write(folder, "b.csv")));
            if (!inventory.isEmpty()) {
                staging.files(
                        TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory)));
            }
        });
    }

    private static Instant billedTo(TestStore store, String id) {
        return store.scan().leafCosts(TestStore.JUNE).stream()
                .filter(leaf -> leaf.resource().resourceId().equals(id))
                .map(LeafCost::billed)
                .findFirst()
                .orElseThrow()
                .end();
    }

    @Test
    void an_account_whose_bill_ends_ten_days_before_that_of_others_is_scaled_from_what_it_covers() {
        daily("2026-06-01", "2026-06-21", OTHER, "ResourceId=i-0b");
        daily("2026-06-03", "2026-06-05", OTHER, "ResourceId=i-0c");
        try (TestStore store = read("")) {
            assertThat(store.scan().cutBills(TestStore.JUNE))
                    .containsExactly(new CutBill("aws", "222222222222", Instant.parse("2026-06-21T00:00:00Z")));
            assertThat(billedTo(store, "i-0b")).isEqualTo("2026-06-21T00:00:00Z");
            assertThat(billedTo(store, "i-0c")).isEqualTo("2026-06-21T00:00:00Z");
            assertThat(billedTo(store, "i-0a")).isEqualTo("2026-07-01T00:00:00Z");
            assertThat(store.scan().windowCosts(TestStore.JUNE))
                    .extracting(
                            cost -> cost.effectiveCost().stripTrailingZeros().toPlainString(), WindowCost::hours)
                    .containsExactly(tuple("720", 720L), tuple("528", 480L));
        }
    }

    @Test
    void charges_without_a_resource_show_where_the_bill_of_an_account_is_cut_as_well() {
        daily("2026-06-01", "2026-06-13", OTHER, "ResourceId=", "ServiceName=Amazon Bedrock");
        try (TestStore store = read("")) {
            assertThat(store.scan().cutBills(TestStore.JUNE))
                    .extracting(CutBill::coveredTo)
                    .containsExactly(Instant.parse("2026-06-13T00:00:00Z"));
        }
    }

    private void isWhole(String inventory) {
        try (TestStore store = read(inventory)) {
            assertThat(store.scan().cutBills(TestStore.JUNE)).isEmpty();
            assertThat(store.scan().windowCosts(TestStore.JUNE))
                    .singleElement()
                    .satisfies(cost -> assertThat(cost.hours()).isEqualTo(720));
        }
    }

    @Test
    void rows_that_come_a_day_later_are_no_early_end() {
        daily("2026-06-01", "2026-06-29", OTHER, "ResourceId=i-0b");
        isWhole("");
    }

    @Test
    void work_of_a_few_days_just_ends() {
        daily("2026-06-01", "2026-06-06", OTHER, "ResourceId=i-0b");
        daily("2026-06-15", "2026-06-17", OTHER, "ResourceId=i-0b");
        isWhole("");
    }

    @Test
    void what_the_inventory_says_ended_there_is_no_cut_of_the_bill() {
        daily("2026-06-01", "2026-06-21", OTHER, "ResourceId=i-0b");
        isWhole("""
                resource_id,kind,provider,account_id,region,machine_type,ended_at
                i-0b,instance,aws,222222222222,us-east-1,g5.xlarge,2026-06-20T23:30:00Z
                """);
    }
}
