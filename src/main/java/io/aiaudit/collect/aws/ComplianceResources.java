package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Frequency.REGION;
import static io.aiaudit.collect.aws.AwsService.EC2;

import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;

/**
 * What is paid for the sake of compliance around models: private endpoints of AI services, log groups that AI services
 * write, and keys that are disabled and still paid for. AWS does not report when a key was last used, so the others
 * could not be assessed.
 */
final class ComplianceResources extends AwsPart {
    private static final AwsService<CloudWatchLogsClient> LOGS =
            AwsService.of("CloudWatchLogs", "logs", CloudWatchLogsClient.class, CloudWatchLogsClient::builder);
    private static final AwsService<KmsClient> KMS = AwsService.of("Kms", "kms", KmsClient.class, KmsClient::builder);

    private static final String ENDPOINT = "private_endpoint";
    private static final String KEY = "encryption_key";
    private static final String LOG = "log_store";

    /** Prefixes of the log groups that AI services write by themselves. */
    private static final List<String> LOG_GROUPS = List.of("/aws/sagemaker", "/aws/bedrock", "/aws/vendedlogs/bedrock");

    private static final Pattern AI_SERVICE = Pattern.compile(
            ".*[.](sagemaker|bedrock|notebook|studio|comprehend|rekognition|textract|transcribe|translate|kendra|"
                    + "polly|q|qbusiness|aoss)([.-].*)?");

    private static final List<AwsOperation> OPERATIONS = List.of(
            EC2.operation("DescribeVpcEndpoints", REGION, ENDPOINT)
                    .probe(client -> client.describeVpcEndpoints(request -> request.maxResults(5))),
            LOGS.operation("DescribeLogGroups", REGION, LOG)
                    .times(LOG_GROUPS.size())
                    .probe(client -> client.describeLogGroups(request -> request.limit(1))),
            LOGS.operation("ListTagsForResource", new Frequency("log groups of AI services", "1 for each"), LOG)
                    .probe(client -> client.describeLogGroups(request -> request.limit(1))
                            .logGroups()
                            .forEach(group -> client.listTagsForResource(
                                    request -> request.resourceArn(group.arn().replaceFirst(":[*]$", ""))))),
            KMS.operation("ListKeys", REGION, KEY).probe(client -> client.listKeys(request -> request.limit(1))),
            KMS.operation("DescribeKey", new Frequency("keys", "1 for each, 1 more for each that is disabled"), KEY)
                    .probe(client -> ofOneKey(client, id -> client.describeKey(request -> request.keyId(id)))),
            KMS.operation("ListResourceTags", new Frequency("keys", "1 for each that is disabled"), KEY)
                    .probe(client -> ofOneKey(client, id -> client.listResourceTags(request -> request.keyId(id)))));

    private static void ofOneKey(KmsClient kms, Consumer<String> call) {
        kms.listKeys(request -> request.limit(1)).keys().forEach(key -> call.accept(key.keyId()));
    }

    ComplianceResources() {
        super("compliance resources", Slice.Dataset.INVENTORY, OPERATIONS);
    }

    @Override
    public boolean mayBeUnknown() {
        return true;
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        Details details = session.details(sink);
        details
                .<VpcEndpoint>list(
                        "private endpoints",
                        endpoint -> session.ec2()
                                .describeVpcEndpointsPaginator(request -> request.maxResults(1000))
                                .vpcEndpoints()
                                .forEach(endpoint))
                .stream()
                .filter(endpoint -> AI_SERVICE
                        .matcher(String.valueOf(endpoint.serviceName()))
                        .matches())
                .filter(endpoint -> "Interface".equals(endpoint.vpcEndpointTypeAsString()))
                .forEach(endpoint -> details.make(
                                "private endpoints", endpoint.vpcEndpointId(), () -> endpoint(session, endpoint))
                        .ifPresent(sink::resource));
        CloudWatchLogsClient logs = LOGS.in(session);
        for (String prefix : LOG_GROUPS) {
            details.<LogGroup>list(
                            "log groups",
                            group -> logs.describeLogGroupsPaginator(request -> request.logGroupNamePrefix(prefix))
                                    .logGroups()
                                    .forEach(group))
                    .forEach(group -> details.make(
                                    "log groups", group.logGroupName(), () -> group(session, group, details))
                            .ifPresent(sink::resource));
        }
        KmsClient kms = KMS.in(session);
        details.<KeyListEntry>list(
                        "keys",
                        key -> kms.listKeysPaginator(request -> {}).keys().forEach(key))
                .forEach(key -> details.call(
                                "settings of keys",
                                key.keyId(),
                                () -> kms.describeKey(
                                                request -> request.keyId(Objects.requireNonNull(key.keyId(), "keyId")))
                                        .keyMetadata())
                        .filter(ComplianceResources::isDisabled)
                        .flatMap(found -> details.make("keys", key.keyId(), () -> key(session, found, kms, details)))
                        .ifPresent(sink::resource));
        details.failUnlessSomethingAnswered();
    }

