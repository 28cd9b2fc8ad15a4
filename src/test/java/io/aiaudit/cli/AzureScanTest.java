package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.testing.AzureServer;
import io.aiaudit.testing.AzureTenant;
import io.aiaudit.testing.AzureTenant.Series;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code aiaudit scan --source azure} as a user runs it, against a server that plays a tenant. */
class AzureScanTest {
    private static AzureServer azure;

    private static final String MACHINES = "microsoft.compute/virtualmachines'";

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        azure = AzureServer.start();
    }

    @AfterAll
    static void stop() {
        azure.close();
    }

    @BeforeEach
    void forgetEverything() {
        azure.reset();
    }

    private AzureRun scan(String further, String... arguments) throws Exception {
        return AzureRun.scan(azure, folder, further, arguments);
    }

    @Test
    void a_tenant_of_three_subscriptions_gives_its_findings_by_name() throws Exception {
        AzureTenant tenant = new AzureTenant(azure);
        search(tenant);
        tenant.subscription(AzureTenant.SHOP, "shop");
        tenant.graph(
                AzureTenant.SHOP,
                MACHINES,
                AzureTenant.machine(AzureTenant.SHOP, "vm-no-metric", "Standard_NC4as_T4_v3", "running"));
        tenant.subscription(AzureTenant.CLOSED, "closed");
        azure.refuse(
                "/subscriptions/" + AzureTenant.CLOSED + "/.*", 403, "AuthorizationFailed", "The client has no right.");
        azure.stub(post(urlPathEqualTo("/providers/Microsoft.ResourceGraph/resources"))
                .withRequestBody(containing(AzureTenant.CLOSED))
                .atPriority(1)
                .willReturn(aResponse().withStatus(403).withBody("{\"error\": {\"code\": \"AuthorizationFailed\"}}")));
        AzureRun run = scan("", "--days", "14", "-f", "json");
        JsonNode audit = run.audit();
        assertThat(run.exitCode()).as(run::err).isEqualTo(4);
        assertThat(AwsRun.found(audit, "inference-endpoint-idle")).containsExactly("chat/idle");
        assertThat(AwsRun.found(audit, "provisioned-throughput-idle")).containsExactly("aoai/units");
        assertThat(AwsRun.found(audit, "capacity-reservation-unused")).containsExactly("held");
        assertThat(AwsRun.each(audit.get("gaps")))
                .isNotEmpty()
                .allSatisfy(gap -> assertThat(gap.get("scope").asText()).startsWith(AzureTenant.CLOSED))
                .anySatisfy(gap -> assertThat(gap.get("problem").asText())
                        .contains("access denied for Microsoft.ResourceGraph/resources/read"));
        assertThat(AwsRun.each(audit.get("resources"))
                        .map(resource -> resource.get("name").asText()))
                .contains(
                        "vm-idle",
                        "vm-stopped",
                        "vm-released",
                        "vm-no-metric",
                        "ci-forgotten",
                        "ci-stops",
                        "gpu-cluster",
                        "chat/busy",
                        "aoai/tokens")
                .doesNotContain("vm-web", "aks", "speech");
        assertThat(audit.get("rules").toString()).contains("no gpu_utilization metric");
    }

    /** What one subscription of the tenant has. */
    private static void search(AzureTenant tenant) {
        String subscription = AzureTenant.SEARCH;
        tenant.subscription(subscription, "search");
        tenant.graph(
                subscription,
                MACHINES,
                AzureTenant.machine(subscription, "vm-idle", "Standard_NC24ads_A100_v4", "running"),
                AzureTenant.machine(subscription, "vm-stopped", "Standard_NC24ads_A100_v4", "stopped"),
                AzureTenant.machine(subscription, "vm-released", "Standard_NC24ads_A100_v4", "deallocated"),
                AzureTenant.machine(subscription, "vm-web", "Standard_D4s_v5", "running"),
                AzureTenant.disk(subscription, "vm-released"));
        tenant.machineLearning(subscription);
        tenant.models(subscription);
        tenant.reservation(subscription, "held", 2, 0);
        String deployments = AzureTenant.workspaceId(subscription) + "/onlineEndpoints/chat/deployments/";
        tenant.metrics(
                "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments",
                14,
                List.of(deployments + "busy", deployments + "idle"),
                List.of("GpuUtilizationPercentage", "GpuMemoryUtilizationPercentage", "RequestsPerMinute"),
                new Series(deployments + "busy", "GpuUtilizationPercentage", null, "average,maximum", hour -> "60"),
                new Series(
                        deployments + "busy", "GpuMemoryUtilizationPercentage", null, "average,maximum", hour -> "75"),
                new Series(deployments + "busy", "RequestsPerMinute", null, "average", hour -> "12.5"),
                new Series(deployments + "idle", "GpuUtilizationPercentage", null, "average,maximum", hour -> "0"));
        String account = AzureTenant.accountId(subscription);
        tenant.metrics(
                "Microsoft.CognitiveServices/accounts",
                14,
                List.of(account),
                List.of(
                        "AzureOpenAIRequests",
                        "ProcessedPromptTokens",
                        "GeneratedTokens",
                        "AzureOpenAIContextTokensCacheMatchRate"),
                new Series(account, "AzureOpenAIRequests", "tokens", "total", hour -> "40"),
                new Series(account, "ProcessedPromptTokens", "tokens", "total", hour -> "80000"),
                new Series(account, "GeneratedTokens", "tokens", "total", hour -> "9000"),
                new Series(account, "AzureOpenAIContextTokensCacheMatchRate", "tokens", "average", hour -> "25"));
        tenant.metrics(
                "Microsoft.CognitiveServices/accounts",
                14,
                List.of(account),
                List.of("ModelRequests", "InputTokens", "OutputTokens"));
    }
}
