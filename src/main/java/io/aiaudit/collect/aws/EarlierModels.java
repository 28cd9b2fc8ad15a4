package io.aiaudit.collect.aws;

import static io.aiaudit.collect.aws.AwsService.BEDROCK;

import io.aiaudit.collect.Details;
import io.aiaudit.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import software.amazon.awssdk.services.bedrock.model.FoundationModelSummary;
import software.amazon.awssdk.services.bedrock.model.InferenceProfileType;

/**
 * Models that were called in the window and not since: CloudWatch keeps what they did and after two weeks no longer
 * lists their names. So the metrics of every model and profile that Bedrock has here are requested, by the id that
 * callers use (an ARN for application profiles).
 */
record EarlierModels(AwsSession session, Window window, CloudWatch cloudWatch) {
    static final List<AwsOperation> OPERATIONS =
            List.of(BEDROCK.operation("ListFoundationModels", Bedrock.FOUND, "model_usage")
                    .probe(client -> client.listFoundationModels(request -> {})));

    /** How long CloudWatch names a metric that gets no more points. */
    private static final Duration NAMED = Duration.ofDays(14);

    private static final String ON_DEMAND = "ON_DEMAND";

    /** Names besides those of {@code recent}. */
    Set<String> called(Set<String> recent, Details details) {
        boolean forgotten = window.start().isBefore(Instant.now().minus(NAMED));
        return Bedrock.isIn(session.region()) && forgotten
                ? details.call("models called more than two weeks ago", () -> queried(recent))
                        .orElse(Set.of())
                : Set.of();
    }

    private Set<String> queried(Set<String> recent) {
        Set<String> names = new TreeSet<>();
        models(names::add);
        profiles(names::add);
        names.removeAll(recent);
        BedrockEndpoint runtime = BedrockEndpoint.RUNTIME;
        return cloudWatch.counted(runtime.namespace(), runtime.requests(), runtime.dimension(), names);
    }

    /** Those that can be called by their id; the others are called through a profile, or as provisioned units. */
    private void models(Consumer<String> names) {
        BEDROCK.in(session).listFoundationModels(request -> {}).modelSummaries().stream()
                .filter(model -> model.inferenceTypesSupportedAsStrings().contains(ON_DEMAND))
                .map(FoundationModelSummary::modelId)
                .filter(Objects::nonNull)
                .forEach(names);
    }

    private void profiles(Consumer<String> names) {
        InferenceProfiles.profiles(session).values().stream()
                .map(profile -> profile.type() == InferenceProfileType.APPLICATION
                        ? profile.inferenceProfileArn()
                        : profile.inferenceProfileId())
                .filter(Objects::nonNull)
                .forEach(names);
    }
}
