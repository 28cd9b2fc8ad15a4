package io.aiaudit.collect.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Operations;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.Pace;
import io.aiaudit.collect.rest.RestClient;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.UserError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The resource manager of Azure: lists and single things by the template of their path. Requests stay within the limits
 * of a tenant.
 */
final class Arm {
    /** Units of Cost Management for a tenant; a query of one month takes about one. */
    private final Pace costPace = Pace.of(
            new Pace.Limit(12, Duration.ofSeconds(10)),
            new Pace.Limit(60, Duration.ofMinutes(1)),
            new Pace.Limit(600, Duration.ofHours(1)));

    /** Queries of the graph by one user, as it documents them. */
    private final Pace graphPace = Pace.of(new Pace.Limit(15, Duration.ofSeconds(5)));

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

    /** Storage that did not answer is tried again after {@code firstWait}. */
    Arm(AzureScope scope, Operations operations, Duration firstWait) {
        this.firstWait = firstWait;
        this.scope = scope;
        this.operations = operations;
        this.failures = new AzureFailure(operations);
        this.http = new JdkHttpClientBuilder()
                .connectionTimeout(Duration.ofSeconds(10))
                .responseTimeout(Duration.ofSeconds(60))
                .readTimeout(Duration.ofSeconds(60))
                .build();
        this.tokens = AzureTokens.of(scope, http);
        this.rest = new RestClient(
                new AzureTransport(http, tokens),
                operations,
                Map.of(CostQuery.QUERY.name(), costPace, ResourceGraph.RESOURCES.name(), graphPace));
    }

    AzureScope scope() {
        return scope;
    }

    /** What a failure means for the user; empty where it is our defect. */
    Optional<UserError> explain(Exception failure) {
        return failures.explain(failure);
    }

    AzureFailure failures() {
        return failures;
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

    RestRequest request(AzureOperation operation) {
        RestRequest request = operation.method().equals("GET")
                ? RestRequest.get(scope.manager(), operation.template(), scope.managerAudience())
                : RestRequest.post(scope.manager(), operation.template(), scope.managerAudience(), null);
        return request.query("api-version", operation.version());
    }

    /**
     * A request about the thing with this id: what the template begins with is filled from it. Another kind of id fits
     * no template.
     */
    RestRequest about(String id, AzureOperation operation) {
        RestRequest request = request(operation);
        String[] wanted = operation.template().split("/");
        String[] parts = Objects.requireNonNull(id, "id").split("/");
        for (int i = 0; i < parts.length; i++) {
            boolean name = i < wanted.length && wanted[i].startsWith("{");
            if (i >= wanted.length || !(name || wanted[i].equalsIgnoreCase(parts[i]))) {
                throw new UserError(
                        "Azure returned \"" + id + "\", which is not the requested id.",
                        "Check what responds instead of " + scope.manager()
                                + ": a proxy, or an address in aiaudit.yaml.");
            }
            if (name) {
                request = request.with(wanted[i].substring(1, wanted[i].length() - 1), parts[i]);
            }
        }
        return request;
    }

    /** One thing. */
    JsonNode call(RestRequest request) {
        return rest.call(request);
    }

    /** One object, which has to have the field at {@code pointer}. */
    JsonNode call(RestRequest request, String pointer) {
        JsonNode response = call(request);
        present(request, response, pointer);
        return response;
    }

    /** A response that lacks the requested field, or has null there, proves nothing: there may be some. */
    static JsonNode present(RestRequest request, JsonNode response, String pointer) {
        JsonNode found = response.at(pointer);
        if (found.isMissingNode() || found.isNull()) {
            throw RestFailure.unreadable(
                    request, "it has no " + pointer.replace("/", " ").strip());
        }
        return found;
    }

    /** Everything of a list, all pages of it or none. */
    List<JsonNode> list(RestRequest request) {
        List<JsonNode> all = new ArrayList<>();
        each(request, all::add);
        return all;
    }

    /** One thing of a list after the other, page by page. */
    void each(RestRequest request, Consumer<JsonNode> thing) {
        rest.pages(
                request,
                page -> Json.text(page, "/nextLink"),
                page -> present(request, page, "/value").forEach(thing));
    }
}
