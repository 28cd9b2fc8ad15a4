package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.notContaining;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.aiaudit.testing.MotoCompany;
import io.aiaudit.testing.Outside;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Endpoints as AWS lists and describes them, and what all lists have in common: pages, and things that are gone by the
 * time they are looked at.
 */
@Outside
class AwsEndpointsTest extends AwsAnswers {
    private static final String GONE_AND_STAYS = """
            {"Endpoints": [
              {"EndpointName": "gone", "EndpointArn": "arn:aws:sagemaker:us-east-1:123456789012:endpoint/gone", \
            "CreationTime": 1751328000, "LastModifiedTime": 1751328000, "EndpointStatus": "InService"},
              {"EndpointName": "stays", "EndpointArn": "arn:aws:sagemaker:us-east-1:123456789012:endpoint/stays", \
            "CreationTime": 1751328000, "LastModifiedTime": 1751328000, "EndpointStatus": "InService"}]}""";

    @Test
    void an_endpoint_that_is_deleted_between_list_and_describe_is_no_failure() throws Exception {
        new MotoCompany(moto).fillEndpoint("us-east-1", "stays");
        aws.stubFor(json("ListEndpoints")
                .inScenario("deleted")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("gone")
                .willReturn(answer(GONE_AND_STAYS)));
        AwsRun run = scan(ONE_REGION, OneRule.with("-f", "json"));
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(AwsRun.each(run.audit().get("resources"))
                        .map(resource -> resource.get("name").asText()))
                .contains("stays", "stays/all")
                .doesNotContain("gone");
    }

    /** It looks like one that was deleted, and is paid for: it is listed the second time, too. */
    @Test
    void an_endpoint_that_is_listed_and_never_found_is_a_gap() throws Exception {
        new MotoCompany(moto).fillEndpoint("us-east-1", "stays");
        aws.stubFor(json("ListEndpoints").willReturn(answer(GONE_AND_STAYS)));
        AwsRun run = scan(ONE_REGION, OneRule.with("-f", "json"));
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(gaps(run.audit()))
                .containsExactly(
                        "123456789012/us-east-1 variants of endpoints of gone: sagemaker:DescribeEndpoint does "
                                + "not find what sagemaker:ListEndpoints lists.");
        assertThat(AwsRun.each(run.audit().get("resources"))
                        .map(resource -> resource.get("name").asText()))
                .contains("gone", "stays", "stays/all");
    }

    /** Each list in two pages; what a page has is small, what matters is that the second is requested and counts. */
    @Test
    void every_list_is_read_to_its_last_page() throws Exception {
        twoPages("ListEndpoints", "Endpoints");
        twoPages("ListNotebookInstances", "NotebookInstances");
        twoPages("ListTrainingJobs", "TrainingJobSummaries");
        twoPages("ListProcessingJobs", "ProcessingJobSummaries");
        twoPages("ListTransformJobs", "TransformJobSummaries");
        aws.stubFor(query("DescribeInstances")
                .willReturn(instances("i-0aaaaaaaaaaaaaaaa", "<nextToken>second</nextToken>")));
        aws.stubFor(post(anyUrl())
                .withRequestBody(matching("(.*&)?Action=DescribeInstances&.*NextToken=second.*"))
                .atPriority(0)
                .willReturn(instances("i-0bbbbbbbbbbbbbbbb", "")));
        aws.stubFor(query("GetMetricData")
                .willReturn(metricData("PartialData", "<NextToken>second</NextToken>", "2026-06-01T00:00:00Z", 10)));
        aws.stubFor(post(anyUrl())
                .withRequestBody(matching("(.*&)?Action=GetMetricData&.*NextToken=second.*"))
                .atPriority(0)
                .willReturn(metricData("Complete", "", "2026-06-01T01:00:00Z", 20)));
        AwsRun run = scan(
                ONE_REGION,
                OneRule.with(
                        "--window",
                        "2026-06-01/2026-06-15",
                        "--save",
                        folder.resolve("two.aiaudit").toString(),
                        "-f",
                        "json"));
        JsonNode audit = run.audit();
        for (String operation : List.of(
                "SageMaker.ListEndpoints",
                "SageMaker.ListNotebookInstances",
                "SageMaker.ListTrainingJobs",
                "SageMaker.ListProcessingJobs",
                "SageMaker.ListTransformJobs",
                "Ec2.DescribeInstances",
                "CloudWatch.GetMetricData")) {
            assertThat(AwsRun.requests(audit, operation)).as(operation).isEqualTo(2);
        }
        assertThat(AwsRun.each(audit.get("resources"))
                        .map(resource -> resource.get("resource_id").asText()))
                .contains("i-0aaaaaaaaaaaaaaaa", "i-0bbbbbbbbbbbbbbbb");
    }

