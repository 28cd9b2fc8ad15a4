package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.testing.Moto;
import io.aiaudit.testing.Outside;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.CapacityTypes;

/** Autoscaling groups and node groups, in moto; further pages are answered in the shapes that AWS documents. */
@Outside
class AwsNodeGroupsTest extends AwsTest {
    private AwsRun scan() throws Exception {
        return scanAndSave(ONE_REGION, 2, OneRule.with());
    }

    private static AutoScalingClient autoscaling() {
        return aws.moto().client(AutoScalingClient.builder(), "us-east-1");
    }

    /** Made ten days ago; its machines carry its tags. */
    private static void group(String name, String machineType, int machines, Tag... tags) {
        aws.moto().daysAgo(10);
        autoscaling()
                .createLaunchConfiguration(request -> request.launchConfigurationName(name + "-configuration")
                        .imageId("ami-12c6146b")
                        .instanceType(machineType));
        autoscaling()
                .createAutoScalingGroup(request -> request.autoScalingGroupName(name)
                        .launchConfigurationName(name + "-configuration")
                        .availabilityZones("us-east-1a")
                        .minSize(0)
                        .maxSize(5)
                        .desiredCapacity(machines)
                        .tags(tags));
        aws.moto().daysAgo(0);
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).propagateAtLaunch(true).build();
    }

    private static List<JsonNode> kind(JsonNode audit, String kind) {
        return AwsRun.each(audit.get("resources"))
                .filter(resource -> resource.get("kind").asText().equals(kind))
                .toList();
    }

    @Test
    void an_autoscaling_group_is_the_parent_of_its_machines_and_each_machine_is_there_once() throws Exception {
        group("workers", "g5.xlarge", 2);
        group("web", "t3.large", 3);
        AwsRun run = scan();
        assertThat(run.exitCode()).as(run::err).isZero();
        JsonNode audit = run.audit();
        assertThat(kind(audit, "node_group")).hasSize(1);
        JsonNode group = AwsRun.resource(audit, "workers");
        assertThat(group.get("machine_type").asText()).isEqualTo("g5.xlarge");
        assertThat(group.get("replicas").asInt()).isEqualTo(2);
        assertThat(kind(audit, "instance")).hasSize(2).allSatisfy(machine -> {
            assertThat(machine.get("parent_id").asText())
                    .isEqualTo(group.get("resource_id").asText());
            assertThat(machine.get("workload").asText()).isEqualTo("autoscaling-group/us-east-1/workers");
            assertThat(machine.get("accelerator").asText()).isEqualTo("A10G");
            assertThat(machine.get("state").asText()).isEqualTo("running");
            assertThat(machine.get("monthly_cost").decimalValue()).isPositive();
        });
        assertThat(group.get("workload").asText()).isEqualTo("autoscaling-group/us-east-1/workers");
        assertThat(group.get("monthly_cost").isNull())
                .as("money stays on the machines")
                .isTrue();
        try (SavedScan saved = saved()) {
            assertThat(saved.attribute("workers", "autoscaling_min")).isEqualTo("0");
            assertThat(saved.attribute("workers", "autoscaling_max")).isEqualTo("5");
            assertThat(saved.attribute("workers", "autoscaling_desired")).isEqualTo("2");
        }
    }

    @Test
    void a_node_group_of_eks_and_the_autoscaling_group_that_it_keeps_are_one() throws Exception {
        EksClient eks = aws.moto().client(EksClient.builder(), "us-east-1");
        String subnet = aws.moto()
                .client(Ec2Client.builder(), "us-east-1")
                .describeSubnets()
                .subnets()
                .get(0)
                .subnetId();
        eks.createCluster(request -> request.name("ml")
                .roleArn("arn:aws:iam::" + Moto.ACCOUNT + ":role/eks")
                .resourcesVpcConfig(vpc -> vpc.subnetIds(subnet)));
        eks.createNodegroup(request -> request.clusterName("ml")
                .nodegroupName("gpu")
                .nodeRole("arn:aws:iam::" + Moto.ACCOUNT + ":role/node")
                .subnets(subnet)
                .capacityType(CapacityTypes.SPOT)
                .instanceTypes("g5.xlarge")
                .scalingConfig(scaling -> scaling.minSize(1).maxSize(4).desiredSize(1)));
        String keptFor = eks.describeNodegroup(
                        request -> request.clusterName("ml").nodegroupName("gpu"))
                .nodegroup()
                .resources()
                .autoScalingGroups()
                .get(0)
                .name();
        // Moto names it and does not make it.
        group(keptFor, "g5.xlarge", 1, tag("eks:cluster-name", "ml"), tag("eks:nodegroup-name", "gpu"));
        JsonNode audit = scan().audit();
        assertThat(kind(audit, "node_group")).hasSize(1);
        JsonNode group = AwsRun.resource(audit, "ml/gpu");
        assertThat(group.get("resource_id").asText()).contains(":nodegroup/ml/gpu/");
        assertThat(kind(audit, "instance")).hasSize(1).allSatisfy(machine -> {
            assertThat(machine.get("parent_id").asText())
                    .isEqualTo(group.get("resource_id").asText());
            assertThat(machine.get("workload").asText()).isEqualTo("nodegroup/us-east-1/ml/gpu");
        });
        try (SavedScan saved = saved()) {
            assertThat(saved.attribute("ml/gpu", "capacity_type")).isEqualTo("SPOT");
            assertThat(saved.attribute("ml/gpu", "cluster")).isEqualTo("ml");
        }
    }

    @Test
    void by_what_a_group_grows_and_shrinks_is_reported_of_it_and_of_its_machines() throws Exception {
        group("workers", "g5.xlarge", 1);
        group("steady", "g5.xlarge", 1);
        autoscaling()
                .putScalingPolicy(request -> request.autoScalingGroupName("workers")
                        .policyName("by-processor")
                        .policyType("TargetTrackingScaling")
                        .targetTrackingConfiguration(target -> target.targetValue(50.0)
                                .predefinedMetricSpecification(
                                        metric -> metric.predefinedMetricType("ASGAverageCPUUtilization"))));
        autoscaling()
                .putScheduledUpdateGroupAction(request -> request.autoScalingGroupName("workers")
                        .scheduledActionName("evening")
                        .recurrence("0 18 * * 1-5")
                        .timeZone("Europe/Berlin")
                        .minSize(0)
                        .maxSize(5)
                        .desiredCapacity(0));
        autoscaling()
                .suspendProcesses(
                        request -> request.autoScalingGroupName("workers").scalingProcesses("ScheduledActions"));
        AwsRun run = scan();
        assertThat(run.exitCode()).as(run::err).isZero();
        String machine = kind(run.audit(), "instance").stream()
                .filter(instance -> instance.get("workload").asText().endsWith("/workers"))
                .map(instance -> instance.get("name").asText())
                .findFirst()
                .orElseThrow();
        try (SavedScan saved = saved()) {
            for (String name : List.of("workers", machine)) {
                assertThat(saved.attribute(name, "autoscaling_policies"))
                        .isEqualTo("by-processor: TargetTrackingScaling");
                assertThat(saved.attribute(name, "autoscaling_schedule"))
                        .isEqualTo("evening: 0 18 * * 1-5 Europe/Berlin, min 0, max 5, desired 0");
                assertThat(saved.attribute(name, "autoscaling_suspended")).isEqualTo("ScheduledActions");
            }
            assertThat(saved.attribute("steady", "autoscaling_schedule")).isEqualTo("none");
            assertThat(saved.attribute("steady", "autoscaling_policies")).isEqualTo("none");
            assertThat(saved.attribute("steady", "autoscaling_suspended")).isNull();
        }
    }

    @Test
    void denied_schedules_leave_the_groups_there_and_the_schedule_unknown() throws Exception {
        group("workers", "g5.xlarge", 1);
        aws.answer(
                AwsServer.form("DescribeScheduledActions"),
                AwsServer.xml("<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>"
                                + "<Message>not authorized</Message></Error><RequestId>r</RequestId></ErrorResponse>")
                        .withStatus(403));
        AwsRun run = scan();
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .contains("not read: AWS 123456789012/us-east-1 schedules of groups: access denied for "
                        + "autoscaling:DescribeScheduledActions.");
        assertThat(kind(run.audit(), "node_group")).hasSize(1);
        try (SavedScan saved = saved()) {
            assertThat(saved.attribute("workers", "autoscaling_schedule")).isNull();
        }
    }

    @Test
    void policies_and_scheduled_actions_are_read_to_the_last_page() throws Exception {
        group("workers", "g5.xlarge", 1);
        aws.answerInTwoPages(
                AwsServer.form("DescribePolicies"),
                AwsServer.formAgain("DescribePolicies", "NextToken"),
                answered("DescribePolicies", "<ScalingPolicies/><NextToken>second</NextToken>"),
                answered(
                        "DescribePolicies",
                        "<ScalingPolicies><member><AutoScalingGroupName>workers</"
                                + "AutoScalingGroupName><PolicyName>late</PolicyName>"
                                + "<PolicyType>SimpleScaling</PolicyType><Enabled>false</Enabled></member></"
                                + "ScalingPolicies>"));
        aws.answerInTwoPages(
                AwsServer.form("DescribeScheduledActions"),
                AwsServer.formAgain("DescribeScheduledActions", "NextToken"),
                answered("DescribeScheduledActions", "<ScheduledUpdateGroupActions/><NextToken>second</NextToken>"),
                answered(
                        "DescribeScheduledActions",
                        "<ScheduledUpdateGroupActions><member><AutoScalingGroupName>workers</"
                                + "AutoScalingGroupName><ScheduledActionName>once</ScheduledActionName>"
                                + "<StartTime>2026-12-01T18:00:00Z</StartTime><DesiredCapacity>0</DesiredCapacity></"
                                + "member></ScheduledUpdateGroupActions>"));
        assertThat(scan().exitCode()).isZero();
        try (SavedScan saved = saved()) {
            assertThat(saved.attribute("workers", "autoscaling_policies"))
                    .isEqualTo("late: SimpleScaling, switched off");
            assertThat(saved.attribute("workers", "autoscaling_schedule"))
                    .isEqualTo("once: once at 2026-12-01T18:00:00Z, desired 0");
        }
    }

    private static String answered(String operation, String content) {
        return "<" + operation + "Response xmlns=\"http://autoscaling.amazonaws.com/doc/2011-01-01/\"><" + operation
                + "Result>" + content + "</" + operation + "Result></" + operation + "Response>";
    }

    /** Without machines, of a template whose second version is the one for accelerators. */
    private static void emptyGroupOfATemplate() {
        Ec2Client ec2 = aws.moto().client(Ec2Client.builder(), "us-east-1");
        ec2.createLaunchTemplate(request -> request.launchTemplateName("trainer")
                .launchTemplateData(data -> data.instanceType("t3.large").imageId("ami-12c6146b")));
        ec2.createLaunchTemplateVersion(request -> request.launchTemplateName("trainer")
                .launchTemplateData(data -> data.instanceType("p4d.24xlarge").imageId("ami-12c6146b")));
        for (String name : List.of("night", "weekend")) {
            autoscaling()
                    .createAutoScalingGroup(request -> request.autoScalingGroupName(name)
                            .launchTemplate(template ->
                                    template.launchTemplateName("trainer").version("2"))
                            .availabilityZones("us-east-1a")
                            .minSize(0)
                            .maxSize(8)
                            .desiredCapacity(0));
        }
    }

    @Test
    void a_group_without_machines_has_the_type_of_its_launch_template() throws Exception {
        emptyGroupOfATemplate();
        AwsRun run = scan();
        assertThat(run.exitCode()).as(run::err).isZero();
        JsonNode night = AwsRun.resource(run.audit(), "night");
        assertThat(night.get("machine_type").asText()).isEqualTo("p4d.24xlarge");
        assertThat(night.get("replicas").asInt()).isZero();
        assertThat(kind(run.audit(), "node_group")).hasSize(2);
        assertThat(AwsRun.requests(run.audit(), "Ec2.DescribeLaunchTemplateVersions"))
                .as("one template is requested once")
                .isEqualTo(1);
    }

    @Test
    void a_launch_template_that_may_not_be_requested_is_a_gap_and_the_other_groups_are_there() throws Exception {
        emptyGroupOfATemplate();
        group("workers", "g5.xlarge", 1);
        aws.answer(
                AwsServer.form("DescribeLaunchTemplateVersions"),
                AwsServer.xml("<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>not "
                                + "authorized</Message></Error></Errors><RequestID>r</RequestID></Response>")
                        .withStatus(403));
        AwsRun run = scan();
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.audit().get("gaps")).hasSize(1);
        assertThat(run.audit().at("/gaps/0/problem").asText())
                .startsWith("access denied for ec2:DescribeLaunchTemplateVersions.");
        assertThat(kind(run.audit(), "node_group")).hasSize(1);
    }

    @Test
    void a_denied_list_of_groups_leaves_the_machines_there() throws Exception {
        group("workers", "g5.xlarge", 1);
        aws.answer(AwsServer.path("/clusters"), AwsServer.refusal(403, "AccessDeniedException", "not authorized"));
        AwsRun run = scan();
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .contains("not read: AWS 123456789012/us-east-1 EKS node groups: access denied for eks:ListClusters.");
        assertThat(kind(run.audit(), "instance")).hasSize(1);
    }

    @Test
    void groups_clusters_and_node_groups_are_read_to_the_last_page() throws Exception {
        aws.answerInTwoPages(
                AwsServer.form("DescribeAutoScalingGroups"),
                AwsServer.formAgain("DescribeAutoScalingGroups", "NextToken"),
                groups("", "<NextToken>second</NextToken>"),
                groups(
                        "<member>" + "<AutoScalingGroupName>late</AutoScalingGroupName>"
                                + "<AutoScalingGroupARN>arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:"
                                + "u:autoScalingGroupName/late</AutoScalingGroupARN>"
                                + "<MinSize>0</MinSize><MaxSize>2</MaxSize><DesiredCapacity>0</"
                                + "DesiredCapacity><Instances/><Tags/></member>",
                        ""));
        aws.answerInTwoPages(
                AwsServer.path("/clusters"),
                AwsServer.path("/clusters").withQueryParam("nextToken", equalTo("second")),
                "{\"clusters\": [], \"nextToken\": \"second\"}",
                "{\"clusters\": [\"ml\"]}");
        aws.answerInTwoPages(
                AwsServer.path("/clusters/ml/node-groups"),
                AwsServer.path("/clusters/ml/node-groups").withQueryParam("nextToken", equalTo("second")),
                "{\"nodegroups\": [], \"nextToken\": \"second\"}",
                "{\"nodegroups\": [\"gpu\"]}");
        aws.answer(AwsServer.path("/clusters/ml/node-groups/gpu"), AwsServer.json("""
                {"nodegroup": {"nodegroupName": "gpu", "nodegroupArn": \
                "arn:aws:eks:us-east-1:123456789012:nodegroup/ml/gpu/1", "clusterName": "ml", "status": "ACTIVE",
                 "instanceTypes": ["g5.xlarge"], "capacityType": "ON_DEMAND", "resources": {"autoScalingGroups": \
                [{"name": "late"}]}}}"""));
        JsonNode audit = scan().audit();
        for (String operation :
                List.of("AutoScaling.DescribeAutoScalingGroups", "Eks.ListClusters", "Eks.ListNodegroups")) {
            assertThat(AwsRun.requests(audit, operation)).as(operation).isEqualTo(2);
        }
        assertThat(AwsRun.resource(audit, "ml/gpu").get("replicas").asInt())
                .as("none runs now")
                .isZero();
    }

    private static String groups(String members, String next) {
        return "<DescribeAutoScalingGroupsResponse "
                + "xmlns=\"http://autoscaling.amazonaws.com/doc/2011-01-01/"
                + "\"><DescribeAutoScalingGroupsResult><AutoScalingGroups>"
                + members + "</AutoScalingGroups>" + next
                + "</DescribeAutoScalingGroupsResult></DescribeAutoScalingGroupsResponse>";
    }
}
