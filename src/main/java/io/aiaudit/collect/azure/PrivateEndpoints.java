package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Private endpoints of AI services, with the state of their connection. Only the list of all resources has the time
 * when they were made.
 */
final class PrivateEndpoints extends AzurePart {
    private static final String KIND = "private_endpoint";
    private static final String TYPE_NAME = "Microsoft.Network/privateEndpoints";
    private static final AzureOperation LIST = AzureOperation.get(
            "/subscriptions/{subscription}/providers/Microsoft.Network/privateEndpoints",
            "2024-05-01",
            AzureOperation.WHERE_NOTHING_IS,
            KIND);
    private static final ResourceGraph.Type TYPE = new ResourceGraph.Type(TYPE_NAME, LIST);
    private static final Pattern AI_SERVICE =
            Pattern.compile(".*/microsoft[.](cognitiveservices|machinelearningservices|search)/.*");

    PrivateEndpoints() {
        super("private endpoints", Slice.Dataset.INVENTORY, List.of(ResourceGraph.RESOURCES, LIST, CreationTimes.LIST));
    }

    @Override
    public void read(AzureSession session, Window window, Known known, Sink sink) {
        Details details = session.details(sink);
        List<JsonNode> endpoints = new ResourceGraph(session)
                .of(List.of(TYPE), details).stream()
                        .filter(TYPE::isOf)
                        .filter(endpoint -> connections(endpoint).stream().anyMatch(PrivateEndpoints::isOfAi))
                        .toList();
        if (!endpoints.isEmpty()) {
            Map<String, Instant> created = CreationTimes.of(session, TYPE_NAME, "private endpoints", details);
            endpoints.forEach(endpoint -> sink.resource(resource(session, endpoint, created)));
        }
        details.failUnlessSomethingAnswered();
    }

    private static List<JsonNode> connections(JsonNode endpoint) {
        List<JsonNode> connections = new ArrayList<>();
        endpoint.at("/properties/privateLinkServiceConnections").forEach(connections::add);
        endpoint.at("/properties/manualPrivateLinkServiceConnections").forEach(connections::add);
        return connections;
    }

    private static boolean isOfAi(JsonNode connection) {
        return AI_SERVICE
                .matcher(String.valueOf(Json.text(connection, "/properties/privateLinkServiceId"))
                        .toLowerCase(Locale.ROOT))
                .matches();
    }

    /** One that still has a connection that works is in that state. */
    private static Resource resource(AzureSession session, JsonNode endpoint, Map<String, Instant> created) {
        List<JsonNode> connections = connections(endpoint);
        String state = null;
        for (JsonNode connection : connections) {
            String status = Json.text(connection, "/properties/privateLinkServiceConnectionState/status");
            state = state == null || "Approved".equals(status) ? status : state;
        }
        return session.resource(endpoint, KIND)
                .createdAt(created.get(AzureSession.id(Json.text(endpoint, "/id"))))
                .state(Json.text(endpoint, "/properties/provisioningState"))
                .attributes(new Attributes()
                        .put("connection_state", state)
                        .put("service_name", Json.text(connections.get(0), "/properties/privateLinkServiceId"))
                        .values())
                .build();
    }
}
