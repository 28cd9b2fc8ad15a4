package io.aiaudit.collect.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Gap;
import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Window;
import io.aiaudit.testing.AzureServer;
import io.aiaudit.testing.AzureTenant;
import io.aiaudit.testing.AzureTenant.Series;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.Outside;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the collector hands over, against a server that plays a tenant. */
@Outside
class AzureCollectorTest {
    private static final String SEARCH = AzureTenant.SEARCH;
    private static final String MACHINES = "microsoft.compute/virtualmachines'";
    private static final String SETS = "microsoft.compute/virtualmachinescalesets'";
    private static final String VM = AzureTenant.machineId(SEARCH, "vm");

    @AutoClose
    private static AzureServer azure;

    private AzureTenant tenant;

    @BeforeAll
    static void start() {
        azure = AzureServer.start();
    }

    @BeforeEach
    void fill() {
        azure.reset();
        tenant = new AzureTenant(azure);
        tenant.subscription(SEARCH, "search");
    }

    private static Gathered gather() throws Exception {
        Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
        return Gathered.from(new AzureCollector(azure.scope()), new Window(today.minus(2, ChronoUnit.DAYS), today));
    }

    @Test
    void machines_are_reported_with_what_they_are_made_of_and_what_is_paid_for() throws Exception {
        tenant.graph(
                SEARCH,
                MACHINES,
                AzureTenant.machine(SEARCH, "vm-idle", "Standard_NC24ads_A100_v4", "running"),
                AzureTenant.machine(SEARCH, "vm-stopped", "Standard_NC24ads_A100_v4", "stopped"),
                AzureTenant.machine(SEARCH, "vm-released", "Standard_NV12ads_A10_v5", "deallocated"),
                AzureTenant.machine(SEARCH, "vm-web", "Standard_D4s_v5", "running"),
                AzureTenant.disk(SEARCH, "vm-released"));
        azure.list(
                "/subscriptions/" + SEARCH + "/providers/Microsoft.Insights/eventtypes/management/values",
                event("Microsoft.Compute/virtualMachines/powerOff/action", "Started", "2026-05-03T10:00:00Z"),
                event("Microsoft.Compute/virtualMachines/powerOff/action", "Succeeded", "2026-05-02T10:00:00Z"),
                event("Microsoft.Compute/virtualMachines/write", "Succeeded", "2026-05-04T10:00:00Z"));
        Gathered gathered = gather();
        Resource idle = gathered.resource("vm-idle");
        assertThat(idle.accelerator()).isEqualTo("A100-80GB");
        assertThat(idle.acceleratorCount()).isEqualByComparingTo("1");
        assertThat(idle.vcpus()).isEqualByComparingTo("24");
        assertThat(idle.memoryGib()).isEqualByComparingTo("220");
        assertThat(idle.accountName()).isEqualTo("search");
        assertThat(idle.region()).isEqualTo("westeurope");
        assertThat(idle.tags()).containsEntry("team", "search");
        assertThat(idle.createdAt()).isEqualTo("2026-01-05T09:00:00Z");
        assertThat(idle.purchase()).isEqualTo("on_demand");
        assertThat(gathered.resource("vm-stopped").replicas())
                .as("still paid for")
                .isEqualTo(1);
        assertThat(gathered.resource("vm-stopped").attributes()).containsEntry("stopped_since", "2026-05-02T10:00:00Z");
        assertThat(gathered.resource("vm-released").replicas()).isZero();
        assertThat(gathered.resource("vm-released").acceleratorCount())
                .as("a part of a card, whatever the list of sizes counts")
                .isEqualByComparingTo("0.3333");
        assertThat(gathered.resource("vm-released_os").attributes())
                .containsEntry("attached_to", gathered.resource("vm-released").resourceId())
                .containsEntry("size_gib", "512");
        assertThat(gathered.resources).extracting(Resource::name).doesNotContain("vm-web");
        assertThat(gathered.gaps).isEmpty();
    }

    private static String event(String operation, String status, String time) {
        return "{\"operationName\": {\"value\": \"" + operation + "\"}, \"status\": {\"value\": \"" + status
                + "\"}, \"eventTimestamp\": \"" + time + "\"}";
    }

    @Test
    void a_state_that_the_graph_does_not_show_is_reported_by_the_list_of_states() throws Exception {
        tenant.graph(
                SEARCH,
                MACHINES,
                AzureTenant.machine(SEARCH, "vm", "Standard_NC4as_T4_v3", "running")
                        .replaceAll(", \"extended\".*", "}}"));
        azure.list(
                "/subscriptions/" + SEARCH + "/providers/Microsoft.Compute/virtualMachines",
                "{\"id\": \"" + VM.toUpperCase(java.util.Locale.ROOT)
                        + "\", \"properties\": {\"instanceView\": {\"statuses\": [{\"code\": "
                        + "\"ProvisioningState/succeeded\"}, {\"code\": \"PowerState/deallocated\"}]}}}");
        assertThat(gather().resource("vm").state()).isEqualTo("deallocated");
    }

    @Test
    void what_the_graph_hides_is_requested_of_its_provider() throws Exception {
        azure.refuse(
                "/subscriptions/" + SEARCH + "/providers/Microsoft.Compute/virtualMachines",
                403,
                "AuthorizationFailed",
                "no");
        assertThat(gather().gaps)
                .anySatisfy(gap -> assertThat(gap.problem())
                        .isEqualTo("access denied for Microsoft.Compute/virtualMachines/read."))
                .allSatisfy(gap -> assertThat(gap.fix()).contains("aiaudit sources check azure"));
    }

