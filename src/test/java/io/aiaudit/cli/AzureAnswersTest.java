package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.aiaudit.testing.AzureServer;
import io.aiaudit.testing.AzureTenant;
import io.aiaudit.testing.Outside;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a scan takes what Azure answers: pages, refusals, hosts that are none of its own. */
@Outside
class AzureAnswersTest {
    private static final String SEARCH = AzureTenant.SEARCH;
    private static final String PROVIDERS = "/subscriptions/" + SEARCH + "/providers/";
    private static final String GRAPH = "/providers/Microsoft.ResourceGraph/resources";
    private static final String MACHINES = "microsoft.compute/virtualmachines'";

    @AutoClose
    private static AzureServer azure;

    private AzureTenant tenant;

    @TempDir
    private Path folder;

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

    private AzureRun scan(String... arguments) throws Exception {
        return AzureRun.scan(azure, folder, "", OneRule.with(arguments));
    }

    private static String graphPage(String token, String... items) {
        return "{\"totalRecords\": 2, \"resultTruncated\": \"" + (token != null) + "\", \"data\": ["
                + String.join(", ", items) + "]" + (token == null ? "" : ", \"$skipToken\": \"" + token + "\"") + "}";
    }

    @Test
    void the_graph_is_read_page_by_page() throws Exception {
        azure.stub(post(urlPathEqualTo(GRAPH))
                .withRequestBody(matchingJsonPath(
                        "$.query", com.github.tomakehurst.wiremock.client.WireMock.containing(MACHINES)))
                .atPriority(5)
                .willReturn(okJson(
                        graphPage("next", AzureTenant.machine(SEARCH, "one", "Standard_NC4as_T4_v3", "running")))));
        azure.stub(post(urlPathEqualTo(GRAPH))
                .withRequestBody(matchingJsonPath("$.options.['$skipToken']", equalTo("next")))
                .atPriority(1)
                .willReturn(okJson(
                        graphPage(null, AzureTenant.machine(SEARCH, "two", "Standard_NC4as_T4_v3", "running")))));
        AzureRun run = scan("-f", "json");
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(AwsRun.each(run.audit().get("resources"))
                        .map(resource -> resource.get("name").asText()))
                .contains("one", "two");
    }

    @Test
    void a_part_of_the_graph_without_a_way_to_the_rest_is_a_gap() throws Exception {
        azure.stub(post(urlPathEqualTo(GRAPH))
                .atPriority(1)
                .willReturn(
                        okJson(graphPage(null, AzureTenant.machine(SEARCH, "one", "Standard_NC4as_T4_v3", "running"))
                                .replace("\"false\"", "\"true\""))));
        AzureRun run = scan("-f", "json");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("the resource graph returned only part of the resources");
    }

    @Test
    void a_graph_that_answers_with_a_table_is_read_too() throws Exception {
        azure.stub(post(urlPathEqualTo(GRAPH))
                .withRequestBody(matchingJsonPath(
                        "$.query", com.github.tomakehurst.wiremock.client.WireMock.containing(MACHINES)))
                .atPriority(1)
                .willReturn(okJson("""
                        {"totalRecords": 1, "count": 1, "data": {"columns": [{"name": "type"}, {"name": "id"}, \
                        {"name": "name"}, {"name": "location"}, {"name": "properties"}],
                         "rows": [["microsoft.compute/virtualmachines", "%s", "vm", "westeurope", {"hardwareProfile": \
                        {"vmSize": "Standard_NC4as_T4_v3"}}]]}}""".formatted(AzureTenant.machineId(SEARCH, "vm")))));
        assertThat(AwsRun.resource(scan("-f", "json").audit(), "vm")
                        .get("accelerator")
                        .asText())
                .isEqualTo("T4");
    }

