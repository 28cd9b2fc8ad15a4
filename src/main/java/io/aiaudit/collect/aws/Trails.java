package io.aiaudit.collect.aws;

import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
                        .with("trails", trails.size())
                        .with("trails_logging", count(trails.values(), "logging"))
                        .with("trails_logging_everywhere", everywhere(trails.values()))
                        .map())
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

    private Resource resource(Trail trail, GetTrailStatusResponse status, Sink sink) {
        Attributes attributes = bucket(trail, sink)
                .with("fact", "trail")
                .with("logging", status.isLogging())
                .with("multi_region", trail.isMultiRegionTrail())
                .with("organization_trail", trail.isOrganizationTrail())
                .with("log_validation", trail.logFileValidationEnabled())
                .with("latest_delivery_at", status.latestDeliveryTime())
                .with("delivery_error", status.latestDeliveryError())
                .with("bucket", trail.s3BucketName())
                .with("encryption_key", trail.kmsKeyId())
                .with("log_group", trail.cloudWatchLogsLogGroupArn());
        return Resource.builder(trail.trailARN(), "account", "aws")
                .account(home.account(), home.accountName())
                .region(trail.homeRegion())
                .name(trail.name())
                .state(Boolean.TRUE.equals(status.isLogging()) ? "logging" : "off")
                .attributes(attributes.map())
                .build();
    }

    private Attributes bucket(Trail trail, Sink sink) {
        return trail.s3BucketName() == null
                ? new Attributes()
                : new LogBucket(home, trail.s3BucketName(), Boolean.TRUE.equals(trail.isOrganizationTrail()))
                        .attributes(sink);
    }
}
