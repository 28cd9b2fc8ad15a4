package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.collect.rest.RestRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The cheapest request of each operation, to see whether it is allowed. What asks about one thing asks about one that does not exist: Azure looks at the permission
 * first.
 */
final class AzureProbes {
    private static final String NOBODY = "aiaudit-asks-whether-it-may";
    private static final String NO_MACHINE =
            "/resourceGroups/" + NOBODY + "/providers/Microsoft.Compute/virtualMachines/" + NOBODY;

    /** Versions by operation. */
    private static final Map<String, String> VERSIONS = versions();

    private AzureProbes() {}

    private static Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("POST:" + ResourceGraph.RESOURCES, ResourceGraph.VERSION);
        versions.put("GET:" + Machines.LIST, AzurePlace.COMPUTE_VERSION);
        versions.put("GET:" + Machines.DISKS, Machines.DISKS_VERSION);
        versions.put("GET:" + MachineTypes.SKUS, MachineTypes.VERSION);
        versions.put("GET:" + ActivityLog.EVENTS, ActivityLog.VERSION);
        versions.put("GET:" + ScaleSets.LIST, AzurePlace.COMPUTE_VERSION);
        versions.put("GET:" + ScaleSets.STATES, AzurePlace.COMPUTE_VERSION);
        versions.put("GET:" + ScaleSets.CLUSTERS, ScaleSets.CLUSTERS_VERSION);
        versions.put("GET:" + CapacityReservations.GROUPS, AzurePlace.COMPUTE_VERSION);
        versions.put("GET:" + CapacityReservations.OF_GROUP, AzurePlace.COMPUTE_VERSION);
        versions.put("GET:" + MachineLearning.WORKSPACES, MachineLearning.VERSION);
        versions.put("GET:" + MachineLearning.COMPUTES, MachineLearning.VERSION);
        versions.put("GET:" + MachineLearning.ONLINE, MachineLearning.VERSION);
        versions.put("GET:" + MachineLearning.ONLINE_DEPLOYMENTS, MachineLearning.VERSION);
        versions.put("GET:" + MachineLearning.SCHEDULES, MachineLearning.VERSION);
        versions.put("GET:" + MachineLearning.BATCH, MachineLearning.VERSION);
        versions.put("GET:" + MachineLearning.BATCH_DEPLOYMENTS, MachineLearning.VERSION);
        versions.put("GET:" + MachineLearning.AUTOSCALE, MachineLearning.AUTOSCALE_VERSION);
        versions.put("GET:" + ModelDeployments.ACCOUNTS, ModelDeployments.VERSION);
        versions.put("GET:" + ModelDeployments.DEPLOYMENTS, ModelDeployments.VERSION);
        versions.put("GET:" + AzureMonitor.SINGLE, AzureMonitor.VERSION);
        versions.put("GET:" + AuditLogs.OF_SUBSCRIPTION, DiagnosticSettings.VERSION);
        versions.put("GET:" + SpendWatch.BUDGETS, SpendWatch.BUDGETS_VERSION);
        versions.put("GET:" + SpendWatch.ALERTS, SpendWatch.ALERTS_VERSION);
        versions.put("GET:" + AdvisorAdvice.RECOMMENDATIONS, AdvisorAdvice.VERSION);
        versions.put("GET:" + Commitments.RESERVATIONS, Commitments.VERSION);
        versions.put("GET:" + Commitments.PLANS, Commitments.VERSION);
        versions.put("GET:" + CostExport.LIST, CostExport.VERSION);
        versions.put("POST:" + CostQuery.QUERY, CostQuery.VERSION);
        return versions;
    }

    /** By operation, as permissions.txt names it; empty where another one needs the same permission, or has been called by then. */
    static Optional<Runnable> of(String operation, AzurePlace place) {
        String version = VERSIONS.get(operation);
        if (version == null) {
            return Optional.empty();
        }
        String template = operation.substring(operation.indexOf(':') + 1);
        RestRequest request = operation.startsWith("POST:")
                ? place.arm()
                        .post(template, version, template.equals(CostQuery.QUERY) ? CostQuery.probe() : body(place))
                : place.arm().get(template, version);
        RestRequest filled = fill(request, template, place);
        return Optional.of(() -> askUnlessGone(place, filled));
    }

    private static RestRequest fill(RestRequest request, String template, AzurePlace place) {
        RestRequest filled = request;
        for (String part : template.split("/")) {
            if (part.equals("{subscription}")) {
                filled = filled.with("subscription", place.subscription());
            } else if (part.equals("{scope*}")) {
                filled = filled.with("scope*", "subscriptions/" + place.subscription());
            } else if (part.endsWith("*}")) {
                filled = filled.with(name(part), "subscriptions/" + place.subscription() + NO_MACHINE);
            } else if (part.startsWith("{")) {
                filled = filled.with(name(part), NOBODY);
            }
        }
        return switch (template) {
            case MachineTypes.SKUS -> filled.query("$filter", "location eq 'eastus'");
            case ActivityLog.EVENTS -> {
                Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
                yield filled.query("$filter", ActivityLog.between(now.minus(1, ChronoUnit.MINUTES), now));
            }
            default -> filled;
        };
    }

    private static String name(String part) {
        return part.substring(1, part.length() - 1);
    }

    private static ObjectNode body(AzurePlace place) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("subscriptions").add(place.subscription());
        return body.put("query", "Resources | take 1 | project id");
    }

    /** What is not there is no failure, and neither is a provider that nobody uses: both were looked for with permission. */
    private static void askUnlessGone(AzurePlace place, RestRequest request) {
        try {
            place.arm().ask(request);
        } catch (RestFailure e) {
            if (e.status() != 404 && !AzureFailure.isNotRegistered(e)) {
                throw e;
            }
        }
    }
}