    @Test
    void a_variant_that_an_update_brought_yesterday_is_not_idle_for_weeks() throws Exception {
        new MotoCompany(moto).fillEndpoint("us-east-1", "updated");
        long yesterday = Instant.now().minusSeconds(86_400).getEpochSecond();
        aws.stubFor(json("DescribeEndpointConfig").atPriority(0).willReturn(answer("""
                {"EndpointConfigName": "updated-config", "EndpointConfigArn": \
                "arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/updated-config", "CreationTime": %d,
                 "ProductionVariants": [{"VariantName": "all", "ModelName": "m", "InstanceType": "ml.g5.xlarge", \
                "InitialInstanceCount": 1}]}""".formatted(yesterday))));
        AwsRun run = scan(ONE_REGION, "-f", "json", "--days", "15", "--rule", "inference-endpoint-idle");
        assertThat(AwsRun.found(run.audit(), "inference-endpoint-idle")).isEmpty();
        assertThat(AwsRun.resource(run.audit(), "updated/all")
                        .get("machine_type")
                        .asText())
                .isEqualTo("ml.g5.xlarge");
    }

    /** Machines that never were: AWS asks nothing for them. */
    @Test
    void what_data_capture_keeps_is_part_of_the_audit_trail() throws Exception {
        long then = Instant.now().minus(Duration.ofDays(30)).getEpochSecond();
        new MotoCompany(moto).fillEndpoint("us-east-1", "sampled");
        aws.stubFor(json("DescribeEndpoint").willReturn(answer("""
                {"EndpointName": "sampled", "EndpointArn": \
                "arn:aws:sagemaker:us-east-1:123456789012:endpoint/sampled", "EndpointConfigName": "sampled-config", \
                "EndpointStatus": "InService",
                 "CreationTime": %d, "LastModifiedTime": %d, "ProductionVariants": [{"VariantName": "all", \
                "CurrentInstanceCount": 1, "DesiredInstanceCount": 1}],
                 "DataCaptureConfig": {"EnableCapture": true, "CaptureStatus": "Started", "CurrentSamplingPercentage": \
                20, "DestinationS3Uri": "s3://captured/sampled", "KmsKeyId": ""}}""".formatted(then, then))));
        JsonNode parts = scan(ONE_REGION, OneRule.with("-f", "json")).audit().at("/trail_coverage/0/parts");
        assertThat(AwsRun.each(parts)
                        .map(part -> part.get("part").asText() + " "
                                + part.get("state").asText()))
                .containsExactly(
                        "input partly",
                        "model_version not_assessed",
                        "output partly",
                        "downstream_action not_assessed",
                        "immutability not_assessed",
                        "separation recorded");
    }

