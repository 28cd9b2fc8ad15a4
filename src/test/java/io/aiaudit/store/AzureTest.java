package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Window;
import io.aiaudit.testing.Slow;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** Rows of Azure cost details in the shape that Microsoft documents. */
@Slow
class AzureTest {
    private static final String SUBSCRIPTION = "1caaa5a3-2b66-438e-8ab4-bce37d518c5d";
    private static final String GROUP = "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/RG/providers/";
    private static final String MACHINE = GROUP + "Microsoft.Compute/virtualMachines/gpu-1";
    private static final String MACHINE_ID = MACHINE.toLowerCase(Locale.ROOT);
    private static final String ORDER = "/providers/Microsoft.Capacity/reservationOrders/order-1/reservations/res-1";

    @TempDir
    private Path folder;

    /** Columns as a Microsoft Customer Agreement has them. */
    private static BillText mca() {
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

    private static LeafCost leaf(TestStore store, String id) {
        return store.scan().leafCosts(TestStore.JUNE).stream()
                .filter(leaf -> leaf.resource().resourceId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void amortized_cost_has_the_used_and_the_unused_part_of_a_reservation() {
        BillText bill = mca().row(reserved("40"))
                .row(
                        "chargeType", "UnusedReservation",
                        "pricingModel", "Reservation",
                        "benefitId", ORDER,
                        "ResourceId", "",
                        "costInBillingCurrency", "8");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "amortized.csv"))) {
            assertThat(BillSums.loaded(store, "component || ' ' || CommitmentDiscountStatus"))
                    .containsExactly(
                            Map.entry("commitment Unused", "0.000000 8.000000"),
                            Map.entry("time Used", "0.000000 40.000000"));
            LeafCost machine = leaf(store, MACHINE_ID);
            assertThat(machine.basis()).isEqualTo(CostBasis.EFFECTIVE);
            assertThat(machine.parts())
                    .singleElement()
                    .satisfies(part -> assertThat(part.committed()).isEqualByComparingTo("40"));
            assertThat(BillSums.one(store, "SELECT kind FROM resources WHERE resource_id <> '" + MACHINE_ID + "'"))
                    .isEqualTo("commitment");
        }
    }

