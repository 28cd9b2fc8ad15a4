package io.aiaudit.store;

import static io.aiaudit.store.CurTest.RESERVATION;
import static io.aiaudit.store.CurTest.cur1;
import static io.aiaudit.store.CurTest.reserved;
import static io.aiaudit.store.CurTest.sums;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.Window;
import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is looked at in all of a Cost and Usage Report together: its header, its bounds and its warnings. */
@Slow
class CurWholeTest {
    @TempDir
    private Path folder;

    /** The fee is the same money as the effective cost of what it covers. */
    @ParameterizedTest
    @ValueSource(strings = {"absent", "empty"})
    void a_fee_that_does_not_show_its_unused_part_costs_nothing_beside_usage_that_has_its_cost(String columns) {
        BillText bill = columns.equals("absent")
                ? reserved("14400")
                : reserved(
                        "14400",
                        "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod",
                        "",
                        "reservation/UnusedRecurringFee",
                        "");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "cur.csv"))) {
            assertThat(sums(store)).isEqualTo("14400.0 14400.0");
            assertThat(store.scan().warnings())
                    .singleElement()
                    .asString()
                    .isEqualTo(
                            "aws: 1 fee of a commitment (14400.00 USD) counts 0 in effective cost, because the usage "
                                    + "under it carries the"
                                    + " cost. The report can't show its unused part: the columns for it are missing or"
                                    + " empty.");
        }
    }

    @Test
    void a_fee_beside_usage_without_effective_cost_counts_as_billed_and_a_warning_says_so() {
        try (TestStore store = TestStore.ofBills(folder, reserved("").csv(folder, "cur.csv"))) {
            assertThat(sums(store)).isEqualTo("14400.0 14400.0");
            assertThat(store.scan().warnings())
                    .filteredOn(warning -> warning.contains("BilledCost (14400.00 USD) stands in"))
                    .hasSize(1);
        }
    }

    @Test
    void without_the_columns_of_plans_the_billed_amounts_count_and_still_add_up() {
        BillText bill = cur1().row(
                        "lineItem/LineItemType", "SavingsPlanCoveredUsage",
                        "lineItem/ResourceId", "i-0abc",
                        "lineItem/UnblendedCost", "10")
                .row("lineItem/LineItemType", "SavingsPlanNegation", "lineItem/UnblendedCost", "-10")
                .row("lineItem/LineItemType", "SavingsPlanRecurringFee", "lineItem/UnblendedCost", "8");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "cur.csv"))) {
            assertThat(sums(store)).isEqualTo("8.0 8.0");
            assertThat(store.scan().warnings())
                    .hasSize(2)
                    .anySatisfy(warning -> assertThat(warning)
                            .contains("BilledCost (8.00 USD) stands in for the missing EffectiveCost of 1 row"))
                    .anySatisfy(warning -> assertThat(warning)
                            .contains("1 row of 1 resource covered by a reservation or savings plan have no"));
        }
    }

    @Test
    void fees_and_taxes_of_the_whole_month_do_not_say_how_far_the_bill_goes() {
        BillText bill = cur1().row("lineItem/UnblendedCost", "1")
                .row(
                        "lineItem/UnblendedCost", "1",
                        "lineItem/UsageStartDate", "2026-06-09T00:00:00Z",
                        "lineItem/UsageEndDate", "2026-06-10T00:00:00Z")
                .row("lineItem/LineItemType", "Tax", "lineItem/UsageEndDate", "2026-07-01T00:00:00Z")
                .row("lineItem/LineItemType", "RIFee", "lineItem/UsageEndDate", "2026-07-01T00:00:00Z")
                .row("lineItem/LineItemType", "Fee", "lineItem/UsageEndDate", "2027-06-01T00:00:00Z");
        Path file = bill.csv(folder, "cur.csv");
        try (Store store = Store.create(folder.resolve("s.duckdb"), TestStore.limits(folder))) {
            Staging staging = store.begin("files", "x");
            staging.files(TestStore.set(FileSet.Content.BILLING, file));
            store.commit(staging);
            assertThat(store.covered(FileSet.Content.BILLING)).contains(Window.parse("2026-06-01/2026-06-10"));
        }
        try (TestStore store = TestStore.ofBills(folder, file)) {
            assertThat(store.scan().billPeriods()).containsEntry("aws", Window.parse("2026-06-01/2026-06-10"));
        }
    }

    /** A fee of a month counts in a window of ten days by a third. */
    @Test
    void a_row_for_many_hours_counts_by_its_share_of_the_window() {
        BillText bill = cur1().row(
                        "lineItem/LineItemType", "RIFee",
                        "lineItem/UsageEndDate", "2026-07-01T00:00:00Z",
                        "lineItem/UnblendedCost", "90",
                        "reservation/ReservationARN", RESERVATION,
                        "reservation/UnusedRecurringFee", "30");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "cur.csv"))) {
            assertThat(store.scan().windowCosts(Window.parse("2026-06-11/2026-06-21")))
                    .singleElement()
                    .satisfies(cost -> assertThat(cost.effectiveCost()).isEqualByComparingTo("10"));
        }
    }

    @Test
    void the_same_line_twice_counts_once_and_is_reported_but_an_id_alone_makes_no_line_the_same() {
        BillText bill = new BillText()
                .row(line("a", "1"))
                .row(line("a", "1"))
                .row(line("a", "2"))
                .row(line("b", "1"));
        BillText again = new BillText().row(line("b", "1")).row(line("c", "5"));
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "one.csv"), again.csv(folder, "two.csv"))) {
            assertThat(sums(store)).isEqualTo("9.0 9.0");
            assertThat(store.scan().warnings())
                    .containsExactly("2 lines of the bills stand there twice, with the same id and text ("
                            + folder.resolve("one.csv") + ", " + folder.resolve("two.csv")
                            + "); they were counted once.");
            assertThat(BillSums.one(store, "SELECT sum(rows) FROM bill_rows")).isEqualTo("4");
        }
    }

    private static String[] line(String id, String cost) {
        return new String[] {
            "identity/LineItemId", id,
            "lineItem/LineItemType", "Usage",
            "lineItem/UsageStartDate", "2026-06-01T00:00:00Z",
            "lineItem/UsageEndDate", "2026-06-02T00:00:00Z",
            "lineItem/CurrencyCode", "USD",
            "lineItem/ProductCode", "AmazonEC2",
            "lineItem/UsageAccountId", "111122223333",
            "lineItem/UnblendedCost", cost
        };
    }

    @Test
    void a_header_that_is_nearly_a_report_is_reported_with_what_it_lacks() {
        Path file = new BillText("lineItem/LineItemType", "Usage", "lineItem/UnblendedCost", "1")
                .row("lineItem/ProductCode", "AmazonEC2")
                .csv(folder, "cur.csv");
        assertThatThrownBy(() -> TestStore.ofBills(folder, file))
                .hasMessageContaining("its header is not that of an AWS Cost and Usage Report")
                .hasMessageContaining("missing: line_item_currency_code, line_item_usage_start_date");
    }
}
