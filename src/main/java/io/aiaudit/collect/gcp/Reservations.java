package io.aiaudit.collect.gcp;

import static io.aiaudit.collect.Frequency.ACCOUNT;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.List;
import java.util.Optional;

/**
 * Machines with accelerators that are reserved, used or not. Only their unused part is billed on the reservation
 * itself.
 */
final class Reservations extends GcpPart {
    private static final GoogleOperation LIST = AggregatedList.operation(
            "reservations", "compute.googleapis.com/Reservation", ACCOUNT, "capacity_reservation");

    Reservations() {
        super("reservations", Slice.Dataset.INVENTORY, List.of(LIST));
    }

    @Override
    public void read(GcpSession session, Window window, Known known, Sink sink) {
        Details details = session.details(sink);
        new AggregatedList(session, LIST)
                .read(
                        label(),
                        details,
                        sink::gap,
                        reservation -> details.attempt(
                                label(), session.shortName(reservation), () -> read(session, reservation, sink)));
        details.failUnlessSomethingAnswered();
    }

    private static void read(GcpSession session, JsonNode reservation, Sink sink) {
        JsonNode machines = reservation.path("specificReservation");
        String type = Json.text(machines, "/instanceProperties/machineType");
        Optional<Accelerators> accelerators =
                Accelerators.ofInstance(type, machines.at("/instanceProperties/guestAccelerators"));
        if (accelerators.isEmpty()) {
            return;
        }
        String zone = GcpSession.last(Json.needed(reservation, "/zone"));
        ResourceBuilder resource = session.resource(
                        "//compute.googleapis.com/projects/" + session.number() + "/zones/" + zone + "/reservations/"
                                + Json.needed(reservation, "/id"),
                        "capacity_reservation")
                .name(Json.text(reservation, "/name"))
                .region(GcpSession.region(zone))
                .machineType(type)
                .replicas(unused(machines))
                .createdAt(Json.instant(reservation, "/creationTimestamp"))
                .state(Instances.state(Json.text(reservation, "/status")))
                .workload("reservation/" + zone + "/" + Json.text(reservation, "/name"))
                .attributes(new Attributes()
                        .put("zone", zone)
                        .put("held_instances", Json.integer(machines, "/count"))
                        .put("used_instances", Json.integer(machines, "/inUseCount"))
                        .put("match", match(reservation))
                        .put("commitment", GcpSession.last(Json.text(reservation, "/commitment")))
                        .values());
        accelerators.get().describe(resource);
        sink.resource(resource.build());
    }

    /** Whether only instances that name it may use it; null where it is not given. */
    private static String match(JsonNode reservation) {
        JsonNode required = reservation.path("specificReservationRequired");
        if (!required.isBoolean()) {
            return null;
        }
        return required.booleanValue() ? "specific" : "automatic";
    }

    /** What is used is paid for as the machines that use it. */
    private static Integer unused(JsonNode machines) {
        Integer reserved = Json.integer(machines, "/count");
        Integer used = Json.integer(machines, "/inUseCount");
        return reserved == null || used == null ? null : Integer.valueOf(reserved - used);
    }
}
