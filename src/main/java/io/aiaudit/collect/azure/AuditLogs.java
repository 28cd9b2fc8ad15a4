package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Where the activity log of a subscription is exported to and what keeps it there, and whether the calls of its models are recorded. */
final class AuditLogs implements AzurePart {
    static final String OF_SUBSCRIPTION =
            "/subscriptions/{subscription}/providers/Microsoft.Insights/diagnosticSettings";
    static final String OF_RESOURCE = "/{resource*}/providers/Microsoft.Insights/diagnosticSettings";
    static final String SETTINGS_VERSION = "2021-05-01-preview";

    /** The container that activity logs are exported into; Azure makes it. */
    static final String CONTAINER =
            "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Storage/storageAccounts/{account}/blobServices/default/containers/insights-activity-logs";

    static final String STORAGE_VERSION = "2024-01-01";

    private static final String UNKNOWN = "unknown";
    private static final Set<String> WHO_DID_WHAT = Set.of("Administrative", "allLogs");
    private static final Set<String> WHO_CALLED = Set.of("RequestResponse", "allLogs");
    private static final Map<String, String> DESTINATIONS = new TreeMap<>(Map.of(
            "storage", "/properties/storageAccountId",
            "workspace", "/properties/workspaceId",
            "event hub", "/properties/eventHubAuthorizationRuleId",
            "partner", "/properties/marketplacePartnerId"));

    @Override
    public String word() {
        return "audit logs";
    }

    @Override
    public Slice.Dataset dataset() {
        return Slice.Dataset.GOVERNANCE;
    }

    @Override
    public void read(AzurePlace place, Window window, Known known, Sink sink) {
        List<JsonNode> exports =
                recording(place.arm().list(place.get(OF_SUBSCRIPTION, SETTINGS_VERSION)), WHO_DID_WHAT);
        exports.forEach(export -> sink.resource(export(place, export, sink)));
        sink.resource(AccountFacts.account(place)
                .attributes(new Attributes()
                        .put("trails", exports.size())
                        .put("trails_logging", exports.size())
                        .put("trails_logging_everywhere", exports.size())
                        .values())
                .build());
        models(place, known, sink);
    }

    /** Those that export at least one of these categories, or groups of categories, somewhere. */
    private static List<JsonNode> recording(List<JsonNode> settings, Set<String> categories) {
        return settings.stream()
                .filter(setting -> StreamSupport.stream(
                                setting.at("/properties/logs").spliterator(), false)
                        .filter(log -> log.path("enabled").asBoolean())
                        .anyMatch(log -> categories.contains(String.valueOf(Json.text(log, "/category")))
                                || categories.contains(String.valueOf(Json.text(log, "/categoryGroup")))))
                .filter(setting -> !destinations(setting).isEmpty())
                .toList();
    }

    private static List<String> destinations(JsonNode setting) {
        return DESTINATIONS.entrySet().stream()
                .filter(destination -> Json.text(setting, destination.getValue()) != null)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Resource export(AzurePlace place, JsonNode setting, Sink sink) {
        String storage = Json.text(setting, "/properties/storageAccountId");
        return Resource.builder(AzurePlace.id(Json.text(setting, "/id")), "account", "azure")
                .account(place.subscription(), place.name())
                .name(Json.text(setting, "/name"))
                .state("logging")
                .attributes(new Attributes()
                        .put("fact", "trail")
                        .put("logging", true)
                        .put("destinations", String.join(", ", destinations(setting)))
                        .put("bucket", AzurePlace.id(storage))
                        .put("bucket_object_lock", storage == null ? UNKNOWN : lock(place, storage, sink))
                        .values())
                .build();
    }

    /** What keeps the exported files from being deleted. That it may not be asked, or that nothing was exported yet, is not the same as none. */
    private static String lock(AzurePlace place, String storage, Sink sink) {
        try {
            JsonNode container = place.arm().ask(place.arm().about(storage, CONTAINER, STORAGE_VERSION));
            JsonNode policy = container.at("/properties/immutabilityPolicy/properties");
            Integer days = Json.integer(policy, "/immutabilityPeriodSinceCreationInDays");
            return days == null ? "none" : Json.text(policy, "/state") + " " + days + " days";
        } catch (RestFailure e) {
            if (e.status() != 403 && e.status() != 404) {
                throw e;
            }
            if (e.status() == 403) {
                place.arm()
                        .explain(e)
                        .ifPresent(error -> sink.gap(new Gap(
                                "azure",
                                place.subscription() + "/all audit logs storage " + AzurePlace.id(storage),
                                error.problem(),
                                error.fix())));
            }
            return UNKNOWN;
        }
    }

    /** The settings of an account are those of all models that are deployed in it. */
    private static void models(AzurePlace place, Known known, Sink sink) {
        Map<String, List<Resource>> byAccount = Stream.of("model_usage", "provisioned_throughput")
                .flatMap(kind -> place.here(known.resources(kind)).stream())
                .filter(resource -> resource.parentId() != null
                        && resource.parentId().contains("/microsoft.cognitiveservices/accounts/"))
                .collect(Collectors.groupingBy(Resource::parentId, TreeMap::new, Collectors.toList()));
        byAccount.forEach((account, deployments) -> {
            List<JsonNode> settings = recording(
                    place.arm()
                            .list(place.arm()
                                    .get(OF_RESOURCE, SETTINGS_VERSION)
                                    .with("resource*", account.replaceFirst("^/", ""))),
                    WHO_CALLED);
            List<String> places = new ArrayList<>(settings.stream()
                    .flatMap(setting -> destinations(setting).stream())
                    .distinct()
                    .sorted()
                    .toList());
            deployments.forEach(deployment ->
                    sink.resource(Resource.builder(deployment.resourceId(), deployment.kind(), "azure")
                            .account(place.subscription(), place.name())
                            .attributes(new Attributes()
                                    .put("invocation_logging", places.isEmpty() ? "off" : String.join(", ", places))
                                    .values())
                            .build()));
        });
    }
}
