package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Frequency.REGION;
import static io.aiaudit.collect.Operation.COMMITMENTS;
import static io.aiaudit.collect.Operation.DETAILS;
import static io.aiaudit.collect.aws.AwsService.EC2;

import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.CapacityReservation;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.GetCapacityReservationUsageResponse;
import software.amazon.awssdk.services.ec2.model.InstanceUsage;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Capacity that an account holds for machines with accelerators, and capacity blocks that it bought for a fixed time.
 * What others share with the account is theirs.
 */
final class CapacityReservations extends AwsPart {
    private static final Frequency FOUND = new Frequency("capacity reservations", "1 for each");

    private static final String NO_RESERVATION = "cr-00000000000000000";

    static final List<AwsOperation> OPERATIONS = List.of(
            EC2.operation("DescribeCapacityReservations", REGION, "capacity_reservation", COMMITMENTS)
                    .probe(client -> client.describeCapacityReservations(request -> request.maxResults(5))),
            EC2.operation("GetCapacityReservationUsage", FOUND, DETAILS)
                    .probe(client -> client.getCapacityReservationUsage(
                            request -> request.capacityReservationId(NO_RESERVATION))));

    private static final String BLOCK = "capacity-block";
    private static final String ACTIVE = "active";

    CapacityReservations() {
        super("capacity reservations", Slice.Dataset.INVENTORY, AwsOperation.all(OPERATIONS, MachineTypes.OPERATIONS));
    }

    @Override
    public boolean mayBeUnknown() {
        return true;
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        Details details = session.details(sink);
        List<CapacityReservation> held = details
                .<CapacityReservation>list(
                        "capacity reservations",
                        reservation -> session.ec2()
                                .describeCapacityReservationsPaginator(request -> request.maxResults(1000)
                                        .filters(Filter.builder()
                                                .name("state")
                                                .values(ACTIVE, "scheduled")
                                                .build()))
                                .capacityReservations()
                                .forEach(reservation))
                .stream()
                .filter(reservation ->
                        reservation.ownerId() == null || session.account().equals(reservation.ownerId()))
                .toList();
        details.failUnlessSomethingAnswered();
        MachineTypes types = MachineTypes.of(
                details,
                session,
                held.stream().map(CapacityReservation::instanceType).toList());
        for (CapacityReservation reservation : held) {
            if (!types.isAccelerated(reservation.instanceType())) {
                continue;
            }
            String id = reservation.capacityReservationId();
            if (ACTIVE.equals(reservation.stateAsString())) {
                details.make(label(), id, () -> resource(session, details, types, reservation))
                        .ifPresent(sink::resource);
            }
            if (isBlock(reservation)) {
                details.make(label(), id, () -> block(session, reservation)).ifPresent(sink::commitment);
            }
        }
    }

    private static boolean isBlock(CapacityReservation reservation) {
        return BLOCK.equals(reservation.reservationTypeAsString());
    }

    /** Null where EC2 does not say both numbers. */
    private static Integer used(CapacityReservation reservation) {
        return reservation.totalInstanceCount() == null || reservation.availableInstanceCount() == null
                ? null
                : Integer.valueOf(reservation.totalInstanceCount() - reservation.availableInstanceCount());
    }

    /** Paid in advance, at a price that is unknown here. */
    private static Commitment block(AwsSession session, CapacityReservation reservation) {
        Integer used = used(reservation);
        boolean counted =
                ACTIVE.equals(reservation.stateAsString()) && used != null && reservation.totalInstanceCount() > 0;
        return new Commitment(
                "aws",
                Objects.requireNonNull(reservation.capacityReservationArn(), "capacityReservationArn"),
                "capacity_block",
                session.scope(
                        reservation.availabilityZone(),
                        AwsSession.counted(reservation.totalInstanceCount(), reservation.instanceType())),
                reservation.startDate(),
                reservation.endDate(),
                null,
                counted
                        ? BigDecimal.valueOf(used)
                                .divide(BigDecimal.valueOf(reservation.totalInstanceCount()), MathContext.DECIMAL32)
                        : null);
    }

    /** Replicas are the machines that do not run: only they are paid for here, the others as machines of their own. */
    private static Resource resource(
            AwsSession session, Details details, MachineTypes types, CapacityReservation reservation) {
        Map<String, String> tags = new HashMap<>();
        reservation.tags().forEach(tag -> tags.put(tag.key(), text(tag)));
        ResourceBuilder resource = session.resource(reservation.capacityReservationArn(), "capacity_reservation")
                .name(tags.getOrDefault("Name", reservation.capacityReservationId()))
                .machineType(reservation.instanceType())
                .replicas(reservation.availableInstanceCount())
                .createdAt(reservation.startDate() == null ? reservation.createDate() : reservation.startDate())
                .state(reservation.stateAsString())
                .purchase(isBlock(reservation) ? "committed" : "on_demand")
                .tags(tags)
                .attributes(attributes(session, details, reservation));
        types.describe(resource, reservation.instanceType());
        return resource.build();
    }

    private static String text(Tag tag) {
        return tag.value() == null ? "" : tag.value();
    }

    private static Map<String, String> attributes(
            AwsSession session, Details details, CapacityReservation reservation) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put("held_instances", String.valueOf(reservation.totalInstanceCount()));
        attributes.put("used_instances", String.valueOf(used(reservation)));
        put(attributes, "reservation_type", reservation.reservationTypeAsString());
        put(attributes, "availability_zone", reservation.availabilityZone());
        put(attributes, "platform", reservation.instancePlatformAsString());
        put(attributes, "match", reservation.instanceMatchCriteriaAsString());
        put(attributes, "ends_at", reservation.endDate());
        put(attributes, "unused_is_paid_by", reservation.unusedReservationBillingOwnerId());
        Integer used = used(reservation);
        if (used == null || used > 0) {
            details.call(
                            "accounts that use capacity reservations",
                            reservation.capacityReservationId(),
                            () -> AwsFailure.unlessGone(() -> users(session, reservation.capacityReservationId())))
                    .flatMap(users -> users)
                    .ifPresent(users -> put(attributes, "used_by", users));
        }
        return attributes;
    }

    /** The accounts whose machines run in it, with how many of them. */
    private static String users(AwsSession session, String id) {
        List<InstanceUsage> usages = new ArrayList<>();
        String token = null;
        do {
            String next = token;
            GetCapacityReservationUsageResponse page = session.ec2()
                    .getCapacityReservationUsage(
                            request -> request.capacityReservationId(id).nextToken(next));
            usages.addAll(page.instanceUsages());
            token = page.nextToken();
        } while (token != null && !token.isEmpty());
        return usages.stream()
                .filter(usage -> usage.usedInstanceCount() != null && usage.usedInstanceCount() > 0)
                .map(usage -> usage.accountId() + ": " + usage.usedInstanceCount())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static void put(Map<String, String> attributes, String key, Object value) {
        if (value != null && !value.toString().isEmpty()) {
            attributes.put(key, value.toString());
        }
    }
}