    /** Those of AWS itself cost nothing. */
    private static boolean isDisabled(KeyMetadata key) {
        return key.keyState() == KeyState.DISABLED && "CUSTOMER".equals(key.keyManagerAsString());
    }

    private static Resource endpoint(AwsSession session, VpcEndpoint endpoint) {
        Map<String, String> tags = new HashMap<>();
        endpoint.tags().forEach(tag -> tags.put(tag.key(), text(tag.value())));
        String id = Objects.requireNonNull(endpoint.vpcEndpointId(), "vpcEndpointId");
        return session.resource(arn(session, "ec2", "vpc-endpoint/" + id), ENDPOINT)
                .name(tags.getOrDefault("Name", endpoint.vpcEndpointId()))
                .createdAt(endpoint.creationTimestamp())
                .state(endpoint.stateAsString())
                .tags(tags)
                .attributes(new Attributes()
                        .put("service_name", endpoint.serviceName())
                        .put("connection_state", endpoint.stateAsString())
                        .put("subnets", endpoint.subnetIds().size())
                        .values())
                .build();
    }

    /**
     * No number of days means that entries never expire. Without its tags it is unknown whether something requires it.
     */
    private static Resource group(AwsSession session, LogGroup group, Details details) {
        String arn = arn(session, "logs", "log-group:" + Objects.requireNonNull(group.logGroupName(), "logGroupName"));
        Map<String, String> tags = details.call(
                        "tags of log groups",
                        group.logGroupName(),
                        () -> LOGS.client()
                                .apply(session)
                                .listTagsForResource(request -> request.resourceArn(arn))
                                .tags())
                .orElse(null);
        return session.resource(arn, LOG)
                .name(group.logGroupName())
                .createdAt(group.creationTime() == null ? null : Instant.ofEpochMilli(group.creationTime()))
                .tags(tags)
                .attributes(new Attributes()
                        .ofTags(tags)
                        .put(
                                "retention_days",
                                tags == null
                                        ? null
                                        : group.retentionInDays() == null ? "never" : group.retentionInDays())
                        .put("stored_bytes", group.storedBytes())
                        .values())
                .build();
    }

    private static Resource key(AwsSession session, KeyMetadata key, KmsClient kms, Details details) {
        Map<String, String> tags = details.call("tags of keys", key.keyId(), () -> {
                    Map<String, String> found = new HashMap<>();
                    kms.listResourceTagsPaginator(request -> request.keyId(key.keyId()))
                            .tags()
                            .forEach(tag -> found.put(tag.tagKey(), text(tag.tagValue())));
                    return found;
                })
                .orElse(null);
        return session.resource(key.arn(), KEY)
                .name(key.description() == null || key.description().isBlank() ? key.keyId() : key.description())
                .createdAt(key.creationDate())
                .state(key.keyStateAsString())
                .tags(tags)
                .attributes(new Attributes()
                        .ofTags(tags)
                        .put("key_state", tags == null ? null : "disabled")
                        .values())
                .build();
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static String arn(AwsSession session, String service, String rest) {
        return "arn:" + session.partition() + ":" + service + ":" + session.region() + ":" + session.account() + ":"
                + rest;
    }
}
