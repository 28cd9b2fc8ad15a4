package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.aiaudit.testing.Moto;
import io.aiaudit.testing.MotoCompany;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.function.IntBinaryOperator;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What moto cannot do: answers in the shapes that AWS documents, told by WireMock, which passes all other requests on to moto. */
class AwsAnswersTest {
    /** What is asked here and not of moto. */
    static final Set<String> OPERATIONS = Set.of(
            "SageMaker.ListInferenceComponents",
            "SageMaker.DescribeInferenceComponent",
            // AwsBedrockTest, AwsNodeGroupsTest
            "AutoScaling.DescribePolicies",
            "AutoScaling.DescribeScheduledActions",
            "Ec2.DescribeLaunchTemplateVersions",
            "Bedrock.ListGuardrails",
            "Bedrock.ListTagsForResource",
            "Bedrock.ListInferenceProfiles",
            "Bedrock.GetModelInvocationLoggingConfiguration",
            "Eks.ListNodegroups",
            // AwsGovernanceTest
            "SageMaker.DescribeModelPackage",
            "CloudTrail.GetEventSelectors",
            "CloudTrail.GetTrailStatus",
            "S3.GetBucketLocation",
            "S3.GetBucketVersioning",
            "S3.GetObjectLockConfiguration",
            "CostExplorer.GetAnomalySubscriptions",
            // AwsSageMakerTest
            "SageMaker.DescribeDomain",
            "SageMaker.ListApps",
            "SageMaker.DescribeApp",
            "SageMaker.ListSpaces",
            "SageMaker.DescribeCluster",
            "SageMaker.ListClusterNodes",
            "Eks.DescribeNodegroup",
            // AwsCommitmentsTest
            "Ec2.GetCapacityReservationUsage",
            "CostExplorer.GetSavingsPlansUtilizationDetails",
            "CostExplorer.GetReservationUtilization",
            // AwsResourceCostsTest
            "CostExplorer.GetCostAndUsageWithResources",
            // AwsPriceListTest
            "Ec2.DescribeSpotPriceHistory",
            // AwsAdviceTest
            "ComputeOptimizer.GetEC2InstanceRecommendations",
            "ComputeOptimizer.GetIdleRecommendations",
            "CostOptimizationHub.ListRecommendations",
            // AwsAthenaTest
            "Glue.GetDatabases",
            "Glue.GetTables",
            "Glue.GetTable",
            "Athena.GetWorkGroup",
            "Athena.StartQueryExecution",
            "Athena.GetQueryExecution",
            "Athena.GetQueryResults",
            // AwsBillTest
            "BcmDataExports.GetExport",
            "S3.ListObjectsV2",
            "S3.GetObject");

    private static final String ONE_REGION = "aws: {regions: [us-east-1]}\n";

    private static Moto moto;
    private static WireMockServer aws;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        moto = Moto.start();
        aws = new WireMockServer(
                WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
        aws.start();
    }

    @AfterAll
    static void stop() {
        if (moto != null) {
            moto.close();
            aws.stop();
        }
    }

    @BeforeEach
    void passEverythingOn() {
        moto.reset();
        aws.resetAll();
        aws.stubFor(any(anyUrl())
                .atPriority(10)
                .willReturn(aResponse().proxiedFrom(moto.endpoint().toString())));
    }

    private AwsRun scan(String configuration, String... arguments) throws Exception {
        return AwsRun.of(URI.create(aws.baseUrl()), folder, configuration, arguments);
    }

    /** An operation of a service that speaks JSON. */
    private static MappingBuilder json(String operation) {
        return post(anyUrl())
                .withHeader("X-Amz-Target", containing("." + operation))
                .atPriority(1);
    }

    /** An operation of a service that speaks forms and XML. */
    private static MappingBuilder query(String operation) {
        return post(anyUrl())
                .withRequestBody(matching("(.*&)?Action=" + operation + "&.*"))
                .atPriority(1);
    }

