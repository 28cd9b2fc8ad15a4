package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.testing.Moto;
import io.aiaudit.testing.MotoCompany;
import io.aiaudit.testing.Outside;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.budgets.BudgetsClient;
import software.amazon.awssdk.services.budgets.model.BudgetType;
import software.amazon.awssdk.services.budgets.model.TimeUnit;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedEventSelector;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedFieldSelector;
import software.amazon.awssdk.services.cloudtrail.model.DataResource;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.cloudtrail.model.ReadWriteType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;

/**
 * Facts for rules about governance. Trails, buckets and budgets are moto's; anomaly monitors, monitoring schedules and
 * second pages are answered in the shapes of AWS.
 */
@Outside
class AwsGovernanceTest extends AwsTest {
    private AwsRun scan() throws Exception {
        return scanAndSave(AwsRun.TWO_REGIONS, 2, OneRule.with());
    }

    private static CloudTrailClient trails(String region) {
        return aws.moto().client(CloudTrailClient.builder(), region);
    }

    private static S3Client s3(String region) {
        return aws.moto().client(S3Client.builder(), region);
    }

    @Test
    void trails_are_reported_with_what_protects_their_logs() throws Exception {
        s3("us-east-1").createBucket(request -> request.bucket("plain-logs"));
        s3("eu-west-1")
                .createBucket(request -> request.bucket("locked-logs")
                        .objectLockEnabledForBucket(true)
                        .createBucketConfiguration(bucket -> bucket.locationConstraint("eu-west-1")));
        s3("eu-west-1")
                .putObjectLockConfiguration(request -> request.bucket("locked-logs")
                        .objectLockConfiguration(lock -> lock.objectLockEnabled(ObjectLockEnabled.ENABLED)
                                .rule(rule -> rule.defaultRetention(retention -> retention
                                        .mode(ObjectLockRetentionMode.COMPLIANCE)
                                        .days(365)))));
        trails("us-east-1")
                .createTrail(request -> request.name("everywhere")
                        .s3BucketName("locked-logs")
                        .isMultiRegionTrail(true)
                        .enableLogFileValidation(true));
        trails("us-east-1").startLogging(request -> request.name("everywhere"));
        trails("us-east-1")
                .putEventSelectors(request -> request.trailName("everywhere")
                        .advancedEventSelectors(
                                selector(field("eventCategory", "Management"), field("readOnly", "false")),
                                selector(
                                        field("eventCategory", "Data"), field("resources.type", "AWS::Bedrock::Model")),
                                selector(
                                        field("eventCategory", "Data"),
                                        field("resources.type", "AWS::SageMaker::Endpoint"))));
        trails("eu-west-1").createTrail(request -> request.name("forgotten").s3BucketName("plain-logs"));
        trails("eu-west-1")
                .putEventSelectors(request -> request.trailName("forgotten")
                        .eventSelectors(EventSelector.builder()
                                .readWriteType(ReadWriteType.ALL)
                                .includeManagementEvents(true)
                                .dataResources(DataResource.builder()
                                        .type("AWS::S3::Object")
                                        .values("arn:aws:s3")
                                        .build())
                                .build()));
        AwsRun run = scan();
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(attribute("everywhere", "logging")).isEqualTo("true");
        assertThat(attribute("everywhere", "multi_region")).isEqualTo("true");
        assertThat(attribute("everywhere", "log_validation")).isEqualTo("true");
        assertThat(attribute("everywhere", "bucket_region")).isEqualTo("eu-west-1");
        assertThat(attribute("everywhere", "bucket_versioning")).isEqualTo("Enabled");
        assertThat(attribute("everywhere", "bucket_object_lock")).isEqualTo("COMPLIANCE 365 days");
        assertThat(attribute("forgotten", "logging")).isEqualTo("false");
        assertThat(attribute("forgotten", "bucket_region")).isEqualTo("us-east-1");
        assertThat(attribute("forgotten", "bucket_versioning")).isEqualTo("none");
        assertThat(attribute("forgotten", "bucket_object_lock")).isEqualTo("none");
        assertThat(attribute("everywhere", "management_events")).isEqualTo("WriteOnly");
        assertThat(attribute("everywhere", "data_events")).isEqualTo("AWS::Bedrock::Model, AWS::SageMaker::Endpoint");
        assertThat(attribute("forgotten", "management_events")).isEqualTo("All");
        assertThat(attribute("forgotten", "data_events")).isEqualTo("AWS::S3::Object");
        assertThat(attribute(Moto.ACCOUNT, "data_events"))
                .as("a trail that does not log keeps nothing")
                .isEqualTo("AWS::Bedrock::Model, AWS::SageMaker::Endpoint");
        assertThat(attribute(Moto.ACCOUNT, "trails")).isEqualTo("2");
        assertThat(attribute(Moto.ACCOUNT, "trails_logging")).isEqualTo("1");
        assertThat(attribute(Moto.ACCOUNT, "trails_logging_everywhere")).isEqualTo("1");
        assertThat(run.audit().get("warnings").toString())
                .as("facts of an account are nothing that was found")
                .contains("Nothing was found in aws");
    }

