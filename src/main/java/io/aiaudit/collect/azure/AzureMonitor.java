package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Metrics of Azure: fifty resources of one type and region a request, from the region's own address; one resource a request where that address does not answer. */
final class AzureMonitor {
    static final String BATCH = "/subscriptions/{subscription}/metrics:getBatch";
    static final String SINGLE = "/{resource*}/providers/Microsoft.Insights/metrics";
    static final int RESOURCES_PER_REQUEST = 50;

    static final String VERSION = "2024-02-01";

    /** Above this a request answers more points than a small machine holds. */
    private static final Duration LONGEST = Duration.ofDays(14);

    /** Azure forgets what is older. */
    private static final Duration KEPT = Duration.ofDays(93);

    /** By default Azure tells ten series of a split metric and drops the others without a word. */
    private static final String ALL_SERIES = "10000";

    /** Answers are large: so many are held at a time, however many slices run. */
    private static final Semaphore HELD = new Semaphore(3);

    private final AzurePlace place;
    private final Window window;

    AzureMonitor(AzurePlace place, Window window) {
        this.place = place;
        this.window = window;
    }

    /**
     * What to ask for.
     *
     * @param namespace the type of the resources
     * @param dimension by which the metrics are split, null = not
     */
    record Question(String namespace, List<String> names, String aggregation, String dimension) {}

    /** All points; answers the metrics that Azure has of each resource, as {@code resource name}, with points or without. */
    Set<String> read(Question question, String region, List<String> resources, Consumer<MetricPoint> points)
            throws InterruptedException {
        Set<String> answered = new HashSet<>();
        Instant oldest = Instant.now().minus(KEPT).truncatedTo(ChronoUnit.HOURS);
        Instant from = window.start().isBefore(oldest) ? oldest : window.start();
        for (Instant start = from; start.isBefore(window.end()); start = start.plus(LONGEST)) {
            Instant end = start.plus(LONGEST).isBefore(window.end()) ? start.plus(LONGEST) : window.end();
            for (int i = 0; i < resources.size(); i += RESOURCES_PER_REQUEST) {
                List<String> some = resources.subList(i, Math.min(resources.size(), i + RESOURCES_PER_REQUEST));
                HELD.acquire();
                try {
                    some(question, region, some, start, end, answered, points);
                } finally {
                    HELD.release();
                }
            }
        }
        return answered;
    }

    private void some(
            Question question,
            String region,
            List<String> resources,
            Instant start,
            Instant end,
            Set<String> answered,
            Consumer<MetricPoint> points) {
        // An hour that is told beside the asked ones would be told twice, and totals add up.
        Consumer<MetricPoint> inside = point -> {
            if (!point.hour().isBefore(start) && point.hour().isBefore(end)) {
                points.accept(point);
            }
        };
        try {
            for (JsonNode told : batch(question, region, resources, start, end)) {
                told(AzurePlace.id(Json.text(told, "/resourceid")), told, question, answered, inside);
            }
        } catch (RestFailure e) {
            if (!hasNoBatch(e)) {
                throw e;
            }
            for (String resource : resources) {
                single(question, resource, start, end)
                        .ifPresent(told -> told(resource, told, question, answered, inside));
            }
        }
    }

    /** Not every region and cloud has it. */
    private static boolean hasNoBatch(RestFailure failure) {
        return failure.status() == 0 || failure.status() == 404 || failure.status() == 501;
    }

    private JsonNode batch(Question question, String region, List<String> resources, Instant start, Instant end) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode ids = body.putArray("resourceids");
        resources.forEach(ids::add);
        AzureScope scope = place.arm().scope();
        RestRequest request = RestRequest.post(scope.metrics(region), BATCH, scope.metricsAudience(), body)
                .with("subscription", place.subscription())
                .query("starttime", start.toString())
                .query("endtime", end.toString());
        return place.arm().ask(asked(request, question)).path("values");
    }

    /** Empty where the resource is gone meanwhile: nothing is known of it, and the others are asked all the same. */
    private Optional<JsonNode> single(Question question, String resource, Instant start, Instant end) {
        RestRequest request = place.arm()
                .get(SINGLE, VERSION)
                .with("resource*", resource.replaceFirst("^/", ""))
                .query("timespan", start + "/" + end);
        try {
            return Optional.of(place.arm().ask(asked(request, question)));
        } catch (RestFailure e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static RestRequest asked(RestRequest request, Question question) {
        RestRequest asked = request.query("interval", "PT1H")
                .query("metricnamespace", question.namespace())
                .query("metricnames", String.join(",", question.names()))
                .query("aggregation", question.aggregation())
                .query("api-version", VERSION);
        return question.dimension() == null
                ? asked
                : asked.query(filterName(request), question.dimension() + " eq '*'")
                        .query("top", ALL_SERIES);
    }

    private static String filterName(RestRequest request) {
        return request.method().equals("POST") ? "filter" : "$filter";
    }

    private static void told(
            String resource, JsonNode told, Question question, Set<String> answered, Consumer<MetricPoint> points) {
        for (JsonNode metric : told.path("value")) {
            String name = Json.text(metric, "/name/value");
            String error = Json.text(metric, "/errorCode");
            if (name == null || (error != null && !error.equals("Success"))) {
                continue;
            }
            answered.add(resource + " " + name);
            for (JsonNode series : metric.path("timeseries")) {
                String part = question.dimension() == null ? null : part(series, question.dimension());
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

    /** The resources of a list by region; those without one are in none that can be asked. */
    static Map<String, List<Resource>> byRegion(List<Resource> resources) {
        Map<String, List<Resource>> regions = new TreeMap<>();
        resources.stream()
                .filter(resource -> resource.region() != null)
                .forEach(resource -> regions.computeIfAbsent(resource.region(), key -> new ArrayList<>())
                        .add(resource));
        return regions;
    }
}
