package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Pools of Azure Batch with accelerators. Nodes are paid for while they exist, whether a task runs on them or not.
 * Azure measures nodes by account and not by pool, so what they did is not known. A pool whose account makes its nodes
 * in the subscription is a scale set there, and is found as that.
 */
final class BatchPools extends AzurePart {
    private static final String VERSION = "2024-07-01";
    private static final AzureOperation ACCOUNTS = AzureOperation.get(
            "/subscriptions/{subscription}/providers/Microsoft.Batch/batchAccounts",
            VERSION,
            Frequency.ACCOUNT,
            "node_group");
    private static final AzureOperation POOLS = AzureOperation.get(
            "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Batch"
                    + "/batchAccounts/{account}/pools",
            VERSION,
            new Frequency("1 for each account of Batch"),
            "node_group");

    BatchPools() {
        super("batch pools", Slice.Dataset.INVENTORY, List.of(ACCOUNTS, POOLS, MachineTypes.SKUS));
    }

    @Override
    public void read(AzureSession session, Window window, Known known, Sink sink) {
        Details details = session.details(sink);
        List<JsonNode> accounts =
                details.list("batch accounts", account -> session.arm().each(session.request(ACCOUNTS), account));
        for (JsonNode account : accounts) {
            if (!"UserSubscription".equals(Json.text(account, "/properties/poolAllocationMode"))) {
                pools(session, account, details, sink);
            }
        }
        details.failUnlessSomethingAnswered();
    }

    private static void pools(AzureSession session, JsonNode account, Details details, Sink sink) {
        String region = AzureSession.region(Json.text(account, "/location"));
        List<JsonNode> pools = details.list(
                "batch pools",
                Json.text(account, "/name"),
                pool -> session.arm().each(session.arm().about(Json.text(account, "/id"), POOLS), pool));
        MachineTypes types = session.arm().types();
        types.learn(
                session,
                region,
                pools.stream().map(BatchPools::size).filter(Objects::nonNull).toList(),
                sink);
        details.make(
                "batch pools",
                pools.stream()
                        .filter(pool -> types.isAccelerated(region, size(pool)))
                        .toList(),
                pool -> Json.text(pool, "/name"),
                pool -> resource(session, types, account, pool, region),
                sink::resource);
    }

    private static String size(JsonNode pool) {
        return Json.text(pool, "/properties/vmSize");
    }

    private static Resource resource(
            AzureSession session, MachineTypes types, JsonNode account, JsonNode pool, String region) {
        Integer dedicated = Json.integer(pool, "/properties/currentDedicatedNodes");
        Integer spot = Json.integer(pool, "/properties/currentLowPriorityNodes");
        String state = Json.text(pool, "/properties/allocationState");
        boolean known = dedicated != null && spot != null;
        String accountName = Json.text(account, "/name");
        String poolName = Json.text(pool, "/name");
        Map<String, String> tags = new HashMap<>(Json.texts(account, "/tags"));
        tags.putAll(Json.texts(pool, "/tags"));
        ResourceBuilder resource = session.resource(pool, "node_group")
                .region(region)
                .name(accountName + "/" + poolName)
                .machineType(size(pool))
                .replicas(known ? Integer.valueOf(dedicated + spot) : null)
                .createdAt(Json.instant(pool, "/properties/creationTime"))
                .state(state == null ? null : state.toLowerCase(Locale.ROOT))
                .purchase(known && dedicated == 0 && spot > 0 ? "spot" : "on_demand")
                .workload("pool/" + accountName + "/" + poolName)
                .tags(tags)
                .attributes(new Attributes()
                        .put("batch_account", AzureSession.id(Json.text(account, "/id")))
                        .put("dedicated_nodes", dedicated)
                        .put("spot_nodes", spot)
                        .put(
                                "autoscaling",
                                pool.at("/properties/scaleSettings/autoScale").isMissingNode() ? "none" : "enabled")
                        .values());
        types.describe(resource, region, size(pool));
        return resource.build();
    }
}
