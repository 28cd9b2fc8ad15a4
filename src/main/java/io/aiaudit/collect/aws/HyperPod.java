package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Frequency.REGION;
import static io.aiaudit.collect.Operation.DETAILS;
import static io.aiaudit.collect.Operation.NO_SUCH_NAME;
import static io.aiaudit.collect.aws.AwsService.SAGEMAKER;

import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.MetricHours;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.ClusterNodeSummary;
import software.amazon.awssdk.services.sagemaker.model.ClusterSummary;
import software.amazon.awssdk.services.sagemaker.model.DescribeClusterResponse;

/**
 * HyperPod clusters: each group of machines is a resource, the cluster their parent. Machines are paid for while they
 * exist, whatever runs on them; no list of EC2 knows them, and AWS publishes no metric of what they do unless an agent
 * runs on them.
 */
final class HyperPod extends AwsPart {
    static final List<AwsOperation> OPERATIONS = List.of(
            SAGEMAKER
                    .operation("ListClusters", REGION, "training_cluster")
                    .alwaysLists()
                    .probe(client -> client.listClusters(request -> request.maxResults(1))),
            SAGEMAKER
                    .operation("DescribeCluster", SageMakerJobs.FOUND, "training_cluster")
                    .probe(client -> client.describeCluster(request -> request.clusterName(NO_SUCH_NAME))),
            SAGEMAKER
                    .operation("ListClusterNodes", SageMakerJobs.FOUND, DETAILS)
                    .alwaysLists()
                    .probe(client -> client.listClusterNodes(request -> request.clusterName(NO_SUCH_NAME))));

    /** Attribute: the machines of a group, joined by a comma. */
    static final String NODES = "node_ids";

    HyperPod() {
        super("hyperpod clusters", Slice.Dataset.INVENTORY, AwsOperation.all(OPERATIONS, SageMakerFacts.OPERATIONS));
    }

    /** A group of machines of either sort that a cluster may have. */
    private record Group(
            String name, String machineType, Integer current, Integer target, String state, String trainingPlan) {}

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        SageMakerClient sageMaker = session.sageMaker();
        Details details = session.details(sink);
        List<DescribeClusterResponse> clusters = new ArrayList<>();
        List<ClusterSummary> all = details.list(
                "clusters",
                cluster -> sageMaker
                        .listClustersPaginator(request -> request.maxResults(100))
                        .clusterSummaries()
                        .forEach(cluster));
        details.failUnlessSomethingAnswered();
        all.forEach(listed -> clusters.add(details.call(
                        "cluster instances",
                        listed.clusterName(),
                        () -> sageMaker.describeCluster(request -> request.clusterName(listed.clusterName())))
                .orElseGet(() -> known(listed))));
        MachineTypes types = SageMakerFacts.types(
                details,
                session,
                clusters.stream()
                        .flatMap(cluster -> groups(cluster).stream())
                        .map(Group::machineType)
                        .toList());
        for (DescribeClusterResponse cluster : clusters) {
            details.make(label(), cluster.clusterName(), () -> cluster(session, details, cluster))
                    .ifPresent(sink::resource);
            Optional<List<ClusterNodeSummary>> nodes = groups(cluster).isEmpty()
                    ? Optional.of(List.of())
                    : details.call(
                            "nodes of clusters", cluster.clusterName(), () -> nodes(sageMaker, cluster.clusterArn()));
            details.make(
                    label(),
                    groups(cluster),
                    group -> cluster.clusterName() + "/" + group.name(),
                    group -> group(session, types, cluster, group, nodes.orElse(List.of())),
                    group -> {
                        sink.resource(group);
                        if (nodes.isEmpty()) { // by which it is known what to measure
                            MetricHours hours = new MetricHours();
                            PublishedAccelerators.metrics().forEach(hours::unread);
                            hours.write(group, sink);
                        }
                    });
        }
    }

    /** A cluster of which only the list entry can be read. */
    private static DescribeClusterResponse known(ClusterSummary listed) {
        return DescribeClusterResponse.builder()
                .clusterArn(listed.clusterArn())
                .clusterName(listed.clusterName())
                .creationTime(listed.creationTime())
                .clusterStatus(listed.clusterStatusAsString())
                .build();
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
        return sageMaker
                .listClusterNodesPaginator(
                        request -> request.clusterName(cluster).maxResults(100))
                .clusterNodeSummaries()
                .stream()
                .toList();
    }

    private static Resource cluster(AwsSession session, Details details, DescribeClusterResponse cluster) {
        Map<String, String> tags = SageMakerFacts.tags(details, session, cluster.clusterArn());
        return session.resource(cluster.clusterArn(), "training_cluster")
                .name(cluster.clusterName())
                .createdAt(cluster.creationTime())
                .state(cluster.clusterStatusAsString())
                .tags(tags)
                .attributes(new Attributes()
                        .ofTags(tags)
                        .put("orchestrator", groups(cluster).isEmpty() ? null : orchestrator(cluster))
                        .put("node_recovery", cluster.nodeRecoveryAsString())
                        .put("failure", cluster.failureMessage())
                        .values())
                .build();
    }

    private static String orchestrator(DescribeClusterResponse cluster) {
        return cluster.orchestrator() != null && cluster.orchestrator().eks() != null ? "eks" : "slurm";
    }

    private static Resource group(
            AwsSession session,
            MachineTypes types,
            DescribeClusterResponse cluster,
            Group group,
            List<ClusterNodeSummary> allNodes) {
        List<ClusterNodeSummary> nodes = allNodes.stream()
                .filter(node -> Objects.equals(group.name(), node.instanceGroupName()))
                .toList();
        String id = cluster.clusterArn() + "/group/" + Objects.requireNonNull(group.name(), "instanceGroupName");
        ResourceBuilder resource = session.resource(id, "training_cluster")
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
                        .put(
                                NODES,
                                nodes.stream()
                                        .map(ClusterNodeSummary::instanceId)
                                        .filter(Objects::nonNull)
                                        .sorted()
                                        .collect(Collectors.joining(", ")))
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
