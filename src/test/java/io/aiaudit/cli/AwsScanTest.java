package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Operation;
import io.aiaudit.collect.aws.AwsCollector;
import io.aiaudit.testing.Moto;
import io.aiaudit.testing.MotoCompany;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.VolumeType;
import software.amazon.awssdk.services.organizations.OrganizationsClient;

/** {@code aiaudit scan --source aws} as a user runs it, against a moto server that plays AWS. */
@Outside
class AwsScanTest {
    /** By the tests of recorded answers that send them. */
    private static final Map<String, List<String>> SENT_ELSEWHERE = Map.ofEntries(
            Map.entry(
                    "AwsComplianceTest",
                    List.of("CloudWatchLogs.ListTagsForResource", "Kms.DescribeKey", "Kms.ListResourceTags")),
            Map.entry(
                    "AwsAthenaTest",
                    List.of(
                            "Athena.GetWorkGroup",
                            "Athena.StartQueryExecution",
                            "Athena.GetQueryExecution",
                            "Athena.GetQueryResults",
                            "Glue.GetDatabases",
                            "Glue.GetTables",
                            "Glue.GetTable")),
            Map.entry("AwsBillTest", List.of("BcmDataExports.GetExport", "S3.ListObjectsV2", "S3.GetObject")),
            Map.entry(
                    "AwsNodeGroupsTest",
                    List.of(
                            "AutoScaling.DescribePolicies",
                            "AutoScaling.DescribeScheduledActions",
                            "Ec2.DescribeLaunchTemplateVersions",
                            "Eks.ListNodegroups",
                            "Eks.DescribeNodegroup")),
            Map.entry("AwsEmrTest", List.of("Emr.ListInstances", "Emr.DescribeCluster")),
            Map.entry(
                    "AwsGovernanceTest",
                    List.of(
                            "CloudTrail.GetTrailStatus",
                            "CloudTrail.GetEventSelectors",
                            "S3.GetBucketLocation",
                            "S3.GetBucketVersioning",
                            "S3.GetObjectLockConfiguration",
                            "CostExplorer.GetAnomalySubscriptions",
                            "SageMaker.DescribeModelPackage",
                            "Bedrock.GetModelInvocationLoggingConfiguration")),
            Map.entry("AwsBedrockTest", List.of("Bedrock.ListGuardrails", "Bedrock.ListTagsForResource")),
            Map.entry(
                    "AwsAdviceTest",
                    List.of(
                            "ComputeOptimizer.GetEC2InstanceRecommendations",
                            "ComputeOptimizer.GetIdleRecommendations",
                            "CostOptimizationHub.ListRecommendations")),
            Map.entry(
                    "AwsCommitmentsTest",
                    List.of(
                            "CostExplorer.GetReservationUtilization",
                            "CostExplorer.GetSavingsPlansUtilizationDetails",
                            "Ec2.GetCapacityReservationUsage")),
            Map.entry("AwsPriceListTest", List.of("Ec2.DescribeSpotPriceHistory")),
            Map.entry("AwsResourceCostsTest", List.of("CostExplorer.GetCostAndUsageWithResources")),
            Map.entry(
                    "AwsSageMakerTest",
                    List.of(
                            "SageMaker.ListApps",
                            "SageMaker.DescribeApp",
                            "SageMaker.DescribeDomain",
                            "SageMaker.ListSpaces",
                            "SageMaker.DescribeCluster",
                            "SageMaker.ListClusterNodes")),
            Map.entry(
                    "AwsEndpointsTest",
                    List.of("SageMaker.ListInferenceComponents", "SageMaker.DescribeInferenceComponent")));

    private static Moto moto;

    @TempDir
    private Path folder;

    @BeforeAll
    static void takeMoto() {
        moto = Moto.empty();
    }

    @BeforeEach
    void forgetEverything() {
        moto.reset();
    }

    /** Of a region with a machine that was never measured, and of one that is switched off; made by the first test. */
    private static AwsRun europeAndMars;

    /** Of machines that DCGM measures, in one region by their names and in the other one without. */
    private static AwsRun dcgm;

