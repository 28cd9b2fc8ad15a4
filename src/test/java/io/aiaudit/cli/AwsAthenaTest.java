package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.aws.AthenaScope;
import io.aiaudit.collect.aws.AwsCollector;
import io.aiaudit.collect.aws.AwsScope;
import io.aiaudit.model.Window;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.Outside;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An export that Athena adds up. S3, Glue's catalog and Athena's workgroup and states are moto's, which runs no query:
 * here DuckDB runs the very query that was sent, and moto hands out its rows. Results in two pages, workgroups that
 * keep results and refusals are answered in the shapes that AWS documents.
 */
@Outside
class AwsAthenaTest extends AwsTest {
    private static final String DATA = "exports/focus/data/BILLING_PERIOD=2026-06/";
    private static final List<String> HEADER = List.of(
            "BilledCost",
            "EffectiveCost",
            "BillingCurrency",
            "ChargePeriodStart",
            "ChargePeriodEnd",
            "ChargeCategory",
            "ServiceName",
            "ProviderName",
            "SubAccountId",
            "RegionId",
            "SkuMeter",
            "ResourceId",
            "Tags");
    private static final AthenaScope ANY_SIZE =
            new AthenaScope("primary", "s3://results/aiaudit/", null, BigDecimal.ZERO, BigDecimal.ONE);

    @BeforeEach
    void anExportOfTwoPartsAndATableOverIt() throws IOException {
        for (String bucket : List.of("bills", "results")) {
            s3().createBucket(request -> request.bucket(bucket));
        }
        put(DATA + "focus-00001.csv.gz", gzip(hours("i-0aaaaaaaaaaaaaaaa", "0.012345678901")));
        put(DATA + "focus-00002.csv.gz", gzip(hours("i-0bbbbbbbbbbbbbbbb", "1.1") + fee()));
        put(
                "exports/focus/metadata/BILLING_PERIOD=2026-06/focus-Manifest.json",
                ("{\"dataFiles\": [\"s3://bills/" + DATA + "focus-00001.csv.gz\", \"s3://bills/" + DATA
                                + "focus-00002.csv.gz\"]}")
                        .getBytes(StandardCharsets.UTF_8));
        table("billing", "elsewhere", "s3://bills/exports/other/data");
        table("finops", "focus", "s3://bills/exports/focus/data");
    }

    private static S3Client s3() {
        return aws.moto().client(S3Client.builder(), "us-east-1");
    }

    private static void put(String key, byte[] content) {
        s3().putObject(request -> request.bucket("bills").key(key), RequestBody.fromBytes(content));
    }

