package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Outside;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code aiaudit sources check aws}. */
@Outside
class AwsCheckTest extends AwsAnswers {
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
        aws.stubFor(query("DescribeReservedInstances")
                .willReturn(xml(
                        200,
                        "<DescribeReservedInstancesResponse><requestId>r</"
                                + "requestId><reservedInstancesSet/></DescribeReservedInstancesResponse>")));
        aws.stubFor(query("DescribeCapacityReservations")
                .willReturn(xml(
                        200,
                        "<DescribeCapacityReservationsResponse><requestId>r</"
                                + "requestId><capacityReservationSet/></DescribeCapacityReservationsResponse>")));
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
        AwsRun all = AwsRun.command(aws.address(), "sources", "check", "aws");
        assertThat(all.exitCode()).as(all.out() + all.err()).isZero();
        assertThat(all.out())
                .contains(
                        "regions; elsewhere than in us-east-1 one list of each service",
                        "sagemaker 25,",
                        "unused     s3:ListBucket, s3:GetObject")
                .containsPattern("ready +[0-9]+ permissions")
                .containsPattern("unused +ce:GetCostAndUsageWithResources")
                .doesNotContainPattern("(?m)^ *missing ")
                .doesNotContain("AiauditReads");
        assertThat(all.out().lines().toList())
                .as("few screens, most of them about what each rule can examine")
                .hasSizeLessThan(110)
                .allMatch(line -> line.length() <= 80);
        aws.stubFor(json("ListEndpoints").willReturn(refusal(400, "AccessDeniedException", "User is not authorized")));
        AwsRun denied = AwsRun.command(aws.address(), "sources", "check", "aws");
        assertThat(denied.exitCode()).isEqualTo(4);
        assertThat(denied.out())
                .contains("missing    sagemaker:ListEndpoints\n", "access denied.", "whole policy is below")
                .containsPattern("lost: inference_endpoint [(][a-z, -]+\\s+[a-z-]+ and 14 more rules[)]")
                .containsPattern("inference-endpoint-idle +can't run")
                .contains("\"Sid\": \"AiauditReads\"")
                .doesNotContain("sources check aws");
        aws.stubFor(post(anyUrl())
                .withHeader("Authorization", containing("/eu-west-1/ec2/"))
                .atPriority(0)
                .willReturn(aResponse().withStatus(403)));
        assertThat(AwsRun.command(aws.address(), "sources", "check", "aws").out())
                .contains("missing    ec2:DescribeInstances in 123456789012/eu-west-1\n");
    }

    /** A number that nobody has, and one that left, beside one that is there. */
    @Test
    void the_check_says_which_named_accounts_are_no_active_members_and_tries_the_others() throws Exception {
        aws.stubFor(json("ListAccounts").willReturn(answer("""
                {"Accounts": [{"Id": "123456789012", "Name": "payer", "Status": "ACTIVE"}, {"Id": "111122223333", \
                "Name": "closed", "Status": "SUSPENDED"}]}""")));
        AwsRun some = check("[\"111122223333\", \"123456789012\", \"999999999999\"]");
        assertThat(some.exitCode()).as(some.out() + some.err()).isEqualTo(4);
        assertThat(some.out())
                .contains("ready      123456789012", "missing    111122223333\n", "missing    999999999999\n")
                .containsPattern("no active account of the organization\\s+has the\\s+number\\s+999999999999")
                .contains("Correct aws: accounts in aiaudit.yaml");
        assertThat(some.err()).doesNotContain("aiaudit failed here");

        AwsRun none = check("[\"999999999999\"]");
        assertThat(none.exitCode())
                .as("nothing at all can be read: " + none.out() + none.err())
                .isEqualTo(1);
        assertThat(none.out())
                .contains("missing    999999999999\n", "Correct aws: accounts in aiaudit.yaml")
                .as("there is no account whose credentials could lack anything")
                .doesNotContain("AiauditReads", "ready      ");
    }

    private AwsRun check(String accounts) throws Exception {
        Path file = Files.writeString(
                folder.resolve("aiaudit.yaml"),
                "aws: {regions: [us-east-1], accounts: " + accounts + "}\naws_org: true\n");
        return AwsRun.command(aws.address(), "sources", "check", "aws", "--config", file.toString());
    }
}
