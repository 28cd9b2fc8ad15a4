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
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an {@link AzureServer} answers every request: as it was set up, every list in two pages, or each request
 * only when it is sent again.
 */
public final class AzureAnswers implements ResponseTransformerV2 {
    /** The ways to answer. */
    public enum Way {
        AT_ONCE,
        IN_TWO_PAGES,
        THE_SECOND_TIME,
        /** Each page of a list names the same next page. */
        ENDLESS
    }

    /** All that Azure says how long to wait in. */
    public static final List<String> WAITS = List.of(
            "Retry-After",
            "retry-after-ms",
            "x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after",
            "x-ms-ratelimit-microsoft.costmanagement-entity-retry-after",
            "x-ms-ratelimit-microsoft.costmanagement-client-retry-after",
            "x-ms-ratelimit-microsoft.costmanagement-clienttype-retry-after",
            "x-ms-ratelimit-microsoft.costmanagement-tenant-retry-after",
            "x-ms-ratelimit-microsoft.consumption-retry-after");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NEXT = "&second=yes";

    /** A page that was named is requested as it was named, whatever its parameters are. */
    private static final Pattern LINK = Pattern.compile("\"(?:nextLink|NextPageLink)\": ?\"([^\"]+)\"");

    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refusals = new AtomicInteger();
    private final Set<String> links = ConcurrentHashMap.newKeySet();
    private final Set<String> faults = ConcurrentHashMap.newKeySet();
    private volatile Way way = Way.AT_ONCE;
    private volatile String failing = "";
    private volatile Set<String> omitted = Set.of();

    void set(Way other) {
        way = other;
        failing = "";
        omitted = Set.of();
        refused.clear();
    }

    /** A metric that Azure Monitor answers with an error, beside others of the same request. */
    void fail(String metric) {
        failing = metric;
    }

    /** Metrics, and resources whose ids end so, that Azure Monitor leaves out of its responses. */
    void omit(String... metricsOrResources) {
        omitted = Set.of(metricsOrResources);
    }

    @Override
    public String getName() {
        return "azure-answers";
    }

    /** What Azure would have refused of the requests up to now, as sentences; they are forgotten. */
    Set<String> faults() {
        Set<String> all = new TreeSet<>(faults);
        faults.clear();
        return all;
    }

    @Override
    public Response transform(Response response, ServeEvent event) {
        Request request = event.getRequest();
        if (isOfManager(request) && !links.contains(request.getAbsoluteUrl())) {
            List<String> refused = AzureRequests.faults(request);
            faults.addAll(refused);
            if (!refused.isEmpty()) {
                return Response.response()
                        .status(400)
                        .body("{\"error\": {\"code\": \"InvalidRequest\", \"message\": "
                                + JSON.valueToTree(refused.get(0)) + "}}")
                        .build();
            }
        }
        Response answer = withAllMetrics(answer(response, request), request);
        Matcher link = LINK.matcher(String.valueOf(answer.getBodyAsString()));
        while (link.find()) {
            links.add(URI.create(request.getAbsoluteUrl())
                    .resolve(link.group(1).replace(" ", "%20").replace("|", "%7C"))
                    .toString());
        }
        return answer;
    }

    /** Blobs are requested by the SDK; Azurite judges that. */
    private static boolean isOfManager(Request request) {
        return !request.getUrl().contains("/oauth2/") && !request.containsHeader("x-ms-version");
    }

    private Response answer(Response response, Request request) {
        if (request.getUrl().contains("/oauth2/") || response.getStatus() != 200) {
            return response;
        }
        return switch (way) {
            case AT_ONCE -> failing.isEmpty() ? response : withoutMetric(response);
            case IN_TWO_PAGES -> page(response, request);
            // Without the list of subscriptions there is nothing to read.
            case ENDLESS -> request.getUrl().startsWith("/subscriptions?") ? response : page(response, request);
            case THE_SECOND_TIME -> isFirst(request) ? refusal() : response;
        };
    }

    private boolean isFirst(Request request) {
        return refused.add(request.getMethod() + request.getUrl() + request.getBodyAsString());
    }

    private Response refusal() {
        String header = WAITS.get(refusals.getAndIncrement() % WAITS.size());
        return Response.response()
                .status(429)
                .headers(new HttpHeaders(new HttpHeader(header, "0")))
                .build();
    }