    @Test
    void what_failed_or_waits_has_no_machines() throws Exception {
        long then = Instant.now().minus(Duration.ofDays(30)).getEpochSecond();
        new MotoCompany(moto).fillEndpoint("us-east-1", "broken");
        aws.stubFor(json("DescribeEndpoint").willReturn(answer("""
                {"EndpointName": "broken", "EndpointArn": "arn:aws:sagemaker:us-east-1:123456789012:endpoint/broken", \
                "EndpointConfigName": "broken-config", "EndpointStatus": "Failed",
                 "CreationTime": %d, "LastModifiedTime": %d}""".formatted(then, then))));
        aws.stubFor(json("DescribeEndpointConfig").atPriority(0).willReturn(answer("""
                {"EndpointConfigName": "broken-config", "EndpointConfigArn": \
                "arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/broken-config", "CreationTime": %d,
                 "ProductionVariants": [{"VariantName": "all", "ModelName": "m", "InstanceType": "ml.g5.xlarge", \
                "InitialInstanceCount": 2}]}""".formatted(then))));
        aws.stubFor(json("ListNotebookInstances").willReturn(answer("""
                {"NotebookInstances": [{"NotebookInstanceName": "lost", "NotebookInstanceArn": \
                "arn:aws:sagemaker:us-east-1:123456789012:notebook-instance/lost", "NotebookInstanceStatus": "Failed",
                 "InstanceType": "ml.g5.xlarge", "CreationTime": %d}]}""".formatted(then))));
        String job = """
                "TrainingJobName": "waits", "TrainingJobArn": \
                "arn:aws:sagemaker:us-east-1:123456789012:training-job/waits", "CreationTime": %d, \
                "TrainingJobStatus": "InProgress\"""".formatted(then);
        aws.stubFor(json("ListTrainingJobs").willReturn(answer("{\"TrainingJobSummaries\": [{" + job + "}]}")));
        aws.stubFor(json("DescribeTrainingJob")
                .willReturn(answer("{" + job
                        + ", \"ResourceConfig\": {\"InstanceType\": \"ml.g5.xlarge\", "
                        + "\"InstanceCount\": 4, \"VolumeSizeInGB\": 30}}")));
        AwsRun run = scan(ONE_REGION, savedDays(15));
        assertThat(run.exitCode()).as(run::err).isZero();
        for (String name : List.of("broken/all", "lost", "waits")) {
            assertThat(AwsRun.resource(run.audit(), name).get("replicas").asInt())
                    .as(name)
                    .isZero();
        }
        assertThat(run.audit().get("findings"))
                .as("nothing is paid for it")
                .noneMatch(finding -> finding.at("/saving/monthly").asDouble() > 0);
        JsonNode waits = AwsRun.resource(run.audit(), "waits");
        assertThat(waits.get("ended_at")).isEqualTo(waits.get("created_at"));
    }

    private AwsRun idle() throws Exception {
        return scanAndSave(ONE_REGION, 15, "--rule", "inference-endpoint-idle");
    }

    /** Its configuration is old, and came back by a rollback yesterday. */
    @Test
    void a_variant_that_a_rollback_brought_yesterday_is_not_idle_for_weeks() throws Exception {
        new MotoCompany(moto).fillEndpoint("us-east-1", "back");
        long then = Instant.now().minus(Duration.ofDays(90)).getEpochSecond();
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        aws.stubFor(json("DescribeEndpoint").willReturn(answer("""
                {"EndpointName": "back", "EndpointArn": "arn:aws:sagemaker:us-east-1:123456789012:endpoint/back", \
                "EndpointConfigName": "back-config", "EndpointStatus": "InService",
                 "ProductionVariants": [{"VariantName": "all", "CurrentInstanceCount": 1}], "CreationTime": %d, \
                "LastModifiedTime": %d}""".formatted(then, yesterday.getEpochSecond()))));
        aws.stubFor(json("DescribeEndpointConfig").atPriority(0).willReturn(answer("""
                {"EndpointConfigName": "back-config", "EndpointConfigArn": \
                "arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/back-config", "CreationTime": %d,
                 "ProductionVariants": [{"VariantName": "all", "ModelName": "m", "InstanceType": "ml.g5.xlarge", \
                "InitialInstanceCount": 1}]}""".formatted(then))));
        assertThat(AwsRun.found(idle().audit(), "inference-endpoint-idle")).isEmpty();
        aws.stubFor(query("GetMetricData").willReturn(series(12, i -> "Complete", (i, hour) -> i < 3 ? -1 : 0)));
        assertThat(AwsRun.found(idle().audit(), "inference-endpoint-idle"))
                .as("its machines were measured before: only its size was changed")
                .containsExactly("back/all");
    }

