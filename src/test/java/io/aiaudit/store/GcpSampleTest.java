package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real lines of a Cloud Billing export, in each of the forms that BigQuery writes, summed a second time by Python. */
@Outside
class GcpSampleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The sample has times as seconds before the day of its export. */
    private static final Instant EXPORTED = Instant.parse("2024-08-05T00:00:00Z");

    @TempDir
    private Path folder;

    private Path lines() throws IOException {
        Path file = folder.resolve("export-000000000000.json");
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (Reader reader = new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(Needs.data("optscale_demo/gcp_billing_lines.csv.gz"))),
                        StandardCharsets.UTF_8);
                Writer writer = Files.newBufferedWriter(file)) {
            for (CSVRecord line : format.parse(reader)) {
                writer.write(JSON.writeValueAsString(object(line)));
                writer.write("\n");
            }
        }
        return file;
    }

    private static ObjectNode object(CSVRecord line) throws IOException {
        ObjectNode row = JSON.createObjectNode();
        row.put("billing_account_id", "01AB23-CD45EF-678901");
        row.putObject("service").put("description", line.get("service"));
        row.putObject("sku").put("id", line.get("sku_id")).put("description", line.get("sku"));
        row.put("usage_start_time", time(line.get("start_date_offset")));
        row.put("usage_end_time", time(line.get("end_date_offset")));
        row.set("labels", labels(line.get("tags")));
        row.set("system_labels", labels(line.get("system_tags")));
        row.putObject("location").put("region", line.get("region"));
        row.put("cost", new BigDecimal(line.get("original_cost")));
        row.put("currency", line.get("currency"));
        row.putObject("usage")
                .put("amount", new BigDecimal(line.get("usage_amount")))
                .put("unit", line.get("usage_unit"))
                .put("amount_in_pricing_units", new BigDecimal(line.get("usage_amount_in_pricing_units")))
                .put("pricing_unit", line.get("usage_pricing_unit"));
        row.set("credits", JSON.readTree(line.get("credits")));
        row.put("cost_type", line.get("cost_type"));
        if (!line.get("resource_hash").isEmpty()) {
            row.putObject("resource")
                    .put("global_name", "//compute.googleapis.com/projects/1/zones/us-west1-a/instances/9");
        }
        return row;
    }

    private static String time(String secondsBefore) {
        return EXPORTED.minusSeconds(Long.parseLong(secondsBefore))
                .toString()
                .replace("T", " ")
                .replace("Z", " UTC");
    }

    private static ArrayNode labels(String object) throws IOException {
        ArrayNode labels = JSON.createArrayNode();
        JsonNode tags = JSON.readTree(object);
        tags.properties()
                .forEach(tag -> labels.addObject()
                        .put("key", tag.getKey())
                        .put("value", tag.getValue().asText()));
        return labels;
    }

    private void sumsAreThoseOf(Path lines, Path bill) {
        Map<String, Map<String, String>> expected = BillSums.python("sum_gcp.py", lines);
        try (TestStore store = TestStore.ofBills(folder, bill)) {
            assertThat(BillSums.loaded(store, "provider")).isEqualTo(expected.get("provider"));
            assertThat(BillSums.loaded(store, "ServiceName")).isEqualTo(expected.get("service"));
            assertThat(BillSums.loaded(store, "component")).isEqualTo(expected.get("component"));
            assertThat(BillSums.loaded(store, "SkuMeter")).isEqualTo(expected.get("sku"));
            assertThat(BillSums.one(store, "SELECT rows || ' ' || rejected_rows FROM files"))
                    .isEqualTo("11768 0");
            assertThat(store.scan().warnings()).isEmpty();
            assertThat(BillSums.one(
                            store,
                            "SELECT kind || ' ' || region || ' ' || machine_type || ' ' || tags['purpose'] FROM "
                                    + "resources"
                                    + " WHERE resource_id LIKE '//compute%'"))
                    .isEqualTo("instance us-west1 n1-standard-2 testing");
        }
    }

    @Test
    void json_lines() throws IOException {
        Path lines = lines();
        sumsAreThoseOf(lines, lines);
    }

    @Test
    void json_lines_in_gzip() throws IOException {
        Path lines = lines();
        Path packed = folder.resolve("export-000000000000.json.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(lines, out);
        }
        sumsAreThoseOf(lines, packed);
    }

    @Test
    void parquet_with_nested_columns() throws IOException {
        Path lines = lines();
        Path parquet = folder.resolve("export.parquet");
        try (Sql sql = Sql.open("", new Properties())) {
            sql.execute("SET TimeZone = 'UTC'");
            sql.execute("COPY (SELECT * REPLACE (usage_start_time::TIMESTAMPTZ AS usage_start_time)"
                    + " FROM read_json(" + Sql.literal(lines.toString()) + ", format = 'newline_delimited'))"
                    + " TO " + Sql.literal(parquet.toString()));
        }
        sumsAreThoseOf(lines, parquet);
    }

    @Test
    void csv_with_one_name_for_each_nested_field() throws IOException {
        Path lines = lines();
        Path csv = folder.resolve("export.csv");
        try (Sql sql = Sql.open("", new Properties())) {
            sql.execute("COPY (SELECT usage_start_time, usage_end_time, cost, currency, cost_type, to_json(credits) AS "
                    + "credits,"
                    + " to_json(labels) AS labels, to_json(system_labels) AS system_labels, "
                    + "service.description AS service_description,"
                    + " sku.description AS sku_description, location.region AS location_region, "
                    + "usage.pricing_unit AS usage_pricing_unit,"
                    + " resource.global_name AS resource_global_name FROM read_json("
                    + Sql.literal(lines.toString()) + ", format = 'newline_delimited')) TO "
                    + Sql.literal(csv.toString()));
        }
        sumsAreThoseOf(lines, csv);
    }
}
