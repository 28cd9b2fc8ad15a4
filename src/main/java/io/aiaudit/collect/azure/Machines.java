package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Virtual machines with accelerators and their disks. One whose system is shut down is still paid for; only a
 * deallocated one is not.
 */
final class Machines extends AzurePart {
    private static final String DISKS_VERSION = "2024-03-02";
    private static final AzureOperation LIST = AzureOperation.get(
            "/subscriptions/{subscription}/providers/Microsoft.Compute/virtualMachines",
            AzureSession.COMPUTE_VERSION,
            AzureOperation.WHERE_NOTHING_IS,
            "instance");
    private static final AzureOperation DISKS = AzureOperation.get(
            "/subscriptions/{subscription}/providers/Microsoft.Compute/disks",
            DISKS_VERSION,
            AzureOperation.WHERE_NOTHING_IS,
            "volume");

    static final ResourceGraph.Type TYPE = new ResourceGraph.Type("Microsoft.Compute/virtualMachines", LIST);
    private static final ResourceGraph.Type DISK = new ResourceGraph.Type("Microsoft.Compute/disks", DISKS);

    private static final String POWER = "PowerState/";
    private static final String PROVISIONING = "ProvisioningState/";

    /**
     * Of a machine that has no power state: it is not there yet, or never came to be. One that has both runs, whatever
     * failed on it.
     */
    private static final Set<String> NEVER_STARTED = Set.of("creating", "failed");

    /** Of disks on a machine; all others are of one that none has, such as while it is exported or uploaded. */
    private static final Set<String> ATTACHED = Set.of("attached", "reserved", "frozen", "activesasfrozen");

    /** States in which no machine is paid for. */
    private static final Set<String> WITHOUT_MACHINE = Set.of("deallocating", "deallocated", "creating", "failed");

    Machines() {
        super(
                "machines",
                Slice.Dataset.INVENTORY,
                List.of(ResourceGraph.RESOURCES, LIST, DISKS, MachineTypes.SKUS, ActivityLog.EVENTS));
    }

    @Override
    public void read(AzureSession session, Window window, Known known, Sink sink) {
        Details details = session.details(sink);
        List<JsonNode> found = new ResourceGraph(session).of(List.of(TYPE, DISK), details);
        List<JsonNode> machines = found.stream().filter(TYPE::isOf).toList();
        MachineTypes types = session.arm().types();
        learn(session, types, machines, sink);
        List<JsonNode> accelerated = machines.stream()
                .filter(machine -> types.isAccelerated(region(machine), type(machine)))
                .toList();
        Map<String, String> states = states(session, accelerated, details);
        Map<String, JsonNode> disks = new HashMap<>();
        found.stream().filter(DISK::isOf).forEach(disk -> disks.put(AzureSession.id(Json.text(disk, "/id")), disk));
        for (JsonNode machine : accelerated) {
            String state = states.get(AzureSession.id(Json.text(machine, "/id")));
            details.make(label(), name(machine), () -> resource(session, types, machine, state, details))
                    .ifPresent(sink::resource);
            attached(machine).stream()
                    .filter(disks::containsKey)
                    .forEach(id -> sink.resource(disk(session, disks.get(id), machine, state)));
        }
        details.make(
                "disks",
                found.stream()
                        .filter(disk -> DISK.isOf(disk) && isUnattached(disk))
                        .toList(),
                Machines::name,
                disk -> unattached(session, disk),
                sink::resource);
        details.failUnlessSomethingAnswered();
    }

    static void learn(AzureSession session, MachineTypes types, List<JsonNode> machines, Sink sink) {
        machines.stream()
                .filter(machine -> region(machine) != null && type(machine) != null)
                .collect(Collectors.groupingBy(
                        Machines::region,
                        java.util.TreeMap::new,
                        Collectors.mapping(Machines::type, Collectors.toList())))
                .forEach((region, names) -> types.learn(session, region, names, sink));
    }

    private static String name(JsonNode resource) {
        return Json.text(resource, "/name");
    }

    private static String region(JsonNode machine) {
        return AzureSession.region(Json.text(machine, "/location"));
    }

    /** Of a machine, or of a scale set. */
    private static String type(JsonNode machine) {
        String ofMachine = Json.text(machine, "/properties/hardwareProfile/vmSize");
        return ofMachine == null ? Json.text(machine, "/sku/name") : ofMachine;
    }

    /** By id. The graph returns states; where it does not, the list of states does, in one request for all. */
    private static Map<String, String> states(AzureSession session, List<JsonNode> machines, Details details) {
        Map<String, String> states = new HashMap<>();
        machines.forEach(machine ->
                put(states, machine, Json.text(machine, "/properties/extended/instanceView/powerState/code")));
        if (states.size() < machines.size()) {
            RestRequest all = session.request(LIST).query("statusOnly", "true");
            List<JsonNode> listed =
                    details.list("instance states", machine -> session.arm().each(all, machine));
            for (JsonNode machine : listed) {
                put(states, machine, state(machine.at("/properties/instanceView/statuses")));
            }
        }
        return states;
    }

