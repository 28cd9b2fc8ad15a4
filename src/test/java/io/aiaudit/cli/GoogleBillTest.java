package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.aiaudit.collect.gcp.BigQueryAnswers;
import io.aiaudit.collect.gcp.ZetaSql;
import io.aiaudit.testing.GoogleServer;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bill in BigQuery: its shapes are Google's, its rows those of Google's own SQL engine, WireMock carries them. */
class GoogleBillTest {
    private static final String TABLE = "gcp_billing_export_resource_v1_AAAAAA_BBBBBB_CCCCCC";
    private static final String DATASETS = "/bigquery/v2/projects/cloud-custodian/datasets";
    private static final String[] JUNE = {"--window", "2026-06-01/2026-07-01", "-f", "json"};

    private static GoogleServer google;
    private static WireMockServer answers;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        google = GoogleServer.start(
                new BigQueryAnswers(ZetaSql.table("cloud-custodian.billing." + TABLE, "export-table.sql")));
        answers = google.wireMock();
    }

    @AfterAll
    static void stop() {
        google.close();
    }

    @BeforeEach
    void anExport() {
        google.reset();
        answers.stubFor(any(anyUrl()).atPriority(10).willReturn(okJson("{}")));
        answers.stubFor(get(urlPathEqualTo(DATASETS)).willReturn(okJson("""
                {"datasets": [{"datasetReference": {"projectId": "cloud-custodian", "datasetId": "other"}}], "nextPageToken": "second"}""")));
        answers.stubFor(get(urlPathEqualTo(DATASETS))
                .withQueryParam("pageToken", com.github.tomakehurst.wiremock.client.WireMock.equalTo("second"))
                .atPriority(1)
                .willReturn(okJson("""
                {"datasets": [{"datasetReference": {"projectId": "cloud-custodian", "datasetId": "billing"}}]}""")));
        answers.stubFor(get(urlPathEqualTo(DATASETS + "/billing/tables")).willReturn(okJson("""
                {"tables": [
                  {"tableReference": {"projectId": "cloud-custodian", "datasetId": "billing", "tableId": "gcp_billing_export_v1_AAAAAA_BBBBBB_CCCCCC"}, "type": "TABLE"},
                  {"tableReference": {"projectId": "cloud-custodian", "datasetId": "billing", "tableId": "%s"}, "type": "TABLE"}]}""".formatted(TABLE))));
        answers.stubFor(get(urlPathEqualTo(DATASETS + "/billing/tables/" + TABLE)).willReturn(okJson("""
                {"tableReference": {"projectId": "cloud-custodian", "datasetId": "billing", "tableId": "%s"}, "type": "TABLE", "location": "US",
                 "timePartitioning": {"type": "DAY"}, "schema": {"fields": [%s]}}""".formatted(TABLE, fields()))));
        answers.stubFor(post(urlPathEqualTo("/bigquery/v2/projects/cloud-custodian/jobs"))
                .withRequestBody(matchingJsonPath("$.configuration[?(@.dryRun == true)]"))
                .willReturn(okJson(job("\"totalBytesProcessed\": \"1200000000\""))));
        answers.stubFor(get(urlPathEqualTo("/bigquery/v2/projects/cloud-custodian/jobs/job-1"))
                .willReturn(okJson(job("\"totalBytesProcessed\": \"1100000000\", \"totalBytesBilled\": \"1101004800\""))));
        answers.stubFor(any(urlPathMatching("/bigquery/v2/projects/cloud-custodian/queries(/job-1)?"))
                .willReturn(aResponse().withTransformers(BigQueryAnswers.NAME)));
    }

    private static String fields() {
        StringBuilder fields = new StringBuilder();
        for (String name : "billing_account_id service sku project location resource cost cost_at_list currency usage cost_type adjustment_info price consumption_model subscription seller_name system_labels"
                .split(" ")) {
            fields.append("{\"name\": \"").append(name).append("\", \"type\": \"STRING\"}, ");
        }
        return fields + "{\"name\": \"labels\", \"type\": \"STRING\", \"mode\": \"REPEATED\"}";
    }

    private static String job(String statistics) {
        return """
                {"kind": "bigquery#job", "jobReference": {"projectId": "cloud-custodian", "jobId": "job-1", "location": "US"}, "status": {"state": "DONE"},
                 "configuration": {"jobType": "QUERY", "query": {"query": "SELECT 1"}}, "statistics": {"query": {%s}}}""".formatted(statistics);
    }

    @Test
    void the_best_export_is_found_and_its_bill_adds_up_to_the_cent() throws Exception {
        GoogleRun run = GoogleRun.scan(google, folder, "", JUNE);
        JsonNode bill = run.audit().at("/bill/providers/0");
        assertThat(run.err()).doesNotContain("not read", "rejected");
        assertThat(bill.get("provider").asText()).isEqualTo("gcp");
        assertThat(bill.get("effective_cost").decimalValue()).isEqualByComparingTo(new BigDecimal("49.84"));
        assertThat(bill.get("billed_cost").decimalValue()).isEqualByComparingTo(new BigDecimal("52.28"));
        assertThat(bill.get("tax").decimalValue()).isEqualByComparingTo(new BigDecimal("4.44"));
        assertThat(bill.get("promotional_credit").decimalValue()).isEqualByComparingTo(new BigDecimal("-2"));
    }
}
