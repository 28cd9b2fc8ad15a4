package io.aiaudit.collect.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Gap;
import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Window;
import io.aiaudit.testing.AzureTenant;
import io.aiaudit.testing.AzureTenant.Series;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.TenantOfOne;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Deployments of models and their metrics, against a server that plays a tenant. */
@Outside
class AzureModelsTest {
    private static final String SEARCH = AzureTenant.SEARCH;
    private static final String MACHINES = "microsoft.compute/virtualmachines'";
    private static final String VM = AzureTenant.machineId(SEARCH, "vm");

    @RegisterExtension
    static final TenantOfOne AZURE = new TenantOfOne();

    /** What Azure Monitor has of the account of Azure OpenAI, in two days. */
    private static void measured(List<String> metrics, Series... series) {
        AZURE.tenant()
                .metrics(
                        "Microsoft.CognitiveServices/accounts",
                        2,
                        List.of(AzureTenant.accountId(SEARCH)),
                        metrics,
                        series);
    }

    private static String deleted(String name, String kind, String properties) {
        return """
                {"id": "/subscriptions/%s/providers/Microsoft.CognitiveServices/locations/westeurope/resourceGroups/\
                rg-ml/deletedAccounts/%s", "name": "%s", "type": "Microsoft.CognitiveServices/deletedAccounts", \
                "location": "westeurope", "kind": "%s", "properties": \
                {%s}}""".formatted(SEARCH, name, name, kind, properties);
    }

    @Test
    void an_account_that_is_deleted_and_not_purged_is_named_with_the_time_until_which_its_units_are_billed()
            throws Exception {
        AZURE.server()
                .list(
                        "/subscriptions/" + SEARCH + "/providers/Microsoft.CognitiveServices/deletedAccounts",
                        deleted("one", "OpenAI", "\"deletionDate\": \"2026-06-01T10:00:00Z\""),
                        deleted(
                                "two",
                                "AIServices",
                                "\"deletionDate\": \"2026-06-01T10:00:00Z\", \"scheduledPurgeDate\": "
                                        + "\"2026-06-02T11:00:00Z\""),
                        deleted("three", "OpenAI", ""),
                        deleted("speech", "SpeechServices", "\"deletionDate\": \"2026-06-01T10:00:00Z\""),
                        deleted("$(rm)", "OpenAI", ""));
        List<String> warnings = AZURE.gather().warnings.stream()
                .filter(warning -> warning.contains("purged"))
                .toList();
        assertThat(warnings).hasSize(3);
        assertThat(warnings.get(0))
                .isEqualTo("the account of models one in " + SEARCH + " is deleted, but not purged. Units of "
                        + "throughput in it are billed until 2026-06-03T10:00:00Z. To end that now, for good: az "
                        + "cognitiveservices account purge --name one --resource-group rg-ml --location westeurope "
                        + "--subscription " + SEARCH + ".");
        assertThat(warnings.get(1)).contains("billed until 2026-06-02T11:00:00Z.");
        assertThat(warnings.get(2)).contains("billed until it is purged.");
    }

