package io.aiaudit.collect.aws;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointConfigResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeInferenceComponentResponse;
import software.amazon.awssdk.services.sagemaker.model.EndpointSummary;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;

/** SageMaker endpoints: each variant that is paid for on its own is a resource, the endpoint their parent, components that share a variant's machines are told in it. */
final class SageMakerEndpoints implements AwsPart {
    @Override
    public String word() {
        return "endpoints";
    }

    @Override
    public Slice.Dataset dataset() {
        return Slice.Dataset.INVENTORY;
    }

    /** An endpoint as its list, its description and its configuration tell it. */
    private record Endpoint(DescribeEndpointResponse now, DescribeEndpointConfigResponse configuration) {
        Stream<EndpointVariant> variants() {
            return Stream.concat(
                    configuration.productionVariants().stream().map(variant -> variant(variant, false)),
                    configuration.shadowProductionVariants().stream().map(variant -> variant(variant, true)));
        }

        private EndpointVariant variant(ProductionVariant variant, boolean shadow) {
            return EndpointVariant.of(now, configuration, variant, shadow);
        }
    }

    @Override
    public void read(AwsPlace place, Window window, Known known, Sink sink) {
        List<Endpoint> endpoints = endpoints(place.sageMaker());
        if (endpoints.isEmpty()) {
            return;
        }
        MachineTypes types = SageMakerFacts.types(
                place,
                endpoints.stream()
                        .flatMap(Endpoint::variants)
                        .map(EndpointVariant::machineType)
                        .toList());
        Map<String, ScalableTarget> targets = targets(place);
        Map<String, List<String>> policies = targets.isEmpty() ? Map.of() : policies(place);
        for (Endpoint endpoint : endpoints) {
            Map<String, String> tags = SageMakerFacts.tags(place, endpoint.now().endpointArn());
            sink.resource(parent(place, endpoint, tags));
            for (EndpointVariant variant : endpoint.variants().toList()) {
                List<DescribeInferenceComponentResponse> components =
                        variant.hostsComponents() ? components(place.sageMaker(), variant) : List.of();
                sink.resource(variant.resource(
                        place,
                        types,
                        tags,
                        targets.get(variant.scalingId()),
                        policies.getOrDefault(variant.scalingId(), List.of()),
                        components));
            }
        }
    }

    private static List<Endpoint> endpoints(SageMakerClient sageMaker) {
        Map<String, Optional<DescribeEndpointConfigResponse>> configurations = new HashMap<>();
        List<Endpoint> endpoints = new ArrayList<>();
        for (EndpointSummary listed : sageMaker
                .listEndpointsPaginator(request -> request.maxResults(100))
                .endpoints()) {
            AwsFailure.unlessGone(
                            () -> sageMaker.describeEndpoint(request -> request.endpointName(listed.endpointName())))
                    .ifPresent(now -> configurations
                            .computeIfAbsent(
                                    now.endpointConfigName(),
                                    name -> AwsFailure.unlessGone(() -> sageMaker.describeEndpointConfig(
                                            request -> request.endpointConfigName(name))))
                            .ifPresent(configuration -> endpoints.add(new Endpoint(now, configuration))));
        }
        return endpoints;
    }

    /** All of the region in one chain of pages. */
    private static Map<String, ScalableTarget> targets(AwsPlace place) {
        Map<String, ScalableTarget> targets = new HashMap<>();
        autoScaling(place)
                .describeScalableTargetsPaginator(request -> request.serviceNamespace(ServiceNamespace.SAGEMAKER))
                .scalableTargets()
                .forEach(target -> targets.put(target.resourceId(), target));
        return targets;
    }

    private static Map<String, List<String>> policies(AwsPlace place) {
        Map<String, List<String>> policies = new HashMap<>();
        autoScaling(place)
                .describeScalingPoliciesPaginator(request -> request.serviceNamespace(ServiceNamespace.SAGEMAKER))
                .scalingPolicies()
                .forEach(policy -> policies.computeIfAbsent(policy.resourceId(), id -> new ArrayList<>())
                        .add(said(policy)));
        return policies;
    }

    private static String said(ScalingPolicy policy) {
        return policy.policyTypeAsString() + " " + policy.policyName();
    }

    private static ApplicationAutoScalingClient autoScaling(AwsPlace place) {
        return place.client(ApplicationAutoScalingClient.class, ApplicationAutoScalingClient::builder);
    }

    private static List<DescribeInferenceComponentResponse> components(
            SageMakerClient sageMaker, EndpointVariant variant) {
        List<DescribeInferenceComponentResponse> components = new ArrayList<>();
        sageMaker
                .listInferenceComponentsPaginator(request -> request.endpointNameEquals(variant.endpointName())
                        .variantNameEquals(variant.name())
                        .maxResults(100))
                .inferenceComponents()
                .forEach(component -> AwsFailure.unlessGone(() -> sageMaker.describeInferenceComponent(
                                request -> request.inferenceComponentName(component.inferenceComponentName())))
                        .ifPresent(components::add));
        return components;
    }

    private static Resource parent(AwsPlace place, Endpoint endpoint, Map<String, String> tags) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put("endpoint_configuration", endpoint.now().endpointConfigName());
        if (endpoint.now().dataCaptureConfig() != null) {
            attributes.put(
                    "data_capture",
                    String.valueOf(endpoint.now().dataCaptureConfig().enableCapture()));
        }
        return place.resource(endpoint.now().endpointArn(), "inference_endpoint")
                .name(endpoint.now().endpointName())
                .createdAt(endpoint.now().creationTime())
                .state(endpoint.now().endpointStatusAsString())
                .tags(tags)
                .attributes(attributes)
                .build();
    }
}
