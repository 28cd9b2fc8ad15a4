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
    /** The attribute of a shared pool all of whose models were listed. */
    static final String MODELS_KNOWN = "models_listed";

    private static final String POOL = "shared_pool";
    private static final String MODEL = "deployed_model_id";

    /**
     * The deployed models of which the requests of a pool are made up, which Monitoring knows only by them; of no pool
     * none.
     */
    static List<Resource> inPool(Resource pool, List<Resource> resources) {
        String name = pool.attributes().get(POOL);
        return name == null
                        || pool.attributes().containsKey(MODEL)
                        || !pool.attributes().containsKey(MODELS_KNOWN)
                ? List.of()
                : resources.stream()
                        .filter(model -> model.attributes().containsKey(MODEL)
                                && name.equals(model.attributes().get(POOL)))
                        .toList();
    }

    /** All series of the resource. A TPU that is {@code alone} in its zone is what the workers there belong to. */
    static List<MonitoredAs> of(Resource resource, boolean alone) {
        String last = GcpSession.last(resource.resourceId());
        return switch (resource.kind()) {
            case "instance", "notebook" -> machine(resource, last, alone);
            case "inference_endpoint" -> model(resource, last);
            case "training_job" -> List.of(new MonitoredAs(Source.JOB, last));
            case "model_usage" -> List.of(new MonitoredAs(Source.MODEL, PublisherModels.key(resource)));
            case "provisioned_throughput" -> List.of(new MonitoredAs(Source.THROUGHPUT, PublisherModels.key(resource)));
            default -> List.of(new MonitoredAs(Source.SERVICE, resource.name() + " " + resource.region()));
        };
    }

    /** An endpoint as a whole has no series of its own. */
    private static List<MonitoredAs> model(Resource resource, String last) {
        String model = resource.attributes().get(MODEL);
        if (model != null) {
            return List.of(new MonitoredAs(
                    Source.ENDPOINT,
                    resource.attributes().getOrDefault("endpoint_id", "") + " " + model + " " + resource.region()));
        }
        return resource.attributes().containsKey(POOL)
                ? List.of(new MonitoredAs(Source.POOL, last + " " + resource.region()))
                : List.of();
    }

    private static List<MonitoredAs> machine(Resource resource, String last, boolean alone) {
        List<MonitoredAs> names = new ArrayList<>();
        if (resource.resourceId().startsWith(TpuNodes.HOST)) { // by its name or by its number
            names.add(new MonitoredAs(Source.TPU_NODE, last + " " + zone(resource)));
            String number = resource.attributes().get(TpuNodes.NUMBER);
            if (number != null) {
                names.add(new MonitoredAs(Source.TPU_NODE, number + " " + zone(resource)));
            }
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