    private AwsRun europeAndMars() throws Exception {
        if (europeAndMars == null) {
            new MotoCompany(moto).fillEurope(Moto.ACCOUNT);
            europeAndMars = scan(
                    "aws: {regions: [eu-west-1, mars-north-1]}\n",
                    "--rule",
                    "gpu-instance-idle",
                    "--days",
                    "15",
                    "-f",
                    "json");
        }
        return europeAndMars;
    }

    private AwsRun dcgm() throws Exception {
        if (dcgm == null) {
            new MotoCompany(moto).fillDcgm("us-east-1", "idle", true, hour -> 0);
            new MotoCompany(moto).fillDcgm("us-east-1", "busy", true, hour -> 80);
            new MotoCompany(moto).fillDcgm("eu-west-1", "nameless", false, hour -> 0);
            dcgm = scan(AwsRun.TWO_REGIONS, "--rule", "gpu-instance-idle,gpu-oversized", "--days", "15", "-f", "json");
        }
        return dcgm;
    }

    private AwsRun scan(String configuration, String... arguments) throws Exception {
        return AwsRun.of(moto.endpoint(), folder, configuration, arguments);
    }

    @Test
    void an_account_with_two_regions_gives_its_findings_by_name() throws Exception {
        new MotoCompany(moto).fill();
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        Ran run = Ran.program(
                folder,
                moto.environment(),
                CommandProcess.command(temporary, List.of("scan", "--source", "aws", "--days", "15", "-f", "json")));
        JsonNode audit = AwsRun.audit(run.out(), run.err());
        assertThat(run.exitCode()).as(run::err).isEqualTo(4);
        assertThat(run.err()).contains("gpu_utilization is published of 1 of its 4 accelerators");
        assertThat(audit.get("gaps")).hasSize(1);
        assertThat(AwsRun.found(audit, "gpu-instance-idle")).containsExactly("idle", "idle-with-host-only");
        assertThat(AwsRun.found(audit, "inference-endpoint-idle")).containsExactly("half-used/forgotten", "quiet/all");
        assertThat(AwsRun.found(audit, "instance-always-on")).containsExactly("office-hours");
        assertThat(AwsRun.each(audit.get("resources"))
                        .filter(resource -> resource.get("kind").asText().equals("instance"))
                        .map(resource -> resource.get("name").asText()))
                .containsExactlyInAnyOrder(
                        "idle",
                        "busy",
                        "office-hours",
                        "no-metrics",
                        "partly-measured",
                        "stopped",
                        "idle-with-host-only",
                        "spot");
        assertThat(AwsRun.resource(audit, "spot").get("purchase").asText()).isEqualTo("spot");
        assertThat(AwsRun.resource(audit, "stopped").get("state").asText()).isEqualTo("stopped");
        assertThat(AwsRun.resource(audit, "stopped").get("monthly_cost").decimalValue())
                .as("nothing is paid for a machine that is stopped")
                .isZero();
        assertThat(AwsRun.resource(audit, "busy").get("accelerator_count").asInt())
                .isEqualTo(4);
        assertThat(AwsRun.resource(audit, "idle").at("/tags/team").asText()).isEqualTo("search");
        assertThat(audit.get("rules").toString())
                .contains("no gpu_utilization metric", "it existed for less than 7 days in the window");
        assertThat(AwsRun.requests(audit, "CloudWatch.GetMetricData"))
                .as("three; a fourth was seen in a whole build, and not why")
                .isBetween(3L, 4L);
        assertThat(temporary.toFile().list()).as("left in the temporary folder").isEmpty();
    }

