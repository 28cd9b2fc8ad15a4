package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.Window;
import io.aiaudit.testing.Slow;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Rows of a Cloud Billing export in the shape that Google documents. Cases whose warnings or bounds are looked at have
 * stores of their own.
 */
@Slow
class GcpTest {
    private static final String MACHINE = "//compute.googleapis.com/projects/123/zones/us-central1-a/instances/9";
    private static final String ON_MACHINE = "\"resource\":{\"global_name\":\"" + MACHINE + "\"}";
    private static final String HOUR = "\"usage\":{\"amount\":3600,\"unit\":\"seconds\","
            + "\"amount_in_pricing_units\":1,\"pricing_unit\":\"hour\"}";
    private static final String FEE = row(
                    "9",
                    "[" + credit("FEE_UTILIZATION_OFFSET", "-7.2") + "]",
                    "\"subscription\":{\"instance_id\":\"sub-1\"}",
                    "\"sku\":{\"id\":\"F\",\"description\":\"Commitment - dollar based v1: GCE for 1 year\"}")
            .replace("2026-06-01", "2026-06-02");

    private static final String ACCOUNT = "01AB23-CD45EF-678901";
    private static final String MODEL = "\"consumption_model\":{\"id\":\"7754\",\"description\":\"Default\"}";

    @TempDir
    private static Path folder;

    private static FilesApart cases;
    private static TestStore store;

    @BeforeAll
    static void load() {
        cases = new FilesApart(folder, ACCOUNT, "\"other", MACHINE, "sub-1");
        add("credits", credits());
        add("withoutUnit", withoutUnit());
        for (Charset charset : CHARSETS) {
            String text = "\uFEFF" + row("1", "[]") + "\r\n" + row("2", "[]") + "\r\n{broken\r\n";
            cases.add(charset.name(), "jsonl", charset, text);
        }
        add("oldCredits", oldCredits());
        FEES_OF_SPEND.forEach(sku -> add(sku, spend(sku)));
        addFees();
        add("taxAndGoodwill", taxAndGoodwill());
        add("exportedLater", exportedLater());
        add("broken", broken());
        add("leftOut", leftOut());
        store = cases.store();
    }

    private static void add(String name, String... lines) {
        cases.addJsonLines(name, String.join("\n", lines));
    }

    @AfterAll
    static void close() {
        store.close();
    }

    private static Map<String, String> loaded(String name, String key) {
        return BillSums.loaded(store, key, cases.charges(name));
    }

    private static String row(String cost, String credits, String... more) {
        StringBuilder text =
                new StringBuilder("{\"billing_account_id\":\"" + ACCOUNT + "\",\"service\":{\"id\":\"6F81-5844-456A\","
                        + "\"description\":\"Compute Engine\"},"
                        + "\"usage_start_time\":\"2026-06-01 00:00:00 UTC\",\"usage_end_time\":\"2026-06-01 01:00:00 "
                        + "UTC\",\"project\":{\"id\":\"prod\",\"labels\":[]},"
                        + "\"location\":{\"region\":\"us-central1\"},\"currency\":\"USD\",\"cost\":" + cost
                        + ",\"credits\":" + credits);
        if (List.of(more).stream().noneMatch(part -> part.contains("\"sku\""))) {
            text.append(",\"sku\":{\"id\":\"A\",\"description\":\"A2 Instance Core running in Americas\"}");
        }
        for (String part : more) {
            text.append(',').append(part);
        }
        return text.append('}').toString();
    }

    private static String credit(String type, String amount) {
        return "{\"id\":\"c\",\"name\":\"some credit\",\"type\":\"" + type + "\",\"amount\":" + amount + "}";
    }

    private TestStore store(String... lines) {
        return TestStore.ofBills(folder, TestStore.file(folder, "export.jsonl", lines));
    }

    private static String[] credits() {
        String credits = "[" + credit("SUSTAINED_USAGE_DISCOUNT", "-1") + "," + credit("COMMITTED_USAGE_DISCOUNT", "-2")
                + "," + credit("FREE_TIER", "-0.5") + "," + credit("RESELLER_MARGIN", "-0.25") + ","
                + credit("DISCOUNT", "-0.125") + "," + credit("PROMOTION", "-3") + "]";
        return new String[] {row("20", credits)};
    }

