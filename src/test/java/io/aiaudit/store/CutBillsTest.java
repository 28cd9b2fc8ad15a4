package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Window;
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
        return read(inventory, "");
    }

    private TestStore read(String inventory, String usage) {
        daily("2026-06-01", "2026-07-01");
        return TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.BILLING, bill.write(folder, "b.csv")));
            if (!inventory.isEmpty()) {
                staging.files(
                        TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory)));
            }
            if (!usage.isEmpty()) {
                staging.files(TestStore.set(FileSet.Content.USAGE, FocusCsv.text(folder, "usage.csv", usage)));
            }
        });
    }

    private static Instant billedTo(TestStore store, String id) {
        return billed(store, id).end();
    }

    private static Window billed(TestStore store, String id) {
        return store.scan().leafCosts(TestStore.JUNE).stream()
                .filter(leaf -> leaf.resource().resourceId().equals(id))
                .map(LeafCost::billed)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void an_account_whose_bill_ends_ten_days_before_that_of_others_is_scaled_from_what_it_covers() {
        daily("2026-06-01", "2026-06-21", OTHER, "ResourceId=i-0b");
        daily("2026-06-03", "2026-06-05", OTHER, "ResourceId=i-0c");
        try (TestStore store = read("")) {
            assertThat(store.scan().cutBills(TestStore.JUNE))
                    .containsExactly(new CutBill("aws", "222222222222", null, Instant.parse("2026-06-21T00:00:00Z")));
            assertThat(billedTo(store, "i-0b")).isEqualTo("2026-06-21T00:00:00Z");
            assertThat(billedTo(store, "i-0c")).isEqualTo("2026-06-21T00:00:00Z");
            assertThat(billedTo(store, "i-0a")).isEqualTo("2026-07-01T00:00:00Z");
            assertThat(store.scan().windowCosts(TestStore.JUNE))
                    .extracting(
                            cost -> cost.effectiveCost().stripTrailingZeros().toPlainString(),
                            cost -> cost.hours().intValueExact())
                    .containsExactly(tuple("720", 720), tuple("528", 480));
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
                    .satisfies(cost -> assertThat(cost.hours()).isEqualByComparingTo("720"));
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

    private static String listed(String created) {
        return "resource_id,kind,provider,account_id,region,machine_type,created_at\n"
                + "i-0b,instance,aws,222222222222,us-east-1,g5.xlarge," + created + "\n";
    }

    private static String measured(String value) {
        return "resource_id,metric,hour,average\ni-0b,gpu_utilization,2026-06-04T10:00:00Z," + value + "\n";
    }

    @Test
    void an_account_whose_bill_begins_ten_days_after_that_of_others_is_scaled_from_what_it_covers() {
        daily("2026-06-11", "2026-07-01", OTHER, "ResourceId=i-0b");
        try (TestStore store = read(listed("2025-01-10T00:00:00Z"), measured("0"))) {
            assertThat(store.scan().cutBills(TestStore.JUNE))
                    .containsExactly(new CutBill("aws", "222222222222", Instant.parse("2026-06-11T00:00:00Z"), null));
            assertThat(billed(store, "i-0b")).isEqualTo(Window.parse("2026-06-11/2026-07-01"));
            assertThat(billed(store, "i-0a")).isEqualTo(TestStore.JUNE);
            assertThat(store.scan().windowCosts(TestStore.JUNE))
                    .extracting(cost -> cost.hours().intValueExact())
                    .containsExactly(720, 480);
        }
    }

    @Test
    void what_worked_before_its_first_charge_existed_whenever_it_was_created() {
        daily("2026-06-11", "2026-07-01", OTHER, "ResourceId=i-0b");
        try (TestStore store = read("", measured("0.4"))) {
            assertThat(store.scan().cutBills(TestStore.JUNE))
                    .extracting(CutBill::coveredFrom)
                    .containsExactly(Instant.parse("2026-06-11T00:00:00Z"));
        }
    }

    @Test
    void a_bill_of_an_account_may_begin_later_and_end_earlier() {
        daily("2026-06-08", "2026-06-21", OTHER, "ResourceId=i-0b");
        try (TestStore store = read(listed("2025-01-10T00:00:00Z"), measured("0"))) {
            assertThat(billed(store, "i-0b")).isEqualTo(Window.parse("2026-06-08/2026-06-21"));
        }
    }

    private void isWhole(String inventory, String usage) {
        try (TestStore store = read(inventory, usage)) {
            assertThat(store.scan().cutBills(TestStore.JUNE)).isEmpty();
        }
    }

    @Test
    void an_account_whose_resources_began_with_its_bill_is_new() {
        daily("2026-06-11", "2026-07-01", OTHER, "ResourceId=i-0b");
        isWhole(listed("2026-06-11T00:30:00Z"), measured("0"));
    }

    @Test
    void zeros_before_the_first_charge_of_unknown_age_show_no_use() {
        daily("2026-06-11", "2026-07-01", OTHER, "ResourceId=i-0b");
        isWhole("", measured("0"));
    }

    @Test
    void nothing_measured_before_the_bill_of_an_account_begins_shows_no_cut() {
        daily("2026-06-11", "2026-07-01", OTHER, "ResourceId=i-0b");
        isWhole(listed("2025-01-10T00:00:00Z"), "");
    }

    @Test
    void a_resource_that_begins_in_an_account_with_a_whole_bill_is_no_cut() {
        daily("2026-06-11", "2026-07-01", OTHER, "ResourceId=i-0b");
        daily("2026-06-01", "2026-07-01", OTHER, "ResourceId=i-0c");
        isWhole(listed("2025-01-10T00:00:00Z"), measured("0"));
    }
}
