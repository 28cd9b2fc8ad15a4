package io.aiaudit.collect.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.aiaudit.collect.Operations;
import io.aiaudit.model.Gap;
import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Window;
import io.aiaudit.testing.AzureServer;
import io.aiaudit.testing.AzureTenant;
import io.aiaudit.testing.AzureTenant.Series;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.Outside;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fault at each request about one object in turn: everything that is known of the others stays as it is. */
@Outside
class AzureFaultsTest {
    private static final String SEARCH = AzureTenant.SEARCH;
    private static final List<String> OBJECTS = List.of("a", "b", "c");
    private static final String ML = "/providers/Microsoft.MachineLearningServices/workspaces/";
    private static final String MODELS = "/providers/Microsoft.CognitiveServices/accounts/";
    private static final String WORKSPACES = "Microsoft.MachineLearningServices/workspaces";
    private static final String MACHINES = "Microsoft.Compute/virtualMachines";

    private static AzureServer azure;

    @BeforeAll
    static void start() {
        azure = AzureServer.start();
    }

    @AfterAll
    static void stop() {
        azure.close();
    }

    /**
     * Three workspaces with a compute and an endpoint, three accounts with a model, three machines that are stopped.
     */
    @BeforeEach
    void fill() {
        azure.reset();
        AzureTenant tenant = new AzureTenant(azure);
        tenant.subscription(SEARCH, "search");
        String group = AzureTenant.group(SEARCH);
        List<String> workspaces = new ArrayList<>();
        List<String> accounts = new ArrayList<>();
        for (String name : OBJECTS) {
            String workspace = group + ML + "w-" + name;
            workspaces.add(json("{'id': '%s', 'name': 'w-%s', 'location': 'westeurope'}".formatted(workspace, name)));
            azure.list(
                    workspace + "/computes",
                    json(("{'id': '%s/computes/ci-%s', 'name': 'ci-%s', 'location': 'westeurope', 'properties': "
                                    + "{'computeType': 'ComputeInstance', 'computeLocation': 'westeurope', "
                                    + "'properties': {'vmSize': 'Standard_NC4as_T4_v3', 'state': 'Running'}}}")
                            .formatted(workspace, name, name)));
            azure.list(
                    workspace + "/onlineEndpoints",
                    json("{'id': '%s/onlineEndpoints/e-%s', 'name': 'e-%s', 'location': 'westeurope', 'properties': {}}"
                            .formatted(workspace, name, name)));
            azure.list(
                    workspace + "/onlineEndpoints/e-" + name + "/deployments",
                    json(("{'id': '%s/onlineEndpoints/e-%s/deployments/d', 'name': 'd', 'location': 'westeurope', "
                                    + "'sku': {'capacity': 1}, 'properties': {'endpointComputeType': 'Managed', "
                                    + "'instanceType': 'Standard_NC4as_T4_v3'}}")
                            .formatted(workspace, name)));
            String account = group + MODELS + "m-" + name;
            accounts.add(json("{'id': '%s', 'name': 'm-%s', 'location': 'westeurope', 'kind': 'OpenAI'}"
                    .formatted(account, name)));
            azure.list(
                    account + "/deployments",
                    json(("{'id': '%s/deployments/gpt', 'name': 'gpt', 'sku': {'name': 'Standard', 'capacity': "
                                    + "1}, 'properties': {'model': {'name': 'gpt-4.1'}}}")
                            .formatted(account)));
        }
        azure.list("/subscriptions/" + SEARCH + ML.substring(0, ML.length() - 1), workspaces.toArray(String[]::new));
        azure.list(
                "/subscriptions/" + SEARCH + MODELS.substring(0, MODELS.length() - 1), accounts.toArray(String[]::new));
        tenant.graph(
                SEARCH,
                "microsoft.compute/virtualmachines'",
                OBJECTS.stream()
                        .map(name -> AzureTenant.machine(SEARCH, "vm-" + name, "Standard_NC4as_T4_v3", "stopped"))
                        .toArray(String[]::new));
        tenant.stopped(SEARCH, 10);
        List<String> machines = OBJECTS.stream()
                .map(name -> AzureTenant.machineId(SEARCH, "vm-" + name))
                .toList();
        tenant.metrics(
                MACHINES,
                2,
                machines,
                List.of("Percentage CPU"),
                machines.stream()
                        .map(id -> new Series(id, "Percentage CPU", null, "average,maximum", hour -> "2"))
                        .toArray(Series[]::new));
        for (String machine : machines) {
            azure.respond(
                    machine + "/providers/Microsoft.Insights/metrics",
                    "{\"value\": [{\"name\": {\"value\": \"Percentage CPU\"}, \"timeseries\": ["
                            + new Series(machine, "Percentage CPU", null, "average,maximum", hour -> "2").json(2)
                            + "]}]}");
        }
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static Gathered gather() throws Exception {
        return Gathered.from(new AzureCollector(azure.scope()), Window.ofDays(today(2), today(0)));
    }

    @Test
    void a_list_of_subscriptions_that_breaks_off_keeps_those_before_and_is_a_gap() throws Exception {
        azure.respond("/subscriptions", """
                {"value": [{"subscriptionId": "%s", "displayName": "search", "state": "Enabled"}], "nextLink": \
                "%s/subscriptions?api-version=2022-12-01&$skiptoken=second"}""".formatted(SEARCH, azure.url()));
        azure.stub(get(urlPathEqualTo("/subscriptions"))
                .withQueryParam("$skiptoken", equalTo("second"))
                .atPriority(1)
                .willReturn(aResponse().withStatus(500)));
        Gathered gathered = gather();
        assertThat(gathered.resources).isNotEmpty();
        assertThat(gathered.gaps).singleElement().satisfies(gap -> {
            assertThat(gap.scope()).isEqualTo("subscriptions");
            assertThat(gap.problem()).startsWith("the list broke off after 1: ");
        });
    }

    @Test
    void deployments_of_the_same_name_are_distinguished_by_their_endpoint() {
        String workspace = AzureTenant.group(SEARCH) + ML + "w-a";
        assertThat(AzureMonitor.name(workspace + "/onlineEndpoints/chat/deployments/blue"))
                .isEqualTo("chat/blue");
        assertThat(AzureMonitor.name(workspace)).isEqualTo("w-a");
    }

    private static LocalDate today(int before) {
        return LocalDate.now(ZoneOffset.UTC).minusDays(before);
    }

    /** The object that a request is about, such as {@code b}; empty where it is about none or all of them. */
    private static String object(LoggedRequest request) {
        String url = URLDecoder.decode(request.getUrl(), StandardCharsets.UTF_8);
        List<String> named = OBJECTS.stream()
                .filter(name -> url.matches("(?i).*/(w|m|vm)-" + name + "\\b.*"))
                .toList();
        return named.size() == 1 ? named.get(0) : "";
    }

    private static Map<String, List<Resource>> resources(Gathered gathered, String without) {
        return gathered.resources.stream()
                .filter(resource -> !isOf(resource.resourceId(), without))
                .collect(Collectors.groupingBy(Resource::resourceId, TreeMap::new, Collectors.toList()));
    }

    private static List<MetricHour> metrics(Gathered gathered, String without) {
        return gathered.metrics.stream()
                .filter(hour -> !isOf(hour.resourceId(), without))
                .toList();
    }

    private static boolean isOf(String resource, String object) {
        return resource.matches(".*/(w|m|vm)-" + object + "(/.*)?");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 404, 403})
    void a_fault_of_one_object_changes_nothing_of_the_others_and_its_gap_names_it(int status) throws Exception {
        Gathered whole = gather();
        assertThat(whole.gaps).isEmpty();
        Map<String, LoggedRequest> aboutOne = new TreeMap<>();
        azure.wireMock().findAll(anyRequestedFor(anyUrl())).stream()
                .filter(request -> object(request).equals("b"))
                .forEach(request -> aboutOne.put(request.getUrl().replaceFirst("eventTimestamp.*Z'", ""), request));
        assertThat(aboutOne).hasSizeGreaterThan(6);
        for (LoggedRequest request : aboutOne.values()) {
            fill();
            fail(request, status);
            Gathered gathered = gather();
            String what = request.getMethod() + " " + request.getUrl();
            assertThat(resources(gathered, "b")).as(what).isEqualTo(resources(whole, "b"));
            assertThat(metrics(gathered, "b")).as(what).containsExactlyInAnyOrderElementsOf(metrics(whole, "b"));
            assertThat(gathered.gaps)
                    .as(what)
                    .singleElement()
                    .satisfies(gap -> assertThat(gap.scope()).matches(".* of (w|e|m|vm)-b"));
        }
    }

