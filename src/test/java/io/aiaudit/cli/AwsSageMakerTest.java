package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.testing.MotoCompany;
import io.aiaudit.testing.Outside;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Studio, HyperPod and the metrics of jobs. Moto has no apps, no spaces, no nodes and only jobs that end at once: these
 * lists and descriptions are answered in the shapes that AWS documents; the metrics are moto's.
 */
@Outside
class AwsSageMakerTest extends AwsTest {
    private static final String ARN = "arn:aws:sagemaker:us-east-1:123456789012:";

    private AwsRun scan(int days) throws Exception {
        return scanAndSave(ONE_REGION, days);
    }

    private AwsRun read(int days) throws Exception {
        return scanAndSave(ONE_REGION, days, OneRule.with());
    }

    private static long daysAgo(int days) {
        return Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .minus(Duration.ofDays(days))
                .getEpochSecond();
    }

    private static void twoPages(String operation, String list, String second) {
        aws.answerInTwoPages(
                AwsServer.target(operation),
                AwsServer.targetAgain(operation),
                "{\"" + list + "\": [], \"NextToken\": \"second\"}",
                "{\"" + list + "\": [" + second + "]}");
    }

    private static String listedApp(String space, String status) {
        return "{\"DomainId\": \"d-1\", \"SpaceName\": \"" + space
                + "\", \"AppType\": \"JupyterLab\", \"AppName\": \"default\", \"Status\": \"" + status
                + "\", \"CreationTime\": " + daysAgo(40)
                + ", \"ResourceSpec\": {\"InstanceType\": \"ml.g5.xlarge\"}}";
    }

    private static void app(String space, long lastActivity, long lastCheck) {
        aws.answer(
                AwsServer.target("DescribeApp")
                        .withRequestBody(containing("\"SpaceName\":\"" + space + "\""))
                        .atPriority(0),
                AwsServer.json("{\"AppArn\": \"" + ARN + "app/d-1/" + space
                        + "/jupyterlab/default\", \"DomainId\": \"d-1\", \"SpaceName\": \"" + space
                        + "\", \"AppType\": \"JupyterLab\", \"AppName\": \"default\", \"Status\": \"InService\", "
                        + "\"CreationTime\": "
                        + daysAgo(40) + ", \"LastUserActivityTimestamp\": " + lastActivity
                        + ", \"LastHealthCheckTimestamp\": " + lastCheck
                        + ", \"ResourceSpec\": {\"InstanceType\": \"ml.g5.xlarge\"}}"));
    }

    private static void studio() {
        twoPages("ListDomains", "Domains", "{\"DomainId\": \"d-1\", \"DomainArn\": \"" + ARN + "domain/d-1\"}");
        aws.answer(AwsServer.target("DescribeDomain"), AwsServer.json("""
                {"DomainId": "d-1", "DomainArn": "arn:aws:sagemaker:us-east-1:123456789012:domain/d-1", \
                "DefaultUserSettings": {"JupyterLabAppSettings": {"AppLifecycleManagement": {"IdleSettings": \
                {"LifecycleManagement": "ENABLED", "IdleTimeoutInMinutes": 120}}}}}"""));
        twoPages(
                "ListApps",
                "Apps",
                listedApp("forgotten", "InService") + "," + listedApp("checked", "InService") + ","
                        + listedApp("ended", "Deleted"));
        app("forgotten", daysAgo(30), daysAgo(0));
        app("checked", daysAgo(0), daysAgo(0));
        twoPages(
                "ListSpaces",
                "Spaces",
                "{\"DomainId\": \"d-1\", \"SpaceName\": \"forgotten\", \"Status\": \"InService\", "
                        + "\"SpaceSettingsSummary\": {\"AppType\": \"JupyterLab\","
                        + " \"SpaceStorageSettings\": {\"EbsStorageSettings\": {\"EbsVolumeSizeInGb\": 100}}}, "
                        + "\"OwnershipSettingsSummary\": {\"OwnerUserProfileName\": \"ada\"}}");
    }

