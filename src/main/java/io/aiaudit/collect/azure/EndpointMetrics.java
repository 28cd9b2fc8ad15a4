package io.aiaudit.collect.azure;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.MetricHours;
import io.aiaudit.collect.ServiceHours;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What managed deployments of online endpoints did: accelerators and their memory, processors, machines, requests. */
final class EndpointMetrics extends AzurePart {
    private static final int MINUTES_PER_HOUR = 60;
    private static final String NAMESPACE = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments";
    private static final AzureMetric REQUESTS =
            AzureMetric.of("RequestsPerMinute", "requests", AzureMetric.Form.RATE, MINUTES_PER_HOUR);

    /** When most of the instances were there is not known. */
    private static final AzureMetric CAPACITY =
            AzureMetric.of("DeploymentCapacity", "replicas", AzureMetric.Form.PARTS, 1);

    private static final List<AzureMetric> ROWS = Stream.concat(MachineUse.ROWS.stream(), Stream.of(REQUESTS, CAPACITY))
            .toList();

    /**
     * Use is an average of the machines; counters are split by response code, and by machine, and
     * their average would be none of the deployment.
     */
    private static final List<AzureMonitor.Question> QUESTIONS = List.of(
            new AzureMonitor.Question(NAMESPACE, AzureMetric.names(MachineUse.ROWS), "average,maximum", List.of()),
            new AzureMonitor.Question(NAMESPACE, List.of(REQUESTS.name()), "average", List.of("envoy_response_code")),
            new AzureMonitor.Question(NAMESPACE, List.of(CAPACITY.name()), "average", List.of("instanceId", "State")));

    EndpointMetrics() {
        super("endpoint metrics", Slice.Dataset.METRICS, AzureMonitor.OPERATIONS);
    }

    @Override
    public Map<String, Set<String>> measures() {
        return Map.of("inference_endpoint", AzureMetric.written(ROWS));
    }

    @Override
    public void read(AzureSession session, Window window, Known known, Sink sink) throws InterruptedException {
        List<Resource> deployments = session.here(known.resources("inference_endpoint")).stream()
                .filter(resource -> resource.resourceId().contains("/deployments/") && resource.machineType() != null)
                .toList();
        AzureMonitor.eachRegion(
                session, window, deployments, sink, (monitor, region, some) -> read(monitor, region, some, sink));
    }

    /** One question that is refused takes nothing from the others. */
    private static void read(AzureMonitor monitor, String region, List<Resource> deployments, Sink sink)
            throws InterruptedException {
        Map<String, MetricHours> hours = new HashMap<>();
        Map<String, Resource> byId = new HashMap<>();
        deployments.forEach(deployment -> byId.put(deployment.resourceId(), deployment));
        byId.keySet().forEach(id -> hours.put(id, new MetricHours()));
        Consumer<MetricPoint> points = point -> {
            if (byId.containsKey(point.resourceId())) {
                AzureMetric.add(ROWS, hours.get(point.resourceId()), byId.get(point.resourceId()), point);
            }
        };
        for (AzureMonitor.Question question : QUESTIONS) {
            MetricAnswers responses = monitor.read(
                    "metrics of endpoints in " + region, question, region, List.copyOf(byId.keySet()), points);
            byId.forEach((id, deployment) -> {
                responses.note(id, ROWS, hours.get(id));
                responses
                        .responded(id, REQUESTS.name())
                        .forEach(stretch ->
                                hours.get(id).nothingElse(REQUESTS.metric(), ServiceHours.of(deployment, stretch)));
            });
        }
        hours.forEach((id, ofDeployment) -> {
            ofDeployment.zeroWhereReported(REQUESTS.metric(), ofDeployment.reported());
            ofDeployment.write(byId.get(id), sink);
        });
    }
}
