package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.aiaudit.testing.Moto;
import io.aiaudit.testing.MotoCompany;
import io.aiaudit.testing.Outside;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** What AWS refuses, or answers too late: a gap with its fix, and everything else goes on. */
@Outside
class AwsRefusalsTest extends AwsAnswers {
    private static final ResponseDefinitionBuilder DENIED =
            refusal(400, "AccessDeniedException", "User is not authorized");

    /** Of an account in which several services refuse something each; made by the first test that reads it. */
    private static AwsRun refused;

    /** Of one in which several services refuse something once. */
    private static AwsRun refusedOnce;

    private AwsRun refused() throws Exception {
        if (refused == null) {
            aws.stubFor(query("DescribeInstances").willReturn(instances("i-0aaaaaaaaaaaaaaaa", "")));
            aws.stubFor(query("DescribeVolumes").willReturn(ec2Refusal(403, "UnauthorizedOperation", "no")));
            aws.stubFor(query("DescribeInstanceTypes").willReturn(ec2Refusal(403, "UnauthorizedOperation", "no")));
            for (String operation : List.of("ListTrainingJobs", "ListProcessingJobs", "ListTransformJobs")) {
                aws.stubFor(json(operation).willReturn(DENIED));
            }
            aws.stubFor(query("DescribeVpcEndpoints").willReturn(xml(200, "<DescribeVpcEndpointsResponse><vpcEnd")));
            aws.stubFor(json("ListClusters").willReturn(answer("""
                    {"ClusterSummaries": [{"ClusterArn": "arn:aws:sagemaker:us-east-1:123456789012:cluster/\
                    abcdefghijkl", "ClusterName": "research",
                      "CreationTime": 1.7e9, "ClusterStatus": "InService"}]}""")));
            aws.stubFor(json("DescribeCluster").willReturn(answer("{}")));
            refused = scan(ONE_REGION, OneRule.with("-f", "json"));
            assertThat(gaps(refused.audit()))
                    .as("one each, two of machines and none of anything else")
                    .hasSize(5);
        }
        return refused;
    }

    private AwsRun refusedOnce() throws Exception {
        if (refusedOnce == null) {
            once(
                    "throttled",
                    query("DescribeInstances"),
                    ec2Refusal(503, "RequestLimitExceeded", "Request limit exceeded."));
            once("throttled too", json("ListEndpoints"), refusal(400, "ThrottlingException", "Rate exceeded"));
            once("broken", query("DescribeVpcEndpoints"), xml(200, "<DescribeVpcEndpointsResponse><vpcEnd"));
            refusedOnce = scan(ONE_REGION, OneRule.with("-f", "json"));
        }
        return refusedOnce;
    }

    private static void once(String scenario, MappingBuilder operation, ResponseDefinitionBuilder answer) {
        aws.stubFor(operation
                .inScenario(scenario)
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("once")
                .willReturn(answer));
    }