    @Test
    void a_machine_that_actual_cost_has_at_0_gets_the_price_beside_it_and_all_of_it_is_committed() {
        BillText bill = mca().row(with(reserved("0"), "unitPrice", "3.5", "PayGPrice", "3.673"));
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "actual.csv"))) {
            LeafCost machine = leaf(store, MACHINE_ID);
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
            LeafCost machine = leaf(store, MACHINE_ID);
            assertThat(machine.basis()).isEqualTo(CostBasis.LIST);
            assertThat(machine.parts())
                    .singleElement()
                    .satisfies(part -> assertThat(part.cost())
                            .isEqualByComparingTo(machine.listPricePerHour().multiply(new BigDecimal(24))));
        }
    }

    @Test
    void without_any_price_it_is_unpriced_and_never_0() {
        BillText bill = mca().row(with(reserved("0"), "additionalInfo", "", "meterName", "", "ProductName", "x"));
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "actual.csv"))) {
            LeafCost machine = leaf(store, MACHINE_ID);
            assertThat(machine.basis()).isEqualTo(CostBasis.UNPRICED);
            assertThat(machine.parts()).isEmpty();
        }
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

    @Test
    void json_lines_are_read_as_csv_is() {
        BillText bill = mca().row(reserved("40")).row("costInBillingCurrency", "1.5", "tags", "\"team\": \"ml\"");
        String reported = "SELECT sum(BilledCost)::DOUBLE || ' ' || sum(cost)::DOUBLE || ' ' || max(Tags) || ' ' || "
                + "max(ChargePeriodEnd)::DATE || ' ' || max(CommitmentDiscountId) FROM charges";
        try (TestStore csv = TestStore.ofBills(folder, bill.csv(folder, "amortized.csv"));
                TestStore json = TestStore.ofBills(folder, bill.jsonLines(folder, "amortized.jsonl"))) {
            assertThat(BillSums.one(csv, reported)).startsWith("1.5 41.5 {\"team\": \"ml\"} 2026-06-02 /providers/");
            assertThat(BillSums.one(json, reported)).isEqualTo(BillSums.one(csv, reported));
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
            assertThat(leaf(store, MACHINE_ID).basis()).isEqualTo(CostBasis.EFFECTIVE);
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

    @Test
    void actual_and_amortized_are_one_bill_however_each_writes_its_accounts_and_orders() {
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
        try (TestStore store =
                TestStore.ofBills(folder, actual.csv(folder, "actual.csv"), amortized.csv(folder, "amortized.csv"))) {
            assertThat(BillSums.loaded(store, "provider")).containsExactly(Map.entry("azure", "1445.000000 45.000000"));
        }
    }

    @Test
    void actual_and_amortized_in_several_parts_in_one_folder_lose_no_purchase() {
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
        try (TestStore store = TestStore.ofBills(
                folder,
                actualWithPurchase.csv(folder, "actual_1.csv"),
                mca().row(reserved("0")).csv(folder, "actual_2.csv"),
                amortized.csv(folder, "amortized_1.csv"),
                amortizedWithUse.csv(folder, "amortized_2.csv"))) {
            assertThat(BillSums.loaded(store, "provider"))
                    .containsExactly(Map.entry("azure", "1540.000000 140.000000"));
        }
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

    @Test
    void one_payment_for_a_term_is_spread_over_it() {
        BillText bill = mca().row(
                        "chargeType", "Purchase",
                        "pricingModel", "Reservation",
                        "frequency", "OneTime",
                        "term", "12",
                        "benefitId", ORDER,
                        "costInBillingCurrency", "8760");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "actual.csv"))) {
            assertThat(BillSums.one(store, "SELECT ChargePeriodEnd::DATE::VARCHAR FROM charges"))
                    .isEqualTo("2027-06-01");
            assertThat(BillSums.one(store, "SELECT component FROM charges")).isEqualTo("commitment");
        }
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
    private static final Once<Map<String, String>> ENDS = new Once<>();

    /** By term, which is the name of the reservation, too. */
    private Map<String, String> ends() {
        BillText bill = mca();
        TERMS.forEach(term -> bill.row(
                "chargeType", "Purchase",
                "pricingModel", "Reservation",
                "frequency", "OneTime",
                "term", Cases.text(term, 0),
                "benefitId", ORDER.replace("order-1", "order-" + TERMS.indexOf(term)),
                "benefitName", Cases.text(term, 0),
                "costInBillingCurrency", "8760"));
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "actual.csv"))) {
            return store
                    .locked()
                    .select("SELECT CommitmentDiscountName, ChargePeriodEnd::DATE::VARCHAR FROM charges")
                    .rows()
                    .stream()
                    .collect(Collectors.toMap(row -> (String) row.get(0), row -> (String) row.get(1)));
        }
    }

    @ParameterizedTest
    @FieldSource("TERMS")
    void one_payment_for_a_term_is_spread_over_it_however_the_term_is_written(String term, String end) {
        assertThat(ENDS.get(this::ends)).containsEntry(term, end);
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

    @Test
    void refunds_stand_apart_and_marketplace_is_a_licence() {
        BillText bill = mca().row("chargeType", "Refund", "costInBillingCurrency", "-9")
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
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "actual.csv"))) {
            assertThat(BillSums.loaded(store, "charge_kind || ' ' || component"))
                    .containsExactly(
                            Map.entry("cost licence", "20.000000 20.000000"),
                            Map.entry("refund time", "-9.000000 0.000000"));
        }
    }

    @Test
    void what_rounds_an_invoice_or_is_paid_once_does_not_come_back_and_what_is_paid_once_for_a_year_does() {
        BillText bill = mca().row("costInBillingCurrency", "10")
                .row("chargeType", "RoundingAdjustment", "costInBillingCurrency", "0.5")
                .row("chargeType", "Purchase", "frequency", "OneTime", "costInBillingCurrency", "20")
                .row("chargeType", "Purchase", "frequency", "OneTime", "term", "12", "costInBillingCurrency", "36.5");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "actual.csv"))) {
            assertThat(store.scan().leafCosts(TestStore.JUNE)).singleElement().satisfies(leaf -> {
                assertThat(leaf.inWindow().subtract(leaf.withoutOneOffs().inWindow()))
                        .isEqualByComparingTo("20.5");
                assertThat(leaf.withoutOneOffs().parts()).hasSize(2);
            });
        }
    }

    private static final String GERMAN_HEADER =
            "Abonnement-GUID (SubscriptionGuid);Ressourcenstandort (ResourceLocation);UsageDateTime (UsageDateTime);"
                    + "Kategorie der Verbrauchseinheit (MeterCategory);Name der Verbrauchseinheit "
                    + "(MeterName);UsageQuantity (UsageQuantity);"
                    + "PreTaxCost (PreTaxCost);InstanceId (InstanceId);Currency;Maßeinheit (UnitOfMeasure)";
    private static final String GERMAN_ROW = SUBSCRIPTION
            + ";DE West Central;02.06.2026;Virtual Machines;NC24ads A100 v4;24,0;1.088,175;" + MACHINE + ";EUR;1 Hour";

    private void germanIsRead(Charset charset, String start) {
        String text = start + GERMAN_HEADER + "\r\n" + GERMAN_ROW + "\r\n";
        Path file = TestStore.bytes(folder, "kosten.csv", text.getBytes(charset));
        try (TestStore store = TestStore.ofBills(folder, file)) {
            assertThat(BillSums.one(
                            store,
                            "SELECT cost::DOUBLE || ' ' || ConsumedQuantity::DOUBLE || ' ' || "
                                    + "ChargePeriodStart::DATE || ' ' || RegionId || ' ' || resource_id FROM "
                                    + "charges"))
                    .isEqualTo("1088.175 24.0 2026-06-02 germanywestcentral " + MACHINE_ID);
        }
    }

    @Test
    void a_german_header_with_decimal_commas() {
        germanIsRead(StandardCharsets.UTF_8, "");
    }

    @Test
    void a_german_header_with_a_byte_order_mark() {
        germanIsRead(StandardCharsets.UTF_8, "\uFEFF");
    }

    @Test
    void a_german_header_in_utf_16() {
        germanIsRead(StandardCharsets.UTF_16LE, "\uFEFF");
    }

    @Test
    void a_german_header_in_latin_1() {
        germanIsRead(StandardCharsets.ISO_8859_1, "");
    }

    @Test
    void where_days_come_first_the_end_of_the_billing_period_shows_it() {
        BillText bill =
                mca().row("date", "05/06/2026", "billingPeriodEndDate", "30/06/2026", "costInBillingCurrency", "1");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "actual.csv"))) {
            assertThat(BillSums.one(store, "SELECT ChargePeriodStart::DATE FROM charges"))
                    .isEqualTo("2026-06-05");
        }
    }

    /** The first and the last day that is read out of files with these dates, each of its own subscription. */
    private Map<String, String> daysOf(String... files) {
        Path[] bills = new Path[files.length];
        for (int i = 0; i < files.length; i++) {
            BillText bill = mca();
            for (String date : files[i].split(" ")) {
                bill.row(with(
                        ofSubscription(i), "date", date, "billingPeriodEndDate", "", "costInBillingCurrency", "1"));
            }
            bills[i] = bill.csv(folder, i + ".csv");
        }
        Map<String, String> days = new TreeMap<>();
        try (TestStore store = apart(bills)) {
            for (int i = 0; i < files.length; i++) {
                days.put(
                        files[i],
                        BillSums.one(
                                store,
                                "SELECT min(ChargePeriodStart)::DATE || ' ' || max(ChargePeriodStart)::DATE "
                                        + "FROM charges WHERE SubAccountId = '" + subscription(i) + "'"));
            }
        }
        return days;
    }

    private static String subscription(int number) {
        return SUBSCRIPTION.substring(0, SUBSCRIPTION.length() - 1) + number;
    }

    private static String[] ofSubscription(int number) {
        return new String[] {
            "billingAccountId",
            "account-" + number,
            "SubscriptionId",
            subscription(number),
            "ResourceId",
            MACHINE.replace(SUBSCRIPTION, subscription(number))
        };
    }

    /** Files that are no parts of one export. */
    private TestStore apart(Path... bills) {
        return TestStore.of(
                folder,
                IngestSettings.NONE,
                staging -> Stream.of(bills)
                        .forEach(bill -> staging.files(new FileSet(
                                FileSet.Content.BILLING, bill.getFileName().toString(), List.of(bill), Set.of()))));
    }

    @Test
    void dates_that_can_be_read_both_ways_are_read_as_days_of_one_month() {
        Map<String, String> days = Map.of(
                "01/06/2026 02/06/2026 10/06/2026", "2026-06-01 2026-06-10",
                "06/01/2026 06/02/2026 06/10/2026", "2026-06-01 2026-06-10",
                "06/06/2026", "2026-06-06 2026-06-06");
        assertThat(daysOf(days.keySet().toArray(String[]::new))).isEqualTo(days);
    }

    @Test
    void one_date_that_can_be_read_in_one_way_only_shows_how_all_are_read() {
        Map<String, String> days = Map.of(
                "01/06/2026 13/05/2026", "2026-05-13 2026-06-01",
                "01/06/2026 05/13/2026", "2026-01-06 2026-05-13");
        assertThat(daysOf(days.keySet().toArray(String[]::new))).isEqualTo(days);
    }

    @Test
    void dates_that_nothing_shows_the_order_of_are_refused() {
        String problem =
                "Date is \"01/06/2026\", which may begin with the day or with the month; use dates such as 2026-06-30,"
                        + " or add the column BillingPeriodEndDate";
        assertThatThrownBy(() -> daysOf("01/06/2026")).hasMessageContaining(problem);
        assertThatThrownBy(() -> daysOf("01/06/2026 02/07/2026")).hasMessageContaining(problem);
    }

    /** The amounts that are read out of a file with these. */
    private List<String> amountsOf(String... costs) {
        return amountsOf(Map.of(String.join(" ", costs), new String[0])).get(String.join(" ", costs));
    }

    /** By the amounts of a file, each of its own subscription, with what else is in its rows. */
    private Map<String, List<String>> amountsOf(Map<String, String[]> files) {
        List<String> written = List.copyOf(files.keySet());
        Path[] bills = new Path[written.size()];
        for (int i = 0; i < bills.length; i++) {
            BillText bill = mca();
            for (String cost : written.get(i).split(" ")) {
                bill.row(with(with(ofSubscription(i), files.get(written.get(i))), "costInBillingCurrency", cost));
            }
            bills[i] = bill.csv(folder, i + ".csv");
        }
        Map<String, List<String>> amounts = new TreeMap<>();
        try (TestStore store = apart(bills)) {
            for (int i = 0; i < bills.length; i++) {
                amounts.put(
                        written.get(i),
                        store.locked()
                                .select("SELECT BilledCost::DOUBLE::VARCHAR FROM charges WHERE SubAccountId = '"
                                        + subscription(i) + "' ORDER BY BilledCost")
                                .texts());
            }
        }
        return amounts;
    }

    @Test
    void one_comma_before_three_digits_is_read_as_the_other_amounts_are() {
        Map<String, List<String>> amounts = Map.of(
                "1,088 12.5", List.of("12.5", "1088.0"),
                "1,088 12,5", List.of("1.088", "12.5"),
                "1,088 0,088", List.of("0.088", "1.088"),
                "1,088 2,001,088", List.of("1088.0", "2001088.0"),
                "1,088 1.088,5", List.of("1.088", "1088.5"),
                "1.088 1.088,5", List.of("1088.0", "1088.5"),
                "1.088 12.5", List.of("1.088", "12.5"),
                "1.088 2", List.of("1.088", "2.0"));
        assertThat(amountsOf(amounts.keySet().stream().collect(Collectors.toMap(file -> file, file -> new String[0]))))
                .isEqualTo(amounts);
    }

    @Test
    void where_the_amounts_do_not_show_prices_and_quantities_do() {
        assertThat(amountsOf(Map.of("1,088", new String[] {"quantity", "1,5"})))
                .isEqualTo(Map.of("1,088", List.of("1.088")));
        assertThat(amountsOf(Map.of("1,088", new String[] {"unitPrice", "3.67"})))
                .isEqualTo(Map.of("1,088", List.of("1088.0")));
    }

    @Test
    void an_amount_that_is_a_thousand_or_a_decimal_is_rejected_where_nothing_shows() {
        String problem =
                "Cost is \"1,088\", whose comma may separate thousands or decimals; use amounts such as 1088.00";
        assertThatThrownBy(() -> amountsOf("1,088", "-1,088")).hasMessageContaining(problem);
        assertThat(amountsOf("1,088", "24")).containsExactly("24.0");
        assertThat(amountsOf("1,088", "12,5", "12.5"))
                .as("no single language writes so")
                .containsExactly("12.5", "12.5");
    }

    @Test
    void a_row_without_a_readable_day_or_cost_is_rejected_and_named() {
        BillText bill = mca().row("costInBillingCurrency", "1")
                .row("date", "31/31/2026", "costInBillingCurrency", "1")
                .row("costInBillingCurrency", "n/a");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "actual.csv"))) {
            assertThat(store.locked()
                            .select("SELECT record, problem FROM rejects ORDER BY record")
                            .rows())
                    .containsExactly(List.of(3L, "Date is \"31/31/2026\""), List.of(4L, "Cost is \"n/a\""));
            assertThat(BillSums.one(store, "SELECT rejected_rows FROM files")).isEqualTo("2");
        }
    }

    private static String[] with(String[] values, String... more) {
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
