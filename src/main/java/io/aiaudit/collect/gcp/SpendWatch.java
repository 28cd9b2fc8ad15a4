package io.aiaudit.collect.gcp;

import static io.aiaudit.collect.Operation.BILL;
import static io.aiaudit.collect.Operation.GOVERNANCE;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Budgets that a project is part of, and whether they notify somebody. They belong to the billing account. */
final class SpendWatch extends GcpPart {
    private static final GoogleOperation BILLING = GoogleOperation.get(
                    "cloudbilling",
                    "/v1/projects/{project}/billingInfo",
                    "resourcemanager.projects.get",
                    AuditLogs.GOVERNED,
                    BILL,
                    GOVERNANCE)
            .untried();
    private static final GoogleOperation BUDGETS = GoogleOperation.get(
                    "billingbudgets",
                    "/v1/billingAccounts/{account}/budgets",
                    "billing.budgets.list",
                    AuditLogs.GOVERNED,
                    GOVERNANCE)
            .untried();

    SpendWatch() {
        super("budgets", Slice.Dataset.GOVERNANCE, List.of(BILLING, BUDGETS));
    }

    @Override
    public void read(GcpSession session, Window window, Known known, Sink sink) {
        RestRequest ofProject = session.request(BILLING);
        String account = Json.text(GoogleApi.notEmpty(ofProject, session.api().call(ofProject)), "/billingAccountName");
        if (account == null || account.isEmpty()) {
            return;
        }
        List<JsonNode> budgets = session.api().once().get("budgets of " + account, () -> budgets(session, account));
        List<JsonNode> over =
                budgets.stream().filter(budget -> isOver(session, budget)).toList();
        if (over.stream().noneMatch(SpendWatch::notifiesSomebody)
                && budgets.stream().anyMatch(SpendWatch::isOfFolder)) {
            return;
        }
        sink.resource(AuditLogs.account(session)
                .attributes(new Attributes()
                        .put("budgets", over.size())
                        .put("cost_budgets", over.size())
                        .put(
                                "cost_budgets_that_tell",
                                over.stream()
                                        .filter(SpendWatch::notifiesSomebody)
                                        .count())
                        .values())
                .build());
    }

    /** Of the account, which pays for several projects. */
    private static List<JsonNode> budgets(GcpSession session, String account) {
        List<JsonNode> budgets = new ArrayList<>();
        session.pages(
                session.api().request(BUDGETS).with("account", GcpSession.last(account)),
                page -> page.path("budgets").forEach(budgets::add));
        return budgets;
    }

    /** It may be over this project, which cannot be found out: then it is not known whether somebody is notified. */
    private static boolean isOfFolder(JsonNode budget) {
        return budget.at("/budgetFilter/projects").isEmpty()
                && !budget.at("/budgetFilter/resourceAncestors").isEmpty();
    }

    /** A budget that names neither projects nor folders is over all of them. */
    private static boolean isOver(GcpSession session, JsonNode budget) {
        Set<String> projects = StreamSupport.stream(
                        budget.at("/budgetFilter/projects").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
        return projects.isEmpty()
                ? budget.at("/budgetFilter/resourceAncestors").isEmpty()
                : projects.contains("projects/" + session.number())
                        || projects.contains("projects/" + session.project());
    }

    /** At each threshold the administrators of the billing account get a mail, unless that is switched off. */
    private static boolean notifiesSomebody(JsonNode budget) {
        JsonNode notifications = budget.path("notificationsRule");
        return !budget.path("thresholdRules").isEmpty()
                && (!notifications.path("disableDefaultIamRecipients").asBoolean()
                        || notifications.hasNonNull("pubsubTopic")
                        || !notifications.path("monitoringNotificationChannels").isEmpty());
    }
}
