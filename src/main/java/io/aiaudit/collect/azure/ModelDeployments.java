package io.aiaudit.collect.azure;

import static io.aiaudit.collect.Frequency.ACCOUNT;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Accounts of Azure OpenAI and AI Foundry, and the models deployed there: by the token, or as units of throughput that
 * are paid for by the hour.
 */
final class ModelDeployments extends AzurePart {
    private static final String VERSION = "2025-06-01";
    private static final AzureOperation ACCOUNTS = AzureOperation.get(
            "/subscriptions/{subscription}/providers/Microsoft.CognitiveServices/accounts",
            VERSION,
            ACCOUNT,
            "provisioned_throughput",
            "model_usage");
    private static final AzureOperation DEPLOYMENTS = AzureOperation.get(
            "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.CognitiveServices"
                    + "/accounts/{account}/deployments",
            VERSION,
            MachineLearning.EACH,
            "provisioned_throughput",
            "model_usage");

    private static final AzureOperation DELETED = AzureOperation.get(
            "/subscriptions/{subscription}/providers/Microsoft.CognitiveServices/deletedAccounts",
            VERSION,
            ACCOUNT,
            "provisioned_throughput");

    /** So long Azure keeps a deleted account, which can be recovered until then. */
    private static final Duration RECOVERABLE = Duration.ofDays(2);

    private static final Set<String> KINDS = Set.of("OpenAI", "AIServices");

    private static final Pattern DELETED_ID = Pattern.compile(
            "(?i)/subscriptions/(?<subscription>[\\w-]+)/providers/Microsoft[.]CognitiveServices/locations/"
                    + "(?<location>\\w+)/resourceGroups/(?<group>[\\w.()-]+)/deletedAccounts/(?<name>[\\w.-]+)");

    /** What Azure calls a fine-tuned model: the name of its base, .ft- and an id, which may have a suffix. */
    private static final Pattern FINE_TUNED = Pattern.compile("(?<base>.+)[.]ft-.+");

    ModelDeployments() {
        super("models", Slice.Dataset.INVENTORY, List.of(ACCOUNTS, DEPLOYMENTS, DELETED));
    }

    @Override
    public void read(AzureSession session, Window window, Known known, Sink sink) {
        Details details = session.details(sink);
        List<JsonNode> accounts =
                details.list("model accounts", account -> session.arm().each(session.request(ACCOUNTS), account));
        for (JsonNode account : accounts) {
            if (!KINDS.contains(String.valueOf(Json.text(account, "/kind")))) {
                continue;
            }
            Optional<Resource> made =
                    details.make("model accounts", Json.text(account, "/name"), () -> account(session, account));
            if (made.isEmpty()) {
                continue; // without an id nothing in it can be requested, either
            }
            sink.resource(made.get());
            List<JsonNode> deployments = details.list(
                    "model deployments",
                    Json.text(account, "/name"),
                    deployment -> session.arm()
                            .each(session.arm().about(Json.text(account, "/id"), DEPLOYMENTS), deployment));
            details.make(
                    "model deployments",
                    deployments,
                    deployment -> Json.text(deployment, "/name"),
                    deployment -> resource(session, account, deployment),
                    sink::resource);
        }
        details.failUnlessSomethingAnswered();
        // Apart, since that these can be listed does not show that the others can.
        List<JsonNode> deleted = session.details(sink)
                .list("deleted model accounts", account -> session.arm().each(session.request(DELETED), account));
        deleted.forEach(account -> warn(account, sink));
    }

