package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.aiaudit.collect.gcp.BigQueryAnswers;
import io.aiaudit.collect.gcp.ZetaSql;
import io.aiaudit.testing.GoogleServer;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Slow;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bill in BigQuery: its shapes are Google's, its rows those of Google's own SQL engine, WireMock carries them. */
@Outside
class GoogleBillTest {
    private static final String TABLE = "gcp_billing_export_resource_v1_AAAAAA_BBBBBB_CCCCCC";
    private static final String DATASETS = "/bigquery/v2/projects/cloud-custodian/datasets";
    private static final String[] JUNE = {"--window", "2026-06-01/2026-07-01", "-f", "json"};

    @AutoClose
    private static GoogleServer google;

    private static WireMockServer answers;

    /** Of a project whose export answers as it should. */
    private static GoogleRun whole;

    /** Those that the scan of it sent to run a query below the limit. */
    private static List<LoggedRequest> queries;

    /** The responses to it. */
    private static List<ServeEvent> served;

    /** Of one with a closed dataset, and a list that breaks off once; made by the first test that reads it. */
    private static GoogleRun closedAndBroken;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start(@TempDir Path shared) throws Exception {
        google = GoogleServer.start(
                new BigQueryAnswers(ZetaSql.table("cloud-custodian.billing." + TABLE, "export-table.sql")));
        answers = google.wireMock();
        anExport();
        whole = GoogleRun.scan(google, shared, "", OneRule.with(JUNE));
        queries = answers.findAll(postRequestedFor(urlPathEqualTo("/bigquery/v2/projects/cloud-custodian/queries"))
                .withRequestBody(matchingJsonPath("$[?(@.maximumBytesBilled == '879609302220')]"))
                .withRequestBody(matchingJsonPath("$[?(@.useLegacySql == false)]")));
        served = List.copyOf(answers.getAllServeEvents());
    }

    @BeforeEach
    void answerAsTheExportDoes() {
        anExport();
    }

    private static void anExport() {
        google.reset();
        answers.stubFor(any(anyUrl()).atPriority(10).willReturn(okJson("{}")));
        answers.stubFor(get(urlPathMatching("/(bigquery|compute)/.*"))
                .atPriority(9)
                .willReturn(okJson("{\"kind\": \"of a list\"}")));
        answers.stubFor(get(urlPathMatching("/v1/projects/[^/]+/billingInfo"))
                .willReturn(okJson("{\"name\": \"projects/cloud-custodian/billingInfo\"}")));
        answers.stubFor(get(urlPathEqualTo("/v3/projects/cloud-custodian"))
                .willReturn(okJson("{\"name\": \"projects/1098479648729\"}")));
        answers.stubFor(get(urlPathEqualTo(DATASETS)).willReturn(okJson("""
                {"datasets": [{"datasetReference": {"projectId": "cloud-custodian", "datasetId": "other"}}], \
                "nextPageToken": "second"}""")));
        answers.stubFor(get(urlPathEqualTo(DATASETS))
                .withQueryParam("pageToken", equalTo("second"))
                .atPriority(1)
                .willReturn(okJson("""
                {"datasets": [{"datasetReference": {"projectId": "cloud-custodian", "datasetId": "billing"}}]}""")));
        answers.stubFor(get(urlPathEqualTo(DATASETS + "/billing/tables")).willReturn(okJson("""
                {"tables": [
                  {"tableReference": {"projectId": "cloud-custodian", "datasetId": "billing", "tableId": \
                "gcp_billing_export_v1_AAAAAA_BBBBBB_CCCCCC"}, "type": "TABLE"},
                  {"tableReference": {"projectId": "cloud-custodian", "datasetId": "billing", "tableId": "%s"}, \
                "type": "TABLE"}]}""".formatted(TABLE))));
        answers.stubFor(get(urlPathEqualTo(DATASETS + "/billing/tables/" + TABLE))
                .willReturn(okJson("""
                {"tableReference": {"projectId": "cloud-custodian", "datasetId": "billing", "tableId": "%s"}, "type": \
                "TABLE", "location": "US",
                 "timePartitioning": {"type": "DAY"}, "schema": {"fields": [%s]}}""".formatted(TABLE, fields()))));
        answers.stubFor(post(urlPathEqualTo("/bigquery/v2/projects/cloud-custodian/jobs"))
                .withRequestBody(matchingJsonPath("$.configuration[?(@.dryRun == true)]"))
                .willReturn(okJson(job("\"totalBytesProcessed\": \"1200000000\""))));
        answers.stubFor(get(urlPathEqualTo("/bigquery/v2/projects/cloud-custodian/jobs/job-1"))
                .willReturn(
                        okJson(job("\"totalBytesProcessed\": \"1100000000\", \"totalBytesBilled\": \"1101004800\""))));
        answers.stubFor(any(urlPathMatching(
                        "/bigquery/v2/projects/cloud-custodian/(queries(/job-1)?|datasets/anon/tables/anon/data)"))
                .willReturn(aResponse().withTransformers(BigQueryAnswers.NAME)));
    }

