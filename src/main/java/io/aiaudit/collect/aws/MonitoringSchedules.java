package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Operation.GOVERNANCE;
import static io.aiaudit.collect.aws.AwsService.SAGEMAKER;

import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sagemaker.model.MonitoringScheduleSummary;

/** Which endpoints SageMaker's Model Monitor watches, and for what. */
final class MonitoringSchedules extends AwsPart {
    static final List<AwsOperation> OPERATIONS = List.of(SAGEMAKER
            .operation("ListMonitoringSchedules", SageMakerEndpoints.FOUND, GOVERNANCE)
            .alwaysLists()
            .probe(client -> client.listMonitoringSchedules(request -> request.maxResults(1))));

    MonitoringSchedules() {
        super("monitoring schedules", Slice.Dataset.DETAILS, OPERATIONS);
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        List<Resource> variants = session.here(known.resources("inference_endpoint")).stream()
                .filter(resource -> resource.attributes().containsKey("variant_name"))
                .toList();
        if (variants.isEmpty()) {
            return;
        }
        Map<String, List<MonitoringScheduleSummary>> schedules = session
                .sageMaker()
                .listMonitoringSchedulesPaginator(request -> request.maxResults(100))
                .monitoringScheduleSummaries()
                .stream()
                .filter(schedule -> schedule.endpointName() != null)
                .collect(Collectors.groupingBy(MonitoringScheduleSummary::endpointName));
        for (Resource variant : variants) {
            List<MonitoringScheduleSummary> ofEndpoint =
                    schedules.getOrDefault(variant.attributes().get("endpoint_name"), List.of());
            sink.resource(session.resource(variant.resourceId(), variant.kind())
                    .attributes(
                            new Attributes().put("monitoring", text(ofEndpoint)).values())
                    .build());
        }
    }

    /** Such as {@code DataQuality Scheduled, ModelQuality Stopped}. */
    private static String text(List<MonitoringScheduleSummary> schedules) {
        return schedules.isEmpty()
                ? "none"
                : schedules.stream()
                        .map(schedule ->
                                schedule.monitoringTypeAsString() + " " + schedule.monitoringScheduleStatusAsString())
                        .sorted()
                        .collect(Collectors.joining(", "));
    }
}
