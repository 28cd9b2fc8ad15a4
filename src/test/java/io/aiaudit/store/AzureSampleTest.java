package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real Azure cost details, summed a second time by Python. */
@Outside
class AzureSampleTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private static void sumsAreThoseOfPython(TestStore store, Path... files) {
        Map<String, Map<String, String>> expected = BillSums.python("sum_azure.py", files);
        assertThat(BillSums.loaded(store, "provider")).isEqualTo(expected.get("provider"));
        assertThat(BillSums.loaded(store, "ServiceName")).isEqualTo(expected.get("service"));
        assertThat(BillSums.loaded(store, "component")).isEqualTo(expected.get("component"));
        assertThat(BillSums.loaded(store, "SubAccountId")).isEqualTo(expected.get("account"));
        assertThat(BillSums.one(store, "SELECT count(*) FROM rejects")).isEqualTo("0");
    }

    @Test
    void an_export_of_actual_cost() {
        Path actual = Needs.data("focus/azure_EA_ActualCost_Small.csv");
        try (TestStore store = TestStore.ofBills(folder, actual)) {
            sumsAreThoseOfPython(store, actual);
            assertThat(BillSums.one(store, "SELECT rows FROM files")).isEqualTo("11");
            assertThat(store.scan().warnings()).isEmpty();
        }
    }

    @Test
    void an_export_of_amortized_cost() {
        Path amortized = Needs.data("focus/azure_EA_AmortizedCost_Small.csv");
        try (TestStore store = TestStore.ofBills(folder, amortized)) {
            sumsAreThoseOfPython(store, amortized);
            assertThat(BillSums.one(store, "SELECT rows FROM files")).isEqualTo("28");
            assertThat(BillSums.loaded(store, "CommitmentDiscountType || ' ' || CommitmentDiscountStatus"))
                    .containsEntry("Reservation Used", "0.000000 0.493152")
                    .containsEntry("Savings Plan Used", "0.000000 0.006000");
            assertThat(store.scan().warnings()).isEmpty();
        }
    }

    /**
     * Ten of the eleven actual rows stand in the amortized file, too; the eleventh pays for a reservation that none of
     * its rows used.
     */
    @Test
    void both_together_are_reported_and_counted_once() {
        Path actual = Needs.data("focus/azure_EA_ActualCost_Small.csv");
        Path amortized = Needs.data("focus/azure_EA_AmortizedCost_Small.csv");
        try (TestStore store = TestStore.ofBills(folder, actual, amortized)) {
            Map<String, Map<String, String>> once = BillSums.python("sum_azure.py", amortized);
            Map<String, String> loaded = BillSums.loaded(store, "component");
            assertThat(loaded.get("commitment")).isEqualTo("3.250000 3.250000");
            loaded.remove("commitment");
            assertThat(loaded).isEqualTo(once.get("component"));
            assertThat(BillSums.one(store, "SELECT sum(rows) FROM bill_rows")).isEqualTo("29");
            assertThat(store.scan().warnings())
                    .singleElement()
                    .asString()
                    .startsWith(
                            actual + " (actual cost) and " + amortized + " (amortized cost) are the same Azure bill");
        }
    }

    /** The lines of two interfaces that give no file, in the columns of a pay-as-you-go export. */
    private Path payAsYouGo() throws IOException {
        BillText bill = new BillText("Currency", "USD");
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (Reader reader = new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Needs.data("optscale_demo/azure_usage_lines.csv.gz"))),
                StandardCharsets.UTF_8)) {
            for (CSVRecord line : format.parse(reader)) {
                JsonNode meter = JSON.readTree(line.get("meter_details"));
                String day = line.get("date").isEmpty() ? line.get("usage_start_time") : line.get("date");
                bill.row(
                        "SubscriptionGuid", line.get("subscription_id"),
                        "UsageDateTime", day.substring(0, 10),
                        "MeterCategory", meter.path("meter_category").asText(),
                        "MeterSubcategory", meter.path("meter_sub_category").asText(),
                        "MeterId", line.get("meter_id"),
                        "MeterName", meter.path("meter_name").asText(),
                        "UsageQuantity", line.get("usage_quantity"),
                        "PreTaxCost", line.get("cost"),
                        "InstanceId", line.get("resource_id"),
                        "ResourceLocation", line.get("resource_location"),
                        "AdditionalInfo", line.get("additional_properties"),
                        "Tags", line.get("tags"),
                        "UnitOfMeasure",
                                meter.has("unit")
                                        ? meter.path("unit").asText()
                                        : meter.path("unit_of_measure").asText());
            }
        }
        return bill.csv(folder, "usage.csv");
    }

    @Test
    void a_pay_as_you_go_export() throws IOException {
        Path bill = payAsYouGo();
        try (TestStore store = TestStore.ofBills(folder, bill)) {
            sumsAreThoseOfPython(store, bill);
            assertThat(BillSums.one(store, "SELECT rows FROM files")).isEqualTo("413");
            assertThat(BillSums.one(
                            store,
                            "SELECT kind || ' ' || machine_type || ' ' || region || ' ' || tags['purpose'] FROM "
                                    + "resources"
                                    + " WHERE resource_id LIKE '%aqa-westus2-underutilized-instance'"))
                    .isEqualTo("instance Standard_A2_v2 westus2 testing");
        }
    }
}