    @Test
    void a_pool_of_a_cluster_is_reported_on_its_scale_set() throws Exception {
        String set = AzureTenant.group(SEARCH).replace("RG-ml", "MC_shop")
                + "/providers/Microsoft.Compute/virtualMachineScaleSets/aks-gpu-vmss";
        String cluster = AzureTenant.group(SEARCH) + "/providers/Microsoft.ContainerService/managedClusters/shop";
        tenant.graph(SEARCH, SETS, """
                {"id": "%s", "name": "aks-gpu-vmss", "type": "microsoft.compute/virtualmachinescalesets", "location": "westeurope", "tags": {"aks-managed-poolName": "gpu"},
                 "sku": {"name": "Standard_NC4as_T4_v3", "capacity": 4}, "properties": {"virtualMachineProfile": {"priority": "Spot"}}}""".formatted(set), """
                {"id": "%s", "name": "shop", "type": "microsoft.containerservice/managedclusters", "location": "westeurope", "properties": {"nodeResourceGroup": "mc_SHOP",
                 "agentPoolProfiles": [{"name": "gpu", "vmSize": "Standard_NC4as_T4_v3", "count": 4, "minCount": 1, "maxCount": 6, "enableAutoScaling": true, "scaleSetPriority": "Spot"},
                  {"name": "batch", "vmSize": "Standard_NC4as_T4_v3", "count": 2}, {"name": "system", "vmSize": "Standard_D4s_v5", "count": 3}]}}""".formatted(cluster));
        azure.respond(
                set + "/instanceView",
                "{\"virtualMachine\": {\"statusesSummary\": [{\"code\": \"PowerState/running\", \"count\": 3}, "
                        + "{\"code\": \"PowerState/deallocated\", \"count\": 1}]}}");
        Gathered gathered = gather();
        Resource pool = gathered.resource("aks-gpu-vmss");
        assertThat(pool.kind()).isEqualTo("node_group");
        assertThat(pool.replicas()).as("one of four is deallocated").isEqualTo(3);
        assertThat(pool.purchase()).isEqualTo("spot");
        assertThat(pool.workload()).isEqualTo("pool/shop/gpu");
        assertThat(pool.attributes()).containsEntry("autoscaling_max", "6").containsEntry("cluster", "shop");
        assertThat(gathered.resource("shop/batch").replicas())
                .as("its scale set is not seen")
                .isEqualTo(2);
        assertThat(gathered.resources).extracting(Resource::name).doesNotContain("shop/system");
    }

    @Test
    void machine_learning_is_reported_below_its_workspace() throws Exception {
        tenant.machineLearning(SEARCH);
        Gathered gathered = gather();
        String workspace = gathered.resource("mlw").resourceId();
        Resource forgotten = gathered.resource("ci-forgotten");
        assertThat(forgotten.kind()).isEqualTo("notebook");
        assertThat(forgotten.accelerator()).as("spelled STANDARD_NC4AS_T4_V3").isEqualTo("T4");
        assertThat(forgotten.parentId()).isEqualTo(workspace);
        assertThat(forgotten.attributes()).containsEntry("idle_shutdown", "none");
        Resource stops = gathered.resource("ci-stops");
        assertThat(stops.replicas()).isZero();
        assertThat(stops.attributes())
                .containsEntry("idle_shutdown", "PT60M")
                .containsEntry("stopped_since", "2026-06-01T18:00:00Z");
        Resource cluster = gathered.resource("gpu-cluster");
        assertThat(cluster.kind()).isEqualTo("training_cluster");
        assertThat(cluster.replicas()).isEqualTo(1);
        assertThat(cluster.attributes()).containsEntry("min_nodes", "1").containsEntry("idle_nodes", "1");
        Resource busy = gathered.resource("chat/busy");
        assertThat(busy.parentId()).isEqualTo(gathered.resource("chat").resourceId());
        assertThat(gathered.resource("chat").parentId()).isEqualTo(workspace);
        assertThat(busy.attributes())
                .containsEntry("autoscaling", "enabled")
                .containsEntry("autoscaling_max", "3")
                .containsEntry("autoscaling_metric", "CpuUtilizationPercentage")
                .containsEntry("traffic_percent", "100");
        assertThat(gathered.resource("chat/idle").attributes()).containsEntry("autoscaling", "none");
        assertThat(gathered.resources).extracting(Resource::name).doesNotContain("aks");
    }

    @Test
    void capacity_is_units_only_where_it_is_provisioned() throws Exception {
        tenant.models(SEARCH);
        Gathered gathered = gather();
        Resource units = gathered.resource("aoai/units");
        assertThat(units.kind()).isEqualTo("provisioned_throughput");
        assertThat(units.replicas()).isEqualTo(100);
        assertThat(units.attributes()).containsEntry("processed_in", "anywhere").containsEntry("model", "gpt-4.1");
        Resource tokens = gathered.resource("aoai/tokens");
        assertThat(tokens.kind()).isEqualTo("model_usage");
        assertThat(tokens.replicas()).isNull();
        assertThat(tokens.attributes()).containsEntry("processed_in", "data zone");
        assertThat(gathered.resources).extracting(Resource::name).doesNotContain("speech");
    }

