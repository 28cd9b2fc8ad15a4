package io.aiaudit.store;

import static io.aiaudit.store.CurTest.PLAN;
import static io.aiaudit.store.CurTest.RESERVATION;
import static io.aiaudit.store.CurTest.cur1;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Net columns of a Cost and Usage Report, which have negotiated discounts in them, and reports without them. */
@Slow
class CurNetTest {
    @TempDir
    private static Path folder;

    private static FilesApart cases;
    private static TestStore store;

    @BeforeAll
    static void load() {
        cases = new FilesApart(folder, "111122223333", "plan-1", "ri-1", "i-0");
        cases.add("allNet", allNet());
        cases.add("unusedPlan", unusedPlan());
        cases.add("withoutNet", withoutNet());
        cases.add("emptyNet", emptyNet());
        cases.add("zeroNet", zeroNet());
        cases.add("split ", split(""));
        cases.add("split 0", split("0"));
        cases.add("usageAndDiscounts", usageAndDiscounts());
        addInAnyOrder();
        cases.add("netAlone", netAlone());
        store = cases.store();
    }

    @AfterAll
    static void close() {
        store.close();
    }

    private static String sums(String name) {
        return CurTest.sums(store, cases.charges(name));
    }

    private static Map<String, String> loaded(String name, String key) {
        return BillSums.loaded(store, key, cases.charges(name));
    }

    private static BillText allNet() {
        return cur1().row(
                        "lineItem/UnblendedCost", "100",
                        "lineItem/NetUnblendedCost", "90")
                .row(
                        "lineItem/LineItemType", "SavingsPlanCoveredUsage",
                        "lineItem/UnblendedCost", "50",
                        "lineItem/NetUnblendedCost", "45",
                        "savingsPlan/SavingsPlanEffectiveCost", "30",
                        "savingsPlan/NetSavingsPlanEffectiveCost", "27")
                .row(
                        "lineItem/LineItemType", "SavingsPlanNegation",
                        "lineItem/UnblendedCost", "-50",
                        "lineItem/NetUnblendedCost", "-45")
                .row(
                        "lineItem/LineItemType", "SavingsPlanRecurringFee",
                        "lineItem/UnblendedCost", "40",
                        "lineItem/NetUnblendedCost", "36",
                        "savingsPlan/TotalCommitmentToDate", "40",
                        "savingsPlan/UsedCommitment", "30",
                        "savingsPlan/RecurringCommitmentForBillingPeriod", "40",
                        "savingsPlan/NetRecurringCommitmentForBillingPeriod", "36")
                .row(
                        "lineItem/LineItemType", "DiscountedUsage",
                        "reservation/EffectiveCost", "10",
                        "reservation/NetEffectiveCost", "9")
                .row(
                        "lineItem/LineItemType", "RIFee",
                        "lineItem/UnblendedCost", "12",
                        "lineItem/NetUnblendedCost", "11",
                        "reservation/UnusedRecurringFee", "2",
                        "reservation/NetUnusedRecurringFee", "1.8",
                        "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod", "1",
                        "reservation/NetUnusedAmortizedUpfrontFeeForBillingPeriod", "0.9")
                .row("lineItem/LineItemType", "EdpDiscount", "lineItem/UnblendedCost", "-15");
    }

    @Test
    void net_columns_win_and_the_discount_is_then_not_taken_off_a_second_time() {
        // 90 + 27 + 0.9 x (40 - 30) + 9 + (1.8 + 0.9)
        assertThat(sums("allNet")).isEqualTo("137.0 137.7");
    }

    private static BillText unusedPlan() {
        return cur1().row(
                        "lineItem/LineItemType", "SavingsPlanRecurringFee",
                        "lineItem/UnblendedCost", "1",
                        "lineItem/NetUnblendedCost", "0.9",
                        "savingsPlan/SavingsPlanARN", PLAN,
                        "savingsPlan/TotalCommitmentToDate", "1",
                        "savingsPlan/UsedCommitment", "0.8");
    }

