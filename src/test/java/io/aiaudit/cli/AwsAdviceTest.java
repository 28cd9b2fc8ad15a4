package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.testing.Moto;
import io.aiaudit.testing.MotoCompany;
import io.aiaudit.testing.Outside;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;

/**
 * A second opinion beside our own. Moto has neither Compute Optimizer nor Cost Optimization Hub: these answers are
 * WireMock's, in the shapes that AWS documents; all other requests go on to moto.
 */
@Outside
class AwsAdviceTest extends AwsAnswers {
    private static final String EUROPE = "aws: {regions: [eu-west-1]}\n";

    private static final String IDLE = "gpu-instance-idle";

    private String machine;

    @BeforeEach
    void anIdleMachineInEurope() {
        new MotoCompany(moto).fillEurope(Moto.ACCOUNT);
        machine = moto.client(Ec2Client.builder(), "eu-west-1").describeInstances().reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .map(Instance::instanceId)
                .findFirst()
                .orElseThrow();
        aws.stubFor(json("GetEnrollmentStatus").willReturn(answer("{\"status\": \"Active\"}")));
        aws.stubFor(json("GetEC2InstanceRecommendations")
                .willReturn(answer("{\"instanceRecommendations\": [], \"errors\": []}")));
        aws.stubFor(json("GetIdleRecommendations").willReturn(answer("{\"idleRecommendations\": [], \"errors\": []}")));
        aws.stubFor(json("ListEnrollmentStatuses").willReturn(answer("""
                {"items": [{"accountId": "123456789012", "status": "Active"}]}""")));
        aws.stubFor(json("ListRecommendations").willReturn(answer("{\"items\": []}")));
    }

    private AwsRun scanEurope(String format, String... further) throws Exception {
        String[] arguments = new String[further.length + 4];
        System.arraycopy(new String[] {"--days", "15", "-f", format}, 0, arguments, 0, 4);
        System.arraycopy(further, 0, arguments, 4, further.length);
        return scan(EUROPE, arguments);
    }

    private String arn() {
        return "arn:aws:ec2:eu-west-1:123456789012:instance/" + machine;
    }

    private static JsonNode finding(JsonNode audit) {
        return AwsRun.each(audit.get("findings"))
                .filter(each -> each.get("rule").asText().equals(IDLE))
                .findFirst()
                .orElseThrow(() -> new AssertionError(audit.get("findings").toString()));
    }

    private static JsonNode from(JsonNode finding, String source) {
        return AwsRun.each(finding.get("advice"))
                .filter(each -> each.get("source").asText().equals(source))
                .findFirst()
                .orElseThrow(() -> new AssertionError(source + " is not in " + finding.get("advice")));
    }

    /** As the idle machine costs a month, 0.587 an hour; and half of it. */
    private void bothHaveAnOpinion() {
        aws.stubFor(json("GetEC2InstanceRecommendations")
                .willReturn(answer("{\"instanceRecommendations\": [], \"nextToken\": \"second\"}")));
        aws.stubFor(json("GetEC2InstanceRecommendations")
                .withRequestBody(containing("second"))
                .atPriority(1)
                .willReturn(answer("""
                        {"instanceRecommendations": [
                          {"instanceArn": "%s", "accountId": "123456789012", "currentInstanceType": "g4dn.xlarge", \
                        "finding": "OVER_PROVISIONED", "lookBackPeriodInDays": 14,
                           "recommendationOptions": [
                             {"instanceType": "g4dn.2xlarge", "rank": 2, "savingsOpportunity": \
                        {"savingsOpportunityPercentage": 1, "estimatedMonthlySavings": {"currency": "USD", "value": \
                        1}}},
                             {"instanceType": "g4dn.medium", "rank": 1, "savingsOpportunity": \
                        {"savingsOpportunityPercentage": 50, "estimatedMonthlySavings": {"currency": "USD", "value": \
                        214.25}}}]},
                          {"instanceArn": "arn:aws:ec2:eu-west-1:123456789012:instance/i-0ffffffffffffffff", \
                        "accountId": "123456789012", "currentInstanceType": "m5.large", "finding": \
                        "OPTIMIZED"}]}""".formatted(arn()))));
        aws.stubFor(json("ListRecommendations").willReturn(answer("""
                {"items": [
                  {"recommendationId": "r", "accountId": "123456789012", "region": "eu-west-1", "resourceId": "%1$s", \
                "resourceArn": "%2$s", "currentResourceType": "Ec2Instance",
                   "recommendedResourceType": "Ec2Instance", "estimatedMonthlySavings": 428.00, \
                "estimatedMonthlyCost": 428.51, "currencyCode": "USD", "actionType": "Stop", "source": \
                "ComputeOptimizer"},
                  {"recommendationId": "s", "accountId": "123456789012", "currentResourceType": "ComputeSavingsPlans", \
                "actionType": "PurchaseSavingsPlans", "estimatedMonthlySavings": \
                1000.0}]}""".formatted(machine, arn()))));
    }