    @Test
    void a_point_without_a_value_is_missing_and_not_zero() throws Exception {
        tenant.graph(SEARCH, MACHINES, AzureTenant.machine(SEARCH, "vm", "Standard_NC4as_T4_v3", "running"));
        tenant.metrics(
                "Microsoft.Compute/virtualMachines",
                2,
                List.of(VM),
                List.of("Percentage CPU", "Network In Total", "Network Out Total"),
                new Series(VM, "Percentage CPU", null, "average,maximum", hour -> hour < 40 ? "2.5" : null),
                new Series(VM, "Network In Total", null, "total", hour -> "1.5E3"),
                new Series(VM, "Network Out Total", null, "total", hour -> "500"));
        Gathered gathered = gather();
        List<MetricHour> cpu = gathered.metric("vm", "cpu_utilization");
        assertThat(cpu)
                .hasSize(40)
                .allSatisfy(hour -> assertThat(hour.average()).isEqualTo(0.025));
        assertThat(gathered.metric("vm", "network_bytes"))
                .hasSize(48)
                .allSatisfy(hour -> assertThat(hour.total()).isEqualTo(2000));
        assertThat(gathered.metric("vm", "gpu_utilization"))
                .as("the host does not see it")
                .isEmpty();
    }

    /**
     * The shape of Microsoft's example of a batch: points that have nothing but their time, beside a metric that has
     * values.
     */
    @ParameterizedTest
    @CsvSource({"20, 0, 20", "0, 0, 0", "48, 12, 48", "10, 30, 30"})
    void a_counter_without_values_is_zero_in_hours_in_which_a_gauge_of_the_machine_has_a_value(
            int withGauge, int withTraffic, int known) throws Exception {
        tenant.graph(SEARCH, MACHINES, AzureTenant.machine(SEARCH, "vm", "Standard_NC4as_T4_v3", "running"));
        tenant.metrics(
                "Microsoft.Compute/virtualMachines",
                2,
                List.of(VM),
                List.of("Percentage CPU", "Network In Total", "Network Out Total"),
                new Series(VM, "Percentage CPU", null, "average,maximum", hour -> hour < withGauge ? "2.5" : null),
                new Series(VM, "Network In Total", null, "total", hour -> hour < withTraffic ? "1.5E3" : null),
                new Series(VM, "Network Out Total", null, "total", hour -> null));
        Gathered gathered = gather();
        assertThat(gathered.metric("vm", "network_bytes")).hasSize(known);
        assertThat(gathered.metric("vm", "network_bytes"))
                .filteredOn(hour -> hour.total() > 0)
                .hasSize(withTraffic);
    }

    @Test
    void requests_and_tokens_without_values_are_zero_while_the_units_of_the_account_are_measured() throws Exception {
        tenant.models(SEARCH);
        String account = AzureTenant.accountId(SEARCH);
        String units = "AzureOpenAIProvisionedManagedUtilizationV2";
        tenant.metrics(
                "Microsoft.CognitiveServices/accounts",
                2,
                List.of(account),
                List.of("AzureOpenAIRequests", "ProcessedPromptTokens", units),
                new Series(account, "AzureOpenAIRequests", "Tokens", "total", hour -> hour < 4 ? "7" : null),
                new Series(account, "ProcessedPromptTokens", "Tokens", "total", hour -> hour < 6 ? "1000" : null),
                new Series(account, units, "units", "average,maximum", hour -> hour < 40 ? "0" : null));
        Gathered gathered = gather();
        assertThat(gathered.metric("aoai/tokens", "requests"))
                .as("4 with some, not the 2 with tokens, and not the 8 in which nothing was reported")
                .hasSize(38);
        assertThat(gathered.metric("aoai/tokens", "tokens_input")).hasSize(40);
    }

    @Test
    void an_endpoint_without_requests_is_zero_where_its_machines_are_measured() throws Exception {
        tenant.machineLearning(SEARCH);
        String idle = AzureTenant.workspaceId(SEARCH) + "/onlineEndpoints/chat/deployments/idle";
        tenant.metrics(
                "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments",
                2,
                List.of(idle),
                List.of("CpuUtilizationPercentage", "RequestsPerMinute"),
                new Series(idle, "CpuUtilizationPercentage", null, "average,maximum", hour -> hour < 30 ? "1" : null),
                new Series(idle, "RequestsPerMinute", "envoy_response_code=200", "average", hour -> null));
        assertThat(gather().metric("chat/idle", "requests"))
                .hasSize(30)
                .allSatisfy(hour -> assertThat(hour.total()).isZero());
    }

    @Test
    void what_a_data_collector_keeps_is_reported_of_its_deployment() throws Exception {
        tenant.machineLearning(SEARCH);
        Gathered gathered = gather();
        assertThat(gathered.resource("chat/busy").attributes())
                .containsEntry("data_collection", "model_inputs, model_outputs")
                .containsEntry("data_collection_percent", "50");
        assertThat(gathered.resource("chat/idle").attributes()).containsEntry("data_collection", "off");
    }

    @Test
    void where_there_is_no_batch_each_resource_is_requested_by_itself() throws Exception {
        tenant.graph(SEARCH, MACHINES, AzureTenant.machine(SEARCH, "vm", "Standard_NC4as_T4_v3", "running"));
        azure.stub(post(urlPathMatching("/metrics/.*"))
                .atPriority(1)
                .willReturn(aResponse().withStatus(404)));
        Series cpu = new Series(VM, "Percentage CPU", null, "average,maximum", hour -> "3");
        azure.respond(
                VM + "/providers/Microsoft.Insights/metrics",
                "{\"value\": [{\"name\": {\"value\": \"Percentage CPU\"}, \"timeseries\": [" + cpu.json(2) + "]}]}");
        assertThat(gather().metric("vm", "cpu_utilization"))
                .hasSize(48)
                .allSatisfy(hour -> assertThat(hour.average()).isEqualTo(0.03));
    }