    @Test
    void an_organization_is_read_through_the_audit_role_of_each_account() throws Exception {
        OrganizationsClient organizations = moto.client(OrganizationsClient.builder(), "us-east-1");
        organizations.createOrganization(request -> request.featureSet("ALL"));
        for (String name : List.of("search", "shop", "research")) {
            organizations.createAccount(request -> request.accountName(name).email(name + "@example.com"));
        }
        String research = organizations.listAccounts().accounts().stream()
                .filter(account -> account.name().equals("research"))
                .findFirst()
                .orElseThrow()
                .id();
        new MotoCompany(moto).fillEurope(research);
        JsonNode audit = scan(
                        AwsRun.TWO_REGIONS, "--rule", "gpu-instance-idle", "--aws-org", "--days", "15", "-f", "json")
                .audit();
        assertThat(AwsRun.found(audit, "gpu-instance-idle")).containsExactly("idle-with-host-only");
        JsonNode idle = AwsRun.resource(audit, "idle-with-host-only");
        assertThat(idle.get("account_id").asText()).isEqualTo(research);
        assertThat(idle.get("account_name").asText()).isEqualTo("research");
        assertThat(audit.at("/findings/0/remedy/commands/0").asText())
                .startsWith("# For account " + research + " only");
        assertThat(AwsRun.requests(audit, "Sts.AssumeRole")).isEqualTo(3);
        assertThat(AwsRun.requests(audit, "Ec2.DescribeInstances")).isEqualTo(8);
    }

    @Test
    void a_machine_costs_its_list_price_in_the_hours_in_which_it_ran() throws Exception {
        new MotoCompany(moto).fillMachineOfTheSecondHalf("us-east-1", "half-time");
        String idleForAWeek = "aws: {regions: [us-east-1]}\nrules: {gpu-instance-idle: {idle_days: 7}}\n";
        JsonNode audit = scan(idleForAWeek, "--days", "15", "--rule", "gpu-instance-idle", "-f", "json")
                .audit();
        JsonNode machine = AwsRun.resource(audit, "half-time");
        assertThat(machine.get("cost_basis").asText()).isEqualTo("list");
        assertThat(machine.get("monthly_cost").asDouble())
                .as("$1.006 an hour in half of 730 hours")
                .isEqualTo(367.19);
        JsonNode evidence = audit.at("/findings/0/evidence");
        assertThat(evidence.get("hours_run").asInt()).isEqualTo(180);
        assertThat(evidence.get("hours_run_by").asText()).isEqualTo("cpu_utilization");
    }

    @Test
    void a_machine_that_runs_and_was_never_measured_is_priced_for_its_lifetime_and_that_is_reported() throws Exception {
        JsonNode evidence = europeAndMars().audit().at("/findings/0/evidence");
        assertThat(evidence.get("hours_run").asInt()).isEqualTo(360);
        assertThat(evidence.get("hours_run_by").asText())
                .isEqualTo("assumed always on; it runs now, and cpu_utilization returned no data point");
    }

    @Test
    void what_dcgm_shows_of_accelerators_is_read_where_the_agent_publishes_it() throws Exception {
        AwsRun run = dcgm();
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(AwsRun.found(run.audit(), "gpu-instance-idle")).containsExactly("idle");
        assertThat(AwsRun.found(run.audit(), "gpu-oversized")).isEmpty();
    }

    @Test
    void metrics_of_dcgm_that_name_no_machine_are_reported_and_mean_nothing() throws Exception {
        AwsRun run = dcgm();
        assertThat(AwsRun.found(run.audit(), "gpu-instance-idle")).doesNotContain("nameless");
        assertThat(AwsRun.resource(run.audit(), "nameless").get("kind").asText())
                .isEqualTo("instance");
        assertThat(run.audit().get("warnings").toString())
                .contains("metrics of DCGM in ContainerInsights/Prometheus have no dimension that names the instance");
    }

