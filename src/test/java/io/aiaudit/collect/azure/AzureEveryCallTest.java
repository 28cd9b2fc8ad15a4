package io.aiaudit.collect.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.request;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.collect.Operations;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Window;
import io.aiaudit.store.ParquetRows;
import io.aiaudit.testing.AzureAnswers;
import io.aiaudit.testing.AzureServer;
import io.aiaudit.testing.AzureTenant;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.Outside;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every call that a scan makes: in two pages, refused at first, and refused for good. */
@Outside
class AzureEveryCallTest {
    private static final String CACHES = "aiaudit.caches";
    private static final String SUBSCRIPTION = "/subscriptions/{subscription}";
    private static final String WORKSPACE =
            SUBSCRIPTION + "/resourceGroups/{group}/providers/Microsoft.MachineLearningServices/workspaces/{workspace}";

    private static final List<String> NAMES = List.of(
            "aoai",
            "aoai/tokens",
            "aoai/units",
            "chat",
            "chat/busy",
            "chat/idle",
            "ci-forgotten",
            "ci-stops",
            "gpu-cluster",
            "held",
            "mlw",
            "nightly/one",
            "render/gpu",
            "set",
            "shop/gpu",
            "vm",
            "vm-stopped",
            "vm_os");

    @AutoClose
    private static AzureServer azure;

    @TempDir
    private Path folder;

    private Map<String, Long> requests;

    @BeforeAll
    static void start() {
        azure = AzureServer.start();
    }

    @BeforeEach
    void fill() {
        azure.reset();
        new AzureTenant(azure).everything(AzureTenant.SEARCH);
    }

    /** Prices are not those that an earlier one kept. */
    private Gathered gather() throws Exception {
        String home = System.setProperty(
                CACHES, folder.resolve("home-" + System.nanoTime()).toString());
        try {
            LocalDate today = LocalDate.now(ZoneOffset.UTC);
            AzureCollector collector = new AzureCollector(azure.scope(), folder, ParquetRows::any);
            Gathered gathered = Gathered.from(collector, Window.ofDays(today.minusDays(2), today));
            requests = collector.cost().requests();
            return gathered;
        } finally {
            System.setProperty(CACHES, home);
        }
    }

