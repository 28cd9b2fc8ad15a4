package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import io.aiaudit.testing.Outside;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.Application;
import software.amazon.awssdk.services.emr.model.InstanceGroupConfig;
import software.amazon.awssdk.services.emr.model.InstanceRoleType;
import software.amazon.awssdk.services.emr.model.Tag;

/** EMR clusters, in moto; further pages and refusals in the shapes that AWS documents. */
@Outside
class AwsEmrTest extends AwsTest {
    private static EmrClient emr() {
        return aws.moto().client(EmrClient.builder(), "us-east-1");
    }

    /** Made ten days ago, of one ordinary instance that leads it and two of {@code core}. */
    private static String cluster(String name, String core) {
        aws.moto().daysAgo(10);
        String id = emr().runJobFlow(request -> request.name(name)
                        .releaseLabel("emr-7.5.0")
                        .applications(Application.builder().name("Spark").build())
                        .jobFlowRole("EMR_EC2_DefaultRole")
                        .serviceRole("EMR_DefaultRole")
                        .tags(Tag.builder().key("team").value("ml").build())
                        .instances(instances -> instances
                                .keepJobFlowAliveWhenNoSteps(true)
                                .instanceGroups(
                                        group(InstanceRoleType.MASTER, "m5.xlarge", 1),
                                        group(InstanceRoleType.CORE, core, 2))))
                .jobFlowId();
        aws.moto().daysAgo(0);
        return id;
    }

    private static InstanceGroupConfig group(InstanceRoleType role, String type, int count) {
        return InstanceGroupConfig.builder()
                .instanceRole(role)
                .instanceType(type)
                .instanceCount(count)
                .build();
    }

    private static MappingBuilder operation(String name) {
        return post(anyUrl())
                .withHeader("X-Amz-Target", equalTo("ElasticMapReduce." + name))
                .atPriority(1);
    }

    private static MappingBuilder secondPage(String name) {
        return operation(name).withRequestBody(containing("second")).atPriority(0);
    }

    private AwsRun scan() throws Exception {
        return scanAndSave(ONE_REGION, 2, OneRule.with());
    }

    private static List<JsonNode> kind(JsonNode audit, String kind) {
        return AwsRun.each(audit.get("resources"))
                .filter(resource -> resource.get("kind").asText().equals(kind))
                .toList();
    }

    @Test
    void a_cluster_with_accelerators_is_the_parent_of_its_instances_which_carry_the_money() throws Exception {
        String id = cluster("features", "g5.xlarge");
        cluster("reports", "m5.xlarge");
        AwsRun run = scan();
        assertThat(run.exitCode()).as(run::err).isZero();
        JsonNode audit = run.audit();
        assertThat(kind(audit, "node_group")).singleElement().satisfies(cluster -> {
            assertThat(cluster.get("name").asText()).isEqualTo("features");
            assertThat(cluster.get("machine_type").asText()).isEqualTo("g5.xlarge");
            assertThat(cluster.get("replicas").asInt()).isEqualTo(2);
            assertThat(cluster.get("workload").asText()).isEqualTo("emr/us-east-1/features");
            assertThat(cluster.at("/tags/team").asText()).isEqualTo("ml");
            assertThat(cluster.get("monthly_cost").isNull()).isTrue();
        });
        String parent = kind(audit, "node_group").get(0).get("resource_id").asText();
        assertThat(kind(audit, "instance")).hasSize(2).allSatisfy(instance -> {
            assertThat(instance.get("parent_id").asText()).isEqualTo(parent);
            assertThat(instance.get("workload").asText()).isEqualTo("emr/us-east-1/features");
            assertThat(instance.get("accelerator").asText()).isEqualTo("A10G");
            assertThat(instance.get("monthly_cost").decimalValue()).isPositive();
        });
        assertThat(attribute("features", "cluster")).isEqualTo(id);
        assertThat(attribute("features", "applications")).isEqualTo("Spark");
        assertThat(AwsRun.requests(audit, "Emr.ListClusters")).isEqualTo(1);
        assertThat(AwsRun.requests(audit, "Emr.ListInstances")).isEqualTo(2);
        assertThat(AwsRun.requests(audit, "Emr.DescribeCluster"))
                .as("only of those with accelerators")
                .isEqualTo(1);
    }

    @Test
    void settings_that_are_denied_are_a_gap_and_the_cluster_is_there() throws Exception {
        cluster("features", "g5.xlarge");
        aws.answer(operation("DescribeCluster"), AwsServer.refusal(400, "AccessDeniedException", "not authorized"));
        AwsRun run = scan();
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.audit().get("gaps")).singleElement().satisfies(gap -> {
            assertThat(gap.get("problem").asText()).startsWith("access denied for elasticmapreduce:DescribeCluster.");
            assertThat(gap.get("dataset").asText()).isEqualTo("inventory");
            assertThat(gap.get("region").asText()).isEqualTo("us-east-1");
            assertThat(gap.at("/objects/0").asText()).isEqualTo("features");
        });
        assertThat(kind(run.audit(), "node_group")).hasSize(1);
    }

    @Test
    void a_list_that_is_denied_is_a_gap_and_the_instances_are_there() throws Exception {
        cluster("features", "g5.xlarge");
        aws.answer(operation("ListClusters"), AwsServer.refusal(400, "AccessDeniedException", "not authorized"));
        AwsRun run = scan();
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .contains("not read: AWS 123456789012/us-east-1 EMR clusters: access denied for"
                        + " elasticmapreduce:ListClusters.");
        assertThat(kind(run.audit(), "instance")).hasSize(2);
    }

    @Test
    void clusters_and_instances_are_read_to_the_last_page() throws Exception {
        aws.answerInTwoPages(
                operation("ListClusters"),
                secondPage("ListClusters"),
                "{\"Clusters\": [], \"Marker\": \"second\"}",
                """
                {"Clusters": [{"Id": "j-1", "Name": "late", "Status": {"State": "RUNNING"},
                 "ClusterArn": "arn:aws:elasticmapreduce:us-east-1:123456789012:cluster/j-1"}]}""");
        aws.answerInTwoPages(
                operation("ListInstances"),
                secondPage("ListInstances"),
                "{\"Instances\": [], \"Marker\": \"second\"}",
                "{\"Instances\": [{\"Ec2InstanceId\": \"i-0abc\", \"InstanceType\": \"g5.xlarge\"}]}");
        aws.answer(operation("DescribeCluster"), AwsServer.json("{\"Cluster\": {\"Id\": \"j-1\"}}"));
        JsonNode audit = scan().audit();
        assertThat(AwsRun.requests(audit, "Emr.ListClusters")).isEqualTo(2);
        assertThat(AwsRun.requests(audit, "Emr.ListInstances")).isEqualTo(2);
        assertThat(AwsRun.resource(audit, "late").get("replicas").asInt()).isEqualTo(1);
    }
}