    @Test
    void credits_for_the_price_are_netted_and_promotions_stand_apart_and_the_cost_counts_once() {
        assertThat(loaded("credits", "charge_kind"))
                .containsExactly(
                        Map.entry("cost", "16.125000 16.125000"),
                        Map.entry("promotional_credit", "-3.000000 0.000000"));
        assertThat(BillSums.one(store, "SELECT rows FROM bill_rows WHERE file = '" + cases.file("credits") + "'"))
                .isEqualTo("1");
    }

    private static String[] withoutUnit() {
        String run = "\"sku\":{\"id\":\"G\",\"description\":\"NVIDIA L4 GPU Min Instance in us-central1\"}";
        return new String[] {
            row("20", "[]", run, "\"usage\":{\"amount\":3600,\"unit\":\"seconds\"}"),
            row(
                    "3",
                    "[]",
                    run,
                    "\"usage\":{\"amount\":7200,\"unit\":\"seconds\","
                            + "\"amount_in_pricing_units\":2,\"pricing_unit\":\"hour\"}")
        };
    }

    @Test
    void without_the_unit_of_the_price_the_measured_one_says_what_a_charge_pays_for() {
        assertThat(loaded("withoutUnit", "component || ' ' || ConsumedQuantity::INTEGER || ' ' || ConsumedUnit"))
                .containsExactly(
                        Map.entry("time 2 hour", "3.000000 3.000000"),
                        Map.entry("time 3600 seconds", "20.000000 20.000000"));
    }

    /** Google corrects a month when it is long over; the correction has the times of what it corrects. */
    @Test
    void the_correction_of_an_earlier_month_does_not_say_how_far_the_bill_goes() {
        String correction = row(
                        "-3",
                        "[]",
                        "\"cost_type\":\"adjustment\"",
                        "\"adjustment_info\":{\"type\":\"PRICE_CORRECTION\"}")
                .replace("2026-06-01", "2026-03-01");
        String lastDay = row("5", "[]").replace("2026-06-01", "2026-06-10");
        try (TestStore store = store(row("10", "[]"), lastDay, correction)) {
            assertThat(BillSums.one(store, "SELECT sum(cost)::DOUBLE FROM charges"))
                    .isEqualTo("12.0");
            assertThat(store.scan().billPeriods())
                    .containsEntry(
                            "gcp",
                            new Window(Instant.parse("2026-06-01T00:00:00Z"), Instant.parse("2026-06-10T01:00:00Z")));
        }
    }

    @Test
    void a_correction_of_what_the_bill_lacks_is_in_the_cost_of_the_window_and_does_not_come_back() {
        String correction = row(
                        "-3",
                        "[]",
                        "\"cost_type\":\"adjustment\"",
                        "\"adjustment_info\":{\"type\":\"USAGE_CORRECTION\"}")
                .replace("2026-06-01", "2026-06-02");
        try (TestStore store = store(row("10", "[]"), correction)) {
            assertThat(store.scan().leafCosts(TestStore.JUNE)).singleElement().satisfies(leaf -> {
                assertThat(leaf.inWindow()).isEqualByComparingTo("7");
                assertThat(leaf.withoutOneOffs().inWindow()).isEqualByComparingTo("10");
            });
        }
    }

    private static final List<Charset> CHARSETS =
            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

    /** PowerShell writes both. */
    @ParameterizedTest
    @FieldSource("CHARSETS")
    void a_byte_order_mark_before_json_lines_loses_no_row(Charset charset) {
        assertThat(BillSums.one(
                        store, "SELECT sum(cost)::DOUBLE || ' ' || count(*) FROM " + cases.charges(charset.name())))
                .isEqualTo("3.0 2");
        assertThat(store.locked()
                        .select("SELECT record, line, problem FROM rejects WHERE file = '" + cases.file(charset.name())
                                + "'")
                        .rows())
                .containsExactly(List.of(3L, 3L, "the line is not a JSON object"));
        assertThat(folder.resolve("spill")).isEmptyDirectory();
    }

    private static String[] oldCredits() {
        String credits = "[{\"name\":\"Sustained Usage Discount\",\"amount\":-1},{\"name\":\"Free trial "
                + "credit\",\"amount\":-4}]";
        return new String[] {row("20", credits)};
    }

    @Test
    void credits_of_old_exports_have_a_name_and_no_type() {
        assertThat(loaded("oldCredits", "charge_kind"))
                .containsExactly(
                        Map.entry("cost", "19.000000 19.000000"),
                        Map.entry("promotional_credit", "-4.000000 0.000000"));
    }