    @Test
    void one_that_is_gone_when_it_is_requested_takes_no_other_with_it() throws Exception {
        tenant.graph(
                SEARCH,
                MACHINES,
                AzureTenant.machine(SEARCH, "vm", "Standard_NC4as_T4_v3", "running"),
                AzureTenant.machine(SEARCH, "vm-gone", "Standard_NC4as_T4_v3", "running"));
        azure.stub(post(urlPathMatching("/metrics/.*"))
                .atPriority(1)
                .willReturn(aResponse().withStatus(404)));
        azure.refuse(".*/vm-gone/providers/Microsoft.Insights/metrics", 404, "ResourceNotFound", "gone");
        Series cpu = new Series(VM, "Percentage CPU", null, "average,maximum", hour -> "3");
        azure.respond(
                VM + "/providers/Microsoft.Insights/metrics",
                "{\"value\": [{\"name\": {\"value\": \"Percentage CPU\"}, \"timeseries\": [" + cpu.json(2) + "]}]}");
        Gathered gathered = gather();
        assertThat(gathered.metric("vm", "cpu_utilization")).hasSize(48);
        assertThat(gathered.metric("vm-gone", "cpu_utilization")).isEmpty();
        assertThat(gathered.gaps).isEmpty();
    }

    @Test
    void a_counter_without_points_is_zero_and_so_is_one_without_values_while_a_gauge_has_some() throws Exception {
        tenant.models(SEARCH);
        String account = AzureTenant.accountId(SEARCH);
        tenant.metrics(
                "Microsoft.CognitiveServices/accounts",
                2,
                List.of(account),
                List.of(
                        "AzureOpenAIRequests",
                        "ProcessedPromptTokens",
                        "AzureOpenAIContextTokensCacheMatchRate",
                        "AzureOpenAIProvisionedManagedUtilizationV2"),
                new Series(account, "AzureOpenAIRequests", "Tokens", "total", hour -> hour < 10 ? "7" : null),
                new Series(account, "ProcessedPromptTokens", "Tokens", "total", hour -> "1000"),
                new Series(account, "AzureOpenAIContextTokensCacheMatchRate", "Tokens", "average", hour -> "25"),
                new Series(
                        account,
                        "AzureOpenAIProvisionedManagedUtilizationV2",
                        "units",
                        "average,maximum",
                        hour -> "80"));
        tenant.metrics(
                "Microsoft.CognitiveServices/accounts",
                2,
                List.of(account),
                List.of("ModelRequests", "InputTokens"),
                new Series(account, "ModelRequests", "Tokens", "total", hour -> hour < 5 ? "9" : null));
        azure.omit("GeneratedTokens", "OutputTokens");
        Gathered gathered = gather();
        assertThat(gathered.metric("aoai/units", "requests"))
                .hasSize(48)
                .allSatisfy(hour -> assertThat(hour.total()).isZero());
        assertThat(gathered.metric("aoai/units", "throughput_utilization"))
                .hasSize(48)
                .allSatisfy(hour -> assertThat(hour.maximum()).isEqualTo(0.8));
        assertThat(gathered.metric("aoai/tokens", "requests"))
                .extracting(MetricHour::total)
                .as("two families tell the same hours, which are not added; where tokens were counted no value is "
                        + "not none")
                .containsExactly(9.0, 9.0, 9.0, 9.0, 9.0, 7.0, 7.0, 7.0, 7.0, 7.0);
        assertThat(gathered.metric("aoai/tokens", "tokens_input"))
                .allSatisfy(hour -> assertThat(hour.total()).isEqualTo(750));
        assertThat(gathered.metric("aoai/tokens", "tokens_cache_read"))
                .hasSize(48)
                .allSatisfy(hour -> assertThat(hour.total()).isEqualTo(250));
        assertThat(gathered.metric("aoai/tokens", "tokens_output"))
                .as("no response has it")
                .isEmpty();
    }

    @Test
    void an_endpoint_is_measured_in_our_units() throws Exception {
        tenant.machineLearning(SEARCH);
        String busy = AzureTenant.workspaceId(SEARCH) + "/onlineEndpoints/chat/deployments/busy";
        tenant.metrics(
                "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments",
                2,
                List.of(busy),
                List.of(
                        "GpuUtilizationPercentage",
                        "GpuMemoryUtilizationPercentage",
                        "DeploymentCapacity",
                        "RequestsPerMinute"),
                new Series(busy, "GpuUtilizationPercentage", null, "average,maximum", hour -> "60"),
                new Series(busy, "GpuMemoryUtilizationPercentage", null, "average", hour -> "50"),
                new Series(busy, "DeploymentCapacity", "instanceid=a state=Running", "average", hour -> "1"),
                new Series(busy, "DeploymentCapacity", "instanceid=b state=Running", "average", hour -> "1"),
                new Series(busy, "RequestsPerMinute", "envoy_response_code=200", "average", hour -> "2.5"),
                new Series(
                        busy,
                        "RequestsPerMinute",
                        "envoy_response_code=429",
                        "average",
                        hour -> hour < 5 ? "0.5" : null));
        azure.omit("/chat/deployments/idle");
        Gathered gathered = gather();
        assertThat(gathered.metric("chat/busy", "gpu_utilization").get(0).average())
                .isEqualTo(0.6);
        assertThat(gathered.metric("chat/busy", "gpu_memory_used_gib").get(0).average())
                .isEqualTo(40);
        assertThat(gathered.metric("chat/busy", "replicas"))
                .as("two machines, not one on average")
                .hasSize(48)
                .allSatisfy(hour -> assertThat(hour.average()).isEqualTo(2));
        assertThat(gathered.metric("chat/busy", "requests"))
                .as("60 minutes of all codes")
                .extracting(MetricHour::total)
                .startsWith(180.0, 180.0, 180.0, 180.0, 180.0, 150.0)
                .hasSize(48);
        for (String split : List.of("envoy_response_code eq '*'", "instanceId eq '*' and State eq '*'")) {
            azure.wireMock()
                    .verify(postRequestedFor(urlPathMatching("/metrics/.*"))
                            .withQueryParam("filter", equalTo(split))
                            .withQueryParam("top", equalTo("10000")));
        }
        assertThat(gathered.metric("chat/idle", "requests"))
                .as("Azure did not answer for it")
                .isEmpty();
        assertThat(gathered.gaps)
                .extracting(Gap::scope)
                .contains(SEARCH + " metric RequestsPerMinute in westeurope of chat/idle");
        assertThat(BigDecimal.valueOf(gathered.metrics.size())).isEqualByComparingTo("192");
    }

