package io.aiaudit.collect.gcp;

import static io.aiaudit.collect.Frequency.ACCOUNT;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Node pools of GKE with accelerators. Their size is that of their instance groups now, not their initial size; their
 * machines are listed by Compute Engine.
 */
final class NodePools extends GcpPart {
    private static final Frequency GROUPS = new Frequency("1 for each instance group");
    static final GoogleOperation CLUSTERS = GoogleOperation.list(
                    "container", "/v1/projects/{project}/locations/-/clusters", ACCOUNT, "node_group")
            .lists("container.googleapis.com/Cluster");
    private static final GoogleOperation GROUP = GoogleOperation.get(
            "compute",
            "/compute/v1/projects/{project}/zones/{zone}/instanceGroupManagers/{group}",
            "compute.instanceGroupManagers.get",
            GROUPS,
            "node_group");

    NodePools() {
        super("node pools", Slice.Dataset.INVENTORY, List.of(CLUSTERS, GROUP));
    }

    static String id(String project, String location, String cluster, String pool) {
        return "//container.googleapis.com/projects/" + project + "/locations/" + location + "/clusters/" + cluster
                + "/nodePools/" + pool;
    }

    @Override
    public void read(GcpSession session, Window window, Known known, Sink sink) {
        Details details = session.details(sink);
        List<JsonNode> clusters = new ArrayList<>();
        session.pages(
                session.request(CLUSTERS),
                response -> { // it has one page
                    session.unreachable(response, "missingZones", label(), new HashSet<>(), sink);
                    response.path("clusters").forEach(clusters::add);
                });
        for (JsonNode cluster : clusters) {
            for (JsonNode pool : cluster.path("nodePools")) {
                accelerators(pool)
                        .flatMap(found -> details.make(
                                label(),
                                session.shortName(pool),
                                () -> resource(session, details, cluster, pool, found)))
                        .ifPresent(sink::resource);
            }
        }
        if (clusters.isEmpty()) {
            session.verifyNone(CLUSTERS, "clusters", details);
        }
    }

    private static Optional<Accelerators> accelerators(JsonNode pool) {
        JsonNode config = pool.path("config");
        return Accelerators.ofType(Json.text(config, "/machineType"))
                .or(() -> Accelerators.first(config.path("accelerators"), "/acceleratorType", "/acceleratorCount"));
    }

    private static Resource resource(
            GcpSession session, Details details, JsonNode cluster, JsonNode pool, Accelerators accelerators) {
        JsonNode config = pool.path("config");
        String location = Json.needed(cluster, "/location");
        String clusterName = Json.needed(cluster, "/name");
        String name = Json.needed(pool, "/name");
        JsonNode scaling = pool.path("autoscaling");
        boolean isScaled = scaling.path("enabled").asBoolean();
        boolean hasTotal = scaling.has("totalMinNodeCount") || scaling.has("totalMaxNodeCount");
        boolean spot = config.path("spot").asBoolean(false)
                || config.path("preemptible").asBoolean(false);
        ResourceBuilder resource = session.resource(id(session.project(), location, clusterName, name), "node_group")
                .name(clusterName + "/" + name)
                .region(GcpSession.region(location))
                .machineType(Json.text(config, "/machineType"))
                .replicas(details.call("sizes", clusterName + "/" + name, () -> size(session, pool))
                        .orElse(null))
                .createdAt(Json.instant(cluster, "/createTime"))
                .state(GcpSession.lower(pool, "/status"))
                .purchase(spot ? "spot" : "on_demand")
                .workload("nodepool/" + location + "/" + clusterName + "/" + name)
                .tags(Json.texts(config, "/resourceLabels"))
                .attributes(new Attributes()
                        .put("cluster", clusterName)
                        .put("autoscaling", Boolean.toString(isScaled))
                        .put("min_nodes", isScaled && !hasTotal ? Proto.count(scaling, "minNodeCount") : null)
                        .put("zones", zones(cluster, pool))
                        .put("max_nodes", Json.text(scaling, "/maxNodeCount"))
                        .put("total_min_nodes", isScaled && hasTotal ? Proto.count(scaling, "totalMinNodeCount") : null)
                        .put("flex_start", Json.text(config, "/flexStart"))
                        .put(Instances.MODEL, isQueued(config, pool) ? Instances.FLEX_START : null)
                        .put("gpu_sharing", Json.text(config, "/accelerators/0/gpuSharingConfig/gpuSharingStrategy"))
                        .values());
        accelerators.describe(resource);
        return resource.build();
    }

    /** In each of which it has as many nodes as its limits say; null where it is unknown. */
    private static Integer zones(JsonNode cluster, JsonNode pool) {
        int own = pool.path("locations").size();
        int zones = own > 0 ? own : cluster.path("locations").size();
        return zones == 0 ? null : zones;
    }

    /** By flex-start, or by what it was called before. */
    private static boolean isQueued(JsonNode config, JsonNode pool) {
        return config.path("flexStart").asBoolean(false)
                || pool.at("/queuedProvisioning/enabled").asBoolean(false);
    }

    /** The target sizes of the groups, added up; null where one of them does not exist any more. */
    private static Integer size(GcpSession session, JsonNode pool) {
        int size = 0;
        for (JsonNode address : pool.path("instanceGroupUrls")) {
            RestRequest request = session.request(GROUP)
                    .with("zone", String.valueOf(GcpSession.after(address.asText(), "zones")))
                    .with("group", GcpSession.last(address.asText()));
            Optional<JsonNode> group =
                    session.api().unlessGone(request).map(response -> GoogleApi.notEmpty(request, response));
            if (group.isEmpty() || Json.integer(group.get(), "/targetSize") == null) {
                return null;
            }
            size += Json.integer(group.get(), "/targetSize");
        }
        return pool.path("instanceGroupUrls").isEmpty() ? null : Integer.valueOf(size);
    }
}
