package io.aiaudit.collect.aws;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import software.amazon.awssdk.services.bedrock.model.ProvisionedModelSummary;

/** Bedrock's provisioned throughput: units of a model that are paid for by the hour, called or not. One with a commitment cannot be deleted before it ends. */
final class BedrockThroughput implements AwsPart {
    @Override
    public String word() {
        return "provisioned throughput";
    }

    @Override
    public Slice.Dataset dataset() {
        return Slice.Dataset.INVENTORY;
    }

    @Override
    public boolean isIn(String region) {
        return Bedrock.isIn(region);
    }

    @Override
    public void read(AwsPlace place, Window window, Known known, Sink sink) {
        Bedrock.client(place)
                .listProvisionedModelThroughputsPaginator(request -> request.maxResults(1000))
                .provisionedModelSummaries()
                .forEach(units -> sink.resource(resource(place, units)));
    }

    private static Resource resource(AwsPlace place, ProvisionedModelSummary units) {
        boolean tuned = units.modelArn().contains(":custom-model/");
        return place.resource(units.provisionedModelArn(), "provisioned_throughput")
                .name(units.provisionedModelName())
                .replicas(units.modelUnits())
                .createdAt(units.creationTime())
                .state(units.statusAsString())
                .purchase(units.commitmentDurationAsString() == null ? "on_demand" : "committed")
                .tags(Bedrock.tags(place, units.provisionedModelArn()))
                .attributes(new Attributes()
                        .with(Bedrock.MODEL, Bedrock.model(tuned ? units.foundationModelArn() : units.modelArn()))
                        .with("model_arn", units.modelArn())
                        .with("hosting", tuned ? "fine-tuned" : null)
                        .with("model_units", units.modelUnits())
                        .with("desired_model_units", units.desiredModelUnits())
                        .with("commitment_duration", units.commitmentDurationAsString())
                        .with("commitment_expires_at", units.commitmentExpirationTime())
                        .map())
                .build();
    }
}
