package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
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
    private static final DatedResources ENDPOINTS =
            new DatedResources(new ResourceGraph.Type(TYPE_NAME, LIST), "private endpoints");
    private static final Pattern AI_SERVICE =
            Pattern.compile(".*/microsoft[.](cognitiveservices|machinelearningservices|search)/.*");

    PrivateEndpoints() {
        super(ENDPOINTS.label(), Slice.Dataset.INVENTORY, ENDPOINTS.operations());
    }

    @Override
    public void read(AzureSession session, Window window, Known known, Sink sink) {
        ENDPOINTS.read(
                session,
                endpoint -> connections(endpoint).stream().anyMatch(PrivateEndpoints::isOfAi),
                (endpoint, created) -> resource(session, endpoint, created),
                sink);
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
    private static Resource resource(AzureSession session, JsonNode endpoint, Instant created) {
        List<JsonNode> connections = connections(endpoint);
        String state = null;
        for (JsonNode connection : connections) {
            String status = Json.text(connection, "/properties/privateLinkServiceConnectionState/status");
            state = state == null || "Approved".equals(status) ? status : state;
        }
        return session.resource(endpoint, KIND)
                .createdAt(created)
                .state(Json.text(endpoint, "/properties/provisioningState"))
                .attributes(new Attributes()
                        .put("connection_state", state)
                        .put("service_name", Json.text(connections.get(0), "/properties/privateLinkServiceId"))
                        .values())
                .build();
    }
}
