package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.testing.Outside;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Each list that moto gives in one page, in two: answered in the shapes that AWS documents. What there is is on the
 * second page.
 */
@Outside
class AwsPagesTest extends AwsTest {
    private static final String ENDPOINT = "arn:aws:sagemaker:us-east-1:123456789012:endpoint/chat";

    private AwsRun scanTwoDays(String configuration, String... further) throws Exception {
        return scanAndSave(configuration, 2, OneRule.with(further));
    }

    private static void twoPages(String operation, String list, String second) {
        aws.answerInTwoPages(
                AwsServer.target(operation),
                AwsServer.targetAgain(operation),
                "{\"" + list + "\": [], \"NextToken\": \"second\"}",
                "{\"" + list + "\": [" + second + "]}");
    }

    private static String ec2(String operation, String content) {
        return "<" + operation + "Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>r</requestId>"
                + content + "</" + operation + "Response>";
    }

    private static void ec2InTwoPages(String operation, String set, String first, String second) {
        aws.answerInTwoPages(
                AwsServer.form(operation),
                AwsServer.formAgain(operation, "NextToken"),
                ec2(operation, "<" + set + ">" + first + "</" + set + "><nextToken>second</nextToken>"),
                ec2(operation, "<" + set + ">" + second + "</" + set + ">"));
    }

    private static String instance(String id, String type) {
        return "<item><reservationId>r-1</reservationId><instancesSet><item><instanceId>" + id
                + "</instanceId><instanceState><code>80</code><name>stopped</name></instanceState><instanceType>" + type
                + "</instanceType><launchTime>2026-01-01T00:00:00.000Z</launchTime></item></instancesSet></item>";
    }

    private static String machineType(String name) {
        return "<item><instanceType>" + name
                + "</instanceType><vCpuInfo><defaultVCpus>4</defaultVCpus></vCpuInfo><memoryInfo><sizeInMiB>16384</"
                + "sizeInMiB></memoryInfo>"
                + "<gpuInfo><gpus><item><name>A10G</name><manufacturer>NVIDIA</manufacturer><count>1</"
                + "count><memoryInfo><sizeInMiB>24576</sizeInMiB></memoryInfo></item></gpus></gpuInfo></item>";
    }

    private static String volume(String id, String instance) {
        return "<item><volumeId>" + id
                + "</volumeId><size>100</size><status>in-use</status><volumeType>gp3</volumeType>"
                + "<attachmentSet><item><instanceId>" + instance + "</instanceId></item></attachmentSet></item>";
    }

    @Test
    void machines_their_types_and_their_volumes() throws Exception {
        ec2InTwoPages(
                "DescribeInstances",
                "reservationSet",
                instance("i-0aaaaaaaaaaaaaaaa", "g5.xlarge"),
                instance("i-0bbbbbbbbbbbbbbbb", "g6.xlarge"));
        ec2InTwoPages("DescribeInstanceTypes", "instanceTypeSet", machineType("g5.xlarge"), machineType("g6.xlarge"));
        ec2InTwoPages(
                "DescribeVolumes",
                "volumeSet",
                volume("vol-0aaaaaaaaaaaaaaaa", "i-0aaaaaaaaaaaaaaaa"),
                volume("vol-0bbbbbbbbbbbbbbbb", "i-0bbbbbbbbbbbbbbbb"));
        AwsRun run = scanTwoDays(ONE_REGION);
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(AwsRun.each(run.audit().get("resources"))
                        .filter(resource -> resource.get("kind").asText().equals("instance"))
                        .map(resource -> resource.get("resource_id").asText() + " "
                                + resource.get("vcpus").asText()))
                .containsExactlyInAnyOrder("i-0aaaaaaaaaaaaaaaa 4", "i-0bbbbbbbbbbbbbbbb 4");
        assertThat(AwsRun.each(run.audit().get("resources"))
                        .filter(resource -> resource.get("kind").asText().equals("volume"))
                        .map(resource -> resource.get("resource_id").asText()))
                .containsExactlyInAnyOrder("vol-0aaaaaaaaaaaaaaaa", "vol-0bbbbbbbbbbbbbbbb");
    }