    /** Resource-based commitments: usage is credited in full, the fee is a line of its own. */
    @Test
    void a_commitment_of_resources_costs_its_fee() {
        try (TestStore store = store(
                row(
                        "10",
                        "[" + credit("COMMITTED_USAGE_DISCOUNT", "-10") + "]",
                        "\"resource\":{\"global_name\":\"" + MACHINE + "\"}"),
                row(
                        "6.3",
                        "[]",
                        "\"sku\":{\"id\":\"F\",\"description\":\"Commitment v1: A2 Cpu in Americas for 1 Year\"}"))) {
            assertThat(BillSums.loaded(store, "component"))
                    .containsExactly(
                            Map.entry("commitment", "6.300000 6.300000"), Map.entry("time", "0.000000 0.000000"));
            assertThat(store.scan().warnings())
                    .containsExactly(
                            "gcp: 1 row of 1 resource is covered by committed use discounts, whose cost is in the"
                                    + " commitment fees. Stopping the covered resources shows no saving here.");
        }
    }

    private static final List<String> FEES_OF_SPEND = List.of(
            "Commitment - dollar based v1: GCE for 1 year",
            "Compute Flexible Committed Use Discounts - 1 Year",
            "A name that Google gives it next year");

    private static String[] spend(String sku) {
        return new String[] {
            row(
                    "7.2",
                    "[]",
                    "\"consumption_model\":{\"id\":\"7754\",\"description\":\"Compute Flexible CUDs - 1 Year\"}",
                    "\"cost_at_list\":10",
                    "\"resource\":{\"global_name\":\"" + MACHINE + "\"}"),
            row(
                    "9",
                    "[" + credit("FEE_UTILIZATION_OFFSET", "-7.2") + "]",
                    "\"subscription\":{\"instance_id\":\"sub-1\"}",
                    "\"sku\":{\"id\":\"F\",\"description\":\"" + sku + "\"}")
        };
    }

    /**
     * Spend-based commitments since 2025: usage has its discounted price, and the fee is given back as far as it was
     * used.
     */
    @ParameterizedTest
    @FieldSource("FEES_OF_SPEND")
    void a_commitment_of_spend_costs_what_is_used_at_its_price_and_the_rest_of_its_fee(String sku) {
        assertThat(loaded(sku, "component || ' ' || CommitmentDiscountStatus"))
                .containsExactly(
                        Map.entry("commitment Unused", "1.800000 1.800000"),
                        Map.entry("time Used", "7.200000 7.200000"));
        assertThat(BillSums.one(
                        store, "SELECT purchase FROM resources WHERE resource_id = '" + cases.own(sku, MACHINE) + "'"))
                .isEqualTo("committed");
        assertThat(BillSums.one(store, "SELECT sum(ListCost) FROM " + cases.charges(sku)))
                .isEqualTo("10");
    }

    private static String below(String day, String... more) {
        String[] parts = Stream.concat(Stream.of("\"cost_at_list\":10", HOUR, ON_MACHINE), Stream.of(more))
                .toArray(String[]::new);
        return row("7.2", "[]", parts).replace("2026-06-01", day);
    }

    @Test
    void usage_below_its_list_price_since_a_fee_may_be_covered_where_no_column_shows_it() {
        String full = row("10", "[]", "\"cost_at_list\":10", HOUR, ON_MACHINE).replace("2026-06-01", "2026-06-02");
        String spot = below("2026-06-02", "\"sku\":{\"id\":\"S\",\"description\":\"Spot Preemptible A2 Core\"}");
        String stored = below("2026-06-02").replace("\"hour\"", "\"gibibyte month\"");
        try (TestStore store =
                store(below("2026-06-01"), below("2026-06-02"), full, spot, stored, below("2026-06-03"), FEE)) {
            assertThat(BillSums.loaded(
                            store, "coalesce(CommitmentDiscountStatus, 'on demand') || ' ' || ChargePeriodStart::DATE"))
                    .containsExactly(
                            Map.entry("Unused 2026-06-02", "1.800000 1.800000"),
                            Map.entry("Used 2026-06-02", "7.200000 7.200000"),
                            Map.entry("Used 2026-06-03", "7.200000 7.200000"),
                            Map.entry("on demand 2026-06-01", "7.200000 7.200000"),
                            Map.entry("on demand 2026-06-02", "24.400000 24.400000"));
            assertThat(store.scan().warnings())
                    .containsExactly("gcp: 2 rows of 1 resource (14.40 USD) may be covered by a commitment: it cost"
                            + " less than its list price since the fee of a commitment is paid, and the column"
                            + " consumption_model, which shows that, is missing or empty. Savings on it are not"
                            + " counted.");
        }
    }