    /** Whatever was requested is in the response, but for what is left out. */
    private Response withAllMetrics(Response response, Request request) {
        boolean isBatch = request.getUrl().contains("/metrics:getBatch");
        if (response.getStatus() != 200
                || !request.queryParameter("metricnames").isPresent()
                || !(isBatch || request.getUrl().contains("/Microsoft.Insights/metrics?"))) {
            return response;
        }
        try {
            JsonNode whole = JSON.readTree(response.getBodyAsString());
            List<String> names =
                    List.of(request.queryParameter("metricnames").firstValue().split(","));
            if (isBatch && whole.path("values").isArray()) {
                ObjectNode all = (ObjectNode) whole;
                all.set("values", values(whole.get("values"), JSON.readTree(request.getBodyAsString()), names));
            } else if (whole.path("value").isArray()
                    && omitted.stream().noneMatch(one -> request.getUrl().contains(one + "/providers/"))) {
                ((ObjectNode) whole).set("value", metrics(whole.get("value"), names));
            }
            return Response.Builder.like(response).but().body(whole.toString()).build();
        } catch (JsonProcessingException e) {
            return response; // a fault that a test wants
        }
    }

    private ArrayNode values(JsonNode reported, JsonNode requested, List<String> names) {
        ArrayNode values = JSON.createArrayNode();
        for (JsonNode id : requested.path("resourceids")) {
            ObjectNode value = JSON.createObjectNode().put("resourceid", id.asText());
            value.putArray("value");
            for (JsonNode one : reported) {
                value = one.path("resourceid").asText().equalsIgnoreCase(id.asText()) ? (ObjectNode) one : value;
            }
            if (omitted.stream().noneMatch(id.asText()::endsWith)) {
                value.set("value", metrics(value.path("value"), names));
                values.add(value);
            }
        }
        return values;
    }

    private ArrayNode metrics(JsonNode reported, List<String> names) {
        ArrayNode metrics = JSON.createArrayNode();
        Set<String> missing = new TreeSet<>(names);
        reported.forEach(metric -> {
            missing.remove(metric.at("/name/value").asText());
            if (!omitted.contains(metric.at("/name/value").asText())) {
                metrics.add(metric);
            }
        });
        missing.removeAll(omitted);
        missing.forEach(name -> {
            ObjectNode metric = metrics.addObject().put("errorCode", "Success");
            metric.putObject("name").put("value", name);
            metric.putArray("timeseries");
        });
        return metrics;
    }

    private Response withoutMetric(Response response) {
        try {
            JsonNode whole = JSON.readTree(response.getBodyAsString());
            for (JsonNode resource : whole.path("values")) {
                for (JsonNode metric : resource.path("value")) {
                    if (failing.equals(metric.at("/name/value").asText())) {
                        ((ObjectNode) metric).put("errorCode", "InternalError").putArray("timeseries");
                    }
                }
            }
            return Response.Builder.like(response).but().body(whole.toString()).build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Response page(Response response, Request request) {
        try {
            JsonNode whole = JSON.readTree(response.getBodyAsString());
            return Response.Builder.like(response)
                    .but()
                    .body(whole.isObject() ? page((ObjectNode) whole, request).toString() : whole.toString())
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first page of a list of one is empty, as Azure's may be. */
    private ObjectNode page(ObjectNode whole, Request request) {
        String here = request.getAbsoluteUrl();
        boolean second = way == Way.IN_TWO_PAGES
                && (here.contains(NEXT) || request.getBodyAsString().contains("\"$skipToken\""));
        String next = here.contains(NEXT) ? here : here + (here.contains("?") ? "" : "?x=y") + NEXT;
        if (whole.path("data").isArray()) {
            cut(whole, "data", second, whole, "$skipToken", "second");
        } else if (whole.path("Items").isArray()) {
            cut(whole, "Items", second, whole, "NextPageLink", next);
        } else if (whole.at("/properties/rows").isArray()) {
            ObjectNode properties = (ObjectNode) whole.get("properties");
            cut(properties, "rows", second, properties, "nextLink", next);
        } else if (whole.path("value").isArray() && !here.contains("Microsoft.Insights/metrics")) {
            cut(whole, "value", second, whole, "nextLink", next);
        }
        return whole;
    }

    private static void cut(ObjectNode in, String list, boolean second, ObjectNode linked, String link, String next) {
        JsonNode all = in.get(list);
        int half = all.size() / 2;
        ArrayNode some = JSON.createArrayNode();
        for (int i = second ? half : 0; i < (second ? all.size() : half); i++) {
            some.add(all.get(i));
        }
        in.set(list, some);
        if (!second && !all.isEmpty()) {
            linked.put(link, next);
        } else {
            linked.putNull(link); // as Azure's last page may have it
        }
    }
}
