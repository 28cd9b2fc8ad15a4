package io.aiaudit.collect.aws;

import io.aiaudit.model.Resource;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointConfigResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeInferenceComponentResponse;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariantSummary;

/**
 * One variant of an endpoint: what its configuration asks for, and what runs now.
 *
 * @param now null where the endpoint does not tell it, such as while it is made
 */
record EndpointVariant(
        DescribeEndpointResponse endpoint,
        Instant configuredAt,
        boolean asynchronous,
        ProductionVariant asked,
        ProductionVariantSummary now,
        boolean shadow) {
    static EndpointVariant of(
            DescribeEndpointResponse endpoint,
            DescribeEndpointConfigResponse configuration,
            ProductionVariant asked,
            boolean shadow) {
        ProductionVariantSummary now = Stream.concat(
                        endpoint.productionVariants().stream(), endpoint.shadowProductionVariants().stream())
                .filter(running -> running.variantName().equals(asked.variantName()))
                .findFirst()
                .orElse(null);
        boolean asynchronous = endpoint.asyncInferenceConfig() != null || configuration.asyncInferenceConfig() != null;
        return new EndpointVariant(endpoint, configuration.creationTime(), asynchronous, asked, now, shadow);
    }

    String name() {
        return asked.variantName();
    }

    String endpointName() {
        return endpoint.endpointName();
    }

    /** Null for serverless variants, and for those that take what machine they get of several types. */
    String machineType() {
        return asked.instanceTypeAsString();
    }

    /** A variant without a model is room for inference components. */
    boolean hostsComponents() {
        return asked.modelName() == null && !isServerless();
    }

    private boolean isServerless() {
        return asked.serverlessConfig() != null;
    }

    /** As Application Auto Scaling calls it. */
    String scalingId() {
        return "endpoint/" + endpointName() + "/variant/" + name();
    }

    String id() {
        return endpoint.endpointArn() + "/variant/" + name();
    }

    Resource resource(
            AwsPlace place,
            MachineTypes types,
            Map<String, String> tags,
            ScalableTarget target,
            List<String> policies,
            List<DescribeInferenceComponentResponse> components) {
        Resource.Builder resource = place.resource(id(), "inference_endpoint")
                .name(endpointName() + "/" + name())
                .machineType(machineType())
                .replicas(replicas())
                .createdAt(endpoint.creationTime())
                .state(endpoint.endpointStatusAsString())
                .purchase("on_demand")
                .parentId(endpoint.endpointArn())
                .workload(id())
                .tags(tags)
                .attributes(attributes(target, policies, components));
        types.describe(resource, machineType());
        return resource.build();
    }

    private Integer replicas() {
        if (isServerless()) {
            return 0; // no machine is kept
        }
        return now != null && now.currentInstanceCount() != null
                ? now.currentInstanceCount()
                : asked.initialInstanceCount();
    }

    private Map<String, String> attributes(
            ScalableTarget target, List<String> policies, List<DescribeInferenceComponentResponse> components) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put("endpoint_name", endpointName());
        attributes.put("variant_name", name());
        attributes.put("endpoint_type", isServerless() ? "serverless" : asynchronous ? "asynchronous" : "realtime");
        Optional.ofNullable(configuredAt).ifPresent(time -> attributes.put(CloudWatch.CONFIGURED_AT, time.toString()));
        attributes.put("shadow", String.valueOf(shadow));
        attributes.put("inference_components", String.valueOf(hostsComponents()));
        Optional.ofNullable(asked.modelName()).ifPresent(model -> attributes.put("model", model));
        Optional.ofNullable(endpoint.lastModifiedTime())
                .ifPresent(time -> attributes.put("last_modified_at", time.toString()));
        if (isServerless()) {
            attributes.put(
                    "serverless_memory_mib",
                    String.valueOf(asked.serverlessConfig().memorySizeInMB()));
            Optional.ofNullable(asked.serverlessConfig().provisionedConcurrency())
                    .ifPresent(provisioned -> attributes.put("provisioned_concurrency", provisioned.toString()));
        }
        scaling(attributes, target, policies);
        if (!components.isEmpty()) {
            components(attributes, components);
        }
        return attributes;
    }

    private void scaling(Map<String, String> attributes, ScalableTarget target, List<String> policies) {
        if (asked.managedInstanceScaling() != null) {
            attributes.put(
                    "autoscaling",
                    asked.managedInstanceScaling().statusAsString().toLowerCase(java.util.Locale.ROOT));
            attributes.put(
                    "autoscaling_min",
                    String.valueOf(asked.managedInstanceScaling().minInstanceCount()));
            attributes.put(
                    "autoscaling_max",
                    String.valueOf(asked.managedInstanceScaling().maxInstanceCount()));
        } else if (target == null) {
            attributes.put("autoscaling", "none");
        } else {
            boolean suspended = target.suspendedState() != null
                    && Boolean.TRUE.equals(target.suspendedState().dynamicScalingInSuspended());
            boolean fixed = policies.isEmpty() || target.minCapacity().equals(target.maxCapacity());
            attributes.put("autoscaling", suspended ? "suspended" : fixed ? "none" : "enabled");
            attributes.put("autoscaling_min", String.valueOf(target.minCapacity()));
            attributes.put("autoscaling_max", String.valueOf(target.maxCapacity()));
            attributes.put("autoscaling_policies", String.join(", ", policies));
        }
    }

    private static void components(
            Map<String, String> attributes, List<DescribeInferenceComponentResponse> components) {
        attributes.put(
                "components",
                String.join(
                        ", ",
                        components.stream()
                                .map(DescribeInferenceComponentResponse::inferenceComponentName)
                                .toList()));
        attributes.put(
                "component_copies",
                String.valueOf(components.stream()
                        .filter(component -> component.runtimeConfig() != null)
                        .mapToInt(component -> component.runtimeConfig().currentCopyCount() == null
                                ? 0
                                : component.runtimeConfig().currentCopyCount())
                        .sum()));
    }
}
