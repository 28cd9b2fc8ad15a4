package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.aiaudit.testing.Outside;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Where the bill comes from. S3 and Cost Explorer are moto's; Data Exports and report definitions, which moto lacks,
 * are WireMock's, in the shapes of AWS.
 */
@Outside
class AwsBillTest extends AwsAnswers {
    private static final String BUCKET = "bills";
    private static final String JUNE = "2026-06-01/2026-07-01";
    private static final String HEADER =
            "BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,"
                    + "ProviderName,SubAccountId,ResourceId\n";

    private static final String ASSEMBLY = "old/cur/20260601-20260701/assembly/";

    @BeforeEach
    void anAccountWithoutAnyExport() {
        aws.stubFor(json("ListExports").willReturn(answer("{\"Exports\": []}")));
        aws.stubFor(json("DescribeReportDefinitions").willReturn(answer("{\"ReportDefinitions\": []}")));
        moto.client(S3Client.builder(), "us-east-1").createBucket(request -> request.bucket(BUCKET));
    }

    private AwsRun scanJune(String configuration, String... further) throws IOException {
        String[] arguments = new String[further.length + 4];
        System.arraycopy(new String[] {"--window", JUNE, "-f", "json"}, 0, arguments, 0, 4);
        System.arraycopy(further, 0, arguments, 4, further.length);
        return scan(configuration, OneRule.with(arguments));
    }

