package io.aiaudit.collect.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.gcp.GcpMetric.Source;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Asks Cloud Monitoring for one metric of all resources of a project at a time, made hours on its side. */
final class Monitoring {
    private static final String PAGE = "100000";
    private static final int NOT_FOUND = 404;
    private static final Duration HOUR = Duration.ofHours(1);

    private final GcpPlace place;
    private final Window window;
    private final Map<Source, Map<String, Resource>> bySource = new EnumMap<>(Source.class);
    private final Map<String, MetricHours> hours = new TreeMap<>();

    Monitoring(GcpPlace place, Window window, List<Resource> resources) {
        this.place = place;
        this.window = window;
        Map<String, Long> tpus = resources.stream()
                .filter(Monitoring::isTpu)
                .collect(Collectors.groupingBy(resource -> String.valueOf(zone(resource)), Collectors.counting()));
        for (Resource resource : resources) {
            boolean alone = tpus.getOrDefault(String.valueOf(zone(resource)), 0L) == 1;
            for (Identity identity : identities(resource, alone)) {
                bySource.computeIfAbsent(identity.source, any -> new TreeMap<>())
                        .put(identity.key, resource);
            }
        }
    }

    /** How a source names a resource: the values of its labels. */
    private record Identity(Source source, String key) {}

    /** All that tell of it. A TPU that is {@code alone} in its zone is what the workers there belong to. */
    private static List<Identity> identities(Resource resource, boolean alone) {
        String last = GcpPlace.last(resource.resourceId());
        List<Identity> identities = new ArrayList<>();
        switch (resource.kind()) {
            case "instance", "notebook" -> {
                if (resource.resourceId().startsWith(TpuNodes.HOST)) {
                    identities.add(new Identity(Source.TPU_NODE, last + " " + zone(resource)));
                    identities.add(new Identity(
                            Source.TPU_NODE, resource.attributes().get(TpuNodes.NUMBER) + " " + zone(resource)));
                } else {
                    identities.add(new Identity(Source.MACHINE, last));
                }
                if (resource.parentId() != null) {
                    identities.add(new Identity(Source.NODE, resource.name()));
                }
                if (alone && isTpu(resource)) {
                    identities.add(new Identity(Source.TPU_ZONE, zone(resource)));
                }
            }
            case "inference_endpoint" -> {
                String endpoint = resource.attributes().getOrDefault("endpoint_id", "");
                String model = resource.attributes().getOrDefault("deployed_model_id", "");
                identities.add(new Identity(Source.ENDPOINT, endpoint + " " + model));
            }
            case "training_job" -> identities.add(new Identity(Source.JOB, last));
            case "model_usage" -> identities.add(new Identity(Source.MODEL, PublisherModels.key(resource)));
            case "provisioned_throughput" ->
                identities.add(new Identity(Source.THROUGHPUT, PublisherModels.key(resource)));
            default -> identities.add(new Identity(Source.SERVICE, resource.name() + " " + resource.region()));
        }
        return identities;
    }

    private static boolean isTpu(Resource resource) {
        return resource.accelerator() != null && resource.accelerator().startsWith("TPU");
    }

    private static String zone(Resource resource) {
        return resource.attributes().get("zone");
    }

    private static String key(GcpMetric metric, JsonNode series) {
        return metric.source().labels().stream()
                .map(label -> String.valueOf(label(series, label)))
                .collect(Collectors.joining(" "));
    }

    /** The value of a label such as {@code resource.label.zone}; null = none. */
    static String label(JsonNode series, String label) {
        String[] parts = label.split("[.]");
        return Json.text(series, "/" + parts[0] + "/labels/" + parts[2]);
    }

    /** What nothing here could be told by is not asked for. */
    boolean knows(GcpMetric metric) {
        return bySource.containsKey(metric.source());
    }

