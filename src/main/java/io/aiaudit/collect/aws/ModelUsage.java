package io.aiaudit.collect.aws;

import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.cloudwatch.model.Metric;

/**
 * Which models of Bedrock were called, as CloudWatch reports: by whatever name the caller used, through the endpoint of
 * Bedrock's own API or through the one that is compatible with OpenAI's and Anthropic's. CloudWatch names what was
 * called in the last two weeks; before that, by what models and profiles there are.
 */
final class ModelUsage extends AwsPart {
    /** Attribute: the endpoints that were called. */
    static final String ENDPOINTS = "endpoints";

    ModelUsage() {
        super(
                "model usage",
                Slice.Dataset.INVENTORY,
                AwsOperation.all(EarlierModels.OPERATIONS, InferenceProfiles.OPERATIONS, CloudWatch.OPERATIONS));
    }

    /** Who called a model, by which names. */
    private record Use(Set<String> names, Set<String> endpoints) {
        Use() {
            this(new TreeSet<>(), new TreeSet<>());
        }
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        CloudWatch cloudWatch = new CloudWatch(session, window);
        Map<String, Use> uses = new TreeMap<>();
        Details details = session.details(sink);
        for (BedrockEndpoint endpoint : BedrockEndpoint.ALL) {
            details.call("called models", endpoint.label(), () -> names(cloudWatch, endpoint))
                    .orElse(List.of())
                    .forEach(name -> add(session, uses, name, endpoint));
        }
        details.failUnlessSomethingAnswered();
        Set<String> recent = new TreeSet<>();
        uses.values().forEach(use -> recent.addAll(use.names()));
        new EarlierModels(session, window, cloudWatch)
                .called(recent, details)
                .forEach(name -> add(session, uses, name, BedrockEndpoint.RUNTIME));
        uses.forEach((id, use) -> sink.resource(resource(session, id, use)));
    }

    private static void add(AwsSession session, Map<String, Use> uses, String name, BedrockEndpoint endpoint) {
        Use use = uses.computeIfAbsent(Bedrock.resourceId(session, name), id -> new Use());
        use.names().add(name);
        use.endpoints().add(endpoint.label());
    }

    private static List<String> names(CloudWatch cloudWatch, BedrockEndpoint endpoint) {
        List<String> names = new ArrayList<>();
        for (Metric metric : cloudWatch.published(endpoint.requests(), endpoint.dimension())) {
            if (metric.namespace().equals(endpoint.namespace())
                    && metric.dimensions().size() == 1) {
                names.add(metric.dimensions().get(0).value());
            }
        }
        return names.stream().filter(ModelUsage::isModel).toList();
    }

    /**
     * Provisioned units are listed by themselves; a bare id, without a vendor before it, is that of something that is
     * listed, too.
     */
    private static boolean isModel(String name) {
        return !name.contains(":provisioned-model/") && (name.startsWith("arn:") || name.contains("."));
    }

    private static Resource resource(AwsSession session, String id, Use use) {
        String name = use.names().iterator().next();
        boolean model = !id.contains(":application-inference-profile/")
                && !id.contains(":imported-model/")
                && !id.contains(":custom-model-deployment/");
        String geography = model ? Bedrock.geography(name) : null;
        return session.resource(id, "model_usage")
                .name(model ? Bedrock.lastWord(name) : null)
                .purchase("on_demand")
                .attributes(new Attributes()
                        .put(Bedrock.MODEL, model ? Bedrock.model(name) : null)
                        .put(Bedrock.CALLED_BY, Bedrock.joined(use.names()))
                        .put(ENDPOINTS, Bedrock.joined(use.endpoints()))
                        .put("geography", geography)
                        .put("destination_regions", model && geography == null ? session.region() : null)
                        .values())
                .build();
    }
}