    @Test
    void opinions_stand_beside_the_finding_with_how_they_compare_and_are_excluded_from_totals() throws Exception {
        AwsRun without = scanEurope("json");
        bothHaveAnOpinion();
        AwsRun run = scanEurope("json");
        assertThat(run.exitCode()).as(run::err).isZero();
        JsonNode finding = finding(run.audit());
        assertThat(finding.at("/stand_alone/high").decimalValue()).isEqualByComparingTo("428.51");
        JsonNode optimizer = from(finding, "AWS Compute Optimizer");
        assertThat(optimizer.get("recommendation").asText())
                .isEqualTo("over provisioned: g4dn.medium instead of g4dn.xlarge.");
        assertThat(optimizer.get("verdict").asText()).isEqualTo("differs");
        assertThat(optimizer.get("difference").decimalValue()).isEqualByComparingTo("-214.26");
        JsonNode hub = from(finding, "AWS Cost Optimization Hub, from Compute Optimizer");
        assertThat(hub.get("recommendation").asText()).isEqualTo("stop.");
        assertThat(hub.get("verdict").asText()).isEqualTo("agrees");
        assertThat(run.audit().get("totals")).isEqualTo(without.audit().get("totals"));
        assertThat(AwsRun.requests(run.audit(), "ComputeOptimizer.GetEC2InstanceRecommendations"))
                .isEqualTo(2);
    }

    @Test
    void every_format_shows_the_opinions() throws Exception {
        bothHaveAnOpinion();
        Path report = folder.resolve("report");
        scanEurope("json,csv,html", "-o", report.toString());
        Run terminal = Run.of("report", report.resolve("aiaudit.json").toString(), "--details");
        assertThat(terminal.out())
                .contains("AWS Compute Optimizer differs: it estimates $214 less:")
                .contains("AWS Cost Optimization Hub, from Compute Optimizer agrees: stop.");
        assertThat(report.resolve("aiaudit.csv")).content().contains("AWS Compute Optimizer", "differs", "agrees");
        assertThat(Files.readString(report.resolve("aiaudit.html")))
                .contains("<b>differs: it estimates $214 less</b>", "<b>agrees</b>");
    }

    @Test
    void an_error_inside_of_a_response_is_a_gap_that_names_what_it_is_about() throws Exception {
        aws.stubFor(json("GetEC2InstanceRecommendations").willReturn(answer("""
                {"instanceRecommendations": [], "errors": [{"identifier": "123456789012", "code": \
                "InternalServerError", "message": "could not be read"}]}""")));
        aws.stubFor(json("GetIdleRecommendations").willReturn(answer("""
                {"idleRecommendations": [], "errors": [{"identifier": "%s", "code": \
                "InternalServerError"}]}""".formatted(arn()))));
        AwsRun run = scanEurope("json", "--rule", OneRule.ID);
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(gaps(run.audit()))
                .containsExactlyInAnyOrder(
                        "123456789012/eu-west-1 recommendations for instances of 123456789012: AWS Compute Optimizer "
                                + "did not return them: InternalServerError: could not be read",
                        "123456789012/eu-west-1 recommendations for idle resources of " + arn()
                                + ": AWS Compute Optimizer did not return them: InternalServerError.");
    }

    @Test
    void an_idle_machine_for_both_is_agreed_on() throws Exception {
        aws.stubFor(json("GetIdleRecommendations").willReturn(answer("""
                {"idleRecommendations": [{"resourceArn": "%s", "resourceId": "%s", "resourceType": "EC2Instance", \
                "accountId": "123456789012", "finding": "Idle", "findingDescription": "CPU below 5 percent.",
                  "savingsOpportunity": {"savingsOpportunityPercentage": 100, "estimatedMonthlySavings": {"currency": \
                "USD", "value": 430.0}}}]}""".formatted(arn(), machine))));
        JsonNode advice = from(finding(scanEurope("json", "--rule", IDLE).audit()), "AWS Compute Optimizer");
        assertThat(advice.get("recommendation").asText()).isEqualTo("idle: stop or delete it. CPU below 5 percent.");
        assertThat(advice.get("verdict").asText()).isEqualTo("agrees");
    }

    @Test
    void what_is_not_switched_on_gives_no_opinion_and_that_is_reported() throws Exception {
        aws.stubFor(json("GetEnrollmentStatus").willReturn(answer("{\"status\": \"Inactive\"}")));
        aws.stubFor(json("ListEnrollmentStatuses").willReturn(answer("{\"items\": []}")));
        AwsRun run = scanEurope("json", "--rule", OneRule.ID);
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(run.audit().get("warnings").toString())
                .contains(
                        "Compute Optimizer is not enabled in the account 123456789012",
                        "Cost Optimization Hub is not enabled in the account 123456789012");
        aws.verify(0, postRequestedFor(anyUrl()).withHeader("X-Amz-Target", containing(".ListRecommendations")));
    }

    @Test
    void a_list_of_advice_that_is_denied_takes_no_other_with_it() throws Exception {
        bothHaveAnOpinion();
        aws.stubFor(json("GetIdleRecommendations")
                .atPriority(0)
                .willReturn(denied("compute-optimizer:GetIdleRecommendations")));
        AwsRun run = scanEurope("json", "--rule", IDLE);
        assertThat(gaps(run.audit()))
                .containsExactly("123456789012/eu-west-1 recommendations for idle resources: access denied for "
                        + "compute-optimizer:GetIdleRecommendations.");
        assertThat(from(finding(run.audit()), "AWS Compute Optimizer")
                        .get("recommendation")
                        .asText())
                .isEqualTo("over provisioned: g4dn.medium instead of g4dn.xlarge.");
    }

    @Test
    void denied_advice_is_a_gap() throws Exception {
        aws.stubFor(json("ListRecommendations")
                .willReturn(aResponse()
                        .withStatus(400)
                        .withHeader("Content-Type", "application/x-amz-json-1.0")
                        .withBody("{\"__type\":\"AccessDeniedException\",\"message\":\"not authorized\"}")));
        AwsRun run = scanEurope("json", "--rule", OneRule.ID);
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .contains("not read: AWS 123456789012/all cost optimization hub: access denied for "
                        + "cost-optimization-hub:ListRecommendations.");
    }
}