    @Test
    void capacity_is_units_only_where_it_is_provisioned() throws Exception {
        AZURE.tenant().models(SEARCH);
        Gathered gathered = AZURE.gather();
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
    void units_are_those_that_are_there_where_nothing_shows_how_many_were_requested() throws Exception {
        AZURE.tenant().models(SEARCH);
        String account = AzureTenant.accountId(SEARCH);
        String deployment = """
                {"id": "%s/deployments/%s", "name": "%s", "sku": {"name": "GlobalProvisionedManaged"%s}, \
                "properties": {"model": {"format": "OpenAI", "name": "gpt-4.1"}%s}}""";
        AZURE.server()
                .list(
                        account + "/deployments",
                        deployment.formatted(
                                account, "both", "both", ", \"capacity\": 100", ", \"currentCapacity\": 50"),
                        deployment.formatted(account, "there", "there", "", ", \"currentCapacity\": 50"),
                        deployment.formatted(account, "unknown", "unknown", "", ""));
        Gathered gathered = AZURE.gather();
        assertThat(gathered.resource("aoai/both").replicas()).isEqualTo(100);
        assertThat(gathered.resource("aoai/there").replicas()).isEqualTo(50);
        assertThat(gathered.resource("aoai/unknown").replicas()).isNull();
    }

    @Test
    void a_point_without_a_value_is_missing_and_not_zero() throws Exception {
        AZURE.tenant().graph(SEARCH, MACHINES, AzureTenant.machine(SEARCH, "vm", "Standard_NC4as_T4_v3", "running"));
        AZURE.tenant()
                .metrics(
                        "Microsoft.Compute/virtualMachines",
                        2,
                        List.of(VM),
                        List.of("Percentage CPU", "Network In Total", "Network Out Total"),
                        new Series(VM, "Percentage CPU", null, "average,maximum", hour -> hour < 40 ? "2.5" : null),
                        new Series(VM, "Network In Total", null, "total", hour -> "1.5E3"),
                        new Series(VM, "Network Out Total", null, "total", hour -> "500"));
        Gathered gathered = AZURE.gather();
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

    @Test
    void requests_and_tokens_without_values_are_zero_while_the_units_of_the_account_are_measured() throws Exception {
        AZURE.tenant().models(SEARCH);
        String account = AzureTenant.accountId(SEARCH);
        String units = "AzureOpenAIProvisionedManagedUtilizationV2";
        measured(
                List.of("AzureOpenAIRequests", "ProcessedPromptTokens", units),
                new Series(account, "AzureOpenAIRequests", "Tokens", "total", hour -> hour < 4 ? "7" : null),
                new Series(account, "ProcessedPromptTokens", "Tokens", "total", hour -> hour < 6 ? "1000" : null),
                new Series(account, units, "units", "average,maximum", hour -> hour < 40 ? "0" : null));
        Gathered gathered = AZURE.gather();
        assertThat(gathered.metric("aoai/tokens", "requests"))
                .as("4 with some, not the 2 with tokens, and not the 8 in which nothing was reported")
                .hasSize(38);
        assertThat(gathered.metric("aoai/tokens", "tokens_input")).hasSize(40);
    }

    @Test
    void a_counter_without_points_is_zero_and_so_is_one_without_values_while_a_gauge_has_some() throws Exception {
        AZURE.tenant().models(SEARCH);
        String account = AzureTenant.accountId(SEARCH);
        measured(
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
        measured(
                List.of("ModelRequests", "InputTokens"),
                new Series(account, "ModelRequests", "Tokens", "total", hour -> hour < 5 ? "9" : null));
        AZURE.server().omit("GeneratedTokens", "OutputTokens");
        Gathered gathered = AZURE.gather();
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

    /** An account with a model of Anthropic, one of OpenAI, and what the former read from its cache and wrote there. */
    private static void cachesOfAnthropic() {
        AZURE.tenant().models(SEARCH);
        String account = AzureTenant.accountId(SEARCH);
        AZURE.server()
                .list(
                        account + "/deployments",
                        fineTuned(account, "claude", "GlobalStandard", "\"name\": \"claude-sonnet-4-5\"")
                                .replace("OpenAI", "Anthropic"),
                        fineTuned(account, "tokens", "GlobalStandard", "\"name\": \"gpt-4.1\""));
        measured(
                List.of("ModelRequests", "InputTokens", "OutputTokens"),
                new Series(account, "InputTokens", "claude", "total", hour -> "100"));
        measured(
                List.of("cacheReadInputTokens", "ephemeral5mInputTokens", "ephemeral1hInputTokens"),
                new Series(account, "cacheReadInputTokens", "claude", "total", hour -> "900"),
                new Series(account, "ephemeral5mInputTokens", "claude", "total", hour -> "30"),
                new Series(account, "ephemeral1hInputTokens", "claude", "total", hour -> "12"));
    }

    @Test
    void tokens_that_models_of_anthropic_read_from_a_cache_and_write_there_are_counted() throws Exception {
        cachesOfAnthropic();
        Gathered gathered = AZURE.gather();
        assertThat(gathered.metric("aoai/claude", "tokens_cache_read"))
                .hasSize(48)
                .allSatisfy(hour -> assertThat(hour.total()).isEqualTo(900));
        assertThat(gathered.metric("aoai/claude", "tokens_cache_write"))
                .hasSize(48)
                .allSatisfy(hour -> assertThat(hour.total()).isEqualTo(42));
        assertThat(gathered.metric("aoai/claude", "tokens_input"))
                .allSatisfy(hour -> assertThat(hour.total()).isEqualTo(100));
        assertThat(gathered.metric("aoai/tokens", "tokens_cache_write"))
                .as("not a model of Anthropic")
                .isEmpty();
        assertThat(gathered.gaps).isEmpty();
    }

    /** Whether the 1,000 tokens include the 942 of the cache is not documented. */
    @Test
    void input_that_may_include_tokens_of_a_cache_is_unknown_in_hours_that_have_such_tokens() throws Exception {
        cachesOfAnthropic();
        measured(
                List.of("ModelRequests", "InputTokens", "OutputTokens"),
                new Series(AzureTenant.accountId(SEARCH), "InputTokens", "claude", "total", hour -> "1000"));
        measured(
                List.of("cacheReadInputTokens", "ephemeral5mInputTokens", "ephemeral1hInputTokens"),
                new Series(
                        AzureTenant.accountId(SEARCH),
                        "cacheReadInputTokens",
                        "claude",
                        "total",
                        hour -> hour < 24 ? "900" : "0"));
        Gathered gathered = AZURE.gather();
        assertThat(gathered.metric("aoai/claude", "tokens_input")).hasSize(24);
        assertThat(gathered.metric("aoai/claude", "tokens_cache_read")).hasSize(48);
        assertThat(gathered.warnings)
                .anyMatch(warning -> warning.startsWith("Input tokens of aoai/claude are unknown in hours that read or "
                        + "wrote a cache: Azure does not document whether"));
        assertThat(gathered.gaps).isEmpty();
    }

    @Test
    void an_account_that_does_not_know_caches_of_anthropic_has_none_and_one_that_refuses_them_is_a_gap()
            throws Exception {
        cachesOfAnthropic();
        refuseCaches(400, "Failed to find metric configuration for provider");
        Gathered unknown = AZURE.gather();
        assertThat(unknown.gaps).isEmpty();
        assertThat(unknown.metric("aoai/claude", "tokens_cache_read")).isEmpty();
        assertThat(unknown.metric("aoai/claude", "tokens_input")).hasSize(48);
        refuseCaches(403, "no");
        Gathered refused = AZURE.gather();
        assertThat(refused.gaps)
                .singleElement()
                .satisfies(gap -> assertThat(gap.scope()).contains("cacheReadInputTokens"));
        assertThat(refused.resources)
                .filteredOn(resource -> resource.attributes().containsKey("unread_metrics"))
                .singleElement()
                .satisfies(resource -> assertThat(resource.attributes())
                        .containsEntry("unread_metrics", "tokens_cache_read,tokens_cache_write"));
        assertThat(refused.metric("aoai/claude", "tokens_input")).hasSize(48);
    }

    private static void refuseCaches(int status, String message) {
        AZURE.server()
                .stub(post(urlPathMatching("/metrics/.*"))
                        .withQueryParam("metricnames", containing("ephemeral1hInputTokens"))
                        .atPriority(1)
                        .willReturn(aResponse()
                                .withStatus(status)
                                .withBody(
                                        "{\"error\": {\"code\": \"BadRequest\", \"message\": \"" + message + "\"}}")));
    }

    @Test
    void a_fine_tuned_model_is_reported_with_its_base_and_that_it_is_hosted() throws Exception {
        AZURE.tenant().models(SEARCH);
        String account = AzureTenant.accountId(SEARCH);
        AZURE.server()
                .list(
                        account + "/deployments",
                        fineTuned(
                                account,
                                "own",
                                "Standard",
                                "\"name\": \"gpt-4.1-mini-2025-04-14.ft-0e208cf33a6a4669\""),
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
        Gathered gathered = AZURE.gather();
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
                {"id": "%s/deployments/%s", "name": "%s", "sku": {"name": "%s", "capacity": 1}, "properties": \
                {"model": {"format": "OpenAI", %s}}}""".formatted(account, name, name, sku, model);
    }

    private static String refusedMetric(String resource, String name) {
        return """
                {"values": [{"resourceid": "%s", "value": [{"name": {"value": "%s"}, "errorCode": "InternalError", \
                "errorMessage": "no answer", "timeseries": []}]}]}""".formatted(resource, name);
    }

    @Test
    void hours_that_were_answered_with_an_error_are_a_gap_and_not_zero() throws Exception {
        AZURE.tenant().models(SEARCH);
        String account = AzureTenant.accountId(SEARCH);
        Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
        Instant start = today.minus(28, ChronoUnit.DAYS);
        measured(List.of("AzureOpenAIRequests"));
        AZURE.server()
                .stub(post(urlPathMatching("/metrics/.*"))
                        .withQueryParam("metricnames", containing("AzureOpenAIRequests"))
                        .withQueryParam("starttime", equalTo(start.toString().replace("Z", ".000Z")))
                        .atPriority(1)
                        .willReturn(okJson(refusedMetric(account, "AzureOpenAIRequests"))));
        Gathered gathered = Gathered.from(new AzureCollector(AZURE.server().scope()), new Window(start, today));
        assertThat(gathered.metric("aoai/units", "requests"))
                .hasSize(14 * 24)
                .allSatisfy(hour -> assertThat(hour.hour()).isAfterOrEqualTo(start.plus(14, ChronoUnit.DAYS)));
        assertThat(gathered.gaps).singleElement().satisfies(gap -> {
            assertThat(gap.scope()).contains("metric AzureOpenAIRequests in westeurope of aoai");
            assertThat(gap.problem()).isEqualTo("Azure Monitor answered InternalError, no answer.");
        });
    }

    /** The other family has how full units are, and counters are two other requests. */
    @Test
    void a_refused_gauge_of_one_family_takes_neither_counters_nor_that_of_the_other() throws Exception {
        AZURE.tenant().models(SEARCH);
        String account = AzureTenant.accountId(SEARCH);
        String use = "AzureOpenAIProvisionedManagedUtilizationV2";
        measured(List.of("AzureOpenAIRequests", use), new Series(account, use, "units", "average,maximum", h -> "0"));
        AZURE.server()
                .stub(post(urlPathMatching("/metrics/.*"))
                        .withQueryParam("metricnames", equalTo("ProvisionedUtilization"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(403)));
        Gathered gathered = AZURE.gather();
        assertThat(gathered.metric("aoai/units", "throughput_utilization")).hasSize(48);
        assertThat(gathered.metric("aoai/units", "requests"))
                .hasSize(48)
                .allSatisfy(hour -> assertThat(hour.total()).isZero());
        assertThat(gathered.resources)
                .noneMatch(resource -> resource.attributes().containsKey("unread_metrics"));
        assertThat(gathered.gaps)
                .singleElement()
                .satisfies(gap -> assertThat(gap.scope())
                        .endsWith("metrics ProvisionedUtilization of models in westeurope of aoai"));
    }

    /** What is counted and what is measured are two requests, since neither can be aggregated as the other. */
    @Test
    void where_only_what_is_measured_is_refused_requests_stay_and_the_price_of_tokens_is_not_known() throws Exception {
        AZURE.tenant().models(SEARCH);
        String account = AzureTenant.accountId(SEARCH);
        measured(
                List.of("AzureOpenAIRequests", "ProcessedPromptTokens"),
                new Series(account, "AzureOpenAIRequests", "Tokens", "total", hour -> "7"),
                new Series(account, "ProcessedPromptTokens", "Tokens", "total", hour -> "1000"));
        AZURE.server()
                .stub(post(urlPathMatching("/metrics/.*"))
                        .withQueryParam("metricnames", containing("AzureOpenAIContextTokensCacheMatchRate"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(403)));
        Gathered gathered = AZURE.gather();
        assertThat(gathered.metric("aoai/tokens", "requests"))
                .hasSize(48)
                .allSatisfy(hour -> assertThat(hour.total()).isEqualTo(7));
        assertThat(gathered.metric("aoai/tokens", "tokens_input"))
                .as("how many of them came from a cache is not known")
                .isEmpty();
        assertThat(gathered.metric("aoai/units", "requests"))
                .as("Azure answered for what is counted")
                .hasSize(48)
                .allSatisfy(hour -> assertThat(hour.total()).isZero());
        assertThat(gathered.resources)
                .filteredOn(resource -> resource.attributes().containsKey("unread_metrics"))
                .singleElement()
                .satisfies(resource ->
                        assertThat(resource.attributes()).containsEntry("unread_metrics", "throughput_utilization"));
        assertThat(gathered.gaps)
                .extracting(Gap::problem)
                .containsExactly("access denied for Microsoft.Insights/metrics/read.");
    }

    @Test
    void an_account_that_knows_no_measured_metric_is_counted() throws Exception {
        AZURE.tenant().models(SEARCH);
        String account = AzureTenant.accountId(SEARCH);
        measured(
                List.of("AzureOpenAIRequests", "ProcessedPromptTokens"),
                new Series(account, "ProcessedPromptTokens", "Tokens", "total", hour -> "1000"));
        AZURE.server()
                .stub(post(urlPathMatching("/metrics/.*"))
                        .withQueryParam("metricnames", containing("Utilization"))
                        .atPriority(1)
                        .willReturn(aResponse()
                                .withStatus(400)
                                .withBody("{\"error\": {\"code\": \"BadRequest\", \"message\": \"Failed to find metric "
                                        + "configuration for provider\"}}")));
        Gathered gathered = AZURE.gather();
        assertThat(gathered.gaps).isEmpty();
        assertThat(gathered.metric("aoai/tokens", "tokens_input")).hasSize(48);
        assertThat(gathered.metric("aoai/units", "requests"))
                .hasSize(48)
                .allSatisfy(hour -> assertThat(hour.total()).isZero());
    }

    @Test
    void hours_that_one_family_of_names_could_not_show_are_not_zero_because_of_the_other() throws Exception {
        AZURE.tenant().models(SEARCH);
        String account = AzureTenant.accountId(SEARCH);
        measured(List.of("AzureOpenAIRequests"));
        AZURE.server()
                .stub(post(urlPathMatching("/metrics/.*"))
                        .withQueryParam("metricnames", containing("ModelRequests"))
                        .willReturn(okJson(refusedMetric(account, "ModelRequests"))));
        Gathered gathered = AZURE.gather();
        assertThat(gathered.metric("aoai/units", "requests")).isEmpty();
        assertThat(gathered.gaps).hasSize(1);
    }

    @Test
    void hours_that_azure_forgot_are_not_requested_and_not_zero() throws Exception {
        AZURE.tenant().models(SEARCH);
        measured(List.of("AzureOpenAIRequests"));
        Instant now = Instant.now();
        Instant today = now.truncatedTo(ChronoUnit.DAYS);
        Gathered gathered = Gathered.from(
                new AzureCollector(AZURE.server().scope()), new Window(today.minus(100, ChronoUnit.DAYS), today));
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
        String port = AZURE.server().url().substring(AZURE.server().url().lastIndexOf(':') + 1);
        AZURE.tenant().models(SEARCH);
        String account = AzureTenant.accountId(SEARCH);
        AZURE.server()
                .list(
                        "/subscriptions/" + SEARCH + "/providers/Microsoft.CognitiveServices/accounts",
                        "{\"id\": \"" + account + "\", \"name\": \"aoai\", \"location\": \"127.0.0.1:" + port
                                + "/x\", \"kind\": \"OpenAI\", \"properties\": {}}");
        Map<String, String> endpoints = new HashMap<>(AZURE.server().scope().endpoints());
        endpoints.put("metrics", "https://{region}.metrics.monitor.azure.com");
        Gathered gathered = Gathered.from(
                new AzureCollector(new AzureScope(AzureCloud.PUBLIC, null, List.of(), null, endpoints)),
                new Window(Instant.now().minus(2, ChronoUnit.DAYS), Instant.now()));
        AZURE.server().wireMock().verify(0, postRequestedFor(urlPathMatching("/x.*")));
        assertThat(gathered.gaps)
                .anySatisfy(
                        gap -> assertThat(gap.problem()).contains("127.0.0.1:" + port + "/x\", which is not a region"));
    }

    /** A second account, which refuses the first family of names; the one of {@link AzureTenant#models} knows them. */
    private Gathered withAnAccountThatRefuses(String message) throws Exception {
        AZURE.tenant().models(SEARCH);
        String account = AzureTenant.accountId(SEARCH);
        String other = account + "-other";
        AZURE.server()
                .list(
                        "/subscriptions/" + SEARCH + "/providers/Microsoft.CognitiveServices/accounts",
                        """
                {"id": "%s", "name": "aoai", "location": "westeurope", "kind": "OpenAI", "properties": \
                {}}""".formatted(account),
                        """
                {"id": "%s", "name": "other", "location": "westeurope", "kind": "OpenAI", "properties": \
                {}}""".formatted(other));
        AZURE.server().list(other + "/deployments", """
                {"id": "%s/deployments/d", "name": "d", "sku": {"name": "GlobalProvisionedManaged", "capacity": 50}, \
                "systemData": {"createdAt": "2026-01-15T10:00:00Z"},
                 "properties": {"provisioningState": "Succeeded", "model": {"format": "OpenAI", "name": "gpt-4.1", \
                "version": "1"}}}""".formatted(other));
        String namespace = "Microsoft.CognitiveServices/accounts";
        AZURE.tenant()
                .metrics(
                        namespace,
                        2,
                        List.of(account),
                        List.of("AzureOpenAIRequests"),
                        new Series(account, "AzureOpenAIRequests", "units", "total", hour -> "7"));
        AZURE.tenant().metrics(namespace, 2, List.of(account, other), List.of("ModelRequests"));
        AZURE.server()
                .stub(post(urlPathMatching("/metrics/.*"))
                        .withQueryParam("metricnames", containing("AzureOpenAIRequests"))
                        .withRequestBody(containing(other.toLowerCase(Locale.ROOT)))
                        .atPriority(1)
                        .willReturn(aResponse()
                                .withStatus(400)
                                .withBody(
                                        "{\"error\": {\"code\": \"BadRequest\", \"message\": \"" + message + "\"}}")));
        return AZURE.gather();
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
                .satisfies(gap -> assertThat(gap.scope())
                        .endsWith("metrics AzureOpenAIRequests, ProcessedPromptTokens, GeneratedTokens of models in"
                                + " westeurope of aoai-other"));
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
