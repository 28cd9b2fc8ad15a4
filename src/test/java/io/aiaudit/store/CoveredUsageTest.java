package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Slow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bills without the column that says which usage a commitment covers: it is committed all the same. */
@Slow
class CoveredUsageTest {
    private static final String MACHINE =
            "/subscriptions/s-1/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/gpu-1";
    private static final String PLAN = "/providers/Microsoft.BillingBenefits/savingsPlanOrders/o21/savingsPlans/p21";
    private static final String STATUS = "component || ' ' || coalesce(CommitmentDiscountStatus, 'on demand')";

    @TempDir
    private Path folder;

    private static BillText azure() {
        return new BillText(
                "SubscriptionId", "s-1",
                "Date", "2026-06-01",
                "BillingCurrency", "USD",
                "MeterCategory", "Virtual Machines",
                "MeterName", "NC24ads A100 v4",
                "UnitOfMeasure", "1 Hour",
                "Quantity", "12",
                "ChargeType", "Usage",
                "ResourceId", MACHINE,
                "AdditionalInfo", "{\"ServiceType\":\"Standard_NC24ads_A100_v4\"}",
                "UnitPrice", "3.5");
    }

    private static BillText focus() {
        return new BillText(
                "BillingCurrency", "USD",
                "ChargePeriodStart", "2026-06-01T00:00:00Z",
                "ChargePeriodEnd", "2026-06-01T01:00:00Z",
                "ChargeCategory", "Usage",
                "ServiceName", "Amazon Elastic Compute Cloud",
                "ProviderName", "AWS",
                "ConsumedUnit", "Hours",
                "ResourceId", "i-0abc1230def456789");
    }