    /**
     * Units in an account are billed until it is purged, though it is deleted. What was deployed in it cannot be listed
     * any more, so that it is no finding.
     */
    private static void warn(JsonNode account, Sink sink) {
        String kind = Json.text(account, "/kind");
        Matcher id = DELETED_ID.matcher(String.valueOf(Json.text(account, "/id")));
        if ((kind != null && !KINDS.contains(kind)) || !id.matches()) {
            return;
        }
        Instant deleted = Json.instant(account, "/properties/deletionDate");
        Instant purged = Json.instant(account, "/properties/scheduledPurgeDate");
        if (purged == null && deleted != null) {
            purged = deleted.plus(RECOVERABLE);
        }
        sink.warning("the account of models " + id.group("name") + " in " + id.group("subscription")
                + " is deleted, but not purged. Units of throughput in it are billed until "
                + (purged == null ? "it is purged" : purged.truncatedTo(ChronoUnit.MINUTES))
                + ". To end that now, for good: az cognitiveservices account purge --name " + id.group("name")
                + " --resource-group " + id.group("group") + " --location " + id.group("location")
                + " --subscription " + id.group("subscription") + ".");
    }

    private static Resource account(AzureSession session, JsonNode account) {
        return session.resource(account, "account")
                .createdAt(Json.instant(account, "/properties/dateCreated"))
                .state(Json.text(account, "/properties/provisioningState"))
                .attributes(new Attributes()
                        .put("account_kind", Json.text(account, "/kind"))
                        .values())
                .build();
    }

    /**
     * Capacity counts units of throughput only for provisioned kinds; for all others it is thousands of tokens a
     * minute, which cost nothing.
     */
    private static boolean isProvisioned(String sku) {
        return sku != null && sku.contains("Provisioned");
    }

    private static Resource resource(AzureSession session, JsonNode account, JsonNode deployment) {
        String sku = Json.text(deployment, "/sku/name");
        boolean provisioned = isProvisioned(sku);
        String model = Json.text(deployment, "/properties/model/name");
        Matcher fineTuned = FINE_TUNED.matcher(String.valueOf(model));
        boolean isFineTuned = fineTuned.matches() || Json.text(deployment, "/properties/model/source") != null;
        Integer capacity = Stream.of("/sku/capacity", "/properties/currentCapacity")
                .map(member -> Json.integer(deployment, member))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return session.resource(deployment, provisioned ? "provisioned_throughput" : "model_usage")
                .region(AzureSession.region(Json.text(account, "/location")))
                .name(Json.text(account, "/name") + "/" + Json.text(deployment, "/name"))
                .machineType(provisioned ? "ptu/" + sku : null)
                .replicas(provisioned ? capacity : null)
                .purchase(provisioned ? "on_demand" : null)
                .createdAt(Json.instant(deployment, "/systemData/createdAt"))
                .state(Json.text(deployment, "/properties/provisioningState"))
                .parentId(AzureSession.id(Json.text(account, "/id")))
                .attributes(new Attributes()
                        .put("deployment_name", Json.text(deployment, "/name"))
                        .put("model", model)
                        .put("base_model", fineTuned.matches() ? fineTuned.group("base") : null)
                        .put("hosting", isFineTuned ? hosting(sku) : null)
                        .put("model_version", Json.text(deployment, "/properties/model/version"))
                        .put("version_upgrade", Json.text(deployment, "/properties/versionUpgradeOption"))
                        .put("model_format", Json.text(deployment, "/properties/model/format"))
                        .put("deployment_type", sku)
                        .put("processed_in", processedIn(sku))
                        .put("thousand_tokens_per_minute", provisioned ? null : capacity)
                        .values())
                .build();
    }

    /** A fine-tuned model is paid for while it is deployed, but not on the tier for developers. */
    private static String hosting(String sku) {
        return sku != null && sku.startsWith("Developer") ? "fine-tuned, on demand" : "fine-tuned";
    }

    /**
     * Where a request may be answered: anywhere, in the zone of the data (the USA, the European Union), or in the
     * account's region.
     */
    private static String processedIn(String sku) {
        if (sku == null) {
            return null; // wherever its kind allows
        }
        return sku.startsWith("Global") ? "anywhere" : sku.startsWith("DataZone") ? "data zone" : "region";
    }
}
