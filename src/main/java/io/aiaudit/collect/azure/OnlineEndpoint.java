package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An online endpoint and its deployments, each of which has machines of its own.
 *
 * @param whole false where the list of deployments could not be read to its end: there may be more
 */
record OnlineEndpoint(JsonNode endpoint, List<JsonNode> deployments, boolean whole, MonitoringSchedules monitoring) {
    private static final String KIND = "inference_endpoint";

    List<String> machineTypes() {
        return deployments.stream()
                .filter(OnlineEndpoint::isManaged)
                .map(deployment -> Json.text(deployment, "/properties/instanceType"))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Others run on a cluster of the customer's, which is paid for there. */
    private static boolean isManaged(JsonNode deployment) {
        return "Managed".equalsIgnoreCase(Json.text(deployment, "/properties/endpointComputeType"));
    }

    private String name() {
        return Json.text(endpoint, "/name");
    }

    private boolean isPaidForHere() {
        return !deployments.isEmpty() && deployments.stream().allMatch(OnlineEndpoint::isManaged);
    }

    /** The endpoint first. One that holds nothing that the workspace pays for is no part of it. */
    void emit(
            AzureSession session,
            MachineTypes types,
            String workspace,
            AutoscaleSettings scaling,
            Details details,
            Sink sink) {
        String id = AzureSession.id(Json.text(endpoint, "/id"));
        details.make("online endpoints", name(), () -> resource(session, workspace))
                .ifPresent(sink::resource);
        details.make(
                "deployments of online endpoints",
                deployments,
                deployment -> name() + "/" + Json.text(deployment, "/name"),
                deployment -> deployment(session, types, id, deployment, scaling),
                sink::resource);
    }

    private Resource resource(AzureSession session, String workspace) {
        return session.resource(endpoint, KIND)
                .createdAt(Json.instant(endpoint, "/systemData/createdAt"))
                .state(Json.text(endpoint, "/properties/provisioningState"))
                .replicas(whole && deployments.isEmpty() ? 0 : null)
                .parentId(isPaidForHere() ? workspace : null)
                .attributes(new Attributes()
                        .put("endpoint_type", "realtime")
                        .put("public_access", Json.text(endpoint, "/properties/publicNetworkAccess"))
                        .values())
                .build();
    }

    private Resource deployment(
            AzureSession session, MachineTypes types, String endpoint, JsonNode deployment, AutoscaleSettings scaling) {
        String region = AzureSession.region(Json.text(deployment, "/location"));
        String type = Json.text(deployment, "/properties/instanceType");
        boolean managed = isManaged(deployment);
        ResourceBuilder resource = session.resource(deployment, KIND)
                .name(name() + "/" + Json.text(deployment, "/name"))
                .createdAt(Json.instant(deployment, "/systemData/createdAt"))
                .state(Json.text(deployment, "/properties/provisioningState"))
                .replicas(managed ? Json.integer(deployment, "/sku/capacity") : null)
                .machineType(managed ? type : null)
                .purchase(managed ? "on_demand" : null)
                .parentId(endpoint)
                .attributes(attributes(deployment, managed, type, scaling).values());
        if (managed) {
            types.describe(resource, region, type);
        }
        return resource.build();
    }

    /** What the data collector keeps of requests; without one it keeps nothing. */
    private static Attributes collected(JsonNode collector) {
        List<String> kept = new ArrayList<>();
        double least = 1;
        for (Map.Entry<String, JsonNode> collection :
                collector.path("collections").properties()) {
            if ("Enabled".equalsIgnoreCase(Json.text(collection.getValue(), "/dataCollectionMode"))) {
                kept.add(collection.getKey());
                least = Math.min(
                        least, collection.getValue().path("samplingRate").asDouble(1));
            }
        }
        Collections.sort(kept);
        return new Attributes()
                .put("data_collection", kept.isEmpty() ? "off" : String.join(", ", kept))
                .put("data_collection_percent", kept.isEmpty() ? null : Math.round(least * 100));
    }

    private Attributes attributes(JsonNode deployment, boolean managed, String type, AutoscaleSettings scaling) {
        String name = String.valueOf(Json.text(deployment, "/name"));
        return new Attributes()
                .put("endpoint_name", name())
                .put("deployment_name", name)
                .put("endpoint_type", "realtime")
                .put("compute", managed ? "managed" : "kubernetes")
                .put("instance_type", managed ? null : type)
                .put("model", Json.text(deployment, "/properties/model"))
                .put("monitoring", monitoring.of(name(), name))
                .putAll(collected(deployment.at("/properties/dataCollector")))
                .put(
                        "traffic_percent",
                        endpoint.at("/properties/traffic").path(name).isNumber()
                                ? endpoint.at("/properties/traffic").path(name).asInt()
                                : null)
                .put(
                        "mirrored_percent",
                        endpoint.at("/properties/mirrorTraffic").path(name).isNumber()
                                ? endpoint.at("/properties/mirrorTraffic")
                                        .path(name)
                                        .asInt()
                                : null)
                .putAll(scaling.of(Json.text(deployment, "/id")));
    }
}
