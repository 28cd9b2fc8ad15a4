package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Frequency.REGION;
import static io.aiaudit.collect.Operation.DETAILS;

import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.Application;
import software.amazon.awssdk.services.emr.model.Cluster;
import software.amazon.awssdk.services.emr.model.ClusterState;
import software.amazon.awssdk.services.emr.model.ClusterSummary;
import software.amazon.awssdk.services.emr.model.Instance;
import software.amazon.awssdk.services.emr.model.InstanceState;

/**
 * EMR clusters that run and have accelerators: parents of their instances, which carry the money and are measured as
 * other instances are. Clusters of one name are one workload: many live for a job only.
 */
final class EmrClusters extends AwsPart {
    private static final Frequency FOUND =
            new Frequency("EMR clusters", "1 for each that runs, 1 more for each with accelerators");

    private static final AwsService<EmrClient> EMR =
            AwsService.of("Emr", "elasticmapreduce", EmrClient.class, EmrClient::builder);

    /** EMR rejects a request about a missing cluster as invalid: the others are tried on one that runs. */
    private static final List<AwsOperation> OPERATIONS = List.of(
            EMR.operation("ListClusters", REGION, "node_group")
                    .probe(client -> client.listClusters(request -> request.clusterStates(ClusterState.RUNNING))),
            EMR.operation("ListInstances", FOUND, "node_group")
                    .probe(client -> ofOne(client, id -> client.listInstances(request -> request.clusterId(id)))),
            EMR.operation("DescribeCluster", FOUND, DETAILS)
                    .probe(client -> ofOne(client, id -> client.describeCluster(request -> request.clusterId(id)))));

    private static void ofOne(EmrClient emr, Consumer<String> call) {
        emr
                .listClusters(request -> request.clusterStates(ClusterState.RUNNING, ClusterState.WAITING))
                .clusters()
                .stream()
                .limit(1)
                .map(ClusterSummary::id)
                .forEach(call);
    }

    EmrClusters() {
        super("EMR clusters", Slice.Dataset.INVENTORY, AwsOperation.all(OPERATIONS, MachineTypes.OPERATIONS));
    }

    @Override
    public boolean mayBeUnknown() {
        return true;
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        EmrClient emr = EMR.in(session);
        Details details = session.details(sink);
        List<ClusterSummary> clusters = details.list(
                label(),
                cluster -> emr.listClustersPaginator(request -> request.clusterStates(
                                ClusterState.STARTING,
                                ClusterState.BOOTSTRAPPING,
                                ClusterState.RUNNING,
                                ClusterState.WAITING))
                        .clusters()
                        .forEach(cluster));
        details.failUnlessSomethingAnswered();
        Map<ClusterSummary, List<Instance>> instances = new LinkedHashMap<>();
        clusters.forEach(cluster -> instances.put(cluster, instances(emr, cluster, details)));
        MachineTypes types = MachineTypes.of(
                details,
                session,
                instances.values().stream()
                        .flatMap(List::stream)
                        .map(Instance::instanceType)
                        .filter(Objects::nonNull)
                        .toList());
        instances.forEach((cluster, all) -> {
            List<Instance> accelerated = all.stream()
                    .filter(instance -> instance.instanceType() != null && types.isAccelerated(instance.instanceType()))
                    .toList();
            if (!accelerated.isEmpty()) {
                details.make(label(), cluster.name(), () -> cluster(session, cluster, accelerated, emr, details))
                        .ifPresent(sink::resource);
                accelerated.forEach(instance -> sink.resource(instance(session, cluster, instance)));
            }
        });
    }

    private static List<Instance> instances(EmrClient emr, ClusterSummary cluster, Details details) {
        return details.list(
                "instances of EMR clusters",
                cluster.name(),
                instance -> emr
                        .listInstancesPaginator(request -> request.clusterId(cluster.id())
                                .instanceStates(
                                        InstanceState.PROVISIONING, InstanceState.BOOTSTRAPPING, InstanceState.RUNNING))
                        .instances()
                        .stream()
                        .filter(one -> one.ec2InstanceId() != null)
                        .forEach(instance));
    }

    private static String workload(AwsSession session, ClusterSummary cluster) {
        return "emr/" + session.region() + "/" + cluster.name();
    }

    private static Resource cluster(
            AwsSession session, ClusterSummary listed, List<Instance> accelerated, EmrClient emr, Details details) {
        Optional<Cluster> described = details.call(
                "settings of EMR clusters",
                listed.name(),
                () -> emr.describeCluster(request -> request.clusterId(listed.id()))
                        .cluster());
        Cluster cluster = described.orElseGet(() -> Cluster.builder().build());
        Set<String> types =
                accelerated.stream().map(Instance::instanceType).collect(Collectors.toCollection(TreeSet::new));
        Map<String, String> tags = described.map(EmrClusters::tags).orElse(null);
        return session.resource(listed.clusterArn(), "node_group")
                .name(listed.name())
                .machineType(types.size() == 1 ? types.iterator().next() : null)
                .replicas(accelerated.size())
                .createdAt(
                        listed.status() == null || listed.status().timeline() == null
                                ? null
                                : listed.status().timeline().creationDateTime())
                .state(listed.status() == null ? null : listed.status().stateAsString())
                .workload(workload(session, listed))
                .tags(tags)
                .attributes(new Attributes()
                        .ofTags(tags)
                        .put("cluster", listed.id())
                        .put("machine_types", String.join(", ", types))
                        .put("release", cluster.releaseLabel())
                        .put("auto_terminate", cluster.autoTerminate())
                        .put(
                                "applications",
                                cluster.applications().stream()
                                        .map(Application::name)
                                        .collect(Collectors.joining(", ")))
                        .values())
                .build();
    }

    private static Map<String, String> tags(Cluster cluster) {
        Map<String, String> tags = new HashMap<>();
        cluster.tags().forEach(tag -> tags.put(tag.key(), tag.value() == null ? "" : tag.value()));
        return tags;
    }

    /** What the cluster adds to an instance that EC2 lists, too. */
    private static Resource instance(AwsSession session, ClusterSummary cluster, Instance instance) {
        return session.resource(instance.ec2InstanceId(), "instance")
                .machineType(instance.instanceType())
                .parentId(cluster.clusterArn())
                .workload(workload(session, cluster))
                .build();
    }
}