    @Test
    void a_studio_app_of_which_only_its_sessions_are_known_is_not_examined() throws Exception {
        studio();
        AwsRun run = scan(15);
        assertThat(run.exitCode()).as(run::err).isZero();
        JsonNode audit = run.audit();
        assertThat(AwsRun.found(audit, "notebook-idle"))
                .as("nothing measures the accelerators of an app")
                .isEmpty();
        assertThat(audit.get("findings").toString())
                .as("the command that stops a notebook instance stops no app")
                .doesNotContain("stop-notebook-instance");
        JsonNode forgotten = AwsRun.resource(audit, "forgotten/default");
        assertThat(forgotten.get("machine_type").asText()).isEqualTo("ml.g5.xlarge");
        assertThat(forgotten.get("accelerator").asText()).isEqualTo("A10G");
        assertThat(AwsRun.each(audit.get("resources"))
                        .map(resource -> resource.get("name").asText()))
                .contains("checked/default")
                .doesNotContain("ended/default");
        assertThat(AwsRun.each(audit.get("rules"))
                        .filter(rule -> rule.get("id").asText().equals("notebook-idle"))
                        .map(rule -> rule.get("examined").asInt() + " "
                                + rule.get("not_examined").asInt()))
                .containsExactly("0 2");
        try (SavedScan saved = saved()) {
            assertThat(saved.attribute("forgotten/default", "idle_shutdown")).isEqualTo("120 minutes");
            assertThat(saved.attribute("checked/default", "last_activity_at"))
                    .as("a health check is no activity, and hides when the last one was")
                    .isNull();
            assertThat(saved.attribute("forgotten", "size_gib")).isEqualTo("100");
            assertThat(saved.attribute("forgotten", "attached_to")).endsWith("app/d-1/forgotten/jupyterlab/default");
        }
        for (String operation : List.of("ListDomains", "ListApps", "ListSpaces")) {
            assertThat(AwsRun.requests(audit, "SageMaker." + operation))
                    .as(operation)
                    .isEqualTo(2);
        }
    }

    @Test
    void a_cluster_of_hyperpod_is_reported_by_its_groups_of_machines() throws Exception {
        twoPages(
                "ListClusters",
                "ClusterSummaries",
                "{\"ClusterArn\": \"" + ARN
                        + "cluster/c1a2b3c4d5e6\", \"ClusterName\": \"research\", \"CreationTime\": " + daysAgo(60)
                        + ", \"ClusterStatus\": \"InService\"}");
        aws.answer(
                AwsServer.target("DescribeCluster"),
                AwsServer.json("{\"ClusterArn\": \"" + ARN
                        + "cluster/c1a2b3c4d5e6\", \"ClusterName\": \"research\", \"ClusterStatus\": \"InService\", "
                        + "\"CreationTime\": "
                        + daysAgo(60)
                        + ", \"InstanceGroups\": [{\"InstanceGroupName\": \"train\", \"InstanceType\": "
                        + "\"ml.p4d.24xlarge\", \"CurrentCount\": 2, \"TargetCount\": 4, \"TrainingPlanArn\": \"" + ARN
                        + "training-plan/p\"}], \"RestrictedInstanceGroups\": [{\"InstanceGroupName\": "
                        + "\"nova\", \"InstanceType\": \"ml.g5.xlarge\", \"CurrentCount\": 1, "
                        + "\"TargetCount\": 1}]}"));
        aws.answer(AwsServer.target("ListTags"), AwsServer.json("{\"Tags\": []}"));
        twoPages(
                "ListClusterNodes",
                "ClusterNodeSummaries",
                node("i-0aaaaaaaaaaaaaaaa", 20, "Running") + "," + node("i-0bbbbbbbbbbbbbbbb", 10, "Pending"));
        AwsRun run = read(2);
        assertThat(run.exitCode()).as(run::err).isZero();
        JsonNode audit = run.audit();
        JsonNode train = AwsRun.resource(audit, "research/train");
        assertThat(train.get("kind").asText()).isEqualTo("training_cluster");
        assertThat(train.get("parent_id").asText()).isEqualTo(ARN + "cluster/c1a2b3c4d5e6");
        assertThat(train.get("replicas").asInt()).isEqualTo(2);
        assertThat(train.get("accelerator_count").asInt()).isEqualTo(8);
        assertThat(train.get("purchase").asText()).isEqualTo("committed");
        assertThat(train.get("created_at").asText())
                .isEqualTo(Instant.ofEpochSecond(daysAgo(20)).toString());
        assertThat(AwsRun.resource(audit, "research/nova").get("replicas").asInt())
                .isEqualTo(1);
        try (SavedScan saved = saved()) {
            assertThat(saved.attribute("research/train", "target_count")).isEqualTo("4");
            assertThat(saved.attribute("research/train", "nodes_running")).isEqualTo("1");
            assertThat(saved.attribute("research", "orchestrator")).isEqualTo("slurm");
        }
        for (String operation : List.of("ListClusters", "ListClusterNodes")) {
            assertThat(AwsRun.requests(audit, "SageMaker." + operation))
                    .as(operation)
                    .isEqualTo(2);
        }
    }