    @Test
    void computes_of_machine_learning_are_reported_by_their_workspace() throws Exception {
        tenant.machineLearning(SEARCH);
        String workspace = AzureTenant.workspaceId(SEARCH);
        tenant.metrics(
                "Microsoft.MachineLearningServices/workspaces",
                2,
                List.of(workspace),
                List.of("GpuUtilizationPercentage", "GpuMemoryUtilizationPercentage", "Active Nodes", "Total Nodes"),
                new Series(
                        workspace,
                        "GpuUtilizationPercentage",
                        "computename=GPU-cluster",
                        "average,maximum",
                        hour -> hour < 4 ? "50" : null),
                new Series(
                        workspace,
                        "GpuMemoryUtilizationPercentage",
                        "computename=GPU-cluster",
                        "average,maximum",
                        hour -> hour < 4 ? "25" : null),
                new Series(workspace, "GpuUtilizationPercentage", "computename=ci-forgotten", "average", hour -> "7"),
                new Series(
                        workspace,
                        "Active Nodes",
                        "clustername=gpu-cluster",
                        "average,maximum",
                        hour -> hour < 6 ? "1" : "0"),
                new Series(
                        workspace,
                        "Total Nodes",
                        "clustername=gpu-cluster",
                        "average,maximum",
                        hour -> hour < 40 ? "1" : hour < 44 ? "0" : null),
                new Series(workspace, "Active Nodes", "clustername=ci-forgotten", "average,maximum", hour -> "0"),
                new Series(workspace, "Total Nodes", "clustername=ci-forgotten", "average,maximum", hour -> "1"));
        Gathered gathered = gather();
        assertThat(gathered.metric("gpu-cluster", "gpu_utilization"))
                .extracting(MetricHour::average)
                .as("a job for 4 hours; 2 of which nothing is known but that a node was busy; none until the nodes "
                        + "are gone")
                .hasSize(4 + 34)
                .startsWith(0.5, 0.5, 0.5, 0.5, 0.0)
                .endsWith(0.0);
        assertThat(gathered.metric("gpu-cluster", "gpu_memory_used_gib").get(0).average())
                .isEqualTo(20);
        assertThat(gathered.metric("gpu-cluster", "replicas"))
                .extracting(MetricHour::average)
                .hasSize(44)
                .endsWith(0.0);
        assertThat(gathered.metric("ci-forgotten", "gpu_utilization"))
                .as("somebody may work there without a job: nothing is made up")
                .hasSize(48)
                .allSatisfy(hour -> assertThat(hour.average()).isEqualTo(0.07));
        assertThat(gathered.metric("ci-stops", "gpu_utilization")).isEmpty();
        for (String split : List.of("ComputeName eq '*'", "ClusterName eq '*'")) {
            azure.wireMock()
                    .verify(
                            1,
                            postRequestedFor(urlPathMatching("/metrics/.*")).withQueryParam("filter", equalTo(split)));
        }
    }

    private Map<String, String> monitored(String... schedules) throws Exception {
        String workspace = AzureTenant.workspaceId(SEARCH);
        azure.list(workspace + "/schedules", schedules);
        Gathered gathered = gather();
        Map<String, String> monitoring = new HashMap<>();
        for (String name : List.of("chat/busy", "chat/idle")) {
            monitoring.put(name, gathered.resource(name).attributes().get("monitoring"));
        }
        return monitoring;
    }

    @Test
    void a_deployment_says_what_is_monitored_of_it() throws Exception {
        tenant.machineLearning(SEARCH);
        String busy = AzureTenant.workspaceId(SEARCH) + "/onlineEndpoints/chat/deployments/busy";
        assertThat(monitored()).as("no schedule").containsEntry("chat/busy", "none");
        assertThat(monitored(
                        AzureTenant.monitor(busy.toUpperCase(Locale.ROOT), "", "DataQuality", "ModelPerformance"),
                        AzureTenant.monitor("azureml:chat:idle", ", \"isEnabled\": false", "DataDrift"),
                        """
                        {"name": "nightly", "properties": {"isEnabled": true, "action": {"actionType": "CreateJob"}}}"""))
                .containsEntry("chat/busy", "DataQuality Enabled, ModelQuality Enabled")
                .containsEntry("chat/idle", "DataDrift Disabled");
        assertThat(monitored(
                        AzureTenant.monitor("azureml:" + busy, ", \"provisioningState\": \"Failed\"", "DataDrift"),
                        AzureTenant.monitor("azureml:chat:idle", "", "DataDrift")
                                .replace("\"interval\": 1", "\"interval\": 1, \"endTime\": \"2025-01-31T09:00:00\"")))
                .containsEntry("chat/busy", "DataDrift Failed")
                .containsEntry("chat/idle", "DataDrift Ended");
        azure.wireMock()
                .verify(
                        3,
                        getRequestedFor(urlPathMatching(".*/workspaces/mlw/schedules"))
                                .withQueryParam("listViewType", equalTo("All")));
    }