    @Test
    void endpoints_with_their_tags_components_and_scaling() throws Exception {
        twoPages(
                "ListEndpoints",
                "Endpoints",
                "{\"EndpointName\": \"chat\", \"EndpointArn\": \"" + ENDPOINT
                        + "\", \"CreationTime\": 1751328000, \"LastModifiedTime\": 1751328000, \"EndpointStatus\": "
                        + "\"InService\"}");
        aws.answer(
                AwsServer.target("DescribeEndpoint"),
                AwsServer.json("{\"EndpointName\": \"chat\", \"EndpointArn\": \"" + ENDPOINT
                        + "\", \"EndpointConfigName\": \"chat-config\", \"EndpointStatus\": \"InService\", "
                        + "\"CreationTime\": 1751328000, \"LastModifiedTime\": 1751328000}"));
        aws.answer(AwsServer.target("DescribeEndpointConfig").atPriority(0), AwsServer.json("""
                {"EndpointConfigName": "chat-config", "EndpointConfigArn": \
                "arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/chat-config", "CreationTime": 1751328000,
                 "ProductionVariants": [{"VariantName": "all", "InstanceType": "ml.g5.xlarge", "InitialInstanceCount": \
                1}]}"""));
        twoPages(
                "ListInferenceComponents",
                "InferenceComponents",
                "{\"InferenceComponentName\": \"small\", \"InferenceComponentArn\": \"arn:x\", \"EndpointName\": "
                        + "\"chat\", \"EndpointArn\": \"arn:x\", \"VariantName\": \"all\", \"CreationTime\": "
                        + "1751328000, \"LastModifiedTime\": 1751328000}");
        aws.answer(AwsServer.target("DescribeInferenceComponent"), AwsServer.json("""
                {"InferenceComponentName": "small", "InferenceComponentArn": "arn:x", "EndpointName": "chat", \
                "EndpointArn": "arn:x", "CreationTime": 1751328000, "LastModifiedTime": 1751328000}"""));
        twoPages("ListTags", "Tags", "{\"Key\": \"owner\", \"Value\": \"chat-team\"}");
        twoPages("DescribeScalableTargets", "ScalableTargets", """
                {"ServiceNamespace": "sagemaker", "ResourceId": "endpoint/chat/variant/all", "ScalableDimension": \
                "sagemaker:variant:DesiredInstanceCount", "MinCapacity": 1, "MaxCapacity": 3}""");
        twoPages("DescribeScalingPolicies", "ScalingPolicies", """
                {"PolicyARN": "arn:x", "PolicyName": "by-requests", "ServiceNamespace": "sagemaker", "ResourceId": \
                "endpoint/chat/variant/all", "ScalableDimension": "sagemaker:variant:DesiredInstanceCount", \
                "PolicyType": "TargetTrackingScaling"}""");
        twoPages("DescribeScheduledActions", "ScheduledActions", """
                {"ScheduledActionARN": "arn:x", "ScheduledActionName": "night", "ServiceNamespace": "sagemaker", \
                "Schedule": "rate(1 day)", "ResourceId": "endpoint/chat/variant/all", "CreationTime": 1751328000}""");
        AwsRun run = scanTwoDays(ONE_REGION);
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(AwsRun.resource(run.audit(), "chat/all").at("/tags/owner").asText())
                .isEqualTo("chat-team");
        try (SavedScan saved = saved()) {
            assertThat(saved.attribute("chat/all", "components")).isEqualTo("small");
            assertThat(saved.attribute("chat/all", "autoscaling")).isEqualTo("enabled");
            assertThat(saved.attribute("chat/all", "autoscaling_policies"))
                    .isEqualTo("TargetTrackingScaling by-requests");
            assertThat(saved.attribute("chat/all", "autoscaling_schedules")).isEqualTo("rate(1 day) night");
        }
    }

