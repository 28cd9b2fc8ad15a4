package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Operation.DETAILS;
import static io.aiaudit.collect.aws.AwsService.SAGEMAKER;

import io.aiaudit.collect.Details;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.sagemaker.model.ListTagsResponse;

/** The requests that all resources of SageMaker need. */
final class SageMakerFacts {
    /** What is called here. Tags are those of things that exist: where there is no endpoint it is not tried. */
    static final List<AwsOperation> OPERATIONS = AwsOperation.all(
            List.of(SAGEMAKER
                    .operation("ListTags", SageMakerEndpoints.FOUND, DETAILS)
                    .probe(client -> client.listEndpoints(request -> request.maxResults(1))
                            .endpoints()
                            .forEach(endpoint ->
                                    client.listTags(request -> request.resourceArn(endpoint.endpointArn()))))),
            MachineTypes.OPERATIONS);

    private SageMakerFacts() {}

    private static Map<String, String> tags(AwsSession session, String arn) {
        Map<String, String> tags = new HashMap<>();
        session.sageMaker().listTagsPaginator(request -> request.resourceArn(arn)).stream()
                .map(ListTagsResponse::tags)
                .flatMap(Collection::stream)
                .forEach(tag -> tags.put(tag.key(), tag.value() == null ? "" : tag.value()));
        return tags;
    }

    /**
     * The tags of one thing; null, and a gap, where they cannot be read. So it is where the thing is not found: without
     * its tags what a policy keeps would count.
     */
    static Map<String, String> tags(Details details, AwsSession session, String arn) {
        return details.call("tags", Bedrock.lastWord(arn), () -> tags(session, arn))
                .orElse(null);
    }

    /** The hardware behind these types; requests nothing where there are none. */
    static MachineTypes types(Details details, AwsSession session, Collection<String> names) {
        return MachineTypes.of(
                details, session, names.stream().filter(Objects::nonNull).toList());
    }
}
