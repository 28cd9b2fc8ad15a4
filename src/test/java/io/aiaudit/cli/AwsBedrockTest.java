package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.testing.MotoCompany;
import io.aiaudit.testing.Outside;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;

/**
 * Bedrock as a user scans it: moto has its metrics, its custom models and its logging; the lists of everything else are
 * answered in the shapes that AWS documents.
 */
@Outside
class AwsBedrockTest extends AwsTest {
    private static final String ARN = "arn:aws:bedrock:us-east-1:123456789012:";
    private static final String HAIKU = "anthropic.claude-3-haiku-20240307-v1:0";

    /** Scans and keeps what was read. */
    private AwsRun scan(int days) throws Exception {
        return scanAndSave(ONE_REGION, days, "--rule", "provisioned-throughput-idle");
    }

    private AwsRun read(int days) throws Exception {
        return scanAndSave(ONE_REGION, days, OneRule.with());
    }

    private static String units(String id, String name, String more) {
        return """
                {"provisionedModelName": "%2$s", "provisionedModelArn": "%3$sprovisioned-model/%1$s", "modelArn": \
                "arn:aws:bedrock:us-east-1::foundation-model/%4$s",
                 "desiredModelArn": "arn:aws:bedrock:us-east-1::foundation-model/%4$s", "foundationModelArn": \
                "arn:aws:bedrock:us-east-1::foundation-model/%4$s",
                 "modelUnits": 2, "desiredModelUnits": 2, "status": "InService", "creationTime": \
                "2026-01-10T10:00:00Z", "lastModifiedTime": \
                "2026-01-10T10:00:00Z"%5$s}""".formatted(id, name, ARN, HAIKU, more);
    }

    private static void threeUnitsInTwoPages() {
        aws.answerInTwoPages(
                AwsServer.path("/provisioned-model-throughputs"),
                AwsServer.path("/provisioned-model-throughputs").withQueryParam("nextToken", equalTo("second")),
                "{\"nextToken\": \"second\", \"provisionedModelSummaries\": [" + units("idle0idle0id", "idle", "")
                        + "]}",
                "{\"provisionedModelSummaries\": [" + units("used0used0us", "used-by-arn", "") + ","
                        + units(
                                "bound0bound0",
                                "used-by-id",
                                ", \"commitmentDuration\": \"SixMonths\", \"commitmentExpirationTime\": "
                                        + "\"2026-07-10T10:00:00Z\"")
                        + "]}");
        MotoCompany company = new MotoCompany(aws.moto());
        company.fillModel("us-east-1", ARN + "provisioned-model/used0used0us", hour -> 5);
        company.fillModel("us-east-1", "bound0bound0", hour -> 5);
    }

    @Test
    void idle_provisioned_throughput_is_found_and_used_one_is_not() throws Exception {
        threeUnitsInTwoPages();
        JsonNode audit = scan(15).audit();
        assertThat(AwsRun.found(audit, "provisioned-throughput-idle")).containsExactly("idle");
        assertThat(AwsRun.requests(audit, "Bedrock.ListProvisionedModelThroughputs"))
                .isEqualTo(2);
        JsonNode bound = AwsRun.resource(audit, "used-by-id");
        assertThat(bound.get("replicas").asInt()).isEqualTo(2);
        assertThat(bound.get("purchase").asText()).isEqualTo("committed");
        assertThat(attribute("used-by-id", "commitment_duration")).isEqualTo("SixMonths");
        assertThat(attribute("used-by-id", "commitment_expires_at")).isEqualTo("2026-07-10T10:00:00Z");
        assertThat(attribute("used-by-id", "model")).isEqualTo(HAIKU);
        assertThat(AwsRun.resource(audit, "idle").get("purchase").asText()).isEqualTo("on_demand");
        assertThat(AwsRun.each(audit.get("resources"))
                        .filter(resource -> resource.get("kind").asText().equals("model_usage")))
                .as("the calls of units are not counted a second time as calls of a model")
                .isEmpty();
    }

