package io.aiaudit.collect.gcp;

import static io.aiaudit.collect.Frequency.ACCOUNT;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Machines of Compute Engine with accelerators, in the type or attached, stopped ones too; and notebooks, whether or
 * not Workbench lists them.
 */
final class Instances extends GcpPart {
    private static final GoogleOperation MACHINES =
            AggregatedList.operation("instances", "compute.googleapis.com/Instance", ACCOUNT, "instance");

    /** The attribute that says under which conditions a machine was got. */
    static final String MODEL = "provisioning_model";

    /** As Compute Engine calls what waits in a queue and then runs for a time that ends. */
    static final String FLEX_START = "FLEX_START";

    private static final Set<String> NOT_RUNNING = Set.of("TERMINATED", "STOPPED", "SUSPENDED");

    Instances() {
        super("instances", Slice.Dataset.INVENTORY, List.of(MACHINES));
    }

    @Override
    public void read(GcpPlace place, Window window, Known known, Sink sink) {
        Details details = place.details(sink);
        list(place).read(word(), details, sink::gap, told -> read(place, told, sink));
        details.failUnlessSomethingAnswered();
    }

    /** All machines of the project, whatever they have. */
    static AggregatedList list(GcpPlace place) {
        return new AggregatedList(place, MACHINES);
    }

    /** One with accelerators, or a notebook. */
    static boolean isLookedAt(JsonNode told) {
        return isWorkbench(told) || accelerators(told).isPresent();
    }

    static String id(GcpPlace place, JsonNode told) {
        return place.machineId(GcpPlace.last(Json.text(told, "/zone")), Json.text(told, "/id"));
    }

    private static Optional<Accelerators> accelerators(JsonNode told) {
        return Accelerators.ofInstance(GcpPlace.last(Json.text(told, "/machineType")), told.path("guestAccelerators"));
    }

    private static void read(GcpPlace place, JsonNode told, Sink sink) {
        String type = GcpPlace.last(Json.text(told, "/machineType"));
        Optional<Accelerators> accelerators = accelerators(told);
        if (!isLookedAt(told)) {
            return;
        }
        String zone = GcpPlace.last(Json.text(told, "/zone"));
        String status = Json.text(told, "/status");
        Map<String, String> labels = GcpPlace.labels(told);
        Resource.Builder resource = place.resource(id(place, told), isWorkbench(told) ? "notebook" : "instance")
                .name(Json.text(told, "/name"))
                .region(GcpPlace.region(zone))
                .machineType(type)
                .replicas(isStopped(told) ? 0 : 1) // stopped: no machine is paid for
                .createdAt(Json.instant(told, "/creationTimestamp"))
                .state(state(status))
                .purchase(purchase(told.path("scheduling")))
                .parentId(nodePool(place, labels))
                .workload(workload(told, labels, zone))
                .tags(labels)
                .attributes(attributes(told, zone));
        accelerators.ifPresent(found -> found.describe(resource));
        sink.resource(resource.build());
    }

    private static boolean isStopped(JsonNode told) {
        return NOT_RUNNING.contains(String.valueOf(Json.text(told, "/status")));
    }

    private static boolean isWorkbench(JsonNode told) {
        return metadata(told).containsKey("notebooks-api")
                || GcpPlace.labels(told).containsKey("notebooks-product");
    }

    private static Map<String, String> metadata(JsonNode told) {
        Map<String, String> metadata = new HashMap<>();
        told.at("/metadata/items")
                .forEach(item -> metadata.put(
                        item.path("key").asText(), item.path("value").asText()));
        return metadata;
    }

    static String state(String status) {
        if (status == null) {
            return null;
        }
        return status.equals("TERMINATED") ? "stopped" : status.toLowerCase(Locale.ROOT);
    }

    /** Old machines have no model, and say that they can be preempted. */
    static String purchase(JsonNode scheduling) {
        String model = Json.text(scheduling, "/provisioningModel");
        if ("SPOT".equals(model) || scheduling.path("preemptible").asBoolean(false)) {
            return "spot";
        }
        return "RESERVATION_BOUND".equals(model) ? "committed" : "on_demand";
    }

    /** The node pool of GKE that the machine is one of; null = of none. */
    private static String nodePool(GcpPlace place, Map<String, String> labels) {
        String cluster = labels.get("goog-k8s-cluster-name");
        String pool = labels.get("goog-k8s-node-pool-name");
        String location = labels.get("goog-k8s-cluster-location");
        return cluster == null || pool == null || location == null
                ? null
                : NodePools.id(place.project(), location, cluster, pool);
    }

    /** What lives longer than the machine: the node pool or instance group that would make it again; null = nothing. */
    private static String workload(JsonNode told, Map<String, String> labels, String zone) {
        String cluster = labels.get("goog-k8s-cluster-name");
        String pool = labels.get("goog-k8s-node-pool-name");
        if (cluster != null && pool != null) {
            return "nodepool/" + labels.getOrDefault("goog-k8s-cluster-location", zone) + "/" + cluster + "/" + pool;
        }
        String group = GcpPlace.after(manager(told), "instanceGroupManagers");
        return group == null ? null : "instance-group/" + zone + "/" + group;
    }

    /** Who made the machine, such as an instance group manager, by its path; null where nobody tells. */
    private static String manager(JsonNode told) {
        return metadata(told).get("created-by");
    }

    private static Map<String, String> attributes(JsonNode told, String zone) {
        return new Attributes()
                .put("zone", zone)
                .put(MODEL, Json.text(told, "/scheduling/provisioningModel"))
                .put("last_started_at", Json.instant(told, "/lastStartTimestamp"))
                .put("last_stopped_at", Json.instant(told, "/lastStopTimestamp"))
                .put("stopped_since", isStopped(told) ? Json.instant(told, "/lastStopTimestamp") : null)
                .put("created_by", manager(told))
                .put("reservation", reservation(told.path("reservationAffinity")))
                .put("local_ssds", localDisks(told))
                .put("max_run_seconds", Json.text(told, "/scheduling/maxRunDuration/seconds"))
                .values();
    }

    /** Disks of the machine itself: what lies there is lost when it stops. */
    private static long localDisks(JsonNode told) {
        return StreamSupport.stream(told.path("disks").spliterator(), false)
                .filter(disk -> "SCRATCH".equals(Json.text(disk, "/type")))
                .count();
    }

    private static String reservation(JsonNode affinity) {
        return "SPECIFIC_RESERVATION".equals(Json.text(affinity, "/consumeReservationType"))
                ? Json.text(affinity, "/values/0")
                : null;
    }
}
