package io.aiaudit.collect.gcp;

import static io.aiaudit.collect.Frequency.ACCOUNT;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.model.Gap;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/**
 * Machines of Compute Engine with accelerators, in the type or attached, stopped ones too; and notebooks, whether or
 * not Workbench lists them.
 */
final class Instances extends GcpPart {
    private static final GoogleOperation MACHINES =
            AggregatedList.operation("instances", "compute.googleapis.com/Instance", ACCOUNT, "instance");

    /** The attribute with the provisioning model of a machine. */
    static final String MODEL = "provisioning_model";

    /** As Compute Engine calls what waits in a queue and then runs for a time that ends. */
    static final String FLEX_START = "FLEX_START";

    private static final String SUSPENDED = "SUSPENDED";
    private static final Set<String> STOPPED = Set.of("TERMINATED", "STOPPED", SUSPENDED);

    /** Unusable for a while, and not paid for: CPU and memory are charged while it runs or shuts down gracefully. */
    private static final String REPAIRING = "REPAIRING";

    /** Waiting for capacity, in a queue or not, or being prepared or removed: not there yet, or not any more. */
    private static final Set<String> NOT_THERE = Set.of("PENDING", "PROVISIONING", "STAGING", "DEPROVISIONING");

    Instances() {
        super("instances", Slice.Dataset.INVENTORY, List.of(MACHINES));
    }

    @Override
    public void read(GcpSession session, Window window, Known known, Sink sink) {
        Details details = session.details(sink);
        each(
                session,
                label(),
                details,
                sink::gap,
                instance -> details.attempt(label(), session.shortName(instance), () -> read(session, instance, sink)));
        details.failUnlessSomethingAnswered();
    }

    /**
     * What the list of all machines gave, of those that are looked at.
     *
     * @param failure null where it was read to its end
     */
    private record Listed(List<JsonNode> instances, List<Gap> gaps, RestFailure failure) {}

    /** All that have accelerators or are notebooks; the list is read once for all parts that need it. */
    static void each(GcpSession session, String what, Details details, Consumer<Gap> gap, Consumer<JsonNode> instance) {
        Listed listed = session.api().once().get("instances of " + session.project(), () -> listed(session));
        listed.gaps().forEach(gap);
        details.<JsonNode>each(
                what,
                null,
                each -> {
                    listed.instances().forEach(each);
                    if (listed.failure() != null) {
                        throw listed.failure();
                    }
                },
                instance);
    }

    private static Listed listed(GcpSession session) {
        List<JsonNode> instances = new ArrayList<>();
        List<Gap> gaps = new ArrayList<>();
        try {
            new AggregatedList(session, MACHINES).each("instances", gaps::add, instance -> {
                if (isLookedAt(instance)) {
                    instances.add(instance);
                }
            });
            return new Listed(instances, gaps, null);
        } catch (RestFailure e) {
            return new Listed(instances, gaps, e);
        }
    }

    /** One with accelerators, or a notebook. */
    private static boolean isLookedAt(JsonNode instance) {
        return isWorkbench(instance) || accelerators(instance).isPresent();
    }

    static String id(GcpSession session, JsonNode instance) {
        return session.machineId(GcpSession.last(Json.needed(instance, "/zone")), Json.needed(instance, "/id"));
    }

    private static Optional<Accelerators> accelerators(JsonNode instance) {
        return Accelerators.ofInstance(
                GcpSession.last(Json.text(instance, "/machineType")), instance.path("guestAccelerators"));
    }

    private static void read(GcpSession session, JsonNode instance, Sink sink) {
        String type = GcpSession.last(Json.text(instance, "/machineType"));
        Optional<Accelerators> accelerators = accelerators(instance);
        String zone = GcpSession.last(Json.text(instance, "/zone"));
        String status = Json.text(instance, "/status");
        Map<String, String> labels = GcpSession.labels(instance);
        ResourceBuilder resource = session.resource(
                        id(session, instance), isWorkbench(instance) ? "notebook" : "instance")
                .name(Json.text(instance, "/name"))
                .region(GcpSession.region(zone))
                .machineType(type)
                .replicas(isRunning(status) ? 1 : 0) // else no machine is paid for
                .createdAt(Json.instant(instance, "/creationTimestamp"))
                .state(state(status))
                .purchase(purchase(instance.path("scheduling")))
                .parentId(nodePool(session, labels))
                .workload(workload(instance, labels, zone))
                .tags(labels)
                .attributes(attributes(instance, zone));
        accelerators.ifPresent(found -> found.describe(resource));
        sink.resource(resource.build());
    }

