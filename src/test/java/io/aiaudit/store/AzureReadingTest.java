package io.aiaudit.store;

import static io.aiaudit.store.AzureTest.MACHINE;
import static io.aiaudit.store.AzureTest.MACHINE_ID;
import static io.aiaudit.store.AzureTest.SUBSCRIPTION;
import static io.aiaudit.store.AzureTest.mca;
import static io.aiaudit.store.AzureTest.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.testing.Slow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How dates, amounts and headers of Azure cost details are read, in whatever way a file writes them. */
@Slow
class AzureReadingTest {
    private static final String GERMAN_HEADER =
            "Abonnement-GUID (SubscriptionGuid);Ressourcenstandort (ResourceLocation);UsageDateTime (UsageDateTime);"
                    + "Kategorie der Verbrauchseinheit (MeterCategory);Name der Verbrauchseinheit "
                    + "(MeterName);UsageQuantity (UsageQuantity);"
                    + "PreTaxCost (PreTaxCost);InstanceId (InstanceId);Currency;Maßeinheit (UnitOfMeasure)";
    private static final String GERMAN_ROW = SUBSCRIPTION
            + ";DE West Central;02.06.2026;Virtual Machines;NC24ads A100 v4;24,0;1.088,175;" + MACHINE + ";EUR;1 Hour";

    /** The first and the last day that is read out of a file with these dates. */
    private static final Map<String, String> DAYS = Map.of(
            "01/06/2026 02/06/2026 10/06/2026", "2026-06-01 2026-06-10",
            "06/01/2026 06/02/2026 06/10/2026", "2026-06-01 2026-06-10",
            "06/06/2026", "2026-06-06 2026-06-06");

    private static final Map<String, String> DAYS_OF_MONTHS = Map.of(
            "01/06/2026 13/05/2026", "2026-05-13 2026-06-01",
            "01/06/2026 05/13/2026", "2026-01-06 2026-05-13");

    /** The amounts that are read out of a file with these. */
    private static final Map<String, List<String>> AMOUNTS = Map.of(
            "1,088 12.5", List.of("12.5", "1088.0"),
            "1,088 12,5", List.of("1.088", "12.5"),
            "1,088 0,088", List.of("0.088", "1.088"),
            "1,088 2,001,088", List.of("1088.0", "2001088.0"),
            "1,088 1.088,5", List.of("1.088", "1088.5"),
            "1.088 1.088,5", List.of("1088.0", "1088.5"),
            "1.088 12.5", List.of("1.088", "12.5"),
            "1.088 2", List.of("1.088", "2.0"));

    @TempDir
    private static Path folder;

    private static FilesApart cases;
    private static TestStore store;

