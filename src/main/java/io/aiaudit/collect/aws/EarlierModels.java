package io.aiaudit.collect.aws;

import io.aiaudit.model.Gap;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.bedrock.model.FoundationModelSummary;
import software.amazon.awssdk.services.bedrock.model.InferenceProfileType;

/**
 * Models that were called in the window and not since: CloudWatch keeps what they did and forgets after two weeks that there is something to ask for. So it is asked for
 * every model and profile that Bedrock has here, by the id that callers use (an ARN for profiles that somebody made).
 */
record EarlierModels(AwsPlace place, Window window, CloudWatch cloudWatch) {
    /** How long CloudWatch names a metric that gets no more points. */
    private static final Duration NAMED = Duration.ofDays(14);

    private static final String ON_DEMAND = "ON_DEMAND";

    /** Names besides those of {@code recent}. That they cannot be asked for is a gap beside what is known. */
    Set<String> called(Set<String> recent, Sink sink) {
        if (!Bedrock.isIn(place.region())
                || !window.start().isBefore(Instant.now().minus(NAMED))) {
            return Set.of();
        }
        try {
            Set<String> names = new TreeSet<>();
            models(names::add);
            profiles(names::add);
            names.removeAll(recent);
            BedrockEndpoint runtime = BedrockEndpoint.RUNTIME;
            return cloudWatch.counted(runtime.namespace(), runtime.requests(), runtime.dimension(), names);
        } catch (UserError e) {
            sink.gap(gap(e)); // the limit on what requests may cost
        } catch (SdkException e) {
            if (!(e instanceof AwsServiceException answer && AwsFailure.isUnknownOperation(answer))) {
                sink.gap(gap(AwsFailure.explain(e).orElseThrow()));
            }
        }
        return Set.of();
    }

    private Gap gap(UserError error) {
        return new Gap(
                "aws",
                place.account() + "/" + place.region() + " models called more than two weeks ago",
                error.problem(),
                error.fix());
    }

    /** Those that can be called by their id; the others are called through a profile, or as provisioned units. */
    private void models(Consumer<String> names) {
        Bedrock.client(place).listFoundationModels(request -> {}).modelSummaries().stream()
                .filter(model -> model.inferenceTypesSupportedAsStrings().contains(ON_DEMAND))
                .map(FoundationModelSummary::modelId)
                .forEach(names);
    }

    private void profiles(Consumer<String> names) {
        InferenceProfiles.profiles(place)
                .values()
                .forEach(profile -> names.accept(
                        profile.type() == InferenceProfileType.APPLICATION
                                ? profile.inferenceProfileArn()
                                : profile.inferenceProfileId()));
    }
}