    @Test
    void what_nobody_used_of_a_plan_has_the_net_price_of_its_fee() {
        assertThat(sums("unusedPlan")).isEqualTo("0.9 0.18");
    }

    private static BillText withoutNet() {
        return cur1().row("lineItem/UnblendedCost", "100")
                .row("lineItem/LineItemType", "EdpDiscount", "lineItem/UnblendedCost", "-9")
                .row("lineItem/LineItemType", "BundledDiscount", "lineItem/UnblendedCost", "-1")
                .row("lineItem/LineItemType", "PrivateRateDiscount", "lineItem/UnblendedCost", "-2");
    }

    @Test
    void without_net_columns_negotiated_discounts_are_part_of_the_price() {
        assertThat(sums("withoutNet")).isEqualTo("88.0 88.0");
    }

    private static BillText emptyNet() {
        return cur1().row("lineItem/UnblendedCost", "100", "lineItem/NetUnblendedCost", "")
                .row("lineItem/LineItemType", "EdpDiscount", "lineItem/UnblendedCost", "-9");
    }

    /** A report may have the columns and nothing in them: then they are no net amounts. */
    @Test
    void empty_net_columns_leave_negotiated_discounts_a_part_of_the_price() {
        assertThat(sums("emptyNet")).isEqualTo("91.0 91.0");
    }

    private static BillText zeroNet() {
        return cur1().row("lineItem/UnblendedCost", "100", "lineItem/NetUnblendedCost", "0")
                .row(
                        "lineItem/LineItemType", "DiscountedUsage",
                        "lineItem/NetUnblendedCost", "0",
                        "reservation/EffectiveCost", "10",
                        "reservation/NetEffectiveCost", "0")
                .row("lineItem/LineItemType", "EdpDiscount", "lineItem/UnblendedCost", "-9");
    }

    @Test
    void net_columns_that_are_all_at_0_show_nothing() {
        assertThat(sums("zeroNet")).isEqualTo("91.0 101.0");
    }

    private static BillText split(String cost) {
        return cur1().row("lineItem/ResourceId", "i-0abc", "lineItem/UnblendedCost", "10")
                .row(
                        "lineItem/ResourceId", "arn:aws:eks:eu-west-1:111122223333:pod/ml/ns/pod/1",
                        "lineItem/UsageType", "EU-EKS-EC2-vCPU-Hours",
                        "lineItem/UnblendedCost", cost,
                        "splitLineItem/ParentResourceId", "i-0abc",
                        "splitLineItem/SplitCost", "4",
                        "splitLineItem/UnusedCost", "1");
    }

    /** The cost of a pod is a part of the cost of its machine, which has a row of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"", "0"})
    void rows_of_split_cost_allocation_add_nothing_and_belong_to_the_machine(String cost) {
        String name = "split " + cost;
        assertThat(sums(name)).isEqualTo("10.0 10.0");
        assertThat(loaded(name, "resource_id")).containsOnlyKeys(cases.own(name, "i-0abc"));
        assertThat(BillSums.one(store, "SELECT sum(rejected_rows) FROM files")).isEqualTo("0");
    }

    private static BillText[] usageAndDiscounts() {
        BillText usage = cur1().row("lineItem/UnblendedCost", "100", "lineItem/NetUnblendedCost", "91");
        BillText discounts = cur1().row(
                        "lineItem/LineItemType", "EdpDiscount",
                        "lineItem/UnblendedCost", "-9",
                        "lineItem/NetUnblendedCost", "");
        return new BillText[] {usage, discounts};
    }

    /** A part of a report may hold nothing else; that the column is there has to decide. */
    @Test
    void discounts_alone_beside_a_net_column_are_in_the_net_amounts_of_other_parts() {
        assertThat(sums("usageAndDiscounts")).isEqualTo("91.0 91.0");
    }