    @BeforeAll
    static void load() {
        cases = new FilesApart(folder, SUBSCRIPTION, "account-1");
        String german = GERMAN_HEADER + "\r\n" + GERMAN_ROW + "\r\n";
        cases.add("decimal commas", "csv", StandardCharsets.UTF_8, german);
        cases.add("byte order mark", "csv", StandardCharsets.UTF_8, "\uFEFF" + german);
        cases.add("UTF-16", "csv", StandardCharsets.UTF_16LE, "\uFEFF" + german);
        cases.add("Latin 1", "csv", StandardCharsets.ISO_8859_1, german);
        cases.add("days first", daysFirst());
        DAYS.keySet().forEach(dates -> cases.add(dates, dated(dates)));
        DAYS_OF_MONTHS.keySet().forEach(dates -> cases.add(dates, dated(dates)));
        AMOUNTS.keySet().forEach(costs -> cases.add(costs, costing(costs)));
        cases.add("quantity", costing("1,088", "quantity", "1,5"));
        cases.add("price", costing("1,088", "unitPrice", "3.67"));
        cases.add("1,088 24", costing("1,088 24"));
        cases.add("1,088 12,5 12.5", costing("1,088 12,5 12.5"));
        cases.add("unreadable", unreadable());
        store = cases.store();
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"decimal commas", "byte order mark", "UTF-16", "Latin 1"})
    void a_german_header(String name) {
        assertThat(BillSums.one(
                        store,
                        "SELECT string_agg(cost::DOUBLE || ' ' || ConsumedQuantity::DOUBLE || ' ' || "
                                + "ChargePeriodStart::DATE || ' ' || RegionId || ' ' || resource_id) FROM "
                                + cases.charges(name)))
                .isEqualTo("1088.175 24.0 2026-06-02 germanywestcentral " + cases.own(name, MACHINE_ID));
    }

    private static BillText daysFirst() {
        return mca().row("date", "05/06/2026", "billingPeriodEndDate", "30/06/2026", "costInBillingCurrency", "1");
    }

    @Test
    void where_days_come_first_the_end_of_the_billing_period_shows_it() {
        assertThat(BillSums.one(store, "SELECT ChargePeriodStart::DATE FROM " + cases.charges("days first")))
                .isEqualTo("2026-06-05");
    }

    private static BillText dated(String dates) {
        BillText bill = mca();
        for (String date : dates.split(" ")) {
            bill.row("date", date, "billingPeriodEndDate", "", "costInBillingCurrency", "1");
        }
        return bill;
    }

    private static String daysOf(String name) {
        return BillSums.one(
                store,
                "SELECT min(ChargePeriodStart)::DATE || ' ' || max(ChargePeriodStart)::DATE FROM "
                        + cases.charges(name));
    }

    @Test
    void dates_that_can_be_read_both_ways_are_read_as_days_of_one_month() {
        assertThat(DAYS).allSatisfy((dates, days) -> assertThat(daysOf(dates)).isEqualTo(days));
    }

    @Test
    void one_date_that_can_be_read_in_one_way_only_shows_how_all_are_read() {
        assertThat(DAYS_OF_MONTHS)
                .allSatisfy((dates, days) -> assertThat(daysOf(dates)).isEqualTo(days));
    }

    private static void refused(BillText bill, String problem) {
        assertThatThrownBy(() -> TestStore.ofBills(folder, bill.csv(folder, "refused.csv")))
                .hasMessageContaining(problem);
    }

    @Test
    void dates_that_nothing_shows_the_order_of_are_refused() {
        String problem =
                "Date is \"01/06/2026\", which may begin with the day or with the month; use dates such as 2026-06-30,"
                        + " or add the column BillingPeriodEndDate";
        refused(dated("01/06/2026"), problem);
        refused(dated("01/06/2026 02/07/2026"), problem);
    }

    private static BillText costing(String costs, String... more) {
        BillText bill = mca();
        for (String cost : costs.split(" ")) {
            bill.row(with(more, "costInBillingCurrency", cost));
        }
        return bill;
    }

    private static List<String> amountsOf(String name) {
        return store.locked()
                .select("SELECT BilledCost::DOUBLE::VARCHAR FROM " + cases.charges(name) + " ORDER BY BilledCost")
                .texts();
    }

    @Test
    void one_comma_before_three_digits_is_read_as_the_other_amounts_are() {
        assertThat(AMOUNTS)
                .allSatisfy((costs, amounts) -> assertThat(amountsOf(costs)).isEqualTo(amounts));
    }

    @Test
    void where_the_amounts_do_not_show_prices_and_quantities_do() {
        assertThat(amountsOf("quantity")).containsExactly("1.088");
        assertThat(amountsOf("price")).containsExactly("1088.0");
    }

    @Test
    void an_amount_that_is_a_thousand_or_a_decimal_is_rejected_where_nothing_shows() {
        refused(
                costing("1,088 -1,088"),
                "Cost is \"1,088\", whose comma may separate thousands or decimals; use amounts such as 1088.00");
        assertThat(amountsOf("1,088 24")).containsExactly("24.0");
        assertThat(amountsOf("1,088 12,5 12.5"))
                .as("no single language writes so")
                .containsExactly("12.5", "12.5");
    }

    private static BillText unreadable() {
        return mca().row("costInBillingCurrency", "1")
                .row("date", "31/31/2026", "costInBillingCurrency", "1")
                .row("costInBillingCurrency", "n/a");
    }

    @Test
    void a_row_without_a_readable_day_or_cost_is_rejected_and_named() {
        assertThat(store.locked()
                        .select("SELECT record, problem FROM rejects WHERE file = '" + cases.file("unreadable")
                                + "' ORDER BY record")
                        .rows())
                .containsExactly(List.of(3L, "Date is \"31/31/2026\""), List.of(4L, "Cost is \"n/a\""));
        assertThat(BillSums.one(
                        store,
                        "SELECT string_agg(rejected_rows) FROM files WHERE file = '" + cases.file("unreadable") + "'"))
                .isEqualTo("2");
    }
}
