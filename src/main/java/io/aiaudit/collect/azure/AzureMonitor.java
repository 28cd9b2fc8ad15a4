package io.aiaudit.collect.azure;

import static io.aiaudit.collect.Operation.METRICS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Frequency.Sort;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Metrics of Azure: fifty resources of one type and region a request, from the region's own address; one resource a
 * request where that fails, so that a resource that is not answered for takes none of the others with it.
 */
final class AzureMonitor {
    static final int RESOURCES_PER_REQUEST = 50;
    private static final Frequency FOUND = new Frequency(
            Sort.METRICS,
            "for " + RESOURCES_PER_REQUEST
                    + " of a kind and 14 days of metrics 2, for deployments of endpoints 3, for accounts of models"
                    + " 4, with those of Anthropic 5");
    private static final String VERSION = "2024-02-01";
    private static final AzureOperation BATCH = AzureOperation.post(
                    "/subscriptions/{subscription}/metrics:getBatch", VERSION, FOUND, METRICS)
            .permission("Microsoft.Insights/metrics/read")
            .untried();
    static final AzureOperation SINGLE =
            AzureOperation.get("/{resource*}/providers/Microsoft.Insights/metrics", VERSION, FOUND, METRICS);
    static final List<AzureOperation> OPERATIONS = List.of(BATCH, SINGLE);

    /** Above this a request answers more points than a small machine holds. */
    private static final Duration LONGEST = Duration.ofDays(14);

    /** Azure forgets what is older. */
    private static final Duration KEPT = Duration.ofDays(93);

    /** As the batch documents it, with milliseconds. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** By default Azure returns ten series of a split metric and silently drops the others. */
    private static final String ALL_SERIES = "10000";

    /** So many resources in a row that are not answered for, and the service is down. */
    private static final int MOST_IN_A_ROW = 20;

    /** The same where each takes its time to fail. */
    private static final Duration LONGEST_IN_A_ROW = Duration.ofMinutes(5);

    /** Answers are large: so many are held at a time, however many slices run. */
    private static final Semaphore HELD = new Semaphore(3);

    /** Of a resource in a resource group; those that are in another resource have a type and a name more. */
    private static final int WORDS_OF_ID = "/subscriptions/s/resourceGroups/g/providers/n/type/name".split("/").length;

    private final AzureSession session;
    private final Details details;
    private final Sink sink;
    private final Window window;
    private final Instant from;
    private final Set<String> cut = new HashSet<>();
    private int inARow;
    private Duration inVain = Duration.ZERO;

    /** The last failure because of the service; null before there is one. */
    private RestFailure ofService;

    /**
     * Says in {@code sink} what Azure keeps no more, and in {@code details} which metrics were answered with an error.
     */
    AzureMonitor(AzureSession session, Window window, Details details, Sink sink) {
        this.session = session;
        this.details = details;
        this.sink = sink;
        this.window = window;
        Instant oldest = Instant.now().minus(KEPT).truncatedTo(ChronoUnit.HOURS);
        this.from = window.start().isBefore(oldest) ? oldest : window.start();
    }

    /**
     * What to request.
     *
     * @param namespace the type of the resources
     * @param aggregation of those that each of the metrics has: Azure refuses a request for another one, and with it
     * all metrics of the request
     * @param dimensions by which the metrics are split; the first identifies the part of a point; series that differ
     *     only in the others are returned several times
     */
    record Question(String namespace, List<String> names, String aggregation, List<String> dimensions) {
        /** Such as {@code a eq '*' and b eq '*'}. */
        String filter() {
            return dimensions.stream().map(dimension -> dimension + " eq '*'").collect(Collectors.joining(" and "));
        }

        /** What a gap is about, such as {@code metrics of instances in eastus}, with the names of the metrics. */
        String named(String what) {
            return what.replaceFirst("^metrics ", "metrics " + String.join(", ", names) + " ");
        }
    }

    /** What is done about a resource that is not answered for. */
    interface Unanswered {
        void of(String resource, RestFailure failure);
    }

    /**
     * All points; returns for which periods Azure answered for the metrics of each resource, with points or without.
     * A resource that is not answered for is a gap.
     *
     * @param what is unknown then, such as {@code metrics of machines in eastus}
     */
    MetricAnswers read(
            String what, Question question, String region, List<String> resources, Consumer<MetricPoint> points)
            throws InterruptedException {
        try {
            MetricAnswers responses = read(
                    question,
                    region,
                    resources,
                    points,
                    (resource, failure) -> details.failed(question.named(what), name(resource), failure));
            if (responses.any()) {
                details.responded(what);
            }
            return responses;
        } catch (UserError e) { // a location that is no region
            details.failed(what, null, e);
            MetricAnswers none = new MetricAnswers();
            resources.forEach(resource -> none.unanswered(resource, question.names()));
            return none;
        }
    }

