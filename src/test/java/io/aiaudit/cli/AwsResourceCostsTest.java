package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import io.aiaudit.testing.Outside;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cost Explorer by resource. Moto answers every question about costs alike and none about resources, so all of Cost
 * Explorer is WireMock's here, in the shapes that AWS documents; all other requests go on to moto.
 */
@Outside
class AwsResourceCostsTest extends AwsAnswers {
    private static final String EC2 = "Amazon Elastic Compute Cloud - Compute";
    private static final String SAGEMAKER = "Amazon SageMaker";
    private static final String BOX = "BoxUsage:g5.xlarge";
    private static final String HOST = "USE1-Host:ml.g5.xlarge";
    private static final String ENDPOINT = "arn:aws:sagemaker:us-east-1:123456789012:endpoint/chat";
    private static final String EMPTY = "{\"ResultsByTime\": []}";

    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    /** 20 days ago an endpoint, two days ago two machines and the endpoint. */
    @BeforeEach
    void anAccountWithoutAnExport() {
        aws.stubFor(json("ListExports").willReturn(answer("{\"Exports\": []}")));
        aws.stubFor(json("DescribeReportDefinitions").willReturn(answer("{\"ReportDefinitions\": []}")));
        aws.stubFor(json("GetCostAndUsage")
                .willReturn(answer("{\"ResultsByTime\": [" + day(20, costs(SAGEMAKER, HOST, "33.79", "24")) + ", "
                        + day(2, costs(EC2, BOX, "48.288", "48") + ", " + costs(SAGEMAKER, HOST, "33.792", "24"))
                        + "]}")));
        aws.stubFor(json("GetCostAndUsage")
                .withRequestBody(containing("\"Key\":\"RECORD_TYPE\"}]"))
                .atPriority(1)
                .willReturn(answer(EMPTY)));
    }

    private static void usage(String days) {
        aws.stubFor(json("GetCostAndUsage")
                .withRequestBody(containing("\"Key\":\"USAGE_TYPE\"}]"))
                .willReturn(answer("{\"ResultsByTime\": [" + days + "]}")));
    }

    private AwsRun scanAsJson() throws Exception {
        return scan(ONE_REGION, OneRule.with("-f", "json"));
    }

    private static MappingBuilder resourcesOf(String service) {
        return json("GetCostAndUsageWithResources").withRequestBody(containing(service));
    }

    private String day(int ago, String groups) {
        return "{\"TimePeriod\": {\"Start\": \"" + today.minusDays(ago) + "\", \"End\": \"" + today.minusDays(ago - 1)
                + "\"}, \"Total\": {}, \"Groups\": [" + groups + "], \"Estimated\": false}";
    }

    private static String costs(String first, String second, String amount, String quantity) {
        return """
                {"Keys": ["%s", "%s"], "Metrics": {"AmortizedCost": {"Amount": "%3$s", "Unit": "USD"}, \
                "UnblendedCost": {"Amount": "%3$s", "Unit": "USD"}, "UsageQuantity": {"Amount": "%4$s", "Unit": \
                "Hrs"}}}""".formatted(first, second, amount, quantity);
    }

    private void resourcesAreListed() {
        aws.stubFor(resourcesOf(EC2)
                .willReturn(answer("{\"ResultsByTime\": ["
                        + day(
                                2,
                                costs("i-0aaaaaaaaaaaaaaaa", BOX, "24.144", "24") + ", "
                                        + costs("NoResourceId", BOX, "0.004", "0"))
                        + "], \"NextPageToken\": \"second\"}")));
        aws.stubFor(resourcesOf(EC2)
                .withRequestBody(containing("second"))
                .atPriority(1)
                .willReturn(answer(
                        "{\"ResultsByTime\": [" + day(2, costs("i-0bbbbbbbbbbbbbbbb", BOX, "24.1", "24")) + "]}")));
        aws.stubFor(resourcesOf(SAGEMAKER)
                .willReturn(answer("{\"ResultsByTime\": [" + day(2, costs(ENDPOINT, HOST, "33.792", "24")) + "]}")));
    }

