package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Frequency.REGION;
import static io.aiaudit.collect.aws.AwsService.BEDROCK;

import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrock.model.CustomModelDeploymentSummary;
import software.amazon.awssdk.services.bedrock.model.CustomModelSummary;
import software.amazon.awssdk.services.bedrock.model.ImportedModelSummary;
import software.amazon.awssdk.services.bedrock.model.ModelInvocationJobSummary;

/**
 * Bedrock's models of one's own, which are stored and some of them deployed, and its batch jobs that did something in
 * the window.
 */
final class BedrockModels extends AwsPart {
    static final List<AwsOperation> OPERATIONS = List.of(
            BEDROCK.operation("ListCustomModels", REGION, "batch_job", "service")
                    .probe(client -> client.listCustomModels(request -> request.maxResults(1))),
            BEDROCK.operation("ListCustomModelDeployments", REGION, "batch_job", "service")
                    .probe(client -> client.listCustomModelDeployments(request -> {})),
            BEDROCK.operation("ListImportedModels", REGION, "batch_job", "service")
                    .probe(client -> client.listImportedModels(request -> request.maxResults(1))),
            BEDROCK.operation("ListModelInvocationJobs", REGION, "batch_job", "service")
                    .probe(client -> client.listModelInvocationJobs(request -> {})));

    private static final int PAGE = 1000;

    /** A batch job is given up after seven days at most, in which it may wait as long again. */
    private static final Duration LONGEST_JOB = Duration.ofDays(14);

    BedrockModels() {
        super("bedrock models and jobs", Slice.Dataset.INVENTORY, AwsOperation.all(OPERATIONS, Bedrock.OPERATIONS));
    }

    @Override
    public boolean isIn(String region) {
        return Bedrock.isIn(region);
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        BedrockClient bedrock = BEDROCK.in(session);
        Details details = session.details(sink);
        details.<CustomModelSummary>list(
                        "custom models",
                        one -> bedrock.listCustomModelsPaginator(request -> request.maxResults(PAGE))
                                .modelSummaries()
                                .forEach(one))
                .forEach(model -> details.make("custom models", model.modelName(), () -> custom(session, model))
                        .ifPresent(sink::resource));
        details.<CustomModelDeploymentSummary>list(
                        "custom model deployments",
                        one -> bedrock.listCustomModelDeploymentsPaginator(request -> request.maxResults(PAGE))
                                .modelDeploymentSummaries()
                                .forEach(one))
                .forEach(deployment -> details.make(
                                "custom model deployments",
                                deployment.customModelDeploymentName(),
                                () -> deployment(session, deployment))
                        .ifPresent(sink::resource));
        details.<ImportedModelSummary>list(
                        "imported models",
                        one -> bedrock.listImportedModelsPaginator(request -> request.maxResults(PAGE))
                                .modelSummaries()
                                .forEach(one))
                .forEach(model -> details.make("imported models", model.modelName(), () -> imported(session, model))
                        .ifPresent(sink::resource));
        details.make(
                "batch jobs",
                jobs(bedrock, window, details),
                ModelInvocationJobSummary::jobName,
                job -> job(session, job),
                sink::resource);
        details.failUnlessSomethingAnswered();
    }

    private static List<ModelInvocationJobSummary> jobs(BedrockClient bedrock, Window window, Details details) {
        return details
                .<ModelInvocationJobSummary>list(
                        "batch jobs",
                        job -> bedrock.listModelInvocationJobsPaginator(request -> request.maxResults(PAGE)
                                        .submitTimeAfter(window.start().minus(LONGEST_JOB))
                                        .submitTimeBefore(window.end()))
                                .invocationJobSummaries()
                                .forEach(job))
                .stream()
                .filter(job -> job.endTime() == null || job.endTime().isAfter(window.start()))
                .toList();
    }

    /** Paid for where it is stored, by the month. */
    private static Resource custom(AwsSession session, CustomModelSummary model) {
        return session.resource(model.modelArn(), "service")
                .name(model.modelName())
                .createdAt(model.creationTime())
                .state(model.modelStatusAsString())
                .attributes(new Attributes()
                        .put("service", "bedrock custom model")
                        .put("base_model", model.baseModelName())
                        .put("customization", model.customizationTypeAsString())
                        .values())
                .build();
    }

    /** Called by its ARN, and paid for by the token. */
    private static Resource deployment(AwsSession session, CustomModelDeploymentSummary deployment) {
        return session.resource(deployment.customModelDeploymentArn(), "model_usage")
                .name(deployment.customModelDeploymentName())
                .createdAt(deployment.createdAt())
                .state(deployment.statusAsString())
                .attributes(new Attributes()
                        .put("hosting", "fine-tuned on demand")
                        .put("model_arn", deployment.modelArn())
                        .values())
                .build();
    }

    /** Called by its ARN, and paid for by the minutes in which copies of it are active. */
    private static Resource imported(AwsSession session, ImportedModelSummary model) {
        return session.resource(model.modelArn(), "model_usage")
                .name(model.modelName())
                .createdAt(model.creationTime())
                .attributes(new Attributes()
                        .put("hosting", "imported")
                        .put("architecture", model.modelArchitecture())
                        .values())
                .build();
    }

    private static Resource job(AwsSession session, ModelInvocationJobSummary job) {
        return session.resource(job.jobArn(), "batch_job")
                .name(job.jobName())
                .createdAt(job.submitTime())
                .endedAt(job.endTime())
                .state(job.statusAsString())
                .purchase("on_demand")
                .attributes(new Attributes()
                        .put(Bedrock.MODEL, Bedrock.model(job.modelId()))
                        .put("service", "bedrock batch inference")
                        .put("failure", job.message())
                        .put("timeout_hours", job.timeoutDurationInHours())
                        .values())
                .build();
    }
}
