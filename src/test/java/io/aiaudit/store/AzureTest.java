package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Window;
import io.aiaudit.testing.Slow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Rows of Azure cost details in the shape that Microsoft documents. Cases whose warnings are looked at have stores of
 * their own.
 */
@Slow
class AzureTest {
    static final String SUBSCRIPTION = "1caaa5a3-2b66-438e-8ab4-bce37d518c5d";
    private static final String GROUP = "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/RG/providers/";
    static final String MACHINE = GROUP + "Microsoft.Compute/virtualMachines/gpu-1";
    static final String MACHINE_ID = MACHINE.toLowerCase(Locale.ROOT);
    private static final String ORDER = "/providers/Microsoft.Capacity/reservationOrders/order-1/reservations/res-1";

    @TempDir
    private static Path folder;

    private static FilesApart cases;
    private static TestStore store;

    @BeforeAll
    static void load() {
        cases = new FilesApart(
                folder,
                SUBSCRIPTION,
                SUBSCRIPTION.toUpperCase(Locale.ROOT),
                "account-1",
                "ACCOUNT-1",
                "order-1",
                "ORDER-1");
        cases.add("amortized", amortized());
        cases.add("unpriced", unpriced());
        cases.add("csv", tagged());
        cases.addJson("json", tagged());
        cases.add("otherwiseWritten", otherwiseWritten());
        cases.add("byReservation", byReservation());
        cases.add("inSeveralParts", inSeveralParts());
        cases.add("oncePaid", oncePaid());
        cases.add("terms", terms());
        cases.add("refundAndMarketplace", refundAndMarketplace());
        cases.add("oneOffs", oneOffs());
        store = cases.store();
    }

    @AfterAll
    static void close() {
        store.close();
    }

    private static Map<String, String> loaded(String name, String key) {
        return BillSums.loaded(store, key, cases.charges(name));
    }

    private static String machine(String name) {
        return cases.own(name, MACHINE_ID);
    }

    /** Columns as a Microsoft Customer Agreement has them. */
    static BillText mca() {
        return new BillText(
                "billingAccountId", "account-1",
                "SubscriptionId", SUBSCRIPTION,
                "date", "06/01/2026",
                "billingPeriodEndDate", "06/30/2026",
                "billingCurrency", "EUR",
                "pricingCurrency", "EUR",
                "meterCategory", "Virtual Machines",
                "meterSubCategory", "NCads A100 v4 Series",
                "meterName", "NC24ads A100 v4",
                "ProductName", "Virtual Machines NCads A100 v4 Series - NC24ads A100 v4 - US East",
                "unitOfMeasure", "1 Hour",
                "quantity", "24",
                "chargeType", "Usage",
                "pricingModel", "OnDemand",
                "ResourceId", MACHINE,
                "resourceLocation", "eastus",
                "additionalInfo", "{\"ServiceType\":\"Standard_NC24ads_A100_v4\"}",
                "costInBillingCurrency", "0");
    }

    private static String[] reserved(String cost) {
        return new String[] {
            "pricingModel", "Reservation", "benefitId", ORDER, "benefitName", "one year", "costInBillingCurrency", cost
        };
    }

    private static BillText amortized() {
        return mca().row(reserved("40"))
                .row(
                        "chargeType", "UnusedReservation",
                        "pricingModel", "Reservation",
                        "benefitId", ORDER,
                        "ResourceId", "",
                        "costInBillingCurrency", "8");
    }

    @Test
    void amortized_cost_has_the_used_and_the_unused_part_of_a_reservation() {
        assertThat(loaded("amortized", "component || ' ' || CommitmentDiscountStatus"))
                .containsExactly(
                        Map.entry("commitment Unused", "0.000000 8.000000"),
                        Map.entry("time Used", "0.000000 40.000000"));
        LeafCost machine = store.leaf(machine("amortized"));
        assertThat(machine.basis()).isEqualTo(CostBasis.EFFECTIVE);
        assertThat(machine.parts())
                .singleElement()
                .satisfies(part -> assertThat(part.committed()).isEqualByComparingTo("40"));
        assertThat(BillSums.one(
                        store,
                        "SELECT string_agg(DISTINCT kind) FROM resources WHERE resource_id <> '"
                                + machine("amortized") + "' AND resource_id IN (SELECT resource_id FROM "
                                + cases.charges("amortized") + ")"))
                .isEqualTo("commitment");
    }