    /** It watches data that somebody collects, of whichever deployment. */
    @Test
    void a_monitor_that_names_no_deployment_leaves_open_whom_it_watches() throws Exception {
        tenant.machineLearning(SEARCH);
        String busy = AzureTenant.workspaceId(SEARCH) + "/onlineEndpoints/chat/deployments/busy";
        assertThat(monitored(AzureTenant.monitor(busy, "", "DataDrift"), AzureTenant.monitor(null, "", "DataQuality")))
                .containsEntry("chat/busy", "DataDrift Enabled")
                .containsEntry("chat/idle", null);
        assertThat(monitored(AzureTenant.monitor(null, ", \"isEnabled\": false", "DataQuality")))
                .as("one that is off watches nobody")
                .containsEntry("chat/idle", "none");
    }

    /** Nodes for 4 hours; a job of which only its use is known; one of which only its node is; nothing else. */
    private Gathered clusterThatIsCountedForFourHours(int fewest) throws Exception {
        tenant.machineLearning(SEARCH);
        String workspace = AzureTenant.workspaceId(SEARCH);
        azure.list(workspace + "/computes", """
                {"id": "%s/computes/sweeps", "name": "sweeps", "location": "westeurope", "properties": {"createdOn": "2026-02-01T08:00:00Z", "computeLocation": "westeurope",
                 "computeType": "AmlCompute", "properties": {"vmSize": "Standard_NC24ads_A100_v4", "vmPriority": "Dedicated", "scaleSettings": {"maxNodeCount": 8, "minNodeCount": %d},
                 "currentNodeCount": 0}}}""".formatted(workspace, fewest));
        tenant.metrics(
                "Microsoft.MachineLearningServices/workspaces",
                2,
                List.of(workspace),
                List.of("GpuUtilizationPercentage", "Active Nodes", "Total Nodes"),
                new Series(
                        workspace,
                        "GpuUtilizationPercentage",
                        "computename=sweeps",
                        "average,maximum",
                        hour -> hour == 10 ? "50" : null),
                new Series(
                        workspace,
                        "Active Nodes",
                        "clustername=sweeps",
                        "average,maximum",
                        hour -> hour == 11 ? "1" : null),
                new Series(
                        workspace,
                        "Total Nodes",
                        "clustername=sweeps",
                        "average,maximum",
                        hour -> hour < 4 ? "6" : null));
        return gather();
    }

    @Test
    void a_cluster_that_may_scale_to_none_had_no_node_in_hours_that_were_answered_without_a_point() throws Exception {
        Gathered gathered = clusterThatIsCountedForFourHours(0);
        assertThat(gathered.metric("sweeps", "replicas"))
                .as("4 hours with nodes, none in the others but in the two in which something ran, of which "
                        + "nothing is known")
                .hasSize(46)
                .extracting(MetricHour::average)
                .startsWith(6.0, 6.0, 6.0, 6.0, 0.0)
                .endsWith(0.0);
        assertThat(gathered.resources)
                .filteredOn(resource -> resource.attributes().containsKey("replicas_taken_as_none"))
                .singleElement()
                .satisfies(resource -> assertThat(resource.attributes().get("replicas_taken_as_none"))
                        .isEqualTo("42 of these without a data point, counted as 0 instances: it may scale to 0"));
    }

    @Test
    void a_cluster_that_keeps_a_node_is_not_known_in_hours_without_a_point() throws Exception {
        Gathered gathered = clusterThatIsCountedForFourHours(1);
        assertThat(gathered.metric("sweeps", "replicas")).hasSize(4);
        assertThat(gathered.resources)
                .noneMatch(resource -> resource.attributes().containsKey("replicas_taken_as_none"));
    }

    @Test
    void a_fine_tuned_model_is_reported_with_its_base_and_that_it_is_hosted() throws Exception {
        tenant.models(SEARCH);
        String account = AzureTenant.accountId(SEARCH);
        azure.list(
                account + "/deployments",
                fineTuned(account, "own", "Standard", "\"name\": \"gpt-4.1-mini-2025-04-14.ft-0e208cf33a6a4669\""),
                fineTuned(
                        account,
                        "trial",
                        "DeveloperTier",
                        "\"name\": \"gpt-4.1-mini-2025-04-14.ft-0e208cf33a6a4669-x\""),
                fineTuned(
                        account,
                        "copied",
                        "GlobalStandard",
                        "\"name\": \"support-model\", \"source\": \"" + account + "-other\""));
        Gathered gathered = gather();
        assertThat(gathered.resource("aoai/own").kind()).isEqualTo("model_usage");
        assertThat(gathered.resource("aoai/own").attributes())
                .containsEntry("hosting", "fine-tuned")
                .containsEntry("base_model", "gpt-4.1-mini-2025-04-14");
        assertThat(gathered.resource("aoai/copied").attributes()).containsEntry("hosting", "fine-tuned");
        assertThat(gathered.resource("aoai/trial").attributes())
                .as("by the token only")
                .containsEntry("hosting", "fine-tuned, on demand");
    }

