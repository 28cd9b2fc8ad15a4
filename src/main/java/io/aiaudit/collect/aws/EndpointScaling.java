package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Operation.DETAILS;

import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.applicationautoscaling.model.SuspendedState;
import software.amazon.awssdk.services.applicationautoscaling.model.TargetTrackingScalingPolicyConfiguration;

/**
 * How Application Auto Scaling changes the number of machines of the endpoints of a region, and of copies of their
 * inference components.
 *
 * @param targets by what scales; null where access is denied
 * @param policies by what scales; null where access is denied
 * @param signals the metrics that its policies follow, by what scales
 * @param schedules by what scales; null where access is denied
 */
record EndpointScaling(
        Map<String, ScalableTarget> targets,
        Map<String, List<String>> policies,
        Map<String, List<String>> signals,
        Map<String, List<String>> schedules) {
    private static final AwsService<ApplicationAutoScalingClient> SERVICE = AwsService.of(
            "ApplicationAutoScaling",
            "application-autoscaling",
            ApplicationAutoScalingClient.class,
            ApplicationAutoScalingClient::builder);

    static final List<AwsOperation> OPERATIONS = List.of(
            SERVICE.operation("DescribeScalableTargets", SageMakerEndpoints.FOUND, DETAILS)
                    .knownToEveryServer()
                    .probe(client -> client.describeScalableTargets(
                            request -> request.serviceNamespace(ServiceNamespace.SAGEMAKER))),
            SERVICE.operation("DescribeScalingPolicies", SageMakerEndpoints.FOUND, DETAILS)
                    .knownToEveryServer()
                    .probe(client -> client.describeScalingPolicies(
                            request -> request.serviceNamespace(ServiceNamespace.SAGEMAKER))),
            SERVICE.operation("DescribeScheduledActions", SageMakerEndpoints.FOUND, DETAILS)
                    .knownToEveryServer()
                    .probe(client -> client.describeScheduledActions(
                            request -> request.serviceNamespace(ServiceNamespace.SAGEMAKER))));

    static final String SCALING = "autoscaling";
    static final String ENABLED = "enabled";
    static final String SCHEDULED = "scheduled";
    static final String UNKNOWN = "unknown";
    static final String NONE = "none";
    private static final String SUSPENDED = "suspended";

    /** All of the region in one chain of pages each. */
    static EndpointScaling of(AwsSession session, Details details) {
        Map<String, ScalableTarget> targets =
                details.call("scaling of endpoints", () -> targets(session)).orElse(null);
        boolean any = targets != null && !targets.isEmpty();
        List<ScalingPolicy> policies = any
                ? details.call("scaling policies of endpoints", () -> policies(session))
                        .orElse(null)
                : List.of();
        return new EndpointScaling(
                targets,
                policies == null ? null : byTarget(policies, EndpointScaling::text),
                policies == null ? Map.of() : byTarget(policies, EndpointScaling::signal),
                any
                        ? details.call("scaling schedules of endpoints", () -> schedules(session))
                                .orElse(null)
                        : Map.of());
    }

    private static Map<String, ScalableTarget> targets(AwsSession session) {
        Map<String, ScalableTarget> targets = new HashMap<>();
        SERVICE.in(session)
                .describeScalableTargetsPaginator(request -> request.serviceNamespace(ServiceNamespace.SAGEMAKER))
                .scalableTargets()
                .forEach(target -> targets.put(target.resourceId(), target));
        return targets;
    }

    private static List<ScalingPolicy> policies(AwsSession session) {
        return SERVICE
                .in(session)
                .describeScalingPoliciesPaginator(request -> request.serviceNamespace(ServiceNamespace.SAGEMAKER))
                .scalingPolicies()
                .stream()
                .toList();
    }

    private static Map<String, List<String>> byTarget(
            List<ScalingPolicy> policies, Function<ScalingPolicy, String> word) {
        return policies.stream()
                .filter(policy -> policy.resourceId() != null && word.apply(policy) != null)
                .collect(Collectors.groupingBy(
                        ScalingPolicy::resourceId, Collectors.mapping(word, Collectors.toList())));
    }

    private static String text(ScalingPolicy policy) {
        return policy.policyTypeAsString() + " " + policy.policyName();
    }

    /** What a policy of target tracking follows; null for steps, whose alarm is read nowhere. */
    private static String signal(ScalingPolicy policy) {
        TargetTrackingScalingPolicyConfiguration tracked = policy.targetTrackingScalingPolicyConfiguration();
        if (tracked == null) {
            return null;
        }
        return tracked.predefinedMetricSpecification() != null
                ? tracked.predefinedMetricSpecification().predefinedMetricTypeAsString()
                : tracked.customizedMetricSpecification() == null
                        ? null
                        : tracked.customizedMetricSpecification().metricName();
    }

    private static Map<String, List<String>> schedules(AwsSession session) {
        Map<String, List<String>> schedules = new HashMap<>();
        SERVICE.in(session)
                .describeScheduledActionsPaginator(request -> request.serviceNamespace(ServiceNamespace.SAGEMAKER))
                .scheduledActions()
                .forEach(action -> schedules
                        .computeIfAbsent(action.resourceId(), id -> new ArrayList<>())
                        .add(action.schedule() + " " + action.scheduledActionName()));
        return schedules;
    }

    /** Of what is called {@code id} there. */
    Map<String, String> attributes(String id) {
        ScalableTarget target = targets == null ? null : targets.get(id);
        if (target == null) {
            return Map.of(SCALING, state(id));
        }
        return new Attributes()
                .put(SCALING, state(id))
                .put("autoscaling_min", target.minCapacity())
                .put("autoscaling_max", target.maxCapacity())
                .put("autoscaling_policies", joined(of(policies, id)))
                .put("autoscaling_metric", joined(of(signals, id)))
                .put("autoscaling_schedules", joined(of(schedules, id)))
                .values();
    }

    /** Null where access is denied. */
    private static List<String> of(Map<String, List<String>> all, String id) {
        return all == null ? null : all.getOrDefault(id, List.of());
    }

    private static String joined(List<String> texts) {
        return texts == null || texts.isEmpty() ? null : String.join(", ", texts);
    }

    /**
     * Whether what is called {@code id} there scales: by its load, by a schedule only, or not. A schedule may move both
     * ends of the range, so it scales where they are one; what is denied might exist.
     */
    String state(String id) {
        ScalableTarget target = targets == null ? null : targets.get(id);
        if (target == null) {
            return targets == null ? UNKNOWN : NONE;
        }
        String byLoad = target.minCapacity() != null && target.minCapacity().equals(target.maxCapacity())
                ? NONE
                : state(of(policies, id), ENABLED, isOff(target, SuspendedState::dynamicScalingInSuspended));
        String bySchedule =
                state(of(schedules, id), SCHEDULED, isOff(target, SuspendedState::scheduledScalingSuspended));
        return Stream.of(ENABLED, SCHEDULED, UNKNOWN, SUSPENDED)
                .filter(state -> state.equals(byLoad) || state.equals(bySchedule))
                .findFirst()
                .orElse(NONE);
    }

    private static String state(List<String> texts, String active, boolean suspended) {
        if (texts == null) {
            return UNKNOWN;
        }
        return texts.isEmpty() ? NONE : suspended ? SUSPENDED : active;
    }

    private static boolean isOff(ScalableTarget target, Function<SuspendedState, Boolean> part) {
        return target.suspendedState() != null && Boolean.TRUE.equals(part.apply(target.suspendedState()));
    }
}