    @Test
    void inference_components_are_reported_in_the_variant_that_holds_them() throws Exception {
        aws.stubFor(json("ListEndpoints").willReturn(answer("""
                {"Endpoints": [{"EndpointName": "shared", "EndpointArn": \
                "arn:aws:sagemaker:us-east-1:123456789012:endpoint/shared", "CreationTime": 1751328000, \
                "LastModifiedTime": 1751328000, "EndpointStatus": "InService"}]}""")));
        aws.stubFor(json("DescribeEndpoint").willReturn(answer("""
                {"EndpointName": "shared", "EndpointArn": "arn:aws:sagemaker:us-east-1:123456789012:endpoint/shared", \
                "EndpointConfigName": "shared-config", "EndpointStatus": "InService",
                 "ProductionVariants": [{"VariantName": "all", "CurrentInstanceCount": 2}], "CreationTime": \
                1751328000, "LastModifiedTime": 1751328000}""")));
        aws.stubFor(json("DescribeEndpointConfig").atPriority(0).willReturn(answer("""
                {"EndpointConfigName": "shared-config", "EndpointConfigArn": \
                "arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/shared-config", "CreationTime": 1751328000,
                 "ProductionVariants": [{"VariantName": "all", "InstanceType": "ml.g5.12xlarge", \
                "InitialInstanceCount": 1, "ManagedInstanceScaling": {"Status": "ENABLED", "MinInstanceCount": 0, \
                "MaxInstanceCount": 4}}],
                 "ShadowProductionVariants": [{"VariantName": "next", "InstanceType": "ml.g5.xlarge", \
                "InitialInstanceCount": 1, "ModelName": "m2"}]}""")));
        aws.stubFor(json("ListInferenceComponents").willReturn(answer("""
                {"InferenceComponents": [{"InferenceComponentName": "chat", "InferenceComponentArn": \
                "arn:aws:sagemaker:us-east-1:123456789012:inference-component/chat", "EndpointName": "shared", \
                "EndpointArn": "arn:x", "VariantName": "all", "CreationTime": 1751328000, "LastModifiedTime": \
                1751328000}]}""")));
        aws.stubFor(json("DescribeInferenceComponent").willReturn(answer("""
                {"InferenceComponentName": "chat", "InferenceComponentArn": \
                "arn:aws:sagemaker:us-east-1:123456789012:inference-component/chat", "EndpointName": "shared", \
                "EndpointArn": "arn:x",
                 "RuntimeConfig": {"DesiredCopyCount": 3, "CurrentCopyCount": 3}, "CreationTime": 1751328000, \
                "LastModifiedTime": 1751328000}""")));
        aws.stubFor(
                json("ListTags").willReturn(answer("{\"Tags\": [{\"Key\": \"owner\", \"Value\": \"chat-team\"}]}")));
        AwsRun run = scan(ONE_REGION, OneRule.with("-f", "json", "--days", "15"));
        assertThat(run.exitCode()).as(run::err).isZero();
        JsonNode all = AwsRun.resource(run.audit(), "shared/all");
        assertThat(all.get("replicas").asInt()).isEqualTo(2);
        assertThat(all.get("machine_type").asText()).isEqualTo("ml.g5.12xlarge");
        assertThat(all.get("accelerator_count").asInt()).isEqualTo(4);
        assertThat(all.at("/tags/owner").asText()).isEqualTo("chat-team");
        assertThat(AwsRun.resource(run.audit(), "shared/next").get("parent_id").asText())
                .isEqualTo("arn:aws:sagemaker:us-east-1:123456789012:endpoint/shared");
        assertThat(AwsRun.requests(run.audit(), "SageMaker.DescribeInferenceComponent"))
                .isEqualTo(1);
        aws.stubFor(query("GetMetricData")
                .willReturn(series(30, i -> i == 0 ? "InternalError" : "Complete", (i, hour) -> -1)));
        AwsRun failed = idle();
        assertThat(AwsRun.found(failed.audit(), "inference-endpoint-idle")).doesNotContain("shared/all");
        try (SavedScan saved = saved()) {
            assertThat(saved.total("arn:aws:sagemaker:us-east-1:123456789012:endpoint/shared/variant/all", "requests"))
                    .as("the variant itself did not answer, its component did")
                    .isNull();
        }
    }

