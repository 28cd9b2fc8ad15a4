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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Persistent disks that nothing is attached to, and those of machines with accelerators and of notebooks. A disk is
 * paid for on its own, whether a machine runs or not.
 */
final class Disks extends GcpPart {
    private static final GoogleOperation LIST =
            AggregatedList.operation("disks", "compute.googleapis.com/Disk", ACCOUNT, "volume");

    Disks() {
        super("disks", Slice.Dataset.INVENTORY, List.of(LIST));
    }

    @Override
    public void read(GcpSession session, Window window, Known known, Sink sink) {
        List<JsonNode> attached = new ArrayList<>();
        Details details = session.details(sink);
        new AggregatedList(session, LIST).read(label(), details, sink::gap, disk -> {
            if (disk.path("users").isEmpty()) {
                details.make(label(), session.shortName(disk), () -> resource(session, disk, null))
                        .ifPresent(sink::resource);
            } else {
                attached.add(disk);
            }
        });
        details.failUnlessSomethingAnswered();
        if (!attached.isEmpty()) {
            Map<String, JsonNode> machines = machines(session, details);
            attached.forEach(disk -> {
                JsonNode machine = machines.get(path(Json.text(disk, "/selfLink")));
                if (machine != null) {
                    details.make(label(), session.shortName(disk), () -> resource(session, disk, machine))
                            .ifPresent(sink::resource);
                }
            });
        }
    }

    /**
     * Machines that are looked at, by the disks that they have. Those that did not answer are a gap of the machines.
     */
    private static Map<String, JsonNode> machines(GcpSession session, Details details) {
        Map<String, JsonNode> machines = new HashMap<>();
        Instances.each(
                session,
                "disks of instances",
                details,
                gap -> {},
                machine ->
                        machine.path("disks").forEach(disk -> machines.put(path(Json.text(disk, "/source")), machine)));
        return machines;
    }

    /** Of an address, what does not depend on the service's own address. */
    private static String path(String address) {
        return String.valueOf(address).replaceFirst("^.*/projects/", "");
    }

    private static Resource resource(GcpSession session, JsonNode disk, JsonNode machine) {
        String zone = GcpSession.last(Json.text(disk, "/zone"));
        String region = zone == null ? GcpSession.last(Json.needed(disk, "/region")) : GcpSession.region(zone);
        int users = disk.path("users").size();
        String where = zone == null ? "regions/" + region : "zones/" + zone;
        return session.resource(
                        "//compute.googleapis.com/projects/" + session.number() + "/" + where + "/disks/"
                                + Json.needed(disk, "/id"),
                        "volume")
                .name(Json.text(disk, "/name"))
                .region(region)
                .machineType((zone == null ? SkuPart.REGIONAL : "") + GcpSession.last(Json.text(disk, "/type")))
                .createdAt(Json.instant(disk, "/creationTimestamp"))
                .state(machine == null ? "unattached" : "attached")
                .tags(GcpSession.labels(disk))
                .attributes(new Attributes()
                        .put("zone", zone)
                        .put("size_gib", Json.integer(disk, "/sizeGb"))
                        .put("attached", String.valueOf(machine != null))
                        .put("attached_to", machine == null ? null : Instances.id(session, machine))
                        .put("attachments", users > 1 ? users : null)
                        .put("detached_since", machine == null ? Json.instant(disk, "/lastDetachTimestamp") : null)
                        .values())
                .build();
    }
}