    /**
     * As gaps call it: with the name of what it is in, if it is in another resource, such as
     * {@code endpoint/deployment}. Deployments of several endpoints are often called alike.
     */
    static String name(String resource) {
        String[] words = resource.split("/");
        String name = words[words.length - 1];
        return words.length > WORDS_OF_ID ? words[words.length - 3] + "/" + name : name;
    }

    /** The same, where the caller knows what to make of a resource that is not answered for. */
    MetricAnswers read(
            Question question,
            String region,
            List<String> resources,
            Consumer<MetricPoint> points,
            Unanswered unanswered)
            throws InterruptedException {
        MetricAnswers responses = new MetricAnswers();
        Instant end = window.end();
        if (window.start().isBefore(from) && cut.add(question.namespace())) {
            sink.warning("Azure keeps metrics for " + KEPT.toDays() + " days: those of " + question.namespace() + " in "
                    + session.subscription() + " from " + window.start() + " to " + (from.isBefore(end) ? from : end)
                    + " are unknown, not zero.");
        }
        Map<String, RestFailure> denied = new HashMap<>();
        for (Instant start = from; start.isBefore(end); start = start.plus(LONGEST)) {
            Window stretch = new Window(start, start.plus(LONGEST).isBefore(end) ? start.plus(LONGEST) : end);
            for (int i = 0; i < resources.size(); i += RESOURCES_PER_REQUEST) {
                List<String> some = resources.subList(i, Math.min(resources.size(), i + RESOURCES_PER_REQUEST));
                HELD.acquire();
                try {
                    some(question, region, some, stretch, denied, responses, points, unanswered);
                } finally {
                    HELD.release();
                }
            }
        }
        return responses;
    }

    private void some(
            Question question,
            String region,
            List<String> resources,
            Window stretch,
            Map<String, RestFailure> denied,
            MetricAnswers responses,
            Consumer<MetricPoint> points,
            Unanswered unanswered) {
        // An hour outside the requested ones would be counted twice, since totals add up.
        Consumer<MetricPoint> inside = point -> {
            if (stretch.contains(point.hour())) {
                points.accept(point);
            }
        };
        Map<String, JsonNode> byResource = new HashMap<>();
        RestFailure ofBatch = null;
        try {
            List<String> allowed = resources.stream()
                    .filter(resource -> !denied.containsKey(resource))
                    .toList();
            for (JsonNode response : batch(question, region, allowed, stretch)) {
                if (!response.path("value").isEmpty()) {
                    byResource.put(AzureSession.id(Json.text(response, "/resourceid")), response);
                }
            }
        } catch (RestFailure e) {
            ofBatch = e;
        }
        for (String resource : resources) {
            try {
                JsonNode response = byResource.get(resource);
                if (denied.containsKey(resource)) { // the same permission decides for every stretch of time
                    throw denied.get(resource);
                }
                if (response == null) {
                    response = alone(ofBatch, question, region, resource, resources.size(), stretch);
                }
                emit(resource, region, response, question, stretch, responses, inside);
            } catch (RestFailure e) {
                if (e.status() == 403) {
                    denied.put(resource, e);
                }
                responses.unanswered(resource, question.names());
                unanswered.of(resource, e);
            }
        }
    }

    /**
     * One of several resources whose batch failed, or which is not in its response. Where the batch is not there, or
     * not well, the resource manager knows the same; where it was refused, one of the resources may be why. When many
     * fail in a row the service is down, and the others are not requested. That Azure Monitor does not know a resource
     * that was listed just before is a failure, too: one that was deleted meanwhile looks no different from one that
     * works.
     *
     * @param ofBatch null = the batch has nothing of this resource
     */
    private JsonNode alone(
            RestFailure ofBatch, Question question, String region, String resource, int together, Window stretch) {
        if (inARow >= MOST_IN_A_ROW || inVain.compareTo(LONGEST_IN_A_ROW) >= 0) {
            throw ofBatch == null ? ofService : ofBatch;
        }
        Instant start = Instant.now();
        try {
            JsonNode response = ofBatch == null || hasNoBatch(ofBatch) ? single(question, resource, stretch) : null;
            if (response == null && together == 1) {
                throw ofBatch;
            }
            if (response == null) {
                response = batchOfOne(question, region, resource, stretch);
            }
            inARow = 0;
            inVain = Duration.ZERO;
            return response;
        } catch (RestFailure e) {
            inARow = e.isOfService() ? inARow + 1 : 0;
            inVain = e.isOfService() ? inVain.plus(Duration.between(start, Instant.now())) : Duration.ZERO;
            ofService = e.isOfService() ? e : ofService;
            throw e;
        }
    }

    /** Not every region and cloud has it, or it is not well. */
    private static boolean hasNoBatch(RestFailure failure) {
        return failure.isOfService() || failure.status() == 404;
    }