    private static String fineTuned(String account, String name, String sku, String model) {
        return """
                {"id": "%s/deployments/%s", "name": "%s", "sku": {"name": "%s", "capacity": 1}, "properties": {"model": {"format": "OpenAI", %s}}}""".formatted(account, name, name, sku, model);
    }

    private static String refusedMetric(String resource, String name) {
        return """
                {"values": [{"resourceid": "%s", "value": [{"name": {"value": "%s"}, "errorCode": "InternalError", "errorMessage": "no answer", "timeseries": []}]}]}""".formatted(resource, name);
    }

    @Test
    void hours_that_were_answered_with_an_error_are_a_gap_and_not_zero() throws Exception {
        tenant.models(SEARCH);
        String account = AzureTenant.accountId(SEARCH);
        Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
        Instant start = today.minus(28, ChronoUnit.DAYS);
        tenant.metrics("Microsoft.CognitiveServices/accounts", 2, List.of(account), List.of("AzureOpenAIRequests"));
        azure.stub(post(urlPathMatching("/metrics/.*"))
                .withQueryParam("metricnames", containing("AzureOpenAIRequests"))
                .withQueryParam("starttime", equalTo(start.toString().replace("Z", ".000Z")))
                .atPriority(1)
                .willReturn(okJson(refusedMetric(account, "AzureOpenAIRequests"))));
        Gathered gathered = Gathered.from(new AzureCollector(azure.scope()), new Window(start, today));
        assertThat(gathered.metric("aoai/units", "requests"))
                .hasSize(14 * 24)
                .allSatisfy(hour -> assertThat(hour.hour()).isAfterOrEqualTo(start.plus(14, ChronoUnit.DAYS)));
        assertThat(gathered.gaps).singleElement().satisfies(gap -> {
            assertThat(gap.scope()).contains("metric AzureOpenAIRequests in westeurope of aoai");
            assertThat(gap.problem()).isEqualTo("Azure Monitor answered InternalError, no answer.");
        });
    }

    /** What is counted and what is measured are two requests, since neither can be aggregated as the other. */
    @Test
    void where_only_what_is_measured_is_refused_requests_stay_and_the_price_of_tokens_is_not_known() throws Exception {
        tenant.models(SEARCH);
        String account = AzureTenant.accountId(SEARCH);
        tenant.metrics(
                "Microsoft.CognitiveServices/accounts",
                2,
                List.of(account),
                List.of("AzureOpenAIRequests", "ProcessedPromptTokens"),
                new Series(account, "AzureOpenAIRequests", "Tokens", "total", hour -> "7"),
                new Series(account, "ProcessedPromptTokens", "Tokens", "total", hour -> "1000"));
        azure.stub(post(urlPathMatching("/metrics/.*"))
                .withQueryParam("metricnames", containing("AzureOpenAIContextTokensCacheMatchRate"))
                .atPriority(1)
                .willReturn(aResponse().withStatus(403)));
        Gathered gathered = gather();
        assertThat(gathered.metric("aoai/tokens", "requests"))
                .hasSize(48)
                .allSatisfy(hour -> assertThat(hour.total()).isEqualTo(7));
        assertThat(gathered.metric("aoai/tokens", "tokens_input"))
                .as("how many of them came from a cache is not known")
                .isEmpty();
        assertThat(gathered.metric("aoai/units", "requests"))
                .as("not reported as none")
                .isEmpty();
        assertThat(gathered.gaps)
                .extracting(Gap::problem)
                .containsExactly("access denied for Microsoft.Insights/metrics/read.");
    }

    @Test
    void an_account_that_knows_no_measured_metric_is_counted() throws Exception {
        tenant.models(SEARCH);
        String account = AzureTenant.accountId(SEARCH);
        tenant.metrics(
                "Microsoft.CognitiveServices/accounts",
                2,
                List.of(account),
                List.of("AzureOpenAIRequests", "ProcessedPromptTokens"),
                new Series(account, "ProcessedPromptTokens", "Tokens", "total", hour -> "1000"));
        azure.stub(post(urlPathMatching("/metrics/.*"))
                .withQueryParam("metricnames", containing("Utilization"))
                .atPriority(1)
                .willReturn(aResponse()
                        .withStatus(400)
                        .withBody("{\"error\": {\"code\": \"BadRequest\", \"message\": \"Failed to find metric "
                                + "configuration for provider\"}}")));
        Gathered gathered = gather();
        assertThat(gathered.gaps).isEmpty();
        assertThat(gathered.metric("aoai/tokens", "tokens_input")).hasSize(48);
        assertThat(gathered.metric("aoai/units", "requests"))
                .hasSize(48)
                .allSatisfy(hour -> assertThat(hour.total()).isZero());
    }

    @Test
    void hours_that_one_family_of_names_could_not_show_are_not_zero_because_of_the_other() throws Exception {
        tenant.models(SEARCH);
        String account = AzureTenant.accountId(SEARCH);
        tenant.metrics("Microsoft.CognitiveServices/accounts", 2, List.of(account), List.of("AzureOpenAIRequests"));
        azure.stub(post(urlPathMatching("/metrics/.*"))
                .withQueryParam("metricnames", containing("ModelRequests"))
                .willReturn(okJson(refusedMetric(account, "ModelRequests"))));
        Gathered gathered = gather();
        assertThat(gathered.metric("aoai/units", "requests")).isEmpty();
        assertThat(gathered.gaps).hasSize(1);
    }