    private static ResponseDefinitionBuilder refusal(int status, String code, String message) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/x-amz-json-1.1")
                .withBody("{\"__type\":\"" + code + "\",\"message\":\"" + message + "\"}");
    }

    private static ResponseDefinitionBuilder ec2Refusal(int status, String code, String message) {
        return xml(
                status,
                "<Response><Errors><Error><Code>" + code + "</Code><Message>" + message
                        + "</Message></Error></Errors><RequestID>r</RequestID></Response>");
    }

    private static ResponseDefinitionBuilder stsRefusal(int status, String code, String message) {
        return xml(
                status,
                "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>"
                        + code + "</Code><Message>" + message
                        + "</Message></Error><RequestId>r</RequestId></ErrorResponse>");
    }

    private static ResponseDefinitionBuilder xml(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "text/xml")
                .withBody(body);
    }

    private static ResponseDefinitionBuilder answer(String body) {
        return aResponse()
                .withHeader("Content-Type", "application/x-amz-json-1.1")
                .withBody(body);
    }

    @Test
    void access_denied_is_one_gap_with_the_permissions_name_and_exit_code_4() throws Exception {
        aws.stubFor(json("ListEndpoints")
                .willReturn(refusal(
                        400, "AccessDeniedException", "User is not authorized to perform: sagemaker:ListEndpoints")));
        AwsRun run = scan(ONE_REGION, "-f", "json");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.audit().get("gaps")).hasSize(1);
        assertThat(run.audit().at("/gaps/0/scope").asText()).isEqualTo("123456789012/us-east-1 endpoints");
        assertThat(run.audit().at("/gaps/0/problem").asText()).isEqualTo("access denied for sagemaker:ListEndpoints.");
        aws.verify(1, postRequestedFor(anyUrl()).withHeader("X-Amz-Target", containing("ListEndpoints")));
    }

    @Test
    void a_denied_metric_leaves_its_resource_there_not_examined() throws Exception {
        new MotoCompany(moto).fillEurope(Moto.ACCOUNT);
        aws.stubFor(query("GetMetricData")
                .willReturn(stsRefusal(403, "AccessDenied", "not authorized to perform: cloudwatch:GetMetricData")));
        AwsRun run = scan("aws: {regions: [eu-west-1]}\n", "-f", "json");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .contains(
                        "not read: aws 123456789012/eu-west-1 instance metrics: access denied for cloudwatch:GetMetricData.");
        assertThat(AwsRun.resource(run.audit(), "idle-with-host-only")
                        .get("kind")
                        .asText())
                .isEqualTo("instance");
        assertThat(AwsRun.each(run.audit().get("findings"))
                        .map(finding -> finding.get("lever").asText()))
                .as("an account that nobody watches is one, a machine of which nothing is known is none")
                .containsOnly("govern");
    }

    @Test
    void throttling_is_waited_for() throws Exception {
        aws.stubFor(query("DescribeInstances")
                .inScenario("throttled")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("once")
                .willReturn(ec2Refusal(503, "RequestLimitExceeded", "Request limit exceeded.")));
        aws.stubFor(json("ListEndpoints")
                .inScenario("throttled too")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("once")
                .willReturn(refusal(400, "ThrottlingException", "Rate exceeded")));
        AwsRun run = scan(ONE_REGION, "-f", "json");
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(AwsRun.requests(run.audit(), "Ec2.DescribeInstances")).isEqualTo(2);
        assertThat(AwsRun.requests(run.audit(), "SageMaker.ListEndpoints")).isEqualTo(2);
    }

    @Test
    void an_expired_session_says_how_to_renew_it() throws Exception {
        aws.stubFor(query("GetCallerIdentity")
                .willReturn(stsRefusal(403, "ExpiredToken", "The security token included in the request is expired")));
        AwsRun run = scan(ONE_REGION, "-f", "json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("the AWS session has expired.", "aws configure");
    }

    /** As a firewall or a proxy of a company refuses, and AWS where it does not say why. */
    @Test
    void a_refusal_without_a_code_is_access_denied_and_no_outage() throws Exception {
        aws.stubFor(json("ListEndpoints").willReturn(aResponse().withStatus(403)));
        aws.stubFor(json("ListNotebookInstances")
                .willReturn(aResponse().withStatus(401).withBody("<html>no</html>")));
        aws.stubFor(query("DescribeInstances").willReturn(aResponse().withStatus(403)));
        AwsRun run = scan(ONE_REGION, "-f", "json");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(AwsRun.each(run.audit().get("gaps"))
                        .map(gap -> gap.get("problem").asText()))
                .containsExactlyInAnyOrder(
                        "access denied for sagemaker:ListEndpoints.",
                        "access denied for sagemaker:ListNotebookInstances.",
                        "access denied for ec2:DescribeInstances.");
        assertThat(run.err())
                .contains("Add the permission to the audit role")
                .containsPattern("Asked: aws [0-9]+ requests for [$]0[.]0[0-9]")
                .doesNotContain("health.aws.amazon.com");
    }

    private static final ResponseDefinitionBuilder DENIED =
            refusal(400, "AccessDeniedException", "User is not authorized");

    private static Set<String> gaps(JsonNode audit) {
        return AwsRun.each(audit.get("gaps"))
                .map(gap ->
                        gap.get("scope").asText() + ": " + gap.get("problem").asText())
                .collect(Collectors.toSet());
    }

    @Test
    void machines_are_told_though_their_volumes_and_types_may_not_be_asked_for() throws Exception {
        aws.stubFor(query("DescribeInstances").willReturn(instances("i-0aaaaaaaaaaaaaaaa", "")));
        aws.stubFor(query("DescribeVolumes").willReturn(ec2Refusal(403, "UnauthorizedOperation", "no")));
        aws.stubFor(query("DescribeInstanceTypes").willReturn(ec2Refusal(403, "UnauthorizedOperation", "no")));
        AwsRun run = scan(ONE_REGION, "-f", "json");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(gaps(run.audit()))
                .containsExactlyInAnyOrder(
                        "123456789012/us-east-1 volumes: access denied for ec2:DescribeVolumes.",
                        "123456789012/us-east-1 machine types: access denied for ec2:DescribeInstanceTypes.");
        assertThat(AwsRun.each(run.audit().get("resources"))
                        .map(resource -> resource.get("resource_id").asText()))
                .contains("i-0aaaaaaaaaaaaaaaa");
    }

    @Test
    void endpoints_notebooks_and_jobs_are_told_though_nothing_more_may_be_asked_of_them() throws Exception {
        new MotoCompany(moto).fill();
        for (String operation : List.of(
                "DescribeEndpointConfig",
                "ListTags",
                "DescribeScalableTargets",
                "DescribeTrainingJob",
                "ListTransformJobs")) {
            aws.stubFor(json(operation).willReturn(DENIED));
        }
        AwsRun run = scan(ONE_REGION, "--days", "15", "-f", "json");
        assertThat(run.exitCode()).as(run::err).isEqualTo(4);
        assertThat(gaps(run.audit()))
                .contains(
                        "123456789012/us-east-1 configurations of endpoints: access denied for sagemaker:DescribeEndpointConfig.",
                        "123456789012/us-east-1 tags: access denied for sagemaker:ListTags.",
                        "123456789012/us-east-1 scaling of endpoints: access denied for application-autoscaling:DescribeScalableTargets.",
                        "123456789012/us-east-1 machines of training jobs: access denied for sagemaker:DescribeTrainingJob.",
                        "123456789012/us-east-1 transform jobs: access denied for sagemaker:ListTransformJobs.");
        assertThat(AwsRun.each(run.audit().get("resources"))
                        .map(resource -> resource.get("kind").asText()))
                .contains("inference_endpoint", "training_job", "batch_job");
        assertThat(AwsRun.found(run.audit(), "inference-endpoint-idle"))
                .as("of an endpoint whose variants are not known nobody knows what it was asked")
                .isEmpty();
    }

    @Test
    void a_slice_of_which_no_list_answers_is_not_read() throws Exception {
        for (String operation : List.of("ListTrainingJobs", "ListProcessingJobs", "ListTransformJobs")) {
            aws.stubFor(json(operation).willReturn(DENIED));
        }
        AwsRun run = scan(ONE_REGION, "-f", "json");
        assertThat(gaps(run.audit()))
                .containsExactly("123456789012/us-east-1 jobs: access denied for sagemaker:ListTrainingJobs.");
    }

    @Test
    void an_inventory_that_did_not_answer_does_not_tell_that_nothing_is_there() throws Exception {
        String all = scan(ONE_REGION, "-f", "json").audit().get("warnings").toString();
        aws.stubFor(query("DescribeInstances").willReturn(aResponse().withStatus(403)));
        aws.stubFor(json("ListEndpoints").willReturn(DENIED));
        String some = scan(ONE_REGION, "-f", "json").audit().get("warnings").toString();
        assertThat(inventories(some)).isEqualTo(inventories(all) - 2);
    }

    private static int inventories(String warnings) {
        Matcher count =
                Pattern.compile("([0-9]+) inventories of 1 account in 1 region").matcher(warnings);
        assertThat(count.find()).as(warnings).isTrue();
        return Integer.parseInt(count.group(1));
    }

    @Test
    void a_refusal_that_no_permission_would_lift_names_what_stands_in_the_way() throws Exception {
        aws.stubFor(query("GetCallerIdentity").willReturn(aResponse().withStatus(403)));
        AwsRun run = scan(ONE_REGION, "-f", "json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("access denied for Sts.GetCallerIdentity, which needs no permission.", "HTTPS_PROXY");
    }

    @Test
    void a_clock_that_is_wrong_is_told_from_wrong_keys() throws Exception {
        aws.stubFor(query("GetCallerIdentity")
                .willReturn(stsRefusal(
                        403,
                        "SignatureDoesNotMatch",
                        "Signature expired: 20260601T000000Z is now earlier than 20260602T000000Z")));
        AwsRun run = scan(ONE_REGION, "-f", "json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("the clock of this machine is wrong", "timedatectl");
    }

    @Test
    void an_account_whose_role_is_closed_is_one_gap_and_the_others_are_read() throws Exception {
        aws.stubFor(post(anyUrl())
                .withRequestBody(matching("(.*&)?Action=AssumeRole&.*111122223333.*"))
                .atPriority(1)
                .willReturn(stsRefusal(403, "AccessDenied", "User is not authorized to perform: sts:AssumeRole")));
        AwsRun run = scan(
                "aws: {regions: [us-east-1], accounts: [\"123456789012\", \"111122223333\"], role: finops}\n",
                "-f",
                "json");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.audit().get("gaps")).hasSize(1);
        assertThat(run.err())
                .contains("not read: aws 111122223333: the audit role of this account cannot be assumed")
                .contains("123456789012/us-east-1 endpoints");
    }

    @Test
    void an_endpoint_that_is_deleted_between_list_and_describe_is_no_failure() throws Exception {
        new MotoCompany(moto).fillEndpoint("us-east-1", "stays");
        aws.stubFor(json("ListEndpoints").willReturn(answer("""
                {"Endpoints": [
                  {"EndpointName": "gone", "EndpointArn": "arn:aws:sagemaker:us-east-1:123456789012:endpoint/gone", "CreationTime": 1751328000, "LastModifiedTime": 1751328000, "EndpointStatus": "InService"},
                  {"EndpointName": "stays", "EndpointArn": "arn:aws:sagemaker:us-east-1:123456789012:endpoint/stays", "CreationTime": 1751328000, "LastModifiedTime": 1751328000, "EndpointStatus": "InService"}]}""")));
        AwsRun run = scan(ONE_REGION, "-f", "json");
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(AwsRun.each(run.audit().get("resources"))
                        .map(resource -> resource.get("name").asText()))
                .contains("stays", "stays/all")
                .doesNotContain("gone");
    }

    /** Each list in two pages; what a page tells is small, what matters is that the second is asked for and counts. */
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
                "--window",
                "2026-06-01/2026-06-15",
                "--save",
                folder.resolve("two.aiaudit").toString(),
                "-f",
                "json");
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
                {"EndpointConfigName": "updated-config", "EndpointConfigArn": "arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/updated-config", "CreationTime": %d,
                 "ProductionVariants": [{"VariantName": "all", "ModelName": "m", "InstanceType": "ml.g5.xlarge", "InitialInstanceCount": 1}]}""".formatted(yesterday))));
        AwsRun run = scan(ONE_REGION, "-f", "json", "--days", "15");
        assertThat(AwsRun.found(run.audit(), "inference-endpoint-idle")).isEmpty();
        assertThat(AwsRun.resource(run.audit(), "updated/all")
                        .get("machine_type")
                        .asText())
                .isEqualTo("ml.g5.xlarge");
    }

    /** Machines that never were: AWS asks nothing for them. */
    @Test
    void what_failed_or_waits_has_no_machines() throws Exception {
        long then = Instant.now().minus(Duration.ofDays(30)).getEpochSecond();
        new MotoCompany(moto).fillEndpoint("us-east-1", "broken");
        aws.stubFor(json("DescribeEndpoint").willReturn(answer("""
                {"EndpointName": "broken", "EndpointArn": "arn:aws:sagemaker:us-east-1:123456789012:endpoint/broken", "EndpointConfigName": "broken-config", "EndpointStatus": "Failed",
                 "CreationTime": %d, "LastModifiedTime": %d}""".formatted(then, then))));
        aws.stubFor(json("DescribeEndpointConfig").atPriority(0).willReturn(answer("""
                {"EndpointConfigName": "broken-config", "EndpointConfigArn": "arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/broken-config", "CreationTime": %d,
                 "ProductionVariants": [{"VariantName": "all", "ModelName": "m", "InstanceType": "ml.g5.xlarge", "InitialInstanceCount": 2}]}""".formatted(then))));
        aws.stubFor(json("ListNotebookInstances").willReturn(answer("""
                {"NotebookInstances": [{"NotebookInstanceName": "lost", "NotebookInstanceArn": "arn:aws:sagemaker:us-east-1:123456789012:notebook-instance/lost", "NotebookInstanceStatus": "Failed",
                 "InstanceType": "ml.g5.xlarge", "CreationTime": %d}]}""".formatted(then))));
        String job = """
                "TrainingJobName": "waits", "TrainingJobArn": "arn:aws:sagemaker:us-east-1:123456789012:training-job/waits", "CreationTime": %d, "TrainingJobStatus": "InProgress\"""".formatted(then);
        aws.stubFor(json("ListTrainingJobs").willReturn(answer("{\"TrainingJobSummaries\": [{" + job + "}]}")));
        aws.stubFor(
                json("DescribeTrainingJob")
                        .willReturn(
                                answer(
                                        "{" + job
                                                + ", \"ResourceConfig\": {\"InstanceType\": \"ml.g5.xlarge\", \"InstanceCount\": 4, \"VolumeSizeInGB\": 30}}")));
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

    /** Its configuration is old, and came back by a rollback yesterday. */
    @Test
    void a_variant_that_a_rollback_brought_yesterday_is_not_idle_for_weeks() throws Exception {
        new MotoCompany(moto).fillEndpoint("us-east-1", "back");
        long then = Instant.now().minus(Duration.ofDays(90)).getEpochSecond();
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        aws.stubFor(json("DescribeEndpoint").willReturn(answer("""
                {"EndpointName": "back", "EndpointArn": "arn:aws:sagemaker:us-east-1:123456789012:endpoint/back", "EndpointConfigName": "back-config", "EndpointStatus": "InService",
                 "ProductionVariants": [{"VariantName": "all", "CurrentInstanceCount": 1}], "CreationTime": %d, "LastModifiedTime": %d}""".formatted(then, yesterday.getEpochSecond()))));
        aws.stubFor(json("DescribeEndpointConfig").atPriority(0).willReturn(answer("""
                {"EndpointConfigName": "back-config", "EndpointConfigArn": "arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/back-config", "CreationTime": %d,
                 "ProductionVariants": [{"VariantName": "all", "ModelName": "m", "InstanceType": "ml.g5.xlarge", "InitialInstanceCount": 1}]}""".formatted(then))));
        assertThat(AwsRun.found(scan(ONE_REGION, savedDays(15)).audit(), "inference-endpoint-idle"))
                .isEmpty();
        aws.stubFor(query("GetMetricData").willReturn(series(11, i -> "Complete", (i, hour) -> i < 3 ? -1 : 0)));
        assertThat(AwsRun.found(scan(ONE_REGION, savedDays(15)).audit(), "inference-endpoint-idle"))
                .as("its machines were measured before: only its size was changed")
                .containsExactly("back/all");
    }

    private static void twoPages(String operation, String list) {
        aws.stubFor(json(operation).willReturn(answer("{\"" + list + "\": [], \"NextToken\": \"second\"}")));
        aws.stubFor(json(operation)
                .withRequestBody(containing("second"))
                .atPriority(0)
                .willReturn(answer("{\"" + list + "\": []}")));
    }

    private static ResponseDefinitionBuilder instances(String id, String next) {
        return instances(id, "g5.xlarge", next);
    }

    private static ResponseDefinitionBuilder instances(String id, String type, String next) {
        return xml(200, """
                <DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId><reservationSet><item>
                  <reservationId>r-1</reservationId><instancesSet><item><instanceId>%s</instanceId><instanceState><code>16</code><name>running</name></instanceState>
                  <instanceType>%s</instanceType><launchTime>2026-01-01T00:00:00.000Z</launchTime></item></instancesSet></item></reservationSet>%s</DescribeInstancesResponse>""".formatted(id, type, next));
    }

    /** Of the first series that is asked for; in pages that belong together. */
    private static ResponseDefinitionBuilder metricData(String state, String next, String time, int value) {
        return xml(200, """
                <GetMetricDataResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><GetMetricDataResult><MetricDataResults><member>
                  <Id>q0</Id><Label>CPUUtilization</Label><StatusCode>%s</StatusCode><Timestamps><member>%s</member></Timestamps><Values><member>%d</member></Values>
                  </member></MetricDataResults>%s</GetMetricDataResult></GetMetricDataResponse>""".formatted(state, time, value, next));
    }

    /** Series of the request by their numbers, each with the hours of 15 days. */
    private static ResponseDefinitionBuilder series(int count, IntFunction<String> state, IntBinaryOperator value) {
        Instant start = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(15));
        StringBuilder members = new StringBuilder();
        for (int i = 0; i < count; i++) {
            StringBuilder times = new StringBuilder();
            StringBuilder values = new StringBuilder();
            for (int hour = 0; hour < 360; hour++) {
                int one = value.applyAsInt(i, hour);
                if (one >= 0) {
                    times.append("<member>")
                            .append(start.plus(Duration.ofHours(hour)))
                            .append("</member>");
                    values.append("<member>").append(one).append("</member>");
                }
            }
            members.append(
                    "<member><Id>q%d</Id><Label>m</Label><StatusCode>%s</StatusCode><Timestamps>%s</Timestamps><Values>%s</Values></member>"
                            .formatted(i, state.apply(i), times, values));
        }
        return xml(
                200,
                "<GetMetricDataResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\"><GetMetricDataResult><MetricDataResults>"
                        + members + "</MetricDataResults></GetMetricDataResult></GetMetricDataResponse>");
    }

    private String[] savedDays(int days) {
        return new String[] {
            "--days",
            String.valueOf(days),
            "--save",
            folder.resolve("saved.aiaudit").toString(),
            "-f",
            "json"
        };
    }

    private SavedScan saved() throws Exception {
        return new SavedScan(folder.resolve("saved.aiaudit"));
    }

    /** Four for the machine itself, then average and maximum of each accelerator. */
    @Test
    void a_machine_of_which_one_accelerator_answers_is_not_idle() throws Exception {
        String machine = "i-0aaaaaaaaaaaaaaaa";
        aws.stubFor(query("DescribeInstances").willReturn(instances(machine, "g4dn.12xlarge", "")));
        aws.stubFor(query("ListMetrics").willReturn(listedMetrics("")));
        aws.stubFor(query("ListMetrics")
                .withRequestBody(containing("nvidia_smi_utilization_gpu"))
                .atPriority(0)
                .willReturn(listedMetrics(IntStream.range(0, 4)
                        .mapToObj(index -> published("InstanceId", machine, String.valueOf(index)))
                        .collect(Collectors.joining()))));
        aws.stubFor(query("GetMetricData")
                .willReturn(series(12, i -> i < 6 ? "Complete" : "InternalError", (i, hour) -> i < 6 ? 0 : -1)));
        AwsRun failed = scan(ONE_REGION, savedDays(15));
        assertThat(AwsRun.found(failed.audit(), "gpu-instance-idle")).isEmpty();
        assertThat(gaps(failed.audit()))
                .containsExactly(
                        "123456789012/us-east-1 metrics: CloudWatch did not tell nvidia_smi_utilization_gpu of "
                                + machine + " in whole: InternalError.");
        assertThat(failed.audit().get("gaps")).as("one for all of them").hasSize(1);
        try (SavedScan saved = saved()) {
            assertThat(saved.average(machine, "gpu_utilization")).isNull();
            assertThat(saved.average(machine, "cpu_utilization")).isZero();
        }
        aws.stubFor(query("GetMetricData")
                .willReturn(series(12, i -> "Complete", (i, hour) -> hour != 7 ? 10 : i == 6 || i == 7 ? -1 : 90)));
        scan(ONE_REGION, savedDays(15));
        try (SavedScan saved = saved()) {
            assertThat(saved.average(machine, "gpu_utilization"))
                    .as("without the hour in which one was not told")
                    .isCloseTo(0.1, within(1e-9));
        }
    }

    @Test
    void a_host_name_that_two_machines_share_tells_of_neither() throws Exception {
        List<String> machines = List.of("i-0aaaaaaaaaaaaaaaa", "i-0bbbbbbbbbbbbbbbb");
        String reservations = machines.stream()
                .map(
                        id -> "<item><reservationId>r-1</reservationId><instancesSet><item><instanceId>" + id
                                + "</instanceId><instanceState><code>16</code><name>running</name></instanceState><instanceType>g5.xlarge</instanceType>"
                                + "<privateDnsName>ip-10-0-0-5.ec2.internal</privateDnsName><launchTime>2026-01-01T00:00:00.000Z</launchTime></item></instancesSet></item>")
                .collect(Collectors.joining());
        aws.stubFor(query("DescribeInstances")
                .willReturn(xml(
                        200,
                        "<DescribeInstancesResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>r</requestId><reservationSet>"
                                + reservations + "</reservationSet></DescribeInstancesResponse>")));
        aws.stubFor(query("ListMetrics").willReturn(listedMetrics("")));
        aws.stubFor(query("ListMetrics")
                .withRequestBody(containing("nvidia_smi_utilization_gpu"))
                .atPriority(0)
                .willReturn(listedMetrics(published("host", "ip-10-0-0-5", "0"))));
        aws.stubFor(query("GetMetricData").willReturn(series(10, i -> "Complete", (i, hour) -> 0)));
        AwsRun run = scan(ONE_REGION, savedDays(15));
        assertThat(AwsRun.found(run.audit(), "gpu-instance-idle")).isEmpty();
        aws.verify(
                0,
                postRequestedFor(anyUrl())
                        .withRequestBody(containing("Action=GetMetricData"))
                        .withRequestBody(containing("nvidia_smi_utilization_gpu")));
    }

    private static String published(String dimension, String value, String index) {
        return "<member><Namespace>CWAgent</Namespace><MetricName>nvidia_smi_utilization_gpu</MetricName><Dimensions><member><Name>"
                + dimension + "</Name><Value>" + value
                + "</Value></member><member><Name>index</Name><Value>" + index
                + "</Value></member></Dimensions></member>";
    }

    private static ResponseDefinitionBuilder listedMetrics(String members) {
        return xml(
                200,
                "<ListMetricsResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\"><ListMetricsResult><Metrics>"
                        + members + "</Metrics></ListMetricsResult></ListMetricsResponse>");
    }

    @Test
    void the_check_tries_every_permission_and_says_what_rules_lose_by_a_denied_one() throws Exception {
        aws.stubFor(json("ListInferenceComponents").willReturn(answer("{\"InferenceComponents\": []}")));
        aws.stubFor(json("DescribeInferenceComponent")
                .willReturn(refusal(400, "ValidationException", "Could not find inference component")));
        aws.stubFor(json("ListExports").willReturn(answer("{\"Exports\": []}")));
        aws.stubFor(json("DescribeReportDefinitions").willReturn(answer("{\"ReportDefinitions\": []}")));
        aws.stubFor(json("ListApps").willReturn(answer("{\"Apps\": []}")));
        aws.stubFor(json("DescribeApp").willReturn(refusal(400, "ResourceNotFound", "App does not exist")));
        aws.stubFor(json("ListSpaces").willReturn(answer("{\"Spaces\": []}")));
        aws.stubFor(get(urlPathMatching("/clusters/.*/node-groups"))
                .atPriority(1)
                .willReturn(refusal(404, "ResourceNotFoundException", "No cluster found")));
        aws.stubFor(post(urlPathEqualTo("/DescribeSavingsPlans")).willReturn(answer("{\"savingsPlans\": []}")));
        aws.stubFor(
                query("DescribeReservedInstances")
                        .willReturn(
                                xml(
                                        200,
                                        "<DescribeReservedInstancesResponse><requestId>r</requestId><reservedInstancesSet/></DescribeReservedInstancesResponse>")));
        aws.stubFor(
                query("DescribeCapacityReservations")
                        .willReturn(
                                xml(
                                        200,
                                        "<DescribeCapacityReservationsResponse><requestId>r</requestId><capacityReservationSet/></DescribeCapacityReservationsResponse>")));
        aws.stubFor(query("GetCapacityReservationUsage")
                .willReturn(ec2Refusal(
                        400, "InvalidCapacityReservationId.NotFound", "The capacity reservation ID does not exist")));
        aws.stubFor(json("GetCostAndUsageWithResources")
                .atPriority(0)
                .willReturn(refusal(400, "DataUnavailableException", "Resource level data is not enabled")));
        aws.stubFor(json("GetProducts").willReturn(answer("{\"PriceList\": []}")));
        aws.stubFor(json("GetEnrollmentStatus").willReturn(answer("{\"status\": \"Inactive\"}")));
        aws.stubFor(json("GetEC2InstanceRecommendations")
                .willReturn(refusal(400, "OptInRequiredException", "not registered for recommendations")));
        aws.stubFor(json("GetIdleRecommendations")
                .willReturn(refusal(400, "OptInRequiredException", "not registered for recommendations")));
        aws.stubFor(json("ListEnrollmentStatuses").willReturn(answer("{\"items\": []}")));
        aws.stubFor(json("ListRecommendations").willReturn(answer("{\"items\": []}")));
        AwsRun all = AwsRun.command(URI.create(aws.baseUrl()), "sources", "check", "aws");
        assertThat(all.exitCode()).as(all.out() + all.err()).isZero();
        assertThat(all.out())
                .contains(
                        "regions; elsewhere than in us-east-1 one list of each service",
                        "sagemaker 25,",
                        "unused   s3:ListBucket, s3:GetObject")
                .containsPattern("ready +[0-9]+ permissions")
                .containsPattern("unused +ce:GetCostAndUsageWithResources")
                .doesNotContainPattern("(?m)^ *missing ")
                .doesNotContain("AiauditReads");
        assertThat(all.out().lines().toList())
                .as("few screens, most of them about what each rule can examine")
                .hasSizeLessThan(100)
                .allMatch(line -> line.length() <= 80);
        aws.stubFor(json("ListEndpoints").willReturn(refusal(400, "AccessDeniedException", "User is not authorized")));
        AwsRun denied = AwsRun.command(URI.create(aws.baseUrl()), "sources", "check", "aws");
        assertThat(denied.exitCode()).isEqualTo(4);
        assertThat(denied.out())
                .contains("missing  sagemaker:ListEndpoints\n", "access denied.", "whole policy is below")
                .containsPattern("lost: inference_endpoint [(][a-z, -]+\\s+[a-z-]+ and 9 more rules[)]")
                .containsPattern("inference-endpoint-idle +will examine nothing")
                .contains("\"Sid\": \"AiauditReads\"")
                .doesNotContain("sources check aws");
        aws.stubFor(post(anyUrl())
                .withHeader("Authorization", containing("/eu-west-1/ec2/"))
                .atPriority(0)
                .willReturn(aResponse().withStatus(403)));
        assertThat(AwsRun.command(URI.create(aws.baseUrl()), "sources", "check", "aws")
                        .out())
                .contains("missing  ec2:DescribeInstances in 123456789012/eu-west-1\n");
    }

    @Test
    void inference_components_are_told_in_the_variant_that_holds_them() throws Exception {
        aws.stubFor(json("ListEndpoints").willReturn(answer("""
                {"Endpoints": [{"EndpointName": "shared", "EndpointArn": "arn:aws:sagemaker:us-east-1:123456789012:endpoint/shared", "CreationTime": 1751328000, "LastModifiedTime": 1751328000, "EndpointStatus": "InService"}]}""")));
        aws.stubFor(json("DescribeEndpoint").willReturn(answer("""
                {"EndpointName": "shared", "EndpointArn": "arn:aws:sagemaker:us-east-1:123456789012:endpoint/shared", "EndpointConfigName": "shared-config", "EndpointStatus": "InService",
                 "ProductionVariants": [{"VariantName": "all", "CurrentInstanceCount": 2}], "CreationTime": 1751328000, "LastModifiedTime": 1751328000}""")));
        aws.stubFor(json("DescribeEndpointConfig").atPriority(0).willReturn(answer("""
                {"EndpointConfigName": "shared-config", "EndpointConfigArn": "arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/shared-config", "CreationTime": 1751328000,
                 "ProductionVariants": [{"VariantName": "all", "InstanceType": "ml.g5.12xlarge", "InitialInstanceCount": 1, "ManagedInstanceScaling": {"Status": "ENABLED", "MinInstanceCount": 0, "MaxInstanceCount": 4}}],
                 "ShadowProductionVariants": [{"VariantName": "next", "InstanceType": "ml.g5.xlarge", "InitialInstanceCount": 1, "ModelName": "m2"}]}""")));
        aws.stubFor(json("ListInferenceComponents").willReturn(answer("""
                {"InferenceComponents": [{"InferenceComponentName": "chat", "InferenceComponentArn": "arn:aws:sagemaker:us-east-1:123456789012:inference-component/chat", "EndpointName": "shared", "EndpointArn": "arn:x", "VariantName": "all", "CreationTime": 1751328000, "LastModifiedTime": 1751328000}]}""")));
        aws.stubFor(json("DescribeInferenceComponent").willReturn(answer("""
                {"InferenceComponentName": "chat", "InferenceComponentArn": "arn:aws:sagemaker:us-east-1:123456789012:inference-component/chat", "EndpointName": "shared", "EndpointArn": "arn:x",
                 "RuntimeConfig": {"DesiredCopyCount": 3, "CurrentCopyCount": 3}, "CreationTime": 1751328000, "LastModifiedTime": 1751328000}""")));
        aws.stubFor(
                json("ListTags").willReturn(answer("{\"Tags\": [{\"Key\": \"owner\", \"Value\": \"chat-team\"}]}")));
        AwsRun run = scan(ONE_REGION, "-f", "json", "--days", "15");
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
        AwsRun failed = scan(ONE_REGION, savedDays(15));
        assertThat(AwsRun.found(failed.audit(), "inference-endpoint-idle")).doesNotContain("shared/all");
        try (SavedScan saved = saved()) {
            assertThat(saved.total("arn:aws:sagemaker:us-east-1:123456789012:endpoint/shared/variant/all", "requests"))
                    .as("the variant itself did not answer, its component did")
                    .isNull();
        }
    }
}
