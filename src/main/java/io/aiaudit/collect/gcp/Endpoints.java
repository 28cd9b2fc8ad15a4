package io.aiaudit.collect.gcp;

import static io.aiaudit.collect.Frequency.REGION;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Endpoints of Vertex AI: each model that is deployed on machines of its own is paid for by the machine, and so is a
 * pool that several models share.
 */
final class Endpoints extends GcpPart {
    private static final String ENDPOINTS = "endpoints";
    private static final String POOLS = "deploymentResourcePools";
    private static final List<GoogleOperation> LISTS = List.of(
            InEachLocation.vertex(ENDPOINTS, "Endpoint", REGION, "inference_endpoint"),
            InEachLocation.vertex(POOLS, "DeploymentResourcePool", REGION, "inference_endpoint"));
    private static final String KIND = "inference_endpoint";
    private static final String HOST = "//aiplatform.googleapis.com/";

    Endpoints() {
        super("endpoints", Slice.Dataset.INVENTORY, LISTS);
    }

    @Override
    public void read(GcpSession session, Window window, Known known, Sink sink) {
        InEachLocation locations = new InEachLocation(session, label(), sink);
        List<JsonNode> pools = new ArrayList<>();
        Set<String> whole = locations.callVertex(LISTS, (list, item) -> {
            if (list.equals(ENDPOINTS)) {
                read(session, item, locations, sink);
            } else {
                pools.add(item);
            }
        });
        pools.forEach(pool -> locations.make(pool, () -> sink.resource(pool(session, pool, whole))));
        locations.failUnlessSomethingAnswered();
    }

    /** What has no model deployed costs nothing. */
    private static void read(GcpSession session, JsonNode endpoint, InEachLocation locations, Sink sink) {
        JsonNode models = endpoint.path("deployedModels");
        if (models.isEmpty()) {
            return;
        }
        String name = Json.needed(endpoint, "/name");
        Map<String, String> labels = GcpSession.labels(endpoint);
        sink.resource(session.resource(HOST + name, KIND)
                .name(Json.text(endpoint, "/displayName"))
                .region(GcpSession.after(name, "locations"))
                .createdAt(Json.instant(endpoint, "/createTime"))
                .tags(labels)
                .attributes(new Attributes()
                        .put("endpoint_id", GcpSession.last(name))
                        .putAll(logged(endpoint.path("predictRequestResponseLoggingConfig")))
                        .values())
                .build());
        models.forEach(model -> locations.make(endpoint, () -> sink.resource(model(session, endpoint, model, labels))));
    }

    /** Requests and responses that go to a table of BigQuery; without a configuration none do. */
    private static Attributes logged(JsonNode config) {
        boolean on = config.path("enabled").asBoolean(false);
        return new Attributes()
                .put("request_logging", on ? "on" : "off")
                .put(
                        "request_logging_percent",
                        on ? Math.round(100 * config.path("samplingRate").asDouble(0)) : null)
                .put("request_logging_destination", on ? Json.text(config, "/bigqueryDestination/outputUri") : null);
    }

    private static Resource model(GcpSession session, JsonNode endpoint, JsonNode model, Map<String, String> labels) {
        String name = Json.needed(endpoint, "/name");
        String id = Json.needed(model, "/id");
        Attributes attributes = new Attributes()
                .put("endpoint_id", GcpSession.last(name))
                .put("deployed_model_id", id)
                .put("model", Json.text(model, "/model"))
                .put("shared_pool", Json.text(model, "/sharedResources"))
                .put("traffic_percent", endpoint.path("trafficSplit").path(id).asText());
        ResourceBuilder resource = session.resource(HOST + name + "/deployedModels/" + id, KIND)
                .name(shown(endpoint, GcpSession.last(name)) + "/" + shown(model, id))
                .region(GcpSession.after(name, "locations"))
                .createdAt(Json.instant(model, "/createTime"))
                .parentId(HOST + name)
                .workload("endpoint/" + GcpSession.after(name, "locations") + "/" + GcpSession.last(name) + "/"
                        + shown(model, id))
                .tags(labels);
        machines(resource, model.path("dedicatedResources"), model.path("status"), attributes);
        JsonNode automatic = model.path("automaticResources");
        attributes
                .put("automatic_min_replicas", Json.text(automatic, "/minReplicaCount"))
                .put("automatic_max_replicas", Json.text(automatic, "/maxReplicaCount"));
        return resource.attributes(attributes.values()).build();
    }

    private static String shown(JsonNode thing, String otherwise) {
        String name = Json.text(thing, "/displayName");
        return name == null ? otherwise : name;
    }

    /** Its use is that of its models, where all of them are known. */
    private static Resource pool(GcpSession session, JsonNode pool, Set<String> whole) {
        String name = Json.needed(pool, "/name");
        Attributes attributes = new Attributes()
                .put("shared_pool", name)
                .put(MonitoredAs.MODELS_KNOWN, whole.contains(GcpSession.after(name, "locations")) ? "true" : null);
        ResourceBuilder resource = session.resource(HOST + name, KIND)
                .name(GcpSession.last(name))
                .region(GcpSession.after(name, "locations"))
                .createdAt(Json.instant(pool, "/createTime"));
        machines(resource, pool.path("dedicatedResources"), MissingNode.getInstance(), attributes);
        return resource.attributes(attributes.values()).build();
    }

    /**
     * At least the least number of replicas runs and is paid for, with or without traffic. It is left out where it is
     * zero, and so is the number of those that are there: then a status without anything in it says none.
     */
    private static void machines(ResourceBuilder resource, JsonNode dedicated, JsonNode status, Attributes attributes) {
        if (dedicated.isMissingNode()) {
            return;
        }
        JsonNode spec = dedicated.path("machineSpec");
        Integer least = Proto.count(dedicated, "minReplicaCount");
        Integer running = Proto.count(status, "availableReplicaCount");
        if (running == null && least != null) {
            running = least > 0 ? least : status.isObject() ? Integer.valueOf(0) : null;
        }
        String type = Json.text(spec, "/machineType");
        resource.machineType(type)
                .vcpus(MachineShape.coresOf(type))
                .replicas(running)
                .purchase(dedicated.path("spot").asBoolean(false) ? "spot" : "on_demand");
        Accelerators.ofSpec(spec).ifPresent(accelerators -> accelerators.describe(resource));
        attributes
                .put("min_replicas", least)
                .put("max_replicas", Json.integer(dedicated, "/maxReplicaCount"))
                .put("autoscaling_metric", Json.text(dedicated, "/autoscalingMetricSpecs/0/metricName"))
                .put("autoscaling_target", Json.text(dedicated, "/autoscalingMetricSpecs/0/target"));
    }
}