    private static String fields() {
        StringBuilder fields = new StringBuilder();
        for (String name : ("billing_account_id service sku project location resource cost cost_at_list currency usage "
                        + "cost_type adjustment_info price consumption_model subscription seller_name system_labels")
                .split(" ")) {
            fields.append("{\"name\": \"").append(name).append("\", \"type\": \"STRING\"}, ");
        }
        return fields + "{\"name\": \"labels\", \"type\": \"STRING\", \"mode\": \"REPEATED\"}";
    }

    private static String job(String statistics) {
        return """
                {"kind": "bigquery#job", "jobReference": {"projectId": "cloud-custodian", "jobId": "job-1", \
                "location": "US"}, "status": {"state": "DONE"},
                 "configuration": {"jobType": "QUERY", "query": {"query": "SELECT 1", "destinationTable": \
                {"projectId": "cloud-custodian", "datasetId": "anon", "tableId": "anon"}}}, "statistics": {"query": \
                {%s}}}""".formatted(statistics);
    }

    @Test
    void the_best_export_is_found_and_its_bill_adds_up_to_the_cent() throws Exception {
        JsonNode bill = whole.audit().at("/bill/providers/0");
        assertThat(whole.err()).doesNotContain("not read", "rejected");
        assertThat(bill.get("provider").asText()).isEqualTo("gcp");
        assertThat(bill.get("effective_cost").decimalValue()).isEqualByComparingTo(new BigDecimal("49.84"));
        assertThat(bill.get("billed_cost").decimalValue()).isEqualByComparingTo(new BigDecimal("52.28"));
        assertThat(bill.get("tax").decimalValue()).isEqualByComparingTo(new BigDecimal("4.44"));
        assertThat(bill.get("promotional_credit").decimalValue()).isEqualByComparingTo(new BigDecimal("-2"));
    }

    @Test
    void cost_of_projects_that_are_not_scanned_is_reported_and_not_counted() throws Exception {
        GoogleRun run = GoogleRun.scan(google, folder, "projects: [cloud-custodian]\n", OneRule.with(JUNE));
        assertThat(run.audit().at("/bill/providers"))
                .as("all of it is of acme-ml")
                .isEmpty();
        assertThat(run.audit().get("warnings").toString())
                .contains("has cost of projects that are not scanned, which is not in this report: acme");
        assertThat(whole.audit().get("warnings").toString()).doesNotContain("not scanned");
    }

    @Test
    void what_the_query_reads_is_estimated_first_kept_below_the_limit_and_reported() throws Exception {
        JsonNode audit = whole.audit();
        assertThat(audit.get("warnings").toString())
                .contains("The bill of gcp is the detailed export, cloud-custodian.billing." + TABLE)
                .contains("exported up to 2026-06-30T05:00:00Z")
                .contains(
                        "BigQuery read 1,101.0 MB for it, 1,200.0 MB were estimated: $0.006259 at the price on demand");
        assertThat(queries).hasSize(1);
        assertThat(GoogleRun.requests(audit, "GET:/bigquery/v2/projects/{project}/queries/{job}"))
                .as("until it is complete")
                .isPositive();
        assertThat(GoogleRun.requests(
                        audit, "GET:/bigquery/v2/projects/{project}/datasets/{dataset}/tables/{table}/data"))
                .as("two pages")
                .isEqualTo(2);
    }

    @Test
    void a_query_that_would_cost_more_than_the_limit_is_not_sent() throws Exception {
        answers.stubFor(post(urlPathEqualTo("/bigquery/v2/projects/cloud-custodian/jobs"))
                .atPriority(1)
                .willReturn(okJson(job("\"totalBytesProcessed\": \"2000000000000\""))));
        GoogleRun run = GoogleRun.scan(
                google, folder, "", OneRule.with(JUNE[0], JUNE[1], JUNE[2], JUNE[3], "--max-api-cost", "1"));
        assertThat(run.exitCode()).as(run::err).isEqualTo(4);
        assertThat(run.err())
                .contains("not read: Google Cloud cloud-custodian.billing." + TABLE
                        + " bill: bigquery.tables.getData would cost another $11.3");
        answers.verify(0, postRequestedFor(urlPathEqualTo("/bigquery/v2/projects/cloud-custodian/queries")));
    }

