package io.aiaudit.store;

import static io.aiaudit.store.CurTest.PLAN;
import static io.aiaudit.store.CurTest.RESERVATION;
import static io.aiaudit.store.CurTest.cur1;
import static io.aiaudit.store.CurTest.sums;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Net columns of a Cost and Usage Report, which have negotiated discounts in them, and reports without them. */
@Slow
class CurNetTest {
    @TempDir
    private Path folder;

    private String sumsOf(Path... bills) {
        try (TestStore store = TestStore.ofBills(folder, bills)) {
            return sums(store);
        }
    }

    @Test
    void net_columns_win_and_the_discount_is_then_not_taken_off_a_second_time() {
        BillText bill = cur1().row(
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
        // 90 + 27 + 0.9 x (40 - 30) + 9 + (1.8 + 0.9)
        assertThat(sumsOf(bill.csv(folder, "cur.csv"))).isEqualTo("137.0 137.7");
    }

    @Test
    void what_nobody_used_of_a_plan_has_the_net_price_of_its_fee() {
        BillText bill = cur1().row(
                        "lineItem/LineItemType", "SavingsPlanRecurringFee",
                        "lineItem/UnblendedCost", "1",
                        "lineItem/NetUnblendedCost", "0.9",
                        "savingsPlan/SavingsPlanARN", PLAN,
                        "savingsPlan/TotalCommitmentToDate", "1",
                        "savingsPlan/UsedCommitment", "0.8");
        assertThat(sumsOf(bill.csv(folder, "cur.csv"))).isEqualTo("0.9 0.18");
    }

    @Test
    void without_net_columns_negotiated_discounts_are_part_of_the_price() {
        BillText bill = cur1().row("lineItem/UnblendedCost", "100")
                .row("lineItem/LineItemType", "EdpDiscount", "lineItem/UnblendedCost", "-9")
                .row("lineItem/LineItemType", "BundledDiscount", "lineItem/UnblendedCost", "-1")
                .row("lineItem/LineItemType", "PrivateRateDiscount", "lineItem/UnblendedCost", "-2");
        assertThat(sumsOf(bill.csv(folder, "cur.csv"))).isEqualTo("88.0 88.0");
    }

    /** A report may have the columns and nothing in them: then they are no net amounts. */
    @Test
    void empty_net_columns_leave_negotiated_discounts_a_part_of_the_price() {
        BillText bill = cur1().row("lineItem/UnblendedCost", "100", "lineItem/NetUnblendedCost", "")
                .row("lineItem/LineItemType", "EdpDiscount", "lineItem/UnblendedCost", "-9");
        assertThat(sumsOf(bill.csv(folder, "cur.csv"))).isEqualTo("91.0 91.0");
    }

    @Test
    void net_columns_that_are_all_at_0_show_nothing() {
        BillText bill = cur1().row("lineItem/UnblendedCost", "100", "lineItem/NetUnblendedCost", "0")
                .row(
                        "lineItem/LineItemType", "DiscountedUsage",
                        "lineItem/NetUnblendedCost", "0",
                        "reservation/EffectiveCost", "10",
                        "reservation/NetEffectiveCost", "0")
                .row("lineItem/LineItemType", "EdpDiscount", "lineItem/UnblendedCost", "-9");
        assertThat(sumsOf(bill.csv(folder, "cur.csv"))).isEqualTo("91.0 101.0");
    }

    /** The cost of a pod is a part of the cost of its machine, which has a row of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"", "0"})
    void rows_of_split_cost_allocation_add_nothing_and_belong_to_the_machine(String cost) {
        BillText bill = cur1().row("lineItem/ResourceId", "i-0abc", "lineItem/UnblendedCost", "10")
                .row(
                        "lineItem/ResourceId", "arn:aws:eks:eu-west-1:111122223333:pod/ml/ns/pod/1",
                        "lineItem/UsageType", "EU-EKS-EC2-vCPU-Hours",
                        "lineItem/UnblendedCost", cost,
                        "splitLineItem/ParentResourceId", "i-0abc",
                        "splitLineItem/SplitCost", "4",
                        "splitLineItem/UnusedCost", "1");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "cur.csv"))) {
            assertThat(sums(store)).isEqualTo("10.0 10.0");
            assertThat(BillSums.loaded(store, "resource_id")).containsOnlyKeys("i-0abc");
            assertThat(BillSums.one(store, "SELECT sum(rejected_rows) FROM files"))
                    .isEqualTo("0");
        }
    }

    /** A part of a report may hold nothing else; that the column is there has to decide. */
    @Test
    void discounts_alone_beside_a_net_column_are_in_the_net_amounts_of_other_parts() {
        BillText usage = cur1().row("lineItem/UnblendedCost", "100", "lineItem/NetUnblendedCost", "91");
        BillText discounts = cur1().row(
                        "lineItem/LineItemType", "EdpDiscount",
                        "lineItem/UnblendedCost", "-9",
                        "lineItem/NetUnblendedCost", "");
        try (TestStore store =
                TestStore.ofBills(folder, usage.csv(folder, "cur-1.csv"), discounts.csv(folder, "cur-2.csv"))) {
            assertThat(sums(store)).isEqualTo("91.0 91.0");
        }
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

    @Test
    void months_with_and_without_net_amounts_are_right_in_one_file_and_in_two_of_any_order() {
        Path may = cur1().row(ofMay("50", "0")).csv(folder, "may.csv");
        Path june = cur1().row(ofJune("Usage", "100", "91")).csv(folder, "june.csv");
        Path both =
                cur1().row(ofMay("50", "0")).row(ofJune("Usage", "100", "91")).csv(folder, "both.csv");
        assertThat(sumsOf(both)).isEqualTo("141.0 141.0");
        assertThat(sumsOf(may, june)).isEqualTo("141.0 141.0");
        assertThat(sumsOf(june, may)).isEqualTo("141.0 141.0");
    }

    /** What is bundled with something else is taken off in full. */
    @Test
    void a_part_whose_net_amounts_are_all_zero_is_what_it_is_within_the_whole() {
        Path whole = cur1().row(ofJune("Usage", "100", "91"))
                .row(ofJune("Usage", "20", "0"))
                .row(ofJune("EdpDiscount", "-29", "0"))
                .csv(folder, "whole.csv");
        Path first = cur1().row(ofJune("Usage", "100", "91")).csv(folder, "first.csv");
        Path second = cur1().row(ofJune("Usage", "20", "0")).csv(folder, "second.csv");
        Path third = cur1().row(ofJune("EdpDiscount", "-29", "0")).csv(folder, "third.csv");
        assertThat(sumsOf(whole)).isEqualTo("91.0 91.0");
        assertThat(sumsOf(first, second, third)).isEqualTo("91.0 91.0");
        assertThat(sumsOf(third, second, first)).isEqualTo("91.0 91.0");
    }

    @Test
    void discounts_beside_amounts_that_are_not_net_are_taken_off_whatever_file_they_are_in() {
        Path usage = cur1().row(ofJune("Usage", "100", "0")).csv(folder, "usage.csv");
        Path discounts = cur1().row(ofJune("EdpDiscount", "-9", "0")).csv(folder, "discounts.csv");
        assertThat(sumsOf(usage, discounts)).isEqualTo("91.0 91.0");
        assertThat(sumsOf(discounts, usage)).isEqualTo("91.0 91.0");
    }

    @Test
    void net_columns_alone_have_the_effective_cost_too() {
        BillText bill = cur1().row(
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
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "cur.csv"))) {
            assertThat(sums(store)).isEqualTo("600.0 100.0");
            assertThat(BillSums.loaded(store, "CommitmentDiscountStatus"))
                    .containsEntry("Unused", "100.000000 20.000000");
        }
    }
}
