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
import java.util.Locale;

/** Services of Azure AI Search. All but those of the free tier are paid for by the hour, searched or not. */
final class SearchServices extends AzurePart {
    static final String KIND = "search_index";
    static final String TYPE_NAME = "Microsoft.Search/searchServices";
    private static final AzureOperation LIST = AzureOperation.get(
            "/subscriptions/{subscription}/providers/Microsoft.Search/searchServices",
            "2023-11-01",
            AzureOperation.WHERE_NOTHING_IS,
            KIND);
    private static final DatedResources SERVICES =
            new DatedResources(new ResourceGraph.Type(TYPE_NAME, LIST), "search services");

    SearchServices() {
        super(SERVICES.label(), Slice.Dataset.INVENTORY, SERVICES.operations());
    }

    @Override
    public void read(AzureSession session, Window window, Known known, Sink sink) {
        SERVICES.read(
                session,
                service -> !"free".equals(tier(service)),
                (service, created) -> resource(session, service, created),
                sink);
    }

    private static String tier(JsonNode service) {
        return String.valueOf(Json.text(service, "/sku/name")).toLowerCase(Locale.ROOT);
    }

    /** Each replica has all partitions, and each of these is a unit. */
    private static Resource resource(AzureSession session, JsonNode service, Instant created) {
        Integer replicas = Json.integer(service, "/properties/replicaCount");
        Integer partitions = Json.integer(service, "/properties/partitionCount");
        boolean known = replicas != null && partitions != null;
        return session.resource(service, KIND)
                .createdAt(created)
                .state(Json.text(service, "/properties/provisioningState"))
                .replicas(known ? Integer.valueOf(replicas * partitions) : null)
                .attributes(new Attributes()
                        .put("tier", tier(service))
                        .put("status", Json.text(service, "/properties/status"))
                        .values())
                .build();
    }
}
