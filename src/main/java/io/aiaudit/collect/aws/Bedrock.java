package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Operation.DETAILS;
import static io.aiaudit.collect.aws.AwsService.BEDROCK;

import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Known;
import io.aiaudit.model.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrock.BedrockClient;

/** How Bedrock names models and what is called by such a name, for everything that reads Bedrock. */
final class Bedrock {
    static final Frequency FOUND =
            new Frequency("Bedrock", "5 for each region where models are called, 1 for each provisioned throughput");

    /** What is called here. Tags are those of things that exist: without provisioned units it is not tried. */
    static final List<AwsOperation> OPERATIONS = List.of(BEDROCK.operation("ListTagsForResource", FOUND, DETAILS)
            .probe(client -> client.listProvisionedModelThroughputs(request -> request.maxResults(1))
                    .provisionedModelSummaries()
                    .forEach(units ->
                            client.listTagsForResource(request -> request.resourceARN(units.provisionedModelArn())))));

    /** Attribute: the values of CloudWatch's dimension that a resource was called by, joined by a comma. */
    static final String CALLED_BY = "called_by";

    /** Attribute: the model without a geography before it, as price lists name it. */
    static final String MODEL = "model";

    private static final String SEPARATOR = ", ";

    /** Before a model id: the geography that a request may be answered in. */
    private static final Pattern GEOGRAPHY =
            Pattern.compile("(us|us-gov|eu|apac|ap|jp|au|ca|sa|me|af|global)[.](?=[a-z0-9-]+[.])");

    private static final Pattern FOUNDATION_MODEL =
            Pattern.compile("arn:[^:]*:bedrock:[^:]*:[^:]*:foundation-model/(.+)");

    private Bedrock() {}

    /** As far as the SDK knows. Elsewhere its address does not exist, which would look like a network that is down. */
    static boolean isIn(String region) {
        return BedrockClient.serviceMetadata().regions().contains(Region.of(region));
    }

    /** What a thing is called behind the last slash of its ARN. */
    static String lastWord(String arn) {
        return arn == null ? null : arn.substring(arn.lastIndexOf('/') + 1);
    }

    /** The model that a model id, a profile's id or an ARN of either names, without a geography. */
    static String model(String name) {
        return name == null ? null : GEOGRAPHY.matcher(lastWord(name)).replaceFirst("");
    }

    /** The geography that a name allows for, such as {@code eu} or {@code global}; null where it names none. */
    static String geography(String name) {
        Matcher matcher = GEOGRAPHY.matcher(lastWord(name));
        return matcher.lookingAt() ? matcher.group(1) : null;
    }

    /**
     * The resource of a {@code modelId} of CloudWatch. A foundation model's own ARN has no account in
     * it; ours has one, so that two accounts that call the same model stay two.
     */
    static String resourceId(AwsSession session, String modelId) {
        Matcher foundation = FOUNDATION_MODEL.matcher(modelId);
        String bare = foundation.matches() ? foundation.group(1) : modelId;
        if (bare.startsWith("arn:")) {
            return bare;
        }
        String kind = geography(bare) == null ? "foundation-model/" : "inference-profile/";
        return "arn:" + session.partition() + ":bedrock:" + session.region() + ":" + session.account() + ":" + kind
                + bare;
    }

    /**
     * The names that CloudWatch may count calls of a resource under: those seen there, else its ARN and the part behind
     * the last slash of it.
     */
    static List<String> calledBy(Resource resource) {
        String seen = resource.attributes().get(CALLED_BY);
        return seen != null
                ? List.of(seen.split(SEPARATOR))
                : List.of(resource.resourceId(), lastWord(resource.resourceId()));
    }

    static String joined(Iterable<String> names) {
        return String.join(SEPARATOR, names);
    }

    private static Map<String, String> tags(AwsSession session, String arn) {
        Map<String, String> tags = new HashMap<>();
        BEDROCK.in(session)
                .listTagsForResource(request -> request.resourceARN(arn))
                .tags()
                .forEach(tag -> tags.put(tag.key(), tag.value() == null ? "" : tag.value()));
        return tags;
    }

    /** The tags of one thing; null, and a gap, where they cannot be read. */
    static Map<String, String> tags(Details details, AwsSession session, String arn) {
        return details.call("tags", lastWord(arn), () -> tags(session, arn)).orElse(null);
    }

    /** Everything here that is called as a model. */
    static List<Resource> called(AwsSession session, Known known) {
        List<Resource> called = new ArrayList<>(session.here(known.resources("provisioned_throughput")));
        called.addAll(session.here(known.resources("model_usage")));
        return called;
    }
}
