package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.aiaudit.testing.Outside;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is committed, until when, and how much of it is used. Moto has no savings plans, reserved instances or capacity
 * reservations, and does not report their use: these answers are WireMock's, in the shapes that AWS documents; all
 * other requests go on to moto.
 */
@Outside
class AwsCommitmentsTest extends AwsAnswers {
    private static final String PLAN = "arn:aws:savingsplans::123456789012:savingsplan/";

    @BeforeEach
    void anAccountThatCommittedToNothing() {
        aws.stubFor(savingsPlans().willReturn(answer("{\"savingsPlans\": []}")));
        aws.stubFor(query("DescribeReservedInstances")
                .willReturn(ec2("DescribeReservedInstances", "reservedInstancesSet", "")));
        aws.stubFor(query("DescribeCapacityReservations")
                .willReturn(ec2("DescribeCapacityReservations", "capacityReservationSet", "")));
    }

    private AwsRun scanJune(String... further) throws Exception {
        String[] arguments = new String[further.length + 4];
        System.arraycopy(new String[] {"--window", "2026-06-01/2026-07-01", "-f", "json"}, 0, arguments, 0, 4);
        System.arraycopy(further, 0, arguments, 4, further.length);
        return scan(ONE_REGION, arguments);
    }

    /** For what is read of commitments, which no rule changes. */
    private AwsRun readJune(String... further) throws Exception {
        return scanJune(OneRule.with(further));
    }

    private static MappingBuilder savingsPlans() {
        return post(urlPathEqualTo("/DescribeSavingsPlans")).atPriority(2);
    }

    private static ResponseDefinitionBuilder ec2(String operation, String list, String items) {
        return aResponse()
                .withHeader("Content-Type", "text/xml")
                .withBody("<" + operation
                        + "Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>r</requestId><" + list
                        + ">" + items + "</" + list + "></" + operation + "Response>");
    }

    private static String plan(String id, String further) {
        return """
                {"offeringId": "o", "savingsPlanId": "%1$s", "savingsPlanArn": "%2$s%1$s", "start": \
                "2025-10-01T00:00:00.000Z", "end": "2026-10-01T00:00:00.000Z", "state": "active",
                 "currency": "USD", "termDurationInSeconds": 31536000, "paymentOption": "No Upfront", \
                %3$s}""".formatted(id, PLAN, further);
    }

    private static String used(String id, String percent) {
        return """
                {"SavingsPlanArn": "%s%s", "Attributes": {"SavingsPlansType": "x"}, "Utilization": {"TotalCommitment": \
                "100", "UsedCommitment": "%3$s", "UnusedCommitment": "1", "UtilizationPercentage": \
                "%3$s"}}""".formatted(PLAN, id, percent);
    }

