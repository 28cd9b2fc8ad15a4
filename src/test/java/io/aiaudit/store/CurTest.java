package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Slow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
    private static Path folder;

    private static FilesApart cases;
    private static TestStore store;

    @BeforeAll
    static void load() {
        cases = new FilesApart(folder, "111122223333", "444455556666", "plan-1", "ri-1", "i-0abc");
        cases.add("coveredUsage", coveredUsage());
        cases.add("unusedPlan", unusedPlan());
        cases.add("paidUpFront", paidUpFront());
        cases.add("reservedUsage", reservedUsage());
        cases.add("feeWithoutUse", feeWithoutUse());
        cases.add("taxAndCredits", taxAndCredits());
        cases.add("marketplace", marketplace());
        cases.add("capacityBlock", capacityBlock());
        cases.add("absent", withoutEffectiveCost("absent"));
        cases.add("empty", withoutEffectiveCost("empty"));
        for (int files = 1; files <= 4; files++) {
            cases.add("plan in " + files, parts(files, covered("48"), negation("-48"), planFee(), upfront()));
        }
        cases.add("reservation in 1", reservationParts(1));
        cases.add("reservation in 2", reservationParts(2));
        cases.add("other negation", parts(2, covered("40"), negation("-48"), planFee()));
        cases.add("negation alone", parts(1, negation("-48")));
        cases.add("usedPartOfFee", usedPartOfFee());
        cases.add("csv", netUsage());
        cases.addJson("json", netUsage());
        store = cases.store();
    }

    @AfterAll
    static void close() {
        store.close();
    }

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

    static String sums(TestStore store) {
        return sums(store, "charges");
    }

    static String sums(TestStore store, String charges) {
        return BillSums.one(store, "SELECT sum(BilledCost)::DOUBLE || ' ' || sum(cost)::DOUBLE FROM " + charges);
    }

    private static String sums(String name) {
        return sums(store, cases.charges(name));
    }

    private static Map<String, String> loaded(String name, String key) {
        return BillSums.loaded(store, key, cases.charges(name));
    }

    private static String own(String name, String id) {
        return Sql.literal(cases.own(name, id));
    }

    private static String usedShare(String name) {
        return BillSums.one(store, "SELECT used_share FROM commitments WHERE id = " + own(name, PLAN));
    }

    private static BillText coveredUsage() {
        return cur1().row(
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
    }

    @Test
    void covered_usage_costs_what_the_plan_takes_for_it_and_only_the_unused_part_of_the_fee_is_added() {
        assertThat(sums("coveredUsage")).isEqualTo("8.0 8.0");
        assertThat(loaded("coveredUsage", "component || ' ' || coalesce(CommitmentDiscountStatus, 'none')"))
                .containsExactly(
                        Map.entry("commitment Unused", "8.000000 2.000000"),
                        Map.entry("time Used", "10.000000 6.000000"),
                        Map.entry("usage none", "-10.000000 0.000000"));
        assertThat(BillSums.one(store, "SELECT kind FROM resources WHERE resource_id = " + own("coveredUsage", PLAN)))
                .isEqualTo("commitment");
        assertThat(usedShare("coveredUsage")).isEqualTo("0.75");
    }

    private static BillText unusedPlan() {
        return cur1().row(
                        "lineItem/LineItemType", "SavingsPlanRecurringFee",
                        "lineItem/UnblendedCost", "8",
                        "savingsPlan/SavingsPlanARN", PLAN,
                        "savingsPlan/TotalCommitmentToDate", "8",
                        "savingsPlan/UsedCommitment", "0");
    }

    @Test
    void a_plan_that_covers_nothing_is_used_by_nothing() {
        assertThat(new BigDecimal(usedShare("unusedPlan"))).isZero();
    }

    private static BillText paidUpFront() {
        return cur1().row(
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
    }

    @Test
    void a_plan_that_is_paid_up_front_costs_what_it_covers_and_not_the_payment() {
        assertThat(sums("paidUpFront")).isEqualTo("8760.0 24.0");
    }

    private static BillText reservedUsage() {
        return cur1().row(
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
    }

    @Test
    void reserved_usage_costs_its_effective_price_and_the_fee_only_what_nobody_used() {
        assertThat(sums("reservedUsage")).isEqualTo("5009.0 14.5");
        assertThat(loaded("reservedUsage", "component"))
                .containsExactly(
                        Map.entry("commitment", "5009.000000 2.000000"), Map.entry("time", "0.000000 12.500000"));
        assertThat(BillSums.one(
                        store, "SELECT purchase FROM resources WHERE resource_id = " + own("reservedUsage", "i-0abc")))
                .isEqualTo("committed");
    }

    static BillText reserved(String effectiveCost, String... columnsOfTheFee) {
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

    private static BillText feeWithoutUse() {
        return cur1().row(
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
    }

    @Test
    void the_fee_of_a_plan_that_does_not_show_what_was_used_costs_nothing_beside_usage_that_has_its_cost() {
        assertThat(sums("feeWithoutUse")).isEqualTo("25.0 20.0");
    }

    private static BillText taxAndCredits() {
        return cur1().row("lineItem/UnblendedCost", "100")
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
    }

    @Test
    void tax_refunds_and_promotional_credits_stand_apart_and_credits_for_a_negotiated_price_do_not() {
        assertThat(loaded("taxAndCredits", "charge_kind"))
                .containsExactly(
                        Map.entry("cost", "96.000000 96.000000"),
                        Map.entry("promotional_credit", "-30.000000 0.000000"),
                        Map.entry("refund", "-7.000000 0.000000"),
                        Map.entry("tax", "19.000000 0.000000"));
    }

    private static BillText marketplace() {
        return cur1().row(
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
    }

    @Test
    void marketplace_and_support_have_leaves_and_components_of_their_own() {
        assertThat(loaded("marketplace", "ServiceName || ' ' || component || ' ' || spend_class"))
                .containsExactly(
                        Map.entry("AWS Support (Business) licence other", "100.000000 100.000000"),
                        Map.entry("Claude Sonnet 4.5 (Amazon Bedrock Edition) usage ai", "11.000000 11.000000"),
                        Map.entry("Example Monitoring licence ai", "7.000000 7.000000"));
    }

    private static BillText capacityBlock() {
        return cur1().row(
                        "lineItem/LineItemType", "Fee",
                        "lineItem/UnblendedCost", "5000",
                        "lineItem/UsageType", "USE2-CapacityBlock:p5.48xlarge",
                        "lineItem/LineItemDescription", "EC2 Capacity Block reservation fee for p5.48xlarge");
    }

    @Test
    void capacity_that_is_paid_ahead_is_a_commitment() {
        assertThat(loaded("capacityBlock", "component || ' ' || spend_class"))
                .containsExactly(Map.entry("commitment ai", "5000.000000 5000.000000"));
    }

    private static BillText withoutEffectiveCost(String column) {
        return cur1().row(with(
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
    }

    /** Its used part is in no other row then, and no more can be freed than was paid. */
    @ParameterizedTest
    @ValueSource(strings = {"absent", "empty"})
    void without_the_effective_cost_of_a_plan_its_whole_fee_counts_and_what_it_covers_is_no_more(String column) {
        assertThat(sums(column)).isEqualTo("24.0 24.0");
        assertThat(loaded(column, "CommitmentDiscountStatus")).doesNotContainKey("Unused");
        assertThat(store.leaf(cases.own(column, "i-0abc")).parts())
                .singleElement()
                .satisfies(part -> {
                    assertThat(part.cost()).isEqualByComparingTo("24");
                    assertThat(part.committed()).isEqualByComparingTo("24");
                });
    }

    /** Parts of one report have the same columns; in what order rows come nothing says. */
    private static BillText[] parts(int files, BillText... rows) {
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
                    return bill;
                })
                .toArray(BillText[]::new);
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
        assertThat(sums("plan in " + files)).isEqualTo("31.0 31.0");
        assertThat(loaded("plan in " + files, "CommitmentDiscountStatus"))
                .containsExactly(Map.entry("-", "31.000000 31.000000"), Map.entry("Used", "0.000000 0.000000"));
    }

    private static BillText[] reservationParts(int files) {
        BillText usage = cur1().row(
                        "lineItem/LineItemType", "DiscountedUsage",
                        "lineItem/ResourceId", "i-0abc",
                        "reservation/ReservationARN", RESERVATION);
        BillText fee = cur1().row(
                        "lineItem/LineItemType", "RIFee",
                        "lineItem/UnblendedCost", "100",
                        "reservation/ReservationARN", RESERVATION,
                        "reservation/UnusedRecurringFee", "20");
        return parts(files, usage, fee);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void how_a_report_is_split_into_files_changes_no_fee_of_a_reservation(int files) {
        assertThat(sums("reservation in " + files)).isEqualTo("100.0 100.0");
        assertThat(loaded("reservation in " + files, "CommitmentDiscountStatus"))
                .doesNotContainKey("Unused");
    }

    /** A part of the report is not there: what is billed stays what is billed. */
    @Test
    void a_negation_without_what_it_negates_stays_as_billed() {
        assertThat(sums("other negation")).isEqualTo("16.0 16.0");
        assertThat(BillSums.one(store, "SELECT sum(BilledCost) FROM " + cases.charges("negation alone")))
                .isEqualTo("-48");
    }

    private static String[] with(String[] more, String... values) {
        String[] all = Arrays.copyOf(values, values.length + more.length);
        System.arraycopy(more, 0, all, values.length, more.length);
        return all;
    }

    private static BillText usedPartOfFee() {
        return reserved("", "reservation/UnusedRecurringFee", "2400");
    }

    @Test
    void the_used_part_of_a_fee_of_reservations_is_not_lost_with_the_effective_cost_of_what_it_covers() {
        assertThat(sums("usedPartOfFee")).isEqualTo("14400.0 14400.0");
    }

    private static BillText netUsage() {
        return cur1().row("lineItem/UnblendedCost", "100", "lineItem/NetUnblendedCost", "91")
                .row("lineItem/LineItemType", "EdpDiscount", "lineItem/UnblendedCost", "-9")
                .row(
                        "lineItem/LineItemType", "DiscountedUsage",
                        "lineItem/ResourceId", "i-0abc",
                        "reservation/ReservationARN", RESERVATION,
                        "reservation/EffectiveCost", "12.5",
                        "resourceTags/user:team", "ml");
    }

    @Test
    void json_lines_are_read_as_csv_is() {
        String reported = "SELECT sum(BilledCost)::DOUBLE || ' ' || sum(cost)::DOUBLE || ' ' || max(Tags) || ' ' || "
                + "max(ServiceName) FROM ";
        for (String name : List.of("csv", "json")) {
            assertThat(BillSums.one(store, reported + cases.charges(name)))
                    .as(name)
                    .isEqualTo("91.0 103.5 {\"team\":\"ml\"} " + EC2);
        }
    }
}