    @Test
    void denied_metrics_leave_provisioned_throughput_there_not_examined() throws Exception {
        threeUnitsInTwoPages();
        aws.answer(
                AwsServer.form("GetMetricData"),
                AwsServer.xml("<ErrorResponse "
                                + "xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/"
                                + "\"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not "
                                + "authorized</Message></Error><RequestId>r</RequestId></ErrorResponse>")
                        .withStatus(403));
        AwsRun run = scan(15);
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .contains("not read: AWS 123456789012/us-east-1 bedrock metrics: access denied for "
                        + "cloudwatch:GetMetricData.");
        assertThat(AwsRun.found(run.audit(), "provisioned-throughput-idle")).isEmpty();
        assertThat(AwsRun.resource(run.audit(), "idle").get("kind").asText()).isEqualTo("provisioned_throughput");
    }

    @Test
    void a_denied_list_of_bedrock_is_one_gap_and_the_rest_of_bedrock_is_read() throws Exception {
        aws.answer(
                AwsServer.path("/imported-models"),
                AwsServer.refusal(
                        403, "AccessDeniedException", "User is not authorized to perform: bedrock:ListImportedModels"));
        aws.answer(
                AwsServer.path("/provisioned-model-throughputs"),
                AwsServer.json("{\"provisionedModelSummaries\": [" + units("idle0idle0id", "idle", "") + "]}"));
        aws.answer(AwsServer.body("/listTagsForResource"), AwsServer.json("{\"tags\": []}"));
        AwsRun run = scan(15);
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.audit().get("gaps")).hasSize(1);
        assertThat(run.audit().at("/gaps/0/problem").asText())
                .isEqualTo("access denied for bedrock:ListImportedModels.");
        assertThat(AwsRun.found(run.audit(), "provisioned-throughput-idle")).containsExactly("idle");
    }

    @Test
    void models_are_reported_by_the_names_that_callers_used_with_the_regions_that_answer() throws Exception {
        MotoCompany company = new MotoCompany(aws.moto());
        company.fillModel("us-east-1", HAIKU, hour -> 10);
        company.fillModel("us-east-1", "arn:aws:bedrock:us-east-1::foundation-model/" + HAIKU, hour -> 1);
        company.fillModel("us-east-1", "us." + HAIKU, hour -> 20);
        company.fillModel("us-east-1", ARN + "application-inference-profile/assist", hour -> 30);
        company.fillModelThroughOpenAi("us-east-1", "openai.gpt-oss-120b", hour -> 40);
        aws.answerInTwoPages(
                AwsServer.path("/inference-profiles").withQueryParam("type", equalTo("SYSTEM_DEFINED")),
                AwsServer.path("/inference-profiles")
                        .withQueryParam("type", equalTo("SYSTEM_DEFINED"))
                        .withQueryParam("nextToken", equalTo("second")),
                "{\"nextToken\": \"second\", \"inferenceProfileSummaries\": []}",
                "{\"inferenceProfileSummaries\": [" + profile("us." + HAIKU, "US Haiku", "SYSTEM_DEFINED") + "]}");
        aws.answer(
                AwsServer.path("/inference-profiles").withQueryParam("type", equalTo("APPLICATION")),
                AwsServer.json(
                        "{\"inferenceProfileSummaries\": [" + profile("assist", "agent-assist", "APPLICATION") + "]}"));
        aws.answer(
                AwsServer.body("/listTagsForResource"),
                AwsServer.json("{\"tags\": [{\"key\": \"team\", \"value\": \"support\"}]}"));
        AwsRun run = read(2);
        JsonNode audit = run.audit();
        assertThat(run.exitCode()).as(run::err).isZero();
        JsonNode here = AwsRun.resource(audit, HAIKU);
        assertThat(here.get("resource_id").asText()).isEqualTo(ARN + "foundation-model/" + HAIKU);
        assertThat(attribute(HAIKU, "destination_regions")).isEqualTo("us-east-1");
        assertThat(attribute(HAIKU, "invocation_logging")).isEqualTo("off");
        assertThat(attribute("us." + HAIKU, "destination_regions")).isEqualTo("us-east-1, us-west-2");
        assertThat(attribute("us." + HAIKU, "model")).isEqualTo(HAIKU);
        JsonNode assist = AwsRun.resource(audit, "agent-assist");
        assertThat(assist.at("/tags/team").asText()).isEqualTo("support");
        assertThat(attribute("agent-assist", "model")).isEqualTo(HAIKU);
        assertThat(attribute("openai.gpt-oss-120b", "endpoints")).isEqualTo("mantle");
        assertThat(AwsRun.requests(audit, "Bedrock.ListInferenceProfiles")).isEqualTo(3);
        try (SavedScan scan = saved()) {
            int hours = 2 * 24;
            assertThat(scan.total(ARN + "foundation-model/" + HAIKU, "requests"))
                    .as("called by its id and by its ARN")
                    .isEqualTo(11.0 * hours);
            assertThat(scan.total(ARN + "inference-profile/us." + HAIKU, "tokens_input"))
                    .isEqualTo(2000.0 * hours);
            assertThat(scan.total(ARN + "application-inference-profile/assist", "tokens_output"))
                    .isEqualTo(300.0 * hours);
            assertThat(scan.total(ARN + "application-inference-profile/assist", "tokens_cache_read"))
                    .as("no cache was read: measured, not unknown")
                    .isZero();
            assertThat(scan.total(ARN + "foundation-model/openai.gpt-oss-120b", "tokens_input"))
                    .isEqualTo(4000.0 * hours);
            assertThat(scan.total(ARN + "foundation-model/openai.gpt-oss-120b", "tokens_cache_read"))
                    .as("that endpoint does not tell of caches")
                    .isNull();
            assertThat(scan.average(ARN + "foundation-model/" + HAIKU, "latency_ms"))
                    .isEqualTo(800.0);
        }
    }

    private static String profile(String id, String name, String type) {
        String kind = type.equals("APPLICATION") ? "application-inference-profile/" : "inference-profile/";
        return """
                {"inferenceProfileName": "%2$s", "inferenceProfileArn": "%4$s%5$s%1$s", "inferenceProfileId": "%1$s", \
                "status": "ACTIVE", "type": "%3$s", "createdAt": "2026-01-10T10:00:00Z",
                 "models": [{"modelArn": "arn:aws:bedrock:us-west-2::foundation-model/%6$s"}, {"modelArn": \
                "arn:aws:bedrock:us-east-1::foundation-model/%6$s"}]}""".formatted(id, name, type, ARN, kind, HAIKU);
    }

    @Test
    void where_calls_are_logged_is_reported_with_what_is_called() throws Exception {
        new MotoCompany(aws.moto()).fillModel("us-east-1", HAIKU, hour -> 10);
        S3Client s3 = aws.moto().client(S3Client.builder(), "us-east-1");
        s3.createBucket(request -> request.bucket("model-logs").objectLockEnabledForBucket(true));
        s3.putObjectLockConfiguration(request -> request.bucket("model-logs")
                .objectLockConfiguration(lock -> lock.objectLockEnabled(ObjectLockEnabled.ENABLED)
                        .rule(rule -> rule.defaultRetention(retention -> retention
                                .mode(ObjectLockRetentionMode.COMPLIANCE)
                                .days(365)))));
        aws.moto()
                .client(BedrockClient.builder(), "us-east-1")
                .putModelInvocationLoggingConfiguration(request ->
                        request.loggingConfig(logging -> logging.s3Config(bucket -> bucket.bucketName("model-logs"))
                                .textDataDeliveryEnabled(true)));
        assertThat(read(2).exitCode()).isZero();
        assertThat(attribute(HAIKU, "invocation_logging")).isEqualTo("s3");
        assertThat(attribute(HAIKU, "invocation_logging_bucket")).isEqualTo("model-logs");
        assertThat(attribute(HAIKU, "invocation_logging_text")).isEqualTo("true");
        assertThat(attribute(HAIKU, "invocation_logging_lock")).isEqualTo("COMPLIANCE 365 days");
    }

    @Test
    void models_of_ones_own_and_batch_jobs_are_read_to_the_last_page() throws Exception {
        pages(
                "/custom-models",
                "modelSummaries",
                "{\"modelArn\": \"" + ARN
                        + "custom-model/haiku.1/tone\", \"modelName\": \"tone\", \"creationTime\": "
                        + "\"2026-01-10T10:00:00Z\","
                        + " \"baseModelArn\": \"arn:aws:bedrock:us-east-1::foundation-model/" + HAIKU
                        + "\", \"baseModelName\": \"Haiku\", \"customizationType\": \"FINE_TUNING\", \"modelStatus\": "
                        + "\"Active\"}");
        pages(
                "/model-customization/custom-model-deployments",
                "modelDeploymentSummaries",
                "{\"customModelDeploymentArn\": \"" + ARN
                        + "custom-model-deployment/abc123\", \"customModelDeploymentName\": \"tone-live\", "
                        + "\"modelArn\": \""
                        + ARN
                        + "custom-model/haiku.1/tone\", \"createdAt\": \"2026-01-10T10:00:00Z\", \"status\": "
                        + "\"Active\"}");
        pages(
                "/imported-models",
                "modelSummaries",
                "{\"modelArn\": \"" + ARN
                        + "imported-model/xyz789\", \"modelName\": \"ours\", \"creationTime\": "
                        + "\"2026-01-10T10:00:00Z\", \"modelArchitecture\": \"llama\"}");
        Instant yesterday = Instant.now().minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS);
        pages(
                "/model-invocation-jobs",
                "invocationJobSummaries",
                "{\"jobArn\": \"" + ARN + "model-invocation-job/j1\", \"jobName\": \"nightly\", \"modelId\": \"" + HAIKU
                        + "\", \"roleArn\": \"arn:aws:iam::123456789012:role/r\", \"status\": \"Completed\", "
                        + "\"submitTime\": \""
                        + yesterday
                        + "\", \"endTime\": \"" + yesterday.plusSeconds(3600)
                        + "\", \"inputDataConfig\": {\"s3InputDataConfig\": {\"s3Uri\": \"s3://in\"}}, "
                        + "\"outputDataConfig\": {\"s3OutputDataConfig\": {\"s3Uri\": \"s3://out\"}}}");
        AwsRun run = read(15);
        assertThat(run.exitCode()).as(run::err).isZero();
        JsonNode audit = run.audit();
        assertThat(AwsRun.resource(audit, "tone").get("kind").asText()).isEqualTo("service");
        JsonNode live = AwsRun.resource(audit, "tone-live");
        assertThat(live.get("kind").asText()).isEqualTo("model_usage");
        assertThat(attribute("tone-live", "hosting")).isEqualTo("fine-tuned on demand");
        assertThat(attribute("ours", "architecture")).isEqualTo("llama");
        JsonNode nightly = AwsRun.resource(audit, "nightly");
        assertThat(nightly.get("kind").asText()).isEqualTo("batch_job");
        assertThat(attribute("nightly", "model")).isEqualTo(HAIKU);
        for (String operation : List.of(
                "ListCustomModels", "ListCustomModelDeployments", "ListImportedModels", "ListModelInvocationJobs")) {
            assertThat(AwsRun.requests(audit, "Bedrock." + operation))
                    .as(operation)
                    .isEqualTo(2);
        }
    }

    @Test
    void guardrails_are_reported_with_what_is_called_beside_them() throws Exception {
        new MotoCompany(aws.moto()).fillModel("us-east-1", HAIKU, hour -> 10);
        String guardrail =
                "\"arn\": \"arn:x\", \"version\": \"DRAFT\", \"createdAt\": \"2026-01-10T10:00:00Z\", \"updatedAt\": "
                        + "\"2026-01-10T10:00:00Z\"}";
        pages(
                "/guardrails",
                "guardrails",
                "{\"id\": \"g1\", \"name\": \"no-secrets\", \"status\": \"READY\", " + guardrail
                        + ", {\"id\": \"g2\", \"name\": \"going\", \"status\": \"DELETING\", " + guardrail);
        AwsRun run = read(2);
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(attribute(HAIKU, "guardrails_of_region")).isEqualTo("no-secrets");
        assertThat(AwsRun.requests(run.audit(), "Bedrock.ListGuardrails")).isEqualTo(2);
    }

    private static String foundationModel(String id, String inference) {
        return "{\"modelArn\": \"arn:aws:bedrock:us-east-1::foundation-model/" + id + "\", \"modelId\": \"" + id
                + "\", \"inferenceTypesSupported\": [\"" + inference + "\"]}";
    }

    /**
     * As CloudWatch answers for one whose last call is older than that: the points are there, and nothing names them.
     */
    @Test
    void a_model_that_nobody_called_for_two_weeks_is_reported_by_what_it_did_before() throws Exception {
        MotoCompany company = new MotoCompany(aws.moto());
        company.fillModel("us-east-1", HAIKU, hour -> 10);
        company.fillModel("us-east-1", "us." + HAIKU, hour -> 20);
        aws.answer(
                AwsServer.form("ListMetrics"),
                AwsServer.xml("<ListMetricsResponse "
                        + "xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/"
                        + "\"><ListMetricsResult><Metrics/></ListMetricsResult></ListMetricsResponse>"));
        aws.answer(
                AwsServer.path("/foundation-models"),
                AwsServer.json("{\"modelSummaries\": [" + foundationModel(HAIKU, "ON_DEMAND") + ","
                        + foundationModel("amazon.nova-lite-v1:0", "ON_DEMAND") + ","
                        + foundationModel("amazon.titan-tg1-large", "PROVISIONED") + "]}"));
        aws.answer(
                AwsServer.path("/inference-profiles").withQueryParam("type", equalTo("SYSTEM_DEFINED")),
                AwsServer.json("{\"inferenceProfileSummaries\": ["
                        + profile("us." + HAIKU, "US Haiku", "SYSTEM_DEFINED") + "]}"));
        AwsRun run = read(15);
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(AwsRun.each(run.audit().get("resources"))
                        .filter(resource -> resource.get("kind").asText().equals("model_usage"))
                        .map(resource -> resource.get("name").asText()))
                .containsExactlyInAnyOrder(HAIKU, "us." + HAIKU);
        assertThat(attribute("us." + HAIKU, "destination_regions")).isEqualTo("us-east-1, us-west-2");
        try (SavedScan scan = saved()) {
            assertThat(scan.total(ARN + "foundation-model/" + HAIKU, "requests"))
                    .isEqualTo(10.0 * 15 * 24);
        }
    }

    @Test
    void a_denied_list_of_models_leaves_those_that_cloudwatch_names() throws Exception {
        new MotoCompany(aws.moto()).fillModel("us-east-1", HAIKU, hour -> 10);
        aws.answer(
                AwsServer.path("/foundation-models"),
                AwsServer.refusal(403, "AccessDeniedException", "not authorized"));
        AwsRun run = read(15);
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .contains("not read: AWS 123456789012/us-east-1 models called more than two weeks ago: access denied "
                        + "for bedrock:ListFoundationModels.");
        assertThat(AwsRun.resource(run.audit(), HAIKU).get("kind").asText()).isEqualTo("model_usage");
    }

    /** What there is is on the second page. */
    private static void pages(String path, String list, String second) {
        aws.answerInTwoPages(
                AwsServer.path(path),
                AwsServer.path(path).withQueryParam("nextToken", equalTo("second")),
                "{\"nextToken\": \"second\", \"" + list + "\": []}",
                "{\"" + list + "\": [" + second + "]}");
    }
}