    private static byte[] gzip(String rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write((String.join(",", HEADER) + "\n" + rows).getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** Ten days by the hour. */
    private static String hours(String machine, String cost) {
        StringBuilder rows = new StringBuilder();
        for (int hour = 0; hour < 240; hour++) {
            String day = "2026-06-%02dT%02d:00:00Z";
            rows.append(String.join(
                            ",",
                            cost,
                            cost,
                            "USD",
                            day.formatted(1 + hour / 24, hour % 24),
                            day.formatted(1 + (hour + 1) / 24, (hour + 1) % 24),
                            "Usage",
                            "Amazon Elastic Compute Cloud",
                            "AWS",
                            "123456789012",
                            "us-east-1",
                            "BoxUsage:g5.xlarge",
                            machine,
                            "\"{\"\"team\"\": \"\"search\"\"}\""))
                    .append('\n');
        }
        return rows.toString();
    }

    private static String fee() {
        return "7.77,7.77,USD,2026-06-01T00:00:00Z,2026-07-01T00:00:00Z,Purchase,AWS Support,AWS,123456789012,,,,\n";
    }

    private static void table(String database, String name, String location) {
        GlueClient glue = aws.moto().client(GlueClient.builder(), "us-east-1");
        glue.createDatabase(request -> request.databaseInput(input -> input.name(database)));
        glue.createTable(request -> request.databaseName(database)
                .tableInput(table -> table.name(name)
                        .partitionKeys(Column.builder()
                                .name("billing_period")
                                .type("string")
                                .build())
                        .storageDescriptor(storage -> storage.location(location)
                                .columns(HEADER.stream()
                                        .map(column -> Column.builder()
                                                .name(column.toLowerCase(java.util.Locale.ROOT))
                                                .type("string")
                                                .build())
                                        .toList()))));
    }

    private AwsRun scan() throws IOException {
        return AwsRun.of(aws.address(), folder, """
                aws: {regions: [us-east-1], export: "s3://bills/exports/focus", athena: {workgroup: primary, output: \
                "s3://results/aiaudit/", above_gib: 0}}
                """, OneRule.with("--window", "2026-06-01/2026-07-01", "-f", "json"));
    }

    private static RequestPatternBuilder requested(String operation) {
        return postRequestedFor(anyUrl()).withHeader("X-Amz-Target", containing("." + operation));
    }

    private static String query() throws IOException {
        List<String> sent = aws.bodies(requested("StartQueryExecution"));
        return new ObjectMapper()
                .readTree(sent.get(sent.size() - 1))
                .get("QueryString")
                .asText();
    }

    /** Runs the query over the parts as they lie in S3, and gives moto its rows as Athena would. */
    private void answerWithWhatDuckDbSays(String sql) throws SQLException, IOException {
        ObjectNode results = new ObjectMapper().createObjectNode();
        ObjectNode result = results.putArray("results").addObject();
        ArrayNode rows = result.putArray("rows");
        result.putArray("column_info");
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement()) {
            statement.execute("CREATE SCHEMA finops");
            statement.execute("CREATE VIEW finops.focus AS SELECT *, 's3://bills/" + DATA
                    + "' || parse_filename(filename) AS \"$path\" FROM read_csv(" + parts()
                    + ", all_varchar = true, filename = true)");
            try (ResultSet found = statement.executeQuery(sql)) {
                int columns = found.getMetaData().getColumnCount();
                ArrayNode header = rows.addObject().putArray("Data");
                for (int i = 1; i <= columns; i++) {
                    header.addObject().put("VarCharValue", found.getMetaData().getColumnName(i));
                }
                while (found.next()) {
                    ArrayNode row = rows.addObject().putArray("Data");
                    for (int i = 1; i <= columns; i++) {
                        ObjectNode cell = row.addObject();
                        if (found.getObject(i) instanceof BigDecimal number) {
                            cell.put("VarCharValue", number.toPlainString());
                        } else if (found.getString(i) != null) {
                            cell.put("VarCharValue", found.getString(i));
                        }
                    }
                }
            }
        }
        aws.moto().post("/moto-api/static/athena/query-results", results.toString());
    }

    private String parts() throws IOException {
        StringBuilder list = new StringBuilder("[");
        for (String part : List.of("focus-00001.csv.gz", "focus-00002.csv.gz")) {
            Path file = folder.resolve(part);
            Files.write(
                    file,
                    s3().getObjectAsBytes(request -> request.bucket("bills").key(DATA + part))
                            .asByteArray());
            list.append(list.length() == 1 ? "'" : ", '").append(file).append('\'');
        }
        return list.append(']').toString();
    }

    private static JsonNode reported(AwsRun run, String pointer) throws IOException {
        return run.audit().at(pointer);
    }

    @Test
    void what_athena_adds_up_is_the_bill_that_would_be_downloaded_to_the_cent() throws Exception {
        aws.answer(AwsServer.target("GetQueryExecution"), AwsServer.json("""
                {"QueryExecution": {"QueryExecutionId": "q", "Status": {"State": "FAILED", "StateChangeReason": \
                "HIVE_BAD_DATA"}}}"""));
        AwsRun downloaded = scan();
        assertThat(downloaded.exitCode()).as(downloaded.err()).isZero();
        assertThat(reported(downloaded, "/warnings").toString())
                .contains("2 files, downloaded: Athena did not finish the query")
                .contains("FAILED, HIVE_BAD_DATA");
        String sql = query();
        aws.forget();
        answerWithWhatDuckDbSays(sql);
        AwsRun added = scan();
        assertThat(added.exitCode()).as(added.err()).isZero();
        assertThat(query()).isEqualTo(sql);
        assertThat(reported(added, "/warnings").toString())
                .contains("added up by days in Athena from the table finops.focus (workgroup primary): 481 rows became "
                        + "21");
        assertThat(reported(added, "/bill/providers/0/effective_cost").decimalValue())
                .as("240 x 0.012345678901 + 240 x 1.1 + 7.77")
                .isEqualByComparingTo("274.73296293624");
        for (String pointer : List.of("/bill/providers/0/effective_cost", "/bill/providers/0/billed_cost", "/spend")) {
            assertThat(reported(added, pointer)).as(pointer).isEqualTo(reported(downloaded, pointer));
        }
        for (String machine : List.of("i-0aaaaaaaaaaaaaaaa", "i-0bbbbbbbbbbbbbbbb")) {
            assertThat(resource(added, machine).get("monthly_cost"))
                    .as(machine)
                    .isEqualTo(resource(downloaded, machine).get("monthly_cost"));
            assertThat(resource(added, machine).get("tags"))
                    .isEqualTo(resource(downloaded, machine).get("tags"));
        }
        assertThat(reported(added, "/scan_cost/aws_usd").decimalValue())
                .as("ten million bytes at least, and a cent for anomaly monitors")
                .isEqualByComparingTo("0.01005");
        assertThat(reported(added, "/scan_cost/aws_requests_by_operation").has("Athena.GetQueryResults"))
                .isTrue();
    }

    private static JsonNode resource(AwsRun run, String id) throws IOException {
        return AwsRun.each(run.audit().get("resources"))
                .filter(resource -> resource.get("resource_id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The bill alone, without a scan around it. */
    private Gathered bill(AthenaScope athena, BigDecimal maxApiCost) {
        AwsScope scope = new AwsScope(
                false,
                List.of(),
                List.of("us-east-1"),
                AwsScope.DEFAULT_ROLE,
                null,
                "s3://bills/exports/focus",
                athena);
        Window window = Window.ofDays(LocalDate.of(2026, 6, 1), LocalDate.of(2026, 7, 1));
        return AwsRun.talkingTo(aws.address(), () -> {
            Gathered gathered = new Gathered();
            try (AwsCollector collector = new AwsCollector(scope, maxApiCost, folder)) {
                String account = collector.accounts(gap -> {}).get(0);
                collector.collect(
                        new Slice(account, "all", Slice.Dataset.BILLING, "bill"), window, kind -> List.of(), gathered);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return gathered;
        });
    }

    private void downloaded(AthenaScope athena, String because) {
        Gathered gathered = bill(athena, BigDecimal.ONE);
        assertThat(gathered.warnings).singleElement().asString().contains("2 files, downloaded: " + because);
        assertThat(gathered.files.get(0).files()).hasSize(2);
        assertThat(aws.bodies(requested("StartQueryExecution")))
                .as("nothing was requested")
                .isEmpty();
    }

    @Test
    void a_small_export_is_downloaded() {
        downloaded(
                new AthenaScope("primary", "s3://results/aiaudit/", null, BigDecimal.ONE, BigDecimal.TEN),
                "it has 0.00 GiB, and Athena is used above 1 (above_gib)");
    }

    @Test
    void nothing_is_written_to_a_bucket_that_the_user_did_not_name() {
        downloaded(
                new AthenaScope("primary", null, null, BigDecimal.ZERO, BigDecimal.ONE),
                "the workgroup primary has no managed query results, and no S3 location is set for them (output)");
        workgroup("\"EnforceWorkGroupConfiguration\": true, \"ResultConfiguration\": {\"OutputLocation\": "
                + "\"s3://theirs/\"}");
        downloaded(
                ANY_SIZE,
                "the workgroup primary writes its results to s3://theirs/ and not to the configured location (output)");
    }

    private static void workgroup(String configuration) {
        aws.answer(
                AwsServer.target("GetWorkGroup"),
                AwsServer.json("{\"WorkGroup\": {\"Name\": \"primary\", \"State\": \"ENABLED\", \"Configuration\": {"
                        + configuration + "}}}"));
    }

    @Test
    void a_workgroup_that_stops_large_queries_is_not_requested() {
        workgroup("\"BytesScannedCutoffPerQuery\": 100");
        downloaded(ANY_SIZE, "the workgroup primary stops queries at 100 bytes");
    }

    @Test
    void without_a_table_over_it_an_export_is_downloaded() {
        downloaded(
                new AthenaScope(
                        "primary", "s3://results/aiaudit/", "billing.elsewhere", BigDecimal.ZERO, BigDecimal.ONE),
                "the table billing.elsewhere does not cover it");
        aws.answer(
                AwsServer.target("GetDatabases"),
                AwsServer.refusal(400, "AccessDeniedException", "User is not authorized"));
        downloaded(ANY_SIZE, "access denied for glue:GetDatabases");
    }

    @Test
    void a_query_that_may_cost_more_than_is_allowed_is_not_sent() {
        Gathered gathered = bill(ANY_SIZE, BigDecimal.ZERO);
        assertThat(gathered.warnings)
                .singleElement()
                .asString()
                .contains("downloaded: athena:StartQueryExecution would cost another $0.00005");
        assertThat(aws.bodies(requested("StartQueryExecution"))).isEmpty();
    }

    @Test
    void an_export_that_is_larger_than_may_be_read_is_downloaded() {
        downloaded(
                new AthenaScope("primary", "s3://results/", null, BigDecimal.ZERO, new BigDecimal("0.0000001")),
                "Athena would read 0.00 GiB, and may read 0.0000001 (max_scan_gib)");
    }

    private static String row(String... cells) {
        StringBuilder row = new StringBuilder("{\"Data\": [");
        for (String cell : cells) {
            row.append(row.charAt(row.length() - 1) == '[' ? "" : ", ")
                    .append(cell == null ? "{}" : "{\"VarCharValue\": \"" + cell + "\"}");
        }
        return row.append("]}").toString();
    }

    private static String results(String token, String... rows) {
        return "{" + token + "\"ResultSet\": {\"Rows\": [" + String.join(", ", rows)
                + "], \"ResultSetMetadata\": {\"ColumnInfo\": []}}}";
    }

    /** A row of the bill with nothing but a cost in it. */
    private static String[] cells(String part, String cost, String lines) {
        String[] cells = new String[HEADER.size() + 2];
        cells[0] = part;
        cells[1] = part == null ? "2026-06-01T00:00:00Z" : null;
        cells[2] = part == null ? "2026-06-02T00:00:00Z" : null;
        cells[HEADER.size() - 1] = cost;
        cells[HEADER.size() + 1] = lines;
        return cells;
    }

    private static void answerInTwoPages(String lastPart) {
        workgroup("\"ManagedQueryResultsConfiguration\": {\"Enabled\": true}");
        aws.answer(AwsServer.target("StartQueryExecution"), AwsServer.json("{\"QueryExecutionId\": \"q\"}"));
        aws.answer(AwsServer.target("GetQueryExecution"), AwsServer.json("""
                {"QueryExecution": {"QueryExecutionId": "q", "Status": {"State": "SUCCEEDED"}}}"""));
        aws.answerInTwoPages(
                AwsServer.target("GetQueryResults"),
                AwsServer.targetAgain("GetQueryResults"),
                results(
                        "\"NextToken\": \"second\", ",
                        row(cells("part", "billedcost", "lines")),
                        row(cells("s3://bills/" + DATA + "focus-00001.csv.gz", "1", "240"))),
                results("", row(cells(null, "2.50", "481")), row(cells(lastPart, "1", "241"))));
    }

    @Test
    void results_are_read_to_the_last_page_and_a_workgroup_may_keep_them_itself() {
        answerInTwoPages("s3://bills/" + DATA + "focus-00002.csv.gz");
        Gathered gathered =
                bill(new AthenaScope("primary", null, "finops.focus", BigDecimal.ZERO, BigDecimal.ONE), BigDecimal.ONE);
        assertThat(gathered.warnings).singleElement().asString().contains("481 rows became 1");
        assertThat(gathered.texts.values())
                .singleElement()
                .asString()
                .contains("ChargePeriodStart,ChargePeriodEnd,BillingCurrency")
                .contains("2026-06-01T00:00:00Z,2026-06-02T00:00:00Z,,", ",2.50,");
        assertThat(aws.bodies(requested("StartQueryExecution")))
                .singleElement()
                .asString()
                .doesNotContain("OutputLocation");
        assertThat(aws.bodies(requested("GetQueryResults"))).hasSize(2);
    }

    @Test
    void a_table_that_lacks_a_part_of_the_export_is_not_believed() {
        answerInTwoPages(null);
        Gathered gathered = bill(ANY_SIZE, BigDecimal.ONE);
        assertThat(gathered.warnings)
                .singleElement()
                .asString()
                .contains(
                        "downloaded: the table finops.focus has 1 of its 2 files; its partitions may have to be added");
        assertThat(gathered.files.get(0).files()).hasSize(2);
        assertThat(folder.toFile().list()).as("what it left is removed").doesNotContain("athena.csv");
    }

    private String check(String athena) throws IOException {
        Path file = Files.writeString(
                folder.resolve("check.yaml"),
                "aws: {regions: [us-east-1], export: \"s3://bills/exports/focus\"" + athena + "}\n");
        AwsRun run = AwsRun.command(aws.address(), "sources", "check", "aws", "--config", file.toString());
        return run.out() + run.err();
    }

    @Test
    void the_check_of_permissions_tries_athena_where_it_is_configured() throws IOException {
        aws.answer(
                AwsServer.target("GetQueryExecution"),
                AwsServer.refusal(400, "InvalidRequestException", "QueryExecution was not found"));
        assertThat(check("")).contains("Athena and Glue").contains("Not configured (aws: athena)");
        assertThat(check(", athena: {workgroup: primary, table: finops.focus}"))
                .contains("athena 3", "glue 1", "athena:StartQueryExecution is untested")
                .doesNotContain("there is no table");
        assertThat(check(", athena: {workgroup: primary}")).contains("athena 3", "glue 2");
        assertThat(check(", athena: {workgroup: primary, table: finops.nothing}"))
                .contains("there is no table finops.nothing in Glue's catalog in us-east-1.");
        aws.answer(
                AwsServer.target("GetWorkGroup"),
                AwsServer.refusal(400, "InvalidRequestException", "WorkGroup nothing is not found."));
        assertThat(check(", athena: {workgroup: nothing, table: finops.focus}"))
                .contains("missing    athena:GetWorkGroup", "there is no workgroup nothing in us-east-1.")
                .contains("Correct aws: athena: workgroup in aiaudit.yaml");
        aws.answer(
                AwsServer.target("GetWorkGroup"),
                AwsServer.refusal(400, "AccessDeniedException", "not authorized to perform: athena:GetWorkGroup"));
        assertThat(check(", athena: {workgroup: primary, table: finops.focus}"))
                .contains("athena:GetWorkGroup", "access denied.", "docs/aws-athena-policy.json")
                .doesNotContain("rules examine less");
    }
}
