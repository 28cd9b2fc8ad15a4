package io.aiaudit.collect.azure;

import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What managed deployments of online endpoints did: accelerators and their memory, processors, machines, requests. */
final class EndpointMetrics extends AzurePart {
    private static final int MINUTES_PER_HOUR = 60;
    private static final String NAMESPACE = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments";
    private static final String REQUESTS = "RequestsPerMinute";
    private static final String CAPACITY = "DeploymentCapacity";

    /** Use is an average of the machines; what is counted is told by code of the answer, and machine by machine, and their average would be none of the deployment. */
    private static final List<AzureMonitor.Question> QUESTIONS = List.of(
            new AzureMonitor.Question(NAMESPACE, MachineUse.METRICS, "average,maximum", List.of()),
            new AzureMonitor.Question(NAMESPACE, List.of(REQUESTS), "average", List.of("envoy_response_code")),
            new AzureMonitor.Question(NAMESPACE, List.of(CAPACITY), "average", List.of("instanceId", "State")));

    EndpointMetrics() {
        super("endpoint metrics", Slice.Dataset.METRICS, AzureMonitor.OPERATIONS);
    }

    @Override
    public Map<String, Set<String>> measures() {
        MetricHours hours = new MetricHours();
        QUESTIONS.forEach(question -> question.names()
                .forEach(name -> add(hours, MachineUse.machine("inference_endpoint"), MetricPoint.full(name))));
        return Map.of("inference_endpoint", hours.metrics());
    }

    @Override
    public void read(AzurePlace place, Window window, Known known, Sink sink) throws InterruptedException {
        List<Resource> deployments = place.here(known.resources("inference_endpoint")).stream()
                .filter(resource -> resource.resourceId().contains("/deployments/") && resource.machineType() != null)
                .toList();
        Details details = place.details(sink);
        AzureMonitor monitor = new AzureMonitor(place, window, details, sink);
        for (Map.Entry<String, List<Resource>> region :
                AzureMonitor.byRegion(deployments).entrySet()) {
            read(monitor, region.getKey(), region.getValue(), sink);
        }
        details.failUnlessSomethingAnswered();
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
                add(hours.get(point.resourceId()), byId.get(point.resourceId()), point);
            }
        };
        for (AzureMonitor.Question question : QUESTIONS) {
            MetricAnswers answers = monitor.read(
                    "metrics of endpoints in " + region, question, region, List.copyOf(byId.keySet()), points);
            byId.forEach((id, deployment) -> answers.told(id, REQUESTS)
                    .forEach(stretch -> hours.get(id).nothingHappened("requests", deployment, stretch)));
        }
        hours.forEach((id, ofDeployment) -> {
            ofDeployment.zeroWhereReported("requests", ofDeployment.reported());
            ofDeployment.write(id, sink);
        });
    }

    private static void add(MetricHours hours, Resource deployment, MetricPoint point) {
        switch (point.name()) {
            case CAPACITY -> hours.sum("replicas", point);
            case REQUESTS -> hours.total("requests", point.hour(), point.average(), MINUTES_PER_HOUR);
            default -> MachineUse.add(hours, deployment, point);
        }
    }
}
