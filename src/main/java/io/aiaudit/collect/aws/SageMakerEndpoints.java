package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Frequency.REGION;
import static io.aiaudit.collect.Operation.NO_SUCH_NAME;
import static io.aiaudit.collect.aws.AwsService.SAGEMAKER;

import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.DataCaptureConfigSummary;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointConfigResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointResponse;
import software.amazon.awssdk.services.sagemaker.model.EndpointSummary;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;

/**
 * SageMaker endpoints: each variant that is paid for on its own is a resource, the endpoint their parent, components
 * that share a variant's machines are listed in it.
 */
final class SageMakerEndpoints extends AwsPart {
    static final Frequency FOUND =
            new Frequency("endpoints", "3 for each, 1 for each component and model, 3 for each region");

    static final List<AwsOperation> OPERATIONS = List.of(
            SAGEMAKER
                    .operation("ListEndpoints", REGION, "inference_endpoint")
                    .knownToEveryServer()
                    .alwaysLists()
                    .triedEverywhere()
                    .probe(client -> client.listEndpoints(request -> request.maxResults(1))),
            SAGEMAKER
                    .operation("DescribeEndpoint", FOUND, "inference_endpoint")
                    .knownToEveryServer()
                    .probe(client -> client.describeEndpoint(request -> request.endpointName(NO_SUCH_NAME))),
            SAGEMAKER
                    .operation("DescribeEndpointConfig", FOUND, "inference_endpoint")
                    .knownToEveryServer()
                    .probe(client ->
                            client.describeEndpointConfig(request -> request.endpointConfigName(NO_SUCH_NAME))));

    private static final String VARIANTS = "variants of endpoints";

    SageMakerEndpoints() {
        super(
                "endpoints",
                Slice.Dataset.INVENTORY,
                AwsOperation.all(
                        OPERATIONS,
                        SageMakerFacts.OPERATIONS,
                        VariantComponents.OPERATIONS,
                        EndpointScaling.OPERATIONS));
    }

    /**
     * An endpoint from its list entry, its description and its configuration.
     *
     * @param now null where access is denied
     * @param configuration null where access is denied, or it was deleted, which
     *     its endpoint outlives: then the variants are not known
     */
    private record Endpoint(
            EndpointSummary listed, DescribeEndpointResponse now, DescribeEndpointConfigResponse configuration) {
        Stream<EndpointVariant> variants() {
            return configuration == null
                    ? Stream.empty()
                    : Stream.concat(
                            configuration.productionVariants().stream().map(variant -> variant(variant, false)),
                            configuration.shadowProductionVariants().stream().map(variant -> variant(variant, true)));
        }

        private EndpointVariant variant(ProductionVariant variant, boolean shadow) {
            return EndpointVariant.of(now, configuration, variant, shadow);
        }
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        Details details = session.details(sink);
        List<Endpoint> endpoints = endpoints(session.sageMaker(), details);
        if (endpoints.isEmpty()) {
            return;
        }
        MachineTypes types = SageMakerFacts.types(
                details,
                session,
                endpoints.stream()
                        .flatMap(Endpoint::variants)
                        .map(EndpointVariant::machineType)
                        .toList());
        EndpointScaling scaling = EndpointScaling.of(session, details);
        for (Endpoint endpoint : endpoints) {
            String name = endpoint.listed().endpointName();
            Map<String, String> tags =
                    SageMakerFacts.tags(details, session, endpoint.listed().endpointArn());
            details.make(label(), name, () -> parent(session, endpoint, tags)).ifPresent(sink::resource);
            details.make(
                    label(),
                    endpoint.variants().toList(),
                    variant -> name + "/" + variant.name(),
                    variant -> variant.resource(session, types, tags, scaling, components(session, variant, details)),
                    sink::resource);
        }
    }

    private static VariantComponents components(AwsSession session, EndpointVariant variant, Details details) {
        return variant.hostsComponents()
                ? VariantComponents.of(session.sageMaker(), variant, details)
                : VariantComponents.NONE;
    }

    private static List<Endpoint> endpoints(SageMakerClient sageMaker, Details details) {
        Configurations configurations = new Configurations(sageMaker, details, new HashMap<>());
        List<Endpoint> endpoints = new ArrayList<>();
        List<EndpointSummary> all = listed(sageMaker, details);
        details.failUnlessSomethingAnswered();
        List<EndpointSummary> gone = new ArrayList<>();
        for (EndpointSummary listed : all) {
            Optional<Optional<DescribeEndpointResponse>> now = details.call(
                    VARIANTS,
                    listed.endpointName(),
                    () -> AwsFailure.unlessGone(
                            () -> sageMaker.describeEndpoint(request -> request.endpointName(listed.endpointName()))));
            if (now.isEmpty()) {
                endpoints.add(new Endpoint(listed, null, null));
            } else if (now.get().isEmpty()) {
                gone.add(listed);
            } else {
                configurations.of(listed, now.get().get()).ifPresent(endpoints::add);
            }
        }
        endpoints.addAll(notGone(sageMaker, gone, details));
        return endpoints;
    }