    private static boolean isRunning(String status) {
        return status == null || !(STOPPED.contains(status) || NOT_THERE.contains(status) || REPAIRING.equals(status));
    }

    /**
     * Null where it is not stopped, or where it was started or made since the last stop that is known: that one is not
     * the present one.
     */
    private static Instant stoppedSince(JsonNode instance) {
        String status = Json.text(instance, "/status");
        if (status == null || !STOPPED.contains(status)) {
            return null;
        }
        Instant stopped =
                Json.instant(instance, status.equals(SUSPENDED) ? "/lastSuspendedTimestamp" : "/lastStopTimestamp");
        return isBefore(stopped, Json.instant(instance, "/lastStartTimestamp"))
                        || isBefore(stopped, Json.instant(instance, "/creationTimestamp"))
                ? null
                : stopped;
    }

    private static boolean isBefore(Instant stopped, Instant other) {
        return stopped != null && other != null && stopped.isBefore(other);
    }

    private static boolean isWorkbench(JsonNode instance) {
        return metadata(instance).containsKey("notebooks-api")
                || GcpSession.labels(instance).containsKey("notebooks-product");
    }

    private static Map<String, String> metadata(JsonNode instance) {
        Map<String, String> metadata = new HashMap<>();
        instance.at("/metadata/items")
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

    /** Old machines have no model, and only a flag that they can be preempted. */
    static String purchase(JsonNode scheduling) {
        String model = Json.text(scheduling, "/provisioningModel");
        if ("SPOT".equals(model) || scheduling.path("preemptible").asBoolean(false)) {
            return "spot";
        }
        return "RESERVATION_BOUND".equals(model) ? "committed" : "on_demand";
    }

    /** The node pool of GKE that the machine is one of; null = of none. */
    private static String nodePool(GcpSession session, Map<String, String> labels) {
        String cluster = labels.get("goog-k8s-cluster-name");
        String pool = labels.get("goog-k8s-node-pool-name");
        String location = labels.get("goog-k8s-cluster-location");
        return cluster == null || pool == null || location == null
                ? null
                : NodePools.id(session.project(), location, cluster, pool);
    }

    /** What outlives the machine: the node pool or instance group that would make it again; null = nothing. */
    private static String workload(JsonNode instance, Map<String, String> labels, String zone) {
        String cluster = labels.get("goog-k8s-cluster-name");
        String pool = labels.get("goog-k8s-node-pool-name");
        if (cluster != null && pool != null) {
            return "nodepool/" + labels.getOrDefault("goog-k8s-cluster-location", zone) + "/" + cluster + "/" + pool;
        }
        String group = GcpSession.after(manager(instance), "instanceGroupManagers");
        return group == null ? null : "instance-group/" + zone + "/" + group;
    }

    /** Who made the machine, such as an instance group manager, by its path; null where it is unknown. */
    private static String manager(JsonNode instance) {
        return metadata(instance).get("created-by");
    }

    private static Map<String, String> attributes(JsonNode instance, String zone) {
        return new Attributes()
                .put("zone", zone)
                .put(MODEL, Json.text(instance, "/scheduling/provisioningModel"))
                .put("last_started_at", Json.instant(instance, "/lastStartTimestamp"))
                .put("last_stopped_at", Json.instant(instance, "/lastStopTimestamp"))
                .put("stopped_since", stoppedSince(instance))
                .put("created_by", manager(instance))
                .put("reservation", reservation(instance.path("reservationAffinity")))
                .put("local_ssds", localDisks(instance))
                .put("max_run_seconds", Json.text(instance, "/scheduling/maxRunDuration/seconds"))
                .values();
    }

    /** Disks of the machine itself: what lies there is lost when it stops. */
    private static long localDisks(JsonNode instance) {
        return StreamSupport.stream(instance.path("disks").spliterator(), false)
                .filter(disk -> "SCRATCH".equals(Json.text(disk, "/type")))
                .count();
    }

    private static String reservation(JsonNode affinity) {
        return "SPECIFIC_RESERVATION".equals(Json.text(affinity, "/consumeReservationType"))
                ? Json.text(affinity, "/values/0")
                : null;
    }
}