    @Test
    void the_fee_may_be_in_another_file_of_the_same_billing_account() {
        assertThat(statuses("usage, fee"))
                .containsExactly(
                        Map.entry("Unused 2026-06-02", "1.800000 1.800000"),
                        Map.entry("Used 2026-06-03", "7.200000 7.200000"),
                        Map.entry("on demand 2026-06-01", "7.200000 7.200000"),
                        Map.entry("on demand 2026-06-04", "7.200000 7.200000"));
        assertThat(statuses("usage, fee of another"))
                .containsExactly(
                        Map.entry("Unused 2026-06-02", "1.800000 1.800000"),
                        Map.entry("Used 2026-06-04", "7.200000 7.200000"),
                        Map.entry("on demand 2026-06-01", "7.200000 7.200000"),
                        Map.entry("on demand 2026-06-03", "7.200000 7.200000"));
        assertThat(statuses("usage, no fee"))
                .isNotEmpty()
                .allSatisfy((status, amounts) -> assertThat(status).startsWith("on demand"));
    }

    private static void addFees() {
        String other = below("2026-06-04").replace(ACCOUNT, "other");
        String usage = String.join("\n", below("2026-06-01"), below("2026-06-03"), other);
        cases.addJsonLines("usage, fee", usage, FEE);
        cases.addJsonLines("usage, fee of another", usage, FEE.replace(ACCOUNT, "other"));
        cases.addJsonLines("usage, no fee", usage, below("2026-06-05"));

        String unnamed = below("2026-06-03");
        String named = below("2026-06-04", MODEL);
        cases.addJsonLines("in one file", String.join("\n", unnamed, named, FEE));
        cases.addJsonLines("without, with", unnamed, named + "\n" + FEE);
        cases.addJsonLines("with, without", named + "\n" + FEE, unnamed);
        cases.addJsonLines("no fee", below("2026-06-02"));
    }

    private static Map<String, String> statuses(String name) {
        return loaded(name, "coalesce(CommitmentDiscountStatus, 'on demand') || ' ' || ChargePeriodStart::DATE");
    }

    @Test
    void usage_below_its_list_price_is_on_demand_without_a_fee_or_where_the_bill_has_the_column() {
        assertThat(loaded("no fee", "coalesce(CommitmentDiscountStatus, 'on demand')"))
                .containsExactly(Map.entry("on demand", "7.200000 7.200000"));
        Path named = TestStore.file(folder, "named.jsonl", below("2026-06-02", MODEL), FEE);
        try (TestStore store = TestStore.ofBills(folder, named)) {
            assertThat(BillSums.loaded(store, "coalesce(CommitmentDiscountStatus, 'on demand')"))
                    .containsExactly(
                            Map.entry("Unused", "1.800000 1.800000"), Map.entry("on demand", "7.200000 7.200000"));
            assertThat(store.scan().warnings()).isEmpty();
        }
    }

    @Test
    void whether_usage_below_its_list_price_may_be_covered_is_decided_row_by_row() {
        Map.Entry<String, String> unused = Map.entry("Unused 2026-06-02", "1.800000 1.800000");
        Map.Entry<String, String> unnamed = Map.entry("Used 2026-06-03", "7.200000 7.200000");
        Map.Entry<String, String> named = Map.entry("on demand 2026-06-04", "7.200000 7.200000");
        assertThat(statuses("in one file")).containsExactly(unused, unnamed, named);
        assertThat(statuses("without, with")).containsExactly(unused, unnamed, named);
        assertThat(statuses("with, without")).containsExactly(unused, unnamed, named);
    }

    private static String[] taxAndGoodwill() {
        return new String[] {
            row("10", "[]"),
            row("1.9", "[]", "\"cost_type\":\"tax\""),
            row("0.01", "[]", "\"cost_type\":\"rounding_error\""),
            row("-2", "[]", "\"cost_type\":\"adjustment\"", "\"adjustment_info\":{\"type\":\"GOODWILL\"}"),
            row(
                    "-3",
                    "[]",
                    "\"cost_type\":\"adjustment\"",
                    "\"adjustment_info\":{\"type\":\"USAGE_CORRECTION\",\"mode\":\"COMPLETE_NEGATION\"}")
        };
    }

    @Test
    void tax_goodwill_and_rounding() {
        assertThat(loaded("taxAndGoodwill", "charge_kind"))
                .containsExactly(
                        Map.entry("cost", "7.010000 7.010000"),
                        Map.entry("refund", "-2.000000 0.000000"),
                        Map.entry("tax", "1.900000 0.000000"));
    }