    /** Its net columns are filled with zeros, since nothing was negotiated that month. */
    private static String[] ofMay(String cost, String net) {
        return new String[] {
            "bill/BillingPeriodStartDate",
            "2026-05-01T00:00:00Z",
            "lineItem/UsageStartDate",
            "2026-05-10T00:00:00Z",
            "lineItem/UsageEndDate",
            "2026-05-11T00:00:00Z",
            "lineItem/UnblendedCost",
            cost,
            "lineItem/NetUnblendedCost",
            net
        };
    }

    private static String[] ofJune(String type, String cost, String net) {
        return new String[] {
            "bill/BillingPeriodStartDate",
            "2026-06-01T00:00:00Z",
            "lineItem/LineItemType",
            type,
            "lineItem/UnblendedCost",
            cost,
            "lineItem/NetUnblendedCost",
            net,
            // else one file would be a later run of the other
            "lineItem/ResourceId",
            "i-0" + cost.replace("-", "")
        };
    }

    private static BillText may() {
        return cur1().row(ofMay("50", "0"));
    }

    private static BillText june(String type, String cost, String net) {
        return cur1().row(ofJune(type, cost, net));
    }

    private static void addInAnyOrder() {
        BillText june = june("Usage", "100", "91");
        cases.add("both months", cur1().row(ofMay("50", "0")).row(ofJune("Usage", "100", "91")));
        cases.add("May, June", may(), june);
        cases.add("June, May", june, may());

        BillText net = june("Usage", "100", "91");
        BillText zero = june("Usage", "20", "0");
        BillText discount = june("EdpDiscount", "-29", "0");
        cases.add("whole", cur1().rowsOf(net).rowsOf(zero).rowsOf(discount));
        cases.add("net, zero, discount", net, zero, discount);
        cases.add("discount, zero, net", discount, zero, net);

        BillText usage = june("Usage", "100", "0");
        BillText discounts = june("EdpDiscount", "-9", "0");
        cases.add("usage, discounts", usage, discounts);
        cases.add("discounts, usage", discounts, usage);
    }

    @Test
    void months_with_and_without_net_amounts_are_right_in_one_file_and_in_two_of_any_order() {
        assertThat(sums("both months")).isEqualTo("141.0 141.0");
        assertThat(sums("May, June")).isEqualTo("141.0 141.0");
        assertThat(sums("June, May")).isEqualTo("141.0 141.0");
    }

    /** What is bundled with something else is taken off in full. */
    @Test
    void a_part_whose_net_amounts_are_all_zero_is_what_it_is_within_the_whole() {
        assertThat(sums("whole")).isEqualTo("91.0 91.0");
        assertThat(sums("net, zero, discount")).isEqualTo("91.0 91.0");
        assertThat(sums("discount, zero, net")).isEqualTo("91.0 91.0");
    }

    @Test
    void discounts_beside_amounts_that_are_not_net_are_taken_off_whatever_file_they_are_in() {
        assertThat(sums("usage, discounts")).isEqualTo("91.0 91.0");
        assertThat(sums("discounts, usage")).isEqualTo("91.0 91.0");
    }

    private static BillText netAlone() {
        return cur1().row(
                        "lineItem/LineItemType", "DiscountedUsage",
                        "lineItem/ResourceId", "i-0abc",
                        "reservation/ReservationARN", RESERVATION,
                        "reservation/NetEffectiveCost", "80")
                .row(
                        "lineItem/LineItemType", "RIFee",
                        "lineItem/UnblendedCost", "110",
                        "lineItem/NetUnblendedCost", "100",
                        "reservation/ReservationARN", RESERVATION,
                        "reservation/NetUnusedRecurringFee", "20")
                .row(
                        "lineItem/LineItemType", "Fee",
                        "lineItem/UnblendedCost", "550",
                        "lineItem/NetUnblendedCost", "500",
                        "reservation/ReservationARN", RESERVATION);
    }

    @Test
    void net_columns_alone_have_the_effective_cost_too() {
        assertThat(sums("netAlone")).isEqualTo("600.0 100.0");
        assertThat(loaded("netAlone", "CommitmentDiscountStatus")).containsEntry("Unused", "100.000000 20.000000");
    }
}
