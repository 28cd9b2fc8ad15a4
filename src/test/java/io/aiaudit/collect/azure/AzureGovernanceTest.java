package io.aiaudit.collect.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Gap;
import io.aiaudit.model.Resource;
import io.aiaudit.testing.AzureTenant;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.TenantOfOne;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a subscription shows of itself, for rules about how it is governed, against a server that plays a tenant. */
@Outside
class AzureGovernanceTest {
    private static final String SEARCH = AzureTenant.SEARCH;
    private static final String OF_SUBSCRIPTION = "/subscriptions/" + SEARCH + "/providers/";
    private static final String SETTINGS = OF_SUBSCRIPTION + "Microsoft.Insights/diagnosticSettings";
    private static final String STORAGE =
            "/subscriptions/" + SEARCH + "/resourceGroups/rg-logs/providers/Microsoft.Storage/storageAccounts/stlogs";
    private static final String CONTAINER = STORAGE + "/blobServices/default/containers/insights-activity-logs";

    @RegisterExtension
    static final TenantOfOne AZURE = new TenantOfOne();

    /** Everything that was read of one resource, in several slices. */
    private static Map<String, String> attributes(Gathered gathered, String id) {
        Map<String, String> all = new HashMap<>();
        gathered.resources.stream()
                .filter(resource -> resource.resourceId().equals(id))
                .forEach(resource -> all.putAll(resource.attributes()));
        return all;
    }

    private static String setting(String name, String category, boolean enabled, String destination) {
        return """
                {"id": "%s/%s", "name": "%s", "properties": {%s, "logs": [{"category": "%s", "enabled": \
                %s}]}}""".formatted(SETTINGS, name, name, destination, category, enabled);
    }

    private static String toStorage() {
        return "\"storageAccountId\": \"" + STORAGE + "\"";
    }

    @Test
    void a_subscription_without_anything_says_so() throws Exception {
        Gathered gathered = AZURE.gather();
        assertThat(attributes(gathered, "azure:" + SEARCH))
                .containsEntry("trails", "0")
                .containsEntry("trails_logging_everywhere", "0")
                .containsEntry("cost_budgets", "0")
                .containsEntry("cost_budgets_that_tell", "0")
                .containsEntry("anomaly_monitors", "0");
        assertThat(gathered.resource("search").kind()).isEqualTo("account");
        assertThat(gathered.gaps).isEmpty();
    }

    @Test
    void an_export_of_the_activity_log_is_reported_with_what_keeps_its_files() throws Exception {
        AZURE.server()
                .list(
                        SETTINGS,
                        setting("audit", "Administrative", true, toStorage()),
                        setting("off", "Administrative", false, toStorage()),
                        setting("health", "ServiceHealth", true, toStorage()),
                        setting("nowhere", "Administrative", true, "\"metrics\": []"));
        AZURE.server().respond(CONTAINER, """
                {"name": "insights-activity-logs", "properties": {"hasImmutabilityPolicy": true,
                 "immutabilityPolicy": {"etag": "e", "properties": {"immutabilityPeriodSinceCreationInDays": 400, \
                "state": "Locked"}}}}""");
        Gathered gathered = AZURE.gather();
        Resource audit = gathered.resource("audit");
        assertThat(audit.resourceId()).isEqualTo(SETTINGS.toLowerCase(Locale.ROOT) + "/audit");
        assertThat(audit.attributes())
                .containsEntry("fact", "trail")
                .containsEntry("bucket", STORAGE.toLowerCase(Locale.ROOT))
                .containsEntry("bucket_object_lock", "Locked 400 days");
        assertThat(attributes(gathered, "azure:" + SEARCH)).containsEntry("trails_logging_everywhere", "1");
        assertThat(gathered.resources).extracting(Resource::name).doesNotContain("off", "health", "nowhere");
    }

    /** Nothing in it runs, and nothing can be made there. */
    @Test
    void a_subscription_that_is_disabled_is_not_held_to_budgets_and_logs() throws Exception {
        assertThat(AZURE.gather().resources).extracting(Resource::kind).contains("account");
        AZURE.server()
                .list(
                        "/subscriptions",
                        "{\"subscriptionId\": \"" + SEARCH
                                + "\", \"displayName\": \"search\", \"state\": \"Disabled\"}");
        Gathered gathered = AZURE.gather();
        assertThat(gathered.gaps).isEmpty();
        assertThat(gathered.resources).extracting(Resource::kind).doesNotContain("account");
    }

