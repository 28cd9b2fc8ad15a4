package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobContainerClient;
import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.testing.AzureServer;
import io.aiaudit.testing.AzureTenant;
import io.aiaudit.testing.Azurite;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bill of {@code aiaudit scan --source azure}: exports in an Azurite, queries of a server that plays Cost
 * Management.
 */
@Outside
class AzureBillTest {
    private static final String SEARCH = AzureTenant.SEARCH;
    private static final String EXPORTS = "/subscriptions/" + SEARCH + "/providers/Microsoft.CostManagement/exports";
    private static final String QUERY = "/subscriptions/" + SEARCH + "/providers/Microsoft.CostManagement/query";
    private static final String SEPTEMBER = "2024-09-01/2024-10-01";
    private static final String OLD = """
            BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,\
            ProviderName
            999,999,USD,2024-09-01T00:00:00Z,2024-09-02T00:00:00Z,Usage,Old,Microsoft
            """;

    @AutoClose
    private static AzureServer azure;

    @TempDir
    private Path folder;

    private AzureTenant tenant;

    @BeforeAll
    static void start() {
        azure = AzureServer.start();
    }

    @BeforeEach
    void fill() {
        azure.reset();
        tenant = new AzureTenant(azure);
        tenant.subscription(SEARCH, "search");
        export("focus-daily", "FocusCost");
    }

    private static void export(String name, String type) {
        azure.list(EXPORTS, """
                {"id": "subscriptions/%s/providers/Microsoft.CostManagement/exports/%s", "name": "%s", "properties": \
                {"definition": {"type": "%s", "timeframe": "MonthToDate"},
                 "deliveryInfo": {"destination": {"resourceId": \
                "/subscriptions/%s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/%s", "container": \
                "exports",
                "rootFolderPath": "costs"}}}}""".formatted(SEARCH, name, name, type, SEARCH, Azurite.ACCOUNT));
        azure.list(
                EXPORTS + "/" + name + "/runHistory",
                "{\"name\": \"run-good\", \"properties\": {\"status\": \"Completed\"}}",
                "{\"name\": \"run-failed\", \"properties\": {\"status\": \"Failed\"}}",
                "{\"name\": \"run-empty\", \"properties\": {\"status\": \"Completed\"}}");
    }

    private static void run(
            BlobContainerClient container, String run, String submitted, List<String> parts, byte[]... contents) {
        String path = "costs/focus-daily/20240901-20240930/" + submitted.replaceAll("[^0-9]", "") + "/" + run + "/";
        String blobList = IntStream.range(0, parts.size())
                .mapToObj(i ->
                        "{\"blobName\": \"" + path + parts.get(i) + "\", \"byteCount\": " + contents[i].length + "}")
                .collect(Collectors.joining(", "));
        for (int i = 0; i < parts.size(); i++) {
            Azurite.put(container, path + parts.get(i), contents[i]);
        }
        Azurite.put(container, path + "manifest.json", """
                {"manifestVersion": "2024-04-01", "exportConfig": {"exportName": "focus-daily", "type": "FocusCost"}, \
                "runInfo": {"runId": "%s", "submittedTime": "%s",
                 "startDate": "2024-09-01T00:00:00", "endDate": "2024-09-30T00:00:00"}, "blobs": [%s], "blobCount": \
                %s}""".formatted(
                        run, submitted, blobList, parts.isEmpty() ? "null" : parts.size())
                .getBytes(StandardCharsets.UTF_8));
    }