    @Test
    void an_empty_account_is_reported_to_be_empty_and_not_clean() throws Exception {
        AwsRun run = scan(AwsRun.TWO_REGIONS, OneRule.with("-f", "json"));
        assertThat(run.audit().get("warnings").toString())
                .contains(
                        "Nothing was found in aws",
                        "of 1 account in 2 regions",
                        "does not mean that there is no waste");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).doesNotContain("Saving per month: 0");
    }

    @Test
    void a_region_that_is_switched_off_is_a_gap_and_the_others_are_read() throws Exception {
        AwsRun run = europeAndMars();
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .contains("not read: AWS 123456789012/mars-north-1 region: the region mars-north-1 is not enabled");
        assertThat(AwsRun.found(run.audit(), "gpu-instance-idle")).containsExactly("idle-with-host-only");
    }

    /** Nobody can say to which work a disk belonged that no machine has. Without a bill it costs its list price. */
    @Test
    void a_volume_that_no_machine_has_needs_a_decision_and_one_in_use_does_not() throws Exception {
        moto.daysAgo(60);
        Ec2Client ec2 = moto.client(Ec2Client.builder(), "us-east-1");
        String old = ec2.createVolume(request ->
                        request.availabilityZone("us-east-1a").size(2000).volumeType(VolumeType.GP2))
                .volumeId();
        moto.daysAgo(3);
        String young = ec2.createVolume(request ->
                        request.availabilityZone("us-east-1a").size(2000).volumeType(VolumeType.GP2))
                .volumeId();
        moto.daysAgo(0);
        new MotoCompany(moto).fillMachines("us-east-1", 1);
        JsonNode audit = scan(
                        "aws: {regions: [us-east-1]}\n", "--days", "14", "--rule", "storage-orphaned", "-f", "json")
                .audit();
        assertThat(AwsRun.found(audit, "storage-orphaned")).containsExactly(old).doesNotContain(young);
        JsonNode finding = audit.at("/findings/0");
        assertThat(finding.get("status").asText()).isEqualTo("unconfirmed");
        assertThat(finding.get("monthly_cost").decimalValue())
                .as("2000 GB of gp2 at 0.10 a month")
                .isEqualByComparingTo("200");
    }

    /** docs/performance.md has the figures. */
    @Test
    void a_thousand_machines_take_few_requests() throws Exception {
        new MotoCompany(moto).fillMachines("us-east-1", 1000);
        JsonNode audit = scan("aws: {regions: [us-east-1]}\n", OneRule.with("--days", "14", "-f", "json"))
                .audit();
        assertThat(audit.get("resources"))
                .filteredOn(resource -> resource.get("kind").asText().equals("instance"))
                .hasSize(1000);
        long series = 1000 * 4;
        assertThat(AwsRun.requests(audit, "CloudWatch.GetMetricData")).isEqualTo(series / 500);
        assertThat(AwsRun.requests(audit, "Ec2.DescribeInstances")).isLessThanOrEqualTo(4);
        assertThat(AwsRun.requests(audit, "Ec2.DescribeInstanceTypes")).isEqualTo(1);
        assertThat(AwsRun.requests(audit, "Ec2.DescribeVolumes"))
                .as("five for the machines, one for what no machine has")
                .isEqualTo(6);
        // Forty of them are attempts at what moto lacks: each is made five times.
        assertThat(audit.at("/scan_cost/aws_requests").asLong()).isLessThan(100);
    }

    @Test
    void nothing_is_sent_that_is_not_declared_and_what_is_never_sent_is_known() throws Exception {
        new MotoCompany(moto).fill();
        OrganizationsClient organizations = moto.client(OrganizationsClient.builder(), "us-east-1");
        organizations.createOrganization(request -> request.featureSet("ALL"));
        organizations.createAccount(request -> request.accountName("shop").email("shop@example.com"));
        JsonNode audit = scan(AwsRun.TWO_REGIONS, OneRule.with("--aws-org", "--days", "15", "-f", "json"))
                .audit();
        Set<String> sent = new TreeSet<>();
        audit.at("/scan_cost/aws_requests_by_operation").fieldNames().forEachRemaining(sent::add);
        Set<String> declared =
                AwsCollector.operations().stream().map(Operation::name).collect(Collectors.toCollection(TreeSet::new));
        assertThat(declared).containsAll(sent);
        declared.removeAll(sent);
        assertThat(declared)
                .as("moto lacks what they are about: the tests named here send them")
                .containsExactlyInAnyOrderElementsOf(
                        SENT_ELSEWHERE.values().stream().flatMap(List::stream).toList());
    }
}