    @Test
    void a_container_without_a_policy_holds_nothing() throws Exception {
        AZURE.server().list(SETTINGS, setting("audit", "Administrative", true, toStorage()));
        AZURE.server().respond(CONTAINER, "{\"properties\": {\"hasImmutabilityPolicy\": false}}");
        assertThat(AZURE.gather().resource("audit").attributes()).containsEntry("bucket_object_lock", "none");
    }

    @Test
    void storage_that_may_not_be_requested_is_unknown_and_a_gap() throws Exception {
        AZURE.server().list(SETTINGS, setting("audit", "Administrative", true, toStorage()));
        AZURE.server().refuse(CONTAINER, 403, "AuthorizationFailed", "no");
        Gathered gathered = AZURE.gather();
        assertThat(gathered.resource("audit").attributes()).containsEntry("bucket_object_lock", "unknown");
        assertThat(gathered.gaps)
                .extracting(Gap::scope)
                .containsExactly(SEARCH + " locks of storage of " + STORAGE.substring(STORAGE.lastIndexOf('/') + 1));
    }

    @Test
    void a_workspace_says_nothing_of_locks() throws Exception {
        AZURE.server().list(SETTINGS, setting("audit", "Administrative", true, "\"workspaceId\": \"/w\""));
        assertThat(AZURE.gather().resource("audit").attributes())
                .containsEntry("bucket_object_lock", "unknown")
                .containsEntry("destinations", "workspace");
    }

    @Test
    void whether_calls_of_models_are_recorded_is_reported_by_the_account_above_them() throws Exception {
        AZURE.tenant().models(SEARCH);
        String ofAccount = AzureTenant.accountId(SEARCH).toLowerCase(Locale.ROOT)
                + "/providers/Microsoft.Insights/diagnosticSettings";
        Gathered none = AZURE.gather();
        String deployment = AzureTenant.accountId(SEARCH).toLowerCase(Locale.ROOT) + "/deployments/tokens";
        assertThat(attributes(none, deployment))
                .containsEntry("invocation_logging", "off")
                .containsEntry("processed_in", "data zone");

        AZURE.server()
                .list(ofAccount, setting("calls", "RequestResponse", true, "\"workspaceId\": \"/w\", " + toStorage()));
        assertThat(attributes(AZURE.gather(), deployment)).containsEntry("invocation_logging", "storage, workspace");

        AZURE.server()
                .list(
                        ofAccount,
                        setting("all", "x", true, toStorage())
                                .replace("\"category\": \"x\"", "\"categoryGroup\": \"allLogs\""));
        assertThat(attributes(AZURE.gather(), deployment)).containsEntry("invocation_logging", "storage");

        AZURE.server().respond(STORAGE + "/blobServices/default/containers/insights-logs-requestresponse", """
                {"properties": {"immutabilityPolicy": {"properties": {"immutabilityPeriodSinceCreationInDays": 90, \
                "state": "Unlocked"}}}}""");
        assertThat(attributes(AZURE.gather(), deployment)).containsEntry("invocation_logging_lock", "Unlocked 90 days");

        AZURE.server().list(ofAccount, setting("keys", "Audit", true, toStorage()));
        assertThat(attributes(AZURE.gather(), deployment))
                .as("who changed keys, not who called")
                .containsEntry("invocation_logging", "off");
    }

    @Test
    void the_workspace_that_calls_go_to_is_reported_with_how_long_it_keeps_them() throws Exception {
        AZURE.tenant().models(SEARCH);
        String workspace = "/subscriptions/" + SEARCH
                + "/resourceGroups/rg-logs/providers/Microsoft.OperationalInsights/workspaces/model-logs";
        AZURE.server()
                .list(
                        AzureTenant.accountId(SEARCH).toLowerCase(Locale.ROOT)
                                + "/providers/Microsoft.Insights/diagnosticSettings",
                        setting("calls", "RequestResponse", true, "\"workspaceId\": \"" + workspace + "\""));
        AZURE.server().respond(workspace, """
                {"id": "%s", "name": "model-logs", "location": "westeurope", "tags": {"required_by": "audit"},
                 "properties": {"createdDate": "2023-01-10T10:00:00Z", "retentionInDays": \
                730}}""".formatted(workspace));
        Resource reported = AZURE.gather().resource("model-logs");
        assertThat(reported.kind()).isEqualTo("log_store");
        assertThat(reported.attributes()).containsEntry("retention_days", "730");
        assertThat(reported.tags()).containsEntry("required_by", "audit");
        assertThat(reported.createdAt()).isEqualTo("2023-01-10T10:00:00Z");
    }

