package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Frequency.REGION;
import static io.aiaudit.collect.Operation.COMMITMENTS;
import static io.aiaudit.collect.aws.AwsService.SAGEMAKER;

import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.sagemaker.model.ReservedCapacitySummary;
import software.amazon.awssdk.services.sagemaker.model.TrainingPlanSummary;

/**
 * SageMaker's training plans: machines bought in advance for a fixed time, which jobs and clusters then run on. Each is
 * a commitment, and while it runs a reservation whose replicas are the machines that nothing runs on.
 */
final class TrainingPlans extends AwsPart {
    static final List<AwsOperation> OPERATIONS = List.of(SAGEMAKER
            .operation("ListTrainingPlans", REGION, "capacity_reservation", COMMITMENTS)
            .alwaysLists()
            .probe(client -> client.listTrainingPlans(request -> request.maxResults(1))));

    private static final String ACTIVE = "Active";
    private static final Set<String> BOUGHT = Set.of(ACTIVE, "Scheduled");
    private static final BigDecimal MINUTES_PER_HOUR = new BigDecimal(60);

    TrainingPlans() {
        super("training plans", Slice.Dataset.INVENTORY, OPERATIONS);
    }

    @Override
    public boolean mayBeUnknown() {
        return true;
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        Details details = session.details(sink);
        List<TrainingPlanSummary> plans = details
                .<TrainingPlanSummary>list(
                        "training plans",
                        plan -> session.sageMaker()
                                .listTrainingPlansPaginator(request -> request.maxResults(100))
                                .forEach(page -> page.trainingPlanSummaries().forEach(plan)))
                .stream()
                .filter(plan -> BOUGHT.contains(String.valueOf(plan.statusAsString())))
                .toList();
        details.failUnlessSomethingAnswered();
        MachineTypes types = SageMakerFacts.types(
                details, session, plans.stream().map(TrainingPlans::machineType).toList());
        for (TrainingPlanSummary plan : plans) {
            details.make(label(), plan.trainingPlanName(), () -> commitment(session, plan))
                    .ifPresent(commitment -> sink.commitment(commitment, plan.currencyCode()));
            if (isActive(plan)) {
                details.make(label(), plan.trainingPlanName(), () -> resource(session, details, types, plan))
                        .ifPresent(sink::resource);
            }
        }
    }

    private static boolean isActive(TrainingPlanSummary plan) {
        return ACTIVE.equals(plan.statusAsString());
    }

    private static Set<String> machineTypes(TrainingPlanSummary plan) {
        Set<String> types = new TreeSet<>();
        plan.reservedCapacitySummaries().stream()
                .map(ReservedCapacitySummary::instanceTypeAsString)
                .filter(type -> type != null)
                .forEach(types::add);
        return types;
    }

    /** Null where it holds machines of several types. */
    private static String machineType(TrainingPlanSummary plan) {
        Set<String> types = machineTypes(plan);
        return types.size() == 1 ? types.iterator().next() : null;
    }

    private static Commitment commitment(AwsSession session, TrainingPlanSummary plan) {
        Integer total = plan.totalInstanceCount();
        boolean counted = isActive(plan) && total != null && total > 0 && plan.inUseInstanceCount() != null;
        return new Commitment(
                "aws",
                Objects.requireNonNull(plan.trainingPlanArn(), "trainingPlanArn"),
                "training_plan",
                session.account() + "/" + session.region() + "/" + (total == null ? "" : total + " x ")
                        + String.join(", ", machineTypes(plan)),
                plan.startTime(),
                plan.endTime(),
                hourly(plan),
                counted
                        ? BigDecimal.valueOf(plan.inUseInstanceCount())
                                .divide(BigDecimal.valueOf(total), MathContext.DECIMAL32)
                        : null);
    }

    /**
     * What was paid in advance for an hour in which the machines are there: a plan may have days between its parts.
     * Null where AWS does not give the fee or the hours.
     */
    private static BigDecimal hourly(TrainingPlanSummary plan) {
        if (plan.upfrontFee() == null || plan.upfrontFee().isBlank()) {
            return null;
        }
        BigDecimal hours = number(plan.durationHours())
                .add(number(plan.durationMinutes()).divide(MINUTES_PER_HOUR, MathContext.DECIMAL64));
        return hours.signum() > 0
                ? new BigDecimal(plan.upfrontFee().strip()).divide(hours, MathContext.DECIMAL64)
                : null;
    }

    private static BigDecimal number(Long number) {
        return number == null ? BigDecimal.ZERO : BigDecimal.valueOf(number);
    }

    private static Resource resource(
            AwsSession session, Details details, MachineTypes types, TrainingPlanSummary plan) {
        String machineType = machineType(plan);
        Map<String, String> tags = SageMakerFacts.tags(details, session, plan.trainingPlanArn());
        ResourceBuilder resource = session.resource(plan.trainingPlanArn(), "capacity_reservation")
                .name(plan.trainingPlanName())
                .machineType(machineType)
                .replicas(plan.availableInstanceCount())
                .createdAt(plan.startTime())
                .state(plan.statusAsString())
                .purchase("committed")
                .tags(tags)
                .attributes(new Attributes()
                        .ofTags(tags)
                        .put("reservation_type", "training_plan")
                        .put("held_instances", plan.totalInstanceCount())
                        .put("used_instances", plan.inUseInstanceCount())
                        .put("machine_types", String.join(", ", machineTypes(plan)))
                        .put("for", String.join(", ", plan.targetResourcesAsStrings()))
                        .put("ends_at", plan.endTime())
                        .put("upfront_fee", plan.upfrontFee())
                        .put("upfront_fee_currency", plan.currencyCode())
                        .values());
        types.describe(resource, machineType);
        return resource.build();
    }
}
