package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Operation.DETAILS;
import static io.aiaudit.collect.Operation.NO_SUCH_NAME;
import static io.aiaudit.collect.aws.AwsService.SAGEMAKER;

import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.ServiceHours;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.DescribeInferenceComponentResponse;
import software.amazon.awssdk.services.sagemaker.model.InferenceComponentSummary;

/**
 * The inference components that share the machines of a variant.
 *
 * @param all null where access is denied: then the number of requests of the variant is unknown, too
 */
record VariantComponents(List<Component> all) {
    static final List<AwsOperation> OPERATIONS = List.of(
            SAGEMAKER
                    .operation("ListInferenceComponents", SageMakerEndpoints.FOUND, DETAILS)
                    .alwaysLists()
                    .probe(client -> client.listInferenceComponents(request -> request.maxResults(1))),
            SAGEMAKER
                    .operation("DescribeInferenceComponent", SageMakerEndpoints.FOUND, DETAILS)
                    .probe(client -> client.describeInferenceComponent(
                            request -> request.inferenceComponentName(NO_SUCH_NAME))));

    /** Attribute: {@code false} where the components are not known. */
    static final String KNOWN = "components_known";

    /** Of a variant that holds a model of its own. */
    static final VariantComponents NONE = new VariantComponents(List.of());

    /**
     * One of them; {@code copies} is null where it is unknown. It counts by itself since it was created: what it
     * replaced had another, and is in no list.
     */
    private record Component(String name, Instant createdAt, Integer copies) {
        /** As Application Auto Scaling calls it. */
        String scalingId() {
            return "inference-component/" + name;
        }
    }

    static VariantComponents of(SageMakerClient sageMaker, EndpointVariant variant, Details details) {
        return new VariantComponents(details.call(
                        "inference components",
                        variant.endpointName() + "/" + variant.name(),
                        () -> listed(sageMaker, variant))
                .map(listed -> described(sageMaker, listed, details))
                .orElse(null));
    }

    private static List<InferenceComponentSummary> listed(SageMakerClient sageMaker, EndpointVariant variant) {
        return sageMaker
                .listInferenceComponentsPaginator(request -> request.endpointNameEquals(variant.endpointName())
                        .variantNameEquals(variant.name())
                        .maxResults(100))
                .inferenceComponents()
                .stream()
                .toList();
    }

    private static List<Component> described(
            SageMakerClient sageMaker, List<InferenceComponentSummary> listed, Details details) {
        List<Component> components = new ArrayList<>();
        for (InferenceComponentSummary each : listed) {
            String name = each.inferenceComponentName();
            components.add(details.call(
                            "copies of inference components",
                            name,
                            () -> component(
                                    each,
                                    sageMaker.describeInferenceComponent(
                                            request -> request.inferenceComponentName(name))))
                    .orElseGet(() -> new Component(name, each.creationTime(), null)));
        }
        return components;
    }

    private static Component component(InferenceComponentSummary listed, DescribeInferenceComponentResponse response) {
        Integer copies = response.runtimeConfig() == null
                ? null
                : response.runtimeConfig().currentCopyCount();
        return new Component(listed.inferenceComponentName(), listed.creationTime(), copies == null ? 0 : copies);
    }

    /**
     * Whether the copies of any of them scale, given as {@link EndpointScaling#state}: where none does, nothing changes
     * the number of machines. Empty without components.
     */
    Optional<String> scaling(EndpointScaling scaling) {
        if (all == null) {
            return Optional.of(EndpointScaling.UNKNOWN);
        }
        List<String> states = all.stream()
                .map(component -> scaling.state(component.scalingId()))
                .toList();
        return states.isEmpty()
                ? Optional.empty()
                : Stream.of(EndpointScaling.ENABLED, EndpointScaling.SCHEDULED, EndpointScaling.UNKNOWN)
                        .filter(states::contains)
                        .findFirst()
                        .or(() -> Optional.of(EndpointScaling.NONE));
    }

    /** Such as {@code chat: enabled}. */
    private String scalingOfEach(EndpointScaling scaling) {
        return all.stream()
                .map(component -> component.name() + ": " + scaling.state(component.scalingId()))
                .collect(Collectors.joining(", "));
    }

    /** Since when all of them have been there; empty where that is unknown. */
    private Optional<Instant> newest() {
        return all.stream().map(Component::createdAt).anyMatch(Objects::isNull)
                ? Optional.empty()
                : all.stream().map(Component::createdAt).max(Comparator.naturalOrder());
    }

    /** Nothing of a variant without any. */
    Map<String, String> attributes(EndpointScaling scaling) {
        if (all == null) {
            return Map.of(KNOWN, "false");
        }
        if (all.isEmpty()) {
            return Map.of();
        }
        boolean counted = all.stream().map(Component::copies).allMatch(Objects::nonNull);
        return new Attributes()
                .put("components", all.stream().map(Component::name).collect(Collectors.joining(", ")))
                .put(
                        "component_copies",
                        counted ? all.stream().mapToInt(Component::copies).sum() : null)
                .put("component_autoscaling", scalingOfEach(scaling))
                .put(ServiceHours.COUNTED_SINCE, newest().orElse(null))
                .values();
    }
}