    /**
     * Of what is there: facts of a subscription are a row of their own, and what comes later of a resource does not
     * repeat its name.
     */
    private static Set<String> names(Gathered gathered) {
        return gathered.resources.stream()
                .filter(resource ->
                        resource.name() != null && !resource.resourceId().startsWith("azure:"))
                .map(Resource::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void assertSame(Gathered one, Gathered other) {
        assertThat(one.gaps).isEmpty();
        assertThat(one.resources).containsExactlyInAnyOrderElementsOf(other.resources);
        assertThat(one.offers).containsExactlyInAnyOrderElementsOf(other.offers).isNotEmpty();
        assertThat(one.commitments).containsExactlyElementsOf(other.commitments).hasSize(2);
        assertThat(one.advice).containsExactlyElementsOf(other.advice).hasSize(1);
        assertThat(one.texts.values())
                .containsExactlyInAnyOrderElementsOf(other.texts.values())
                .hasSize(1);
    }

    @Test
    void each_list_is_read_to_its_last_page() throws Exception {
        Gathered whole = gather();
        assertThat(names(whole)).containsExactlyElementsOf(NAMES);
        Map<String, Long> once = new TreeMap<>(requests);
        azure.respond(AzureAnswers.Way.IN_TWO_PAGES);
        assertSame(gather(), whole);
        Set<String> singlePage = once.keySet().stream()
                .filter(operation -> requests.get(operation).equals(once.get(operation)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(singlePage)
                .as("what is no list, or empty here")
                .containsExactlyInAnyOrder(
                        "GET:" + SUBSCRIPTION + "/providers/Microsoft.Network/privateEndpoints",
                        "GET:" + SUBSCRIPTION + "/providers/Microsoft.Search/searchServices",
                        "GET:" + SUBSCRIPTION
                                + "/resourceGroups/{group}/providers/Microsoft.Compute/virtualMachineScaleSets/"
                                + "{scaleSet}/instanceView",
                        "GET:" + SUBSCRIPTION
                                + "/resourceGroups/{group}/providers/Microsoft.Compute/capacityReservationGroups/"
                                + "{reservations}/capacityReservations/{reservation}",
                        "GET:/{scope*}/providers/Microsoft.CostManagement/exports",
                        "POST:" + SUBSCRIPTION + "/metrics:getBatch");
    }

    @Test
    void each_call_that_is_refused_because_of_too_many_is_made_again() throws Exception {
        Gathered whole = gather();
        Map<String, Long> once = new TreeMap<>(requests);
        azure.respond(AzureAnswers.Way.THE_SECOND_TIME);
        assertSame(gather(), whole);
        assertThat(requests)
                .allSatisfy(
                        (operation, count) -> assertThat(count).as(operation).isEqualTo(once.get(operation) * 2));
    }

    /** The names are of what cannot be known then. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST:/providers/Microsoft.ResourceGraph/resources                                                    "
                        + "| set shop/gpu vm vm-stopped vm_os",
                "GET:SUB/providers/Microsoft.Compute/skus                                                             "
                        + "|",
                "GET:SUB/providers/Microsoft.Insights/eventtypes/management/values                                    "
                        + "|",
                "GET:GROUP/providers/Microsoft.Compute/virtualMachineScaleSets/{scaleSet}/instanceView                "
                        + "|",
                "GET:SUB/providers/Microsoft.Compute/capacityReservationGroups                                        "
                        + "| held",
                "GET:GROUP/providers/Microsoft.Compute/capacityReservationGroups/{reservations}/capacityReservations  "
                        + "| held",
                "GET:GROUP/providers/Microsoft.Compute/capacityReservationGroups/{reservations}/"
                        + "capacityReservations/{reservation} |",
                "GET:SUB/providers/Microsoft.Batch/batchAccounts                                                      "
                        + "| render/gpu",
                "GET:GROUP/providers/Microsoft.Batch/batchAccounts/{account}/pools                                    "
                        + "| render/gpu",
                "GET:SUB/providers/Microsoft.MachineLearningServices/workspaces | chat chat/busy chat/idle "
                        + "ci-forgotten ci-stops gpu-cluster mlw nightly/one",
                "GET:WORKSPACE/computes                                         | ci-forgotten ci-stops gpu-cluster",
                "GET:WORKSPACE/onlineEndpoints                                  | chat chat/busy chat/idle",
                "GET:WORKSPACE/onlineEndpoints/{endpoint}/deployments           | chat/busy chat/idle",
                "GET:WORKSPACE/schedules                                        |",
                "GET:WORKSPACE/batchEndpoints                                   | nightly/one",
                "GET:WORKSPACE/batchEndpoints/{endpoint}/deployments            | nightly/one",
                "GET:SUB/providers/Microsoft.Insights/autoscalesettings         |",
                "GET:SUB/providers/Microsoft.CognitiveServices/accounts         | aoai aoai/tokens aoai/units",
                "GET:GROUP/providers/Microsoft.CognitiveServices/accounts/{account}/deployments | aoai/tokens "
                        + "aoai/units",
                "POST:SUB/metrics:getBatch                                      |",
                "POST:SUB/providers/Microsoft.CostManagement/query              |",
                "GET:SUB/providers/Microsoft.Advisor/recommendations            |",
                "GET:/providers/Microsoft.Capacity/reservations                 |",
                "GET:/providers/Microsoft.BillingBenefits/savingsPlans          |",
                "GET:SUB/providers/Microsoft.Consumption/budgets                |",
                "GET:SUB/providers/Microsoft.CostManagement/scheduledActions    |",
                "GET:SUB/providers/Microsoft.Insights/diagnosticSettings        |"
            })
    void each_call_that_may_not_be_made_is_a_gap_and_takes_nothing_else_with_it(String call, String lost)
            throws Exception {
        String operation = call.replace("WORKSPACE", WORKSPACE)
                .replace("SUB", SUBSCRIPTION)
                .replace("GROUP", SUBSCRIPTION + "/resourceGroups/{group}");
        String[] words = operation.split(":", 2);
        azure.stub(
                request(words[0], urlPathMatching("(/metrics/[^/]+)?" + words[1].replaceAll("\\{[a-zA-Z]+}", "[^/]+")))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(403))); // without a word, as proxies and firewalls refuse
        Gathered gathered = gather();
        Set<String> expected = new TreeSet<>(NAMES);
        if (lost != null) {
            List.of(lost.split(" ")).forEach(expected::remove);
        }
        assertThat(names(gathered)).containsExactlyElementsOf(expected);
        String action = Operations.of(AzureCollector.operations(), null).action(operation);
        assertThat(gathered.gaps)
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .extracting(Gap::problem)
                .containsOnly("access denied for " + action + ".");
    }

    @Test
    void what_is_not_known_is_not_reported_to_be_none() throws Exception {
        refuse(".*/onlineEndpoints/chat/deployments");
        refuse(".*/autoscalesettings");
        refuse(".*/capacityReservations/held");
        refuse(".*/instanceView");
        Gathered gathered = gather();
        assertThat(gathered.resource("chat").replicas()).isNull();
        assertThat(gathered.resource("held").replicas()).isNull();
        assertThat(gathered.resource("set").replicas()).as("all that are held").isEqualTo(4);
        fill();
        refuse(".*/autoscalesettings");
        refuse(".*/schedules");
        assertThat(gather().resource("chat/busy").attributes())
                .containsEntry("autoscaling", "unknown")
                .doesNotContainKey("monitoring");
    }

    private static void refuse(String path) {
        azure.refuse(path, 403, "AuthorizationFailed", "no");
    }

    @Test
    void a_graph_that_may_not_be_requested_leaves_the_lists_of_the_providers() throws Exception {
        azure.refuse("/providers/Microsoft.ResourceGraph/resources", 403, "AuthorizationFailed", "no");
        String machine = AzureTenant.machine(AzureTenant.SEARCH, "vm", "Standard_NC4as_T4_v3", "running")
                .replaceAll(
                        ", \"extended\".*",
                        ", \"instanceView\": {\"statuses\": [{\"code\": \"PowerState/running\"}]}}}");
        azure.list("/subscriptions/" + AzureTenant.SEARCH + "/providers/Microsoft.Compute/virtualMachines", machine);
        Gathered gathered = gather();
        assertThat(gathered.resource("vm").state()).isEqualTo("running");
        assertThat(gathered.gaps)
                .extracting(Gap::scope)
                .containsExactly(
                        AzureTenant.SEARCH + " resource graph of virtualMachines, disks",
                        AzureTenant.SEARCH + " resource graph of virtualMachineScaleSets, managedClusters",
                        AzureTenant.SEARCH + " resource graph of privateEndpoints",
                        AzureTenant.SEARCH + " resource graph of searchServices");
    }
}
