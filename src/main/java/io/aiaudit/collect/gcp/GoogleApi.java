package io.aiaudit.collect.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.aiaudit.collect.Operations;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.PageTrail;
import io.aiaudit.collect.rest.RestClient;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.UserError;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Google's services by their REST addresses: requests, and pages by their tokens. */
final class GoogleApi {
    private static final String AUDIENCE = "google";
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final RestClient client;
    private final GcpScope scope;
    private final Operations operations;
    private final GcpFailure failures;
    private final Once once = new Once();

    GoogleApi(RestClient client, GcpScope scope, Operations operations) {
        this.client = client;
        this.scope = scope;
        this.operations = operations;
        this.failures = new GcpFailure(operations);
    }

    Optional<UserError> explain(Exception failure) {
        return failures.explain(failure);
    }

    GcpFailure failures() {
        return failures;
    }

    /** What was read already in this scan. */
    Once once() {
        return once;
    }

    /**
     * A refusal that names the permission is about this kind of request; others are about the caller or the location.
     */
    boolean isOfPermission(RestFailure failure) {
        return failure.status() == FORBIDDEN
                && failure.serviceMessage().contains(operations.action(failure.operation()));
    }

    RestRequest request(GoogleOperation operation) {
        return request(scope.endpoint(operation.service()), operation);
    }

    /** Of a service that has an address for each of its locations. */
    RestRequest request(GoogleOperation operation, String location) {
        return request(scope.endpoint(operation.service(), location), operation).with("location", location);
    }

    private static RestRequest request(String address, GoogleOperation operation) {
        return operation.method().equals("GET")
                ? RestRequest.get(address, operation.template(), AUDIENCE)
                : RestRequest.post(address, operation.template(), AUDIENCE, JsonNodeFactory.instance.objectNode());
    }

    /** Nothing that is read here has nothing to say: an answer without a body is none. */
    JsonNode call(RestRequest request) {
        JsonNode response = client.call(request);
        if (response.isMissingNode()) {
            throw RestFailure.unreadable(request, "it is empty");
        }
        return response;
    }

    /**
     * The response of a service that always says of what kind it is, or what it is about: one without any content is
     * none, though most services of Google leave out what is empty.
     */
    static JsonNode notEmpty(RestRequest request, JsonNode response) {
        if (response.isEmpty()) {
            throw RestFailure.unreadable(request, "the response has no content");
        }
        return response;
    }

    /** Empty where the requested object does not exist (any more), which is no failure. */
    Optional<JsonNode> unlessGone(RestRequest request) {
        try {
            return Optional.of(call(request));
        } catch (RestFailure e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** All pages, each as it comes. */
    void pages(RestRequest request, Consumer<JsonNode> page) {
        pages(request, "pageToken", "/nextPageToken", page);
    }

    /** Pages until one of them says enough, or to the last. */
    void pages(RestRequest request, Consumer<JsonNode> page, BooleanSupplier isEnough) {
        pages(request, "pageToken", "/nextPageToken", page, isEnough);
    }

    /** {@code parameter} requests the next page, whose token is at {@code pointer} of the response. */
    void pages(RestRequest request, String parameter, String pointer, Consumer<JsonNode> page) {
        pages(request, parameter, pointer, page, () -> false);
    }

    private void pages(
            RestRequest request, String parameter, String pointer, Consumer<JsonNode> page, BooleanSupplier isEnough) {
        PageTrail trail = new PageTrail(request);
        String token = null;
        do {
            JsonNode response = call(token == null ? request : request.query(parameter, token));
            page.accept(response);
            token = Json.text(response, pointer);
            if (token != null) {
                trail.read(response, token);
            }
        } while (token != null && !isEnough.getAsBoolean());
    }
}