    /** A cluster with one group of these machines. */
    private static void cluster(String nodes) {
        aws.answer(
                AwsServer.target("ListClusters"),
                AwsServer.json("{\"ClusterSummaries\": [{\"ClusterArn\": \"" + ARN
                        + "cluster/c1a2b3c4d5e6\", \"ClusterName\": \"research\", \"CreationTime\": " + daysAgo(60)
                        + ", \"ClusterStatus\": \"InService\"}]}"));
        aws.answer(
                AwsServer.target("DescribeCluster"),
                AwsServer.json("{\"ClusterArn\": \"" + ARN
                        + "cluster/c1a2b3c4d5e6\", \"ClusterName\": \"research\", \"ClusterStatus\": \"InService\", "
                        + "\"CreationTime\": "
                        + daysAgo(60)
                        + ", \"InstanceGroups\": [{\"InstanceGroupName\": \"train\", \"InstanceType\": "
                        + "\"ml.g5.xlarge\", \"CurrentCount\": 2, \"TargetCount\": 2}]}"));
        aws.answer(AwsServer.target("ListTags"), AwsServer.json("{\"Tags\": []}"));
        aws.answer(AwsServer.target("ListClusterNodes"), AwsServer.json("{\"ClusterNodeSummaries\": [" + nodes + "]}"));
    }

    @Test
    void machines_of_hyperpod_that_an_agent_measures_are_the_metrics_of_their_group() throws Exception {
        cluster(node("i-0aaaaaaaaaaaaaaaa", 20, "Running") + "," + node("i-0bbbbbbbbbbbbbbbb", 20, "Running"));
        MotoCompany company = new MotoCompany(aws.moto());
        company.fillNode("us-east-1", "i-0aaaaaaaaaaaaaaaa", hour -> 90);
        company.fillNode("us-east-1", "i-0bbbbbbbbbbbbbbbb", hour -> 30);
        AwsRun run = read(2);
        assertThat(run.exitCode()).as(run::err).isZero();
        try (SavedScan saved = saved()) {
            assertThat(saved.average(ARN + "cluster/c1a2b3c4d5e6/group/train", "gpu_utilization"))
                    .isCloseTo(0.6, within(1e-9));
        }
    }

    @Test
    void a_group_of_hyperpod_of_which_one_machine_is_not_measured_is_unknown_and_a_gap() throws Exception {
        cluster(node("i-0aaaaaaaaaaaaaaaa", 20, "Running") + "," + node("i-0bbbbbbbbbbbbbbbb", 20, "Running"));
        new MotoCompany(aws.moto()).fillNode("us-east-1", "i-0aaaaaaaaaaaaaaaa", hour -> 0);
        AwsRun run = read(2);
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("metrics are published of 1 of its 2 instances; the rest is unknown.");
        try (SavedScan saved = saved()) {
            assertThat(saved.average(ARN + "cluster/c1a2b3c4d5e6/group/train", "gpu_utilization"))
                    .isNull();
        }
    }

