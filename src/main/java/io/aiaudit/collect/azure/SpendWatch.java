package io.aiaudit.collect.azure;

import static io.aiaudit.collect.Operation.GOVERNANCE;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Who is notified when a subscription spends more than it should: budgets of cost, and alerts about anomalies. */
final class SpendWatch extends AzurePart {
    private static final String ALERTS_VERSION = "2024-08-01";
    private static final String BUDGETS_VERSION = "2024-08-01";
    private static final AzureOperation BUDGETS = AzureOperation.get(
            "/subscriptions/{subscription}/providers/Microsoft.Consumption/budgets",
            BUDGETS_VERSION,
            AuditLogs.GOVERNED,
            GOVERNANCE);
    private static final AzureOperation ALERTS = AzureOperation.get(
            "/subscriptions/{subscription}/providers/Microsoft.CostManagement/scheduledActions",
            ALERTS_VERSION,
            AuditLogs.GOVERNED,
            GOVERNANCE);

    private static final List<String> CONTACTS = List.of("/contactEmails", "/contactRoles", "/contactGroups");

    SpendWatch() {
        super("budgets", Slice.Dataset.GOVERNANCE, List.of(BUDGETS, ALERTS));
    }

    @Override
    public void read(AzureSession session, Window window, Known known, Sink sink) {
        Details details = session.details(sink);
        Attributes attributes = new Attributes();
        List<JsonNode> budgets = details.call("budgets", () -> session.arm().list(session.request(BUDGETS)))
                .orElse(null);
        if (budgets != null) {
            List<JsonNode> ofCost = budgets.stream()
                    .filter(budget -> "Cost".equals(Json.text(budget, "/properties/category")))
                    .toList();
            attributes
                    .put("budgets", budgets.size())
                    .put("cost_budgets", ofCost.size())
                    .put(
                            "cost_budgets_that_tell",
                            ofCost.stream().filter(SpendWatch::notifiesSomebody).count());
        }
        List<JsonNode> all = details.call(
                        "alerts of anomalies", () -> session.arm().list(session.request(ALERTS)))
                .orElse(null);
        if (all != null) {
            List<JsonNode> alerts = all.stream()
                    .filter(alert -> "InsightAlert".equals(Json.text(alert, "/kind"))
                            && "Enabled".equals(Json.text(alert, "/properties/status")))
                    .toList();
            attributes
                    .put("anomaly_monitors", alerts.size())
                    .put(
                            "anomaly_subscriptions",
                            alerts.stream()
                                    .filter(alert -> !alert.at("/properties/notification/to")
                                            .isEmpty())
                                    .count());
        }
        details.failUnlessSomethingAnswered();
        sink.resource(
                AccountFacts.account(session).attributes(attributes.values()).build());
    }

    /** A notification that is switched off, or has no recipient, notifies nobody. */
    private static boolean notifiesSomebody(JsonNode budget) {
        return elements(budget.at("/properties/notifications"))
                .filter(notification -> notification.path("enabled").asBoolean())
                .anyMatch(notification -> CONTACTS.stream()
                        .anyMatch(list -> !notification.at(list).isEmpty()));
    }

    private static Stream<JsonNode> elements(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }
}
