package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.Window;
import io.aiaudit.testing.Slow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lines of a Cost and Usage Report in the shape that AWS documents. Amounts are made up so that each differs from
 * the others.
 */
@Slow
class CurTest {
    static final String PLAN = "arn:aws:savingsplans::111122223333:savingsplan/plan-1";
    static final String RESERVATION = "arn:aws:ec2:us-east-1:111122223333:reserved-instances/ri-1";
    private static final String EC2 = "Amazon Elastic Compute Cloud";

    @TempDir
    private Path folder;

    static BillText cur1() {
        return new BillText(
                "lineItem/LineItemType",
                "Usage",
                "lineItem/UsageStartDate",
                "2026-06-01T00:00:00Z",
                "lineItem/UsageEndDate",
                "2026-06-02T00:00:00Z",
                "lineItem/CurrencyCode",
                "USD",
                "lineItem/UnblendedCost",
                "0",
                "lineItem/ProductCode",
                "AmazonEC2",
                "product/ProductName",
                EC2,
                "lineItem/UsageAccountId",
                "111122223333");
    }

    private String sums(BillText bill) {
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "cur.csv"))) {
            return sums(store);
        }
    }

    static String sums(TestStore store) {
        return BillSums.one(store, "SELECT sum(BilledCost)::DOUBLE || ' ' || sum(cost)::DOUBLE FROM charges");
    }

    @Test
    void covered_usage_costs_what_the_plan_takes_for_it_and_only_the_unused_part_of_the_fee_is_added() {
        BillText bill = cur1().row(
                        "lineItem/LineItemType", "SavingsPlanCoveredUsage",
                        "lineItem/UnblendedCost", "10",
                        "lineItem/ResourceId", "i-0abc",
                        "lineItem/UsageType", "BoxUsage:g5.xlarge",
                        "pricing/unit", "Hrs",
                        "savingsPlan/SavingsPlanARN", PLAN,
                        "savingsPlan/SavingsPlanEffectiveCost", "6")
                .row(
                        "lineItem/LineItemType", "SavingsPlanNegation",
                        "lineItem/UnblendedCost", "-10",
                        "savingsPlan/SavingsPlanARN", PLAN)
                .row(
                        "lineItem/LineItemType", "SavingsPlanRecurringFee",
                        "lineItem/UnblendedCost", "8",
                        "lineItem/ProductCode", "ComputeSavingsPlans",
                        "product/ProductName", "Savings Plans for AWS Compute usage",
                        "savingsPlan/SavingsPlanARN", PLAN,
                        "savingsPlan/TotalCommitmentToDate", "8",
                        "savingsPlan/UsedCommitment", "6");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "cur.csv"))) {
            assertThat(sums(store)).isEqualTo("8.0 8.0");
            assertThat(BillSums.loaded(store, "component || ' ' || coalesce(CommitmentDiscountStatus, 'none')"))
                    .containsExactly(
                            Map.entry("commitment Unused", "8.000000 2.000000"),
                            Map.entry("time Used", "10.000000 6.000000"),
                            Map.entry("usage none", "-10.000000 0.000000"));
            assertThat(BillSums.one(store, "SELECT kind FROM resources WHERE resource_id = '" + PLAN + "'"))
                    .isEqualTo("commitment");
            assertThat(BillSums.one(store, "SELECT used_share FROM commitments"))
                    .isEqualTo("0.75");
        }
    }

    @Test
    void a_plan_that_covers_nothing_is_used_by_nothing() {
        BillText bill = cur1().row(
                        "lineItem/LineItemType", "SavingsPlanRecurringFee",
                        "lineItem/UnblendedCost", "8",
                        "savingsPlan/SavingsPlanARN", PLAN,
                        "savingsPlan/TotalCommitmentToDate", "8",
                        "savingsPlan/UsedCommitment", "0");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "cur.csv"))) {
            assertThat(new BigDecimal(BillSums.one(store, "SELECT used_share FROM commitments")))
                    .isZero();
        }
    }

    @Test
    void a_plan_that_is_paid_up_front_costs_what_it_covers_and_not_the_payment() {
        BillText bill = cur1().row(
                        "lineItem/LineItemType", "SavingsPlanUpfrontFee",
                        "lineItem/UnblendedCost", "8760",
                        "savingsPlan/SavingsPlanARN", PLAN)
                .row(
                        "lineItem/LineItemType", "SavingsPlanRecurringFee",
                        "lineItem/UnblendedCost", "0",
                        "savingsPlan/SavingsPlanARN", PLAN,
                        "savingsPlan/TotalCommitmentToDate", "24",
                        "savingsPlan/UsedCommitment", "20")
                .row(
                        "lineItem/LineItemType", "SavingsPlanCoveredUsage",
                        "lineItem/UnblendedCost", "30",
                        "savingsPlan/SavingsPlanARN", PLAN,
                        "savingsPlan/SavingsPlanEffectiveCost", "20")
                .row(
                        "lineItem/LineItemType", "SavingsPlanNegation",
                        "lineItem/UnblendedCost", "-30",
                        "savingsPlan/SavingsPlanARN", PLAN);
        assertThat(sums(bill)).isEqualTo("8760.0 24.0");
    }

    @Test
    void reserved_usage_costs_its_effective_price_and_the_fee_only_what_nobody_used() {
        BillText bill = cur1().row(
                        "lineItem/LineItemType", "DiscountedUsage",
                        "lineItem/UnblendedCost", "0",
                        "lineItem/ResourceId", "i-0abc",
                        "lineItem/UsageType", "BoxUsage:p4d.24xlarge",
                        "pricing/unit", "Hrs",
                        "reservation/ReservationARN", RESERVATION,
                        "reservation/EffectiveCost", "12.5")
                .row(
                        "lineItem/LineItemType", "RIFee",
                        "lineItem/UnblendedCost", "9",
                        "reservation/ReservationARN", RESERVATION,
                        "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod", "1.25",
                        "reservation/UnusedRecurringFee", "0.75")
                .row(
                        "lineItem/LineItemType", "Fee",
                        "lineItem/UnblendedCost", "5000",
                        "reservation/ReservationARN", RESERVATION,
                        "reservation/UpfrontValue", "5000");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "cur.csv"))) {
            assertThat(sums(store)).isEqualTo("5009.0 14.5");
            assertThat(BillSums.loaded(store, "component"))
                    .containsExactly(
                            Map.entry("commitment", "5009.000000 2.000000"), Map.entry("time", "0.000000 12.500000"));
            assertThat(BillSums.one(store, "SELECT purchase FROM resources WHERE resource_id = 'i-0abc'"))
                    .isEqualTo("committed");
        }
    }

    private static BillText reserved(String effectiveCost, String... columnsOfTheFee) {
        String[] fee = {
            "lineItem/LineItemType", "RIFee",
            "lineItem/UnblendedCost", "14400",
            "lineItem/UsageEndDate", "2026-07-01T00:00:00Z",
            "reservation/ReservationARN", RESERVATION
        };
        String[] all = with(columnsOfTheFee, fee);
        return cur1().row(
                        "lineItem/LineItemType", "DiscountedUsage",
                        "lineItem/ResourceId", "i-0abc",
                        "lineItem/UsageAccountId", "444455556666",
                        "reservation/ReservationARN", RESERVATION,
                        "reservation/EffectiveCost", effectiveCost)
                .row(all);
    }

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
    void the_fee_of_a_plan_that_does_not_show_what_was_used_costs_nothing_beside_usage_that_has_its_cost() {
        BillText bill = cur1().row(
                        "lineItem/LineItemType", "SavingsPlanCoveredUsage",
                        "lineItem/UnblendedCost", "30",
                        "savingsPlan/SavingsPlanARN", PLAN,
                        "savingsPlan/SavingsPlanEffectiveCost", "20")
                .row(
                        "lineItem/LineItemType", "SavingsPlanNegation",
                        "lineItem/UnblendedCost", "-30",
                        "savingsPlan/SavingsPlanARN", PLAN)
                .row(
                        "lineItem/LineItemType", "SavingsPlanRecurringFee",
                        "lineItem/UnblendedCost", "25",
                        "savingsPlan/SavingsPlanARN", PLAN);
        assertThat(sums(bill)).isEqualTo("25.0 20.0");
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
    void tax_refunds_and_promotional_credits_stand_apart_and_credits_for_a_negotiated_price_do_not() {
        BillText bill = cur1().row("lineItem/UnblendedCost", "100")
                .row("lineItem/LineItemType", "Tax", "lineItem/UnblendedCost", "19")
                .row("lineItem/LineItemType", "Refund", "lineItem/UnblendedCost", "-5")
                .row(
                        "lineItem/LineItemType", "Credit",
                        "lineItem/UnblendedCost", "-30",
                        "lineItem/LineItemDescription", "AWS Activate credits")
                .row(
                        "lineItem/LineItemType", "Credit",
                        "lineItem/UnblendedCost", "-2",
                        "lineItem/LineItemDescription", "Refund for the outage of June 3")
                .row(
                        "lineItem/LineItemType", "Credit",
                        "lineItem/UnblendedCost", "-4",
                        "lineItem/LineItemDescription", "Private pricing: negotiated rate for p5");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "cur.csv"))) {
            assertThat(BillSums.loaded(store, "charge_kind"))
                    .containsExactly(
                            Map.entry("cost", "96.000000 96.000000"),
                            Map.entry("promotional_credit", "-30.000000 0.000000"),
                            Map.entry("refund", "-7.000000 0.000000"),
                            Map.entry("tax", "19.000000 0.000000"));
        }
    }

    @Test
    void marketplace_and_support_have_leaves_and_components_of_their_own() {
        BillText bill = cur1().row(
                        "bill/BillingEntity", "AWS Marketplace",
                        "lineItem/LegalEntity", "Example Software GmbH",
                        "lineItem/ProductCode", "abc123",
                        "product/ProductName", "Example Monitoring",
                        "lineItem/UsageType", "SoftwareUsage:g5.xlarge",
                        "lineItem/UnblendedCost", "7",
                        "lineItem/ResourceId", "i-0abc",
                        "pricing/unit", "Hrs")
                .row(
                        "bill/BillingEntity", "AWS Marketplace",
                        "lineItem/LegalEntity", "Anthropic, PBC",
                        "lineItem/ProductCode", "xyz789",
                        "product/ProductName", "Claude Sonnet 4.5 (Amazon Bedrock Edition)",
                        "lineItem/UsageType", "USE1-MP:USE1_InputTokenCount-Units",
                        "lineItem/LineItemDescription", "AWS Marketplace software usage|us-east-1|Million Input Tokens",
                        "lineItem/UnblendedCost", "11",
                        "pricing/unit", "Units")
                .row(
                        "lineItem/LineItemType", "Fee",
                        "lineItem/ProductCode", "AWSSupportBusiness",
                        "product/ProductName", "AWS Support (Business)",
                        "lineItem/UnblendedCost", "100");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "cur.csv"))) {
            assertThat(BillSums.loaded(store, "ServiceName || ' ' || component || ' ' || spend_class"))
                    .containsExactly(
                            Map.entry("AWS Support (Business) licence other", "100.000000 100.000000"),
                            Map.entry("Claude Sonnet 4.5 (Amazon Bedrock Edition) usage ai", "11.000000 11.000000"),
                            Map.entry("Example Monitoring licence ai", "7.000000 7.000000"));
        }
    }

    @Test
    void capacity_that_is_paid_ahead_is_a_commitment() {
        BillText bill = cur1().row(
                        "lineItem/LineItemType", "Fee",
                        "lineItem/UnblendedCost", "5000",
                        "lineItem/UsageType", "USE2-CapacityBlock:p5.48xlarge",
                        "lineItem/LineItemDescription", "EC2 Capacity Block reservation fee for p5.48xlarge");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "cur.csv"))) {
            assertThat(BillSums.loaded(store, "component || ' ' || spend_class"))
                    .containsExactly(Map.entry("commitment ai", "5000.000000 5000.000000"));
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

    /** Its used part is in no other row then, and no more can be freed than was paid. */
    @ParameterizedTest
    @ValueSource(strings = {"absent", "empty"})
    void without_the_effective_cost_of_a_plan_its_whole_fee_counts_and_what_it_covers_is_no_more(String column) {
        BillText bill = cur1().row(with(
                        column.equals("absent")
                                ? new String[0]
                                : new String[] {"savingsPlan/SavingsPlanEffectiveCost", ""},
                        "lineItem/LineItemType",
                        "SavingsPlanCoveredUsage",
                        "lineItem/ResourceId",
                        "i-0abc",
                        "lineItem/UnblendedCost",
                        "48",
                        "lineItem/UsageType",
                        "BoxUsage:g5.4xlarge",
                        "savingsPlan/SavingsPlanARN",
                        PLAN))
                .row(
                        "lineItem/LineItemType", "SavingsPlanNegation",
                        "lineItem/UnblendedCost", "-48",
                        "savingsPlan/SavingsPlanARN", PLAN)
                .row(
                        "lineItem/LineItemType", "SavingsPlanRecurringFee",
                        "lineItem/UnblendedCost", "24",
                        "savingsPlan/SavingsPlanARN", PLAN,
                        "savingsPlan/TotalCommitmentToDate", "24",
                        "savingsPlan/UsedCommitment", "20");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "cur.csv"))) {
            assertThat(sums(store)).isEqualTo("24.0 24.0");
            assertThat(BillSums.loaded(store, "CommitmentDiscountStatus")).doesNotContainKey("Unused");
            assertThat(store.scan().leafCosts(TestStore.JUNE))
                    .filteredOn(leaf -> leaf.resource().resourceId().equals("i-0abc"))
                    .singleElement()
                    .satisfies(leaf -> assertThat(leaf.parts()).singleElement().satisfies(part -> {
                        assertThat(part.cost()).isEqualByComparingTo("24");
                        assertThat(part.committed()).isEqualByComparingTo("24");
                    }));
        }
    }

    /** Parts of one report have the same columns; in what order rows come nothing says. */
    private Path[] parts(int files, BillText... rows) {
        return IntStream.range(0, files)
                .mapToObj(part -> {
                    BillText bill = cur1().columns(
                                    "savingsPlan/SavingsPlanARN",
                                    "savingsPlan/SavingsPlanEffectiveCost",
                                    "savingsPlan/TotalCommitmentToDate",
                                    "savingsPlan/UsedCommitment",
                                    "reservation/ReservationARN",
                                    "reservation/EffectiveCost",
                                    "reservation/UnusedRecurringFee",
                                    "lineItem/ResourceId");
                    for (int row = part; row < rows.length; row += files) {
                        bill.rowsOf(rows[row]);
                    }
                    return bill.csv(folder, "cur-" + files + "-" + part + ".csv");
                })
                .toArray(Path[]::new);
    }

    private static BillText covered(String billed) {
        return cur1().row(
                        "lineItem/LineItemType", "SavingsPlanCoveredUsage",
                        "lineItem/ResourceId", "i-0abc",
                        "lineItem/UnblendedCost", billed,
                        "lineItem/UsageType", "BoxUsage:g5.4xlarge",
                        "savingsPlan/SavingsPlanARN", PLAN);
    }

    private static BillText negation(String billed) {
        return cur1().row(
                        "lineItem/LineItemType", "SavingsPlanNegation",
                        "lineItem/UnblendedCost", billed,
                        "savingsPlan/SavingsPlanARN", PLAN);
    }

    private static BillText planFee() {
        return cur1().row(
                        "lineItem/LineItemType", "SavingsPlanRecurringFee",
                        "lineItem/UnblendedCost", "24",
                        "savingsPlan/SavingsPlanARN", PLAN,
                        "savingsPlan/TotalCommitmentToDate", "24",
                        "savingsPlan/UsedCommitment", "20");
    }

    private static BillText upfront() {
        return cur1().row(
                        "lineItem/LineItemType", "SavingsPlanUpfrontFee",
                        "lineItem/UnblendedCost", "7",
                        "savingsPlan/SavingsPlanARN", PLAN);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void how_a_report_is_split_into_files_changes_no_fee_of_a_plan(int files) {
        try (TestStore store =
                TestStore.ofBills(folder, parts(files, covered("48"), negation("-48"), planFee(), upfront()))) {
            assertThat(sums(store)).isEqualTo("31.0 31.0");
            assertThat(BillSums.loaded(store, "CommitmentDiscountStatus"))
                    .containsExactly(Map.entry("-", "31.000000 31.000000"), Map.entry("Used", "0.000000 0.000000"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void how_a_report_is_split_into_files_changes_no_fee_of_a_reservation(int files) {
        BillText usage = cur1().row(
                        "lineItem/LineItemType", "DiscountedUsage",
                        "lineItem/ResourceId", "i-0abc",
                        "reservation/ReservationARN", RESERVATION);
        BillText fee = cur1().row(
                        "lineItem/LineItemType", "RIFee",
                        "lineItem/UnblendedCost", "100",
                        "reservation/ReservationARN", RESERVATION,
                        "reservation/UnusedRecurringFee", "20");
        try (TestStore store = TestStore.ofBills(folder, parts(files, usage, fee))) {
            assertThat(sums(store)).isEqualTo("100.0 100.0");
            assertThat(BillSums.loaded(store, "CommitmentDiscountStatus")).doesNotContainKey("Unused");
        }
    }

    /** A part of the report is not there: what is billed stays what is billed. */
    @Test
    void a_negation_without_what_it_negates_stays_as_billed() {
        try (TestStore store = TestStore.ofBills(folder, parts(2, covered("40"), negation("-48"), planFee()))) {
            assertThat(sums(store)).isEqualTo("16.0 16.0");
        }
        try (TestStore store = TestStore.ofBills(folder.resolve("alone"), parts(1, negation("-48")))) {
            assertThat(BillSums.one(store, "SELECT sum(BilledCost) FROM charges"))
                    .isEqualTo("-48");
        }
    }

    private static String[] with(String[] more, String... values) {
        String[] all = Arrays.copyOf(values, values.length + more.length);
        System.arraycopy(more, 0, all, values.length, more.length);
        return all;
    }

    @Test
    void the_used_part_of_a_fee_of_reservations_is_not_lost_with_the_effective_cost_of_what_it_covers() {
        BillText bill = reserved("", "reservation/UnusedRecurringFee", "2400");
        assertThat(sums(bill)).isEqualTo("14400.0 14400.0");
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

    @Test
    void json_lines_are_read_as_csv_is() {
        BillText bill = cur1().row("lineItem/UnblendedCost", "100", "lineItem/NetUnblendedCost", "91")
                .row("lineItem/LineItemType", "EdpDiscount", "lineItem/UnblendedCost", "-9")
                .row(
                        "lineItem/LineItemType", "DiscountedUsage",
                        "lineItem/ResourceId", "i-0abc",
                        "reservation/ReservationARN", RESERVATION,
                        "reservation/EffectiveCost", "12.5",
                        "resourceTags/user:team", "ml");
        String reported = "SELECT sum(BilledCost)::DOUBLE || ' ' || sum(cost)::DOUBLE || ' ' || max(Tags) || ' ' || "
                + "max(ServiceName) FROM charges";
        try (TestStore csv = TestStore.ofBills(folder, bill.csv(folder, "cur.csv"));
                TestStore json = TestStore.ofBills(folder, bill.jsonLines(folder, "cur.jsonl"))) {
            assertThat(BillSums.one(csv, reported)).isEqualTo("91.0 103.5 {\"team\":\"ml\"} " + EC2);
            assertThat(BillSums.one(json, reported)).isEqualTo(BillSums.one(csv, reported));
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
