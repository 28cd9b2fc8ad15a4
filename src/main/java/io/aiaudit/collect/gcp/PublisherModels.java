package io.aiaudit.collect.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Models of publishers, such as Gemini, that are called by the token, and throughput that is provisioned for some. No
 * list of Vertex AI has them: they are those of which Cloud Monitoring knows calls in the window, or units.
 */
final class PublisherModels extends GcpPart {
    static final String TOKENS_PER_SECOND = "tokens_per_second";

    private static final String ONLINE = "aiplatform.googleapis.com/publisher/online_serving/";
    private static final List<String> LABELS =
            List.of("resource.label.model_user_id", "resource.label.location", "resource.label.publisher");
    private static final Duration DAY = Duration.ofDays(1);

    /** They make pictures, videos, music and speech. */
    private static final Pattern WITHOUT_TOKENS = Pattern.compile("(imagen|image|veo|lyria|chirp|virtual-try-on).*");

    /** Throughput of one model in one location: the days on which it was there, and how much of it at the end. */
    private static final class Units {
        private Instant first;
        private Instant last;
        private double quantity;

        void day(Instant end, double value) {
            first = first == null || end.isBefore(first) ? end : first;
            if (last == null || end.isAfter(last)) {
                last = end;
                quantity = value;
            }
        }
    }

    PublisherModels() {
        super("models", Slice.Dataset.INVENTORY, List.of(Monitoring.SERIES));
    }

    @Override
    public void read(GcpSession session, Window window, Known known, Sink sink) {
        Duration whole = Duration.between(window.start(), window.end());
        Details details = session.details(sink);
        details.<Model>each(
                label(),
                null,
                called -> series(
                        session,
                        window,
                        "model_invocation_count",
                        GcpMetric.NOT_DEDICATED,
                        whole,
                        "ALIGN_DELTA",
                        (model, series) -> {
                            if (points(series).values().stream().anyMatch(calls -> calls > 0)) {
                                called.accept(model);
                            }
                        }),
                model -> sink.resource(called(session, model)));
        String throughput = "provisioned throughput";
        Optional<Map<Model, Units>> units =
                details.call(throughput, () -> units(session, window, "dedicated_gsu_limit"));
        Optional<Map<Model, Units>> limits =
                details.call(throughput, "limits", () -> units(session, window, "dedicated_token_limit"));
        details.failUnlessSomethingAnswered();
        if (units.isPresent() && limits.isPresent()) {
            compare(session, units.get(), limits.get(), details);
        }
        units.orElse(Map.of())
                .forEach((model, of) -> sink.resource(
                        provisioned(session, model, of, limits.orElse(Map.of()).get(model), window)));
    }

    /**
     * Google leaves empty lists out, so a response without any content may be a true one. What is provisioned for a
     * model is written as units and as tokens, though: where only one of both came, the other was not returned.
     */
    private static void compare(
            GcpSession session, Map<Model, Units> units, Map<Model, Units> limits, Details details) {
        limits.keySet().stream()
                .filter(model -> !units.containsKey(model))
                .forEach(model -> lacks(session, model, "units", details));
        units.keySet().stream()
                .filter(model -> !limits.containsKey(model)
                        && !WITHOUT_TOKENS.matcher(model.name()).matches())
                .forEach(model -> lacks(session, model, "limit of tokens", details));
    }

    private static void lacks(GcpSession session, Model model, String what, Details details) {
        UserError error = session.incomplete("it has no " + what + " of " + model.name());
        details.missing("provisioned throughput", model.name(), error.problem(), error.fix());
    }

    /** A model of a publisher in a location; {@code global} is one, too. */
    private record Model(String name, String location, String publisher) implements Comparable<Model> {
        static Model of(JsonNode series) {
            return new Model(
                    Monitoring.label(series, LABELS.get(0)),
                    Monitoring.label(series, LABELS.get(1)),
                    Monitoring.label(series, LABELS.get(2)));
        }

        String id(GcpSession session) {
            return "//aiplatform.googleapis.com/projects/" + session.project() + "/locations/" + location
                    + "/publishers/" + publisher + "/models/" + name;
        }

        Attributes attributes() {
            return new Attributes().put("model", name).put("publisher", publisher);
        }

        @Override
        public int compareTo(Model other) {
            return toString().compareTo(other.toString());
        }
    }

    /** The labels of Monitoring that identify the resource of a series. */
    static String key(Resource resource) {
        return resource.attributes().get("model") + " " + resource.region();
    }

    private static Map<Model, Units> units(GcpSession session, Window window, String metric) {
        Map<Model, Units> units = new TreeMap<>();
        series(
                session,
                window,
                metric,
                "",
                DAY,
                "ALIGN_MAX",
                (model, series) -> points(series).forEach((end, value) -> {
                    if (value > 0) {
                        units.computeIfAbsent(model, any -> new Units()).day(end, value);
                    }
                }));
        return units;
    }

    private static void series(
            GcpSession session,
            Window window,
            String metric,
            String filter,
            Duration length,
            String aligner,
            BiConsumer<Model, JsonNode> read) {
        String expression = "metric.type = \"" + ONLINE + metric
                + "\" AND resource.type = \"aiplatform.googleapis.com/PublisherModel\""
                + (filter.isEmpty() ? "" : " AND " + filter);
        RestRequest request = Monitoring.request(session, window, expression, length, LABELS)
                .query("aggregation.perSeriesAligner", aligner)
                .query("aggregation.crossSeriesReducer", aligner.equals("ALIGN_DELTA") ? "REDUCE_SUM" : "REDUCE_MAX");
        session.pages(request, page -> {
            for (JsonNode one : page.path("timeSeries")) {
                Model model = Model.of(one);
                if (model.name() != null && model.location() != null && model.publisher() != null) {
                    read.accept(model, one);
                }
            }
            Monitoring.lack(page).ifPresent(reason -> {
                throw session.incomplete(reason);
            });
        });
    }

    private static Map<Instant, Double> points(JsonNode series) {
        Map<Instant, Double> points = new TreeMap<>();
        series.path("points").forEach(point -> {
            Instant end = Json.instant(point, "/interval/endTime");
            Double value = Monitoring.value(point.path("value"));
            if (end != null && value != null) {
                points.put(end, value);
            }
        });
        return points;
    }

    private static Resource called(GcpSession session, Model model) {
        return session.resource(model.id(session), "model_usage")
                .name(model.name())
                .region(model.location())
                .attributes(model.attributes().values())
                .build();
    }

    /**
     * Units are ordered for a term. They were not there before the first day on which Monitoring knows them, and not
     * after the last.
     */
    private static Resource provisioned(GcpSession session, Model model, Units units, Units limit, Window window) {
        Instant from = units.first.minus(DAY);
        return session.resource(model.id(session) + "/provisionedThroughput", "provisioned_throughput")
                .name(model.name() + " provisioned")
                .region(model.location())
                .machineType("gsu/" + model.name())
                .replicas((int) Math.round(units.quantity))
                .createdAt(from.isAfter(window.start()) ? from : null)
                .endedAt(units.last.plus(DAY).isAfter(window.end()) ? null : units.last)
                .purchase("committed")
                .workload("throughput/" + model.location() + "/" + model.name())
                .attributes(model.attributes()
                        .put(TOKENS_PER_SECOND, limit == null ? null : String.valueOf(limit.quantity))
                        .values())
                .build();
    }
}