    private static String node(String id, int days, String status) {
        return "{\"InstanceGroupName\": \"train\", \"InstanceId\": \"" + id
                + "\", \"InstanceType\": \"ml.p4d.24xlarge\", \"LaunchTime\": " + daysAgo(days)
                + ", \"InstanceStatus\": {\"Status\": \"" + status + "\"}}";
    }

    @Test
    void a_job_is_as_busy_as_its_machines_and_each_of_their_accelerators() throws Exception {
        aws.answer(
                AwsServer.target("ListTrainingJobs"),
                AwsServer.json(
                        "{\"TrainingJobSummaries\": [{\"TrainingJobName\": \"tune\", \"TrainingJobArn\": \"" + ARN
                                + "training-job/tune\", \"CreationTime\": " + daysAgo(3)
                                + ", \"TrainingJobStatus\": \"Completed\"}]}"));
        aws.answer(
                AwsServer.target("DescribeTrainingJob"),
                AwsServer.json("{\"TrainingJobName\": \"tune\", \"TrainingJobArn\": \"" + ARN
                        + "training-job/tune\", \"TrainingJobStatus\": \"Completed\", \"CreationTime\": "
                        + daysAgo(3)
                        + ", \"TrainingStartTime\": " + daysAgo(2) + ", \"TrainingEndTime\": " + daysAgo(1)
                        + ", \"BillableTimeInSeconds\": 30000, \"TrainingTimeInSeconds\": 86400, "
                        + "\"EnableManagedSpotTraining\": true,"
                        + " \"ResourceConfig\": {\"InstanceType\": \"ml.g5.12xlarge\", \"InstanceCount\": 2, "
                        + "\"VolumeSizeInGB\": 50, \"KeepAlivePeriodInSeconds\": 1800},"
                        + " \"WarmPoolStatus\": {\"Status\": \"Reused\", "
                        + "\"ResourceRetainedBillableTimeInSeconds\": 900}}"));
        aws.answer(
                AwsServer.target("ListTransformJobs"),
                AwsServer.json(
                        "{\"TransformJobSummaries\": [{\"TransformJobName\": \"score\", \"TransformJobArn\": \"" + ARN
                                + "transform-job/score\", \"CreationTime\": " + daysAgo(2)
                                + ", \"TransformJobStatus\": \"Completed\"}]}"));
        aws.answer(
                AwsServer.target("DescribeTransformJob"),
                AwsServer.json("{\"TransformJobName\": \"score\", \"TransformJobArn\": \"" + ARN
                        + "transform-job/score\", \"TransformJobStatus\": \"Completed\", \"ModelName\": \"m\", "
                        + "\"CreationTime\": "
                        + daysAgo(2)
                        + ", \"TransformStartTime\": " + daysAgo(2) + ", \"TransformEndTime\": " + daysAgo(1)
                        + ", \"TransformResources\": {\"InstanceType\": \"ml.g4dn.xlarge\", \"InstanceCount\": 1}}"));
        MotoCompany company = new MotoCompany(aws.moto());
        company.fillHost("us-east-1", "TrainingJobs", "tune/algo-1", hour -> 400);
        company.fillHost("us-east-1", "TrainingJobs", "tune/algo-2", hour -> 200);
        company.fillHost("us-east-1", "TransformJobs", "score/i-0123456789abcdef0", hour -> 30);
        AwsRun run = read(3);
        assertThat(run.exitCode()).as(run::err).isZero();
        JsonNode tune = AwsRun.resource(run.audit(), "tune");
        assertThat(tune.get("purchase").asText()).isEqualTo("spot");
        assertThat(tune.get("replicas").asInt()).isEqualTo(2);
        try (SavedScan saved = saved()) {
            assertThat(saved.average(ARN + "training-job/tune", "gpu_utilization"))
                    .as("400 and 200 of 400")
                    .isCloseTo(0.75, within(1e-9));
            assertThat(saved.average(ARN + "transform-job/score", "gpu_utilization"))
                    .isCloseTo(0.3, within(1e-9));
            assertThat(saved.attribute("tune", "billable_seconds")).isEqualTo("30000");
            assertThat(saved.attribute("tune", "warm_pool_seconds")).isEqualTo("900");
            assertThat(saved.attribute("tune", "keep_alive_seconds")).isEqualTo("1800");
        }
    }