    void read(GcpMetric metric) {
        switch (metric.form()) {
            case GAUGE -> {
                ask(metric, "ALIGN_MEAN", "REDUCE_MEAN", MetricHours::average);
                ask(metric, "ALIGN_MAX", "REDUCE_MAX", MetricHours::maximum);
            }
            case AVERAGE -> ask(metric, "ALIGN_MEAN", "REDUCE_MEAN", MetricHours::average);
            case DISTRIBUTION -> ask(metric, "ALIGN_DELTA", "REDUCE_SUM", MetricHours::average);
            case LEVEL -> ask(metric, "ALIGN_MEAN", "REDUCE_SUM", MetricHours::average);
            case RATE -> ask(metric, "ALIGN_RATE", "REDUCE_SUM", MetricHours::average);
            case ACTIVE -> ask(metric, "ALIGN_MAX", "REDUCE_NONE", MetricHours::accelerator);
            case COUNTER, COUNTER_WITH_ZEROS -> {
                boolean answered = ask(metric, "ALIGN_DELTA", "REDUCE_SUM", MetricHours::total);
                if (answered && metric.form() == GcpMetric.Form.COUNTER_WITH_ZEROS) {
                    bySource.get(metric.source())
                            .values()
                            .forEach(resource -> of(resource).nothingElse(metric.metric(), resource, window));
                }
            }
        }
    }

    /** How a value goes into the hours of a resource. */
    private interface Add {
        void to(MetricHours hours, String metric, Instant hour, double value);
    }

    /** False where nobody ever wrote the metric in this project: then nothing is known, not even a zero. */
    private boolean ask(GcpMetric metric, String aligner, String reducer, Add add) {
        List<String> groups =
                reducer.equals("REDUCE_NONE") ? List.of() : metric.source().labels();
        RestRequest request = request(place, window, metric.expression(), HOUR, groups)
                .query("aggregation.perSeriesAligner", aligner)
                .query("aggregation.crossSeriesReducer", reducer);
        try {
            place.pages(request, page -> page.path("timeSeries").forEach(series -> read(metric, series, add)));
            return true;
        } catch (RestFailure e) {
            if (e.status() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** Points of a metric in the window, each of so long; which series are one is for {@code groups} to say. */
    static RestRequest request(GcpPlace place, Window window, String expression, Duration length, List<String> groups) {
        RestRequest request = place.get("monitoring", "/v3/projects/{project}/timeSeries")
                .query("filter", expression)
                .query("interval.startTime", window.start().toString())
                .query("interval.endTime", window.end().toString())
                .query("aggregation.alignmentPeriod", length.toSeconds() + "s")
                .query("pageSize", PAGE);
        return groups.isEmpty() ? request : request.query("aggregation.groupByFields", String.join("\n", groups));
    }

    private void read(GcpMetric metric, JsonNode series, Add add) {
        Resource resource = bySource.get(metric.source()).get(key(metric, series));
        Double factor = resource == null ? null : metric.unit().factor(resource);
        if (factor != null) {
            points(series, (hour, value) -> add.to(of(resource), metric.metric(), hour, value * factor));
        }
    }

    private MetricHours of(Resource resource) {
        return hours.computeIfAbsent(resource.resourceId(), id -> new MetricHours());
    }

    /** A point is told by the end of its hour. */
    private void points(JsonNode series, BiConsumer<Instant, Double> add) {
        for (JsonNode point : series.path("points")) {
            Instant end = Json.instant(point, "/interval/endTime");
            Double value = value(point.path("value"));
            if (end != null && value != null) {
                Instant hour = end.minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.HOURS);
                if (window.contains(hour)) {
                    add.accept(hour, value);
                }
            }
        }
    }

    /** Null where a point has none. */
    static Double value(JsonNode value) {
        for (String form : List.of("/doubleValue", "/int64Value", "/distributionValue/mean")) {
            if (Json.number(value, form) != null) {
                return Json.number(value, form).doubleValue();
            }
        }
        return null;
    }

    void write(Sink sink) {
        for (Resource resource : bySource.values().stream()
                .flatMap(byKey -> byKey.values().stream())
                .distinct()
                .toList()) {
            MetricHours ofResource = hours.get(resource.resourceId());
            if (ofResource != null) {
                ofResource.write(resource, sink);
            }
        }
    }
}