    @Test
    void too_many_queries_are_waited_for_and_a_closed_table_is_a_gap() throws Exception {
        answers.stubFor(get(urlPathEqualTo(DATASETS + "/billing/tables"))
                .atPriority(1)
                .inScenario("busy")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("well")
                .willReturn(refusal(503, "backendError", "Try again")));
        answers.stubFor(post(urlPathEqualTo("/bigquery/v2/projects/cloud-custodian/queries"))
                .atPriority(1)
                .willReturn(refusal(
                        403,
                        "accessDenied",
                        "Access Denied: Table billing: User does not have bigquery.tables.getData")));
        GoogleRun run = GoogleRun.scan(google, folder, "", OneRule.with(JUNE));
        assertThat(run.exitCode()).as(run::err).isEqualTo(4);
        assertThat(run.err())
                .contains("not read: Google Cloud cloud-custodian.billing." + TABLE
                        + " bill: access denied for bigquery.tables.getData: ");
        assertThat(GoogleRun.requests(run.audit(), "GET:/bigquery/v2/projects/{project}/datasets/{dataset}/tables"))
                .as("of two datasets, one requested twice")
                .isEqualTo(3);
    }

    private GoogleRun closedAndBroken() throws Exception {
        if (closedAndBroken == null) {
            answers.stubFor(get(urlPathEqualTo(DATASETS + "/billing/tables"))
                    .atPriority(1)
                    .inScenario("broken")
                    .whenScenarioStateIs(Scenario.STARTED)
                    .willSetStateTo("well")
                    .willReturn(okJson("{\"tables\": [")));
            answers.stubFor(get(urlPathEqualTo(DATASETS + "/other/tables"))
                    .atPriority(1)
                    .willReturn(refusal(403, "accessDenied", "Access Denied: Dataset other")));
            closedAndBroken = GoogleRun.scan(google, folder, "", OneRule.with(JUNE));
        }
        return closedAndBroken;
    }

    @Test
    void a_page_of_the_bill_that_breaks_off_is_requested_again() throws Exception {
        GoogleRun run = closedAndBroken();
        assertThat(run.err()).doesNotContain("not read");
        assertThat(run.audit().at("/bill/providers/0/billed_cost").decimalValue())
                .isEqualByComparingTo("52.28");
    }

    @Test
    void a_dataset_that_fails_or_lists_without_end_is_a_gap_and_the_export_of_another_counts() throws Exception {
        answers.stubFor(get(urlPathEqualTo(DATASETS))
                .withQueryParam("pageToken", equalTo("second"))
                .atPriority(0)
                .willReturn(okJson("""
                {"datasets": [{"datasetReference": {"projectId": "cloud-custodian", "datasetId": "endless"}}, \
                {"datasetReference": {"projectId": "cloud-custodian", "datasetId": "billing"}}]}""")));
        answers.stubFor(
                get(urlPathEqualTo(DATASETS + "/other/tables")).atPriority(1).willReturn(okJson("{\"tables\": [")));
        answers.stubFor(get(urlPathEqualTo(DATASETS + "/endless/tables"))
                .atPriority(1)
                .willReturn(okJson("{\"tables\": [], \"nextPageToken\": \"again\"}")));
        GoogleRun run = GoogleRun.scan(google, folder, "", OneRule.with(JUNE));
        assertThat(run.exitCode()).as(run::err).isEqualTo(4);
        assertThat(run.err())
                .contains(
                        "not read: Google Cloud cloud-custodian.other bill: "
                                + "bigquery.tables.list failed: the response is not JSON.",
                        "not read: Google Cloud cloud-custodian.endless bill: "
                                + "bigquery.tables.list failed: the list does not end.");
        assertThat(run.audit().at("/bill/providers/0/billed_cost").decimalValue())
                .isEqualByComparingTo("52.28");
    }

    @Test
    void a_dataset_that_is_closed_does_not_hide_the_export_in_the_next_one() throws Exception {
        GoogleRun run = closedAndBroken();
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(run.audit().at("/bill/providers/0/billed_cost").decimalValue())
                .isEqualByComparingTo("52.28");
        assertThat(run.audit().get("warnings").toString())
                .as("it may have the bill of another account")
                .contains(
                        "cloud-custodian.other (access denied for bigquery.tables.list: Access Denied: Dataset other). "
                                + "If so, grant bigquery.tables.list and bigquery.tables.getData there");
    }