    @Test
    void lists_are_read_page_by_page() throws Exception {
        String accounts = PROVIDERS + "Microsoft.CognitiveServices/accounts";
        String account = "{\"id\": \"%s\", \"name\": \"%s\", \"location\": \"westeurope\", \"kind\": \"OpenAI\"}";
        String first = AzureTenant.accountId(SEARCH);
        azure.stub(get(urlPathEqualTo(accounts))
                .willReturn(okJson("{\"value\": [" + account.formatted(first, "one") + "], \"nextLink\": \""
                        + azure.url() + accounts + "?api-version=2025-06-01&$skipToken=abc\"}")));
        azure.stub(get(urlPathEqualTo(accounts))
                .withQueryParam("$skipToken", equalTo("abc"))
                .atPriority(1)
                .willReturn(okJson("{\"value\": [" + account.formatted(first + "2", "two") + "]}")));
        JsonNode audit = scan("-f", "json").audit();
        assertThat(AwsRun.each(audit.get("resources"))
                        .map(resource -> resource.get("name").asText()))
                .contains("one", "two");
        assertThat(AzureRun.requests(
                        audit, "GET:/subscriptions/{subscription}/providers/Microsoft.CognitiveServices/accounts"))
                .isEqualTo(2);
    }

    @Test
    void a_next_page_on_another_host_is_refused_and_no_token_gets_there() throws Exception {
        WireMockServer foreign = new WireMockServer(
                WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
        foreign.start();
        try {
            azure.respond(
                    PROVIDERS + "Microsoft.CognitiveServices/accounts",
                    "{\"value\": [], \"nextLink\": \"" + foreign.baseUrl() + "/more\"}");
            AzureRun run = scan("-f", "json");
            assertThat(run.exitCode()).isEqualTo(4);
            assertThat(run.err()).contains("models: the response of 127.0.0.1", "was sent no token");
            foreign.verify(0, anyRequestedFor(anyUrl()));
        } finally {
            foreign.stop();
        }
    }

    @Test
    void a_refusal_because_of_too_many_requests_is_waited_for() throws Exception {
        tenant.graph(SEARCH, MACHINES, AzureTenant.machine(SEARCH, "vm", "Standard_NC4as_T4_v3", "running"));
        String skus = PROVIDERS + "Microsoft.Compute/skus";
        azure.stub(get(urlPathEqualTo(skus))
                .inScenario("slow")
                .whenScenarioStateIs(Scenario.STARTED)
                .atPriority(1)
                .willSetStateTo("calm")
                .willReturn(aResponse()
                        .withStatus(429)
                        .withHeader("Retry-After", "0")
                        .withHeader("x-ms-ratelimit-microsoft.compute-retry-after", "1")));
        long before = System.nanoTime();
        AzureRun run = scan("-f", "json");
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(System.nanoTime() - before).isGreaterThan(1_000_000_000L);
        assertThat(AwsRun.resource(run.audit(), "vm").get("vcpus").asInt()).isEqualTo(4);
    }

    /** Of a tenant in which three services fail, each in a way of its own; made by the first test that reads it. */
    private static AzureRun failing;

    private AzureRun failing() throws Exception {
        if (failing == null) {
            azure.refuse(
                    PROVIDERS + "Microsoft.MachineLearningServices/workspaces",
                    404,
                    "MissingSubscriptionRegistration",
                    "The subscription is not registered to use namespace");
            azure.stub(get(urlPathEqualTo(PROVIDERS + "Microsoft.CognitiveServices/accounts"))
                    .willReturn(aResponse().withStatus(204)));
            tenant.graph(SEARCH, MACHINES, AzureTenant.machine(SEARCH, "vm", "Standard_NC4as_T4_v3", "running"));
            azure.refuse(PROVIDERS + "Microsoft.Compute/skus", 403, "AuthorizationFailed", "no");
            failing = scan("-f", "json");
            assertThat(failing.audit().get("gaps")).as("one each").hasSize(3);
        }
        return failing;
    }

    @Test
    void a_provider_that_is_not_registered_is_a_gap() throws Exception {
        AzureRun run = failing();
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .contains(
                        "machine learning: the provider Microsoft.MachineLearningServices is not registered in this "
                                + "subscription.",
                        "az provider register --namespace Microsoft.MachineLearningServices");
    }

    @Test
    void an_answer_without_a_body_is_a_gap_and_no_empty_list() throws Exception {
        AzureRun run = failing();
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("Microsoft.CognitiveServices/accounts/read failed");
    }

    @Test
    void sizes_that_may_not_be_read_are_a_gap_and_machines_are_reported_by_their_names() throws Exception {
        AzureRun run = failing();
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("VM sizes of westeurope: access denied for Microsoft.Compute/skus/read.");
        assertThat(AwsRun.resource(run.audit(), "vm").get("accelerator").asText())
                .isEqualTo("T4");
        assertThat(AwsRun.resource(run.audit(), "vm").get("vcpus").isNull()).isTrue();
    }

    /** Of a tenant with nothing in it; made by the first test that reads it. */
    private static AzureRun empty;

    /** Its requests for the subscriptions. */
    private static List<LoggedRequest> subscriptions;

    private AzureRun empty() throws Exception {
        if (empty == null) {
            empty = scan("-f", "json");
            subscriptions = azure.wireMock().findAll(getRequestedFor(urlPathEqualTo("/subscriptions")));
        }
        return empty;
    }

    @Test
    void an_empty_tenant_is_reported_to_be_empty_and_not_clean() throws Exception {
        AzureRun run = empty();
        assertThat(run.audit().get("warnings").toString())
                .contains(
                        "Nothing was found in azure",
                        "of 1 account in all regions",
                        "does not mean that there is no waste");
        assertThat(run.err()).doesNotContain("Saving per month: 0");
        assertThat(run.audit().at("/scan_cost/azure_requests").asLong())
                .as("25, as --dry-run counts; one less where 30 days are within a month")
                .isBetween(24L, 25L);
    }

    @Test
    void a_subscription_that_nobody_sees_is_a_gap() throws Exception {
        azure.refuse("/subscriptions/" + AzureTenant.CLOSED, 404, "SubscriptionNotFound", "not found");
        AzureRun run = AzureRun.scan(
                azure,
                folder,
                "  subscriptions: [" + SEARCH + ", " + AzureTenant.CLOSED.toUpperCase(Locale.ROOT) + "]\n",
                OneRule.with("-f", "json"));
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .contains("not read: Azure " + AzureTenant.CLOSED + ": there is no such subscription")
                .doesNotContain("all machines: ");
    }

    @Test
    void metrics_come_fifty_machines_a_request() throws Exception {
        String[] machines = IntStream.range(0, 1000)
                .mapToObj(i -> AzureTenant.machine(SEARCH, "vm-" + i, "Standard_NC4as_T4_v3", "running"))
                .toArray(String[]::new);
        tenant.graph(SEARCH, MACHINES, machines);
        JsonNode audit = scan("--days", "14", "-f", "json").audit();
        assertThat(AzureRun.requests(audit, "POST:/subscriptions/{subscription}/metrics:getBatch"))
                .as("one for what is measured, one for what is counted")
                .isEqualTo(2 * 1000 / 50);
        assertThat(audit.at("/scan_cost/azure_requests").asLong()).isLessThan(70);
    }

    @Test
    void the_token_is_that_of_the_login_and_goes_with_a_name() throws Exception {
        empty();
        assertThat(subscriptions).isNotEmpty().allSatisfy(request -> {
            assertThat(request.getHeader("Authorization")).isEqualTo("Bearer " + AzureServer.TOKEN);
            assertThat(request.getHeader("ClientType")).isEqualTo("aiaudit");
        });
    }

    @Test
    void a_refused_login_says_what_to_do() throws Exception {
        azure.stub(post(urlPathMatching("/[^/]+/oauth2/v2.0/token"))
                .atPriority(1)
                .willReturn(aResponse()
                        .withStatus(401)
                        .withHeader("Content-Type", "application/json")
                        .withBody("""
                        {"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret \
                        provided. Trace ID: 1"}""")));
        AzureRun run = scan("-f", "json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("Azure refuses the credentials: AADSTS7000215", "fix: Log in again: az login");
        assertThat(run.err()).doesNotContain("Exception", "a secret");
    }

    @Test
    void a_login_that_does_not_answer_is_not_called_credentials_that_are_not_there() throws Exception {
        Path file = Files.writeString(
                folder.resolve("login.yaml"),
                azure.configuration("").replace("login: " + azure.url(), "login: https://127.0.0.1:9"));
        AzureRun run = AzureRun.command(file, "scan", "--source", "azure", "-f", "json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("error: the Azure login could not be reached: ConnectException.", "HTTPS_PROXY")
                .doesNotContain("no Azure credentials were found");
    }

    @Test
    void a_login_that_answers_too_many_requests_is_not_called_credentials_that_are_not_there() throws Exception {
        azure.stub(post(urlPathMatching("/[^/]+/oauth2/v2.0/token"))
                .atPriority(1)
                .willReturn(aResponse()
                        .withStatus(429)
                        .withHeader("Content-Type", "application/json")
                        .withBody("{\"error\": \"temporarily_unavailable\", \"error_description\": \"too many\"}")));
        AzureRun run = scan("-f", "json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("error: the Azure login failed, with EnvironmentCredential: ")
                .contains("fix: Wait a minute and run it again")
                .doesNotContain("no Azure credentials were found", "Exception", "a secret");
    }

    private AzureRun check() throws Exception {
        return AzureRun.command(azure, folder, "", "sources", "check", "azure");
    }

    @Test
    void the_check_tries_every_permission_and_says_what_rules_lose() throws Exception {
        AzureRun fine = check();
        assertThat(fine.exitCode()).as(fine::out).isZero();
        assertThat(fine.out()).containsPattern("ready +search " + SEARCH + "\\s+all permissions");
        azure.refuse(".*/workspaces/[^/]+/onlineEndpoints", 403, "AuthorizationFailed", "The client has no right.");
        AzureRun denied = check();
        assertThat(denied.exitCode()).isEqualTo(4);
        assertThat(denied.out())
                .containsPattern("partly +search " + SEARCH + "\\s+[0-9]+ of [0-9]+ permissions")
                .containsPattern(
                        "missing +Microsoft.MachineLearningServices/workspaces/onlineEndpoints/read\\s+in search; "
                                + "without it")
                .contains("without it unknown: inference endpoint", "access denied for", "\"Name\": \"aiaudit-read\"")
                .containsPattern("inference-endpoint-idle +can't run");
    }

    @Test
    void the_check_of_many_subscriptions_says_each_thing_once() throws Exception {
        tenant.subscription(AzureTenant.SHOP, "shop");
        tenant.subscription(AzureTenant.CLOSED, "closed");
        azure.refuse("/subscriptions/" + AzureTenant.CLOSED + "/.*", 403, "AuthorizationFailed", "no");
        azure.stub(post(urlPathEqualTo(GRAPH))
                .withRequestBody(com.github.tomakehurst.wiremock.client.WireMock.containing(AzureTenant.CLOSED))
                .atPriority(1)
                .willReturn(aResponse().withStatus(403)));
        azure.refuse("/subscriptions/" + AzureTenant.SHOP + "/.*/accounts", 403, "AuthorizationFailed", "no");
        azure.list(PROVIDERS + "Microsoft.CostManagement/exports", """
                {"id": "subscriptions/%s/providers/Microsoft.CostManagement/exports/daily", "name": "daily", \
                "properties": {"definition": {"type": "FocusCost"},
                 "deliveryInfo": {"destination": {"resourceId": "/x/storageAccounts/nobody", "container": \
                "exports"}}}}""".formatted(SEARCH));
        Path file = java.nio.file.Files.writeString(
                folder.resolve("many.yaml"),
                azure.configuration("")
                        .replace("endpoints: {", "endpoints: {blobs: \"" + azure.url() + "/{account}\", "));
        azure.refuse("/nobody/exports.*", 403, "AuthorizationPermissionMismatch", "no");
        AzureRun run = AzureRun.command(file, "sources", "check", "azure");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.out())
                .containsPattern("missing +closed " + AzureTenant.CLOSED + "\\s+access to it is denied")
                .contains("/subscriptions/" + AzureTenant.CLOSED)
                .containsPattern("partly +Microsoft.CognitiveServices/accounts/read\\s+in shop")
                .containsPattern(
                        "missing +export daily of subscriptions/" + SEARCH + "\\s+access denied to the container")
                .containsPattern("provisioned-throughput-idle +(?!can't run)");
        assertThat(run.out().lines().filter(line -> line.startsWith("  ")).count())
                .as(run::out)
                .isLessThan(150);
    }
}
