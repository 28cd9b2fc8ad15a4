package io.aiaudit.collect.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Operations;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.Pace;
import io.aiaudit.collect.rest.RestClient;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.UserError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The resource manager of Azure: lists and single things by the template of their path. What is asked is kept within what a tenant may ask. */
final class Arm {
    /** Units of Cost Management for a tenant; a query of one month takes about one. */
    private final Pace costPace = Pace.of(
            new Pace.Limit(12, Duration.ofSeconds(10)),
            new Pace.Limit(60, Duration.ofMinutes(1)),
            new Pace.Limit(600, Duration.ofHours(1)));

    private final AzureScope scope;
    private final RestClient rest;
    private final HttpClient http;
    private final AzureTokens tokens;
    private final AzureFailure failures;
    private final Operations operations;
    private final MachineTypes types = new MachineTypes();
    private final Duration firstWait;

    Arm(AzureScope scope, Operations operations) {
        this(scope, operations, Blobs.FIRST_WAIT);
    }

    /** Storage that did not answer is asked again after {@code firstWait}. */
    Arm(AzureScope scope, Operations operations, Duration firstWait) {
        this.firstWait = firstWait;
        this.scope = scope;
        this.operations = operations;
        this.failures = new AzureFailure(operations);
        this.http = new JdkHttpClientBuilder()
                .connectionTimeout(Duration.ofSeconds(10))
                .responseTimeout(Duration.ofSeconds(120))
                .readTimeout(Duration.ofSeconds(60))
                .build();
        this.tokens = AzureTokens.of(scope, http);
        this.rest = new RestClient(
                new AzureTransport(http, tokens), operations, Map.of("POST:" + CostQuery.QUERY, costPace));
    }

    AzureScope scope() {
        return scope;
    }

    /** What a failure means for the user; empty where it is our defect. */
    Optional<UserError> explain(Exception failure) {
        return failures.explain(failure);
    }

    RestClient rest() {
        return rest;
    }

    Operations operations() {
        return operations;
    }

    /** What is known of machine types so far, in all subscriptions: it is the same in each. */
    MachineTypes types() {
        return types;
    }

    HttpClient http() {
        return http;
    }

    Duration firstWait() {
        return firstWait;
    }

    AzureTokens tokens() {
        return tokens;
    }

    RestRequest get(String template, String version) {
        return RestRequest.get(scope.manager(), template, scope.managerAudience())
                .query("api-version", version);
    }

    RestRequest post(String template, String version, JsonNode body) {
        return RestRequest.post(scope.manager(), template, scope.managerAudience(), body)
                .query("api-version", version);
    }

    /** A request about the thing with this id: what the template begins with is filled from it. Another kind of id fits no template. */
    RestRequest about(String id, String template, String version) {
        RestRequest request = get(template, version);
        String[] wanted = template.split("/");
        String[] told = id.split("/");
        for (int i = 0; i < told.length; i++) {
            boolean name = i < wanted.length && wanted[i].startsWith("{");
            if (i >= wanted.length || !(name || wanted[i].equalsIgnoreCase(told[i]))) {
                throw new UserError(
                        "Azure returned \"" + id + "\", which is not the requested id.",
                        "Check what responds instead of " + scope.manager()
                                + ": a proxy, or an address in aiaudit.yaml.");
            }
            if (name) {
                request = request.with(wanted[i].substring(1, wanted[i].length() - 1), told[i]);
            }
        }
        return request;
    }

    /** One thing. */
    JsonNode ask(RestRequest request) {
        return rest.ask(request);
    }

    /** Everything of a list, all pages of it. */
    List<JsonNode> list(RestRequest request) {
        List<JsonNode> all = new ArrayList<>();
        rest.pages(
                request,
                page -> Json.text(page, "/nextLink"),
                page -> page.path("value").forEach(all::add));
        return all;
    }
}