    @Test
    void where_no_export_is_found_each_refusal_is_a_gap() throws Exception {
        answers.stubFor(get(urlPathEqualTo(DATASETS + "/billing/tables"))
                .atPriority(1)
                .willReturn(refusal(403, "accessDenied", "Access Denied: Dataset billing")));
        GoogleRun one = GoogleRun.scan(google, folder, "", OneRule.with(JUNE));
        assertThat(one.exitCode()).as(one::err).isEqualTo(4);
        assertThat(one.err())
                .contains("not read: Google Cloud cloud-custodian.billing bill: "
                        + "access denied for bigquery.tables.list");
        answers.stubFor(get(urlPathEqualTo(DATASETS))
                .atPriority(1)
                .willReturn(refusal(403, "accessDenied", "Access Denied: Project")));
        GoogleRun all = GoogleRun.scan(google, folder, "", OneRule.with(JUNE));
        assertThat(all.exitCode()).as(all::err).isEqualTo(4);
        assertThat(all.err())
                .contains("not read: Google Cloud cloud-custodian bill: access denied for bigquery.datasets.get");
        assertThat(all.audit().get("warnings").toString())
                .contains("No billing export was found in what could be read of the projects of gcp");
    }

    @Test
    void the_export_of_each_billing_account_is_read() throws Exception {
        String second = TABLE.replace("AAAAAA", "DDDDDD");
        answers.stubFor(
                get(urlPathEqualTo(DATASETS + "/other/tables")).willReturn(okJson("""
                {"tables": [{"tableReference": {"projectId": "cloud-custodian", "datasetId": "other", "tableId": \
                "%s"}, "type": "TABLE"},
                  {"tableReference": {"projectId": "cloud-custodian", "datasetId": "other", "tableId": "%s"}, "type": \
                "TABLE"}]}""".formatted(second, TABLE))));
        answers.stubFor(get(urlPathEqualTo(DATASETS + "/other/tables/" + second))
                .willReturn(okJson("""
                {"tableReference": {"projectId": "cloud-custodian", "datasetId": "other", "tableId": "%s"}, "type": \
                "TABLE", "location": "US",
                 "timePartitioning": {"type": "DAY"}, "schema": {"fields": [%s]}}""".formatted(second, fields()))));
        answers.stubFor(post(urlPathEqualTo("/bigquery/v2/projects/cloud-custodian/queries"))
                .withRequestBody(containing(second))
                .atPriority(1)
                .willReturn(okJson("""
                {"jobReference": {"projectId": "cloud-custodian", "jobId": "job-1", "location": "US"}, "jobComplete": \
                true, "totalRows": "0",
                 "schema": {"fields": [{"name": "cost", "type": "STRING"}]}}""")));
        GoogleRun run = GoogleRun.scan(google, folder, "", OneRule.with(JUNE));
        JsonNode audit = run.audit();
        assertThat(audit.at("/bill/providers/0/billed_cost").decimalValue())
                .as("the same account in two datasets counts once")
                .isEqualByComparingTo("52.28");
        assertThat(audit.get("warnings").toString())
                .contains("The bill of gcp is the detailed export, cloud-custodian.billing." + TABLE)
                .contains("The export cloud-custodian.other." + second + " has nothing of")
                .doesNotContain("Instances are priced at list");
    }

    /** A cell of a row of the first page, with an odd value or none. */
    private record Odd(int row, String column, String value) {}

    private GoogleRun scanWith(Odd... odd) throws Exception {
        int pages = 0;
        for (ServeEvent event : served) {
            JsonNode page = new ObjectMapper().readTree(event.getResponse().getBodyAsString());
            List<String> columns = page.at("/schema/fields").findValuesAsText("name");
            if (!page.has("pageToken") || columns.isEmpty()) {
                continue;
            }
            for (Odd one : odd) {
                JsonNode cell = page.at("/rows/" + one.row() + "/f/" + columns.indexOf(one.column()));
                assertThat(cell.has("v")).as(one.toString()).isTrue();
                ((ObjectNode) cell).put("v", one.value());
            }
            pages++;
            answers.stubFor(
                    any(urlPathEqualTo(URI.create(event.getRequest().getUrl()).getPath()))
                            .withQueryParam("pageToken", absent())
                            .atPriority(1)
                            .willReturn(okJson(page.toString())));
        }
        assertThat(pages).isPositive();
        return GoogleRun.scan(google, folder, "", OneRule.with(JUNE));
    }

    private static int rows(GoogleRun run) throws Exception {
        return run.audit().at("/bill/providers/0/rows").asInt();
    }

