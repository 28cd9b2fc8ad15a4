package io.aiaudit.collect.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Gap;
import io.aiaudit.model.Resource;
import io.aiaudit.testing.AzureTenant;
import io.aiaudit.testing.AzureTenant.Series;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.TenantOfOne;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Virtual machines and scale sets, against a server that plays a tenant. */
@Outside
class AzureMachinesTest {
    private static final String SEARCH = AzureTenant.SEARCH;
    private static final String MACHINES = "microsoft.compute/virtualmachines'";
    private static final String SETS = "microsoft.compute/virtualmachinescalesets'";
    private static final String VM = AzureTenant.machineId(SEARCH, "vm");

    @RegisterExtension
    static final TenantOfOne AZURE = new TenantOfOne();

    @Test
    void machines_are_reported_with_what_they_are_made_of_and_what_is_paid_for() throws Exception {
        AZURE.tenant()
                .graph(
                        SEARCH,
                        MACHINES,
                        AzureTenant.machine(SEARCH, "vm-idle", "Standard_NC24ads_A100_v4", "running"),
                        AzureTenant.machine(SEARCH, "vm-stopped", "Standard_NC24ads_A100_v4", "stopped"),
                        AzureTenant.machine(SEARCH, "vm-released", "Standard_NV12ads_A10_v5", "deallocated"),
                        AzureTenant.machine(SEARCH, "vm-web", "Standard_D4s_v5", "running"),
                        AzureTenant.disk(SEARCH, "vm-released"));
        AZURE.server()
                .list(
                        "/subscriptions/" + SEARCH + "/providers/Microsoft.Insights/eventtypes/management/values",
                        event("Microsoft.Compute/virtualMachines/powerOff/action", "Started", "2026-05-03T10:00:00Z"),
                        event("Microsoft.Compute/virtualMachines/powerOff/action", "Succeeded", "2026-05-02T10:00:00Z"),
                        event("Microsoft.Compute/virtualMachines/write", "Succeeded", "2026-05-04T10:00:00Z"));
        Gathered gathered = AZURE.gather();
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

    /** Newest first or not: the log names its events in no order that it promises. */
    @ParameterizedTest
    @CsvSource({
        "stopped, powerOff 2026-05-02, 2026-05-02T10:00:00Z",
        "stopped, powerOff 2026-05-02 start 2026-05-05,",
        "stopped, start 2026-05-05 powerOff 2026-05-02,",
        "stopped, powerOff 2026-05-02 restart 2026-05-05,",
        "stopped, powerOff 2026-05-02 redeploy 2026-05-05,",
        "stopped, powerOff 2026-05-02 start 2026-05-05 powerOff 2026-05-09, 2026-05-09T10:00:00Z",
        "stopped, start 2026-05-05 powerOff 2026-05-09, 2026-05-09T10:00:00Z",
        "stopped, deallocate 2026-05-02,",
        "deallocated, deallocate 2026-05-02, 2026-05-02T10:00:00Z",
        "deallocated, deallocate 2026-05-02 start 2026-05-05,",
        "deallocated, powerOff 2026-05-02 deallocate 2026-05-05, 2026-05-05T10:00:00Z",
        "stopped, powerOff 2026-01-04,"
    })
    void a_stop_that_was_undone_or_is_older_than_the_machine_is_not_the_present_one(
            String state, String logged, String since) throws Exception {
        AZURE.tenant().graph(SEARCH, MACHINES, AzureTenant.machine(SEARCH, "vm", "Standard_NC4as_T4_v3", state));
        String[] words = logged.split(" ");
        String[] events = new String[words.length / 2];
        for (int i = 0; i < events.length; i++) {
            events[i] = event(
                    "Microsoft.Compute/virtualMachines/" + words[2 * i] + "/action",
                    "Succeeded",
                    words[2 * i + 1] + "T10:00:00Z");
        }
        AZURE.server()
                .list(
                        "/subscriptions/" + SEARCH + "/providers/Microsoft.Insights/eventtypes/management/values",
                        events);
        assertThat(AZURE.gather().resource("vm").attributes().get("stopped_since"))
                .isEqualTo(since);
    }

    @Test
    void a_start_that_failed_undoes_no_stop() throws Exception {
        AZURE.tenant().graph(SEARCH, MACHINES, AzureTenant.machine(SEARCH, "vm", "Standard_NC4as_T4_v3", "stopped"));
        AZURE.server()
                .list(
                        "/subscriptions/" + SEARCH + "/providers/Microsoft.Insights/eventtypes/management/values",
                        event("Microsoft.Compute/virtualMachines/powerOff/action", "Succeeded", "2026-05-02T10:00:00Z"),
                        event("Microsoft.Compute/virtualMachines/start/action", "Failed", "2026-05-04T10:00:00Z"));
        assertThat(AZURE.gather().resource("vm").attributes()).containsEntry("stopped_since", "2026-05-02T10:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({"running, 1", "starting, 1", "stopping, 1", "stopped, 1", "deallocating, 0", "deallocated, 0"})
    void a_machine_that_is_released_is_none(String state, int replicas) throws Exception {
        AZURE.tenant().graph(SEARCH, MACHINES, AzureTenant.machine(SEARCH, "vm", "Standard_NC4as_T4_v3", state));
        assertThat(AZURE.gather().resource("vm").replicas()).isEqualTo(replicas);
    }

    /** A machine whose extension failed runs; one that has no power state never came to be. */
    @ParameterizedTest
    @CsvSource({
        "'ProvisioningState/creating', creating, 0",
        "'ProvisioningState/failed/AllocationFailed', failed, 0",
        "'ProvisioningState/updating', , ",
        "'ProvisioningState/failed/VMExtensionProvisioningError PowerState/running', running, 1"
    })
    void a_machine_without_a_power_state_is_none_where_it_is_not_there_yet(String codes, String state, Integer replicas)
            throws Exception {
        AZURE.tenant()
                .graph(
                        SEARCH,
                        MACHINES,
                        AzureTenant.machine(SEARCH, "vm", "Standard_NC4as_T4_v3", "running")
                                .replaceAll(", \"extended\".*", "}}"));
        AZURE.server()
                .list(
                        "/subscriptions/" + SEARCH + "/providers/Microsoft.Compute/virtualMachines",
                        "{\"id\": \"" + VM + "\", \"properties\": {\"instanceView\": {\"statuses\": [{\"code\": \""
                                + codes.replace(" ", "\"}, {\"code\": \"") + "\"}]}}}");
        Resource machine = AZURE.gather().resource("vm");
        assertThat(machine.state()).isEqualTo(state);
        assertThat(machine.replicas()).isEqualTo(replicas);
    }

    @ParameterizedTest
    @CsvSource({
        "Unattached, '', true",
        "ActiveSAS, '', true",
        "ReadyToUpload, '', true",
        "ActiveUpload, '', true",
        "SomethingNew, '', true",
        "ActiveSAS, '/vm', false",
        "Attached, '', false",
        "Reserved, '', false",
        "Frozen, '', false",
        "ActiveSASFrozen, '', false"
    })
    void a_disk_that_no_machine_has_is_one_whatever_else_its_state_says(String state, String owner, boolean found)
            throws Exception {
        String disk = AzureTenant.disk(SEARCH, "vm", state, "");
        AZURE.tenant().graph(SEARCH, MACHINES, disk.replace("\"managedBy\": \"\"", "\"managedBy\": \"" + owner + "\""));
        assertThat(AZURE.gather().resources.stream().anyMatch(resource -> "vm_os".equals(resource.name())))
                .isEqualTo(found);
    }

    @Test
    void a_disk_that_is_shared_is_attached_though_it_has_no_single_owner() throws Exception {
        String shared = AzureTenant.disk(SEARCH, "vm", "ActiveSAS", "")
                .replace("\"diskSizeGB\"", "\"shareInfo\": [{\"vmUri\": \"/vm\"}], \"diskSizeGB\"");
        String extended = AzureTenant.disk(SEARCH, "other", "ActiveSAS", "")
                .replace("\"managedBy\": \"\"", "\"managedByExtended\": [\"/vm\"]");
        AZURE.tenant().graph(SEARCH, MACHINES, shared, extended);
        assertThat(AZURE.gather().resources).extracting(Resource::kind).doesNotContain("volume");
    }

    private static String event(String operation, String status, String time) {
        return "{\"operationName\": {\"value\": \"" + operation + "\"}, \"status\": {\"value\": \"" + status
                + "\"}, \"eventTimestamp\": \"" + time + "\"}";
    }

    @Test
    void a_state_that_the_graph_does_not_show_is_reported_by_the_list_of_states() throws Exception {
        AZURE.tenant()
                .graph(
                        SEARCH,
                        MACHINES,
                        AzureTenant.machine(SEARCH, "vm", "Standard_NC4as_T4_v3", "running")
                                .replaceAll(", \"extended\".*", "}}"));
        AZURE.server()
                .list(
                        "/subscriptions/" + SEARCH + "/providers/Microsoft.Compute/virtualMachines",
                        "{\"id\": \"" + VM.toUpperCase(java.util.Locale.ROOT)
                                + "\", \"properties\": {\"instanceView\": {\"statuses\": [{\"code\": "
                                + "\"ProvisioningState/succeeded\"}, {\"code\": \"PowerState/deallocated\"}]}}}");
        assertThat(AZURE.gather().resource("vm").state()).isEqualTo("deallocated");
    }

    @Test
    void what_the_graph_hides_is_requested_of_its_provider() throws Exception {
        AZURE.server()
                .refuse(
                        "/subscriptions/" + SEARCH + "/providers/Microsoft.Compute/virtualMachines",
                        403,
                        "AuthorizationFailed",
                        "no");
        assertThat(AZURE.gather().gaps)
                .anySatisfy(gap -> assertThat(gap.problem())
                        .isEqualTo("access denied for Microsoft.Compute/virtualMachines/read."))
                .allSatisfy(gap -> assertThat(gap.fix()).contains("aiaudit sources check azure"));
    }

    @Test
    void a_pool_of_a_cluster_is_reported_on_its_scale_set() throws Exception {
        String set = AzureTenant.group(SEARCH).replace("RG-ml", "MC_shop")
                + "/providers/Microsoft.Compute/virtualMachineScaleSets/aks-gpu-vmss";
        String cluster = AzureTenant.group(SEARCH) + "/providers/Microsoft.ContainerService/managedClusters/shop";
        AZURE.tenant().graph(SEARCH, SETS, """
                {"id": "%s", "name": "aks-gpu-vmss", "type": "microsoft.compute/virtualmachinescalesets", "location": \
                "westeurope", "tags": {"aks-managed-poolName": "gpu"},
                 "sku": {"name": "Standard_NC4as_T4_v3", "capacity": 4}, "properties": {"virtualMachineProfile": \
                {"priority": "Spot"}}}""".formatted(set), """
                {"id": "%s", "name": "shop", "type": "microsoft.containerservice/managedclusters", "location": \
                "westeurope", "properties": {"nodeResourceGroup": "mc_SHOP",
                 "agentPoolProfiles": [{"name": "gpu", "vmSize": "Standard_NC4as_T4_v3", "count": 4, "minCount": 1, \
                "maxCount": 6, "enableAutoScaling": true, "scaleSetPriority": "Spot"},
                  {"name": "batch", "vmSize": "Standard_NC4as_T4_v3", "count": 2}, {"name": "system", "vmSize": \
                "Standard_D4s_v5", "count": 3}]}}""".formatted(cluster));
        AZURE.server()
                .respond(
                        set + "/instanceView",
                        "{\"virtualMachine\": {\"statusesSummary\": [{\"code\": \"PowerState/running\", \"count\": 3}, "
                                + "{\"code\": \"PowerState/deallocated\", \"count\": 1}]}}");
        Gathered gathered = AZURE.gather();
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

    /**
     * The shape of Microsoft's example of a batch: points that have nothing but their time, beside a metric that has
     * values.
     */
    @ParameterizedTest
    @CsvSource({"20, 0, 20", "0, 0, 0", "48, 12, 48", "10, 30, 30"})
    void a_counter_without_values_is_zero_in_hours_in_which_a_gauge_of_the_machine_has_a_value(
            int withGauge, int withTraffic, int known) throws Exception {
        AZURE.tenant().graph(SEARCH, MACHINES, AzureTenant.machine(SEARCH, "vm", "Standard_NC4as_T4_v3", "running"));
        AZURE.tenant()
                .metrics(
                        "Microsoft.Compute/virtualMachines",
                        2,
                        List.of(VM),
                        List.of("Percentage CPU", "Network In Total", "Network Out Total"),
                        new Series(
                                VM, "Percentage CPU", null, "average,maximum", hour -> hour < withGauge ? "2.5" : null),
                        new Series(VM, "Network In Total", null, "total", hour -> hour < withTraffic ? "1.5E3" : null),
                        new Series(VM, "Network Out Total", null, "total", hour -> null));
        Gathered gathered = AZURE.gather();
        assertThat(gathered.metric("vm", "network_bytes")).hasSize(known);
        assertThat(gathered.metric("vm", "network_bytes"))
                .filteredOn(hour -> hour.total() > 0)
                .hasSize(withTraffic);
    }

    /** Of the last two days, in hours; a point without a value is none. */
    @ParameterizedTest
    @CsvSource({
        "stopped, 20, 20, 20",
        "stopped, 0, , 0",
        "stopped, 48, 48, 48",
        "deallocated, 5, 5, 5",
        "running, 20, ,"
    })
    void a_stopped_machine_has_the_time_since_which_its_host_measures_nothing(
            String state, int points, Integer until, Integer silent) throws Exception {
        AZURE.tenant().graph(SEARCH, MACHINES, AzureTenant.machine(SEARCH, "vm", "Standard_NC4as_T4_v3", state));
        AZURE.tenant()
                .metrics(
                        "Microsoft.Compute/virtualMachines",
                        2,
                        List.of(VM),
                        List.of("Percentage CPU", "Network In Total", "Network Out Total"),
                        new Series(
                                VM, "Percentage CPU", null, "average,maximum", hour -> hour < points ? "2.5" : null));
        assertThat(noted(AZURE.gather(), "measured_until")).isEqualTo(time(until));
        assertThat(noted(AZURE.gather(), "silent_since")).isEqualTo(time(silent));
    }

    @Test
    void metrics_that_may_not_be_read_say_nothing_of_a_stop() throws Exception {
        AZURE.tenant().graph(SEARCH, MACHINES, AzureTenant.machine(SEARCH, "vm", "Standard_NC4as_T4_v3", "stopped"));
        AZURE.server()
                .stub(post(urlPathMatching("/metrics/.*"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(403)));
        assertThat(noted(AZURE.gather(), "silent_since")).isNull();
    }

    private static String time(Integer hour) {
        Instant start = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(2, ChronoUnit.DAYS);
        return hour == null ? null : start.plus(hour, ChronoUnit.HOURS).toString();
    }

    private static String noted(Gathered gathered, String attribute) {
        return gathered.resources.stream()
                .map(resource -> resource.attributes().get(attribute))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @Test
    void where_there_is_no_batch_each_resource_is_requested_by_itself() throws Exception {
        AZURE.tenant().graph(SEARCH, MACHINES, AzureTenant.machine(SEARCH, "vm", "Standard_NC4as_T4_v3", "running"));
        AZURE.server()
                .stub(post(urlPathMatching("/metrics/.*"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(404)));
        Series cpu = new Series(VM, "Percentage CPU", null, "average,maximum", hour -> "3");
        AZURE.server()
                .respond(
                        VM + "/providers/Microsoft.Insights/metrics",
                        "{\"value\": [{\"name\": {\"value\": \"Percentage CPU\"}, \"timeseries\": [" + cpu.json(2)
                                + "]}]}");
        assertThat(AZURE.gather().metric("vm", "cpu_utilization"))
                .hasSize(48)
                .allSatisfy(hour -> assertThat(hour.average()).isEqualTo(0.03));
    }

    @Test
    void one_that_azure_monitor_does_not_know_is_unread_and_takes_no_other_with_it() throws Exception {
        AZURE.tenant()
                .graph(
                        SEARCH,
                        MACHINES,
                        AzureTenant.machine(SEARCH, "vm", "Standard_NC4as_T4_v3", "running"),
                        AzureTenant.machine(SEARCH, "vm-gone", "Standard_NC4as_T4_v3", "running"));
        AZURE.server()
                .stub(post(urlPathMatching("/metrics/.*"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(404)));
        AZURE.server().refuse(".*/vm-gone/providers/Microsoft.Insights/metrics", 404, "ResourceNotFound", "gone");
        Series cpu = new Series(VM, "Percentage CPU", null, "average,maximum", hour -> "3");
        AZURE.server()
                .respond(
                        VM + "/providers/Microsoft.Insights/metrics",
                        "{\"value\": [{\"name\": {\"value\": \"Percentage CPU\"}, \"timeseries\": [" + cpu.json(2)
                                + "]}]}");
        Gathered gathered = AZURE.gather();
        assertThat(gathered.metric("vm", "cpu_utilization")).hasSize(48);
        assertThat(gathered.metric("vm-gone", "cpu_utilization")).isEmpty();
        assertThat(gathered.gaps)
                .extracting(Gap::scope)
                .containsExactlyInAnyOrder(
                        SEARCH + " metrics Percentage CPU of instances in westeurope of vm-gone",
                        SEARCH + " metrics Network In Total, Network Out Total of instances in westeurope of vm-gone");
        assertThat(gathered.resources)
                .filteredOn(resource -> resource.attributes().containsKey("unread_metrics"))
                .singleElement()
                .satisfies(resource -> assertThat(resource.attributes())
                        .containsEntry("unread_metrics", "cpu_utilization,network_bytes"));
    }
}