    @Test
    void a_benefit_on_usage_of_azure_shows_that_it_is_covered() {
        BillText bill = azure().row("CostInBillingCurrency", "42")
                .row("CostInBillingCurrency", "26.4", "BenefitId", PLAN)
                .row("CostInBillingCurrency", "9", "BenefitId", PLAN, "PricingModel", "OnDemand")
                .row("CostInBillingCurrency", "3", "BenefitId", PLAN, "ChargeType", "UnusedSavingsPlan");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "bill.csv"))) {
            assertThat(BillSums.loaded(store, STATUS))
                    .containsExactly(
                            Map.entry("commitment Unused", "0.000000 3.000000"),
                            Map.entry("time Used", "0.000000 26.400000"),
                            Map.entry("time on demand", "51.000000 51.000000"));
            assertThat(store.scan().commitments())
                    .singleElement()
                    .satisfies(plan -> assertThat(plan.usedShare()).isGreaterThan(new BigDecimal("0.89")));
        }
    }

    @Test
    void a_machine_of_azure_below_its_negotiated_price_costs_what_is_billed_and_may_be_covered() {
        BillText bill = azure().row("CostInBillingCurrency", "42", "EffectivePrice", "3.5")
                .row("CostInBillingCurrency", "26.4", "EffectivePrice", "2.2")
                .row("CostInBillingCurrency", "5", "EffectivePrice", "2.2", "AdditionalInfo", "")
                .row("CostInBillingCurrency", "7", "EffectivePrice", "2.2", "PricingModel", "OnDemand");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "bill.csv"))) {
            assertThat(BillSums.loaded(store, STATUS))
                    .containsExactly(
                            Map.entry("time Used", "26.400000 26.400000"),
                            Map.entry("time on demand", "54.000000 54.000000"));
            assertThat(store.scan().warnings())
                    .singleElement()
                    .isEqualTo("azure: 1 row of 1 resource (26.40 USD) may be covered by a commitment: the price"
                            + " is below the negotiated one, and the columns PricingModel, ReservationId and"
                            + " BenefitId, which show that, are missing or empty. Savings on it are not counted.");
        }
    }

    @Test
    void a_commitment_on_usage_of_focus_shows_that_it_is_covered() {
        BillText bill = focus().row("BilledCost", "5", "EffectiveCost", "5")
                .row("BilledCost", "0", "EffectiveCost", "3", "CommitmentDiscountId", "arn:plan")
                .row(
                        "BilledCost", "0",
                        "EffectiveCost", "1",
                        "CommitmentDiscountId", "arn:plan",
                        "ResourceId", "arn:plan");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "bill.csv"))) {
            assertThat(BillSums.loaded(store, STATUS))
                    .containsExactly(
                            Map.entry("commitment Unused", "0.000000 1.000000"),
                            Map.entry("time Used", "0.000000 3.000000"),
                            Map.entry("time on demand", "5.000000 5.000000"));
        }
    }

    @Test
    void the_row_of_a_commitment_of_focus_is_its_unused_part_though_no_column_names_it() {
        BillText bill = focus().row("BilledCost", "0", "EffectiveCost", "3")
                .row(
                        "BilledCost", "0",
                        "EffectiveCost", "1",
                        "ResourceId", "arn:aws:savingsplans::111122223333:savingsplan/p-1");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "bill.csv"))) {
            assertThat(BillSums.loaded(store, "coalesce(CommitmentDiscountStatus, 'on demand')"))
                    .containsExactly(Map.entry("Unused", "0.000000 1.000000"), Map.entry("Used", "0.000000 3.000000"));
        }
    }

    @Test
    void usage_of_focus_that_costs_something_and_is_not_billed_is_covered_by_what_the_bill_does_not_name() {
        BillText bill =
                focus().row("BilledCost", "5", "EffectiveCost", "5").row("BilledCost", "0", "EffectiveCost", "3");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "bill.csv"))) {
            assertThat(BillSums.loaded(store, STATUS))
                    .containsExactly(
                            Map.entry("time Used", "0.000000 3.000000"),
                            Map.entry("time on demand", "5.000000 5.000000"));
            assertThat(store.scan().warnings())
                    .singleElement()
                    .asString()
                    .startsWith("aws: 1 row of 1 resource (3.00 USD) is covered by a commitment");
        }
    }

    @Test
    void where_focus_has_the_column_and_it_is_empty_the_commitment_or_the_category_shows_that_usage_is_covered() {
        BillText bill = focus().row("BilledCost", "5", "EffectiveCost", "5", "CommitmentDiscountStatus", "")
                .row("BilledCost", "0", "EffectiveCost", "3", "CommitmentDiscountId", "arn:plan")
                .row("BilledCost", "0", "EffectiveCost", "4", "PricingCategory", "Committed")
                .row(
                        "BilledCost", "0",
                        "EffectiveCost", "1",
                        "CommitmentDiscountId", "arn:plan",
                        "ResourceId", "arn:plan")
                .row(
                        "BilledCost", "7",
                        "EffectiveCost", "0",
                        "ChargeCategory", "Purchase",
                        "CommitmentDiscountId", "arn:plan",
                        "ResourceId", "arn:plan");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "bill.csv"))) {
            assertThat(BillSums.loaded(store, "coalesce(CommitmentDiscountStatus, 'none')"))
                    .containsExactly(
                            Map.entry("Unused", "0.000000 1.000000"),
                            Map.entry("Used", "0.000000 7.000000"),
                            Map.entry("none", "12.000000 5.000000"));
        }
    }

    @Test
    void where_focus_has_the_column_its_word_counts() {
        BillText bill = focus().row("BilledCost", "0", "EffectiveCost", "3")
                .row("BilledCost", "0", "EffectiveCost", "2", "CommitmentDiscountStatus", "Used");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "bill.csv"))) {
            assertThat(BillSums.loaded(store, STATUS))
                    .containsExactly(
                            Map.entry("time Used", "0.000000 2.000000"),
                            Map.entry("time on demand", "0.000000 3.000000"));
        }
    }

    /** A small letter was 12,410 a month: what is paid to the end of a commitment became money saved. */
    @Test
    void the_words_of_focus_are_read_in_any_spelling_and_another_word_is_warned_of() {
        String plan = "arn:aws:savingsplans::123456789012:savingsplan/p";
        BillText bill = focus().row("BilledCost", "0", "EffectiveCost", "1", "CommitmentDiscountStatus", "used")
                .row("BilledCost", "0", "EffectiveCost", "2", "CommitmentDiscountStatus", " USED")
                .row(
                        "BilledCost",
                        "0",
                        "EffectiveCost",
                        "4",
                        "CommitmentDiscountStatus",
                        "unused",
                        "CommitmentDiscountId",
                        plan,
                        "ResourceId",
                        plan,
                        "ChargeCategory",
                        "usage")
                .row(
                        "BilledCost",
                        "0",
                        "EffectiveCost",
                        "8",
                        "CommitmentDiscountStatus",
                        "Applied",
                        "CommitmentDiscountId",
                        plan)
                .row("BilledCost", "16", "EffectiveCost", "16", "CommitmentDiscountStatus", "Applied")
                .row("BilledCost", "32", "EffectiveCost", "32", "ChargeCategory", "Fee")
                .row("BilledCost", "64", "EffectiveCost", "64", "ChargeCategory", "TAX")
                .row(
                        "BilledCost",
                        "128",
                        "EffectiveCost",
                        "0",
                        "ChargeCategory",
                        "purchase",
                        "ChargeFrequency",
                        "onetime",
                        "CommitmentDiscountId",
                        plan,
                        "PricingCategory",
                        "committed");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "bill.csv"))) {
            assertThat(store.locked()
                            .select("SELECT CommitmentDiscountStatus AS status, ChargeCategory AS category, "
                                    + "ChargeFrequency AS frequency, PricingCategory AS pricing, charge_kind, "
                                    + "BilledCost::INTEGER + EffectiveCost::INTEGER AS cost FROM charges ORDER BY cost")
                            .rows())
                    .containsExactly(
                            Arrays.asList("Used", "Usage", null, null, "cost", 1L),
                            Arrays.asList("Used", "Usage", null, null, "cost", 2L),
                            Arrays.asList("Unused", "Usage", null, null, "cost", 4L),
                            Arrays.asList("Used", "Usage", null, null, "cost", 8L),
                            Arrays.asList(null, "Usage", null, null, "cost", 32L),
                            Arrays.asList(null, "Fee", null, null, "cost", 64L),
                            Arrays.asList(null, "Tax", null, null, "tax", 128L),
                            Arrays.asList(null, "Purchase", "One-Time", "Committed", "cost", 128L));
            assertThat(store.scan().warnings())
                    .contains(
                            "ChargeCategory of the bill is none of Usage, Purchase, Tax, Credit, Adjustment (\"Fee\"). "
                                    + "It counts as a cost.",
                            "CommitmentDiscountStatus of the bill is none of Used, Unused (\"Applied\"). "
                                    + "Usage counts as covered where it names a commitment.");
        }
    }
}