    private static BigDecimal effective(JsonNode audit) {
        return audit.at("/bill/providers/0/effective_cost").decimalValue();
    }

    private static JsonNode resource(JsonNode audit, String id) {
        return AwsRun.each(audit.get("resources"))
                .filter(each -> each.get("resource_id").asText().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is not among " + audit.get("resources")));
    }

    /** Each page costs a cent. */
    @Test
    @Timeout(120)
    void a_token_without_content_ends_a_list() throws Exception {
        resourcesAreListed();
        aws.stubFor(resourcesOf(SAGEMAKER)
                .willReturn(answer("{\"ResultsByTime\": [" + day(2, costs(ENDPOINT, HOST, "33.792", "24"))
                        + "], \"NextPageToken\": \"\"}")));
        AwsRun run = scanAsJson();
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(AwsRun.requests(run.audit(), "CostExplorer.GetCostAndUsageWithResources"))
                .isEqualTo(3);
    }

    @Test
    void resources_take_their_part_of_the_daily_totals_and_the_sum_stays_the_same_to_the_cent() throws Exception {
        resourcesAreListed();
        AwsRun run = scanAsJson();
        assertThat(run.exitCode()).as(run::err).isZero();
        JsonNode audit = run.audit();
        assertThat(effective(audit)).isEqualByComparingTo("115.870");
        assertThat(resource(audit, "i-0aaaaaaaaaaaaaaaa").get("cost_basis").asText())
                .isEqualTo("effective");
        assertThat(resource(audit, "i-0aaaaaaaaaaaaaaaa").get("monthly_cost").decimalValue())
                .as("one day of a machine that was not seen any longer")
                .isEqualByComparingTo("24.14");
        assertThat(resource(audit, "i-0bbbbbbbbbbbbbbbb").get("monthly_cost").decimalValue())
                .isEqualByComparingTo("24.1");
        assertThat(resource(audit, ENDPOINT).get("kind").asText()).isEqualTo("inference_endpoint");
        assertThat(resource(audit, "aws:123456789012/" + EC2)
                        .get("monthly_cost")
                        .decimalValue())
                .as("0.044, which no resource explains")
                .isPositive()
                .isLessThan(BigDecimal.ONE);
        assertThat(AwsRun.requests(audit, "CostExplorer.GetCostAndUsageWithResources"))
                .isEqualTo(3);
        assertThat(audit.at("/scan_cost/aws_usd").decimalValue())
                .as("the bill, resources of three services, and anomaly monitors")
                .isEqualByComparingTo("0.06");
        assertThat(audit.get("warnings").toString())
                .contains("Cost Explorer has resource-level data since " + today.minusDays(14)
                        + " of the account 123456789012");
        aws.verify(postRequestedFor(anyUrl())
                .withHeader("X-Amz-Target", matching(".*[.]GetCostAndUsage"))
                .withRequestBody(containing("\"Key\":\"LINKED_ACCOUNT\",\"Values\":[\"123456789012\"]")));
    }

    /** Of the line of the endpoint, $33.792 of $115.870. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"33.792\" | \"much\" | BilledCost is \"much\"",
                "\"Amount\": \"33.792\", | | BilledCost is empty",
            })
    void a_line_that_cannot_be_read_costs_itself_only(String member, String instead, String reason) throws Exception {
        AwsRun run = scanLines(changed("33.792", member, Objects.toString(instead, "")));
        assertThat(effective(run.audit())).as(run::err).isEqualByComparingTo("82.078");
        assertThat(run.err()).doesNotContain("aiaudit failed");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains(": " + reason + ". 1 of 3 rows is not in the totals.");
    }

    /** The sum shows of each that it counts, beside $82.078. */
    @Test
    void lines_whose_names_amount_or_other_cost_cannot_be_read_count() throws Exception {
        AwsRun run = scanLines(String.join(
                ", ",
                changed("1", "\"Keys\": [\"Amazon SageMaker\", \"USE1-Host:ml.g5.xlarge\"],", ""),
                changed("2", ", \"USE1-Host:ml.g5.xlarge\"", ""),
                changed("4", "UnblendedCost", "OtherCost"),
                changed("8", "\"24\"", "\"many\"")));
        assertThat(effective(run.audit())).as(run::err).isEqualByComparingTo("97.078");
        assertThat(run.err()).doesNotContain("aiaudit failed");
        assertThat(run.exitCode()).isZero();
    }

    private static String changed(String cost, String member, String instead) {
        String line = costs(SAGEMAKER, HOST, cost, "24");
        assertThat(line).contains(member);
        return line.replace(member, instead);
    }

    /** These beside two of other lines that can be read. */
    private AwsRun scanLines(String lines) throws Exception {
        aws.stubFor(json("GetCostAndUsageWithResources").willReturn(answer(EMPTY)));
        usage(day(20, costs(SAGEMAKER, HOST, "33.79", "24")) + ", "
                + day(2, costs(EC2, BOX, "48.288", "48") + ", " + lines));
        return scanAsJson();
    }

    @Test
    void a_day_without_its_period_costs_itself_only() throws Exception {
        aws.stubFor(json("GetCostAndUsageWithResources").willReturn(answer(EMPTY)));
        usage(day(20, costs(SAGEMAKER, HOST, "33.79", "24")) + ", "
                + day(2, costs(EC2, BOX, "48.288", "48")).replaceFirst("\"TimePeriod\": \\{[^}]*}, ", ""));
        AwsRun run = scanAsJson();
        assertThat(effective(run.audit())).as(run::err).isEqualByComparingTo("33.79");
        assertThat(run.err()).contains(": ChargePeriodStart is empty. 1 of 2 rows is not in the totals.");
    }

    @Test
    void taxes_and_credits_that_have_no_type_are_a_gap_and_the_others_count() throws Exception {
        aws.stubFor(json("GetCostAndUsageWithResources").willReturn(answer(EMPTY)));
        aws.stubFor(json("GetCostAndUsage")
                .withRequestBody(containing("\"Key\":\"RECORD_TYPE\"}]"))
                .atPriority(1)
                .willReturn(answer("{\"ResultsByTime\": ["
                        + day(
                                2,
                                costs(EC2, "Tax", "7", "0") + ", "
                                        + costs(EC2, "Credit", "-9", "0").replace(", \"Credit\"", ""))
                        + "]}")));
        AwsRun run = scanAsJson();
        assertThat(run.audit().at("/bill/providers/0/tax").decimalValue())
                .as(run::err)
                .isEqualByComparingTo("7");
        assertThat(gaps(run.audit()))
                .contains("123456789012 taxes, credits and refunds: a line has no record type, and was left out.");
    }

    /** Of the first instance, $24.144. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Keys\": [\"i-0aaaaaaaaaaaaaaaa\", \"BoxUsage:g5.xlarge\"],",
                ", \"BoxUsage:g5.xlarge\"",
                "\"Amount\": \"24.144\","
            })
    void what_a_resource_costs_stays_with_its_service_where_it_cannot_be_read(String member) throws Exception {
        resourcesAreListed();
        aws.stubFor(resourcesOf(EC2)
                .willReturn(answer("{\"ResultsByTime\": ["
                        + day(
                                2,
                                costs("i-0aaaaaaaaaaaaaaaa", BOX, "24.144", "24")
                                                .replace(member, "") + ", "
                                        + costs("i-0bbbbbbbbbbbbbbbb", BOX, "24.1", "24"))
                        + "]}")));
        AwsRun run = scanAsJson();
        assertThat(effective(run.audit())).as(run::err).isEqualByComparingTo("115.870");
        assertThat(resource(run.audit(), "i-0bbbbbbbbbbbbbbbb")
                        .get("monthly_cost")
                        .decimalValue())
                .isEqualByComparingTo("24.1");
        assertThat(gaps(run.audit()))
                .contains("123456789012 resource-level costs of " + EC2 + ": lines of " + today.minusDays(2)
                        + " lack a resource, a usage type, a period or an amount, so their cost stays with the "
                        + "service.");
    }

    @Test
    void where_resources_are_not_switched_on_the_totals_count_and_that_is_reported() throws Exception {
        aws.stubFor(json("GetCostAndUsageWithResources")
                .willReturn(refusal(400, "DataUnavailableException", "Resource level data is not enabled")));
        AwsRun run = scanAsJson();
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(effective(run.audit())).isEqualByComparingTo("115.870");
        assertThat(run.audit().get("warnings").toString())
                .contains(
                        "by service and meter",
                        "returned no resource-level data of the account 123456789012 (",
                        "is not enabled in this account");
    }

    @Test
    void denied_resources_are_a_gap_with_the_name_of_the_permission_and_of_the_services() throws Exception {
        aws.stubFor(json("GetCostAndUsageWithResources")
                .willReturn(refusal(400, "AccessDeniedException", "not authorized")));
        AwsRun run = scanAsJson();
        assertThat(run.exitCode()).as(run::err).isEqualTo(4);
        assertThat(gaps(run.audit()))
                .contains("123456789012 resource-level costs of " + EC2 + ", " + SAGEMAKER
                        + ": access denied for ce:GetCostAndUsageWithResources.");
        assertThat(run.audit().get("warnings").toString())
                .contains("no resource-level data of the account 123456789012 (access denied for "
                        + "ce:GetCostAndUsageWithResources): instances are priced at list");
    }

    @Test
    void where_one_service_fails_the_gap_names_it_and_the_warning_does_not_claim_its_data() throws Exception {
        resourcesAreListed();
        aws.stubFor(resourcesOf(SAGEMAKER).atPriority(1).willReturn(refusal(500, "InternalFailure", "try later")));
        AwsRun run = scanAsJson();
        assertThat(run.exitCode()).as(run::err).isEqualTo(4);
        assertThat(gaps(run.audit()))
                .anyMatch(gap -> gap.startsWith("123456789012 resource-level costs of " + SAGEMAKER + ": "
                        + "ce:GetCostAndUsageWithResources failed: InternalFailure"));
        assertThat(run.audit().get("warnings").toString())
                .contains("It returned none of " + SAGEMAKER + " (ce:GetCostAndUsageWithResources failed");
    }

    @Test
    void a_service_that_shows_no_resources_takes_none_from_the_others() throws Exception {
        resourcesAreListed();
        aws.stubFor(resourcesOf(SAGEMAKER)
                .atPriority(1)
                .willReturn(refusal(400, "ValidationException", "SERVICE is not supported")));
        AwsRun run = scanAsJson();
        assertThat(run.exitCode()).as(run::err).isEqualTo(4);
        assertThat(effective(run.audit())).isEqualByComparingTo("115.870");
        assertThat(resource(run.audit(), "i-0aaaaaaaaaaaaaaaa")
                        .get("monthly_cost")
                        .decimalValue())
                .isEqualByComparingTo("24.14");
        assertThat(run.audit().get("warnings").toString())
                .contains("has resource-level data since", "SERVICE is not supported");
    }

    @Test
    void resources_are_requested_with_the_money_that_is_left() throws Exception {
        resourcesAreListed();
        AwsRun run = scan(ONE_REGION, OneRule.with("-f", "json", "--max-api-cost", "0.04"));
        assertThat(run.exitCode())
                .as("nothing is left for anomaly monitors, which is a gap: " + run.err())
                .isEqualTo(4);
        assertThat(effective(run.audit())).isEqualByComparingTo("115.870");
        assertThat(run.audit().get("warnings").toString())
                .contains("no resource-level data of the account 123456789012 (ce:GetCostAndUsageWithResources would "
                        + "cost another $0.01");
        aws.verify(
                0, postRequestedFor(anyUrl()).withHeader("X-Amz-Target", containing("GetCostAndUsageWithResources")));
    }
}
