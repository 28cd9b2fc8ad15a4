package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Scale sets with accelerators, and the pools of Kubernetes clusters that they make up: the bill knows the scale set,
 * so a pool is reported on it. A pool whose scale set is not visible is a resource of its own.
 */
final class ScaleSets extends AzurePart {
    private static final String CLUSTERS_VERSION = "2024-09-01";
    private static final AzureOperation LIST = AzureOperation.get(
            "/subscriptions/{subscription}/providers/Microsoft.Compute/virtualMachineScaleSets",
            AzureSession.COMPUTE_VERSION,
            AzureOperation.WHERE_NOTHING_IS,
            "node_group");
    private static final AzureOperation STATES = AzureOperation.get(
            "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Compute"
                    + "/virtualMachineScaleSets/{scaleSet}/instanceView",
            AzureSession.COMPUTE_VERSION,
            MachineLearning.EACH,
            "node_group");
    private static final AzureOperation CLUSTERS = AzureOperation.get(
            "/subscriptions/{subscription}/providers/Microsoft.ContainerService/managedClusters",
            CLUSTERS_VERSION,
            AzureOperation.WHERE_NOTHING_IS,
            "node_group");

    private static final ResourceGraph.Type TYPE =
            new ResourceGraph.Type("Microsoft.Compute/virtualMachineScaleSets", LIST);
    private static final ResourceGraph.Type CLUSTER =
            new ResourceGraph.Type("Microsoft.ContainerService/managedClusters", CLUSTERS);

    ScaleSets() {
        super(
                "scale sets",
                Slice.Dataset.INVENTORY,
                List.of(ResourceGraph.RESOURCES, LIST, STATES, CLUSTERS, MachineTypes.SKUS));
    }

    /** A pool of a cluster. Its scale set names the group that holds its machines, and its name. */
    private record Pool(JsonNode cluster, JsonNode pool) {
        String name() {
            return String.valueOf(Json.text(pool, "/name"));
        }

        String key() {
            return (Json.text(cluster, "/properties/nodeResourceGroup") + "/" + name()).toLowerCase(Locale.ROOT);
        }

        String workload() {
            return "pool/" + Json.text(cluster, "/name") + "/" + name();
        }

        Attributes attributes() {
            return new Attributes()
                    .put("cluster", Json.text(cluster, "/name"))
                    .put("cluster_resource_group", group(cluster))
                    .put("pool", name())
                    .put("mode", Json.text(pool, "/mode"))
                    .put("autoscaling", "true".equals(Json.text(pool, "/enableAutoScaling")) ? "enabled" : "none")
                    .put("autoscaling_min", Json.integer(pool, "/minCount"))
                    .put("autoscaling_max", Json.integer(pool, "/maxCount"))
                    .put("gpu_instance_profile", Json.text(pool, "/gpuInstanceProfile"))
                    .put("power_state", Json.text(pool, "/powerState/code"));
        }
    }

    @Override
    public void read(AzureSession session, Window window, Known known, Sink sink) {
        Details details = session.details(sink);
        List<JsonNode> found = new ResourceGraph(session).of(List.of(TYPE, CLUSTER), details);
        List<JsonNode> sets = found.stream()
                .filter(TYPE::isOf)
                .filter(set -> !isOfMachines(set))
                .toList();
        Map<String, Pool> pools = new HashMap<>();
        found.stream()
                .filter(CLUSTER::isOf)
                .forEach(cluster -> cluster.at("/properties/agentPoolProfiles").forEach(profile -> {
                    Pool pool = new Pool(cluster, profile);
                    pools.put(pool.key(), pool);
                }));
        MachineTypes types = session.arm().types();
        Machines.learn(session, types, sets, sink);
        for (JsonNode set : sets) {
            Pool pool = pools.remove(poolKey(set));
            if (types.isAccelerated(region(set), Json.text(set, "/sku/name"))) {
                details.make(label(), Json.text(set, "/name"), () -> resource(session, types, set, pool, details))
                        .ifPresent(sink::resource);
            }
        }
        details.make(
                label(),
                pools.values().stream()
                        .filter(pool -> types.isAccelerated(region(pool.cluster()), Json.text(pool.pool(), "/vmSize")))
                        .toList(),
                Pool::name,
                pool -> resource(session, types, pool),
                sink::resource);
        details.failUnlessSomethingAnswered();
    }

