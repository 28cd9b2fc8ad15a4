package io.aiaudit.collect.aws;

import io.aiaudit.collect.Attributes;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.GetTrailStatusResponse;
import software.amazon.awssdk.services.cloudtrail.model.Trail;

/** CloudTrail's trails of an account, with what protects the logs where they lie. Each region tells those of other regions that log there, too: each counts once. */
final class Trails {
    private final AwsPlace home;
    private final List<String> regions;

    Trails(AwsPlace home, List<String> regions) {
        this.home = home;
        this.regions = List.copyOf(regions);
    }

    void read(Sink sink) {
        Map<String, Resource> trails = new TreeMap<>();
        for (String region : regions) {
            CloudTrailClient client =
                    home.clients().of(CloudTrailClient.class, CloudTrailClient::builder, home.account(), region);
            for (Trail trail : client.describeTrails(request -> {}).trailList()) {
                if (!trails.containsKey(trail.trailARN())) {
                    AwsFailure.unlessGone(() -> client.getTrailStatus(request -> request.name(trail.trailARN())))
                            .ifPresent(status -> trails.put(trail.trailARN(), resource(trail, status, sink)));
                }
            }
        }
        trails.values().forEach(sink::resource);
        sink.resource(AccountFacts.account(home)
                .attributes(new Attributes()
                        .put("trails", trails.size())
                        .put("trails_logging", count(trails.values(), "logging"))
                        .put("trails_logging_everywhere", everywhere(trails.values()))
                        .put(TrailEvents.DATA, dataEvents(trails.values()))
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
                        .filter(trail -> "true".equals(trail.attributes().get("logging")))
                        .toList(),
                "multi_region");
    }

    /** What trails that log keep of data: of all of them together, and unknown where one of them does not say. */
    private static String dataEvents(Collection<Resource> trails) {
        Set<String> events = new TreeSet<>();
        for (Resource trail : trails) {
            if ("true".equals(trail.attributes().get("logging"))) {
                events.addAll(List.of(trail.attributes()
                        .getOrDefault(TrailEvents.DATA, TrailEvents.UNKNOWN)
                        .split(", ")));
            }
        }
        events.remove(TrailEvents.NONE);
        return TrailEvents.joined(events);
    }

    private Resource resource(Trail trail, GetTrailStatusResponse status, Sink sink) {
        Attributes attributes = new TrailEvents(home, trail)
                .attributes(sink)
                .putAll(bucket(trail, sink))
                .put("fact", "trail")
                .put("logging", status.isLogging())
                .put("multi_region", trail.isMultiRegionTrail())
                .put("organization_trail", trail.isOrganizationTrail())
                .put("log_validation", trail.logFileValidationEnabled())
                .put("latest_delivery_at", status.latestDeliveryTime())
                .put("delivery_error", status.latestDeliveryError())
                .put("bucket", trail.s3BucketName())
                .put("encryption_key", trail.kmsKeyId())
                .put("log_group", trail.cloudWatchLogsLogGroupArn());
        return Resource.builder(trail.trailARN(), "account", "aws")
                .account(home.account(), home.accountName())
                .region(trail.homeRegion())
                .name(trail.name())
                .state(Boolean.TRUE.equals(status.isLogging()) ? "logging" : "off")
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