    @ParameterizedTest
    @CsvSource({
        "cost, , cost is empty",
        "cost, much, cost is \"much\"",
        "currency, , currency is empty",
        "usage_start_time, soon, usage_start_time is \"soon\""
    })
    void a_row_that_cannot_be_read_costs_itself_only(String column, String value, String reason) throws Exception {
        GoogleRun run = scanWith(new Odd(0, column, value));
        assertThat(rows(run)).as(run.err()).isEqualTo(rows(whole) - 1);
        assertThat(run.err()).contains(": " + reason + ".").doesNotContain("not read");
    }

    @Test
    void rows_whose_time_of_export_service_or_project_cannot_be_read_count() throws Exception {
        GoogleRun run = scanWith(
                new Odd(0, "export_time", "soon"),
                new Odd(1, "export_time", null),
                new Odd(2, "service_description", null),
                new Odd(3, "project_id", null));
        assertThat(rows(run)).as(run.err()).isEqualTo(rows(whole));
        assertThat(run.err()).doesNotContain("not read");
    }

    /** None of it is a defect of ours, and none has the words of a library. */
    @Test
    void an_answer_to_the_query_that_is_none_is_a_gap_of_the_table_in_plain_words() throws Exception {
        for (ResponseDefinitionBuilder broken :
                List.of(okJson("{}"), okJson("<html>a proxy</html>"), okJson("{\"jobReference\": {\"jobId\": \"job"))) {
            answers.stubFor(post(urlPathEqualTo("/bigquery/v2/projects/cloud-custodian/queries"))
                    .atPriority(1)
                    .willReturn(broken));
            GoogleRun run = GoogleRun.scan(google, folder, "", OneRule.with(JUNE));
            assertThat(run.exitCode()).as(run::err).isEqualTo(4);
            assertThat(run.err())
                    .containsPattern("not read: Google Cloud cloud-custodian.billing." + TABLE
                            + " bill: BigQuery sent an answer that (broke off or is not JSON|is not complete)[.]\n")
                    .doesNotContain("aiaudit failed", "JsonReader", "could not be reached");
            assertThat(run.audit().get("partial").asBoolean()).isFalse();
        }
    }

    @Test
    void a_list_of_datasets_without_any_content_is_a_gap_and_not_an_empty_one() throws Exception {
        answers.stubFor(get(urlPathEqualTo(DATASETS)).atPriority(1).willReturn(okJson("{}")));
        GoogleRun run = GoogleRun.scan(google, folder, "", OneRule.with(JUNE));
        assertThat(run.exitCode()).as(run::err).isEqualTo(4);
        assertThat(run.err())
                .contains("not read: Google Cloud cloud-custodian bill: bigquery.datasets.get failed: the response "
                        + "has no content.");
    }

    /** The library itself gives up after 20 seconds. */
    @Test
    @Slow
    void a_query_that_takes_half_a_minute_is_waited_for() throws Exception {
        answers.stubFor(post(urlPathEqualTo("/bigquery/v2/projects/cloud-custodian/queries"))
                .atPriority(1)
                .willReturn(aResponse().withTransformers(BigQueryAnswers.NAME).withFixedDelay(25_000)));
        GoogleRun run = GoogleRun.scan(google, folder, "", OneRule.with(JUNE));
        assertThat(run.err()).doesNotContain("not read");
        assertThat(run.audit().at("/bill/providers/0/billed_cost").decimalValue())
                .isEqualByComparingTo("52.28");
    }

    private static ResponseDefinitionBuilder refusal(int status, String reason, String message) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody("""
                        {"error": {"code": %d, "message": "%s", "errors": [{"message": "%s", "domain": "global", \
                        "reason": "%s"}]}}""".formatted(status, message, message, reason));
    }

    @Test
    void a_bill_in_a_file_counts_before_the_export() throws Exception {
        Path bill = Files.writeString(folder.resolve("bill.csv"), """
                BilledCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,ProviderName
                5,USD,2026-06-01T00:00:00Z,2026-06-02T00:00:00Z,Usage,Vertex AI,Google Cloud
                """);
        GoogleRun run = GoogleRun.scan(
                google, folder, "", OneRule.with(JUNE[0], JUNE[1], JUNE[2], JUNE[3], "--billing", bill.toString()));
        assertThat(run.audit().at("/bill/providers/0/billed_cost").decimalValue())
                .isEqualByComparingTo("5");
        answers.verify(0, getRequestedFor(urlPathEqualTo(DATASETS)));
    }
}
