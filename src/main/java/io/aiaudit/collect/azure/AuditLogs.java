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
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.List;
import java.util.Set;

/** Where the activity log of a subscription is exported to, and what keeps it there. */
final class AuditLogs extends AzurePart {
    /** Of a subscription. */
    static final Frequency GOVERNED = new Frequency(Sort.GOVERNED, "1 for each subscription");

    static final String STORAGE_VERSION = "2024-01-01";
    private static final AzureOperation OF_SUBSCRIPTION = AzureOperation.get(
            "/subscriptions/{subscription}/providers/Microsoft.Insights/diagnosticSettings",
            DiagnosticSettings.VERSION,
            GOVERNED,
            GOVERNANCE);

    /** The container that activity logs are exported into; Azure makes it. */
    private static final AzureOperation CONTAINER = AzureOperation.get(
                    "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Storage"
                            + "/storageAccounts/{account}/blobServices/default/containers/insights-activity-logs",
                    STORAGE_VERSION,
                    new Frequency(Sort.GOVERNED, "1 for each export of its activity log"),
                    GOVERNANCE)
            .permission("Microsoft.Storage/storageAccounts/blobServices/containers/read")
            .untried();

    private static final String UNKNOWN = "unknown";
    private static final Set<String> WHO_DID_WHAT = Set.of("Administrative", "allLogs");

    AuditLogs() {
        super("audit logs", Slice.Dataset.GOVERNANCE, List.of(OF_SUBSCRIPTION, CONTAINER));
    }

    @Override
    public void read(AzureSession session, Window window, Known known, Sink sink) {
        List<JsonNode> exports =
                DiagnosticSettings.recording(session.arm().list(session.request(OF_SUBSCRIPTION)), WHO_DID_WHAT);
        Details details = session.details(sink);
        exports.forEach(export -> sink.resource(export(session, export, details)));
        sink.resource(AccountFacts.account(session)
                .attributes(new Attributes()
                        .put("trails", exports.size())
                        .put("trails_logging", exports.size())
                        .put("trails_logging_everywhere", exports.size())
                        .values())
                .build());
    }

    private static Resource export(AzureSession session, JsonNode setting, Details details) {
        String storage = Json.text(setting, "/properties/storageAccountId");
        return Resource.builder(AzureSession.id(Json.text(setting, "/id")), "account", "azure")
                .accountId(session.subscription())
                .accountName(session.name())
                .name(Json.text(setting, "/name"))
                .state("logging")
                .attributes(new Attributes()
                        .put("fact", "trail")
                        .put("logging", true)
                        .put("destinations", String.join(", ", DiagnosticSettings.destinations(setting)))
                        .put("bucket", AzureSession.id(storage))
                        .put(
                                "bucket_object_lock",
                                storage == null ? UNKNOWN : lock(session, storage, CONTAINER, details))
                        .values())
                .build();
    }

    /**
     * What keeps the exported files from being deleted. Unknown where it cannot be read or nothing was exported yet,
     * which is not the same as none.
     */
    static String lock(AzureSession session, String storage, AzureOperation container, Details details) {
        return details.call(
                        "locks of storage", AzureMonitor.name(storage), () -> lockIfThere(session, storage, container))
                .orElse(UNKNOWN);
    }

    private static String lockIfThere(AzureSession session, String storage, AzureOperation operation) {
        try {
            JsonNode container = session.arm().call(session.arm().about(storage, operation), "/properties");
            JsonNode policy = container.at("/properties/immutabilityPolicy/properties");
            Integer days = Json.integer(policy, "/immutabilityPeriodSinceCreationInDays");
            return days == null ? "none" : Json.text(policy, "/state") + " " + days + " days";
        } catch (RestFailure e) {
            if (e.status() == 404) {
                return UNKNOWN;
            }
            throw e;
        }
    }
}