    @Test
    void private_endpoints_of_ai_services_are_reported_with_their_state_and_age() throws Exception {
        String path = "/subscriptions/" + SEARCH + "/resourceGroups/rg/providers/Microsoft.Network/privateEndpoints/";
        AZURE.tenant()
                .graph(
                        SEARCH,
                        "privateendpoints",
                        endpoint(path + "rejected", "Microsoft.CognitiveServices/accounts/aoai", "Rejected"),
                        endpoint(path + "used", "Microsoft.MachineLearningServices/workspaces/mlw", "Approved"),
                        endpoint(path + "other", "Microsoft.Sql/servers/orders", "Rejected"));
        AZURE.server()
                .list(
                        "/subscriptions/" + SEARCH + "/resources",
                        "{\"id\": \"" + path + "Rejected\", \"createdTime\": \"2025-01-10T10:00:00Z\"}");
        Gathered gathered = AZURE.gather();
        assertThat(gathered.resource("rejected").attributes()).containsEntry("connection_state", "Rejected");
        assertThat(gathered.resource("rejected").createdAt()).isEqualTo("2025-01-10T10:00:00Z");
        assertThat(gathered.resource("used").attributes()).containsEntry("connection_state", "Approved");
        assertThat(gathered.resources).extracting(Resource::name).doesNotContain("other");
    }

    private static String endpoint(String id, String service, String state) {
        return """
                {"id": "%s", "name": "%s", "type": "microsoft.network/privateendpoints", "location": "westeurope", \
                "properties": {"provisioningState": "Succeeded",
                 "privateLinkServiceConnections": [{"name": "c", "properties": {"privateLinkServiceId": \
                "/subscriptions/x/resourceGroups/rg/providers/%s",
                  "privateLinkServiceConnectionState": {"status": \
                "%s"}}}]}}""".formatted(id, id.substring(id.lastIndexOf('/') + 1), service, state);
    }

    @Test
    void budgets_count_by_what_they_limit_and_whom_they_notify() throws Exception {
        AZURE.server()
                .list(
                        OF_SUBSCRIPTION + "Microsoft.Consumption/budgets",
                        budget("Cost", "\"warn\": {\"enabled\": true, \"contactEmails\": [\"a@example.com\"]}"),
                        budget("Cost", "\"warn\": {\"enabled\": false, \"contactEmails\": [\"a@example.com\"]}"),
                        budget("Cost", "\"warn\": {\"enabled\": true, \"contactEmails\": []}"),
                        budget("Usage", "\"warn\": {\"enabled\": true, \"contactRoles\": [\"Owner\"]}"));
        AZURE.server()
                .list(
                        OF_SUBSCRIPTION + "Microsoft.CostManagement/scheduledActions",
                        alert("InsightAlert", "Enabled"),
                        alert("InsightAlert", "Disabled"),
                        alert("Email", "Enabled"));
        assertThat(attributes(AZURE.gather(), "azure:" + SEARCH))
                .containsEntry("budgets", "4")
                .containsEntry("cost_budgets", "3")
                .containsEntry("cost_budgets_that_tell", "1")
                .containsEntry("anomaly_monitors", "1")
                .containsEntry("anomaly_subscriptions", "1");
    }

    private static String budget(String category, String notification) {
        return "{\"properties\": {\"category\": \"" + category + "\", \"notifications\": {" + notification + "}}}";
    }

    private static String alert(String kind, String status) {
        return "{\"kind\": \"" + kind + "\", \"properties\": {\"status\": \"" + status
                + "\", \"notification\": {\"to\": [\"a@example.com\"]}}}";
    }

    @Test
    void budgets_that_may_not_be_read_are_a_gap_and_unknown() throws Exception {
        AZURE.server().refuse(OF_SUBSCRIPTION + "Microsoft.Consumption/budgets", 403, "AuthorizationFailed", "no");
        Gathered gathered = AZURE.gather();
        assertThat(gathered.gaps)
                .hasSize(1)
                .first()
                .satisfies(gap ->
                        assertThat(List.of(gap.scope(), gap.problem())).anyMatch(text -> text.contains("budgets")));
        assertThat(attributes(gathered, "azure:" + SEARCH))
                .containsEntry("trails", "0")
                .doesNotContainKey("budgets");
    }
}