    /** What answered before is in no list any more, and had a counter of its own. */
    @Test
    void what_components_did_that_were_replaced_or_removed_is_unknown() throws Exception {
        new MotoCompany(moto).fillEndpoint("us-east-1", "shared");
        aws.stubFor(json("DescribeEndpointConfig").atPriority(0).willReturn(answer("""
                {"EndpointConfigName": "shared-config", "EndpointConfigArn": \
                "arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/shared-config", "CreationTime": 1751328000,
                 "ProductionVariants": [{"VariantName": "all", "InstanceType": "ml.g5.xlarge", \
                "InitialInstanceCount": 1}]}""")));
        aws.stubFor(json("DescribeEndpoint").atPriority(0).willReturn(answer("""
                {"EndpointName": "shared", "EndpointArn": "arn:aws:sagemaker:us-east-1:123456789012:endpoint/shared", \
                "EndpointConfigName": "shared-config", "EndpointStatus": "InService",
                 "ProductionVariants": [{"VariantName": "all", "CurrentInstanceCount": 1}], "CreationTime": \
                1751328000, "LastModifiedTime": 1751328000}""")));
        long yesterday = Instant.now().minus(Duration.ofDays(1)).getEpochSecond();
        components(14, component("chat", 1751328000));
        assertThat(AwsRun.found(idle().audit(), "inference-endpoint-idle"))
                .as("a component that is as old as the endpoint")
                .containsExactly("shared/all");
        components(14, component("chat-2", yesterday));
        assertThat(AwsRun.found(idle().audit(), "inference-endpoint-idle"))
                .as("one that replaced another yesterday")
                .isEmpty();
        components(17, component("embed", 1751328000) + ", " + component("chat-2", yesterday));
        assertThat(AwsRun.found(idle().audit(), "inference-endpoint-idle"))
                .as("the same beside an old one")
                .isEmpty();
        components(11, "");
        assertThat(AwsRun.found(idle().audit(), "inference-endpoint-idle"))
                .as("none is left")
                .isEmpty();
    }

    /** Three series each, beside three of the variant and eight of its machine. */
    private static void components(int series, String listed) {
        aws.stubFor(query("GetMetricData").willReturn(series(series, i -> "Complete", (i, hour) -> -1)));
        aws.stubFor(json("ListInferenceComponents").willReturn(answer("{\"InferenceComponents\": [" + listed + "]}")));
        aws.stubFor(json("DescribeInferenceComponent").willReturn(answer("""
                {"InferenceComponentName": "c", "InferenceComponentArn": "arn:x", "EndpointName": "shared", \
                "EndpointArn": "arn:x", "RuntimeConfig": {"DesiredCopyCount": 1, "CurrentCopyCount": 1}, \
                "CreationTime": 1751328000, "LastModifiedTime": 1751328000}""")));
    }

    private static String component(String name, long created) {
        return """
                {"InferenceComponentName": "%s", "InferenceComponentArn": "arn:x", "EndpointName": "shared", \
                "EndpointArn": "arn:x", "VariantName": "all",
                "CreationTime": %d, "LastModifiedTime": %d}""".formatted(name, created, created);
    }

    /** 501, since the SDK repeats a request that was answered with 500. */
    @Test
    void an_endpoint_whose_metrics_always_fail_takes_none_of_its_neighbours() throws Exception {
        MotoCompany company = new MotoCompany(moto);
        for (int i = 0; i < 9; i++) {
            company.fillEndpoint("us-east-1", "chat-" + i);
        }
        aws.stubFor(json("DescribeEndpointConfig")
                .withRequestBody(containing("chat-4"))
                .atPriority(0)
                .willReturn(answer("""
                {"EndpointConfigName": "chat-4-config", "EndpointConfigArn": \
                "arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/chat-4-config", "CreationTime": 1751328000,
                 "ProductionVariants": [%s]}""".formatted(variants("blue", "green", "grey", "red")))));
        aws.stubFor(query("GetMetricData")
                .withRequestBody(containing("chat-4"))
                .atPriority(0)
                .willReturn(stsRefusal(501, "InternalFailure", "down")));
        AwsRun run = scan(ONE_REGION, OneRule.with("--days", "14", "-f", "json"));
        assertThat(run.audit().get("gaps"))
                .filteredOn(gap -> gap.get("problem").asText().contains("InternalFailure"))
                .allSatisfy(gap -> assertThat(gap.get("objects"))
                        .allSatisfy(object -> assertThat(object.asText()).contains("chat-4")))
                .isNotEmpty();
    }