    @Test
    void accounts_of_an_organization_of_which_a_page_may_be_empty() throws Exception {
        twoPages(
                "ListAccounts",
                "Accounts",
                "{\"Id\": \"123456789012\", \"Name\": \"payer\", \"Status\": \"ACTIVE\"}, {\"Id\": \"111122223333\", "
                        + "\"Name\": \"closed\", \"Status\": \"SUSPENDED\"}");
        AwsRun run = scanTwoDays(ONE_REGION, "--aws-org");
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(AwsRun.requests(run.audit(), "Organizations.ListAccounts")).isEqualTo(2);
        assertThat(run.audit().get("warnings").toString()).contains("of 1 account in 1 region");
    }

    @Test
    void an_account_of_an_organization_without_a_name_is_read() throws Exception {
        aws.answer(AwsServer.target("ListAccounts"), AwsServer.json("""
                {"Accounts": [{"Id": "123456789012", "Status": "ACTIVE"}]}"""));
        AwsRun run = scanTwoDays(ONE_REGION, "--aws-org");
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(AwsRun.requests(run.audit(), "Ec2.DescribeInstances")).isEqualTo(1);
    }

    /** Until it is closed its resources are charged. */
    @Test
    void an_account_that_is_about_to_be_closed_is_read() throws Exception {
        aws.answer(AwsServer.target("ListAccounts"), AwsServer.json("""
                {"Accounts": [{"Id": "123456789012", "Name": "payer", "State": "ACTIVE", "Status": "ACTIVE"}, \
                {"Id": "111122223333", "Name": "leaving", "State": "PENDING_CLOSURE", "Status": "PENDING_CLOSURE"}, \
                {"Id": "444455556666", "Name": "left", "State": "CLOSED", "Status": "SUSPENDED"}]}"""));
        AwsRun run = scanTwoDays(ONE_REGION, "--aws-org");
        assertThat(run.audit().get("warnings").toString()).contains("of 2 accounts in 1 region");
    }

    @Test
    void a_list_of_accounts_that_breaks_off_keeps_those_before_and_is_a_gap() throws Exception {
        aws.answer(AwsServer.target("ListAccounts"), AwsServer.json("""
                {"Accounts": [{"Id": "123456789012", "Name": "payer", "Status": "ACTIVE"}], "NextToken": "second"}"""));
        aws.answer(
                AwsServer.targetAgain("ListAccounts").atPriority(0),
                AwsServer.refusal(500, "ServiceException", "try later"));
        AwsRun run = scanTwoDays(ONE_REGION, "--aws-org");
        assertThat(run.exitCode()).as(run::err).isEqualTo(4);
        assertThat(run.audit().get("gaps")).singleElement().satisfies(gap -> {
            assertThat(gap.get("scope").asText()).isEqualTo("accounts of the organization");
            assertThat(gap.get("problem").asText())
                    .startsWith("the list broke off after 1: organizations:ListAccounts failed");
        });
        assertThat(AwsRun.requests(run.audit(), "Ec2.DescribeInstances")).isEqualTo(1);
    }

    private static final String NO_SUCH_ACCOUNT =
            "no active account of the organization has the number %s: it is wrong, or the account is suspended or not "
                    + "in this organization.";

    private static void payerAndSuspended() {
        aws.answer(AwsServer.target("ListAccounts"), AwsServer.json("""
                {"Accounts": [{"Id": "123456789012", "Name": "payer", "Status": "ACTIVE"}, {"Id": "111122223333", \
                "Name": "closed", "Status": "SUSPENDED"}]}"""));
    }

