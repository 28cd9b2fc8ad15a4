package io.aiaudit.collect.aws;

import io.aiaudit.collect.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.DescribeInferenceComponentResponse;
import software.amazon.awssdk.services.sagemaker.model.InferenceComponentSummary;

/**
 * The inference components that share the machines of a variant.
 *
 * @param all null where nobody may ask for them: then what the variant was asked is not known either
 */
record VariantComponents(List<Component> all) {
    /** Attribute: {@code false} where the components are not known. */
    static final String KNOWN = "components_known";

    /** Of a variant that holds a model of its own. */
    static final VariantComponents NONE = new VariantComponents(List.of());

    /** One of them; {@code copies} is null where nobody tells it. */
    private record Component(String name, Integer copies) {}

    static VariantComponents of(SageMakerClient sageMaker, EndpointVariant variant, Details details) {
        return new VariantComponents(details.ask("inference components", () -> listed(sageMaker, variant))
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
            details.ask(
                            "copies of inference components",
                            () -> AwsFailure.unlessGone(() -> sageMaker.describeInferenceComponent(
                                            request -> request.inferenceComponentName(name)))
                                    .map(VariantComponents::component))
                    .orElseGet(() -> Optional.of(new Component(name, null)))
                    .ifPresent(components::add);
        }
        return components;
    }

    private static Component component(DescribeInferenceComponentResponse answer) {
        Integer copies =
                answer.runtimeConfig() == null ? null : answer.runtimeConfig().currentCopyCount();
        return new Component(answer.inferenceComponentName(), copies == null ? 0 : copies);
    }

    /** Nothing of a variant without any. */
    Map<String, String> attributes() {
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
                .values();
    }
}