    /** What lies there after some days: an old run, the good one, one that failed and one without rows. */
    private static void fill(BlobContainerClient container, String part, byte[] content) {
        byte[] old = OLD.getBytes(StandardCharsets.UTF_8);
        run(container, "run-old", "2024-10-01T01:00:00Z", List.of("part_0_0001.csv"), old);
        run(container, "run-good", "2024-10-02T01:00:00Z", List.of(part), content);
        run(container, "run-failed", "2024-10-03T01:00:00Z", List.of("part_0_0001.csv"), old);
        run(container, "run-empty", "2024-10-04T01:00:00Z", List.of());
        Azurite.put(container, "costs/another/20240901-20240930/manifest.json", """
                {"exportConfig": {"exportName": "another"}, "runInfo": {"runId": "x", "submittedTime": \
                "2024-10-05T01:00:00Z", "startDate": "2024-09-01T00:00:00Z"}, "blobs": [{"blobName": \
                "costs/x.csv"}]}""".getBytes(StandardCharsets.UTF_8));
    }

    private byte[] sample(String form) throws Exception {
        Path gzip = Needs.data("focus/focus_sample_1000.csv.gz");
        if (form.equals("csv.gz")) {
            return Files.readAllBytes(gzip);
        }
        if (form.equals("csv")) {
            try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(gzip))) {
                return in.readAllBytes();
            }
        }
        Path parquet = folder.resolve("sample.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (FROM read_csv('" + gzip + "', all_varchar = true, nullstr = 'NULL')) TO '"
                    + parquet + "' (FORMAT parquet)");
        }
        return Files.readAllBytes(parquet);
    }

    private AzureRun scan(String blobTemplate, String... arguments) throws Exception {
        String endpoints = "blobs: \"" + blobTemplate + "\"";
        Path file = Files.writeString(
                folder.resolve("bill.yaml"),
                azure.configuration("").replace("endpoints: {", "endpoints: {" + endpoints + ", "));
        return AzureRun.command(
                file,
                Stream.concat(
                                Stream.of("scan", "--source", "azure", "--window", SEPTEMBER, "-f", "json"),
                                Arrays.stream(OneRule.with(arguments)))
                        .toArray(String[]::new));
    }

    private static BigDecimal cost(JsonNode audit, String provider) {
        return reported(audit, provider, "effective_cost");
    }

    private static BigDecimal reported(JsonNode audit, String provider, String key) {
        return AwsRun.each(audit.at("/bill/providers"))
                .filter(reported -> reported.get("provider").asText().equals(provider))
                .map(reported -> reported.get(key).decimalValue())
                .findFirst()
                .orElseThrow(() -> new AssertionError(audit.get("bill")));
    }

    private static void assertIsTheSample(AzureRun run) throws Exception {
        JsonNode audit = run.audit();
        assertThat(run.err())
                .contains(
                        "The bill of azure is the export focus-daily in devstoreaccount1/exports/costs/focus-daily, 1 "
                                + "file.");
        assertThat(cost(audit, "azure").setScale(4, RoundingMode.HALF_EVEN)).isEqualByComparingTo("1.9765");
        assertThat(reported(audit, "aws", "billed_cost").setScale(4, RoundingMode.HALF_EVEN))
                .isEqualByComparingTo("18.0066");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "csv.gz", "parquet"})
    void the_newest_run_that_is_whole_is_the_bill(String form) throws Exception {
        byte[] content = sample(form);
        Azurite azurite = Azurite.withKey();
        try {
            fill(azurite.container("exports"), "part_0_0001." + form, content);
            System.setProperty("AZURE_STORAGE_KEY", Azurite.KEY);
            AzureRun run = scan(azurite.template());
            assertIsTheSample(run);
            assertThat(AzureRun.requests(run.audit(), "Blob.GetBlob")).isEqualTo(6);
        } finally {
            System.clearProperty("AZURE_STORAGE_KEY");
        }
    }

    @Test
    void an_export_is_read_with_a_token_over_https() throws Exception {
        byte[] content = sample("csv.gz");
        Azurite azurite = Azurite.withToken();
        fill(azurite.container("exports"), "part_0_0001.csv.gz", content);
        assertIsTheSample(scan(azurite.template()));
    }

    @Test
    void an_export_that_is_named_is_read_once_for_all_subscriptions() throws Exception {
        tenant.subscription(AzureTenant.SHOP, "shop");
        String account = "/providers/Microsoft.Billing/billingAccounts/123";
        azure.respond(account + "/providers/Microsoft.CostManagement/exports/focus-daily", """
                {"id": "%s/providers/Microsoft.CostManagement/exports/focus-daily", "name": "focus-daily", \
                "properties": {"definition": {"type": "FocusCost"},
                 "deliveryInfo": {"destination": {"resourceId": "/x/storageAccounts/%s", "container": "exports", \
                "rootFolderPath": "/costs/"}}}}""".formatted(
                        account, Azurite.ACCOUNT));
        azure.list(
                account + "/providers/Microsoft.CostManagement/exports/focus-daily/runHistory",
                "{\"name\": \"run-failed\", \"properties\": {\"status\": \"Failed\"}}");
        byte[] content = sample("csv.gz");
        Azurite azurite = Azurite.withKey();
        try {
            fill(azurite.container("exports"), "part_0_0001.csv.gz", content);
            System.setProperty("AZURE_STORAGE_KEY", Azurite.KEY);
            Path file = Files.writeString(
                    folder.resolve("bill.yaml"),
                    azure.configuration("  export: " + account + "/exports/focus-daily\n")
                            .replace("endpoints: {", "endpoints: {blobs: \"" + azurite.template() + "\", "));
            AzureRun run = AzureRun.command(file, "scan", "--source", "azure", "--window", SEPTEMBER, "-f", "json");
            assertThat(cost(run.audit(), "azure").setScale(4, RoundingMode.HALF_EVEN))
                    .isEqualByComparingTo("1.9765");
            assertThat(AzureRun.requests(run.audit(), "Blob.ListBlobs")).isEqualTo(1);
        } finally {
            System.clearProperty("AZURE_STORAGE_KEY");
        }
    }

    @Test
    void a_part_that_is_missing_is_a_gap() throws Exception {
        Azurite azurite = Azurite.withKey();
        try {
            BlobContainerClient container = azurite.container("exports");
            byte[] one = OLD.getBytes(StandardCharsets.UTF_8);
            run(container, "run-good", "2024-10-02T01:00:00Z", List.of("part_0_0001.csv", "part_1_0001.csv"), one, one);
            container
                    .getBlobClient("costs/focus-daily/20240901-20240930/20241002010000/run-good/part_1_0001.csv")
                    .delete();
            System.setProperty("AZURE_STORAGE_KEY", Azurite.KEY);
            AzureRun run = scan(azurite.template());
            assertThat(run.exitCode()).isEqualTo(4);
            assertThat(run.err()).contains("part_1_0001.csv: the part is missing, though");
        } finally {
            System.clearProperty("AZURE_STORAGE_KEY");
        }
    }

    @Test
    void an_export_that_is_empty_is_not_a_bill_of_nothing() throws Exception {
        query("""
                {"properties": {"nextLink": null, "columns": [{"name": "Cost"}, {"name": "UsageDate"}, {"name": \
                "ResourceId"}, {"name": "Meter"}, {"name": "Currency"}],
                 "rows": [[7.5, 20240903, "%s", "NC24ads A100 v4", \
                "USD"]]}}""".formatted(AzureTenant.machineId(SEARCH, "vm").toLowerCase(Locale.ROOT)));
        Azurite azurite = Azurite.withKey();
        try {
            run(azurite.container("exports"), "run-empty", "2024-10-04T01:00:00Z", List.of());
            System.setProperty("AZURE_STORAGE_KEY", Azurite.KEY);
            AzureRun run = scan(azurite.template());
            assertThat(run.err())
                    .contains(
                            "comes from queries of Cost Management",
                            "the export focus-daily has no complete data of the window");
            assertThat(cost(run.audit(), "azure")).isEqualByComparingTo("7.5");
        } finally {
            System.clearProperty("AZURE_STORAGE_KEY");
        }
    }

    @Test
    void an_empty_parquet_export_and_no_queried_cost_are_no_bill_at_all() throws Exception {
        azure.stub(post(urlPathEqualTo(QUERY)).willReturn(aResponse().withStatus(204)));
        Path parquet = folder.resolve("empty.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (SELECT '1' AS BilledCost, 'x' AS ServiceName LIMIT 0) TO '" + parquet
                    + "' (FORMAT parquet)");
        }
        Azurite azurite = Azurite.withKey();
        try {
            run(
                    azurite.container("exports"),
                    "run-good",
                    "2024-10-04T01:00:00Z",
                    List.of("part_0_0001.parquet"),
                    Files.readAllBytes(parquet));
            System.setProperty("AZURE_STORAGE_KEY", Azurite.KEY);
            AzureRun run = scan(azurite.template());
            assertThat(run.err()).contains("there are no rows in its newest run", "run-good/manifest.json");
            assertThat(run.audit().at("/bill/providers")).isEmpty();
            assertThat(run.audit().at("/totals/monthly_cost").isNumber())
                    .as("nothing is known, which is not $0.00")
                    .isFalse();
        } finally {
            System.clearProperty("AZURE_STORAGE_KEY");
        }
    }

    private static void query(String answer) {
        azure.stub(post(urlPathEqualTo(QUERY)).willReturn(okJson(answer)));
    }

    @Test
    void queries_are_read_by_the_names_of_their_columns_page_by_page_and_waited_for() throws Exception {
        azure.list(EXPORTS);
        String machine = AzureTenant.machineId(SEARCH, "vm").toLowerCase(Locale.ROOT);
        azure.stub(post(urlPathEqualTo(QUERY))
                .inScenario("limit")
                .whenScenarioStateIs("Started")
                .willSetStateTo("free")
                .willReturn(aResponse()
                        .withStatus(429)
                        .withHeader("x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after", "1")));
        azure.stub(post(urlPathEqualTo(QUERY))
                .inScenario("limit")
                .whenScenarioStateIs("free")
                .withRequestBody(containing("AmortizedCost"))
                .willReturn(okJson("""
                        {"properties": {"nextLink": "%s%s?api-version=2025-03-01&$skiptoken=two", "columns": [{"name": \
                        "PreTaxCost", "type": "Number"}, {"name": "ResourceId"},
                         {"name": "UsageDate", "type": "Number"}, {"name": "Meter"}, {"name": "Currency"}], "rows": \
                        [[1.5E-05, "%s", 20240903, "NC24ads A100 v4", "EUR"],
                         [-0.149, "", 20240904, "Credit", "EUR"]]}}""".formatted(azure.url(), QUERY, machine))));
        azure.stub(post(urlPathEqualTo(QUERY))
                .withQueryParam("$skiptoken", equalTo("two"))
                .atPriority(1)
                .withRequestBody(containing("AmortizedCost"))
                .willReturn(okJson("""
                        {"properties": {"columns": [{"name": "UsageDate"}, {"name": "Currency"}, {"name": "Meter"}, \
                        {"name": "Cost"}, {"name": "ResourceId"}],
                         "rows": [[20240905, "EUR", "NC24ads A100 v4", 12, "%s"]]}}""".formatted(machine))));
        AzureRun run = scan("http://127.0.0.1:9/{account}");
        JsonNode audit = run.audit();
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(cost(audit, "azure")).isEqualByComparingTo("11.851015");
        assertThat(audit.get("currency").asText()).isEqualTo("EUR");
        assertThat(AzureRun.requests(
                        audit, "POST:/subscriptions/{subscription}/providers/Microsoft.CostManagement/query"))
                .isEqualTo(3);
    }

    /** Of $3.50 and $1, and what is in the totals of other rows: whatever can be known. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[null, 20240905, 'EUR', 'm', 'a'] | BilledCost is empty",
                "['much', 20240905, 'EUR', 'm', 'a'] | BilledCost is \"much\"",
                "[12, 20240905, null, 'm', 'a'] | BillingCurrency is empty",
                "[12] | BillingCurrency is empty",
                "[] | BillingCurrency is empty",
            })
    void a_row_that_cannot_be_read_costs_itself_only(String row, String reason) throws Exception {
        AzureRun run = scanRows(row);
        assertThat(cost(run.audit(), "azure")).as(run::err).isEqualByComparingTo("4.5");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .containsPattern(": " + reason + "[.]( It is of a[.])? 1 of 3 rows is not in the totals[.]");
    }

    /** The sum shows of each that it counts. */
    @Test
    void rows_whose_day_meter_or_resource_cannot_be_read_count() throws Exception {
        AzureRun run = scanRows("""
                [12, 20240905, 'EUR', 'm', 'a'], [24, null, 'EUR', 'm', 'a'], [48, 'soon', 'EUR', 'm', 'a'], \
                [96, 20241305, 'EUR', 'm', 'a'], [192, 20240905, 'EUR', null, null]""");
        assertThat(cost(run.audit(), "azure")).as(run::err).isEqualByComparingTo("376.5");
        assertThat(run.exitCode()).isZero();
    }

    /** These between two that can be read. */
    private AzureRun scanRows(String rows) throws Exception {
        azure.list(EXPORTS);
        query("""
                {"properties": {"columns": [{"name": "Cost"}, {"name": "UsageDate"}, {"name": "Currency"}, {"name": \
                "Meter"}, {"name": "ResourceId"}], "rows": [[3.5, 20240904, "EUR", "m", "a"], %s, \
                [1, "2024-09-06T00:00:00", "EUR", "m", "a"]]}}""".formatted(rows.replace('\'', '"')));
        return scan("http://127.0.0.1:9/{account}");
    }

    @Test
    void a_query_that_returns_only_the_last_day_is_repeated_for_the_sum() throws Exception {
        azure.list(EXPORTS);
        String rows = "\"rows\": [[3, %s\"a\", \"m\", \"USD\"], [4, %s\"b\", \"m\", \"USD\"]]";
        String columns =
                "{\"properties\": {\"columns\": [{\"name\": \"Cost\"}, %s{\"name\": \"ResourceId\"}, {\"name\": "
                        + "\"Meter\"}, {\"name\": \"Currency\"}], ";
        query(columns.formatted("{\"name\": \"UsageDate\"}, ") + rows.formatted("20240930, ", "20240930, ") + "}}");
        azure.stub(post(urlPathEqualTo(QUERY))
                .withRequestBody(containing("\"None\""))
                .atPriority(1)
                .willReturn(
                        okJson(columns.formatted("") + rows.formatted("", "").replace("[3,", "[93,") + "}}")));
        assertThat(cost(scan("http://127.0.0.1:9/{account}").audit(), "azure")).isEqualByComparingTo("97");
    }

    @Test
    void no_costs_are_no_file_and_reported() throws Exception {
        azure.list(EXPORTS);
        azure.stub(post(urlPathEqualTo(QUERY)).willReturn(aResponse().withStatus(204)));
        AzureRun run = scan("http://127.0.0.1:9/{account}");
        assertThat(run.err()).contains("Cost Management has no costs of the subscription " + SEARCH);
    }

    @Test
    void a_bill_in_a_file_counts_before_azures() throws Exception {
        Path bill = Files.writeString(folder.resolve("bill.csv"), OLD);
        AzureRun run = scan("http://127.0.0.1:9/{account}", "--billing", bill.toString());
        assertThat(cost(run.audit(), "azure")).isEqualByComparingTo("999");
        assertThat(AzureRun.requests(run.audit(), "GET:/{scope*}/providers/Microsoft.CostManagement/exports"))
                .isZero();
    }

    @Test
    void costs_that_may_not_be_read_are_a_gap() throws Exception {
        azure.refuse(EXPORTS, 403, "AuthorizationFailed", "no");
        azure.refuse(QUERY, 403, "AuthorizationFailed", "no");
        AzureRun run = scan("http://127.0.0.1:9/{account}");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("all bill: access denied for Microsoft.CostManagement/query/read.");
    }
}
