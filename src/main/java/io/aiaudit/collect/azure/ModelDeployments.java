package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.List;
import java.util.Set;

/** Accounts of Azure OpenAI and AI Foundry, and the models deployed there: by the token, or as units of throughput that are paid for by the hour. */
final class ModelDeployments implements AzurePart {
    static final String ACCOUNTS = "/subscriptions/{subscription}/providers/Microsoft.CognitiveServices/accounts";
    static final String DEPLOYMENTS =
            "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.CognitiveServices/accounts/{account}/deployments";

    static final String VERSION = "2025-06-01";
    private static final Set<String> KINDS = Set.of("OpenAI", "AIServices");

    @Override
    public String word() {
        return "models";
    }

    @Override
    public Slice.Dataset dataset() {
        return Slice.Dataset.INVENTORY;
    }

    @Override
    public void read(AzurePlace place, Window window, Known known, Sink sink) {
        Details details = new Details(place);
        for (JsonNode account : place.arm().list(place.get(ACCOUNTS, VERSION))) {
            if (!KINDS.contains(String.valueOf(Json.text(account, "/kind")))) {
                continue;
            }
            List<JsonNode> deployments = details.ask(
                    "model deployments",
                    Json.text(account, "/name"),
                    () -> place.arm().list(place.arm().about(Json.text(account, "/id"), DEPLOYMENTS, VERSION)),
                    List.of());
            sink.resource(place.resource(account, "account")
                    .createdAt(Json.instant(account, "/properties/dateCreated"))
                    .state(Json.text(account, "/properties/provisioningState"))
                    .attributes(new Attributes()
                            .put("account_kind", Json.text(account, "/kind"))
                            .values())
                    .build());
            deployments.forEach(deployment -> sink.resource(resource(place, account, deployment)));
        }
        details.tell(sink);
    }

    /** Capacity counts units of throughput only for provisioned kinds; for all others it is thousands of tokens a minute, which cost nothing. */
    private static boolean isProvisioned(String sku) {
        return sku.contains("Provisioned");
    }

    private static Resource resource(AzurePlace place, JsonNode account, JsonNode deployment) {
        String sku = String.valueOf(Json.text(deployment, "/sku/name"));
        boolean provisioned = isProvisioned(sku);
        Integer capacity = Json.integer(deployment, "/sku/capacity");
        return place.resource(deployment, provisioned ? "provisioned_throughput" : "model_usage")
                .region(AzurePlace.region(Json.text(account, "/location")))
                .name(Json.text(account, "/name") + "/" + Json.text(deployment, "/name"))
                .machineType(provisioned ? "ptu/" + sku : null)
                .replicas(provisioned ? capacity : null)
                .purchase(provisioned ? "on_demand" : null)
                .createdAt(Json.instant(deployment, "/systemData/createdAt"))
                .state(Json.text(deployment, "/properties/provisioningState"))
                .parentId(AzurePlace.id(Json.text(account, "/id")))
                .attributes(new Attributes()
                        .put("deployment_name", Json.text(deployment, "/name"))
                        .put("model", Json.text(deployment, "/properties/model/name"))
                        .put("model_version", Json.text(deployment, "/properties/model/version"))
                        .put("version_upgrade", Json.text(deployment, "/properties/versionUpgradeOption"))
                        .put("model_format", Json.text(deployment, "/properties/model/format"))
                        .put("deployment_type", sku)
                        .put("processed_in", processedIn(sku))
                        .put("thousand_tokens_per_minute", provisioned ? null : capacity)
                        .values())
                .build();
    }

    /** Where a request may be answered: anywhere, in the zone of the data (the USA, the European Union), or in the account's region. */
    private static String processedIn(String sku) {
        return sku.startsWith("Global") ? "anywhere" : sku.startsWith("DataZone") ? "data zone" : "region";
    }
}
