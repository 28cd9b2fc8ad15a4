package io.aiaudit.collect.gcp;

import io.aiaudit.collect.gcp.GcpMetric.Source;
import io.aiaudit.model.Resource;
import java.util.ArrayList;
import java.util.List;

/**
 * How Cloud Monitoring names a resource.
 *
 * @param source what writes its metrics
 * @param key the values of the source's labels, joined by blanks
 */
record MonitoredAs(Source source, String key) {
    /** All series of the resource. A TPU that is {@code alone} in its zone is what the workers there belong to. */
    static List<MonitoredAs> of(Resource resource, boolean alone) {
        String last = GcpPlace.last(resource.resourceId());
        return switch (resource.kind()) {
            case "instance", "notebook" -> machine(resource, last, alone);
            case "inference_endpoint" ->
                List.of(new MonitoredAs(
                        Source.ENDPOINT,
                        resource.attributes().getOrDefault("endpoint_id", "") + " "
                                + resource.attributes().getOrDefault("deployed_model_id", "")));
            case "training_job" -> List.of(new MonitoredAs(Source.JOB, last));
            case "model_usage" -> List.of(new MonitoredAs(Source.MODEL, PublisherModels.key(resource)));
            case "provisioned_throughput" -> List.of(new MonitoredAs(Source.THROUGHPUT, PublisherModels.key(resource)));
            default -> List.of(new MonitoredAs(Source.SERVICE, resource.name() + " " + resource.region()));
        };
    }

    private static List<MonitoredAs> machine(Resource resource, String last, boolean alone) {
        List<MonitoredAs> names = new ArrayList<>();
        if (resource.resourceId().startsWith(TpuNodes.HOST)) { // by its name or by its number
            names.add(new MonitoredAs(Source.TPU_NODE, last + " " + zone(resource)));
            names.add(new MonitoredAs(
                    Source.TPU_NODE, resource.attributes().get(TpuNodes.NUMBER) + " " + zone(resource)));
        } else {
            names.add(new MonitoredAs(Source.MACHINE, last));
        }
        if (resource.parentId() != null) {
            names.add(new MonitoredAs(Source.NODE, resource.name()));
            names.add(new MonitoredAs(Source.CONTAINER, resource.name()));
        }
        if (alone && isTpu(resource)) {
            names.add(new MonitoredAs(Source.TPU_ZONE, zone(resource)));
        }
        return names;
    }

    static boolean isTpu(Resource resource) {
        return resource.accelerator() != null && resource.accelerator().startsWith("TPU");
    }

    static String zone(Resource resource) {
        return String.valueOf(resource.attributes().get("zone"));
    }
}