    private JsonNode batch(Question question, String region, List<String> resources, Window stretch) {
        if (resources.isEmpty()) {
            return MissingNode.getInstance();
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode ids = body.putArray("resourceids");
        resources.forEach(ids::add);
        AzureScope scope = session.arm().scope();
        RestRequest request = RestRequest.post(scope.metrics(region), BATCH.template(), scope.metricsAudience(), body)
                .with("subscription", session.subscription())
                .query("starttime", TIME.format(stretch.start()))
                .query("endtime", TIME.format(stretch.end()));
        RestRequest hourly = hourly(request, question);
        return Arm.present(hourly, session.arm().call(hourly), "/values");
    }

    private JsonNode batchOfOne(Question question, String region, String resource, Window stretch) {
        for (JsonNode one : batch(question, region, List.of(resource), stretch)) {
            if (resource.equals(AzureSession.id(Json.text(one, "/resourceid")))) {
                return one;
            }
        }
        return single(question, resource, stretch);
    }

    private JsonNode single(Question question, String resource, Window stretch) {
        RestRequest request = session.arm()
                .request(SINGLE)
                .with("resource*", resource.replaceFirst("^/", ""))
                .query("timespan", TIME.format(stretch.start()) + "/" + TIME.format(stretch.end()));
        return session.arm().call(hourly(request, question), "/value");
    }

    private static RestRequest hourly(RestRequest request, Question question) {
        RestRequest hourly = request.query("interval", "PT1H")
                .query("metricnamespace", question.namespace())
                .query("metricnames", String.join(",", question.names()))
                .query("aggregation", question.aggregation())
                .query("api-version", VERSION);
        return question.dimensions().isEmpty()
                ? hourly
                : hourly.query(filterName(request), question.filter()).query("top", ALL_SERIES);
    }

    private static String filterName(RestRequest request) {
        return request.method().equals("POST") ? "filter" : "$filter";
    }

    private void emit(
            String resource,
            String region,
            JsonNode response,
            Question question,
            Window stretch,
            MetricAnswers responses,
            Consumer<MetricPoint> points) {
        Map<String, JsonNode> metrics = new HashMap<>();
        response.path("value").forEach(metric -> metrics.put(Json.text(metric, "/name/value"), metric));
        for (String name : question.names()) {
            JsonNode metric = metrics.getOrDefault(name, MissingNode.getInstance());
            String problem = problem(metric);
            if (problem != null) {
                responses.failed(resource, name, stretch);
                details.missing(
                        "metric " + name + " in " + region,
                        name(resource),
                        "Azure Monitor " + problem + ".",
                        "Run it again; its hours are unknown and are not counted.");
                continue;
            }
            responses.markAnswered(resource, name, stretch);
            for (JsonNode series : metric.path("timeseries")) {
                String part = question.dimensions().isEmpty()
                        ? null
                        : part(series, question.dimensions().get(0));
                for (JsonNode point : series.path("data")) {
                    Instant time = Json.instant(point, "/timeStamp");
                    if (time != null) {
                        points.accept(new MetricPoint(
                                resource,
                                name,
                                part,
                                time.truncatedTo(ChronoUnit.HOURS),
                                number(point, "/average"),
                                number(point, "/maximum"),
                                number(point, "/total")));
                    }
                }
            }
        }
    }

    /** Null where it was answered, with points or without. */
    private static String problem(JsonNode metric) {
        if (metric.isMissingNode()) {
            return "did not return it";
        }
        String error = Json.text(metric, "/errorCode");
        String message = Json.text(metric, "/errorMessage");
        return error == null || error.equals("Success")
                ? null
                : "answered " + error + (message == null ? "" : ", " + message);
    }

    private static String part(JsonNode series, String dimension) {
        for (JsonNode value : series.path("metadatavalues")) {
            if (dimension.equalsIgnoreCase(Json.text(value, "/name/value"))) {
                return String.valueOf(Json.text(value, "/value")).toLowerCase(Locale.ROOT);
            }
        }
        return null;
    }

    private static Double number(JsonNode point, String pointer) {
        JsonNode found = point.at(pointer);
        return found.isNumber() ? Double.valueOf(found.doubleValue()) : null;
    }

    /** What is read of the resources of one region. */
    interface InRegion {
        void read(AzureMonitor monitor, String region, List<Resource> resources) throws InterruptedException;
    }

    /** Reads resources region by region; fails where not one request had a response. */
    static void eachRegion(AzureSession session, Window window, List<Resource> resources, Sink sink, InRegion reader)
            throws InterruptedException {
        Details details = session.details(sink);
        AzureMonitor monitor = new AzureMonitor(session, window, details, sink);
        for (Map.Entry<String, List<Resource>> region : byRegion(resources).entrySet()) {
            reader.read(monitor, region.getKey(), region.getValue());
        }
        details.failUnlessSomethingAnswered();
    }

    /** The resources of a list by region; those without one cannot be requested. */
    static Map<String, List<Resource>> byRegion(List<Resource> resources) {
        Map<String, List<Resource>> regions = new TreeMap<>();
        resources.stream()
                .filter(resource -> resource.region() != null)
                .forEach(resource -> regions.computeIfAbsent(resource.region(), key -> new ArrayList<>())
                        .add(resource));
        return regions;
    }
}
