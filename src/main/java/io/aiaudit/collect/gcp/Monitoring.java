package io.aiaudit.collect.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Asks Cloud Monitoring for one metric of all resources of a project at a time, made hours on its side. */
final class Monitoring {
    private static final String PAGE = "100000";
    private static final int NOT_FOUND = 404;

    private final GcpPlace place;
    private final Window window;
    private final Map<String, Resource> byKey = new HashMap<>();
    private final Map<String, MetricHours> hours = new TreeMap<>();

    Monitoring(GcpPlace place, Window window, List<Resource> resources) {
        this.place = place;
        this.window = window;
        for (Resource resource : resources) {
            for (String key : keys(resource)) {
                byKey.put(key, resource);
            }
        }
    }

    /** The labels that Monitoring tells of it, joined as {@link #key} does. */
    private static List<String> keys(Resource resource) {
        return switch (resource.kind()) {
            case "instance" -> List.of(GcpPlace.last(resource.resourceId()), "node " + resource.name());
            case "notebook" -> List.of(GcpPlace.last(resource.resourceId()));
            case "inference_endpoint" ->
                List.of(resource.attributes().getOrDefault("endpoint_id", "") + " "
                        + resource.attributes().getOrDefault("deployed_model_id", ""));
            default -> List.of(resource.name() + " " + resource.region());
        };
    }

    private static String key(GcpMetric metric, JsonNode series) {
        StringBuilder key = new StringBuilder(metric.source() == GcpMetric.Source.NODE ? "node" : "");
        for (String label : metric.source().labels()) {
            String[] parts = label.split("[.]");
            String value = Json.text(series, "/" + parts[0] + "/labels/" + parts[2]);
            key.append(key.length() == 0 ? "" : " ").append(value);
        }
        return key.toString();
    }

    void read(GcpMetric metric) {
        switch (metric.form()) {
            case GAUGE -> {
                ask(metric, "ALIGN_MEAN", "REDUCE_MEAN", MetricHours::average);
                ask(metric, "ALIGN_MAX", "REDUCE_MAX", MetricHours::maximum);
            }
            case AVERAGE -> ask(metric, "ALIGN_MEAN", "REDUCE_MEAN", MetricHours::average);
            case DISTRIBUTION -> ask(metric, "ALIGN_DELTA", "REDUCE_SUM", MetricHours::average);
            case ACTIVE -> ask(metric, "ALIGN_MAX", "REDUCE_NONE", MetricHours::accelerator);
            case COUNTER, COUNTER_WITH_ZEROS -> {
                boolean answered = ask(metric, "ALIGN_DELTA", "REDUCE_SUM", MetricHours::total);
                if (answered && metric.form() == GcpMetric.Form.COUNTER_WITH_ZEROS) {
                    byKey.values().forEach(resource -> of(resource).nothingElse(metric.metric(), resource, window));
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
        RestRequest request = place.get("monitoring", "/v3/projects/{project}/timeSeries")
                .query("filter", metric.expression())
                .query("interval.startTime", window.start().toString())
                .query("interval.endTime", window.end().toString())
                .query("aggregation.alignmentPeriod", "3600s")
                .query("aggregation.perSeriesAligner", aligner)
                .query("aggregation.crossSeriesReducer", reducer)
                .query("pageSize", PAGE);
        if (!reducer.equals("REDUCE_NONE")) {
            request = request.query(
                    "aggregation.groupByFields",
                    String.join("\n", metric.source().labels()));
        }
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

    private void read(GcpMetric metric, JsonNode series, Add add) {
        Resource resource = byKey.get(key(metric, series));
        if (resource == null) {
            return;
        }
        points(
                series,
                (hour, value) -> add.to(
                        of(resource),
                        metric.metric(),
                        hour,
                        value * metric.unit().factor()));
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

    private static Double value(JsonNode value) {
        for (String form : List.of("/doubleValue", "/int64Value", "/distributionValue/mean")) {
            if (Json.number(value, form) != null) {
                return Json.number(value, form).doubleValue();
            }
        }
        return null;
    }

    void write(Sink sink) {
        for (Resource resource : byKey.values().stream().distinct().toList()) {
            MetricHours ofResource = hours.get(resource.resourceId());
            if (ofResource != null) {
                ofResource.write(resource, sink);
            }
        }
    }
}