    private static AdvancedEventSelector selector(AdvancedFieldSelector... fields) {
        return AdvancedEventSelector.builder().fieldSelectors(fields).build();
    }

    private static AdvancedFieldSelector field(String name, String value) {
        return AdvancedFieldSelector.builder().field(name).equalsValue(value).build();
    }

    @Test
    void events_of_a_trail_that_may_not_be_requested_are_unknown_and_a_gap_with_the_permissions_name()
            throws Exception {
        s3("us-east-1").createBucket(request -> request.bucket("logs"));
        trails("us-east-1").createTrail(request -> request.name("main").s3BucketName("logs"));
        trails("us-east-1").startLogging(request -> request.name("main"));
        aws.answer(
                AwsServer.target("GetEventSelectors"),
                AwsServer.refusal(400, "AccessDeniedException", "User is not authorized"));
        AwsRun run = scan();
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.audit().at("/gaps/0/problem").asText())
                .isEqualTo("access denied for cloudtrail:GetEventSelectors.");
        assertThat(attribute("main", "logging")).isEqualTo("true");
        assertThat(attribute("main", "data_events")).isEqualTo("unknown");
        assertThat(attribute(Moto.ACCOUNT, "data_events")).isEqualTo("unknown");
    }

    @Test
    void a_bucket_whose_answer_breaks_off_is_unknown_and_takes_no_trail_with_it() throws Exception {
        s3("us-east-1").createBucket(request -> request.bucket("logs"));
        trails("us-east-1").createTrail(request -> request.name("main").s3BucketName("logs"));
        aws.answer(AwsServer.path("/logs"), AwsServer.xml("<LocationConstr"));
        AwsRun run = scan();
        assertThat(run.audit().get("gaps")).hasSize(1);
        assertThat(run.audit().at("/gaps/0/problem").asText())
                .isEqualTo("s3:GetBucketLocation in us-east-1 sent a response that broke off or is not XML.");
        assertThat(attribute("main", "bucket_object_lock")).isEqualTo("unknown");
        assertThat(attribute(Moto.ACCOUNT, "trails")).isEqualTo("1");
    }

    @Test
    void a_bucket_that_may_not_be_requested_is_unknown_and_a_gap_with_the_permissions_name() throws Exception {
        s3("us-east-1").createBucket(request -> request.bucket("logs"));
        trails("us-east-1").createTrail(request -> request.name("main").s3BucketName("logs"));
        aws.answer(
                AwsServer.path("/logs"),
                AwsServer.xml("<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>")
                        .withStatus(403));
        AwsRun run = scan();
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.audit().get("gaps")).hasSize(1);
        assertThat(run.audit().at("/gaps/0/problem").asText()).isEqualTo("access denied for s3:GetBucketLocation.");
        assertThat(attribute("main", "bucket_object_lock")).isEqualTo("unknown");
    }

    @Test
    void budgets_and_anomaly_monitors_of_an_account_are_counted() throws Exception {
        aws.moto()
                .client(BudgetsClient.builder(), "us-east-1")
                .createBudget(request -> request.accountId(Moto.ACCOUNT)
                        .budget(budget -> budget.budgetName("all")
                                .budgetType(BudgetType.COST)
                                .timeUnit(TimeUnit.MONTHLY)
                                .budgetLimit(limit ->
                                        limit.amount(new BigDecimal("1000")).unit("USD"))));
        aws.answer(AwsServer.target("GetAnomalyMonitors"), AwsServer.json("""
                {"AnomalyMonitors": [], "NextPageToken": "second"}"""));
        aws.answer(AwsServer.targetAgain("GetAnomalyMonitors"), AwsServer.json("""
                {"AnomalyMonitors": [{"MonitorArn": "arn:aws:ce::123456789012:anomalymonitor/m", "MonitorName": \
                "services", "MonitorType": "DIMENSIONAL", "MonitorDimension": "SERVICE"}]}"""));
        aws.answer(AwsServer.target("GetAnomalySubscriptions"), AwsServer.json("""
                {"AnomalySubscriptions": [], "NextPageToken": "second"}"""));
        aws.answer(AwsServer.targetAgain("GetAnomalySubscriptions"), AwsServer.json("""
                {"AnomalySubscriptions": [{"SubscriptionName": "mail", "MonitorArnList": \
                ["arn:aws:ce::123456789012:anomalymonitor/m"], "Subscribers": [], "Frequency": "DAILY"}]}"""));
        AwsRun run = scan();
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(attribute(Moto.ACCOUNT, "cost_budgets")).isEqualTo("1");
        assertThat(attribute(Moto.ACCOUNT, "cost_budget_names")).isEqualTo("all");
        assertThat(attribute(Moto.ACCOUNT, "anomaly_monitors")).isEqualTo("1");
        assertThat(attribute(Moto.ACCOUNT, "anomaly_subscriptions")).isEqualTo("1");
        assertThat(attribute(Moto.ACCOUNT, "anomaly_monitor_dimensions")).isEqualTo("SERVICE");
        assertThat(AwsRun.requests(run.audit(), "CostExplorer.GetAnomalyMonitors"))
                .isEqualTo(2);
        assertThat(AwsRun.requests(run.audit(), "CostExplorer.GetAnomalySubscriptions"))
                .isEqualTo(2);
    }

    @Test
    void budgets_are_read_to_the_last_page() throws Exception {
        aws.answer(AwsServer.target("DescribeBudgets"), AwsServer.json("{\"Budgets\": [], \"NextToken\": \"second\"}"));
        aws.answer(AwsServer.targetAgain("DescribeBudgets"), AwsServer.json("""
                {"Budgets": [{"BudgetName": "late", "BudgetType": "USAGE", "TimeUnit": "MONTHLY"}]}"""));
        assertThat(scan().exitCode()).isZero();
        assertThat(attribute(Moto.ACCOUNT, "budgets")).isEqualTo("1");
        assertThat(attribute(Moto.ACCOUNT, "cost_budgets")).isEqualTo("0");
    }

    @Test
    void endpoints_show_where_their_model_is_from_and_who_watches_it() throws Exception {
        MotoCompany company = new MotoCompany(aws.moto());
        company.fillEndpoint("us-east-1", "registered");
        company.fillEndpoint("eu-west-1", "plain");
        String modelPackage = "arn:aws:sagemaker:us-east-1:123456789012:model-package/chat/3";
        aws.answer(
                AwsServer.target("DescribeModel").withHeader("Authorization", containing("/us-east-1/sagemaker/")),
                AwsServer.json("{\"ModelName\": \"model\", \"ModelArn\": \"arn:x\", \"CreationTime\": 1751328000, "
                        + "\"PrimaryContainer\": {\"ModelPackageName\": \""
                        + modelPackage + "\"}}"));
        aws.answer(AwsServer.target("DescribeModelPackage"), AwsServer.json("""
                {"ModelPackageName": "chat", "ModelPackageArn": "arn:x", "ModelPackageStatus": "Completed", \
                "ModelApprovalStatus": "PendingManualApproval", "CreationTime": 1751328000, \
                "ModelPackageStatusDetails": {"ValidationStatuses": []}}"""));
        aws.answer(
                AwsServer.target("ListMonitoringSchedules"),
                AwsServer.json("{\"MonitoringScheduleSummaries\": [], \"NextToken\": \"second\"}"));
        aws.answer(AwsServer.targetAgain("ListMonitoringSchedules"), AwsServer.json("""
                {"MonitoringScheduleSummaries": [{"MonitoringScheduleName": "drift", "MonitoringScheduleArn": "arn:x", \
                "CreationTime": 1751328000, "LastModifiedTime": 1751328000,
                 "MonitoringScheduleStatus": "Scheduled", "MonitoringType": "DataQuality", "EndpointName": \
                "registered"}]}"""));
        AwsRun run = scan();
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(attribute("registered/all", "model_package")).isEqualTo(modelPackage);
        assertThat(attribute("registered/all", "model_approval")).isEqualTo("PendingManualApproval");
        assertThat(attribute("registered/all", "monitoring")).isEqualTo("DataQuality Scheduled");
        assertThat(attribute("plain/all", "model_package")).isEqualTo("none");
        assertThat(attribute("plain/all", "monitoring")).isEqualTo("none");
        JsonNode audit = run.audit();
        assertThat(AwsRun.requests(audit, "SageMaker.ListMonitoringSchedules"))
                .as("two pages in each region")
                .isEqualTo(4);
    }
}