    @Test
    void each_account_that_is_named_and_no_active_member_of_the_organization_is_a_gap() throws Exception {
        payerAndSuspended();
        String named =
                "aws: {regions: [us-east-1], accounts: [\"111122223333\", \"123456789012\", \"999999999999\"]}\n";
        AwsRun run = scanTwoDays(named, "--aws-org");
        assertThat(run.exitCode()).as(run::err).isEqualTo(4);
        for (String account : new String[] {"111122223333", "999999999999"}) {
            assertThat(run.audit().get("gaps"))
                    .filteredOn(gap -> gap.get("scope").asText().equals(account))
                    .as(account)
                    .singleElement()
                    .satisfies(gap ->
                            assertThat(gap.get("problem").asText()).isEqualTo(NO_SUCH_ACCOUNT.formatted(account)))
                    .satisfies(gap ->
                            assertThat(gap.get("fix").asText()).startsWith("Correct aws: accounts in aiaudit.yaml"));
        }
        assertThat(run.audit().get("gaps")).hasSize(2);
        assertThat(AwsRun.requests(run.audit(), "Ec2.DescribeInstances")).isEqualTo(1);
        assertThat(AwsRun.requests(run.audit(), "Sts.AssumeRole")).isZero();
    }

    @Test
    void where_no_account_that_is_named_is_in_the_organization_each_is_a_gap_and_nothing_was_read() throws Exception {
        payerAndSuspended();
        String named = "aws: {regions: [us-east-1], accounts: [\"999999999999\"]}\naws_org: true\n";
        AwsRun run = scanTwoDays(named);
        assertThat(run.exitCode()).as(run::err).isNotZero();
        assertThat(run.err())
                .contains("error: " + NO_SUCH_ACCOUNT.formatted("999999999999"))
                .doesNotContain("aiaudit failed here");
    }

    @Test
    void metrics_that_somebody_published() throws Exception {
        aws.answer(
                AwsServer.form("DescribeInstances"),
                AwsServer.xml(ec2(
                        "DescribeInstances",
                        "<reservationSet>"
                                + instance("i-0aaaaaaaaaaaaaaaa", "g5.xlarge").replace("stopped", "running")
                                + "</reservationSet>")));
        aws.answerInTwoPages(
                AwsServer.form("ListMetrics").withRequestBody(containing("nvidia_smi_utilization_gpu")),
                AwsServer.formAgain("ListMetrics", "NextToken"),
                listedMetrics("", "<NextToken>second</NextToken>"),
                listedMetrics(
                        "<member><Namespace>CWAgent</Namespace><MetricName>nvidia_smi_utilization_gpu</"
                                + "MetricName><Dimensions>"
                                + "<member><Name>InstanceId</Name><Value>i-0aaaaaaaaaaaaaaaa</Value></"
                                + "member><member><Name>index</Name><Value>0</Value></member></Dimensions></"
                                + "member>",
                        ""));
        AwsRun run = scanTwoDays(ONE_REGION);
        assertThat(run.exitCode()).as(run::err).isZero();
        aws.verify(postRequestedFor(anyUrl())
                .withRequestBody(containing("Action=GetMetricData"))
                .withRequestBody(containing("nvidia_smi_utilization_gpu")));
    }

    private static String listedMetrics(String members, String next) {
        return "<ListMetricsResponse "
                + "xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\"><ListMetricsResult><Metrics>"
                + members + "</Metrics>" + next + "</ListMetricsResult></ListMetricsResponse>";
    }

