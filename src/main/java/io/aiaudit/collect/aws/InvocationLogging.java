package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Operation.GOVERNANCE;
import static io.aiaudit.collect.aws.AwsService.BEDROCK;

import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.bedrock.model.LoggingConfig;

/**
 * Whether requests and responses of models are logged, recorded on everything that is called in a region: there is one
 * setting for all of it.
 */
final class InvocationLogging extends AwsPart {
    static final List<AwsOperation> OPERATIONS =
            List.of(BEDROCK.operation("GetModelInvocationLoggingConfiguration", Bedrock.FOUND, GOVERNANCE)
                    .probe(client -> client.getModelInvocationLoggingConfiguration(request -> {})));

    InvocationLogging() {
        super("invocation logging", Slice.Dataset.DETAILS, AwsOperation.all(OPERATIONS, LogBucket.OPERATIONS));
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        List<Resource> called = Bedrock.called(session, known);
        if (called.isEmpty()) {
            return;
        }
        LoggingConfig logging = BEDROCK.in(session)
                .getModelInvocationLoggingConfiguration(request -> {})
                .loggingConfig();
        Attributes attributes = attributes(logging).put("invocation_logging_lock", lock(session, logging, sink));
        for (Resource resource : called) {
            sink.resource(session.resource(resource.resourceId(), resource.kind())
                    .attributes(attributes.values())
                    .build());
        }
    }

    /** What keeps the records from being changed; null where they lie in no bucket. */
    private static String lock(AwsSession session, LoggingConfig logging, Sink sink) {
        return logging == null
                        || logging.s3Config() == null
                        || logging.s3Config().bucketName() == null
                ? null
                : LogBucket.lock(session, logging.s3Config().bucketName(), sink);
    }

    /** No configuration and one without a destination both mean no logging. */
    private static Attributes attributes(LoggingConfig logging) {
        String bucket = logging == null || logging.s3Config() == null
                ? null
                : logging.s3Config().bucketName();
        String group = logging == null || logging.cloudWatchConfig() == null
                ? null
                : logging.cloudWatchConfig().logGroupName();
        List<String> targets = new ArrayList<>();
        if (bucket != null) {
            targets.add("s3");
        }
        if (group != null) {
            targets.add("cloudwatch");
        }
        return new Attributes()
                .put("invocation_logging", targets.isEmpty() ? "off" : String.join(", ", targets))
                .put("invocation_logging_bucket", bucket)
                .put("invocation_logging_group", group)
                .put("invocation_logging_text", targets.isEmpty() ? null : logging.textDataDeliveryEnabled());
    }
}
