package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Operation.GOVERNANCE;
import static io.aiaudit.collect.aws.AwsService.BEDROCK;

import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.bedrock.model.InferenceProfileModel;
import software.amazon.awssdk.services.bedrock.model.InferenceProfileSummary;
import software.amazon.awssdk.services.bedrock.model.InferenceProfileType;

/**
 * Where requests through the inference profiles in use may be answered, and the tags of application profiles. Read
 * after the models that were called, so that a region without use is not requested and a denied permission takes no use
 * with it.
 */
final class InferenceProfiles extends AwsPart {
    static final List<AwsOperation> OPERATIONS =
            List.of(BEDROCK.operation("ListInferenceProfiles", Bedrock.FOUND, GOVERNANCE)
                    .probe(client -> client.listInferenceProfiles(request -> {})));

    /** A global profile names no region. */
    private static final String ANY_REGION = "any";

    InferenceProfiles() {
        super("inference profiles", Slice.Dataset.DETAILS, AwsOperation.all(OPERATIONS, Bedrock.OPERATIONS));
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        List<Resource> used = session.here(known.resources("model_usage")).stream()
                .filter(resource -> resource.resourceId().contains("inference-profile/"))
                .toList();
        if (used.isEmpty()) {
            return;
        }
        Details details = session.details(sink);
        Map<String, InferenceProfileSummary> profiles = profiles(session);
        for (Resource resource : used) {
            InferenceProfileSummary profile = profiles.get(resource.resourceId());
            if (profile != null) {
                details.make(label(), resource.name(), () -> resource(session, details, profile))
                        .ifPresent(sink::resource);
            }
        }
    }

    private record Listed(Map<String, InferenceProfileSummary> byArn) {}

    /** All that there are, by ARN; listed once a session. */
    static Map<String, InferenceProfileSummary> profiles(AwsSession session) {
        return session.requestOnce(Listed.class, "inference profiles", List.of(), () -> new Listed(listed(session)))
                .byArn();
    }

    private static Map<String, InferenceProfileSummary> listed(AwsSession session) {
        Map<String, InferenceProfileSummary> profiles = new TreeMap<>();
        for (InferenceProfileType type :
                List.of(InferenceProfileType.SYSTEM_DEFINED, InferenceProfileType.APPLICATION)) {
            BEDROCK
                    .in(session)
                    .listInferenceProfilesPaginator(
                            request -> request.typeEquals(type).maxResults(1000))
                    .inferenceProfileSummaries()
                    .stream()
                    .filter(profile -> profile.inferenceProfileArn() != null)
                    .forEach(profile -> profiles.put(profile.inferenceProfileArn(), profile));
        }
        return profiles;
    }

    private static Resource resource(AwsSession session, Details details, InferenceProfileSummary profile) {
        boolean made = profile.type() == InferenceProfileType.APPLICATION;
        TreeSet<String> regions = new TreeSet<>();
        TreeSet<String> models = new TreeSet<>();
        boolean all = profile.models().stream().noneMatch(model -> model.modelArn() == null);
        for (InferenceProfileModel model : all ? profile.models() : List.<InferenceProfileModel>of()) {
            String region = model.modelArn().split(":", -1)[3];
            regions.add(region.isEmpty() ? ANY_REGION : region);
            models.add(Bedrock.model(model.modelArn()));
        }
        Map<String, String> tags = made ? Bedrock.tags(details, session, profile.inferenceProfileArn()) : Map.of();
        return session.resource(profile.inferenceProfileArn(), "model_usage")
                .name(made ? profile.inferenceProfileName() : profile.inferenceProfileId())
                .createdAt(made ? profile.createdAt() : null)
                .tags(tags)
                .attributes(new Attributes()
                        .ofTags(tags)
                        .put(Bedrock.MODEL, models.size() == 1 ? models.first() : null)
                        .put("destination_regions", Bedrock.joined(regions))
                        .put("inference_profile", profile.typeAsString())
                        .values())
                .build();
    }
}