    /** Null where nothing of it shows whether there is a machine. */
    private static String state(JsonNode statuses) {
        String provisioning = null;
        for (JsonNode status : statuses) {
            String code = String.valueOf(Json.text(status, "/code"));
            if (code.startsWith(POWER)) {
                return code;
            }
            if (code.startsWith(PROVISIONING)) { // such as ProvisioningState/failed/AllocationFailed
                provisioning = code.split("/", -1)[1].toLowerCase(Locale.ROOT);
            }
        }
        return provisioning != null && NEVER_STARTED.contains(provisioning) ? provisioning : null;
    }

    private static void put(Map<String, String> states, JsonNode machine, String code) {
        if (code != null) {
            states.put(
                    AzureSession.id(Json.text(machine, "/id")),
                    code.replaceFirst("^" + POWER, "").toLowerCase(Locale.ROOT));
        }
    }

    private static Resource resource(
            AzureSession session, MachineTypes types, JsonNode machine, String state, Details details) {
        JsonNode properties = machine.path("properties");
        ResourceBuilder resource = session.resource(machine, "instance")
                .machineType(type(machine))
                .replicas(state == null ? null : Integer.valueOf(WITHOUT_MACHINE.contains(state) ? 0 : 1))
                .createdAt(Json.instant(properties, "/timeCreated"))
                .state(state)
                .purchase(isSpot(Json.text(properties, "/priority")) ? "spot" : "on_demand")
                .workload(workload(properties))
                .attributes(attributes(session, machine, state, details).values());
        types.describe(resource, region(machine), type(machine));
        return resource.build();
    }

    static boolean isSpot(String priority) {
        return "Spot".equalsIgnoreCase(priority) || "Low".equalsIgnoreCase(priority);
    }

    /** What outlives the machine: the scale set that would make it again; null = nothing. */
    private static String workload(JsonNode properties) {
        String set = Json.text(properties, "/virtualMachineScaleSet/id");
        return set == null ? null : AzureSession.id(set);
    }

    private static Attributes attributes(AzureSession session, JsonNode machine, String state, Details details) {
        JsonNode properties = machine.path("properties");
        Attributes attributes = new Attributes()
                .put("system", Json.text(properties, "/storageProfile/osDisk/osType"))
                .put("licence", Json.text(properties, "/licenseType"))
                .put("priority", Json.text(properties, "/priority"))
                .put("eviction", Json.text(properties, "/evictionPolicy"))
                .put("availability_zone", Json.text(machine, "/zones/0"))
                .put("scale_set", AzureSession.id(Json.text(properties, "/virtualMachineScaleSet/id")))
                .put(
                        "capacity_reservation",
                        AzureSession.id(Json.text(properties, "/capacityReservation/capacityReservationGroup/id")));
        if (ActivityLog.knows(state)) {
            attributes.put("stopped_since", new ActivityLog(session, details).stoppedSince(machine, state));
        }
        return attributes;
    }

    private static Set<String> attached(JsonNode machine) {
        Set<String> disks = new TreeSet<>();
        List<JsonNode> profiles = new ArrayList<>(List.of(machine.at("/properties/storageProfile/osDisk")));
        machine.at("/properties/storageProfile/dataDisks").forEach(profiles::add);
        for (JsonNode profile : profiles) {
            String id = Json.text(profile, "/managedDisk/id");
            if (id != null) {
                disks.add(AzureSession.id(id));
            }
        }
        return disks;
    }

    /**
     * One that no machine has, not even a released one, for which it is reserved: whatever else its state says. The
     * state counts where the owner is left out.
     */
    private static boolean isUnattached(JsonNode disk) {
        String state = Json.text(disk, "/properties/diskState");
        return Json.text(disk, "/managedBy") == null
                && disk.path("managedByExtended").isEmpty()
                && disk.at("/properties/shareInfo").isEmpty()
                && state != null
                && !ATTACHED.contains(state.toLowerCase(Locale.ROOT));
    }

    private static Resource unattached(AzureSession session, JsonNode disk) {
        Instant since = Json.instant(disk, "/properties/LastOwnershipUpdateTime");
        return disk(
                session,
                disk,
                diskAttributes(disk)
                        .put("attached", "false")
                        .put(
                                "detached_since",
                                since == null ? Json.instant(disk, "/properties/lastOwnershipUpdateTime") : since));
    }

    private static Resource disk(AzureSession session, JsonNode disk, JsonNode machine, String state) {
        return disk(
                session,
                disk,
                diskAttributes(disk)
                        .put("attached_to", AzureSession.id(Json.text(machine, "/id")))
                        .put("instance_state", state));
    }

    private static Attributes diskAttributes(JsonNode disk) {
        int attachments = disk.at("/properties/shareInfo").size();
        return new Attributes()
                .put("size_gib", Json.integer(disk, "/properties/diskSizeGB"))
                .put("attachments", attachments > 1 ? attachments : null);
    }

    /** A disk is paid for on its own, whether the machine runs or not. */
    private static Resource disk(AzureSession session, JsonNode disk, Attributes attributes) {
        return session.resource(disk, "volume")
                .machineType(Json.text(disk, "/sku/name"))
                .createdAt(Json.instant(disk, "/properties/timeCreated"))
                .state(Json.text(disk, "/properties/diskState"))
                .attributes(attributes.values())
                .build();
    }
}
