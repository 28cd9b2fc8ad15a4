package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Frequency.REGION;
import static io.aiaudit.collect.Operation.DETAILS;
import static io.aiaudit.collect.Operation.NO_SUCH_NAME;
import static io.aiaudit.collect.aws.AwsService.AUTO_SCALING;

import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/**
 * Autoscaling groups and EKS node groups with accelerators: parents of the machines that they hold, which carry the
 * money. A node group and the autoscaling group that EKS keeps for it are one thing.
 */
final class NodeGroups extends AwsPart {
    static final Frequency FOUND =
            new Frequency("instance groups", "2 for each region, 2 for each cluster, 1 for each node group");

    private static final AwsService<EksClient> EKS = AwsService.of("Eks", "eks", EksClient.class, EksClient::builder);

    static final List<AwsOperation> OPERATIONS = List.of(
            AUTO_SCALING
                    .operation("DescribeAutoScalingGroups", REGION, "node_group")
                    .knownToEveryServer()
                    .triedEverywhere()
                    .probe(client -> client.describeAutoScalingGroups(request -> request.maxRecords(1))),
            EKS.operation("ListClusters", REGION, DETAILS)
                    .knownToEveryServer()
                    .triedEverywhere()
                    .probe(client -> client.listClusters(request -> request.maxResults(1))),
            EKS.operation("ListNodegroups", FOUND, DETAILS)
                    .probe(client -> client.listNodegroups(request -> request.clusterName(NO_SUCH_NAME))),
            EKS.operation("DescribeNodegroup", FOUND, DETAILS)
                    .probe(client -> client.describeNodegroup(
                            request -> request.clusterName(NO_SUCH_NAME).nodegroupName(NO_SUCH_NAME))));

    NodeGroups() {
        super(
                "node groups",
                Slice.Dataset.INVENTORY,
                AwsOperation.all(OPERATIONS, LaunchTemplates.OPERATIONS, MachineTypes.OPERATIONS));
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        Details details = session.details(sink);
        List<AutoScalingGroup> groups = details.list(
                "autoscaling groups",
                group -> AUTO_SCALING
                        .in(session)
                        .describeAutoScalingGroupsPaginator(request -> request.maxRecords(100))
                        .autoScalingGroups()
                        .forEach(group));
        details.failUnlessSomethingAnswered();
        Map<String, Nodegroup> nodegroups = nodegroups(session, details);
        LaunchTemplates templates = new LaunchTemplates(session, details);
        List<NodeGroup> all = groups.stream()
                .map(group -> new NodeGroup(group, nodegroups.get(group.autoScalingGroupName()), Set.of()))
                .map(templates::typed)
                .toList();
        MachineTypes types = MachineTypes.of(
                details,
                session,
                all.stream().flatMap(group -> group.machineTypes().stream()).toList());
        all.stream()
                .filter(group -> group.machineTypes().stream().anyMatch(types::isAccelerated))
                .forEach(group -> emit(session, types, group, details, sink));
    }

    /** By the autoscaling group that EKS keeps for each. */
    private static Map<String, Nodegroup> nodegroups(AwsSession session, Details details) {
        EksClient eks = EKS.in(session);
        Map<String, Nodegroup> nodegroups = new HashMap<>();
        List<String> clusters = details.list(
                "EKS node groups",
                cluster -> eks.listClustersPaginator(request -> request.maxResults(100))
                        .clusters()
                        .forEach(cluster));
        for (String cluster : clusters) {
            details.<String>list(
                            "node groups of EKS clusters",
                            cluster,
                            name -> AwsFailure.unlessGone(() -> {
                                eks.listNodegroupsPaginator(request ->
                                                request.clusterName(cluster).maxResults(100))
                                        .nodegroups()
                                        .forEach(name);
                                return true;
                            }))
                    .forEach(name -> details.call(
                                    "instances of EKS node groups",
                                    cluster + "/" + name,
                                    () -> AwsFailure.unlessGone(() -> eks.describeNodegroup(request ->
                                            request.clusterName(cluster).nodegroupName(name))))
                            .flatMap(response -> response)
                            .ifPresent(response -> add(nodegroups, response.nodegroup())));
        }
        return nodegroups;
    }

    private static void add(Map<String, Nodegroup> nodegroups, Nodegroup nodegroup) {
        if (nodegroup.resources() != null) {
            nodegroup.resources().autoScalingGroups().forEach(group -> nodegroups.put(group.name(), nodegroup));
        }
    }

    private void emit(AwsSession session, MachineTypes types, NodeGroup group, Details details, Sink sink) {
        details.make(label(), group.name(), () -> group.resource(session)).ifPresent(sink::resource);
        for (Instance instance : group.machines()) {
            if (types.isAccelerated(instance.instanceType())) {
                details.make(label(), group.name(), () -> machine(session, group, instance))
                        .ifPresent(sink::resource);
            }
        }
    }

    /** What the group adds to a machine that is in the list of machines, too. */
    private static Resource machine(AwsSession session, NodeGroup group, Instance instance) {
        return session.resource(instance.instanceId(), "instance")
                .machineType(instance.instanceType())
                .parentId(group.id())
                .workload(group.workload(session))
                .attributes(group.scaling().values())
                .build();
    }
}
