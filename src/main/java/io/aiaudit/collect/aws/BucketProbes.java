package io.aiaudit.collect.aws;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.bcmdataexports.BcmDataExportsClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Trail;

/** Tries what can be tried only of things that are there: the export of the bill in its bucket, and the buckets that trails log to. */
final class BucketProbes {
    /** Those of the export, which no scan needs where there is none. */
    static final List<String> OF_EXPORT = List.of("S3.ListObjectsV2", "S3.GetObject");

    private BucketProbes() {}

    /** By operation, as permissions.txt names it. */
    static Map<String, Consumer<AwsPlace>> of(Optional<S3Export> export) {
        Map<String, Consumer<AwsPlace>> probes = new HashMap<>();
        probes.put("BcmDataExports.GetExport", BucketProbes::dataExport);
        probes.put("S3.GetBucketLocation", place -> logBucket(place).ifPresent(LogBucket::region));
        probes.put("S3.GetBucketVersioning", place -> logBucket(place).ifPresent(LogBucket::versioning));
        probes.put("S3.GetObjectLockConfiguration", place -> logBucket(place).ifPresent(LogBucket::objectLock));
        export.ifPresent(there -> {
            probes.put("S3.ListObjectsV2", there::tryToList);
            probes.put("S3.GetObject", there::tryToRead);
        });
        return probes;
    }

    private static void dataExport(AwsPlace place) {
        BcmDataExportsClient client = place.atHome().client(BcmDataExportsClient.class, BcmDataExportsClient::builder);
        client.listExports(request -> request.maxResults(1))
                .exports()
                .forEach(listed -> client.getExport(request -> request.exportArn(listed.exportArn())));
    }

    /** That of an organization's trail is another account's. */
    private static Optional<LogBucket> logBucket(AwsPlace place) {
        return place
                .client(CloudTrailClient.class, CloudTrailClient::builder)
                .describeTrails(request -> {})
                .trailList()
                .stream()
                .filter(trail -> !Boolean.TRUE.equals(trail.isOrganizationTrail()))
                .map(Trail::s3BucketName)
                .filter(bucket -> bucket != null)
                .findFirst()
                .map(bucket -> new LogBucket(place.atHome(), bucket, false));
    }
}
