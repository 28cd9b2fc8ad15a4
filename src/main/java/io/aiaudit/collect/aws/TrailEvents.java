package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Operation.GOVERNANCE;
import static io.aiaudit.collect.Operation.NO_SUCH_NAME;
import static io.aiaudit.collect.aws.AwsService.CLOUD_TRAIL;

import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedEventSelector;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedFieldSelector;
import software.amazon.awssdk.services.cloudtrail.model.DataResource;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.cloudtrail.model.GetEventSelectorsResponse;
import software.amazon.awssdk.services.cloudtrail.model.Trail;

/**
 * Which events a trail keeps: those of management, and for which types of resources those of data, such as a call of a
 * model or of an endpoint, which no trail keeps unless configured to. What cannot be read is {@code unknown}.
 */
record TrailEvents(AwsSession home, Trail trail) {
    static final List<AwsOperation> OPERATIONS = List.of(CLOUD_TRAIL
            .operation("GetEventSelectors", Trails.FOUND, GOVERNANCE)
            .probe(client -> client.getEventSelectors(request -> request.trailName(NO_SUCH_NAME))));

    /**
     * Attribute: types of resources, such as {@code AWS::Bedrock::Model}, joined by a comma; {@code none} or {@code
     * unknown}.
     */
    static final String DATA = "data_events";

    static final String NONE = "none";
    static final String UNKNOWN = "unknown";
    private static final String MANAGEMENT = "management_events";
    private static final String ALL = "All";

    /**
     * Requested in the trail's own region: the others know its name only. A trail of an organization may belong to
     * another account, which alone can read it.
     */
    Attributes attributes(Details details) {
        return details.call(
                        "events of trails",
                        trail.name(),
                        () -> Boolean.TRUE.equals(trail.isOrganizationTrail()) ? unlessDenied() : selectors())
                .orElseGet(() -> new Attributes().put(MANAGEMENT, UNKNOWN).put(DATA, UNKNOWN));
    }

    private Attributes unlessDenied() {
        try {
            return selectors();
        } catch (AwsServiceException e) {
            if (AwsFailure.isDenied(e)) {
                return new Attributes().put(MANAGEMENT, UNKNOWN).put(DATA, UNKNOWN);
            }
            throw e;
        }
    }

    private Attributes selectors() {
        CloudTrailClient client = home.clients()
                .of(CloudTrailClient.class, CloudTrailClient::builder, home.account(), trail.homeRegion());
        return AwsFailure.unlessGone(() -> client.getEventSelectors(request -> request.trailName(trail.trailARN())))
                .map(TrailEvents::kept)
                .orElseGet(Attributes::new);
    }

    /**
     * A trail has selectors of one sort or of the other; without any it keeps all events of management and none of
     * data.
     */
    private static Attributes kept(GetEventSelectorsResponse response) {
        Set<String> management = new TreeSet<>();
        Set<String> data = new TreeSet<>();
        for (EventSelector selector : response.eventSelectors()) {
            if (!Boolean.FALSE.equals(selector.includeManagementEvents())) {
                management.add(selector.readWriteTypeAsString() == null ? ALL : selector.readWriteTypeAsString());
            }
            selector.dataResources().stream()
                    .map(DataResource::type)
                    .filter(type -> type != null)
                    .forEach(data::add);
        }
        for (AdvancedEventSelector selector : response.advancedEventSelectors()) {
            if (values(selector, "eventCategory").anyMatch("Management"::equals)) {
                management.add(readWrite(values(selector, "readOnly").toList()));
            }
            if (values(selector, "eventCategory").anyMatch("Data"::equals)) {
                values(selector, "resources.type").forEach(data::add);
            }
        }
        if (response.eventSelectors().isEmpty()
                && response.advancedEventSelectors().isEmpty()) {
            management.add(ALL);
        }
        return new Attributes().put(MANAGEMENT, joined(management)).put(DATA, joined(data));
    }

    private static Stream<String> values(AdvancedEventSelector selector, String field) {
        return selector.fieldSelectors().stream()
                .filter(one -> field.equals(one.field()))
                .map(AdvancedFieldSelector::equalsValue)
                .flatMap(List::stream);
    }

    private static String readWrite(List<String> readOnly) {
        return readOnly.isEmpty() ? ALL : readOnly.contains("true") ? "ReadOnly" : "WriteOnly";
    }

    static String joined(Set<String> words) {
        return words.isEmpty() ? NONE : String.join(", ", words);
    }
}