    @TempDir
    private static Path shared;

    /** Of jobs that have several groups of instances each; made by the first test that reads it. */
    private static AwsRun ofGroups;

    private AwsRun ofGroups() throws Exception {
        if (ofGroups == null) {
            jobsOfGroups(Map.of(
                    "mixed",
                            group("data", "ml.c5.9xlarge", 1) + "," + group("gpu", "ml.p4d.24xlarge", 1) + ","
                                    + group("more", "ml.p4d.24xlarge", 1),
                    "silent", group("data", "ml.c5.9xlarge", 1) + "," + group("gpu", "ml.p4d.24xlarge", 2),
                    "calm", group("data", "ml.c5.9xlarge", 1) + "," + group("gpu", "ml.p4d.24xlarge", 1),
                    "torn", group("a", "ml.g5.xlarge", 1) + "," + group("b", "ml.p4d.24xlarge", 2)));
            MotoCompany company = new MotoCompany(aws.moto());
            company.fillHost("us-east-1", "TrainingJobs", "mixed/algo-2", hour -> 800);
            company.fillHost("us-east-1", "TrainingJobs", "mixed/algo-3", hour -> 400);
            company.fillHostWithoutAccelerator("us-east-1", "TrainingJobs", "mixed/algo-1", hour -> 3600);
            company.fillHostWithoutAccelerator("us-east-1", "TrainingJobs", "silent/algo-1", hour -> 3600);
            company.fillHost("us-east-1", "TrainingJobs", "silent/algo-2", hour -> 0);
            company.fillHost("us-east-1", "TrainingJobs", "calm/algo-2", hour -> 0);
            ofGroups = read(3);
            Files.copy(folder.resolve("saved.aiaudit"), shared.resolve("groups.aiaudit"));
        }
        return ofGroups;
    }

    /** The groups of each job, by its name. */
    private static void jobsOfGroups(Map<String, String> groups) {
        aws.answer(
                AwsServer.target("ListTrainingJobs"),
                AwsServer.json("{\"TrainingJobSummaries\": ["
                        + groups.keySet().stream()
                                .map(job -> "{\"TrainingJobName\": \"" + job + "\", \"TrainingJobArn\": \"" + ARN
                                        + "training-job/" + job + "\", \"CreationTime\": " + daysAgo(3)
                                        + ", \"TrainingJobStatus\": \"Completed\"}")
                                .collect(Collectors.joining(", "))
                        + "]}"));
        groups.forEach((job, all) -> aws.answer(
                AwsServer.target("DescribeTrainingJob").withRequestBody(containing("\"" + job + "\"")),
                AwsServer.json("{\"TrainingJobName\": \"" + job + "\", \"TrainingJobArn\": \"" + ARN
                        + "training-job/" + job + "\", \"TrainingJobStatus\": \"Completed\", \"CreationTime\": "
                        + daysAgo(3) + ", \"TrainingStartTime\": " + daysAgo(2) + ", \"TrainingEndTime\": "
                        + daysAgo(1) + ", \"ResourceConfig\": {\"VolumeSizeInGB\": 50, \"InstanceGroups\": [" + all
                        + "]}}")));
    }

    private static String group(String name, String type, int count) {
        return "{\"InstanceGroupName\": \"" + name + "\", \"InstanceType\": \"" + type + "\", \"InstanceCount\": "
                + count + "}";
    }