    /**
     * The machines of a flexible set are machines like any other: they are found, billed and measured each by itself.
     */
    private static boolean isOfMachines(JsonNode set) {
        return "Flexible".equalsIgnoreCase(Json.text(set, "/properties/orchestrationMode"));
    }

    private static String region(JsonNode resource) {
        return AzureSession.region(Json.text(resource, "/location"));
    }

    private static String poolKey(JsonNode set) {
        Map<String, String> tags = Json.texts(set, "/tags");
        String pool = tags.getOrDefault("aks-managed-poolName", tags.get("poolName"));
        return (group(set) + "/" + pool).toLowerCase(Locale.ROOT);
    }

    /** The resource group of what has this id; empty where the id has none. */
    private static String group(JsonNode resource) {
        String[] parts = String.valueOf(Json.text(resource, "/id")).split("/");
        return parts.length > 4 ? parts[4] : "";
    }

    private static Resource resource(
            AzureSession session, MachineTypes types, JsonNode set, Pool pool, Details details) {
        String type = Json.text(set, "/sku/name");
        String priority = Json.text(set, "/properties/virtualMachineProfile/priority");
        Attributes attributes = pool == null ? new Attributes() : pool.attributes();
        ResourceBuilder resource = session.resource(set, "node_group")
                .machineType(type)
                .replicas(paidFor(session, set, details))
                .createdAt(Json.instant(set, "/properties/timeCreated"))
                .state(Json.text(set, "/properties/provisioningState"))
                .purchase(Machines.isSpot(priority) ? "spot" : "on_demand")
                .workload(pool == null ? null : pool.workload())
                .attributes(attributes
                        .put("capacity", Json.integer(set, "/sku/capacity"))
                        .put("orchestration", Json.text(set, "/properties/orchestrationMode"))
                        .values());
        types.describe(resource, region(set), type);
        return resource.build();
    }

    /** The machines of the set that are not deallocated; all of them where their states are unknown. */
    private static Integer paidFor(AzureSession session, JsonNode set, Details details) {
        Integer capacity = Json.integer(set, "/sku/capacity");
        if (capacity == null || capacity == 0) {
            return capacity;
        }
        JsonNode view = details.call(
                        "instance states",
                        Json.text(set, "/name"),
                        () -> session.arm().call(session.arm().about(Json.text(set, "/id"), STATES), "/virtualMachine"))
                .orElse(MissingNode.getInstance());
        int deallocated = 0;
        for (JsonNode state : view.at("/virtualMachine/statusesSummary")) {
            if ("PowerState/deallocated".equalsIgnoreCase(Json.text(state, "/code"))) {
                deallocated = state.path("count").asInt();
            }
        }
        return capacity - deallocated;
    }

    private static Resource resource(AzureSession session, MachineTypes types, Pool pool) {
        String type = Json.text(pool.pool(), "/vmSize");
        ResourceBuilder resource = Resource.builder(
                        AzureSession.id(Json.needed(pool.cluster(), "/id") + "/agentPools/"
                                + Json.needed(pool.pool(), "/name")),
                        "node_group",
                        "azure")
                .accountId(session.subscription())
                .accountName(session.name())
                .region(region(pool.cluster()))
                .name(Json.text(pool.cluster(), "/name") + "/" + pool.name())
                .machineType(type)
                .replicas(Json.integer(pool.pool(), "/count"))
                .state(Json.text(pool.pool(), "/provisioningState"))
                .purchase(Machines.isSpot(Json.text(pool.pool(), "/scaleSetPriority")) ? "spot" : "on_demand")
                .workload(pool.workload())
                .tags(Json.texts(pool.cluster(), "/tags"))
                .attributes(pool.attributes().values());
        types.describe(resource, region(pool.cluster()), type);
        return resource.build();
    }
}
