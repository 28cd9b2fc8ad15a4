package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.aiaudit.testing.GoogleProject;
import io.aiaudit.testing.GoogleServer;
import io.aiaudit.testing.Outside;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a project shows of itself, up to the findings about how it is governed. */
@Outside
class GoogleGovernanceTest {
    private static final String ID = GoogleServer.PROJECT;
    private static final String BUCKETS = "/v2/projects/" + ID + "/locations/-/buckets";
    private static final String BUDGETS = "/v1/billingAccounts/0A-1B/budgets";
    private static final String DENIED = "access denied";
    private static final String LOGGED =
            "{\"auditConfigs\": [{\"service\": \"%s\", \"auditLogConfigs\": [{\"logType\": \"DATA_WRITE\"}, "
                    + "{\"logType\": \"DATA_READ\"}]}]}";

    @AutoClose
    private static GoogleServer google;

    @TempDir
    private Path folder;

    private GoogleProject project;

    @BeforeAll
    static void start() {
        google = GoogleServer.start();
    }

    @BeforeEach
    void aProjectThatRecordsWhatEveryProjectDoes() {
        google.reset();
        project = new GoogleProject(google, ID).empty();
        project.answers(BUCKETS, """
                {"buckets": [
                  {"name": "projects/%1$s/locations/global/buckets/_Required", "retentionDays": 400, "locked": true},
                  {"name": "projects/%1$s/locations/global/buckets/_Default", "retentionDays": 30}]}""".formatted(ID));
        posts("/v1/projects/" + ID + ":getAncestry", okJson("""
                {"ancestor": [{"resourceId": {"type": "project", "id": "%s"}}, {"resourceId": {"type": "folder", "id": \
                "7"}}, {"resourceId": {"type": "organization", "id": "9"}}]}""".formatted(ID)));
        project.answers("/v1/projects/" + ID + "/billingInfo", "{\"billingAccountName\": \"billingAccounts/0A-1B\"}");
    }

    private static void posts(String path, ResponseDefinitionBuilder answer) {
        google.wireMock().stubFor(post(urlPathEqualTo(path)).atPriority(2).willReturn(answer));
    }

    private JsonNode scan(int exitCode) throws Exception {
        GoogleRun run = GoogleRun.scan(
                google,
                folder,
                "",
                "--days",
                "7",
                "-f",
                "json",
                "--rule",
                "audit-trail-missing",
                "--rule",
                "audit-trail-mutable",
                "--rule",
                "spend-unmonitored");
        assertThat(run.exitCode()).as(run::err).isEqualTo(exitCode);
        return run.audit();
    }

    private static List<String> reasons(JsonNode audit, String rule) {
        return AwsRun.each(audit.get("findings"))
                .filter(finding -> finding.get("rule").asText().equals(rule))
                .map(finding -> finding.get("reason").asText())
                .toList();
    }

    private static String notExamined(JsonNode audit, String rule) {
        return AwsRun.each(audit.get("rules"))
                .filter(report -> report.get("id").asText().equals(rule))
                .map(report -> report.get("not_examined_reasons").toString())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void calls_that_nobody_records_and_money_that_nobody_watches_are_findings() throws Exception {
        JsonNode audit = scan(0);
        assertThat(reasons(audit, "audit-trail-missing"))
                .containsExactly("The " + ID + " does not log model requests.");
        assertThat(reasons(audit, "audit-trail-mutable"))
                .as("only what must be kept is looked at")
                .isEmpty();
        assertThat(reasons(audit, "spend-unmonitored"))
                .containsExactly("The " + ID + " has no cost budget, and its anomaly detection could not be read.");
    }

    @Test
    void calls_that_the_project_records_lie_in_a_bucket_that_can_be_emptied() throws Exception {
        posts("/v3/projects/" + ID + ":getIamPolicy", okJson(LOGGED.formatted("aiplatform.googleapis.com")));
        project.answers(BUDGETS, """
                {"budgets": [{"budgetFilter": {"projects": ["projects/1098479648729"]}, "thresholdRules": \
                [{"thresholdPercent": 0.9}]}]}""");
        JsonNode audit = scan(0);
        assertThat(reasons(audit, "audit-trail-missing")).isEmpty();
        assertThat(reasons(audit, "audit-trail-mutable"))
                .containsExactly("Log files of _Default can be deleted or overwritten.");
        assertThat(reasons(audit, "spend-unmonitored")).isEmpty();
    }

    @Test
    void what_the_organization_records_is_recorded_in_its_projects() throws Exception {
        posts("/v3/organizations/9:getIamPolicy", okJson(LOGGED.formatted("allServices")));
        project.answers(BUDGETS, """
                {"budgets": [{"budgetFilter": {"projects": ["projects/5"]}, "thresholdRules": [{"thresholdPercent": \
                0.9}]},
                             {"thresholdRules": [{"thresholdPercent": 0.9}], "notificationsRule": \
                {"disableDefaultIamRecipients": true}}]}""");
        JsonNode audit = scan(0);
        assertThat(reasons(audit, "audit-trail-missing")).isEmpty();
        assertThat(reasons(audit, "spend-unmonitored"))
                .as("one of another project, one that notifies nobody")
                .containsExactly("The " + ID
                        + " has one cost budget that alerts no one, and its anomaly detection could not be read.");
    }

    @Test
    void what_an_organization_records_that_may_not_be_requested_is_unknown_and_a_gap() throws Exception {
        posts("/v3/organizations/9:getIamPolicy", GoogleProject.refusal(403, "PERMISSION_DENIED", "x", DENIED));
        JsonNode audit = scan(4);
        assertThat(reasons(audit, "audit-trail-missing")).isEmpty();
    }

    @Test
    void a_budget_of_a_folder_may_be_over_the_project_and_is_not_reported_to_be_missing() throws Exception {
        project.answers(BUDGETS, """
                {"budgets": [{"budgetFilter": {"resourceAncestors": ["folders/7"]}, "thresholdRules": \
                [{"thresholdPercent": 0.9}]}]}""");
        JsonNode audit = scan(0);
        assertThat(reasons(audit, "spend-unmonitored")).isEmpty();
        assertThat(notExamined(audit, "spend-unmonitored")).contains("the budgets of its account are unknown");
    }

    @Test
    void budgets_that_may_not_be_read_are_a_gap_and_not_missing() throws Exception {
        project.refuses(BUDGETS, 403, "PERMISSION_DENIED", "IAM_PERMISSION_DENIED", DENIED);
        JsonNode audit = scan(4);
        assertThat(audit.get("gaps")).hasSize(1);
        assertThat(audit.at("/gaps/0/scope").asText()).contains("budgets");
        assertThat(reasons(audit, "spend-unmonitored")).isEmpty();
        assertThat(notExamined(audit, "spend-unmonitored")).contains("the budgets of its account are unknown");
    }
}
