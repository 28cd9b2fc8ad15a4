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
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.bedrock.model.ProvisionedModelSummary;

/**
 * Bedrock's provisioned throughput: units of a model that are paid for by the hour, called or not. One with a
 * commitment cannot be deleted before it ends.
 */
final class BedrockThroughput extends AwsPart {
    static final List<AwsOperation> OPERATIONS =
            List.of(BEDROCK.operation("ListProvisionedModelThroughputs", REGION, "provisioned_throughput")
                    .alwaysLists()
                    .triedEverywhere()
                    .probe(client -> client.listProvisionedModelThroughputs(request -> {})));

    BedrockThroughput() {
        super("provisioned throughput", Slice.Dataset.INVENTORY, AwsOperation.all(OPERATIONS, Bedrock.OPERATIONS));
    }

    @Override
    public boolean isIn(String region) {
        return Bedrock.isIn(region);
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        Details details = session.details(sink);
        List<ProvisionedModelSummary> all = details.list(
                "provisioned throughput",
                units -> BEDROCK.in(session)
                        .listProvisionedModelThroughputsPaginator(request -> request.maxResults(1000))
                        .provisionedModelSummaries()
                        .forEach(units));
        details.failUnlessSomethingAnswered();
        details.make(
                label(),
                all,
                ProvisionedModelSummary::provisionedModelName,
                units -> resource(session, details, units),
                sink::resource);
    }

    private static Resource resource(AwsSession session, Details details, ProvisionedModelSummary units) {
        boolean tuned = String.valueOf(units.modelArn()).contains(":custom-model/");
        Map<String, String> tags = Bedrock.tags(details, session, units.provisionedModelArn());
        return session.resource(units.provisionedModelArn(), "provisioned_throughput")
                .name(units.provisionedModelName())
                .replicas(units.modelUnits())
                .createdAt(units.creationTime())
                .state(units.statusAsString())
                .purchase(units.commitmentDurationAsString() == null ? "on_demand" : "committed")
                .tags(tags)
                .attributes(new Attributes()
                        .ofTags(tags)
                        .put(Bedrock.MODEL, Bedrock.model(tuned ? units.foundationModelArn() : units.modelArn()))
                        .put("model_arn", units.modelArn())
                        .put("hosting", tuned ? "fine-tuned" : null)
                        .put("model_units", units.modelUnits())
                        .put("desired_model_units", units.desiredModelUnits())
                        .put("commitment_duration", units.commitmentDurationAsString())
                        .put("commitment_expires_at", units.commitmentExpirationTime())
                        .values())
                .build();
    }
}