    private static String variants(String... names) {
        return Stream.of(names)
                .map(name -> "{\"VariantName\": \"" + name + "\", \"ModelName\": \"m\", \"InstanceType\": "
                        + "\"ml.g5.xlarge\", \"InitialInstanceCount\": 1}")
                .collect(Collectors.joining(", "));
    }

    /** Requests are zero, and whether its accelerators worked could not be read. */
    @Test
    void an_endpoint_of_which_a_metric_fails_for_good_is_not_idle() throws Exception {
        new MotoCompany(moto).fillEndpoint("us-east-1", "queue");
        aws.stubFor(json("DescribeEndpoint").atPriority(0).willReturn(answer("""
                {"EndpointName": "queue", "EndpointArn": "arn:aws:sagemaker:us-east-1:123456789012:endpoint/queue", \
                "EndpointConfigName": "queue-config", "EndpointStatus": "InService",
                 "ProductionVariants": [{"VariantName": "all", "CurrentInstanceCount": 1}], "CreationTime": \
                1751328000, "LastModifiedTime": 1751328000}""")));
        aws.stubFor(json("DescribeEndpointConfig").atPriority(0).willReturn(answer("""
                {"EndpointConfigName": "queue-config", "EndpointConfigArn": \
                "arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/queue-config", "CreationTime": 1751328000,
                 "ProductionVariants": [{"VariantName": "all", "ModelName": "m", "InstanceType": "ml.g5.xlarge", \
                "InitialInstanceCount": 1}]}""")));
        aws.stubFor(query("GetMetricData").willReturn(series(12, i -> "Complete", (i, hour) -> -1)));
        assertThat(AwsRun.found(idle().audit(), "inference-endpoint-idle")).containsExactly("queue/all");

        aws.stubFor(query("GetMetricData")
                .atPriority(0)
                .willReturn(series(12, i -> i == 0 ? "Complete" : "InternalError", (i, hour) -> -1)));
        assertNotIdle("a series that did not come", idle());

        aws.stubFor(query("GetMetricData")
                .withRequestBody(containing("%2Faws%2Fsagemaker%2FEndpoints"))
                .atPriority(0)
                .willReturn(stsRefusal(501, "InternalFailure", "down")));
        aws.stubFor(query("GetMetricData")
                .withRequestBody(notContaining("%2Faws%2Fsagemaker%2FEndpoints"))
                .atPriority(0)
                .willReturn(series(4, i -> "Complete", (i, hour) -> -1)));
        assertNotIdle("a namespace that is down", idle());
    }

    private static void assertNotIdle(String why, AwsRun run) throws Exception {
        assertThat(run.exitCode()).as(why).isEqualTo(4);
        assertThat(AwsRun.found(run.audit(), "inference-endpoint-idle")).as(why).isEmpty();
        assertThat(run.audit().path("rules").toString())
                .as(why)
                .contains("of it could not be read, which may show work");
    }

    /** 501, since the SDK repeats a request that was answered with 500. */
    @Test
    void a_namespace_that_is_down_is_left_out_and_not_requested_series_by_series() throws Exception {
        MotoCompany company = new MotoCompany(moto);
        for (int i = 0; i < 8; i++) {
            company.fillEndpoint("us-east-1", "chat-" + i);
        }
        aws.stubFor(query("GetMetricData")
                .withRequestBody(containing("AWS%2FSageMaker"))
                .atPriority(0)
                .willReturn(stsRefusal(501, "InternalFailure", "down")));
        AwsRun run = scan(ONE_REGION, OneRule.with("--days", "14", "-f", "json"));
        assertThat(run.exitCode()).as(run::err).isEqualTo(4);
        assertThat(run.audit().get("gaps"))
                .filteredOn(gap -> gap.get("objects").size() == 8)
                .singleElement()
                .satisfies(gap -> assertThat(gap.get("problem").asText()).contains("InternalFailure"));
        assertThat(AwsRun.requests(run.audit(), "CloudWatch.GetMetricData"))
                .as("127 where the 32 series that fail are halved to single ones")
                .isLessThan(30);
    }
}
