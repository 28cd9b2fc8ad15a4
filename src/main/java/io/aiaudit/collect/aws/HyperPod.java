package io.aiaudit.collect.aws;

import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.ClusterNodeSummary;
import software.amazon.awssdk.services.sagemaker.model.DescribeClusterResponse;

/**
 * HyperPod clusters: each group of machines is a resource, the cluster their parent. Machines are paid for while they exist, whatever runs on them; no list of EC2 knows
 * them, and AWS publishes no metric of what they do.
 */
final class HyperPod implements AwsPart {
    @Override
    public String word() {
        return "hyperpod clusters";
    }

    @Override
    public Slice.Dataset dataset() {
        return Slice.Dataset.INVENTORY;
    }

    /** A group of machines of either sort that a cluster may have. */
    private record Group(
            String name, String machineType, Integer current, Integer target, String state, String trainingPlan) {}

    @Override
    public void read(AwsPlace place, Window window, Known known, Sink sink) {
        SageMakerClient sageMaker = place.sageMaker();
        List<DescribeClusterResponse> clusters = new ArrayList<>();
        sageMaker
                .listClustersPaginator(request -> request.maxResults(100))
                .clusterSummaries()
                .forEach(listed -> AwsFailure.unlessGone(
                                () -> sageMaker.describeCluster(request -> request.clusterName(listed.clusterName())))
                        .ifPresent(clusters::add));
        MachineTypes types = SageMakerFacts.types(
                place,
                clusters.stream()
                        .flatMap(cluster -> groups(cluster).stream())
                        .map(Group::machineType)
                        .toList());
        for (DescribeClusterResponse cluster : clusters) {
            sink.resource(cluster(place, cluster));
            List<ClusterNodeSummary> nodes = nodes(sageMaker, cluster.clusterArn());
            groups(cluster).forEach(group -> sink.resource(group(place, types, cluster, group, nodes)));
        }
    }

    private static List<Group> groups(DescribeClusterResponse cluster) {
        List<Group> groups = new ArrayList<>();
        cluster.instanceGroups()
                .forEach(group -> groups.add(new Group(
                        group.instanceGroupName(),
                        group.instanceTypeAsString(),
                        group.currentCount(),
                        group.targetCount(),
                        group.statusAsString(),
                        group.trainingPlanArn())));
        cluster.restrictedInstanceGroups()
                .forEach(group -> groups.add(new Group(
                        group.instanceGroupName(),
                        group.instanceTypeAsString(),
                        group.currentCount(),
                        group.targetCount(),
                        group.statusAsString(),
                        group.trainingPlanArn())));
        return groups;
    }

    private static List<ClusterNodeSummary> nodes(SageMakerClient sageMaker, String cluster) {
        return AwsFailure.unlessGone(() -> sageMaker
                        .listClusterNodesPaginator(
                                request -> request.clusterName(cluster).maxResults(100))
                        .clusterNodeSummaries()
                        .stream()
                        .toList())
                .orElse(List.of());
    }

    private static Resource cluster(AwsPlace place, DescribeClusterResponse cluster) {
        return place.resource(cluster.clusterArn(), "training_cluster")
                .name(cluster.clusterName())
                .createdAt(cluster.creationTime())
                .state(cluster.clusterStatusAsString())
                .tags(SageMakerFacts.tags(place, cluster.clusterArn()))
                .attributes(new Attributes()
                        .put("orchestrator", orchestrator(cluster))
                        .put("node_recovery", cluster.nodeRecoveryAsString())
                        .put("failure", cluster.failureMessage())
                        .values())
                .build();
    }

    private static String orchestrator(DescribeClusterResponse cluster) {
        return cluster.orchestrator() != null && cluster.orchestrator().eks() != null ? "eks" : "slurm";
    }

    private static Resource group(
            AwsPlace place,
            MachineTypes types,
            DescribeClusterResponse cluster,
            Group group,
            List<ClusterNodeSummary> allNodes) {
        List<ClusterNodeSummary> nodes = allNodes.stream()
                .filter(node -> group.name().equals(node.instanceGroupName()))
                .toList();
        String id = cluster.clusterArn() + "/group/" + group.name();
        Resource.Builder resource = place.resource(id, "training_cluster")
                .name(cluster.clusterName() + "/" + group.name())
                .machineType(group.machineType())
                .replicas(group.current())
                .createdAt(nodes.stream()
                        .map(ClusterNodeSummary::launchTime)
                        .filter(Objects::nonNull)
                        .min(Instant::compareTo)
                        .orElse(cluster.creationTime()))
                .state(group.state())
                .purchase(group.trainingPlan() == null ? "on_demand" : "committed")
                .parentId(cluster.clusterArn())
                .workload(id)
                .attributes(new Attributes()
                        .put("instance_group", group.name())
                        .put("orchestrator", orchestrator(cluster))
                        .put("target_count", group.target())
                        .put("training_plan", group.trainingPlan())
                        .put("nodes", nodes.isEmpty() ? null : nodes.size())
                        .put("nodes_running", nodes.isEmpty() ? null : running(nodes))
                        .values());
        types.describe(resource, group.machineType());
        return resource.build();
    }

    private static long running(List<ClusterNodeSummary> nodes) {
        return nodes.stream()
                .filter(node -> node.instanceStatus() != null
                        && "Running".equals(node.instanceStatus().statusAsString()))
                .count();
    }
}