    @Test
    void access_denied_is_one_gap_with_the_permissions_name_and_exit_code_4() throws Exception {
        aws.stubFor(json("ListEndpoints")
                .willReturn(refusal(
                        400, "AccessDeniedException", "User is not authorized to perform: sagemaker:ListEndpoints")));
        AwsRun run = scan(ONE_REGION, OneRule.with("-f", "json"));
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
                .contains("not read: AWS 123456789012/eu-west-1 instance metrics: access denied for "
                        + "cloudwatch:GetMetricData.");
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
    void a_session_that_expires_before_metrics_are_read_costs_no_request_for_each_series() throws Exception {
        new MotoCompany(moto).fill();
        aws.stubFor(query("GetMetricData")
                .willReturn(stsRefusal(403, "ExpiredToken", "The security token included in the request is expired")));
        AwsRun run = scan(ONE_REGION, OneRule.with("--days", "15", "-f", "json"));
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("the AWS session has expired.");
        assertThat(AwsRun.requests(run.audit(), "CloudWatch.GetMetricData"))
                .as("one a slice that reads metrics, each as often as the SDK repeats it")
                .isLessThan(20);
    }

    /** Each request of 500 series takes its repetitions: 600 instances have five of them. */
    @Test
    void metrics_that_are_throttled_for_good_are_given_up_and_name_all_instances() throws Exception {
        new MotoCompany(moto).fillMachines("us-east-1", 600);
        aws.stubFor(query("GetMetricData").willReturn(stsRefusal(400, "Throttling", "Rate exceeded")));
        AwsRun run = scan(ONE_REGION, OneRule.with("--days", "3", "-f", "json"));
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(AwsRun.requests(run.audit(), "CloudWatch.GetMetricData"))
                .as("three, each sent twice")
                .isEqualTo(3 * 2);
        assertThat(gaps(run.audit()))
                .singleElement()
                .asString()
                .contains("instance metrics", "because of too many requests");
    }

    @Test
    void throttling_is_waited_for() throws Exception {
        AwsRun run = refusedOnce();
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(AwsRun.requests(run.audit(), "Ec2.DescribeInstances")).isEqualTo(2);
        assertThat(AwsRun.requests(run.audit(), "SageMaker.ListEndpoints")).isEqualTo(2);
    }

    @Test
    void an_expired_session_says_how_to_renew_it() throws Exception {
        aws.stubFor(query("GetCallerIdentity")
                .willReturn(stsRefusal(403, "ExpiredToken", "The security token included in the request is expired")));
        AwsRun run = scan(ONE_REGION, OneRule.with("-f", "json"));
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
        AwsRun run = scan(ONE_REGION, OneRule.with("-f", "json"));
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(AwsRun.each(run.audit().get("gaps"))
                        .map(gap -> gap.get("problem").asText()))
                .containsExactlyInAnyOrder(
                        "access denied for sagemaker:ListEndpoints.",
                        "access denied for sagemaker:ListNotebookInstances.",
                        "access denied for ec2:DescribeInstances.");
        assertThat(run.err())
                .contains("Add the permission to the audit role")
                .containsPattern("Requests: aws [0-9]+ requests for [$]0[.]0[0-9]")
                .doesNotContain("health.aws.amazon.com");
    }

    @Test
    void machines_are_reported_though_their_volumes_and_types_may_not_be_requested() throws Exception {
        AwsRun run = refused();
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(gaps(run.audit()))
                .contains(
                        "123456789012/us-east-1 volumes: access denied for ec2:DescribeVolumes.",
                        "123456789012/us-east-1 machine types: access denied for ec2:DescribeInstanceTypes.");
        assertThat(AwsRun.each(run.audit().get("resources"))
                        .map(resource -> resource.get("resource_id").asText()))
                .contains("i-0aaaaaaaaaaaaaaaa");
    }

    @Test
    void endpoints_notebooks_and_jobs_are_reported_though_nothing_more_may_be_requested_of_them() throws Exception {
        new MotoCompany(moto).fill();
        for (String operation : List.of(
                "DescribeEndpointConfig",
                "ListTags",
                "DescribeScalableTargets",
                "DescribeTrainingJob",
                "ListTransformJobs")) {
            aws.stubFor(json(operation).willReturn(DENIED));
        }
        AwsRun run = scan(ONE_REGION, "--days", "15", "--rule", "inference-endpoint-idle", "-f", "json");
        assertThat(run.exitCode()).as(run::err).isEqualTo(4);
        assertThat(gaps(run.audit()))
                .contains(
                        "123456789012/us-east-1 configurations of endpoints of quiet-config, lively-config, "
                                + "half-used-config and 2 more: access denied for sagemaker:DescribeEndpointConfig.",
                        "123456789012/us-east-1 tags of quiet, lively, half-used and 2 more: access denied for "
                                + "sagemaker:ListTags.",
                        "123456789012/us-east-1 scaling of endpoints: access denied for "
                                + "application-autoscaling:DescribeScalableTargets.",
                        "123456789012/us-east-1 instances of training jobs of nightly-train-20260601: access denied "
                                + "for sagemaker:DescribeTrainingJob.",
                        "123456789012/us-east-1 transform jobs: access denied for sagemaker:ListTransformJobs.");
        assertThat(AwsRun.each(run.audit().get("resources"))
                        .map(resource -> resource.get("kind").asText()))
                .contains("inference_endpoint", "training_job", "batch_job");
        assertThat(AwsRun.found(run.audit(), "inference-endpoint-idle"))
                .as("of an endpoint whose variants are not known its requests are unknown")
                .isEmpty();
    }

    @Test
    void a_slice_of_which_no_list_answers_is_not_read() throws Exception {
        assertThat(gaps(refused().audit()))
                .contains("123456789012/us-east-1 jobs: access denied for sagemaker:ListTrainingJobs.");
    }

    @Test
    void an_inventory_that_did_not_answer_does_not_show_that_nothing_is_there() throws Exception {
        String all = scan(ONE_REGION, OneRule.with("-f", "json"))
                .audit()
                .get("warnings")
                .toString();
        for (String operation : List.of("DescribeInstances", "DescribeVolumes")) {
            aws.stubFor(query(operation).willReturn(aResponse().withStatus(403)));
        }
        aws.stubFor(json("ListEndpoints").willReturn(DENIED));
        String some = scan(ONE_REGION, OneRule.with("-f", "json"))
                .audit()
                .get("warnings")
                .toString();
        assertThat(inventories(some)).isEqualTo(inventories(all) - 2);
    }

    private static int inventories(String warnings) {
        Matcher count =
                Pattern.compile("([0-9]+) inventories of 1 account in 1 region").matcher(warnings);
        assertThat(count.find()).as(warnings).isTrue();
        return Integer.parseInt(count.group(1));
    }

    @Test
    void a_refusal_that_no_permission_would_lift_names_what_is_in_the_way() throws Exception {
        aws.stubFor(query("GetCallerIdentity").willReturn(aResponse().withStatus(403)));
        AwsRun run = scan(ONE_REGION, OneRule.with("-f", "json"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("access denied for Sts.GetCallerIdentity, which needs no permission.", "HTTPS_PROXY");
    }

    @Test
    void a_clock_that_is_wrong_is_distinguished_from_wrong_keys() throws Exception {
        aws.stubFor(query("GetCallerIdentity")
                .willReturn(stsRefusal(
                        403,
                        "SignatureDoesNotMatch",
                        "Signature expired: 20260601T000000Z is now earlier than 20260602T000000Z")));
        AwsRun run = scan(ONE_REGION, OneRule.with("-f", "json"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("the clock of this computer is wrong", "timedatectl");
    }

    /** EC2 has one code for both. */
    @Test
    void a_session_that_ec2_calls_expired_is_no_clock_that_is_wrong_for_sure() throws Exception {
        aws.stubFor(query("DescribeRegions").willReturn(ec2Refusal(400, "RequestExpired", "Request has expired.")));
        AwsRun run = scan("aws: {}\n", OneRule.with("-f", "json"));
        assertThat(run.err())
                .contains("the AWS session has expired, or the clock of this computer is wrong.")
                .contains("Compare the clock with: date -u. If it is right: ");
    }

    @Test
    void xml_that_breaks_off_is_called_that_without_words_of_a_parser() throws Exception {
        assertThat(gaps(refused().audit()))
                .contains("123456789012/us-east-1 private endpoints: ec2:DescribeVpcEndpoints in us-east-1 sent a"
                        + " response that broke off or is not XML.");
    }

    /** The parser of the SDK finds no instance in either. */
    @Test
    void a_page_of_a_proxy_and_an_empty_response_are_no_empty_lists() throws Exception {
        aws.stubFor(query("DescribeInstances").willReturn(xml(200, "<html><body>Log in</body></html>")));
        aws.stubFor(json("ListEndpoints").willReturn(answer("")));
        aws.stubFor(json("ListNotebookInstances").willReturn(answer("").withHeader("Content-Length", "0")));
        aws.stubFor(query("DescribeVpcEndpoints").willReturn(xml(200, "").withHeader("Content-Length", "0")));
        AwsRun run = scan(ONE_REGION, OneRule.with("-f", "json"));
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(gaps(run.audit()))
                .containsExactlyInAnyOrder(
                        "123456789012/us-east-1 instances: ec2:DescribeInstances in us-east-1 sent an HTML page, "
                                + "which is"
                                + " not from AWS.",
                        "123456789012/us-east-1 endpoints: sagemaker:ListEndpoints in us-east-1 sent an empty "
                                + "response.",
                        "123456789012/us-east-1 notebooks: sagemaker:ListNotebookInstances in us-east-1 sent an empty "
                                + "response.",
                        "123456789012/us-east-1 private endpoints: ec2:DescribeVpcEndpoints in us-east-1 sent an empty "
                                + "response.");
    }

    @Test
    void a_description_without_content_takes_its_object_and_nothing_beside_it() throws Exception {
        AwsRun run = refused();
        assertThat(run.audit().get("partial").asBoolean()).isFalse();
        assertThat(gaps(run.audit()))
                .contains("123456789012/us-east-1 cluster instances of research: sagemaker:DescribeCluster in us-east-1"
                        + " sent an empty response.");
    }

    /** An account without any has an empty list in each of these responses. */
    @Test
    void a_list_that_is_not_there_is_no_empty_one() throws Exception {
        List<String> lists = List.of("ListEndpoints", "ListNotebookInstances", "ListTrainingJobs");
        lists.forEach(list -> aws.stubFor(json(list).willReturn(answer("{}"))));
        AwsRun run = scan(ONE_REGION, OneRule.with("-f", "json"));
        assertThat(run.exitCode()).isEqualTo(4);
        Set<String> gaps = gaps(run.audit());
        assertThat(lists)
                .allSatisfy(list -> assertThat(gaps)
                        .anyMatch(gap ->
                                gap.endsWith("sagemaker:" + list + " in us-east-1 sent a response without its list.")));
    }

    /** A server that plays AWS fails so for what it does not know; but it knows these. */
    @ParameterizedTest
    @ValueSource(ints = {404, 500})
    void what_every_server_that_plays_aws_has_is_not_unknown_there(int status) throws Exception {
        List<String> lists = List.of("ListEndpoints", "ListNotebookInstances", "ListTrainingJobs");
        lists.forEach(list ->
                aws.stubFor(json(list).willReturn(aResponse().withStatus(status).withBody("<html>not well</html>"))));
        AwsRun run = scan(ONE_REGION, OneRule.with("-f", "json"));
        assertThat(run.exitCode()).isEqualTo(4);
        Set<String> gaps = gaps(run.audit());
        assertThat(lists).allSatisfy(list -> assertThat(gaps).anyMatch(gap -> gap.contains("sagemaker:" + list)));
    }

    @Test
    void xml_that_breaks_off_once_is_requested_again() throws Exception {
        AwsRun run = refusedOnce();
        assertThat(gaps(run.audit())).isEmpty();
        assertThat(AwsRun.requests(run.audit(), "Ec2.DescribeVpcEndpoints")).isEqualTo(2);
    }

    /** Volumes that no instance has are listed by themselves. */
    @Test
    void instances_that_are_denied_hide_no_volume_without_one() throws Exception {
        moto.client(Ec2Client.builder(), "us-east-1")
                .createVolume(request -> request.availabilityZone("us-east-1a")
                        .size(100)
                        .tagSpecifications(TagSpecification.builder()
                                .resourceType(ResourceType.VOLUME)
                                .tags(Tag.builder().key("Name").value("loose").build())
                                .build()));
        aws.stubFor(query("DescribeInstances").willReturn(aResponse().withStatus(403)));
        scanAndSave(ONE_REGION, 3, OneRule.with());
        assertThat(attribute("loose", "attached")).isEqualTo("false");
    }

    @Test
    void an_account_whose_role_is_closed_is_one_gap_and_the_others_are_read() throws Exception {
        aws.stubFor(post(anyUrl())
                .withRequestBody(matching("(.*&)?Action=AssumeRole&.*111122223333.*"))
                .atPriority(1)
                .willReturn(stsRefusal(403, "AccessDenied", "User is not authorized to perform: sts:AssumeRole")));
        AwsRun run = scan(
                "aws: {regions: [us-east-1], accounts: [\"123456789012\", \"111122223333\"], role: finops}\n",
                OneRule.with("-f", "json"));
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.audit().get("gaps")).hasSize(1);
        assertThat(run.err())
                .contains("not read: AWS 111122223333: the audit role of this account cannot be assumed")
                .contains("123456789012/us-east-1 endpoints");
    }
}