    private static void put(String key, byte[] content) {
        moto.client(S3Client.builder(), "us-east-1")
                .putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(content));
    }

    private static void put(String key, String content) {
        put(key, content.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String rows(String cost, int day) {
        return HEADER + cost + "," + cost
                + ",USD,2026-06-%02dT00:00:00Z,2026-06-%02dT00:00:00Z,Usage,Amazon SageMaker,AWS,123456789012,"
                        .formatted(day, day + 1)
                + "arn:aws:sagemaker:us-east-1:123456789012:endpoint/e" + day + "\n";
    }

    private static String manifest(String... keys) {
        return "{\"dataFiles\": [\"s3://bills/" + String.join("\", \"s3://bills/", keys) + "\"]}";
    }

    private static void focusExport() {
        export("focus", "SELECT * FROM FOCUS_1_2_AWS", "\"FOCUS_1_2_AWS\": {}");
    }

    private static void export(String name, String query, String tables) {
        aws.stubFor(json("ListExports").willReturn(answer("{\"Exports\": [" + listed(name) + "]}")));
        described(name, query, tables);
    }

    private static String listed(String name) {
        return """
                {"ExportArn": "arn:aws:bcm-data-exports:us-east-1:123456789012:export/%1$s-1", "ExportName": "%1$s", \
                "ExportStatus": {"StatusCode": "HEALTHY"}}""".formatted(name);
    }

    private static void described(String name, String query, String tables) {
        aws.stubFor(json("GetExport")
                .withRequestBody(containing("export/" + name + "-1\""))
                .willReturn(answer("""
                {"Export": {"Name": "%s", "DataQuery": {"QueryStatement": "%s", "TableConfigurations": {%s}},
                 "DestinationConfigurations": {"S3Destination": {"S3Bucket": "bills", "S3Prefix": "exports", \
                "S3Region": "us-east-1",
                   "S3OutputConfigurations": {"OutputType": "CUSTOM", "Format": "TEXT_OR_CSV", "Compression": "GZIP", \
                "Overwrite": "CREATE_NEW_REPORT"}}},
                 "RefreshCadence": {"Frequency": "SYNCHRONOUS"}}}""".formatted(name, query, tables))));
    }

    private static BigDecimal effective(JsonNode audit) {
        return audit.at("/bill/providers/0/effective_cost").decimalValue();
    }

    @Test
    void of_an_export_only_the_newest_run_is_read_to_the_cent() throws IOException {
        focusExport();
        String data = "exports/focus/data/BILLING_PERIOD=2026-06/";
        put(data + "run1/focus-00001.csv.gz", gzip(rows("999.99", 1)));
        put(
                "exports/focus/metadata/BILLING_PERIOD=2026-06/run1/focus-Manifest.json",
                manifest(data + "run1/focus-00001.csv.gz"));
        put(data + "run2/focus-00001.csv.gz", gzip(rows("100.01", 1)));
        put(data + "run2/focus-00002.csv.gz", gzip(rows("20.02", 2)));
        put(data + "run2/focus-00003.csv.gz", gzip(rows("3.03", 3)));
        sleepUntilTheNextSecond();
        put(
                "exports/focus/metadata/BILLING_PERIOD=2026-06/run2/focus-Manifest.json",
                manifest(
                        data + "run2/focus-00001.csv.gz",
                        data + "run2/focus-00002.csv.gz",
                        data + "run2/focus-00003.csv.gz"));
        put("exports/focus/data/BILLING_PERIOD=2026-03/focus-00001.csv.gz", gzip(rows("5000", 1)));
        put(
                "exports/focus/metadata/BILLING_PERIOD=2026-03/focus-Manifest.json",
                manifest("exports/focus/data/BILLING_PERIOD=2026-03/focus-00001.csv.gz"));
        AwsRun run = scanJune(ONE_REGION);
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(effective(run.audit())).isEqualByComparingTo("123.06");
        assertThat(run.audit().get("warnings").toString())
                .contains("The bill of aws is the export focus in s3://bills/exports/focus/, 3 files.");
        assertThat(run.audit().at("/scan_cost/aws_usd").decimalValue())
                .as("for anomaly monitors alone")
                .isEqualByComparingTo("0.01");
        assertThat(AwsRun.requests(run.audit(), "CostExplorer.GetCostAndUsage")).isZero();
    }

    /** S3 has the time of a change in whole seconds. */
    private static void sleepUntilTheNextSecond() {
        try {
            Thread.sleep(1100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Test
    void a_run_that_is_not_whole_gives_way_to_the_one_before() throws IOException {
        focusExport();
        String data = "exports/focus/data/BILLING_PERIOD=2026-06/";
        put(data + "run1/focus-00001.csv.gz", gzip(rows("41.00", 1)));
        put(
                "exports/focus/metadata/BILLING_PERIOD=2026-06/run1/focus-Manifest.json",
                manifest(data + "run1/focus-00001.csv.gz"));
        sleepUntilTheNextSecond();
        put(data + "run2/focus-00001.csv.gz", gzip(rows("42.00", 1)));
        put(
                "exports/focus/metadata/BILLING_PERIOD=2026-06/run2/focus-Manifest.json",
                manifest(data + "run2/focus-00001.csv.gz", data + "run2/focus-00002.csv.gz"));
        AwsRun run = scanJune(ONE_REGION);
        assertThat(effective(run.audit())).isEqualByComparingTo("41.00");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void a_missing_part_is_a_gap_when_no_run_is_whole() throws IOException {
        focusExport();
        String data = "exports/focus/data/BILLING_PERIOD=2026-06/";
        put(data + "focus-00001.csv.gz", gzip(rows("42.00", 1)));
        put(
                "exports/focus/metadata/BILLING_PERIOD=2026-06/focus-Manifest.json",
                manifest(data + "focus-00001.csv.gz", data + "focus-00002.csv.gz"));
        AwsRun run = scanJune(ONE_REGION);
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("not read: AWS s3://bills/" + data + "focus-00002.csv.gz: the part is missing");
        assertThat(effective(run.audit())).isEqualByComparingTo("42.00");
    }

    private static void wholeFocus(String cost) throws IOException {
        focusExport();
        String part = "exports/focus/data/BILLING_PERIOD=2026-06/focus-00001.csv.gz";
        put(part, gzip(rows(cost, 1)));
        put("exports/focus/metadata/BILLING_PERIOD=2026-06/focus-Manifest.json", manifest(part));
    }

    /** An account that is closed to us takes its resources and not the bill of all accounts, which lies in it. */
    @Test
    void the_bill_of_an_organization_is_read_where_the_account_that_has_it_cannot_be_looked_into() throws IOException {
        wholeFocus("42.00");
        aws.stubFor(query("DescribeRegions")
                .willReturn(ec2Refusal(403, "UnauthorizedOperation", "You are not authorized.")));
        AwsRun alone = scanJune(ONE_REGION);
        assertThat(alone.exitCode()).as("there is nothing else to read").isEqualTo(1);
        aws.stubFor(json("ListAccounts").willReturn(answer("""
                {"Accounts": [{"Id": "123456789012", "Name": "payer", "Status": "ACTIVE"}, {"Id": "111122223333", \
                "Name": "other", "Status": "ACTIVE"}]}""")));
        AwsRun run = scanJune(ONE_REGION, "--aws-org");
        assertThat(run.exitCode()).as(run::err).isEqualTo(4);
        assertThat(effective(run.audit())).isEqualByComparingTo("42.00");
        assertThat(run.audit().get("gaps"))
                .extracting(gap -> gap.get("scope").asText())
                .containsExactlyInAnyOrder("123456789012", "111122223333");
    }

    private static void oldReport(String cost) throws IOException {
        aws.stubFor(json("DescribeReportDefinitions").willReturn(answer("""
                {"ReportDefinitions": [{"ReportName": "cur", "TimeUnit": "DAILY", "Format": "textORcsv", \
                "Compression": "GZIP", "AdditionalSchemaElements": ["RESOURCES"],
                  "S3Bucket": "bills", "S3Prefix": "old", "S3Region": "us-east-1"}]}""")));
        put("old/cur/20260601-20260701/cur-1.csv.gz", gzip(rows(cost, 4)));
        put(
                "old/cur/20260601-20260701/cur-Manifest.json",
                "{\"bucket\": \"bills\", \"reportKeys\": [\"old/cur/20260601-20260701/cur-1.csv.gz\"]}");
    }

    private static ResponseDefinitionBuilder deniedByS3(String action) {
        return aResponse()
                .withStatus(403)
                .withHeader("Content-Type", "application/xml")
                .withBody("<Error><Code>AccessDenied</Code><Message>User: arn:aws:sts::123456789012:assumed-role/r/s is"
                        + " not authorized to perform: " + action + " on resource</Message></Error>");
    }

    @Test
    void an_export_whose_bucket_may_not_be_listed_is_a_gap_and_cost_explorer_shows_the_bill() throws IOException {
        wholeFocus("42.00");
        aws.stubFor(get(urlPathEqualTo("/bills")).atPriority(1).willReturn(deniedByS3("s3:ListBucket")));
        aws.stubFor(json("GetCostAndUsage")
                .willReturn(answer(day(1, costs("Amazon SageMaker", "USE1-Host:ml.g5.xlarge", "33.79", "30"), ""))));
        aws.stubFor(json("GetCostAndUsage")
                .withRequestBody(containing("\"Key\":\"RECORD_TYPE\"}]"))
                .willReturn(answer(day(1, "", ""))));
        AwsRun run = scanJune(ONE_REGION);
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("not read: AWS s3://bills/exports/focus/: access denied for s3:ListBucket");
        assertThat(effective(run.audit())).isEqualByComparingTo("33.79");
        assertThat(run.audit().get("warnings").toString())
                .contains("comes from Cost Explorer", "focus cannot be read (access denied for s3:ListBucket)");
    }

    @Test
    void an_export_whose_key_is_denied_gives_way_to_the_next() throws IOException {
        wholeFocus("42.00");
        oldReport("7.77");
        aws.stubFor(get(urlPathMatching("/bills/exports/focus/data/.*"))
                .atPriority(1)
                .willReturn(deniedByS3("kms:Decrypt")));
        AwsRun run = scanJune(ONE_REGION);
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .contains("not read: AWS s3://bills/exports/focus/: access denied for kms:Decrypt, with the key that");
        assertThat(effective(run.audit())).isEqualByComparingTo("7.77");
        assertThat(run.audit().get("warnings").toString())
                .contains("Not used as the bill of aws: focus cannot be read (access denied for kms:Decrypt");
    }

    /** What was found lacking before the first part was refused is as true after it. */
    @Test
    void what_an_export_lacks_is_reported_also_where_its_first_part_is_denied() throws IOException {
        focusExport();
        oldReport("7.77");
        String data = "exports/focus/data/BILLING_PERIOD=2026-06/";
        put(data + "focus-00001.csv.gz", gzip(rows("42.00", 1)));
        put(
                "exports/focus/metadata/BILLING_PERIOD=2026-06/focus-Manifest.json",
                manifest(data + "focus-00001.csv.gz", data + "focus-00002.csv.gz"));
        aws.stubFor(get(urlPathMatching("/bills/exports/focus/data/.*"))
                .atPriority(1)
                .willReturn(deniedByS3("kms:Decrypt")));
        AwsRun run = scanJune(ONE_REGION);
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .contains("not read: AWS s3://bills/exports/focus/: access denied for kms:Decrypt, with the key that")
                .contains("not read: AWS s3://bills/" + data + "focus-00002.csv.gz: the part is missing")
                .contains("the bill comes from another export or Cost Explorer instead.")
                .doesNotContain("excluded from totals");
        assertThat(effective(run.audit())).isEqualByComparingTo("7.77");
    }

    @Test
    void an_export_without_data_of_the_window_hides_no_other() throws IOException {
        focusExport();
        oldReport("7.77");
        AwsRun run = scanJune(ONE_REGION);
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(effective(run.audit())).isEqualByComparingTo("7.77");
        assertThat(run.audit().get("warnings").toString())
                .contains("The bill of aws is the export cur", "focus has no data of the window");
    }

    @Test
    void an_export_of_a_part_of_the_bill_or_without_resources_is_not_the_bill() throws IOException {
        oldReport("7.77");
        List<String> names = List.of("filtered", "viewed", "daily");
        names.forEach(AwsBillTest::whole);
        aws.stubFor(json("ListExports")
                .willReturn(answer("{\"Exports\": ["
                        + names.stream().map(AwsBillTest::listed).collect(Collectors.joining(", ")) + "]}")));
        described("filtered", "SELECT * FROM FOCUS_1_2_AWS where SubAccountId = '1'", "\"FOCUS_1_2_AWS\": {}");
        described(
                "viewed",
                "SELECT * FROM COST_AND_USAGE_REPORT",
                "\"COST_AND_USAGE_REPORT\": {\"INCLUDE_RESOURCES\": \"TRUE\", \"BILLING_VIEW_ARN\": "
                        + "\"arn:aws:billing::1:billingview/custom-2\"}");
        described(
                "daily",
                "SELECT * FROM COST_AND_USAGE_REPORT",
                "\"COST_AND_USAGE_REPORT\": {\"TIME_GRANULARITY\": \"DAILY\"}");
        AwsRun run = scanJune(ONE_REGION);
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(effective(run.audit())).isEqualByComparingTo("7.77");
        assertThat(run.audit().get("warnings").toString())
                .contains("Not used as the bill of aws: filtered is not the whole bill (its query has a WHERE); "
                        + "viewed is not the whole bill (it is of the billing view "
                        + "arn:aws:billing::1:billingview/custom-2).");
    }

    /** What the export would be, were it the bill. */
    private static void whole(String name) {
        String part = "exports/" + name + "/data/BILLING_PERIOD=2026-06/" + name + "-00001.csv";
        put(part, rows("42.00", 1));
        put("exports/" + name + "/metadata/BILLING_PERIOD=2026-06/" + name + "-Manifest.json", manifest(part));
    }

    @Test
    void manifests_without_files_or_not_of_json_give_way_to_the_run_before() throws IOException {
        wholeFocus("41.00");
        sleepUntilTheNextSecond();
        put("exports/focus/metadata/BILLING_PERIOD=2026-06/run2/focus-Manifest.json", "{\"dataFiles\": []}");
        put("exports/focus/metadata/BILLING_PERIOD=2026-06/run3/focus-Manifest.json", "<html>");
        put("exports/focus/metadata/BILLING_PERIOD=2026-05/focus-Manifest.json", "{\"dataFiles\": []}");
        AwsRun run = scan(ONE_REGION, OneRule.with("--window", "2026-04-20/2026-07-01", "-f", "json"));
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(effective(run.audit())).isEqualByComparingTo("41.00");
        assertThat(run.err())
                .contains("not read: AWS "
                        + "s3://bills/exports/focus/metadata/BILLING_PERIOD=2026-06/run3/focus-Manifest.json:"
                        + " the manifest is not JSON")
                .contains("not read: AWS s3://bills/exports/focus/ 2026-04: the export has no part of this month")
                .contains("not read: AWS s3://bills/exports/focus/ 2026-05: the export has no part of this month")
                .doesNotContain("focus/ 2026-06", "focus/ 2026-07", "aiaudit failed here");
    }

    private static byte[] zip(String text) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(zipped)) {
            zip.putNextEntry(new ZipEntry("cur.csv"));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return zipped.toByteArray();
    }

    /** A report in ZIP whose parts are called cur-1, cur-2 and so on. */
    private static void zippedReport(byte[]... parts) {
        aws.stubFor(json("DescribeReportDefinitions").willReturn(answer("""
                {"ReportDefinitions": [{"ReportName": "cur", "TimeUnit": "DAILY", "Format": "textORcsv", \
                "Compression": "ZIP", "AdditionalSchemaElements": ["RESOURCES"],
                  "S3Bucket": "bills", "S3Prefix": "old", "S3Region": "us-east-1"}]}""")));
        List<String> keys = new ArrayList<>();
        for (byte[] part : parts) {
            keys.add(ASSEMBLY + "cur-" + (keys.size() + 1) + ".csv.zip");
            put(keys.get(keys.size() - 1), part);
        }
        put(
                "old/cur/20260601-20260701/cur-Manifest.json",
                "{\"reportName\": \"cur\", \"bucket\": \"bills\", \"reportKeys\": [\"" + String.join("\", \"", keys)
                        + "\"]}");
    }

    @Test
    void a_part_in_zip_that_breaks_off_is_a_gap_and_nothing_of_it_counts() throws IOException {
        byte[] whole = zip((HEADER + rows("9.99", 5).substring(HEADER.length())).repeat(400));
        zippedReport(
                zip(rows("7.77", 4)),
                Arrays.copyOf(whole, whole.length / 2),
                "no zip".getBytes(StandardCharsets.UTF_8));
        AwsRun run = scanJune(ONE_REGION);
        assertThat(run.exitCode()).as(run::err).isEqualTo(4);
        assertThat(run.err())
                .contains(
                        "not read: AWS s3://bills/" + ASSEMBLY + "cur-2.csv.zip: the part broke off while it was read:",
                        "not read: AWS s3://bills/" + ASSEMBLY + "cur-3.csv.zip: the part broke off while it was read:",
                        "the costs in this part are excluded from totals")
                .doesNotContain("aiaudit failed here");
        assertThat(effective(run.audit())).isEqualByComparingTo("7.77");
        assertThat(run.audit().get("partial").asBoolean()).isFalse();
    }

    @Test
    void an_export_whose_parts_all_break_off_gives_way_to_cost_explorer() throws IOException {
        zippedReport("no zip".getBytes(StandardCharsets.UTF_8));
        AwsRun run = scanJune(ONE_REGION);
        assertThat(run.exitCode()).as(run::err).isEqualTo(4);
        assertThat(run.err())
                .contains("cur-1.csv.zip: the part broke off while it was read:", "each of its parts broke off")
                .contains("the bill comes from another export or Cost Explorer instead.")
                .doesNotContain("excluded from totals");
    }

    @Test
    void parts_that_break_off_are_gaps_and_the_others_count() throws IOException {
        focusExport();
        String data = "exports/focus/data/BILLING_PERIOD=2026-06/";
        put(data + "focus-00001.csv.gz", gzip(rows("42.00", 1)));
        put(data + "focus-00002.csv.gz", gzip(rows("43.00", 2)));
        put(data + "focus-00003.csv", rows("44.00", 3));
        put(
                "exports/focus/metadata/BILLING_PERIOD=2026-06/focus-Manifest.json",
                manifest(data + "focus-00001.csv.gz", data + "focus-00002.csv.gz", data + "focus-00003.csv"));
        aws.stubFor(get(urlPathMatching(".*/focus-00002.csv.gz"))
                .atPriority(1)
                .willReturn(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)));
        aws.stubFor(get(urlPathMatching(".*/focus-00003.csv"))
                .atPriority(1)
                .willReturn(aResponse().withHeader("Content-Length", "5000").withBody(rows("41.00", 3))));
        AwsRun run = scanJune(ONE_REGION);
        assertThat(run.exitCode()).as(run::err).isEqualTo(4);
        assertThat(run.err())
                .contains("not read: AWS s3://bills/" + data
                        + "focus-00002.csv.gz: the part broke off while it was read:")
                .containsPattern("not read: AWS s3://bills/" + data
                        + "focus-00003.csv: the part broke off while it was read: [0-9]+ of 5,000 bytes were received");
        assertThat(effective(run.audit()))
                .as("what came of a part does not count")
                .isEqualByComparingTo("42.00");
    }

    @Test
    void a_manifest_that_ends_before_its_length_is_a_gap_and_cost_explorer_has_the_bill() throws IOException {
        wholeFocus("42.00");
        aws.stubFor(get(urlPathMatching(".*-Manifest.json"))
                .atPriority(1)
                .willReturn(aResponse().withHeader("Content-Length", "5000").withBody("{\"dataF")));
        aws.stubFor(json("GetCostAndUsage")
                .willReturn(answer(day(1, costs("Amazon SageMaker", "Host:ml.g5.xlarge", "7.50", "7.50"), ""))));
        AwsRun run = scanJune(ONE_REGION);
        assertThat(run.exitCode()).as(run::err).isEqualTo(4);
        assertThat(run.err())
                .contains("the manifest broke off while it was read: 7 of 5,000 bytes were received, so its files are "
                        + "unknown.")
                .contains("The bill of aws comes from Cost Explorer")
                .doesNotContain("aiaudit failed");
    }

    @Test
    void an_old_cost_and_usage_report_is_found_by_its_definition_and_unpacked() throws IOException {
        zippedReport(zip(rows("7.77", 4)));
        AwsRun run = scanJune(ONE_REGION);
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(effective(run.audit())).isEqualByComparingTo("7.77");
    }

    @Test
    void an_export_that_the_configuration_names_is_read_in_the_region_of_its_bucket() throws IOException {
        S3Client s3 = moto.client(S3Client.builder(), "eu-west-1");
        s3.createBucket(request ->
                request.bucket("bills-eu").createBucketConfiguration(where -> where.locationConstraint("eu-west-1")));
        String part = "focus/data/focus-00001.csv.gz";
        s3.putObject(request -> request.bucket("bills-eu").key(part), RequestBody.fromBytes(gzip(rows("5.55", 1))));
        s3.putObject(
                request -> request.bucket("bills-eu").key("focus/metadata/BILLING_PERIOD=2026-06/focus-Manifest.json"),
                RequestBody.fromString("{\"dataFiles\": [\"s3://bills-eu/" + part + "\"]}"));
        aws.stubFor(get(urlPathMatching("/bills-eu.*"))
                .withQueryParam("location", absent())
                .withHeader("Authorization", containing("/us-east-1/s3/"))
                .atPriority(1)
                .willReturn(aResponse()
                        .withStatus(301)
                        .withBody("<Error><Code>PermanentRedirect</Code><Message>The bucket you are attempting to"
                                + " access must be addressed using the specified endpoint.</Message></Error>")));
        AwsRun run = scanJune("aws: {regions: [us-east-1], export: \"s3://bills-eu/focus\"}\n");
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(effective(run.audit())).isEqualByComparingTo("5.55");
    }

    @Test
    void an_export_that_the_configuration_names_needs_no_looking_for() throws IOException {
        put("mine/focus/data/focus-00001.csv.gz", gzip(rows("5.55", 1)));
        put(
                "mine/focus/metadata/BILLING_PERIOD=2026-06/focus-Manifest.json",
                manifest("mine/focus/data/focus-00001.csv.gz"));
        AwsRun run = scanJune("aws: {regions: [us-east-1], export: \"s3://bills/mine/focus\"}\n");
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(effective(run.audit())).isEqualByComparingTo("5.55");
        aws.verify(0, postRequestedFor(anyUrl()).withHeader("X-Amz-Target", containing("ListExports")));
    }

    /** Amounts as Cost Explorer writes them. */
    private static String costs(String service, String second, String amortized, String billed) {
        return """
                {"Keys": ["%s", "%s"], "Metrics": {"AmortizedCost": {"Amount": "%s", "Unit": "USD"}, "UnblendedCost": \
                {"Amount": "%s", "Unit": "USD"}, "UsageQuantity": {"Amount": "24", "Unit": \
                "N/A"}}}""".formatted(service, second, amortized, billed);
    }

    private static String day(int day, String groups, String further) {
        return """
                {"ResultsByTime": [{"TimePeriod": {"Start": "2026-06-%02d", "End": "2026-06-%02d"}, "Total": {}, \
                "Groups": [%s], "Estimated": false}]%s}""".formatted(day, day + 1, groups, further);
    }

    @Test
    void a_line_of_cost_explorer_without_a_currency_has_that_of_the_others() throws IOException {
        String bare =
                costs("Amazon SageMaker", "Host:ml.g5.2xlarge", "2.50", "2.50").replace(", \"Unit\": \"USD\"", "");
        aws.stubFor(json("GetCostAndUsage")
                .willReturn(answer(
                        day(1, costs("Amazon SageMaker", "Host:ml.g5.xlarge", "7.50", "7.50") + ", " + bare, ""))));
        aws.stubFor(json("GetCostAndUsage")
                .withRequestBody(containing("\"Key\":\"RECORD_TYPE\"}]"))
                .atPriority(1)
                .willReturn(answer(day(1, "", ""))));
        AwsRun run = scanJune(ONE_REGION);
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(effective(run.audit())).isEqualByComparingTo("10");
    }

    /** Moto has no pages, no limits and one answer for all questions: these are WireMock's. */
    @Test
    void an_export_that_the_configuration_names_and_that_is_not_there_is_a_gap() throws IOException {
        AwsRun run = scanJune("aws: {regions: [us-east-1], export: \"s3://bills/mine/lost\"}\n");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .contains("not read: AWS s3://bills/mine/lost: the export named by aws: export has no data of")
                .contains("fix: Correct the address: aws s3 ls --recursive s3://bills/mine/lost");
        AwsRun noBucket = scanJune("aws: {regions: [us-east-1], export: \"s3://no-such-bucket/focus\"}\n");
        assertThat(noBucket.exitCode()).isEqualTo(4);
        assertThat(noBucket.err()).contains("not read: AWS s3://no-such-bucket/focus: the export");
    }

    @Test
    void without_an_export_cost_explorer_shows_the_bill_and_each_of_its_requests_is_counted() throws IOException {
        aws.stubFor(json("GetCostAndUsage")
                .inScenario("limit")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("go on")
                .willReturn(aResponse()
                        .withStatus(400)
                        .withHeader("Content-Type", "application/x-amz-json-1.1")
                        .withBody("{\"__type\":\"LimitExceededException\",\"message\":\"Rate exceeded\"}")));
        aws.stubFor(json("GetCostAndUsage")
                .inScenario("limit")
                .whenScenarioStateIs("go on")
                .atPriority(2)
                .willReturn(answer(day(
                        1,
                        costs("Amazon SageMaker", "USE1-Host:ml.g5.xlarge", "33.79", "30"),
                        ", \"NextPageToken\": \"second\""))));
        aws.stubFor(json("GetCostAndUsage")
                .withRequestBody(containing("second"))
                .inScenario("limit")
                .whenScenarioStateIs("go on")
                .willReturn(answer(day(
                        2,
                        costs("Amazon Elastic Compute Cloud - Compute", "BoxUsage:g5.xlarge", "24.14", "24.14"),
                        ""))));
        aws.stubFor(json("GetCostAndUsage")
                .withRequestBody(containing("\"Key\":\"RECORD_TYPE\"}]"))
                .inScenario("limit")
                .whenScenarioStateIs("go on")
                .willReturn(answer(day(1, costs("Amazon SageMaker", "Tax", "5", "5"), ""))));
        AwsRun run = scanJune(ONE_REGION);
        JsonNode audit = run.audit();
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(effective(audit)).isEqualByComparingTo("57.93");
        assertThat(audit.at("/bill/providers/0/tax").decimalValue()).isEqualByComparingTo("5");
        assertThat(audit.at("/bill/providers/0/ai_cost").decimalValue())
                .isGreaterThanOrEqualTo(new BigDecimal("33.79"));
        assertThat(AwsRun.requests(audit, "CostExplorer.GetCostAndUsage")).isEqualTo(4);
        assertThat(audit.at("/scan_cost/aws_usd").decimalValue())
                .as("with one for anomaly monitors")
                .isEqualByComparingTo("0.05");
        assertThat(audit.get("warnings").toString())
                .contains("comes from Cost Explorer", "Data Exports have none with resources");
    }

    @Test
    void a_scan_that_may_spend_nothing_does_not_ask_cost_explorer() throws IOException {
        AwsRun run = scanJune(ONE_REGION, "--max-api-cost", "0");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("not read: AWS 123456789012 bill: ce:GetCostAndUsage would cost another $0.01");
        aws.verify(0, postRequestedFor(anyUrl()).withHeader("X-Amz-Target", containing("GetCostAndUsage")));
    }

    @Test
    void taxes_that_are_denied_are_a_gap_and_usage_is_the_bill() throws IOException {
        aws.stubFor(json("GetCostAndUsage")
                .willReturn(answer(day(1, costs("Amazon SageMaker", "Host:ml.g5.xlarge", "7.50", "7.50"), ""))));
        aws.stubFor(json("GetCostAndUsage")
                .withRequestBody(containing("{\"Type\":\"DIMENSION\",\"Key\":\"RECORD_TYPE\"}"))
                .atPriority(0)
                .willReturn(denied("ce:GetCostAndUsage")));
        AwsRun run = scanJune(ONE_REGION);
        assertThat(run.exitCode()).as(run::err).isEqualTo(4);
        assertThat(effective(run.audit())).isEqualByComparingTo("7.50");
        assertThat(run.err())
                .contains(
                        "not read: AWS 123456789012 taxes, credits and refunds: access denied for ce:GetCostAndUsage");
    }

    @Test
    void exports_that_cannot_be_listed_are_a_gap_where_cost_explorer_shows_the_bill() throws IOException {
        aws.stubFor(json("ListExports").willReturn(denied("bcm-data-exports:ListExports")));
        aws.stubFor(json("DescribeReportDefinitions").willReturn(denied("cur:DescribeReportDefinitions")));
        aws.stubFor(json("GetCostAndUsage").willReturn(answer(day(1, "", ""))));
        AwsRun run = scanJune(ONE_REGION);
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .contains("not read: AWS Data Exports: access denied for bcm-data-exports:ListExports")
                .contains("not read: AWS the Cost and Usage Reports: access denied for cur:DescribeReportDefinitions");
    }

    @Test
    void a_search_that_fails_is_a_gap_though_another_finds_an_export() throws IOException {
        oldReport("42.00");
        aws.stubFor(json("ListExports").willReturn(denied("bcm-data-exports:ListExports")));
        AwsRun run = scanJune(ONE_REGION);
        assertThat(run.exitCode()).as(run::err).isEqualTo(4);
        assertThat(effective(run.audit())).isEqualByComparingTo("42.00");
        assertThat(run.err())
                .containsOnlyOnce("not read: AWS Data Exports: access denied for bcm-data-exports:ListExports");
        assertThat(run.audit().get("warnings").toString())
                .contains("Not used as the bill of aws: Data Exports can't be queried (access denied for "
                        + "bcm-data-exports:ListExports)");
    }

    @Test
    void an_export_that_cannot_be_looked_at_hides_no_other() throws IOException {
        wholeFocus("42.00");
        aws.stubFor(json("ListExports").willReturn(answer("""
                {"Exports": [{"ExportArn": "arn:aws:bcm-data-exports:us-east-1:123456789012:export/a", "ExportName": \
                "a", "ExportStatus": {"StatusCode": "HEALTHY"}},
                 {"ExportArn": "arn:aws:bcm-data-exports:us-east-1:123456789012:export/focus-1", "ExportName": \
                "focus", "ExportStatus": {"StatusCode": "HEALTHY"}}]}""")));
        aws.stubFor(json("GetExport")
                .atPriority(1)
                .withRequestBody(containing("export/a\""))
                .willReturn(denied("bcm-data-exports:GetExport")));
        AwsRun run = scanJune(ONE_REGION);
        assertThat(effective(run.audit())).as(run::err).isEqualByComparingTo("42.00");
        assertThat(run.audit().get("warnings").toString())
                .contains("the export a cannot be read (access denied for bcm-data-exports:GetExport)");
    }

    @Test
    void cost_explorer_that_is_denied_is_a_gap_and_what_could_not_be_requested_before_is_reported() throws IOException {
        aws.stubFor(json("ListExports").willReturn(denied("bcm-data-exports:ListExports")));
        aws.stubFor(json("GetCostAndUsage").willReturn(denied("ce:GetCostAndUsage")));
        AwsRun run = scanJune(ONE_REGION);
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .contains("access denied for ce:GetCostAndUsage")
                .contains("Data Exports can't be queried (access denied for bcm-data-exports:ListExports)");
    }
}
