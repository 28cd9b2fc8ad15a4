package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Operation.GOVERNANCE;
import static io.aiaudit.collect.aws.AwsService.CLOUD_TRAIL;
import static io.aiaudit.collect.aws.AwsService.S3;

import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Frequency;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Sink;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudtrail.model.Trail;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DefaultRetention;
import software.amazon.awssdk.services.s3.model.ObjectLockConfiguration;

/**
 * What protects the logs in a bucket, and where it lies. What cannot be read is {@code unknown}, which is not the
 * same as none.
 *
 * @param elsewhere it is likely another account's, as that of an organization's trail: then denied access is no gap
 */
record LogBucket(AwsSession home, String name, boolean elsewhere) {
    static final Frequency FOUND = new Frequency("trails", "5 for each");

    /** What is called here; tried of the bucket of a trail, where there is one. */
    static final List<AwsOperation> OPERATIONS = List.of(
            S3.operation("GetBucketLocation", FOUND, GOVERNANCE)
                    .probe((client, session) -> ofTrail(session).ifPresent(LogBucket::region)),
            S3.operation("GetBucketVersioning", FOUND, GOVERNANCE)
                    .probe((client, session) -> ofTrail(session).ifPresent(LogBucket::versioning)),
            S3.operation("GetObjectLockConfiguration", FOUND, GOVERNANCE)
                    .permission("s3:GetBucketObjectLockConfiguration")
                    .probe((client, session) -> ofTrail(session).ifPresent(LogBucket::objectLock)));

    private static final String NONE = "none";
    private static final Set<String> CLOSED = Set.of("AllAccessDisabled", "NoSuchBucket");

    /**
     * Of records of model calls: what keeps them from being changed, such as {@code COMPLIANCE 365 days}, none or
     * unknown.
     */
    static String lock(AwsSession session, String bucket, Sink sink) {
        return new LogBucket(session.atHome(), bucket, false)
                .attributes(sink)
                .values()
                .get("bucket_object_lock");
    }

    Attributes attributes(Sink sink) {
        try {
            String region = region();
            S3Client s3 = client(region);
            return new Attributes()
                    .put("bucket_region", region)
                    .put("bucket_versioning", versioning(s3))
                    .put("bucket_object_lock", objectLock(s3));
        } catch (SdkException e) {
            boolean closed = e instanceof AwsServiceException answer
                    && (AwsFailure.isDenied(answer) || CLOSED.contains(code(answer)));
            if (!elsewhere || !closed) {
                AwsFailure.explain(e)
                        .ifPresent(error -> sink.gap(new Gap(
                                "aws",
                                home.account() + "/all " + AccountFacts.TRAILS + " bucket " + name,
                                error.problem(),
                                error.fix())));
            }
            return new Attributes()
                    .put("bucket_region", "unknown")
                    .put("bucket_versioning", "unknown")
                    .put("bucket_object_lock", "unknown");
        }
    }

    /** Of the first trail of the account's own: that of an organization's trail is another account's. */
    private static Optional<LogBucket> ofTrail(AwsSession session) {
        return CLOUD_TRAIL.in(session).describeTrails(request -> {}).trailList().stream()
                .filter(trail -> !Boolean.TRUE.equals(trail.isOrganizationTrail()))
                .map(Trail::s3BucketName)
                .filter(bucket -> bucket != null)
                .findFirst()
                .map(bucket -> new LogBucket(session.atHome(), bucket, false));
    }

    private S3Client client(String region) {
        return home.clients().of(S3Client.class, S3Export::client, home.account(), region);
    }

    /**
     * Requested in the home region of global services, which knows all buckets; that region itself is returned as
     * empty.
     */
    String region() {
        String constraint = client(home.region())
                .getBucketLocation(request -> request.bucket(name))
                .locationConstraintAsString();
        if (constraint == null || constraint.isEmpty()) {
            return home.region();
        }
        return constraint.equals("EU") ? "eu-west-1" : constraint;
    }

    private String versioning() {
        return versioning(client(region()));
    }

    private String objectLock() {
        return objectLock(client(region()));
    }

    /** A bucket that never had versions has no status. */
    private String versioning(S3Client s3) {
        String status = s3.getBucketVersioning(request -> request.bucket(name)).statusAsString();
        return status == null ? NONE : status;
    }

    private String objectLock(S3Client s3) {
        try {
            ObjectLockConfiguration lock = s3.getObjectLockConfiguration(request -> request.bucket(name))
                    .objectLockConfiguration();
            return text(lock);
        } catch (AwsServiceException e) {
            if (code(e).equals("ObjectLockConfigurationNotFoundError")) {
                return NONE;
            }
            throw e;
        }
    }

    private static String text(ObjectLockConfiguration lock) {
        if (lock == null || !"Enabled".equals(lock.objectLockEnabledAsString())) {
            return NONE;
        }
        DefaultRetention retention = lock.rule() == null ? null : lock.rule().defaultRetention();
        if (retention == null) {
            return "enabled, no default retention";
        }
        return retention.modeAsString() + " "
                + (retention.days() == null ? retention.years() + " years" : retention.days() + " days");
    }

    private static String code(AwsServiceException response) {
        return response.awsErrorDetails() == null
                ? ""
                : response.awsErrorDetails().errorCode();
    }
}
