package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Frequency.REGION;
import static io.aiaudit.collect.Operation.GOVERNANCE;
import static io.aiaudit.collect.Operation.NO_SUCH_NAME;
import static io.aiaudit.collect.aws.AwsService.CLOUD_TRAIL;

import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.GetTrailStatusResponse;
import software.amazon.awssdk.services.cloudtrail.model.Trail;

/**
 * CloudTrail's trails of an account, with what protects the logs where they lie. Each region lists those of other
 * regions that log there, too: each counts once.
 */
final class Trails {
    static final Frequency FOUND = LogBucket.FOUND;

    static final List<AwsOperation> OPERATIONS = AwsOperation.all(
            List.of(
                    CLOUD_TRAIL
                            .operation("DescribeTrails", REGION, GOVERNANCE)
                            .triedEverywhere()
                            .probe(client -> client.describeTrails(request -> {})),
                    CLOUD_TRAIL
                            .operation("GetTrailStatus", FOUND, GOVERNANCE)
                            .probe(client -> client.getTrailStatus(request -> request.name(NO_SUCH_NAME)))),
            TrailEvents.OPERATIONS,
            LogBucket.OPERATIONS);

    private static final String LOGGING = "logging";

    /** Of a trail of which only the list entry can be read. */
    private static final GetTrailStatusResponse UNKNOWN =
            GetTrailStatusResponse.builder().build();

    private final AwsSession home;
    private final List<String> regions;

    Trails(AwsSession home, List<String> regions) {
        this.home = home;
        this.regions = List.copyOf(regions);
    }

    /** What a region or a trail does not show is unknown: then it cannot be counted. */
    void read(Sink sink) {
        Map<String, Resource> trails = new TreeMap<>();
        Details details = AwsSession.details(home.account() + "/all", sink);
        boolean whole = true;
        for (String region : regions) {
            CloudTrailClient client =
                    home.clients().of(CloudTrailClient.class, CloudTrailClient::builder, home.account(), region);
            Optional<List<Trail>> listed = details.call(
                    "trails of " + region,
                    () -> client.describeTrails(request -> {}).trailList());
            whole &= listed.isPresent();
            for (Trail trail : listed.orElse(List.of())) {
                Optional<String> arn = details.make(
                        "trails", trail.name(), () -> Objects.requireNonNull(trail.trailARN(), "trailARN"));
                whole &= arn.isPresent();
                if (arn.isPresent() && !trails.containsKey(arn.get())) {
                    details.call(
                                    "state of trails",
                                    trail.name(),
                                    () -> AwsFailure.unlessGone(
                                            () -> client.getTrailStatus(request -> request.name(trail.trailARN()))))
                            .orElseGet(() -> Optional.of(UNKNOWN))
                            .flatMap(status ->
                                    details.make("trails", trail.name(), () -> resource(trail, status, details, sink)))
                            .ifPresent(found -> trails.put(arn.get(), found));
                }
            }
        }
        details.failUnlessSomethingAnswered();
        trails.values().forEach(sink::resource);
        boolean states =
                trails.values().stream().allMatch(trail -> trail.attributes().containsKey(LOGGING));
        sink.resource(AccountFacts.account(home)
                .attributes(new Attributes()
                        .put("trails", whole ? trails.size() : null)
                        .put("trails_logging", whole && states ? count(trails.values(), LOGGING) : null)
                        .put("trails_logging_everywhere", whole && states ? everywhere(trails.values()) : null)
                        .put(TrailEvents.DATA, whole ? dataEvents(trails.values()) : null)
                        .values())
                .build());
    }

    private static long count(Collection<Resource> trails, String attribute) {
        return trails.stream()
                .filter(trail -> "true".equals(trail.attributes().get(attribute)))
                .count();
    }

    private static long everywhere(Collection<Resource> trails) {
        return count(
                trails.stream()
                        .filter(trail -> "true".equals(trail.attributes().get(LOGGING)))
                        .toList(),
                "multi_region");
    }

    /** What trails that log keep of data: of all of them together, and unknown where one of them is unknown. */
    private static String dataEvents(Collection<Resource> trails) {
        Set<String> events = new TreeSet<>();
        for (Resource trail : trails) {
            if ("true".equals(trail.attributes().get(LOGGING))) {
                events.addAll(List.of(trail.attributes()
                        .getOrDefault(TrailEvents.DATA, TrailEvents.UNKNOWN)
                        .split(", ")));
            }
        }
        events.remove(TrailEvents.NONE);
        return TrailEvents.joined(events);
    }

    private Resource resource(Trail trail, GetTrailStatusResponse status, Details details, Sink sink) {
        Attributes attributes = new TrailEvents(home, trail)
                .attributes(details)
                .putAll(bucket(trail, sink))
                .put("fact", "trail")
                .put(LOGGING, status.isLogging())
                .put("multi_region", trail.isMultiRegionTrail())
                .put("organization_trail", trail.isOrganizationTrail())
                .put("log_validation", trail.logFileValidationEnabled())
                .put("latest_delivery_at", status.latestDeliveryTime())
                .put("delivery_error", status.latestDeliveryError())
                .put("bucket", trail.s3BucketName())
                .put("encryption_key", trail.kmsKeyId())
                .put("log_group", trail.cloudWatchLogsLogGroupArn());
        return Resource.builder(trail.trailARN(), "account", "aws")
                .accountId(home.account())
                .accountName(home.accountName())
                .region(trail.homeRegion())
                .name(trail.name())
                .state(status.isLogging() == null ? null : status.isLogging() ? LOGGING : "off")
                .attributes(attributes.values())
                .build();
    }

    private Attributes bucket(Trail trail, Sink sink) {
        return trail.s3BucketName() == null
                ? new Attributes()
                : new LogBucket(home, trail.s3BucketName(), Boolean.TRUE.equals(trail.isOrganizationTrail()))
                        .attributes(sink);
    }
}
