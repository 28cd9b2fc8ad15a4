package io.aiaudit.collect.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.request;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Window;
import io.aiaudit.store.ParquetRows;
import io.aiaudit.testing.AzureAnswers;
import io.aiaudit.testing.AzureServer;
import io.aiaudit.testing.AzureTenant;
import io.aiaudit.testing.Difference;
import io.aiaudit.testing.FaultTable;
import io.aiaudit.testing.FaultTable.Row;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A fault at each operation in turn takes what the operation is about and nothing beside it. */
@Outside
@Slow
class AzureEachFaultTest {
    private static final String CACHES = "aiaudit.caches";
    private static final String METRICS = "POST:/subscriptions/{subscription}/metrics:getBatch";

    /**
     * Without the list of subscriptions nothing is read; without that of exports the costs are queried, with a warning.
     */
    private static final Set<String> ELSEWHERE =
            Set.of("GET:/subscriptions", "GET:/{scope*}/providers/Microsoft.CostManagement/exports");

    private static final FaultTable TABLE = FaultTable.beside(AzureEachFaultTest.class);

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
        AzureTenant tenant = new AzureTenant(azure);
        tenant.everything(AzureTenant.SEARCH);
        tenant.measured(AzureTenant.SEARCH, 2);
    }

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

    private static MappingBuilder at(String operation) {
        String[] words = operation.split(":", 2);
        return request(
                        words[0],
                        urlPathMatching("(?i)(/metrics/[^/]+|/prices)?"
                                + words[1].replaceAll("\\{[a-zA-Z]+\\*}", ".+").replaceAll("\\{[a-zA-Z]+}", "[^/]+")))
                .atPriority(1);
    }

    private static void fail(String operation, ResponseDefinitionBuilder response) {
        azure.stub(at(operation).willReturn(response));
        if (operation.equals(METRICS)) { // or the resource manager is called instead
            azure.stub(at(AzureMonitor.SINGLE.name()).willReturn(response));
        }
    }

    @Test
    void what_the_check_says_that_rules_can_examine_is_what_is_written() throws Exception {
        Gathered whole = gather();
        Map<String, String> kinds = new TreeMap<>();
        whole.resources.forEach(resource -> kinds.put(resource.resourceId(), resource.kind()));
        assertThat(AzureCollector.operations())
                .flatExtracting(AzureOperation::kinds)
                .containsAll(kinds.values());
        Map<String, Set<String>> measures = AzureCollector.measures().all();
        assertThat(whole.metrics)
                .isNotEmpty()
                .allSatisfy(hour -> assertThat(measures.getOrDefault(kinds.get(hour.resourceId()), Set.of()))
                        .as(kinds.get(hour.resourceId()))
                        .contains(hour.metric()));
    }

    @Test
    void every_operation_that_a_scan_makes_is_tried() throws Exception {
        gather();
        Set<String> tried = new TreeSet<>(requests.keySet());
        tried.removeAll(ELSEWHERE);
        assertThat(TABLE.operations()).hasSize(32).containsExactlyInAnyOrderElementsOf(tried);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 403, 404, 200})
    void a_fault_for_good_is_a_gap_that_names_it_and_changes_nothing_else(int status) throws Exception {
        Gathered whole = gather();
        assertThat(whole.gaps).isEmpty();
        assertThat(whole.metrics).isNotEmpty();
        ResponseDefinitionBuilder response =
                status == 200 ? okJson("{}") : aResponse().withStatus(status).withHeader("Retry-After", "0");
        for (Row row : TABLE.rows()) {
            fill();
            fail(row.operation(), response);
            row.verify(whole, gather());
        }
    }

    /** Each operation fails in one of these ways, since all of them in each would take minutes. */
    @Test
    void a_failure_of_any_form_is_a_gap_that_names_it_and_changes_nothing_else() throws Exception {
        List<ResponseDefinitionBuilder> forms = List.of(
                aResponse().withStatus(429).withHeader("Retry-After", "0"),
                aResponse().withStatus(429).withHeader("Retry-After", "3600"),
                aResponse().withStatus(200),
                okJson("{\"value\": [{\"id\": \"/subscriptions/"),
                okJson("<html>a proxy</html>"),
                okJson("{\"value\": null, \"values\": null, \"data\": null, \"Items\": null, \"properties\": null, "
                        + "\"virtualMachine\": null}"),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        Gathered whole = gather();
        int next = 0;
        for (Row row : TABLE.rows()) {
            fill();
            fail(row.operation(), forms.get(next++ % forms.size()));
            row.verify(whole, gather());
        }
    }

    @Test
    void a_list_that_breaks_off_keeps_what_came_before_and_says_that_there_may_be_more() throws Exception {
        Gathered whole = gather();
        for (Row row : TABLE.rows()) {
            fill();
            azure.respond(AzureAnswers.Way.IN_TWO_PAGES);
            MappingBuilder second = at(row.operation()).atPriority(0);
            azure.stub((row.operation().contains("ResourceGraph")
                            ? second.withRequestBody(containing("$skipToken"))
                            : second.withQueryParam("second", containing("yes")))
                    .willReturn(aResponse().withStatus(500).withHeader("Retry-After", "0")));
            row.verifySecondPage(whole, gather());
        }
    }

    @Test
    void a_fault_that_passes_changes_nothing() throws Exception {
        Gathered whole = gather();
        for (String operation : TABLE.operations()) {
            azure.stub(at(operation)
                    .atPriority(0)
                    .inScenario(operation)
                    .whenScenarioStateIs(Scenario.STARTED)
                    .willSetStateTo("well")
                    .willReturn(aResponse().withStatus(503).withHeader("Retry-After", "0")));
        }
        Gathered again = gather();
        assertThat(again.gaps).isEmpty();
        assertThat(Difference.between(whole, again)).isEqualTo(Difference.NONE);
    }

    @Test
    void lists_that_do_not_end_are_gaps_and_end_the_scan() throws Exception {
        Gathered whole = gather();
        azure.respond(AzureAnswers.Way.ENDLESS);
        Gathered faulty = gather();
        assertThat(faulty.gaps)
                .isNotEmpty()
                .extracting(Gap::problem)
                .allMatch(problem -> problem.contains("does not end"));
        assertThat(Difference.between(whole, faulty).invented()).isEmpty();
        assertThat(requests.values()).allMatch(count -> count <= 20);
    }

    /**
     * Of what is beside it in the same response nothing is lost, and of a sum of two metrics nothing is made of the
     * other.
     */
    @ParameterizedTest
    @CsvSource({
        "Percentage CPU, cpu_utilization",
        "Network In Total, network_bytes",
        "Network Out Total, network_bytes",
        "GpuUtilizationPercentage, 'gpu_utilization,replicas'",
        "Active Nodes, gpu_utilization",
        "Total Nodes, 'replicas,gpu_utilization'",
        "RequestsPerMinute, requests",
        "DeploymentCapacity, replicas",
        "AzureOpenAIRequests, requests",
        "ProcessedPromptTokens, 'tokens_input,tokens_cache_read'",
        "AzureOpenAIContextTokensCacheMatchRate, 'tokens_input,tokens_cache_read'",
        "GeneratedTokens, tokens_output",
        "ModelRequests, requests",
        "InputTokens, tokens_input"
    })
    void a_metric_that_is_answered_with_an_error_or_not_at_all_is_unknown(String name, String ours) throws Exception {
        Gathered whole = gather();
        azure.fail(name);
        verifyUnknown(name, ours, whole, gather());
        fill();
        azure.omit(name);
        verifyUnknown(name, ours, whole, gather());
    }

    private static void verifyUnknown(String name, String ours, Gathered whole, Gathered faulty) {
        Difference difference = Difference.between(whole, faulty);
        assertThat(difference.invented()).isEmpty();
        assertThat(difference.unmeasured())
                .isNotEmpty()
                .allMatch(series -> Set.of(ours.split(",")).contains(series.substring(series.indexOf(' ') + 1)));
        assertThat(difference.lost()).isEmpty();
        assertThat(faulty.gaps)
                .isNotEmpty()
                .allSatisfy(gap -> assertThat(gap.scope()).contains("metric " + name + " in westeurope of "));
    }

    /** Prices are open to everybody; what an answer lacks has no name of a class. */
    @Test
    void the_causes_of_faults_are_named_as_what_they_are() throws Exception {
        fail("GET:/api/retail/prices", aResponse().withStatus(403));
        assertThat(gather().gaps)
                .isNotEmpty()
                .allSatisfy(gap -> assertThat(gap.problem() + gap.fix())
                        .contains("though it needs no login and no permission", "a proxy, or a firewall")
                        .doesNotContain("audit role"));
        fill();
        fail("GET:/api/retail/prices", okJson("{}"));
        assertThat(gather().gaps)
                .isNotEmpty()
                .allSatisfy(
                        gap -> assertThat(gap.problem()).isEqualTo("GET:/api/retail/prices failed: it has no Items."));
    }

    @Test
    void a_resource_that_is_not_in_the_response_of_the_others_is_requested_alone() throws Exception {
        Gathered whole = gather();
        azure.omit("/virtualmachines/vm-stopped");
        Gathered faulty = gather();
        Difference difference = Difference.between(whole, faulty);
        assertThat(difference.invented()).isEmpty();
        assertThat(difference.unmeasured()).isNotEmpty().allMatch(series -> series.startsWith("vm-stopped "));
        assertThat(requests).containsKey(AzureMonitor.SINGLE.name());
        assertThat(faulty.gaps)
                .isNotEmpty()
                .allSatisfy(gap -> assertThat(gap.scope()).endsWith(" of vm-stopped"));
        azure.refuse(".*/vm-stopped/providers/Microsoft.Insights/metrics", 404, "ResourceNotFound", "it is gone");
        assertThat(gather().gaps) // one that works looks the same
                .isNotEmpty()
                .allSatisfy(gap -> assertThat(gap.scope()).endsWith(" of vm-stopped"));
    }
}