    private static String[] exportedLater() {
        return new String[] {
            row("10", "[]", "\"export_time\":\"2026-06-01 04:00:00 UTC\""),
            row("10", "[]", "\"export_time\":\"2026-06-01 09:00:00 UTC\""),
            row("-4", "[]", "\"export_time\":\"2026-06-03 09:00:00 UTC\"")
        };
    }

    @Test
    void what_was_exported_later_for_the_same_hour_is_added_and_not_taken_for_the_same() {
        assertThat(loaded("exportedLater", "provider")).containsExactly(Map.entry("gcp", "16.000000 16.000000"));
    }

    private static String[] broken() {
        return new String[] {
            row("10", "[]"),
            "",
            "{\"cost\": 1,",
            row("1", "[{\"amount\":\"much\"}]"),
            row("2", "\"none\""),
            row("3", "[]")
        };
    }

    @Test
    void a_broken_line_and_broken_credits_are_rejected_with_their_line() {
        assertThat(loaded("broken", "provider")).containsExactly(Map.entry("gcp", "13.000000 13.000000"));
        assertThat(store.locked()
                        .select("SELECT record, line, problem FROM rejects WHERE file = '" + cases.file("broken")
                                + "' ORDER BY record")
                        .rows())
                .containsExactly(
                        List.of(2L, 3L, "the line is not a JSON object"),
                        List.of(3L, 4L, "credits is \"[{\"amount\":\"much\"}]\""),
                        List.of(4L, 5L, "credits is \"none\""));
    }

    private static String[] leftOut() {
        return new String[] {
            row("10", "[]"), row("5", "[]", "\"resource\":{\"name\":\"x\",\"global_name\":\"" + MACHINE + "\"}")
        };
    }

    @Test
    void what_the_first_objects_leave_out_is_read_where_a_later_one_has_it() {
        assertThat(loaded("leftOut", "ResourceId"))
                .containsExactly(
                        Map.entry("-", "10.000000 10.000000"),
                        Map.entry(cases.own("leftOut", MACHINE), "5.000000 5.000000"));
    }

    /** How BigQuery wraps the elements of a repeated field in some Parquet files. */
    @Test
    void parquet_whose_repeated_fields_are_wrapped() {
        Path parquet = folder.resolve("wrapped.parquet");
        try (Sql sql = Sql.open("", new Properties())) {
            sql.execute(
                    "COPY (SELECT 20.5::DOUBLE AS cost, 'USD' AS currency, TIMESTAMP '2026-06-01' AS usage_start_time,"
                            + " {'id': 'x', 'description': 'Vertex AI'} AS service, {'description': 'Prediction'} AS "
                            + "sku,"
                            + " {'list': [{'element': {'type': 'FREE_TIER', 'name': 'n', 'amount': -0.25::DOUBLE}}, "
                            + "{'element': {'type': 'PROMOTION', 'name': 'n', 'amount': -1::DOUBLE}}]} AS "
                            + "credits, {'list': [{'element': {'key': 'team', 'value': 'chat'}}]} AS labels) TO "
                            + Sql.literal(parquet.toString()));
        }
        try (TestStore store = TestStore.ofBills(folder, parquet)) {
            assertThat(BillSums.loaded(store, "charge_kind"))
                    .containsExactly(
                            Map.entry("cost", "20.250000 20.250000"),
                            Map.entry("promotional_credit", "-1.000000 0.000000"));
            assertThat(BillSums.one(store, "SELECT max(Tags) FROM charges")).isEqualTo("{\"team\":\"chat\"}");
        }
    }

    @Test
    void one_array_for_all_rows_is_reported_with_how_to_become_lines() {
        Path file = TestStore.file(folder, "bill.json", "[" + row("1", "[]") + "]");
        assertThatThrownBy(() -> TestStore.ofBills(folder, file))
                .hasMessageContaining("is one JSON array, not an object a line")
                .hasMessageContaining("jq -c '.[]' bill.json > bill.jsonl");
    }

    @Test
    void an_export_whose_credits_were_left_out_is_reported_with_what_it_lacks() {
        Path file = new BillText(
                        "cost",
                        "1",
                        "currency",
                        "USD",
                        "usage_start_time",
                        "2026-06-01",
                        "service_description",
                        "x",
                        "sku_description",
                        "y")
                .row()
                .csv(folder, "bill.csv", ",", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> TestStore.ofBills(folder, file))
                .hasMessageContaining("not that of a Cloud Billing export of BigQuery")
                .hasMessageContaining("missing: credits");
    }
}
