package io.aiaudit.collect.azure;

import static io.aiaudit.collect.Operation.GOVERNANCE;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Frequency.Sort;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the calls of deployed models are recorded: a setting of the account that they belong to, which holds for all
 * of them.
 */
final class ModelCallLogs extends AzurePart {
    private static final AzureOperation SETTINGS = AzureOperation.get(
                    "/{resource*}/providers/Microsoft.Insights/diagnosticSettings",
                    DiagnosticSettings.VERSION,
                    new Frequency(Sort.GOVERNED, "1 for each account with models"),
                    GOVERNANCE)
            .untried();

    /** The container that these logs are exported into; Azure makes it. */
    private static final AzureOperation CONTAINER = AzureOperation.get(
                    "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Storage"
                            + "/storageAccounts/{account}/blobServices/default/containers/"
                            + "insights-logs-requestresponse",
                    AuditLogs.STORAGE_VERSION,
                    new Frequency(Sort.GOVERNED, "1 for each account with models whose logs go to storage"),
                    GOVERNANCE)
            .permission("Microsoft.Storage/storageAccounts/blobServices/containers/read")
            .untried();

    private static final AzureOperation WORKSPACE = AzureOperation.get(
                    "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.OperationalInsights"
                            + "/workspaces/{workspace}",
                    "2023-09-01",
                    new Frequency(Sort.GOVERNED, "1 for each workspace that logs of model calls go to"),
                    GOVERNANCE)
            .permission("Microsoft.OperationalInsights/workspaces/read");

    private static final Set<String> WHO_CALLED = Set.of("RequestResponse", "allLogs");

    /** After the deployments themselves. */
    ModelCallLogs() {
        super("model logs", Slice.Dataset.DETAILS, List.of(SETTINGS, CONTAINER, WORKSPACE));
    }

    @Override
    public void read(AzureSession session, Window window, Known known, Sink sink) {
        Map<String, List<Resource>> byAccount = Stream.of("model_usage", "provisioned_throughput")
                .flatMap(kind -> session.here(known.resources(kind)).stream())
                .filter(resource -> resource.parentId() != null
                        && resource.parentId().contains("/microsoft.cognitiveservices/accounts/"))
                .collect(Collectors.groupingBy(Resource::parentId, TreeMap::new, Collectors.toList()));
        Details details = session.details(sink);
        Set<String> workspaces = new TreeSet<>();
        byAccount.forEach((account, deployments) -> {
            Optional<List<JsonNode>> recording =
                    details.call("logs of model calls", AzureMonitor.name(account), () -> recording(session, account));
            recording.ifPresent(settings -> settings.forEach(setting -> {
                String workspace = AzureSession.id(Json.text(setting, "/properties/workspaceId"));
                if (workspace != null && workspace.startsWith("/subscriptions/" + session.subscription() + "/")) {
                    workspaces.add(workspace);
                }
            }));
            Attributes attributes = recording
                    .map(settings -> attributes(session, settings, details))
                    .orElse(new Attributes());
            deployments.forEach(
                    deployment -> sink.resource(Resource.builder(deployment.resourceId(), deployment.kind(), "azure")
                            .accountId(session.subscription())
                            .accountName(session.name())
                            .attributes(attributes.values())
                            .build()));
        });
        workspaces.forEach(workspace -> details.call(
                        "workspaces of logs",
                        AzureMonitor.name(workspace),
                        () -> session.arm().call(session.arm().about(workspace, WORKSPACE), "/properties"))
                .ifPresent(found -> sink.resource(workspace(session, found))));
        details.failUnlessSomethingAnswered();
    }

    private static Resource workspace(AzureSession session, JsonNode found) {
        return session.resource(found, "log_store")
                .createdAt(Json.instant(found, "/properties/createdDate"))
                .attributes(new Attributes()
                        .put("retention_days", Json.integer(found, "/properties/retentionInDays"))
                        .values())
                .build();
    }

    private static List<JsonNode> recording(AzureSession session, String account) {
        return DiagnosticSettings.recording(
                session.arm().list(session.arm().request(SETTINGS).with("resource*", account.replaceFirst("^/", ""))),
                WHO_CALLED);
    }

    /**
     * Destinations such as {@code storage, workspace}, or {@code off}; of storage also what locks the records there.
     */
    private static Attributes attributes(AzureSession session, List<JsonNode> recording, Details details) {
        String destinations = recording.stream()
                .flatMap(setting -> DiagnosticSettings.destinations(setting).stream())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        String lock = recording.stream()
                .map(setting -> Json.text(setting, "/properties/storageAccountId"))
                .filter(Objects::nonNull)
                .findFirst()
                .map(storage -> AuditLogs.lock(session, storage, CONTAINER, details))
                .orElse(null);
        return new Attributes()
                .put("invocation_logging", destinations.isEmpty() ? "off" : destinations)
                .put("invocation_logging_lock", lock);
    }
}
