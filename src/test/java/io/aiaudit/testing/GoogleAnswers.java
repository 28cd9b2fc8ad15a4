package io.aiaudit.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How a {@link GoogleServer} answers every request: as it was set up, every list in two pages, or each request
 * only when it is sent again.
 */
public final class GoogleAnswers implements ResponseTransformerV2 {
    /** The ways to answer. */
    public enum Way {
        AT_ONCE,
        IN_TWO_PAGES,
        THE_SECOND_TIME
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NEXT = "the-second";

    /** Lists that Google answers as one, whatever there is. */
    private static final Set<String> NOT_PAGED = Set.of("ancestor", "auditConfigs", "clusters", "missingZones");

    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile Way way = Way.AT_ONCE;

    public void set(Way other) {
        way = other;
        refused.clear();
    }

    @Override
    public String getName() {
        return "google-answers";
    }

    @Override
    public Response transform(Response response, ServeEvent event) {
        Request request = event.getRequest();
        if (response.getStatus() != 200) {
            return response;
        }
        return switch (way) {
            case AT_ONCE -> response;
            case IN_TWO_PAGES -> page(response, request);
            case THE_SECOND_TIME -> isFirst(request) ? refusal(request.getUrl()) : response;
        };
    }

    private boolean isFirst(Request request) {
        return refused.add(request.getMethod() + request.getUrl() + request.getBodyAsString());
    }

    /**
     * Too many requests, a service that is not well, and the status in which older services say that there were too
     * many.
     */
    private Response refusal(String url) {
        return switch (refusals.getAndIncrement() % 3) {
            case 0 -> refusal(429, "RESOURCE_EXHAUSTED");
            case 1 -> refusal(503, "UNAVAILABLE");
            default ->
                url.startsWith("/compute/") || url.startsWith("/bigquery/")
                        ? refusal(403, "rateLimitExceeded")
                        : refusal(429, "RATE_LIMIT_EXCEEDED");
        };
    }

    private static Response refusal(int status, String reason) {
        return Response.response()
                .status(status)
                .headers(new HttpHeaders(
                        new HttpHeader("Retry-After", "0"), new HttpHeader("Content-Type", "application/json")))
                .body("""
                        {"error": {"code": %d, "message": "wait", "status": "%2$s", "errors": [{"message": "wait", \
                        "domain": "usageLimits", "reason": "%2$s"}]}}""".formatted(status, reason))
                .build();
    }

    private static Response page(Response response, Request request) {
        try {
            JsonNode whole = JSON.readTree(response.getBodyAsString());
            if (whole instanceof ObjectNode object
                    && request.getMethod().getName().equals("GET")) {
                page(object, request.getUrl());
            }
            return Response.Builder.like(response).but().body(whole.toString()).build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first page of a list of one is empty, as Google's may be. */
    private static void page(ObjectNode whole, String url) {
        boolean second = url.contains("=" + NEXT);
        boolean isList = false;
        for (Map.Entry<String, JsonNode> field : List.copyOf(whole.properties())) {
            if (field.getValue().isArray() && !NOT_PAGED.contains(field.getKey())) {
                isList |= cut(whole, field.getKey(), second);
            } else if (field.getKey().equals("items")) { // by zones and regions
                for (JsonNode scope : field.getValue()) {
                    for (Map.Entry<String, JsonNode> list : List.copyOf(scope.properties())) {
                        isList |= list.getValue().isArray() && cut((ObjectNode) scope, list.getKey(), second);
                    }
                }
            }
        }
        if (isList && !second) {
            if (url.contains("/locations/-/services")) { // of Knative
                whole.withObject("/metadata").put("continue", NEXT);
            } else {
                whole.put("nextPageToken", NEXT);
            }
        } else if (isList) {
            whole.put("nextPageToken", ""); // as Google's last page may have it
        } else {
            whole.remove("nextPageToken");
        }
    }

    private static boolean cut(ObjectNode in, String list, boolean second) {
        JsonNode all = in.get(list);
        int half = all.size() / 2;
        ArrayNode some = JSON.createArrayNode();
        for (int i = second ? half : 0; i < (second ? all.size() : half); i++) {
            some.add(all.get(i));
        }
        in.set(list, some);
        return !all.isEmpty();
    }
}