    private static List<EndpointSummary> listed(SageMakerClient sageMaker, Details details) {
        return details.list(
                "endpoints",
                endpoint -> sageMaker
                        .listEndpointsPaginator(request -> request.maxResults(100))
                        .endpoints()
                        .forEach(endpoint));
    }

    /** What is not found is deleted, unless it is listed once more: then nothing is known of what it costs. */
    private static List<Endpoint> notGone(SageMakerClient sageMaker, List<EndpointSummary> gone, Details details) {
        if (gone.isEmpty()) {
            return List.of();
        }
        Set<String> there = listed(sageMaker, details).stream()
                .map(EndpointSummary::endpointArn)
                .collect(Collectors.toSet());
        List<EndpointSummary> notGone = gone.stream()
                .filter(endpoint -> there.contains(endpoint.endpointArn()))
                .toList();
        notGone.forEach(endpoint -> details.missing(
                VARIANTS,
                endpoint.endpointName(),
                "sagemaker:DescribeEndpoint does not find what sagemaker:ListEndpoints lists.",
                "Run it again; if it persists, check what responds instead of AWS: a proxy, or AWS_ENDPOINT_URL."));
        return notGone.stream()
                .map(endpoint -> new Endpoint(endpoint, null, null))
                .toList();
    }

    /** {@code found} is null where it is deleted, or where nothing is known of it. */
    private record Configuration(DescribeEndpointConfigResponse found, boolean isDeleted) {
        static final Configuration UNKNOWN = new Configuration(null, false);
        static final Configuration DELETED = new Configuration(null, true);
    }

    /** What endpoints are made by; several may share one. */
    private record Configurations(SageMakerClient sageMaker, Details details, Map<String, Configuration> byName) {
        /** Empty where the endpoint is gone by now. */
        Optional<Endpoint> of(EndpointSummary listed, DescribeEndpointResponse now) {
            Configuration configuration = byName.computeIfAbsent(now.endpointConfigName(), this::call);
            if (configuration.isDeleted) {
                return isGone(listed) ? Optional.empty() : Optional.of(withoutConfiguration(listed, now));
            }
            return Optional.of(new Endpoint(listed, identified(listed, now), configuration.found));
        }

        /** Its list entry names it, too. */
        private static DescribeEndpointResponse identified(EndpointSummary listed, DescribeEndpointResponse now) {
            return now.toBuilder()
                    .endpointArn(now.endpointArn() == null ? listed.endpointArn() : now.endpointArn())
                    .endpointName(now.endpointName() == null ? listed.endpointName() : now.endpointName())
                    .build();
        }

        private boolean isGone(EndpointSummary listed) {
            return details.call(
                            VARIANTS,
                            listed.endpointName(),
                            () -> AwsFailure.unlessGone(() ->
                                    sageMaker.describeEndpoint(request -> request.endpointName(listed.endpointName()))))
                    .filter(Optional::isEmpty)
                    .isPresent();
        }

        /** A configuration may be deleted while its endpoint runs and is paid for. */
        private Endpoint withoutConfiguration(EndpointSummary listed, DescribeEndpointResponse now) {
            details.missing(
                    "endpoint " + listed.endpointName(),
                    null,
                    "its configuration " + now.endpointConfigName() + " was deleted, so its instances are unknown.",
                    "Update the endpoint to a configuration that is kept, or accept the gap with --allow-gaps.");
            return new Endpoint(listed, now, null);
        }

        private Configuration call(String name) {
            return details.call(
                            "configurations of endpoints",
                            name,
                            () -> AwsFailure.unlessGone(() -> sageMaker.describeEndpointConfig(
                                            request -> request.endpointConfigName(name)))
                                    .map(found -> new Configuration(found, false))
                                    .orElse(Configuration.DELETED))
                    .orElse(Configuration.UNKNOWN);
        }
    }

    /** Without a configuration nothing is captured. */
    private static void capture(Attributes attributes, DataCaptureConfigSummary config) {
        boolean captures = config != null && Boolean.TRUE.equals(config.enableCapture());
        attributes.put("data_capture", captures);
        if (captures) {
            attributes
                    .put("data_capture_percent", config.currentSamplingPercentage())
                    .put("data_capture_destination", config.destinationS3Uri());
        }
    }

    private static Resource parent(AwsSession session, Endpoint endpoint, Map<String, String> tags) {
        Attributes attributes = new Attributes();
        if (endpoint.now() != null) {
            attributes.put("endpoint_configuration", endpoint.now().endpointConfigName());
            capture(attributes, endpoint.now().dataCaptureConfig());
        }
        return session.resource(endpoint.listed().endpointArn(), "inference_endpoint")
                .name(endpoint.listed().endpointName())
                .createdAt(endpoint.listed().creationTime())
                .state(endpoint.listed().endpointStatusAsString())
                .tags(tags)
                .attributes(attributes.ofTags(tags).values())
                .build();
    }
}
