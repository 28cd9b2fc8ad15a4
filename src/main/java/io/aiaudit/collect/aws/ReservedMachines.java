package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Frequency.REGION;
import static io.aiaudit.collect.Operation.COMMITMENTS;
import static io.aiaudit.collect.aws.AwsService.EC2;

import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.GapTopic;
import io.aiaudit.model.Money;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.RecurringCharge;
import software.amazon.awssdk.services.ec2.model.ReservedInstances;

/** Reserved instances of EC2, with what they cost an hour, paid in advance or not, and how much of them was used. */
final class ReservedMachines extends AwsPart {
    static final List<AwsOperation> OPERATIONS = List.of(EC2.operation("DescribeReservedInstances", REGION, COMMITMENTS)
            .probe((client, session) -> active(session)));

    private static final BigDecimal SECONDS_PER_HOUR = new BigDecimal(3600);

    ReservedMachines() {
        super(
                GapTopic.RESERVED_INSTANCES.words(),
                Slice.Dataset.COMMITMENTS,
                AwsOperation.all(OPERATIONS, CommitmentUse.OPERATIONS));
    }

    @Override
    public boolean mayBeUnknown() {
        return true;
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        List<ReservedInstances> reserved = active(session);
        if (reserved.isEmpty()) {
            return;
        }
        Map<String, BigDecimal> used =
                CommitmentUse.orGap(session, label(), sink, () -> CommitmentUse.ofReservedInstances(session, window));
        Details details = session.details(sink);
        for (ReservedInstances machines : reserved) {
            details.make(
                            label(),
                            machines.reservedInstancesId(),
                            () -> new Commitment(
                                    "aws",
                                    arn(
                                            session,
                                            Objects.requireNonNull(
                                                    machines.reservedInstancesId(), "reservedInstancesId")),
                                    "reserved_instances",
                                    scope(session, machines),
                                    machines.start(),
                                    machines.end(),
                                    hourly(machines),
                                    used.get(machines.reservedInstancesId())))
                    .ifPresent(commitment -> sink.commitment(commitment, machines.currencyCodeAsString()));
        }
    }

    static List<ReservedInstances> active(AwsSession session) {
        return session.ec2()
                .describeReservedInstances(request -> request.filters(Filter.builder()
                        .name("state")
                        .values("active", "payment-pending")
                        .build()))
                .reservedInstances();
    }

    /** As a bill names them. */
    private static String arn(AwsSession session, String id) {
        return "arn:" + session.partition() + ":ec2:" + session.region() + ":" + session.account()
                + ":reserved-instances/" + id;
    }

    /** Account, where they count (a region, or one zone of it) and what they are for. */
    private static String scope(AwsSession session, ReservedInstances machines) {
        String where = machines.availabilityZone() == null
                        || machines.availabilityZone().isEmpty()
                ? session.region()
                : machines.availabilityZone();
        return session.scope(where, AwsSession.counted(machines.instanceCount(), machines.instanceTypeAsString()));
    }

    /**
     * An hour of all of them: what was paid in advance spread over its term, and what is paid as it goes. Null where
     * their number is unknown.
     */
    private static BigDecimal hourly(ReservedInstances machines) {
        if (machines.instanceCount() == null) {
            return null;
        }
        BigDecimal each = machines.recurringCharges().stream()
                .filter(charge -> "Hourly".equals(charge.frequencyAsString()) && charge.amount() != null)
                .map(RecurringCharge::amount)
                .map(BigDecimal::valueOf)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (machines.usagePrice() != null) {
            each = each.add(new BigDecimal(machines.usagePrice().toString()));
        }
        if (machines.fixedPrice() != null && machines.duration() != null && machines.duration() > 0) {
            each = each.add(new BigDecimal(machines.fixedPrice().toString())
                    .multiply(SECONDS_PER_HOUR)
                    .divide(BigDecimal.valueOf(machines.duration()), Money.PRECISION));
        }
        return each.multiply(BigDecimal.valueOf(machines.instanceCount()));
    }
}
