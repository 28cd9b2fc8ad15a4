package io.aiaudit.collect.azure;

import static io.aiaudit.collect.Frequency.ACCOUNT;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.List;

/** Capacity that is held for machines with accelerators, and how many machines use it: paid for either way. */
final class CapacityReservations extends AzurePart {
    private static final AzureOperation GROUPS = AzureOperation.get(
            "/subscriptions/{subscription}/providers/Microsoft.Compute/capacityReservationGroups",
            AzureSession.COMPUTE_VERSION,
            ACCOUNT,
            "capacity_reservation");
    private static final Frequency EACH = new Frequency("1 for each group of reserved capacity and each reservation");
    private static final String RESERVATIONS =
            "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Compute"
                    + "/capacityReservationGroups/{reservations}/capacityReservations";
    private static final AzureOperation OF_GROUP =
            AzureOperation.get(RESERVATIONS, AzureSession.COMPUTE_VERSION, EACH, "capacity_reservation");
    private static final AzureOperation ONE = AzureOperation.get(
                    RESERVATIONS + "/{reservation}", AzureSession.COMPUTE_VERSION, EACH, "capacity_reservation")
            .untried();

    CapacityReservations() {
        super("capacity reservations", Slice.Dataset.INVENTORY, List.of(GROUPS, OF_GROUP, ONE, MachineTypes.SKUS));
    }

    @Override
    public void read(AzureSession session, Window window, Known known, Sink sink) {
        MachineTypes types = session.arm().types();
        Details details = session.details(sink);
        List<JsonNode> groups = details.list(
                "groups of capacity reservations", group -> session.arm().each(session.request(GROUPS), group));
        for (JsonNode group : groups) {
            String id = Json.text(group, "/id");
            List<JsonNode> reservations = details.list(
                    "capacity reservations",
                    Json.text(group, "/name"),
                    reservation -> session.arm().each(session.arm().about(id, OF_GROUP), reservation));
            Machines.learn(session, types, reservations, sink);
            for (JsonNode listed : reservations) {
                String region = AzureSession.region(Json.text(listed, "/location"));
                if (types.isAccelerated(region, Json.text(listed, "/sku/name"))) {
                    String name = Json.text(listed, "/name");
                    JsonNode used = details.call(
                                    "use of capacity reservations",
                                    name,
                                    () -> session.arm()
                                            .call(
                                                    session.arm()
                                                            .about(id, ONE)
                                                            .query("$expand", "instanceView")
                                                            .with("reservation", name),
                                                    "/properties/instanceView"))
                            .orElse(listed);
                    details.make(label(), Json.text(used, "/name"), () -> resource(session, types, used, region))
                            .ifPresent(sink::resource);
                }
            }
        }
        details.failUnlessSomethingAnswered();
    }

    /** Replicas are the machines that do not run: only they are paid for here, the others as machines of their own. */
    private static Resource resource(AzureSession session, MachineTypes types, JsonNode reservation, String region) {
        String type = Json.text(reservation, "/sku/name");
        Integer held = Json.integer(reservation, "/sku/capacity");
        Integer used = reservation.at("/properties/instanceView").isMissingNode()
                ? null
                : reservation
                        .at("/properties/instanceView/utilizationInfo/virtualMachinesAllocated")
                        .size();
        ResourceBuilder resource = session.resource(reservation, "capacity_reservation")
                .machineType(type)
                .replicas(held == null || used == null ? null : Integer.valueOf(Math.max(0, held - used)))
                .createdAt(Json.instant(reservation, "/properties/timeCreated"))
                .state(Json.text(reservation, "/properties/provisioningState"))
                .purchase("on_demand")
                .attributes(new Attributes()
                        .put("held_instances", held)
                        .put("used_instances", used)
                        .put(
                                "associated_instances",
                                reservation
                                        .at("/properties/virtualMachinesAssociated")
                                        .size())
                        .put("availability_zone", Json.text(reservation, "/zones/0"))
                        .values());
        types.describe(resource, region, type);
        return resource.build();
    }
}
