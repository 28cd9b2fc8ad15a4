package io.aiaudit.collect.azure;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What managed deployments of online endpoints did: accelerators and their memory, processors, machines, requests. */
final class EndpointMetrics implements AzurePart {
    private static final double PERCENT = 0.01;
    private static final int MINUTES_PER_HOUR = 60;
    private static final String REQUESTS = "RequestsPerMinute";
    private static final AzureMonitor.Question QUESTION = new AzureMonitor.Question(
            "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments",
            List.of(
                    "GpuUtilizationPercentage",
                    "GpuMemoryUtilizationPercentage",
                    "CpuUtilizationPercentage",
                    "CpuMemoryUtilizationPercentage",
                    "DeploymentCapacity",
                    REQUESTS),
            "average,maximum",
            null);

    @Override
    public String word() {
        return "endpoint metrics";
    }

    @Override
    public Slice.Dataset dataset() {
        return Slice.Dataset.METRICS;
    }

    @Override
    public void read(AzurePlace place, Window window, Known known, Sink sink) throws InterruptedException {
        List<Resource> deployments = place.here(known.resources("inference_endpoint")).stream()
                .filter(resource -> resource.resourceId().contains("/deployments/") && resource.machineType() != null)
                .toList();
        Details details = new Details(place);
        AzureMonitor monitor = new AzureMonitor(place, window, details, sink);
        for (Map.Entry<String, List<Resource>> region :
                AzureMonitor.byRegion(deployments).entrySet()) {
            details.ask(
                    "metrics of endpoints in " + region.getKey(),
                    () -> {
                        read(monitor, region.getKey(), region.getValue(), sink);
                        return true;
                    },
                    false);
        }
        details.tellUnlessNothingAnswered(sink);
    }

    private static void read(AzureMonitor monitor, String region, List<Resource> deployments, Sink sink)
            throws InterruptedException {
        Map<String, MetricHours> hours = new HashMap<>();
        Map<String, Resource> byId = new HashMap<>();
        deployments.forEach(deployment -> byId.put(deployment.resourceId(), deployment));
        MetricAnswers answers = monitor.read(QUESTION, region, List.copyOf(byId.keySet()), point -> {
            if (byId.containsKey(point.resourceId())) {
                add(
                        hours.computeIfAbsent(point.resourceId(), key -> new MetricHours()),
                        byId.get(point.resourceId()),
                        point);
            }
        });
        byId.forEach((id, deployment) -> {
            MetricHours ofDeployment = hours.computeIfAbsent(id, key -> new MetricHours());
            answers.told(id, REQUESTS)
                    .forEach(stretch -> ofDeployment.nothingHappened("requests", deployment, stretch));
            ofDeployment.write(id, sink);
        });
    }

    /** Memory is told in percent of what the machine has; where that is not known it stays unknown. */
    private static void add(MetricHours hours, Resource deployment, MetricPoint point) {
        switch (point.name()) {
            case "GpuUtilizationPercentage" -> hours.average("gpu_utilization", point, PERCENT);
            case "GpuMemoryUtilizationPercentage" -> {
                if (deployment.acceleratorMemoryGib() != null) {
                    hours.average(
                            "gpu_memory_used_gib",
                            point,
                            PERCENT * deployment.acceleratorMemoryGib().doubleValue());
                }
            }
            case "CpuUtilizationPercentage" -> hours.average("cpu_utilization", point, PERCENT);
            case "CpuMemoryUtilizationPercentage" -> {
                if (deployment.memoryGib() != null) {
                    hours.average(
                            "memory_used_gib",
                            point,
                            PERCENT * deployment.memoryGib().doubleValue());
                }
            }
            case "DeploymentCapacity" -> hours.average("replicas", point, 1);
            case REQUESTS -> hours.total("requests", point.hour(), point.average(), MINUTES_PER_HOUR);
            default -> {
                // Azure tells what was asked for; anything else is not used.
            }
        }
    }
}