    private static JsonNode commitment(JsonNode audit, String id) {
        return AwsRun.each(audit.get("commitments"))
                .filter(each -> each.get("commitment_id").asText().endsWith(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is not among " + audit.get("commitments")));
    }

    @Test
    void savings_plans_of_all_kinds_are_reported_with_their_end_and_their_use_over_two_pages() throws Exception {
        aws.stubFor(savingsPlans()
                .willReturn(answer("{\"savingsPlans\": ["
                        + plan("sage", "\"savingsPlanType\": \"SageMaker\", \"commitment\": \"9.40\"")
                        + "], \"nextToken\": \"second\"}")));
        aws.stubFor(savingsPlans()
                .withRequestBody(containing("second"))
                .atPriority(1)
                .willReturn(answer("{\"savingsPlans\": ["
                        + plan(
                                "gpu",
                                "\"savingsPlanType\": \"EC2Instance\", \"ec2InstanceFamily\": \"p4d\", \"region\": "
                                        + "\"us-east-1\", \"commitment\": \"19.22\"")
                        + "]}")));
        aws.stubFor(json("GetSavingsPlansUtilizationDetails")
                .willReturn(answer("{\"SavingsPlansUtilizationDetails\": [" + used("sage", "87.3")
                        + "], \"TimePeriod\": {\"Start\": \"2026-06-01\", \"End\": "
                        + "\"2026-07-01\"}, \"NextToken\": \"more\"}")));
        aws.stubFor(json("GetSavingsPlansUtilizationDetails")
                .withRequestBody(containing("more"))
                .atPriority(1)
                .willReturn(answer("{\"SavingsPlansUtilizationDetails\": [" + used("gpu", "100")
                        + "], \"TimePeriod\": {\"Start\": \"2026-06-01\", \"End\": \"2026-07-01\"}}")));
        AwsRun run = scanJune();
        assertThat(run.exitCode()).as(run::err).isZero();
        JsonNode sage = commitment(run.audit(), "sage");
        assertThat(sage.get("commitment_id").asText()).isEqualTo(PLAN + "sage");
        assertThat(sage.get("kind").asText()).isEqualTo("savings_plan");
        assertThat(sage.get("scope").asText()).isEqualTo("123456789012/SageMaker");
        assertThat(sage.get("end").asText()).isEqualTo("2026-10-01T00:00:00Z");
        assertThat(sage.get("hourly_commitment").decimalValue()).isEqualByComparingTo("9.40");
        assertThat(sage.get("used_share").decimalValue()).isEqualByComparingTo("0.873");
        assertThat(commitment(run.audit(), "gpu").get("scope").asText())
                .isEqualTo("123456789012/EC2Instance/us-east-1/p4d");
        assertThat(commitment(run.audit(), "gpu").get("used_share").decimalValue())
                .isEqualByComparingTo("1");
        aws.verify(
                2,
                postRequestedFor(anyUrl())
                        .withHeader("X-Amz-Target", containing("GetSavingsPlansUtilizationDetails"))
                        .withRequestBody(containing("\"Start\":\"2026-06-01\""))
                        .withRequestBody(containing("\"End\":\"2026-07-01\"")));
    }

    /** Cost Explorer takes an end before today only. */
    @Test
    void the_use_of_savings_plans_is_requested_until_yesterday() throws Exception {
        aws.stubFor(savingsPlans()
                .willReturn(answer("{\"savingsPlans\": ["
                        + plan("sage", "\"savingsPlanType\": \"SageMaker\", \"commitment\": \"9.40\"") + "]}")));
        aws.stubFor(json("GetSavingsPlansUtilizationDetails")
                .willReturn(answer("{\"SavingsPlansUtilizationDetails\": [" + used("sage", "87.3")
                        + "], \"TimePeriod\": {\"Start\": \"2026-06-01\", \"End\": \"2026-07-01\"}}")));
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        AwsRun run = scan(ONE_REGION, OneRule.with("--days", "7", "-f", "json"));
        assertThat(commitment(run.audit(), "sage").get("used_share").decimalValue())
                .isEqualByComparingTo("0.873");
        aws.verify(
                1,
                postRequestedFor(anyUrl())
                        .withHeader("X-Amz-Target", containing("GetSavingsPlansUtilizationDetails"))
                        .withRequestBody(containing("\"Start\":\"" + today.minusDays(7) + "\""))
                        .withRequestBody(containing("\"End\":\"" + today.minusDays(1) + "\"")));
    }

    @Test
    void a_plan_without_its_end_is_a_commitment_of_unknown_end() throws Exception {
        aws.stubFor(savingsPlans()
                .willReturn(answer("{\"savingsPlans\": ["
                        + plan("open", "\"savingsPlanType\": \"SageMaker\", \"commitment\": \"9.40\"")
                                .replaceFirst("\"end\": \"[^\"]*\", ", "")
                        + "," + plan("odd", "\"savingsPlanType\": \"SageMaker\", \"commitment\": \"a lot\"") + "]}")));
        aws.stubFor(json("GetSavingsPlansUtilizationDetails")
                .willReturn(answer("{\"SavingsPlansUtilizationDetails\": [], \"TimePeriod\": {\"Start\": "
                        + "\"2026-06-01\", \"End\": \"2026-07-01\"}}")));
        AwsRun run = scanJune();
        assertThat(commitment(run.audit(), "open").get("end").isNull()).isTrue();
        assertThat(gaps(run.audit()))
                .containsExactly("123456789012/us-east-1 savings plans of odd: the response has a text where a number "
                        + "is expected.");
    }

    @Test
    void no_request_is_paid_for_where_nothing_is_committed() throws Exception {
        JsonNode audit = readJune().audit();
        assertThat(audit.get("commitments")).isEmpty();
        assertThat(AwsRun.requests(audit, "CostExplorer.GetSavingsPlansUtilizationDetails"))
                .isZero();
        assertThat(AwsRun.requests(audit, "CostExplorer.GetReservationUtilization"))
                .isZero();
    }

    @Test
    void a_plan_whose_use_nobody_may_show_stays_a_plan_of_unknown_use() throws Exception {
        aws.stubFor(savingsPlans()
                .willReturn(answer("{\"savingsPlans\": ["
                        + plan("sage", "\"savingsPlanType\": \"SageMaker\", \"commitment\": \"9.40\"") + "]}")));
        aws.stubFor(
                json("GetSavingsPlansUtilizationDetails").willReturn(denied("ce:GetSavingsPlansUtilizationDetails")));
        AwsRun run = readJune();
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .contains("not read: AWS 123456789012 use of savings plans: access denied for "
                        + "ce:GetSavingsPlansUtilizationDetails.");
        assertThat(commitment(run.audit(), "sage").get("used_share").isNull()).isTrue();
    }

    @Test
    void the_use_is_not_requested_when_that_would_cost_more_than_is_allowed() throws Exception {
        aws.stubFor(savingsPlans()
                .willReturn(answer("{\"savingsPlans\": ["
                        + plan("sage", "\"savingsPlanType\": \"SageMaker\", \"commitment\": \"9.40\"") + "]}")));
        AwsRun run = readJune("--max-api-cost", "0");
        assertThat(run.err())
                .contains("use of savings plans: ce:GetSavingsPlansUtilizationDetails would cost another $0.01");
        assertThat(run.audit().get("commitments")).hasSize(1);
        aws.verify(
                0,
                postRequestedFor(anyUrl()).withHeader("X-Amz-Target", containing("GetSavingsPlansUtilizationDetails")));
    }

    @Test
    void denied_savings_plans_are_a_gap() throws Exception {
        aws.stubFor(savingsPlans()
                .willReturn(denied("savingsplans:DescribeSavingsPlans").withStatus(403)));
        AwsRun run = readJune();
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .contains("not read: AWS 123456789012/all savings plans: access denied for "
                        + "savingsplans:DescribeSavingsPlans.");
    }

    @Test
    void reserved_instances_cost_what_was_paid_in_advance_and_what_is_paid_by_the_hour() throws Exception {
        aws.stubFor(query("DescribeReservedInstances")
                .willReturn(ec2("DescribeReservedInstances", "reservedInstancesSet", """
                <item><reservedInstancesId>ri-1</reservedInstancesId><instanceType>p4d.24xlarge</\
                instanceType><start>2026-01-01T00:00:00.000Z</start><end>2027-01-01T00:00:00.000Z</end>
                  <duration>31536000</duration><usagePrice>0.0</usagePrice><fixedPrice>87600.0</\
                fixedPrice><instanceCount>2</instanceCount><productDescription>Linux/UNIX</productDescription>
                  <state>active</state><instanceTenancy>default</instanceTenancy><currencyCode>USD</\
                currencyCode><offeringType>Partial Upfront</offeringType><offeringClass>standard</\
                offeringClass><scope>Region</scope>
                  <recurringCharges><item><frequency>Hourly</frequency><amount>2.5</amount></item></recurringCharges></\
                item>""")));
        aws.stubFor(json("GetReservationUtilization").willReturn(answer("""
                {"UtilizationsByTime": [{"TimePeriod": {"Start": "2026-06-01", "End": "2026-07-01"}, "Groups": [], \
                "Total": {"UtilizationPercentage": "1"}}], "NextPageToken": "more"}""")));
        aws.stubFor(json("GetReservationUtilization")
                .withRequestBody(containing("more"))
                .atPriority(1)
                .willReturn(answer("""
                {"UtilizationsByTime": [{"TimePeriod": {"Start": "2026-06-01", "End": "2026-07-01"},
                  "Groups": [{"Key": "SUBSCRIPTION_ID", "Value": "359809062", "Attributes": {"leaseId": "ri-1", \
                "region": "us-east-1"}, "Utilization": {"UtilizationPercentage": "62.5", "UnusedHours": \
                "540"}}]}]}""")));
        AwsRun run = readJune();
        assertThat(run.exitCode()).as(run::err).isZero();
        JsonNode reserved = commitment(run.audit(), "ri-1");
        assertThat(reserved.get("commitment_id").asText())
                .isEqualTo("arn:aws:ec2:us-east-1:123456789012:reserved-instances/ri-1");
        assertThat(reserved.get("scope").asText()).isEqualTo("123456789012/us-east-1/2 x p4d.24xlarge");
        assertThat(reserved.get("hourly_commitment").decimalValue())
                .as("2 x (87,600 / 8,760 + 2.50)")
                .isEqualByComparingTo("25");
        assertThat(reserved.get("used_share").decimalValue()).isEqualByComparingTo("0.625");
        assertThat(AwsRun.requests(run.audit(), "CostExplorer.GetReservationUtilization"))
                .isEqualTo(2);
    }

    private static String reservation(String id, String type, int total, int available, String further) {
        return """
                <item><capacityReservationId>%1$s</capacityReservationId><ownerId>123456789012</ownerId>
                  <capacityReservationArn>arn:aws:ec2:us-east-1:123456789012:capacity-reservation/%1$s</\
                capacityReservationArn><availabilityZone>us-east-1a</availabilityZone>
                  <instanceType>%2$s</instanceType><instancePlatform>Linux/UNIX</instancePlatform><tenancy>default</\
                tenancy><totalInstanceCount>%3$d</totalInstanceCount>
                  <availableInstanceCount>%4$d</availableInstanceCount><state>active</state><startDate>2026-01-10T00:\
                00:00.000Z</startDate><createDate>2026-01-10T00:00:00.000Z</createDate>
                  <endDateType>unlimited</endDateType><instanceMatchCriteria>open</instanceMatchCriteria>%5$s</\
                item>""".formatted(id, type, total, available, further);
    }

    @Test
    void capacity_that_is_held_and_not_used_is_found_and_costs_what_does_not_run() throws Exception {
        aws.stubFor(query("DescribeCapacityReservations")
                .willReturn(ec2(
                        "DescribeCapacityReservations",
                        "capacityReservationSet",
                        reservation(
                                        "cr-held",
                                        "g5.12xlarge",
                                        3,
                                        2,
                                        "<reservationType>default</reservationType><tagSet><item><key>Name</"
                                                + "key><value>launch</value></item></tagSet>")
                                + reservation("cr-cpu", "c5.large", 3, 3, "")
                                + reservation("cr-full", "g5.xlarge", 1, 0, "")
                                + reservation("cr-theirs", "g5.xlarge", 9, 9, "")
                                        .replace("<ownerId>123456789012", "<ownerId>111122223333"))));
        aws.stubFor(query("GetCapacityReservationUsage")
                .willReturn(ec2(
                        "GetCapacityReservationUsage",
                        "instanceUsageSet",
                        "<item><accountId>111122223333</accountId><usedInstanceCount>1</usedInstanceCount></item>")));
        AwsRun run = scanJune();
        assertThat(run.exitCode()).as(run::err).isZero();
        JsonNode audit = run.audit();
        assertThat(AwsRun.found(audit, "capacity-reservation-unused")).containsExactly("launch");
        assertThat(AwsRun.each(audit.get("resources"))
                        .filter(resource -> !resource.get("kind").asText().equals("account"))
                        .map(resource -> resource.get("name").asText()))
                .containsExactlyInAnyOrder("launch", "cr-full");
        JsonNode finding = audit.at("/findings/0");
        assertThat(finding.get("reason").asText())
                .isEqualTo("launch holds 3 x g5.12xlarge, of which 1 ran. Seen unused once, when the inventory was "
                        + "read; use over the window was not measured.");
        assertThat(finding.get("cost_basis").asText()).isEqualTo("list");
        assertThat(finding.at("/stand_alone/likely").decimalValue())
                .as("all of what two g5.12xlarge cost in a month of 730 hours")
                .isEqualByComparingTo(finding.get("monthly_cost").decimalValue())
                .isEqualByComparingTo("8281.12");
        assertThat(AwsRun.resource(audit, "cr-full").get("monthly_cost").decimalValue())
                .as("its machine is paid for as a machine")
                .isZero();
    }

    /** What is prepaid cannot be given back: that it is unused is reported, and is no saving. */
    private static void assertSavesNothingYet(JsonNode audit) {
        assertThat(AwsRun.found(audit, "capacity-reservation-unused")).hasSize(1);
        assertThat(AwsRun.each(audit.get("findings"))
                        .filter(finding -> !finding.get("lever").asText().equals("govern")))
                .singleElement()
                .satisfies(finding -> assertThat(
                                finding.at("/counted/likely").decimalValue().signum())
                        .as(finding.toString())
                        .isZero());
        assertThat(audit.at("/totals/saving/likely").decimalValue()).isZero();
    }

    @Test
    void a_capacity_block_is_a_commitment_until_its_end_and_not_realized_before() throws Exception {
        aws.stubFor(query("DescribeCapacityReservations")
                .willReturn(ec2(
                        "DescribeCapacityReservations",
                        "capacityReservationSet",
                        reservation(
                                "cr-block",
                                "p5.48xlarge",
                                4,
                                4,
                                "<reservationType>capacity-block</"
                                        + "reservationType><endDate>2026-12-01T11:30:00.000Z</endDate>"))));
        AwsRun run = scanJune();
        assertThat(run.exitCode()).as(run::err).isZero();
        assertSavesNothingYet(run.audit());
        JsonNode block = commitment(run.audit(), "cr-block");
        assertThat(block.get("kind").asText()).isEqualTo("capacity_block");
        assertThat(block.get("end").asText()).isEqualTo("2026-12-01T11:30:00Z");
        assertThat(block.get("used_share").decimalValue()).isZero();
        assertThat(block.get("hourly_commitment").isNull())
                .as("AWS does not tell the fee here")
                .isTrue();
    }

    private static String trainingPlan(String id, String status, String further) {
        return """
                {"TrainingPlanArn": "arn:aws:sagemaker:us-east-1:123456789012:training-plan/%1$s", "TrainingPlanName": \
                "%1$s", "Status": "%2$s", "DurationHours": 1439, "DurationMinutes": 60,
                 "StartTime": 1780272000, "EndTime": 1785456000, "UpfrontFee": "144000.00", "CurrencyCode": "USD", \
                "TotalInstanceCount": 4, "TargetResources": ["hyperpod-cluster"],
                 "ReservedCapacitySummaries": [{"ReservedCapacityArn": "arn:x", "InstanceType": "ml.p5.48xlarge", \
                "TotalInstanceCount": 4, "Status": "%2$s"}]%3$s}""".formatted(id, status, further);
    }

    @Test
    void a_training_plan_is_a_commitment_and_a_reservation_that_is_paid_for_anyway() throws Exception {
        aws.stubFor(json("ListTrainingPlans")
                .willReturn(answer("{\"TrainingPlanSummaries\": ["
                        + trainingPlan(
                                "running", "Active", ", \"AvailableInstanceCount\": 3, \"InUseInstanceCount\": 1")
                        + "], \"NextToken\": \"more\"}")));
        aws.stubFor(json("ListTrainingPlans")
                .withRequestBody(containing("more"))
                .atPriority(1)
                .willReturn(answer("{\"TrainingPlanSummaries\": [" + trainingPlan("later", "Scheduled", "") + ","
                        + trainingPlan("over", "Expired", "") + "]}")));
        aws.stubFor(json("ListTags").willReturn(answer("{\"Tags\": [{\"Key\": \"team\", \"Value\": \"llm\"}]}")));
        AwsRun run = scanJune();
        assertThat(run.exitCode()).as(run::err).isZero();
        JsonNode audit = run.audit();
        assertThat(audit.get("commitments")).hasSize(2);
        JsonNode running = commitment(audit, "running");
        assertThat(running.get("kind").asText()).isEqualTo("training_plan");
        assertThat(running.get("scope").asText()).isEqualTo("123456789012/us-east-1/4 x ml.p5.48xlarge");
        assertThat(running.get("hourly_commitment").decimalValue())
                .as("144,000 for 1,440 hours")
                .isEqualByComparingTo("100");
        assertThat(running.get("used_share").decimalValue()).isEqualByComparingTo("0.25");
        assertThat(running.get("end").asText()).isEqualTo("2026-07-31T00:00:00Z");
        assertThat(commitment(audit, "later").get("used_share").isNull())
                .as("it did not begin")
                .isTrue();
        JsonNode held = AwsRun.resource(audit, "running");
        assertThat(held.get("kind").asText()).isEqualTo("capacity_reservation");
        assertThat(held.get("replicas").asInt()).isEqualTo(3);
        assertThat(held.get("purchase").asText()).isEqualTo("committed");
        assertThat(held.at("/tags/team").asText()).isEqualTo("llm");
        assertSavesNothingYet(audit);
        assertThat(AwsRun.requests(audit, "SageMaker.ListTrainingPlans")).isEqualTo(2);
    }
}
