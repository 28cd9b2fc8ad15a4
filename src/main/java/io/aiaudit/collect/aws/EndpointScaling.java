package io.aiaudit.collect.aws;

import io.aiaudit.collect.Attributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;

/**
 * How Application Auto Scaling changes the number of machines of the endpoints of a region.
 *
 * @param targets by what scales; null where nobody may ask
 * @param policies by what scales; null where nobody may ask
 */
record EndpointScaling(Map<String, ScalableTarget> targets, Map<String, List<String>> policies) {
    private static final String WORD = "autoscaling";
    private static final String UNKNOWN = "unknown";

    /** All of the region in one chain of pages each. */
    static EndpointScaling of(AwsPlace place, Details details) {
        Map<String, ScalableTarget> targets =
                details.ask("scaling of endpoints", () -> targets(place)).orElse(null);
        Map<String, List<String>> policies = targets == null || targets.isEmpty()
                ? Map.of()
                : details.ask("scaling policies of endpoints", () -> policies(place))
                        .orElse(null);
        return new EndpointScaling(targets, policies);
    }

    private static Map<String, ScalableTarget> targets(AwsPlace place) {
        Map<String, ScalableTarget> targets = new HashMap<>();
        client(place)
                .describeScalableTargetsPaginator(request -> request.serviceNamespace(ServiceNamespace.SAGEMAKER))
                .scalableTargets()
                .forEach(target -> targets.put(target.resourceId(), target));
        return targets;
    }

    private static Map<String, List<String>> policies(AwsPlace place) {
        Map<String, List<String>> policies = new HashMap<>();
        client(place)
                .describeScalingPoliciesPaginator(request -> request.serviceNamespace(ServiceNamespace.SAGEMAKER))
                .scalingPolicies()
                .forEach(policy -> policies.computeIfAbsent(policy.resourceId(), id -> new ArrayList<>())
                        .add(said(policy)));
        return policies;
    }

    private static String said(ScalingPolicy policy) {
        return policy.policyTypeAsString() + " " + policy.policyName();
    }

    private static ApplicationAutoScalingClient client(AwsPlace place) {
        return place.client(ApplicationAutoScalingClient.class, ApplicationAutoScalingClient::builder);
    }

    /** Of what is called {@code id} there. */
    Map<String, String> attributes(String id) {
        ScalableTarget target = targets == null ? null : targets.get(id);
        if (target == null) {
            return Map.of(WORD, targets == null ? UNKNOWN : "none");
        }
        List<String> own = policies == null ? null : policies.getOrDefault(id, List.of());
        return new Attributes()
                .put(WORD, state(target, own))
                .put("autoscaling_min", target.minCapacity())
                .put("autoscaling_max", target.maxCapacity())
                .put("autoscaling_policies", own == null ? null : String.join(", ", own))
                .values();
    }

    private static String state(ScalableTarget target, List<String> policies) {
        if (target.suspendedState() != null
                && Boolean.TRUE.equals(target.suspendedState().dynamicScalingInSuspended())) {
            return "suspended";
        }
        if (target.minCapacity().equals(target.maxCapacity())) {
            return "none";
        }
        return policies == null ? UNKNOWN : policies.isEmpty() ? "none" : "enabled";
    }
}
