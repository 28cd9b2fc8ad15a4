package io.aiaudit.collect.aws;

import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.ServiceHours;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointConfigResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointResponse;
import software.amazon.awssdk.services.sagemaker.model.EndpointStatus;
import software.amazon.awssdk.services.sagemaker.model.ManagedInstanceScalingStatus;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariantManagedInstanceScaling;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariantSummary;

/**
 * One variant of an endpoint: what its configuration requests, and what runs now.
 *
 * @param now null where the endpoint does not show it, such as while it is made
 */
record EndpointVariant(
        DescribeEndpointResponse endpoint,
        Instant configuredAt,
        boolean asynchronous,
        ProductionVariant configured,
        ProductionVariantSummary now,
        boolean shadow) {
    static EndpointVariant of(
            DescribeEndpointResponse endpoint,
            DescribeEndpointConfigResponse configuration,
            ProductionVariant configured,
            boolean shadow) {
        ProductionVariantSummary now = Stream.concat(
                        endpoint.productionVariants().stream(), endpoint.shadowProductionVariants().stream())
                .filter(running ->
                        running.variantName() != null && running.variantName().equals(configured.variantName()))
                .findFirst()
                .orElse(null);
        boolean asynchronous = endpoint.asyncInferenceConfig() != null || configuration.asyncInferenceConfig() != null;
        return new EndpointVariant(endpoint, configuration.creationTime(), asynchronous, configured, now, shadow);
    }

    String name() {
        return configured.variantName();
    }

    String endpointName() {
        return endpoint.endpointName();
    }

    /** Null for serverless variants, and for those that take what machine they get of several types. */
    String machineType() {
        return configured.instanceTypeAsString();
    }

    /** A variant without a model is room for inference components. */
    boolean hostsComponents() {
        return configured.modelName() == null && !isServerless();
    }

    private boolean isServerless() {
        return configured.serverlessConfig() != null;
    }

    /** As Application Auto Scaling calls it. */
    private String scalingId() {
        return "endpoint/" + endpointName() + "/variant/" + name();
    }

    String id() {
        return Objects.requireNonNull(endpoint.endpointArn(), "endpointArn") + "/variant/"
                + Objects.requireNonNull(name(), "variantName");
    }

    Resource resource(
            AwsSession session,
            MachineTypes types,
            Map<String, String> tags,
            EndpointScaling scaling,
            VariantComponents components) {
        ResourceBuilder resource = session.resource(id(), "inference_endpoint")
                .name(endpointName() + "/" + name())
                .machineType(machineType())
                .replicas(replicas())
                .createdAt(endpoint.creationTime())
                .state(endpoint.endpointStatusAsString())
                .purchase("on_demand")
                .parentId(endpoint.endpointArn())
                .workload(id())
                .tags(tags)
                .attributes(attributes(tags, scaling, components));
        types.describe(resource, machineType());
        return resource.build();
    }

    private Integer replicas() {
        if (isServerless()) {
            return 0; // no machine is kept
        }
        if (now != null && now.currentInstanceCount() != null) {
            return now.currentInstanceCount();
        }
        return endpoint.endpointStatus() == EndpointStatus.FAILED
                ? Integer.valueOf(0) // it never came to have machines
                : configured.initialInstanceCount();
    }

    private Map<String, String> attributes(
            Map<String, String> tags, EndpointScaling scaling, VariantComponents components) {
        Map<String, String> attributes =
                new HashMap<>(new Attributes().ofTags(tags).values());
        attributes.put("endpoint_name", endpointName());
        attributes.put("variant_name", name());
        attributes.put("endpoint_type", isServerless() ? "serverless" : asynchronous ? "asynchronous" : "realtime");
        Optional.ofNullable(configuredAt)
                .ifPresent(time -> attributes.put(ServiceHours.CONFIGURED_AT, time.toString()));
        attributes.put("shadow", String.valueOf(shadow));
        attributes.put("inference_components", String.valueOf(hostsComponents()));
        Optional.ofNullable(configured.modelName()).ifPresent(model -> attributes.put("model", model));
        Optional.ofNullable(endpoint.lastModifiedTime())
                .ifPresent(time -> attributes.put(ServiceHours.MODIFIED_AT, time.toString()));
        if (isServerless()) {
            Optional.ofNullable(configured.serverlessConfig().memorySizeInMB())
                    .ifPresent(memory -> attributes.put("serverless_memory_mib", memory.toString()));
            Optional.ofNullable(configured.serverlessConfig().provisionedConcurrency())
                    .ifPresent(provisioned -> attributes.put("provisioned_concurrency", provisioned.toString()));
        }
        attributes.putAll(scaling(scaling, components));
        attributes.putAll(components.attributes(scaling));
        return attributes;
    }

    /**
     * What the variant scales by itself counts before what is scaled from outside. It has as many machines as the
     * copies of its components need: where nothing changes the
     * number of copies, nothing changes that of machines.
     */
    private Map<String, String> scaling(EndpointScaling scaling, VariantComponents components) {
        ProductionVariantManagedInstanceScaling managed = configured.managedInstanceScaling();
        if (managed == null || managed.status() != ManagedInstanceScalingStatus.ENABLED) {
            return scaling.attributes(scalingId());
        }
        return new Attributes()
                .put(EndpointScaling.SCALING, components.scaling(scaling).orElse(EndpointScaling.ENABLED))
                .put("autoscaling_min", managed.minInstanceCount())
                .put("autoscaling_max", managed.maxInstanceCount())
                .values();
    }
}