    @Test
    void hours_that_azure_forgot_are_not_requested_and_not_zero() throws Exception {
        tenant.models(SEARCH);
        String account = AzureTenant.accountId(SEARCH);
        tenant.metrics("Microsoft.CognitiveServices/accounts", 2, List.of(account), List.of("AzureOpenAIRequests"));
        Instant now = Instant.now();
        Instant today = now.truncatedTo(ChronoUnit.DAYS);
        Gathered gathered =
                Gathered.from(new AzureCollector(azure.scope()), new Window(today.minus(100, ChronoUnit.DAYS), today));
        Instant oldest = now.minus(93, ChronoUnit.DAYS).truncatedTo(ChronoUnit.HOURS);
        assertThat(gathered.metric("aoai/units", "requests"))
                .isNotEmpty()
                .allSatisfy(hour -> assertThat(hour.hour()).isAfterOrEqualTo(oldest));
        assertThat(gathered.warnings)
                .filteredOn(warning -> warning.startsWith("Azure keeps"))
                .singleElement()
                .satisfies(warning -> assertThat(warning)
                        .contains(
                                "Azure keeps metrics for 93 days",
                                today.minus(100, ChronoUnit.DAYS).toString()));
    }

    @Test
    void a_location_that_is_no_region_gets_no_request_for_metrics() throws Exception {
        String port = azure.url().substring(azure.url().lastIndexOf(':') + 1);
        tenant.models(SEARCH);
        String account = AzureTenant.accountId(SEARCH);
        azure.list(
                "/subscriptions/" + SEARCH + "/providers/Microsoft.CognitiveServices/accounts",
                "{\"id\": \"" + account + "\", \"name\": \"aoai\", \"location\": \"127.0.0.1:" + port
                        + "/x\", \"kind\": \"OpenAI\", \"properties\": {}}");
        Map<String, String> endpoints = new HashMap<>(azure.scope().endpoints());
        endpoints.put("metrics", "https://{region}.metrics.monitor.azure.com");
        Gathered gathered = Gathered.from(
                new AzureCollector(new AzureScope(AzureCloud.PUBLIC, null, List.of(), null, endpoints)),
                new Window(Instant.now().minus(2, ChronoUnit.DAYS), Instant.now()));
        azure.wireMock().verify(0, postRequestedFor(urlPathMatching("/x.*")));
        assertThat(gathered.gaps)
                .anySatisfy(
                        gap -> assertThat(gap.problem()).contains("127.0.0.1:" + port + "/x\", which is not a region"));
    }

    /** A second account, which refuses the first family of names; the one of {@link AzureTenant#models} knows them. */
    private Gathered withAnAccountThatRefuses(String message) throws Exception {
        tenant.models(SEARCH);
        String account = AzureTenant.accountId(SEARCH);
        String other = account + "-other";
        azure.list(
                "/subscriptions/" + SEARCH + "/providers/Microsoft.CognitiveServices/accounts",
                """
                {"id": "%s", "name": "aoai", "location": "westeurope", "kind": "OpenAI", "properties": {}}""".formatted(account),
                """
                {"id": "%s", "name": "other", "location": "westeurope", "kind": "OpenAI", "properties": {}}""".formatted(other));
        azure.list(other + "/deployments", """
                {"id": "%s/deployments/d", "name": "d", "sku": {"name": "GlobalProvisionedManaged", "capacity": 50}, "systemData": {"createdAt": "2026-01-15T10:00:00Z"},
                 "properties": {"provisioningState": "Succeeded", "model": {"format": "OpenAI", "name": "gpt-4.1", "version": "1"}}}""".formatted(other));
        String namespace = "Microsoft.CognitiveServices/accounts";
        tenant.metrics(
                namespace,
                2,
                List.of(account),
                List.of("AzureOpenAIRequests"),
                new Series(account, "AzureOpenAIRequests", "units", "total", hour -> "7"));
        tenant.metrics(namespace, 2, List.of(account, other), List.of("ModelRequests"));
        azure.stub(post(urlPathMatching("/metrics/.*"))
                .withQueryParam("metricnames", containing("AzureOpenAIRequests"))
                .withRequestBody(containing(other.toLowerCase(Locale.ROOT)))
                .atPriority(1)
                .willReturn(aResponse()
                        .withStatus(400)
                        .withBody("{\"error\": {\"code\": \"BadRequest\", \"message\": \"" + message + "\"}}")));
        return gather();
    }

    @Test
    void an_account_that_refuses_takes_no_metrics_from_the_others_and_is_a_gap() throws Exception {
        Gathered gathered = withAnAccountThatRefuses("no");
        assertThat(gathered.metric("aoai/units", "requests"))
                .hasSize(48)
                .allSatisfy(hour -> assertThat(hour.total()).isEqualTo(7));
        assertThat(gathered.metric("other/d", "requests"))
                .as("one family of names is not known")
                .isEmpty();
        assertThat(gathered.gaps)
                .singleElement()
                .satisfies(gap -> assertThat(gap.scope()).endsWith("metrics of models in westeurope of aoai-other"));
    }

    @Test
    void an_account_that_does_not_know_one_family_of_names_is_reported_by_the_other() throws Exception {
        Gathered gathered = withAnAccountThatRefuses(
                "Failed to find metric configuration for provider: Microsoft.CognitiveServices, metric: "
                        + "AzureOpenAIRequests");
        assertThat(gathered.metric("aoai/units", "requests"))
                .allSatisfy(hour -> assertThat(hour.total()).isEqualTo(7));
        assertThat(gathered.metric("other/d", "requests"))
                .hasSize(48)
                .allSatisfy(hour -> assertThat(hour.total()).isZero());
        assertThat(gathered.gaps).isEmpty();
    }
}