    private static SavedScan savedOfGroups() throws SQLException {
        return new SavedScan(shared.resolve("groups.aiaudit"));
    }

    @Test
    void a_job_of_several_instance_groups_is_that_with_accelerators_and_names_the_others() throws Exception {
        AwsRun run = ofGroups();
        JsonNode mixed = AwsRun.resource(run.audit(), "mixed");
        assertThat(mixed.get("machine_type").asText()).isEqualTo("ml.p4d.24xlarge");
        assertThat(mixed.get("replicas").asInt()).isEqualTo(2);
        assertThat(run.audit().get("warnings").toString())
                .contains("Not in the list price of the job mixed in 123456789012/us-east-1: 1 ml.c5.9xlarge.");
        try (SavedScan saved = savedOfGroups()) {
            assertThat(saved.attribute("mixed", "other_machines")).isEqualTo("1 ml.c5.9xlarge");
            assertThat(saved.average(ARN + "training-job/mixed", "gpu_utilization"))
                    .as("of the hosts 2 and 3 of 3: host 1 has no accelerator, and so no point")
                    .isCloseTo(0.75, within(1e-9));
            assertThat(saved.average(ARN + "training-job/mixed", "cpu_utilization"))
                    .as("800 and 400 of 9600; the processors of host 1 are another type's")
                    .isCloseTo(0.0625, within(1e-9));
        }
    }

    @Test
    void hosts_of_which_one_with_accelerators_publishes_nothing_are_unmeasured() throws Exception {
        AwsRun run = ofGroups();
        assertThat(AwsRun.resource(run.audit(), "silent").get("replicas").asInt())
                .isEqualTo(2);
        try (SavedScan saved = savedOfGroups()) {
            assertThat(saved.average(ARN + "training-job/silent", "gpu_utilization"))
                    .isNull();
            assertThat(saved.average(ARN + "training-job/silent", "cpu_utilization"))
                    .isNull();
        }
    }

    @Test
    void an_accelerator_host_that_does_nothing_is_measured() throws Exception {
        ofGroups();
        try (SavedScan saved = savedOfGroups()) {
            assertThat(saved.average(ARN + "training-job/calm", "gpu_utilization"))
                    .isZero();
        }
    }

    @Test
    void a_job_of_two_types_with_accelerators_has_no_list_price_and_says_so() throws Exception {
        AwsRun run = ofGroups();
        JsonNode torn = AwsRun.resource(run.audit(), "torn");
        assertThat(torn.get("machine_type").isNull()).isTrue();
        assertThat(run.audit().get("warnings").toString())
                .contains("There is no list price of the job torn in 123456789012/us-east-1, which is on several "
                        + "instance types: 1 ml.g5.xlarge, 2 ml.p4d.24xlarge.");
    }

    @Test
    void what_waits_at_an_asynchronous_endpoint_is_its_queue() throws Exception {
        MotoCompany company = new MotoCompany(aws.moto());
        company.fillEndpoint("us-east-1", "slow");
        company.fillBacklog("us-east-1", "slow", hour -> 7);
        aws.answer(AwsServer.target("DescribeEndpointConfig"), AwsServer.json("""
                {"EndpointConfigName": "slow-config", "EndpointConfigArn": \
                "arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/slow-config", "CreationTime": 1751328000,
                 "AsyncInferenceConfig": {"OutputConfig": {"S3OutputPath": "s3://out/"}},
                 "ProductionVariants": [{"VariantName": "all", "ModelName": "m", "InstanceType": "ml.g5.xlarge", \
                "InitialInstanceCount": 1}]}"""));
        assertThat(read(2).exitCode()).isZero();
        try (SavedScan saved = saved()) {
            assertThat(saved.attribute("slow/all", "endpoint_type")).isEqualTo("asynchronous");
            assertThat(saved.average(ARN + "endpoint/slow/variant/all", "queue_depth"))
                    .isEqualTo(7.0);
        }
    }
}
