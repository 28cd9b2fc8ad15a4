package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines beside a line of usage repeat its amount in some exports: a machine of one hour has run for one hour. */
class ConsumedQuantitiesTest {
    private static final String MACHINE = "i-0abc0abc0abc0abc1";

    @TempDir
    private Path folder;

    private List<String> quantities(BillText bill) {
        return quantities(bill.csv(folder, "bill.csv"));
    }

    private List<String> quantities(Path bill) {
        try (TestStore store = TestStore.ofBills(folder, bill)) {
            return store.locked()
                    .select("SELECT sum(ConsumedQuantity)::INTEGER || ' of ' || count(*) || ', priced '"
                            + " || sum(PricingQuantity)::INTEGER FROM charges")
                    .texts();
        }
    }

    private static BillText cur() {
        return CurTest.cur1()
                .row(
                        "lineItem/LineItemType", "SavingsPlanCoveredUsage",
                        "lineItem/UnblendedCost", "10",
                        "lineItem/ResourceId", MACHINE,
                        "lineItem/UsageAmount", "24",
                        "pricing/unit", "Hrs",
                        "savingsPlan/SavingsPlanARN", CurTest.PLAN,
                        "savingsPlan/SavingsPlanEffectiveCost", "6");
    }

    @Test
    void of_a_cost_and_usage_report() {
        BillText bill = cur();
        for (String type : List.of(
                "SavingsPlanNegation",
                "EdpDiscount",
                "PrivateRateDiscount",
                "BundledDiscount",
                "RiVolumeDiscount",
                "Credit",
                "Refund",
                "Tax")) {
            bill.row(
                    "lineItem/LineItemType",
                    type,
                    "lineItem/UnblendedCost",
                    type.equals("SavingsPlanNegation") ? "-10" : "-1",
                    "lineItem/ResourceId",
                    MACHINE,
                    "lineItem/UsageAmount",
                    "24",
                    "pricing/unit",
                    "Hrs",
                    "savingsPlan/SavingsPlanARN",
                    type.startsWith("Savings") ? CurTest.PLAN : "");
        }
        assertThat(quantities(bill)).containsExactly("24 of 9, priced 24");
    }

    @Test
    void of_what_shares_a_machine() {
        BillText bill = cur().row(
                        "lineItem/LineItemType", "Usage",
                        "lineItem/UnblendedCost", "",
                        "lineItem/ResourceId", "arn:aws:eks:us-east-1:111122223333:pod/c/n/p/1",
                        "splitLineItem/ParentResourceId", MACHINE,
                        "lineItem/UsageAmount", "12",
                        "pricing/unit", "Hrs");
        assertThat(quantities(bill)).containsExactly("24 of 2, priced 24");
    }

    @Test
    void of_azure() {
        BillText bill = new BillText(
                "Date",
                "2026-06-01",
                "BillingCurrency",
                "USD",
                "SubscriptionId",
                AzureTest.SUBSCRIPTION,
                "ResourceId",
                AzureTest.MACHINE,
                "UnitOfMeasure",
                "1 Hour",
                "Quantity",
                "24",
                "MeterCategory",
                "Virtual Machines");
        for (String type : List.of("Usage", "Refund", "RoundingAdjustment", "Adjustment", "Credit", "Tax")) {
            bill.row("ChargeType", type, "CostInBillingCurrency", "1");
        }
        assertThat(quantities(bill)).containsExactly("24 of 6, priced 24");
    }

    @Test
    void of_google_cloud() {
        BillText bill = new BillText(
                "currency",
                "USD",
                "usage_start_time",
                "2026-06-01T00:00:00Z",
                "usage_end_time",
                "2026-06-02T00:00:00Z",
                "service_description",
                "Compute Engine",
                "sku_description",
                "Core running",
                "resource_name",
                "gpu-1",
                "usage_pricing_unit",
                "hour",
                "usage_amount_in_pricing_units",
                "24",
                "credits",
                "[]");
        bill.row("cost", "5", "cost_type", "regular", "credits", "[{\"type\":\"PROMOTION\",\"amount\":-1}]")
                .row("cost", "-1", "cost_type", "adjustment")
                .row("cost", "1", "cost_type", "tax");
        assertThat(quantities(bill)).containsExactly("24 of 4, priced 24");
    }

    @Test
    void of_focus() {
        FocusCsv bill = new FocusCsv().row("ConsumedQuantity=24", "PricingQuantity=24", "ResourceId=" + MACHINE);
        for (String category : List.of("Credit", "Tax", "Adjustment", "credit")) {
            bill.row(
                    "ConsumedQuantity=24",
                    "PricingQuantity=24",
                    "ResourceId=" + MACHINE,
                    "ChargeCategory=" + category,
                    "ChargeDescription=Negotiated discount");
        }
        assertThat(quantities(bill.write(folder, "bill.csv"))).containsExactly("24 of 5, priced 24");
    }
}