    @Test
    void a_machine_that_actual_cost_has_at_0_gets_the_price_beside_it_and_all_of_it_is_committed() {
        BillText bill = mca().row(with(reserved("0"), "unitPrice", "3.5", "PayGPrice", "3.673"));
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "actual.csv"))) {
            LeafCost machine = store.leaf(MACHINE_ID);
            assertThat(machine.basis()).isEqualTo(CostBasis.LIST);
            assertThat(machine.parts()).singleElement().satisfies(part -> {
                assertThat(part.component()).isEqualTo(Component.TIME);
                assertThat(part.cost()).isEqualByComparingTo(new BigDecimal("84")); // 24 hours at the negotiated 3.5
                assertThat(part.committed()).isEqualByComparingTo("84");
            });
            assertThat(BillSums.loaded(store, "cost_basis"))
                    .containsExactly(Map.entry("unpriced", "0.000000 0.000000"));
            assertThat(store.scan().warnings())
                    .filteredOn(warning -> warning.startsWith("azure"))
                    .singleElement()
                    .asString()
                    .contains("1 row of 1 resource covered by a reservation", "an export of amortized cost has it");
        }
    }

    @Test
    void without_a_price_beside_it_the_list_price_of_the_machine_counts_for_the_hours_that_it_ran() {
        try (TestStore store =
                TestStore.of(folder, TestStore.settings("USD", List.of(), List.of(), List.of()), staging -> {
                    BillText bill = mca().row(with(reserved("0"), "billingCurrency", "USD", "pricingCurrency", "USD"));
                    staging.files(TestStore.set(FileSet.Content.BILLING, bill.csv(folder, "actual.csv")));
                })) {
            LeafCost machine = store.leaf(MACHINE_ID);
            assertThat(machine.basis()).isEqualTo(CostBasis.LIST);
            assertThat(machine.parts())
                    .singleElement()
                    .satisfies(part -> assertThat(part.cost())
                            .isEqualByComparingTo(machine.listPricePerHour().multiply(new BigDecimal(24))));
        }
    }

    private static BillText unpriced() {
        return mca().row(with(reserved("0"), "additionalInfo", "", "meterName", "", "ProductName", "x"));
    }

    @Test
    void without_any_price_it_is_unpriced_and_never_0() {
        LeafCost machine = store.leaf(machine("unpriced"));
        assertThat(machine.basis()).isEqualTo(CostBasis.UNPRICED);
        assertThat(machine.parts()).isEmpty();
    }

    @Test
    void taxes_and_refunds_alone_are_no_resource() {
        BillText bill = mca().row("chargeType", "Tax", "ResourceId", "", "costInBillingCurrency", "19")
                .row("chargeType", "Refund", "ResourceId", "", "costInBillingCurrency", "-5");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "tax.csv"))) {
            assertThat(store.scan().resources()).isEmpty();
            assertThat(store.scan().windowCosts(TestStore.JUNE)).isEmpty();
            assertThat(BillSums.one(store, "SELECT sum(BilledCost)::INTEGER::VARCHAR FROM charges"))
                    .isEqualTo("14");
        }
    }

    private static BillText tagged() {
        return mca().row(reserved("40")).row("costInBillingCurrency", "1.5", "tags", "\"team\": \"ml\"");
    }

    @Test
    void json_lines_are_read_as_csv_is() {
        String reported = "SELECT sum(BilledCost)::DOUBLE || ' ' || sum(cost)::DOUBLE || ' ' || max(Tags) || ' ' || "
                + "max(ChargePeriodEnd)::DATE || ' ' || max(CommitmentDiscountId) FROM ";
        for (String name : List.of("csv", "json")) {
            assertThat(BillSums.one(store, reported + cases.charges(name)))
                    .as(name)
                    .isEqualTo("1.5 41.5 {\"team\": \"ml\"} 2026-06-02 "
                            + "/providers/microsoft.capacity/reservationorders/" + cases.own(name, "order-1"));
        }
    }

    @Test
    void actual_and_amortized_together_give_what_is_invoiced_and_what_it_costs() {
        BillText actual = mca().row(
                        "costInBillingCurrency",
                        "5",
                        "ResourceId",
                        GROUP + "Microsoft.Compute/disks/d1",
                        "meterName",
                        "P10 LRS Disk")
                .row(reserved("0"))
                .row(
                        "chargeType", "Purchase",
                        "pricingModel", "Reservation",
                        "frequency", "Recurring",
                        "benefitId", ORDER,
                        "SubscriptionId", "",
                        "ResourceId", ORDER,
                        "costInBillingCurrency", "1440");
        BillText amortized = mca().row(
                        "costInBillingCurrency",
                        "5",
                        "ResourceId",
                        GROUP + "Microsoft.Compute/disks/d1",
                        "meterName",
                        "P10 LRS Disk")
                .row(reserved("40"))
                .row(
                        "chargeType",
                        "UnusedReservation",
                        "pricingModel",
                        "Reservation",
                        "benefitId",
                        ORDER,
                        "costInBillingCurrency",
                        "8");
        try (TestStore store =
                TestStore.ofBills(folder, actual.csv(folder, "actual.csv"), amortized.csv(folder, "amortized.csv"))) {
            assertThat(BillSums.loaded(store, "provider")).containsExactly(Map.entry("azure", "1445.000000 53.000000"));
            assertThat(store.leaf(MACHINE_ID).basis()).isEqualTo(CostBasis.EFFECTIVE);
            assertThat(store.scan().warnings())
                    .filteredOn(warning -> warning.contains("same Azure bill"))
                    .hasSize(1);
        }
    }

    /** A row as another export writes its accounts. */
    private static String[] elsewhere(String... row) {
        return Stream.concat(
                        Stream.of(row),
                        Stream.of(
                                "SubscriptionId",
                                "/subscriptions/" + SUBSCRIPTION.toUpperCase(Locale.ROOT),
                                "billingAccountId",
                                "/providers/Microsoft.Billing/billingAccounts/ACCOUNT-1"))
                .toArray(String[]::new);
    }

    private static BillText[] otherwiseWritten() {
        String[] disk = {
            "costInBillingCurrency", "5",
            "ResourceId", GROUP + "Microsoft.Compute/disks/d1",
            "meterName", "P10 LRS Disk"
        };
        BillText actual = mca().row(disk)
                .row(
                        "chargeType", "Purchase",
                        "pricingModel", "Reservation",
                        "frequency", "Recurring",
                        "benefitId", ORDER.toUpperCase(Locale.ROOT),
                        "SubscriptionId", "",
                        "ResourceId", ORDER,
                        "costInBillingCurrency", "1440");
        BillText amortized = mca().row(elsewhere(disk)).row(elsewhere(reserved("40")));
        return new BillText[] {actual, amortized};
    }

    @Test
    void actual_and_amortized_are_one_bill_however_each_writes_its_accounts_and_orders() {
        assertThat(loaded("otherwiseWritten", "provider")).containsExactly(Map.entry("azure", "1445.000000 45.000000"));
    }

    /** The actual rows have the reservation only, the amortized ones its order. */
    private static BillText[] byReservation() {
        BillText actual = mca().row(with(reserved("0"), "benefitId", "", "reservationId", "reservation-1"))
                .row(
                        "chargeType", "Purchase",
                        "pricingModel", "Reservation",
                        "frequency", "Recurring",
                        "reservationId", "reservation-1",
                        "SubscriptionId", "",
                        "ResourceId", ORDER,
                        "costInBillingCurrency", "1440");
        return new BillText[] {actual, mca().row(reserved("40"))};
    }

    @Test
    void covered_usage_counts_once_whatever_each_export_names_its_commitment_by() {
        assertThat(loaded("byReservation", "provider")).containsExactly(Map.entry("azure", "1440.000000 40.000000"));
    }

    private static BillText[] inSeveralParts() {
        BillText actualWithPurchase = disks(mca(), 1, 20)
                .row(
                        "chargeType", "Purchase",
                        "pricingModel", "Reservation",
                        "frequency", "Recurring",
                        "benefitId", ORDER,
                        "SubscriptionId", "",
                        "ResourceId", ORDER,
                        "costInBillingCurrency", "1440");
        BillText amortized = disks(mca(), 1, 20);
        BillText amortizedWithUse = mca().row(reserved("40"));
        return new BillText[] {actualWithPurchase, mca().row(reserved("0")), amortized, amortizedWithUse};
    }

    @Test
    void actual_and_amortized_in_several_parts_in_one_folder_lose_no_purchase() {
        assertThat(loaded("inSeveralParts", "provider")).containsExactly(Map.entry("azure", "1540.000000 140.000000"));
    }

    private static BillText disks(BillText bill, int first, int last) {
        for (int disk = first; disk <= last; disk++) {
            bill.row(
                    "costInBillingCurrency",
                    "5",
                    "ResourceId",
                    GROUP + "Microsoft.Compute/disks/d" + disk,
                    "meterName",
                    "P10 LRS Disk");
        }
        return bill;
    }

    private static BillText oncePaid() {
        return mca().row(
                        "chargeType", "Purchase",
                        "pricingModel", "Reservation",
                        "frequency", "OneTime",
                        "term", "12",
                        "benefitId", ORDER,
                        "costInBillingCurrency", "8760");
    }

    @Test
    void one_payment_for_a_term_is_spread_over_it() {
        assertThat(BillSums.one(store, "SELECT ChargePeriodEnd::DATE::VARCHAR FROM " + cases.charges("oncePaid")))
                .isEqualTo("2027-06-01");
        assertThat(BillSums.one(store, "SELECT component FROM " + cases.charges("oncePaid")))
                .isEqualTo("commitment");
    }

    private static final List<Arguments> TERMS = Cases.of("""
            12 | 2027-06-01
            P1Y | 2027-06-01
            1 Year | 2027-06-01
            12 Months | 2027-06-01
            1year | 2027-06-01
            36 | 2029-06-01
            P3Y | 2029-06-01
            3 Years | 2029-06-01
            P36M | 2029-06-01
            P1M | 2026-07-01
            1 Month | 2026-07-01
            no such term | 2026-06-02
            """);

    /** The term is the name of the reservation, too. */
    private static BillText terms() {
        BillText bill = mca();
        TERMS.forEach(term -> bill.row(
                "chargeType", "Purchase",
                "pricingModel", "Reservation",
                "frequency", "OneTime",
                "term", Cases.text(term, 0),
                "benefitId", ORDER.replace("order-1", "order-1-" + TERMS.indexOf(term)),
                "benefitName", Cases.text(term, 0),
                "costInBillingCurrency", "8760"));
        return bill;
    }

    @ParameterizedTest
    @FieldSource("TERMS")
    void one_payment_for_a_term_is_spread_over_it_however_the_term_is_written(String term, String end) {
        assertThat(BillSums.one(
                        store,
                        "SELECT string_agg(ChargePeriodEnd::DATE::VARCHAR) FROM " + cases.charges("terms")
                                + " AND CommitmentDiscountName = '" + term + "'"))
                .isEqualTo(end);
    }

    /** Of a reservation of three years that is paid by the month, the term is that of the whole. */
    @Test
    void what_is_paid_every_month_is_spread_over_the_month() {
        BillText bill = mca().row(
                        "chargeType", "Purchase",
                        "pricingModel", "Reservation",
                        "frequency", "Recurring",
                        "term", "36",
                        "benefitId", ORDER,
                        "costInBillingCurrency", "300");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "actual.csv"))) {
            assertThat(BillSums.one(store, "SELECT ChargePeriodEnd::DATE::VARCHAR FROM charges"))
                    .isEqualTo("2026-07-01");
            assertThat(store.scan().windowCosts(Window.parse("2026-06-11/2026-06-21")))
                    .singleElement()
                    .satisfies(cost -> assertThat(cost.effectiveCost()).isEqualByComparingTo("100"));
        }
    }

    private static BillText refundAndMarketplace() {
        return mca().row("chargeType", "Refund", "costInBillingCurrency", "-9")
                .row(
                        "publisherType", "Marketplace",
                        "publisherName", "Example Ltd",
                        "meterCategory", "SaaS",
                        "meterName", "seat",
                        "meterSubCategory", "x",
                        "ProductName", "Example",
                        "unitOfMeasure", "1",
                        "ResourceId", "",
                        "additionalInfo", "",
                        "costInBillingCurrency", "20");
    }

    @Test
    void refunds_stand_apart_and_marketplace_is_a_licence() {
        assertThat(loaded("refundAndMarketplace", "charge_kind || ' ' || component"))
                .containsExactly(
                        Map.entry("cost licence", "20.000000 20.000000"),
                        Map.entry("refund time", "-9.000000 0.000000"));
    }

    private static BillText oneOffs() {
        return mca().row("costInBillingCurrency", "10")
                .row("chargeType", "RoundingAdjustment", "costInBillingCurrency", "0.5")
                .row("chargeType", "Purchase", "frequency", "OneTime", "costInBillingCurrency", "20")
                .row("chargeType", "Purchase", "frequency", "OneTime", "term", "12", "costInBillingCurrency", "36.5");
    }

    @Test
    void what_rounds_an_invoice_or_is_paid_once_does_not_come_back_and_what_is_paid_once_for_a_year_does() {
        assertThat(store.leaf(machine("oneOffs"))).satisfies(leaf -> {
            assertThat(leaf.inWindow().subtract(leaf.withoutOneOffs().inWindow()))
                    .isEqualByComparingTo("20.5");
            assertThat(leaf.withoutOneOffs().parts()).hasSize(2);
        });
    }

    static String[] with(String[] values, String... more) {
        String[] all = Arrays.copyOf(values, values.length + more.length);
        System.arraycopy(more, 0, all, values.length, more.length);
        return all;
    }

    /** What is unknown from the bill is what an inventory is for. */
    @Test
    void money_billed_on_a_workspace_goes_to_its_computes() {
        String workspace = GROUP + "Microsoft.MachineLearningServices/workspaces/ml";
        BillText bill = mca().row("ResourceId", workspace, "costInBillingCurrency", "90");
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.BILLING, bill.csv(folder, "actual.csv")));
            staging.resource(Resource.builder(workspace, "service", "azure").build());
            staging.resource(Resource.builder(workspace + "/computes/c1", "training_cluster", "azure")
                    .parentId(workspace)
                    .machineType("Standard_NC24ads_A100_v4")
                    .region("eastus")
                    .build());
        })) {
            assertThat(BillSums.loaded(store, "resource_id"))
                    .containsExactly(
                            Map.entry((workspace + "/computes/c1").toLowerCase(Locale.ROOT), "90.000000 90.000000"));
        }
    }

    /**
     * The meter names the model, so that each line goes to the deployment that runs it; what names none goes by tokens.
     */
    @Test
    void money_billed_on_an_openai_account_goes_to_the_deployments_of_its_models() {
        String account = GROUP + "Microsoft.CognitiveServices/accounts/ai";
        BillText bill = mca().row(openAi(account, "gpt 4.1 mini Outp glbl Tokens", "30"))
                .row(openAi(account, "gpt 4o 1120 cached Inp glbl Tokens", "12"));
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.BILLING, bill.csv(folder, "actual.csv")));
            staging.resource(Resource.builder(account, "service", "azure").build());
            staging.resource(deployment(account, "small", "gpt-4.1-mini-2025-04-14"));
            staging.resource(deployment(account, "large", "gpt-4o-2024-11-20"));
            staging.resource(deployment(account, "other", "gpt-4o-mini"));
        })) {
            String id = account.toLowerCase(Locale.ROOT) + "/deployments/";
            assertThat(BillSums.loaded(store, "resource_id"))
                    .containsExactly(
                            Map.entry(id + "large", "12.000000 12.000000"),
                            Map.entry(id + "small", "30.000000 30.000000"));
            assertThat(BillSums.loaded(store, "model || ' ' || token_kind || ' ' || tier"))
                    .containsOnlyKeys("gpt-4.1-mini output standard", "gpt-4o cache_read standard");
        }
    }

    private static String[] openAi(String account, String meter, String cost) {
        return new String[] {
            "ResourceId", account,
            "meterCategory", "Foundry Models",
            "meterSubCategory", "Azure OpenAI",
            "meterName", meter,
            "ProductName", "Azure OpenAI",
            "unitOfMeasure", "1M",
            "additionalInfo", "",
            "costInBillingCurrency", cost
        };
    }

    private static Resource deployment(String account, String name, String model) {
        return Resource.builder(account + "/deployments/" + name, "model_usage", "azure")
                .parentId(account)
                .machineType(model)
                .build();
    }
}