    /** Without waiting: the answer says that it may be requested again at once. */
    private static void fail(LoggedRequest request, int status) {
        String path = request.getUrl().replaceFirst("[?].*", "");
        MappingBuilder mapping = any(urlPathEqualTo(path));
        if (path.contains("eventtypes")) {
            mapping.withQueryParam("$filter", containing("vm-b"));
        }
        azure.stub(mapping.atPriority(1)
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Retry-After", "0")
                        .withBody("{\"error\": {\"code\": \"Failed\", \"message\": \"no\"}}")));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 400, 403})
    void a_batch_of_metrics_that_fails_because_of_one_machine_takes_only_that_one(int status) throws Exception {
        Gathered whole = gather();
        azure.stub(post(urlPathMatching("/metrics/.*"))
                .withRequestBody(containing("vm-b"))
                .atPriority(1)
                .willReturn(aResponse().withStatus(status).withHeader("Retry-After", "0")));
        azure.stub(any(urlPathMatching("(?i).*/vm-b/providers/Microsoft.Insights/metrics"))
                .atPriority(1)
                .willReturn(aResponse().withStatus(status).withHeader("Retry-After", "0")));
        Gathered gathered = gather();
        assertThat(gathered.metric("vm-b", "cpu_utilization")).isEmpty();
        assertThat(metrics(whole, "b")).isNotEmpty();
        assertThat(metrics(gathered, "b")).containsExactlyInAnyOrderElementsOf(metrics(whole, "b"));
        assertThat(gathered.gaps)
                .extracting(Gap::scope)
                .containsExactlyInAnyOrder(
                        SEARCH + " metrics Percentage CPU of instances in westeurope of vm-b",
                        SEARCH + " metrics Network In Total, Network Out Total of instances in westeurope of vm-b");
    }

    /** What is refused for one metric leaves the quiet signals of its resource; they are not all that there is. */
    @ParameterizedTest
    @ValueSource(ints = {400, 403})
    void what_azure_fails_to_show_is_noted_on_the_resources_that_it_is_of_and_on_no_others(int status)
            throws Exception {
        respondAll();
        assertThat(unread(gather())).isEmpty();
        refuse("GpuUtilizationPercentage", status);
        String use = "cpu_utilization,gpu_memory_used_gib,gpu_utilization,memory_used_gib";
        assertThat(unread(gather())).isEqualTo(Map.of("ci-b", use, "d", use));
        fill();
        respondAll();
        refuse("AzureOpenAIRequests", status);
        assertThat(unread(gather())).isEqualTo(Map.of("gpt", "requests,tokens_input,tokens_output"));
        fill();
        respondAll();
        refuse("RequestsPerMinute", status);
        assertThat(unread(gather())).isEqualTo(Map.of("d", "requests"));
        fill();
        respondAll();
        refuse("Percentage CPU", status);
        assertThat(unread(gather())).isEqualTo(Map.of("vm-b", "cpu_utilization"));
    }

    /** All metrics of all others are there, without a point. */
    private static void respondAll() {
        AzureTenant tenant = new AzureTenant(azure);
        String group = AzureTenant.group(SEARCH);
        String use = "GpuUtilizationPercentage";
        List<String> workspaces =
                OBJECTS.stream().map(name -> group + ML + "w-" + name).toList();
        tenant.metrics(WORKSPACES, 2, workspaces, List.of(use, "Total Nodes"));
        tenant.metrics(
                WORKSPACES + "/onlineEndpoints/deployments",
                2,
                OBJECTS.stream()
                        .map(name -> group + ML + "w-" + name + "/onlineEndpoints/e-" + name + "/deployments/d")
                        .toList(),
                List.of(use, "RequestsPerMinute", "DeploymentCapacity"));
        tenant.metrics(
                "Microsoft.CognitiveServices/accounts",
                2,
                OBJECTS.stream().map(name -> group + MODELS + "m-" + name).toList(),
                List.of("AzureOpenAIRequests", "ModelRequests", "Utilization"));
    }

    private static Map<String, String> unread(Gathered gathered) {
        Map<String, String> unread = new TreeMap<>();
        gathered.resources.stream()
                .filter(resource -> resource.attributes().containsKey("unread_metrics"))
                .forEach(resource -> {
                    assertThat(isOf(resource.resourceId(), "b"))
                            .as(resource.resourceId())
                            .isTrue();
                    unread.put(
                            resource.resourceId().replaceFirst(".*/", ""),
                            resource.attributes().get("unread_metrics"));
                });
        return unread;
    }

    /** Of all that is called b, in its batch and alone. */
    private static void refuse(String metric, int status) {
        azure.stub(post(urlPathMatching("/metrics/.*"))
                .withQueryParam("metricnames", containing(metric))
                .withRequestBody(matching("(?s).*(w|m|vm)-b.*"))
                .atPriority(1)
                .willReturn(aResponse().withStatus(status).withHeader("Retry-After", "0")));
        azure.stub(any(urlPathMatching("(?i).*/(w|m|vm)-b(/.*)?/providers/Microsoft.Insights/metrics"))
                .withQueryParam("metricnames", containing(metric))
                .atPriority(1)
                .willReturn(aResponse().withStatus(status).withHeader("Retry-After", "0")));
    }

    /** What was seen: three failing objects hid most of what others waste. */
    @Test
    void three_workspaces_that_fail_hide_none_of_fifty_others() throws Exception {
        String group = AzureTenant.group(SEARCH);
        azure.list(
                "/subscriptions/" + SEARCH + ML.substring(0, ML.length() - 1),
                IntStream.range(0, 53)
                        .mapToObj(i -> json("{'id': '%s', 'name': 'w-%d', 'location': 'westeurope'}"
                                .formatted(group + ML + "w-" + i, i)))
                        .toArray(String[]::new));
        for (int i = 0; i < 53; i++) {
            String workspace = group + ML + "w-" + i;
            azure.list(
                    workspace + "/computes",
                    json(("{'id': '%s/computes/ci', 'name': 'ci-%d', 'location': 'westeurope', 'properties': "
                                    + "{'computeType': 'ComputeInstance', 'properties': {'vmSize': "
                                    + "'Standard_NC4as_T4_v3', 'state': 'Running'}}}")
                            .formatted(workspace, i)));
        }
        azure.stub(any(urlPathMatching(".*/w-(0|1|2)/computes"))
                .atPriority(1)
                .willReturn(aResponse().withStatus(500).withHeader("Retry-After", "0")));
        Gathered gathered = gather();
        assertThat(gathered.resources)
                .filteredOn(resource -> resource.kind().equals("notebook"))
                .hasSize(50);
        assertThat(gathered.gaps)
                .extracting(gap -> gap.scope().toLowerCase(Locale.ROOT))
                .containsExactly(SEARCH + " computes of w-0, w-1, w-2");
    }

    @Test
    void a_subscription_that_the_graph_does_not_accept_is_denied() throws Exception {
        azure.stub(post(urlPathEqualTo("/providers/Microsoft.ResourceGraph/resources"))
                .atPriority(1)
                .willReturn(aResponse().withStatus(400).withBody("""
                        {"error": {"code": "BadRequest", "message": "Please provide below info when asking for \
                        support: timestamp = 2026-06-01T00:55:29Z, correlationId = 5e58.",
                          "details": [{"code": "NoValidSubscriptionsInQueryRequest", "message": "There must be at \
                        least one subscription that is eligible to contain resources. Given: ''."}]}}""")));
        assertThat(gather().gaps)
                .isNotEmpty()
                .allSatisfy(gap -> assertThat(gap.problem())
                        .isEqualTo("access denied for Microsoft.ResourceGraph/resources/read: these credentials "
                                + "can't read the subscription."));
        azure.stub(post(urlPathEqualTo("/providers/Microsoft.ResourceGraph/resources"))
                .atPriority(1)
                .willReturn(aResponse().withStatus(400).withBody("""
                        {"error": {"code": "BadRequest", "message": "Please provide below info when asking for \
                        support: timestamp = 2026-06-01T00:55:29Z.",
                          "details": [{"code": "InvalidQuery", "message": "Query is invalid."}]}}""")));
        assertThat(gather().gaps)
                .isNotEmpty()
                .allSatisfy(gap -> assertThat(gap.problem())
                        .as("another mistake is none of permission")
                        .isEqualTo("Microsoft.ResourceGraph/resources/read failed: InvalidQuery, Query is invalid."));
    }

    /** What lacks an id is one gap, and nothing in it is requested. */
    @Test
    void a_parent_that_lacks_its_id_is_one_gap() throws Exception {
        String subscription = "/subscriptions/" + SEARCH + "/providers/Microsoft.";
        azure.list(
                subscription + "CognitiveServices/accounts",
                json("{'name': 'without-id', 'kind': 'OpenAI', 'location': 'westeurope'}"));
        azure.list(
                subscription + "MachineLearningServices/workspaces",
                json("{'name': 'without-id', 'location': 'westeurope'}"));
        assertThat(gather().gaps)
                .allSatisfy(gap -> assertThat(gap.problem()).isEqualTo("the response lacks \"id\", which is needed."))
                .extracting(Gap::scope)
                .containsExactlyInAnyOrder(
                        SEARCH + " model accounts of without-id", SEARCH + " workspaces of without-id");
    }

    @Test
    void the_activity_log_is_requested_with_both_ends_of_the_time() throws Exception {
        gather();
        AzureSession session = new AzureSession(
                new Arm(azure.scope(), Operations.of(AzureCollector.operations(), null)), SEARCH, "search");
        ActivityLog.EVENTS.tryIn(session);
        List<LoggedRequest> requested = azure.wireMock().findAll(anyRequestedFor(urlPathMatching(".*/eventtypes/.*")));
        assertThat(requested)
                .hasSize(OBJECTS.size() + 1)
                .allSatisfy(
                        request -> assertThat(request.queryParameter("$filter").firstValue())
                                .matches("eventTimestamp ge '[^']+' and eventTimestamp le '[^']+'.*"));
    }

    @Test
    void what_azure_cannot_read_as_json_is_a_failure_of_its_object() throws Exception {
        azure.stub(any(urlPathMatching(".*/w-b/computes")).atPriority(1).willReturn(okJson("<html>proxy</html>")));
        assertThat(gather().gaps).singleElement().extracting(Gap::scope).isEqualTo(SEARCH + " computes of w-b");
    }

    /** Beside each that has one. */
    @Test
    void what_lacks_its_id_is_a_gap_that_names_it_and_takes_no_other_with_it() throws Exception {
        String group = AzureTenant.group(SEARCH);
        new AzureTenant(azure)
                .graph(
                        SEARCH,
                        "microsoft.compute/virtualmachines'",
                        json("{'name': 'without-id', 'type': 'microsoft.compute/virtualmachines', 'location': "
                                + "'westeurope', 'properties': {'hardwareProfile': {'vmSize': "
                                + "'Standard_NC4as_T4_v3'}}}"),
                        AzureTenant.machine(SEARCH, "vm-a", "Standard_NC4as_T4_v3", "running"));
        String workspace = group + ML + "w-a";
        azure.list(
                workspace + "/computes",
                json("{'name': 'without-id', 'properties': {'computeType': 'ComputeInstance', 'properties': "
                        + "{'vmSize': 'Standard_NC4as_T4_v3', 'state': 'Running'}}}"),
                json("{'id': '" + workspace + "/computes/elsewhere', 'name': 'elsewhere', 'properties': "
                        + "{'computeType': 'AmlCompute', 'computeLocation': 'eastus2', 'properties': {'vmSize': "
                        + "'Standard_NC4as_T4_v3'}}}"));
        String account = group + MODELS + "m-a";
        azure.list(
                account + "/deployments",
                json("{'name': 'without-id', 'properties': {'model': {'name': 'gpt-4.1'}}}"),
                json("{'id': '" + account + "/deployments/without-sku', 'name': 'without-sku', 'properties': "
                        + "{'model': {'name': 'gpt-4.1'}}}"));
        Gathered gathered = gather();
        assertThat(gathered.gaps)
                .allSatisfy(gap -> assertThat(gap.problem()).isEqualTo("the response lacks \"id\", which is needed."))
                .extracting(Gap::scope)
                .containsExactlyInAnyOrder(
                        SEARCH + " machines of without-id",
                        SEARCH + " computes of without-id",
                        SEARCH + " model deployments of without-id");
        assertThat(gathered.resource("m-a/without-sku").attributes())
                .doesNotContainKeys("deployment_type", "processed_in");
        assertThat(gathered.resource("elsewhere").vcpus())
                .as("as its own region lists the size")
                .isNotNull();
        assertThat(gathered.resource("vm-a").state()).isEqualTo("running");
    }
}