    @Test
    void exports_of_the_bill_and_what_lies_in_their_bucket() throws Exception {
        twoPages(
                "ListExports",
                "Exports",
                "{\"ExportArn\": \"arn:aws:bcm-data-exports:us-east-1:123456789012:export/june\", \"ExportName\": "
                        + "\"june\", \"ExportStatus\": {\"StatusCode\": \"HEALTHY\"}}");
        aws.answer(AwsServer.target("GetExport"), AwsServer.json("""
                {"Export": {"Name": "june", "DataQuery": {"QueryStatement": "SELECT * FROM FOCUS_1_2_AWS"},
                 "DestinationConfigurations": {"S3Destination": {"S3Bucket": "bills", "S3Prefix": "p", "S3Region": \
                "us-east-1",
                  "S3OutputConfigurations": {"OutputType": "CUSTOM", "Format": "TEXT_OR_CSV", "Compression": "GZIP", \
                "Overwrite": "OVERWRITE_REPORT"}}},
                 "RefreshCadence": {"Frequency": "SYNCHRONOUS"}}}"""));
        twoPages("DescribeReportDefinitions", "ReportDefinitions", "");
        String part = "p/june/data/BILLING_PERIOD=2026-06/part-1.csv";
        String manifest = "p/june/metadata/BILLING_PERIOD=2026-06/june-Manifest.json";
        S3Client s3 = aws.moto().client(S3Client.builder(), "us-east-1");
        s3.createBucket(request -> request.bucket("bills"));
        s3.putObject(
                request -> request.bucket("bills").key(manifest),
                RequestBody.fromString("{\"dataFiles\": [\"s3://bills/" + part + "\"]}"));
        s3.putObject(request -> request.bucket("bills").key(part), RequestBody.fromString("""
                        BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,\
                        ServiceName,ProviderName
                        1.25,1.25,USD,2026-06-10T00:00:00Z,2026-06-11T00:00:00Z,Usage,Amazon SageMaker,AWS
                        """));
        aws.answerInTwoPages(
                AwsServer.path("/bills"),
                AwsServer.path("/bills").withQueryParam("continuation-token", equalTo("second")),
                listedKeys(
                        part, "<IsTruncated>true</IsTruncated><NextContinuationToken>second</NextContinuationToken>"),
                listedKeys(manifest, "<IsTruncated>false</IsTruncated>"));
        AwsRun run = AwsRun.of(aws.address(), folder, ONE_REGION, "--window", "2026-06-01/2026-07-01", "-f", "json");
        assertThat(run.exitCode()).as(run::err).isZero();
        JsonNode audit = run.audit();
        assertThat(audit.at("/bill/providers/0/effective_cost").decimalValue()).isEqualByComparingTo("1.25");
        assertThat(AwsRun.requests(audit, "BcmDataExports.ListExports")).isEqualTo(2);
        assertThat(AwsRun.requests(audit, "CostAndUsageReport.DescribeReportDefinitions"))
                .isEqualTo(2);
        assertThat(AwsRun.requests(audit, "S3.ListObjectsV2")).isEqualTo(2);
    }

    private static String listedKeys(String key, String end) {
        return "<ListBucketResult "
                + "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>bills</Name><KeyCount>1</"
                + "KeyCount><Contents><Key>"
                + key
                + "</Key><LastModified>2026-07-02T00:00:00.000Z</LastModified><ETag>\"e\"</ETag><Size>100</Size></"
                + "Contents>"
                + end + "</ListBucketResult>";
    }

    @Test
    void nothing_found_in_17_regions_is_reported_so() throws Exception {
        List<String> regions = IntStream.rangeClosed(1, 17)
                .mapToObj(number -> "eu-test-" + number)
                .toList();
        aws.answer(
                AwsServer.form("DescribeRegions"),
                AwsServer.xml(ec2(
                        "DescribeRegions",
                        regions.stream()
                                .map(region -> "<item><regionName>" + region
                                        + "</regionName><optInStatus>opt-in-not-required</optInStatus></item>")
                                .collect(Collectors.joining("", "<regionInfo>", "</regionInfo>")))));
        AwsRun run = scanTwoDays("aws: {}\n");
        assertThat(run.audit().get("warnings").toString())
                .contains(
                        "Nothing was found in aws",
                        "of 1 account in 17 regions",
                        "does not mean that there is no waste");
    }
}
