package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.azure.AzureCollector;
import io.aiaudit.collect.azure.AzureOperation;
import io.aiaudit.testing.AzureServer;
import io.aiaudit.testing.AzureTenant;
import io.aiaudit.testing.AzureTenant.Series;
import io.aiaudit.testing.Outside;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code aiaudit scan --source azure} as a user runs it, against a server that plays a tenant. */
@Outside
class AzureScanTest {
    @AutoClose
    private static AzureServer azure;

    private static final String MACHINES = "microsoft.compute/virtualmachines'";

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        azure = AzureServer.start();
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
        tenant.stopped(AzureTenant.SEARCH, 10);
        String[] stopped = {AzureTenant.machineId(AzureTenant.SEARCH, "vm-stopped"), "NC24ads A100 v4", "110"};
        String[] workspace = {AzureTenant.workspaceId(AzureTenant.SEARCH), "NC24ads A100 v4", "240"};
        String[] account = {AzureTenant.accountId(AzureTenant.SEARCH), "gpt 4.1 Inp Data Zone Tokens", "24"};
        tenant.costs(AzureTenant.SEARCH, 14, stopped, workspace, account);
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
        AzureRun run = scan("", "--days", "14", "-f", "json", "--usage", usage().toString());
        JsonNode audit = run.audit();
        assertThat(run.exitCode()).as(run::err).isEqualTo(4);
        assertThat(AwsRun.found(audit, "gpu-instance-idle"))
                .as("not the busy one, nor the one whose accelerators nobody measured")
                .containsExactly("ci-forgotten", "vm-idle");
        assertThat(AwsRun.found(audit, "notebook-idle")).containsExactly("ci-forgotten");
        assertThat(AwsRun.each(audit.get("findings"))
                        .filter(finding -> finding.get("rule").asText().equals("notebook-idle"))
                        .map(finding -> finding.get("reason").asText()))
                .allSatisfy(reason -> assertThat(reason).contains("its idle shutdown is off"));
        assertThat(AwsRun.found(audit, "instance-stopped-still-billed")).containsExactly("vm-stopped");
        JsonNode endpoint = AwsRun.each(audit.get("findings"))
                .filter(finding -> finding.get("resource_name").asText().equals("chat/idle"))
                .findFirst()
                .orElseThrow();
        assertThat(endpoint.get("cost_basis").asText())
                .as("billed on the workspace, split by machines x hours x price")
                .isEqualTo("allocated");
        assertThat(endpoint.get("monthly_cost").decimalValue()).isPositive();
        assertThat(audit.at("/bill/providers/0/effective_cost").decimalValue()).isEqualByComparingTo("5236");
        assertThat(Stream.of("gpu-cluster", "chat/busy", "chat/idle")
                        .map(name ->
                                AwsRun.resource(audit, name).get("monthly_cost").decimalValue()))
                .as("240 a day in 730 hours are of those of the size that the meter names, 80 a day of each")
                .containsExactly(new BigDecimal("2433.33"), new BigDecimal("2433.33"), new BigDecimal("2433.33"));
        assertThat(AwsRun.resource(audit, "ci-forgotten").get("monthly_cost").isNull())
                .as("a size of which the bill has nothing")
                .isTrue();
        assertThat(AwsRun.found(audit, "inference-endpoint-idle")).containsExactly("chat/idle");
        assertThat(AwsRun.found(audit, "provisioned-throughput-idle")).containsExactly("aoai/units");
        assertThat(AwsRun.found(audit, "capacity-reservation-unused")).containsExactly("held");
        assertThat(AwsRun.each(audit.get("gaps")).map(gap -> gap.get("scope").asText()))
                .as("its bill, and one however much of the subscription could not be read")
                .containsExactlyInAnyOrder(AzureTenant.CLOSED + "/all bill", AzureTenant.CLOSED);
        assertThat(AwsRun.each(audit.get("gaps"))
                        .filter(gap -> gap.get("scope").asText().equals(AzureTenant.CLOSED)))
                .singleElement()
                .satisfies(gap -> {
                    assertThat(gap.get("problem").asText())
                            .startsWith("no inventory of it could be read (machines, scale sets, ")
                            .contains("access denied for Microsoft.ResourceGraph/resources/read");
                    assertThat(gap.get("fix").asText()).contains("aiaudit sources check azure");
                });
        assertThat(AwsRun.each(audit.get("resources"))
                        .map(resource -> resource.get("name").asText()))
                .contains(
                        "vm-idle",
                        "vm-busy",
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

    @Test
    void a_cluster_that_ran_no_job_and_a_fine_tuned_model_that_nobody_called_are_found_live() throws Exception {
        AzureTenant tenant = new AzureTenant(azure);
        String subscription = AzureTenant.SEARCH;
        tenant.subscription(subscription, "search");
        tenant.machineLearning(subscription);
        tenant.models(subscription);
        String workspace = AzureTenant.workspaceId(subscription);
        String account = AzureTenant.accountId(subscription);
        azure.list(account + "/deployments", """
                {"id": "%s/deployments/own", "name": "own", "sku": {"name": "Standard", "capacity": 1}, "systemData": \
                {"createdAt": "2026-01-15T10:00:00Z"},
                 "properties": {"model": {"format": "OpenAI", "name": \
                "gpt-4.1-mini-2025-04-14.ft-0e208cf33a6a4669"}}}""".formatted(account));
        tenant.metrics(
                "Microsoft.MachineLearningServices/workspaces",
                30,
                List.of(workspace),
                List.of("GpuUtilizationPercentage", "Active Nodes", "Total Nodes"),
                new Series(
                        workspace,
                        "GpuUtilizationPercentage",
                        "computename=ci-forgotten",
                        "average,maximum",
                        hour -> "0"),
                new Series(workspace, "Active Nodes", "clustername=gpu-cluster", "average,maximum", hour -> "0"),
                new Series(workspace, "Total Nodes", "clustername=gpu-cluster", "average,maximum", hour -> "1"));
        tenant.metrics("Microsoft.CognitiveServices/accounts", 30, List.of(account), List.of("AzureOpenAIRequests"));
        tenant.costs(
                subscription,
                30,
                new String[] {workspace, "NC24ads A100 v4", "88.152"},
                new String[] {account, "gpt 4.1 mini FT Hosting", "40.80"},
                new String[] {account, "gpt 4.1 mini FT Inp Tokens", "0.00"});
        JsonNode audit = scan("", "--days", "30", "-f", "json").audit();
        assertThat(AwsRun.found(audit, "training-cluster-idle")).containsExactly("gpu-cluster");
        assertThat(AwsRun.found(audit, "notebook-idle")).containsExactly("ci-forgotten");
        assertThat(AwsRun.found(audit, "custom-model-hosting-idle"))
                .containsExactly("aoai/own"); // Azure deletes one itself after 15 days
        JsonNode hosted = AwsRun.resource(audit, "aoai/own");
        assertThat(hosted.get("monthly_cost").decimalValue())
                .as("40.80 a day in 730 hours")
                .isEqualByComparingTo("1241.00");
    }

    @Test
    void commitments_that_may_not_be_read_are_one_gap_of_the_tenant_with_the_roles_that_open_them() throws Exception {
        AzureTenant tenant = new AzureTenant(azure);
        tenant.subscription(AzureTenant.SEARCH, "search");
        tenant.subscription(AzureTenant.SHOP, "shop");
        azure.refuse("/providers/Microsoft.Capacity/reservations", 403, "AuthorizationFailed", "no");
        azure.refuse("/providers/Microsoft.BillingBenefits/savingsPlans", 403, "AuthorizationFailed", "no");
        AzureRun run = scan("", OneRule.with("--days", "14", "-f", "json"));
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(AwsRun.each(run.audit().get("gaps"))).singleElement().satisfies(gap -> {
            assertThat(gap.get("scope").asText()).isEqualTo("commitments of the tenant");
            assertThat(gap.get("problem").asText())
                    .isEqualTo("access denied for Microsoft.Capacity/reservations/read and "
                            + "Microsoft.BillingBenefits/savingsPlans/read.");
            assertThat(gap.get("fix").asText())
                    .isEqualTo("az role assignment create --assignee YOU --role \"Reservations Reader\" --scope "
                            + "/providers/Microsoft.Capacity; az role assignment create --assignee YOU --role "
                            + "\"Savings plan Reader\" --scope /providers/Microsoft.BillingBenefits");
        });
        azure.reset();
        new AzureTenant(azure).subscription(AzureTenant.SEARCH, "search");
        AzureRun silent = scan("", OneRule.with("--days", "14", "-f", "json"));
        assertThat(silent.err()).contains("as it does without permission");
        assertThat(silent.audit().get("gaps")).isEmpty();
    }

    @Test
    void a_subscription_that_is_disabled_is_a_gap_that_says_so_beside_what_is_denied() throws Exception {
        AzureTenant tenant = new AzureTenant(azure);
        tenant.subscription(AzureTenant.SEARCH, "search");
        tenant.subscription(AzureTenant.CLOSED, "closed");
        azure.refuse(
                "/subscriptions/" + AzureTenant.CLOSED + "/.*", 403, "AuthorizationFailed", "The client has no right.");
        azure.stub(post(urlPathEqualTo("/providers/Microsoft.ResourceGraph/resources"))
                .withRequestBody(containing(AzureTenant.CLOSED))
                .atPriority(1)
                .willReturn(aResponse()
                        .withStatus(409)
                        .withHeader("Content-Type", "application/json")
                        .withBody("{\"error\": {\"code\": \"ReadOnlyDisabledSubscription\", "
                                + "\"message\": \"disabled\"}}")));
        AzureRun run = scan("", OneRule.with("--days", "14", "-f", "json"));
        List<JsonNode> gaps = AwsRun.each(run.audit().get("gaps")).toList();
        assertThat(gaps)
                .as("one for each cause, and the bill")
                .extracting(gap -> gap.get("scope").asText())
                .containsExactlyInAnyOrder(AzureTenant.CLOSED, AzureTenant.CLOSED, AzureTenant.CLOSED + "/all bill");
        assertThat(gaps).anySatisfy(gap -> {
            assertThat(gap.get("problem").asText())
                    .isEqualTo("no inventory of it could be read (machines, scale sets, private endpoints and 1 more): "
                            + "the subscription is disabled.");
            assertThat(gap.get("fix").asText()).startsWith("Enable it again");
        });
    }

    /** The graph hides what may not be read, so that an empty list of it is no response. */
    @Test
    void a_subscription_of_which_the_graph_hides_everything_is_one_gap_and_its_bill() throws Exception {
        azure.reset();
        AzureTenant tenant = new AzureTenant(azure);
        tenant.subscription(AzureTenant.SEARCH, "search");
        tenant.subscription(AzureTenant.CLOSED, "closed");
        azure.refuse(
                "/subscriptions/" + AzureTenant.CLOSED + "/.*", 403, "AuthorizationFailed", "The client has no right.");
        azure.stub(post(urlPathEqualTo("/providers/Microsoft.ResourceGraph/resources"))
                .withRequestBody(containing(AzureTenant.CLOSED))
                .atPriority(1)
                .willReturn(okJson(
                        "{\"totalRecords\": 0, \"count\": 0, \"data\": [], " + "\"resultTruncated\": \"false\"}")));
        AzureRun run = scan("", OneRule.with("--days", "14", "-f", "json"));
        assertThat(AwsRun.each(run.audit().get("gaps"))
                        .map(gap -> gap.get("scope").asText()))
                .containsExactlyInAnyOrder(AzureTenant.CLOSED, AzureTenant.CLOSED + "/all bill");
    }

    private static final String STORAGE_OF_LOGS =
            "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Storage/storageAccounts/"
                    + "{account}/blobServices/default/containers/insights-activity-logs";

    @Test
    void idle_units_of_throughput_have_their_list_price_where_there_is_no_bill() throws Exception {
        AzureTenant tenant = new AzureTenant(azure);
        tenant.subscription(AzureTenant.SEARCH, "search");
        tenant.models(AzureTenant.SEARCH);
        tenant.metrics(
                "Microsoft.CognitiveServices/accounts",
                14,
                List.of(AzureTenant.accountId(AzureTenant.SEARCH)),
                List.of("AzureOpenAIRequests"));
        azure.stub(get(urlPathEqualTo("/prices/api/retail/prices")).willReturn(okJson("""
                        {"Items": [{"currencyCode": "USD", "retailPrice": 1, "skuName": "Provisioned Managed Global", \
                        "meterName": "Provisioned Managed Global Unit",
                          "unitOfMeasure": "1/Hour", "type": "Consumption"}]}""")));
        JsonNode finding = scan("", "--days", "14", "--rule", "provisioned-throughput-idle", "-f", "json")
                .audit()
                .at("/findings/0");
        assertThat(finding.get("resource_name").asText()).isEqualTo("aoai/units");
        assertThat(finding.get("cost_basis").asText()).isEqualTo("list");
        assertThat(finding.get("monthly_cost").decimalValue())
                .as("100 units of 1 USD in 730 hours")
                .isEqualByComparingTo("73000");
    }

    @Test
    void nothing_is_sent_that_is_not_declared_and_what_is_never_sent_is_known() throws Exception {
        search(new AzureTenant(azure));
        JsonNode audit = scan("", OneRule.with("--days", "14", "-f", "json")).audit();
        Set<String> requested = new TreeSet<>();
        audit.at("/scan_cost/azure_requests_by_operation").fieldNames().forEachRemaining(requested::add);
        assertThat(AzureCollector.operations())
                .extracting(AzureOperation::name)
                .containsAll(requested)
                .filteredOn(operation -> !requested.contains(operation))
                .as("requested in AzureAnswersTest, AzureBatchTest, AzureBillTest, AzureMachinesTest and "
                        + "AzureGovernanceTest")
                .containsExactlyInAnyOrder(
                        "GET:" + STORAGE_OF_LOGS,
                        "GET:" + STORAGE_OF_LOGS.replace("insights-activity-logs", "insights-logs-requestresponse"),
                        "GET:/subscriptions/{subscription}",
                        "GET:/subscriptions/{subscription}/resources",
                        "GET:/subscriptions/{subscription}/resourceGroups/{group}/providers/"
                                + "Microsoft.OperationalInsights/workspaces/{workspace}",
                        "GET:/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Compute/"
                                + "virtualMachineScaleSets/{scaleSet}/instanceView",
                        "GET:/subscriptions/{subscription}/resourceGroups/{group}/providers/"
                                + "Microsoft.MachineLearningServices/workspaces/{workspace}/batchEndpoints/"
                                + "{endpoint}/deployments",
                        "GET:/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Batch/"
                                + "batchAccounts/{account}/pools",
                        "GET:/{resource*}/providers/Microsoft.Insights/metrics",
                        "GET:/{scope*}/providers/Microsoft.CostManagement/exports/{export}",
                        "GET:/{scope*}/providers/Microsoft.CostManagement/exports/{export}/runHistory",
                        "GET:/subscriptions/{subscription}/providers/Microsoft.Compute/virtualMachines",
                        "GET:/subscriptions/{subscription}/providers/Microsoft.Compute/disks",
                        "Blob.ListBlobs",
                        "Blob.GetBlob");
    }

    /** A query of costs has neither unit nor category: that a disk is storage follows from what it is. */
    @Test
    void disks_of_a_released_machine_are_found_when_the_bill_comes_by_query() throws Exception {
        AzureTenant tenant = new AzureTenant(azure);
        tenant.subscription(AzureTenant.SEARCH, "search");
        tenant.graph(
                AzureTenant.SEARCH,
                MACHINES,
                AzureTenant.machine(AzureTenant.SEARCH, "vm-released", "Standard_NC4as_T4_v3", "deallocated"),
                AzureTenant.machine(AzureTenant.SEARCH, "vm-runs", "Standard_NC4as_T4_v3", "running"),
                AzureTenant.disk(AzureTenant.SEARCH, "vm-released"),
                AzureTenant.disk(AzureTenant.SEARCH, "vm-runs"));
        tenant.stopped(AzureTenant.SEARCH, 40);
        String released = AzureTenant.machineId(AzureTenant.SEARCH, "vm-released");
        String running = AzureTenant.machineId(AzureTenant.SEARCH, "vm-runs");
        tenant.costs(
                AzureTenant.SEARCH,
                14,
                new String[] {released.replace("virtualMachines", "disks") + "_os", "P20 LRS Disk", "2.40"},
                new String[] {running.replace("virtualMachines", "disks") + "_os", "P20 LRS Disk", "2.40"},
                new String[] {running, "NC4as T4 v3", "15"});
        JsonNode audit = scan("", "--days", "14", "--rule", "instance-stopped-still-billed", "-f", "json")
                .audit();
        assertThat(AwsRun.found(audit, "instance-stopped-still-billed")).containsExactly("vm-released_os");
        assertThat(audit.at("/findings/0/monthly_cost").decimalValue())
                .as("2.40 a day in 730 hours")
                .isEqualByComparingTo("73");
    }

    /**
     * The log of the last 89 days has nothing, or a stop that was undone; days are those since which nothing is
     * measured.
     */
    @ParameterizedTest
    @CsvSource({
        "empty, 0, 14, medium since at least",
        "empty, 4, 10, medium since at least",
        "empty, 14, 0, ",
        "11, 4, 10, medium since at least",
        "9, 4, 9, high since",
        "20, 0, 20, high since"
    })
    void a_machine_that_shut_itself_down_is_found_by_what_its_host_measures(
            String logged, int measured, int daysAgo, String found) throws Exception {
        AzureTenant tenant = new AzureTenant(azure);
        tenant.subscription(AzureTenant.SEARCH, "search");
        tenant.graph(
                AzureTenant.SEARCH,
                MACHINES,
                AzureTenant.machine(AzureTenant.SEARCH, "vm", "Standard_NC4as_T4_v3", "stopped"));
        if (!logged.equals("empty")) {
            tenant.stopped(AzureTenant.SEARCH, Integer.parseInt(logged));
        }
        String machine = AzureTenant.machineId(AzureTenant.SEARCH, "vm");
        tenant.costs(AzureTenant.SEARCH, 14, new String[][] {{machine, "NC4as T4 v3", "15"}});
        tenant.metrics(
                "Microsoft.Compute/virtualMachines",
                14,
                List.of(machine),
                List.of("Percentage CPU", "Network In Total", "Network Out Total"),
                new AzureTenant.Series(
                        machine, "Percentage CPU", null, "average,maximum", hour -> hour < 24 * measured ? "2" : null));
        JsonNode audit = scan("", "--days", "14", "--rule", "instance-stopped-still-billed", "-f", "json")
                .audit();
        String day = LocalDate.now(ZoneOffset.UTC).minusDays(daysAgo).toString();
        assertThat(AwsRun.each(audit.get("findings"))
                        .map(finding -> finding.get("confidence").asText() + " "
                                + finding.get("reason").asText()))
                .allSatisfy(finding -> assertThat(finding)
                        .startsWith(found.replaceFirst(" ", " vm has been stopped ") + " " + day + " and was charged"))
                .hasSize(found == null ? 0 : 1);
    }

    /**
     * That of a released machine is reserved for it; one that is attached to a machine without accelerators is not
     * looked at.
     */
    @Test
    void a_disk_that_no_machine_has_is_found_with_the_day_since_when() throws Exception {
        AzureTenant tenant = new AzureTenant(azure);
        tenant.subscription(AzureTenant.SEARCH, "search");
        tenant.graph(
                AzureTenant.SEARCH,
                MACHINES,
                AzureTenant.disk(AzureTenant.SEARCH, "vm-gone", "Unattached", "2026-01-20T00:00:00Z"),
                AzureTenant.disk(AzureTenant.SEARCH, "vm-unknown", "Unattached", ""),
                AzureTenant.disk(AzureTenant.SEARCH, "vm-released", "Reserved", "2026-01-20T00:00:00Z"),
                AzureTenant.disk(AzureTenant.SEARCH, "vm-other"));
        JsonNode audit = scan("", "--days", "14", "--rule", "storage-orphaned", "-f", "json")
                .audit();
        assertThat(AwsRun.found(audit, "storage-orphaned")).containsExactly("vm-gone_os", "vm-unknown_os");
        assertThat(AwsRun.each(audit.get("findings"))
                        .map(finding -> finding.get("resource_name").asText() + " "
                                + finding.get("status").asText()))
                .containsExactlyInAnyOrder("vm-gone_os counted", "vm-unknown_os unconfirmed");
        assertThat(AwsRun.each(audit.get("resources"))
                        .map(resource -> resource.get("kind").asText()))
                .containsExactlyInAnyOrder("volume", "volume", "account");
    }

    /** What a program on the machines measured of those that Azure does not look into. */
    private Path usage() throws Exception {
        Instant end = Instant.now().truncatedTo(ChronoUnit.DAYS);
        String computes = AzureTenant.workspaceId(AzureTenant.SEARCH) + "/computes/";
        List<String> rows = new ArrayList<>(List.of("resource_id,metric,hour,average,maximum,total"));
        for (int hour = 1; hour <= 14 * 24; hour++) {
            Instant time = end.minus(hour, ChronoUnit.HOURS);
            rows.add(AzureTenant.machineId(AzureTenant.SEARCH, "vm-idle") + ",gpu_utilization," + time + ",0,0,");
            rows.add(AzureTenant.machineId(AzureTenant.SEARCH, "vm-busy") + ",gpu_utilization," + time + ",0.7,0.9,");
            rows.add(computes + "ci-forgotten,gpu_utilization," + time + ",0,0,");
        }
        return Files.write(folder.resolve("usage.csv"), rows);
    }

    /** What one subscription of the tenant has. */
    private static void search(AzureTenant tenant) {
        String subscription = AzureTenant.SEARCH;
        tenant.subscription(subscription, "search");
        tenant.graph(
                subscription,
                MACHINES,
                AzureTenant.machine(subscription, "vm-idle", "Standard_NC24ads_A100_v4", "running"),
                AzureTenant.machine(subscription, "vm-busy", "Standard_NC24ads_A100_v4", "running"),
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
                new Series(
                        deployments + "busy",
                        "RequestsPerMinute",
                        "envoy_response_code=200",
                        "average",
                        hour -> "12.5"),
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
