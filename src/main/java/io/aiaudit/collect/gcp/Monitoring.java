package io.aiaudit.collect.gcp;

import static io.aiaudit.collect.Operation.METRICS;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.MetricHours;
import io.aiaudit.collect.ServiceHours;
import io.aiaudit.collect.gcp.GcpMetric.Source;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks Cloud Monitoring for one metric of all resources of a project at a time, made hours on its side. */
final class Monitoring {
    private static final Frequency FOUND = new Frequency("1 to 2 for each metric and 100,000 of its points");

    /** Two of them look for the models of publishers in each project. */
    static final GoogleOperation SERIES = GoogleOperation.list(
                    "monitoring",
                    "/v3/projects/{project}/timeSeries",
                    FOUND,
                    METRICS,
                    "model_usage",
                    "provisioned_throughput")
            .probe(Monitoring::lastHour);

    /** That an instance runs is no work: where its number is not known, nothing else is in doubt. */
    private static final String REPLICAS = "replicas";

    private static final String PAGE = "100000";
    private static final int NOT_FOUND = 404;
    private static final Duration HOUR = Duration.ofHours(1);

    private final GcpSession session;
    private final Window window;
    private final Map<Source, Map<String, Resource>> bySource = new EnumMap<>(Source.class);

    /** What Monitoring has under the name of something else, too: which of them a series is of is unknown. */
    private final Map<Source, Set<Resource>> alike = new EnumMap<>(Source.class);

    /** Pools that deployed models share, by the id of the model: their requests add up. */
    private final Map<String, Resource> pools = new TreeMap<>();

    /** The models of each resource that is such a pool. */
    private final Map<String, List<Resource>> ofPool = new TreeMap<>();

    private final Map<Source, Map<String, MetricHours>> hours = new EnumMap<>(Source.class);
    private final Map<GcpMetric, String> lacking = new LinkedHashMap<>();

    /** Metrics that have a series of anything that is known here. */
    private final Set<GcpMetric> written = new HashSet<>();

    /** Metrics of ours that are not whole, by what writes them. */
    private final Map<Source, Set<String>> unknown = new EnumMap<>(Source.class);

    Monitoring(GcpSession session, Window window, List<Resource> resources) {
        this.session = session;
        this.window = window;
        Map<String, Long> tpus = resources.stream()
                .filter(MonitoredAs::isTpu)
                .collect(Collectors.groupingBy(MonitoredAs::zone, Collectors.counting()));
        Map<MonitoredAs, Map<String, Resource>> named = new LinkedHashMap<>();
        for (Resource resource : resources) {
            boolean alone = tpus.getOrDefault(MonitoredAs.zone(resource), 0L) == 1;
            for (MonitoredAs name : MonitoredAs.of(resource, alone)) {
                named.computeIfAbsent(name, any -> new TreeMap<>()).put(resource.resourceId(), resource);
            }
            List<Resource> models = MonitoredAs.inPool(resource, resources);
            models.forEach(model -> pools.put(model.resourceId(), resource));
            ofPool.put(resource.resourceId(), models);
        }
        named.forEach((name, all) -> {
            if (all.size() == 1) {
                bySource.computeIfAbsent(name.source(), any -> new TreeMap<>())
                        .put(name.key(), all.values().iterator().next());
            } else {
                alike.computeIfAbsent(name.source(), any -> new LinkedHashSet<>())
                        .addAll(all.values());
            }
        });
    }

    private static String key(GcpMetric metric, JsonNode series) {
        return metric.source().labels().stream()
                .map(label -> String.valueOf(label(series, label)))
                .collect(Collectors.joining(" "));
    }

    /**
     * The value of a label such as {@code resource.label.zone}; null = none. Those of the system are grouped by under
     * another name than they are answered under.
     */
    static String label(JsonNode series, String label) {
        String[] parts = label.split("[.]");
        String labels = parts[1].equals("system_labels") ? "systemLabels" : "labels";
        return Json.text(series, "/" + parts[0] + "/" + labels + "/" + parts[2]);
    }

    /** A metric that could belong to no resource here is not requested. */
    boolean knows(GcpMetric metric) {
        return bySource.containsKey(metric.source());
    }

    /**
     * What came of a metric of ours before one of its requests failed, or is not the whole, is not written: half of the
     * traffic would look idle. What something else writes of the same metric, such as of other machines, has nothing to
     * do with it.
     */
    boolean read(GcpMetric metric) {
        Set<String> ofSource = unknown.computeIfAbsent(metric.source(), any -> new TreeSet<>());
        boolean before = !ofSource.add(metric.metric());
        readAll(metric);
        if (!before && !lacking.containsKey(metric)) {
            ofSource.remove(metric.metric());
        }
        return true;
    }

    /** A metric that failed, or was not requested since others failed before it. */
    void lost(GcpMetric metric) {
        unknown.computeIfAbsent(metric.source(), any -> new TreeSet<>()).add(metric.metric());
    }

    private void readAll(GcpMetric metric) {
        switch (metric.form()) {
            case GAUGE -> {
                call(metric, "ALIGN_MEAN", "REDUCE_MEAN", MetricHours::average);
                call(metric, "ALIGN_MAX", "REDUCE_MAX", MetricHours::maximum);
            }
            case AVERAGE -> call(metric, "ALIGN_MEAN", "REDUCE_MEAN", MetricHours::average);
            // Valid for DELTA and GAUGE, which both have distributions; ALIGN_DELTA is valid for the former only.
            case DISTRIBUTION -> call(metric, "ALIGN_SUM", "REDUCE_SUM", MetricHours::average);
            case LEVEL -> call(metric, "ALIGN_MEAN", "REDUCE_SUM", MetricHours::average);
            case RATE -> call(metric, "ALIGN_RATE", "REDUCE_SUM", MetricHours::average);
            case ACTIVE -> {
                // Containers come and go, and each has a series of its own of the same card.
                boolean ofContainers = metric.source() == Source.CONTAINER;
                call(metric, "ALIGN_MAX", ofContainers ? "REDUCE_MAX" : "REDUCE_NONE", MetricHours::accelerator);
            }
            case COUNTER, COUNTER_WITH_ZEROS -> {
                boolean responded = call(metric, "ALIGN_DELTA", "REDUCE_SUM", MetricHours::total);
                if (responded && metric.form() == GcpMetric.Form.COUNTER_WITH_ZEROS) {
                    ofSource(metric.source())
                            .forEach(
                                    resource -> of(metric, resource).nothingElse(metric.metric(), inService(resource)));
                }
            }
        }
    }

    /**
     * A pool counts what its models count since all of them were deployed: those that they replaced are in no list, and
     * have counted by themselves.
     */
    private List<Instant> inService(Resource resource) {
        List<Resource> models = ofPool.getOrDefault(resource.resourceId(), List.of());
        List<Instant> hours = ServiceHours.of(resource, window);
        return models.stream().anyMatch(model -> model.createdAt() == null)
                ? List.of()
                : hours.stream()
                        .filter(hour -> models.stream()
                                .allMatch(model -> model.createdAt().isBefore(hour.plus(HOUR))))
                        .toList();
    }

    /** How a value goes into the hours of a resource. */
    private interface Add {
        void to(MetricHours hours, String metric, Instant hour, double value);
    }

    /**
     * False where nothing that writes the metric was ever installed in this project: then nothing is known, not even a
     * zero. Of a metric that Google itself writes the same answer is a failure.
     */
    private boolean call(GcpMetric metric, String aligner, String reducer, Add add) {
        List<String> groups = reducer.equals("REDUCE_NONE") ? List.of() : metric.groups();
        RestRequest request = request(session, window, metric.expression(), HOUR, groups)
                .query("aggregation.perSeriesAligner", aligner)
                .query("aggregation.crossSeriesReducer", reducer);
        try {
            session.pages(request, page -> {
                page.path("timeSeries").forEach(series -> read(metric, series, add));
                lack(page).ifPresent(reason -> lacking.put(metric, reason));
            });
            return true;
        } catch (RestFailure e) {
            if (e.status() == NOT_FOUND && metric.isOfInstalled()) {
                return false;
            }
            throw e;
        }
    }

    /** What a page reports as missing; empty where it is complete. */
    static Optional<String> lack(JsonNode page) {
        if (!page.path("executionErrors").isEmpty()) {
            return Optional.of(String.valueOf(Json.text(page, "/executionErrors/0/message")));
        }
        return page.path("unreachable").isEmpty()
                ? Optional.empty()
                : Optional.of("no response from " + GcpSession.last(Json.text(page, "/unreachable/0")));
    }

    private static RestRequest lastHour(RestRequest request) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return request.query("filter", "metric.type = \"compute.googleapis.com/instance/cpu/utilization\"")
                .query("interval.startTime", now.minus(1, ChronoUnit.HOURS).toString())
                .query("interval.endTime", now.toString())
                .query("pageSize", "1");
    }

    /** Points of a metric in the window, each of so long; {@code groups} decides which series are added up. */
    static RestRequest request(
            GcpSession session, Window window, String expression, Duration length, List<String> groups) {
        RestRequest request = session.request(SERIES)
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
        if (resource != null) {
            written.add(metric);
        }
        if (factor != null) {
            points(series, (hour, value) -> {
                add.to(of(metric, resource), metric.metric(), hour, value * factor);
                Resource pool = metric.isCounted() ? pools.get(resource.resourceId()) : null;
                if (pool != null) {
                    add.to(of(metric, pool), metric.metric(), hour, value * factor);
                }
            });
        }
    }

    /** What it writes metrics of, and the pools that these share. */
    private Set<Resource> ofSource(Source source) {
        return withPools(bySource.getOrDefault(source, Map.of()).values());
    }

    private Set<Resource> withPools(Collection<Resource> some) {
        Set<Resource> all = new LinkedHashSet<>(some);
        some.stream()
                .map(resource -> pools.get(resource.resourceId()))
                .filter(Objects::nonNull)
                .forEach(all::add);
        return all;
    }

    /** What becomes of the metrics of a source for a resource: a pool has only the requests of its models there. */
    private Set<String> measured(Source source, Resource resource) {
        boolean isOfModels = source == Source.ENDPOINT && pools.containsValue(resource);
        return GcpMetric.of(Set.of(source)).stream()
                .filter(metric -> metric.isCounted() || !isOfModels)
                .map(GcpMetric::metric)
                .collect(Collectors.toSet());
    }

    private MetricHours of(GcpMetric metric, Resource resource) {
        return hours.computeIfAbsent(metric.source(), any -> new TreeMap<>())
                .computeIfAbsent(resource.resourceId(), id -> new MetricHours());
    }

    /** A point has the time of the end of its hour. */
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
        for (String form : List.of("/doubleValue", "/int64Value")) {
            if (Json.number(value, form) != null) {
                return Json.number(value, form).doubleValue();
            }
        }
        JsonNode distribution = value.path("distributionValue");
        BigDecimal count = Json.number(distribution, "/count");
        boolean isOfNothing = !distribution.has("mean") && (count == null || count.signum() == 0);
        BigDecimal mean = isOfNothing ? null : Proto.number(distribution, "mean");
        return mean == null ? null : Double.valueOf(mean.doubleValue());
    }

    /**
     * Google leaves empty lists out, so a response without any content may be a true one. What runs writes some metrics
     * in every hour, though: where not one series of all that runs came back, nothing was returned, and its zeros are
     * none. Where only such a metric has no series, that metric was not returned.
     */
    private void notReturned(String what, Sink sink) {
        Set<String> types = written.stream().map(GcpMetric::type).collect(Collectors.toSet());
        bySource.keySet()
                .forEach(source -> GcpMetric.of(Set.of(source)).stream()
                        .filter(metric -> !types.contains(metric.type()) && !lacking.containsKey(metric))
                        .forEach(metric -> metric.writtenWith()
                                .filter(other -> types.contains(other.type()))
                                .ifPresent(other -> lackIfUnknown(metric, other))));
        bySource.forEach((source, resources) -> resources.values().stream()
                .filter(resource -> AlwaysWriting.is(source, resource, window))
                .findFirst()
                .ifPresent(running -> notReturned(source, running, what, sink)));
    }

    /** One gap for each type, whatever is made of it. */
    private void lackIfUnknown(GcpMetric metric, GcpMetric other) {
        boolean isNamed = lacking.keySet().stream().anyMatch(one -> one.type().equals(metric.type()));
        if (unknown.computeIfAbsent(metric.source(), any -> new TreeSet<>()).add(metric.metric()) && !isNamed) {
            lacking.put(metric, "not one series, though there are some of " + other.type());
        }
    }

    private void notReturned(Source source, Resource running, String what, Sink sink) {
        Set<String> ofSource = unknown.computeIfAbsent(source, any -> new TreeSet<>());
        List<GcpMetric> metrics = GcpMetric.of(Set.of(source));
        Set<String> all = metrics.stream().map(GcpMetric::metric).collect(Collectors.toCollection(TreeSet::new));
        if (metrics.stream().noneMatch(written::contains)) {
            if (!ofSource.containsAll(all)) { // else each of them is a gap already
                ofSource.addAll(all);
                sink.gap(session.lacking(what, "not one series of any metric, though " + running.name() + " runs"));
            }
            return;
        }
        metrics.stream()
                .filter(metric -> metric.isAlwaysWritten() && !written.contains(metric))
                .filter(metric -> !lacking.containsKey(metric) && ofSource.add(metric.metric()))
                .forEach(metric -> lacking.put(metric, "not one series, though " + running.name() + " runs"));
    }

    void write(String what, Sink sink) {
        notReturned(what, sink);
        lacking.forEach((metric, reason) -> sink.gap(session.lacking(metric.type() + " " + what, reason)));
        Map<Source, Set<Resource>> writers = new EnumMap<>(Source.class);
        bySource.keySet().forEach(source -> writers.put(source, ofSource(source)));
        Map<Source, Set<Resource>> confused = new EnumMap<>(Source.class);
        alike.forEach((source, resources) -> {
            resources.forEach(resource -> sink.gap(session.alike(what), resource.name()));
            confused.put(source, withPools(resources));
        });
        for (Resource resource : Stream.of(writers, confused)
                .flatMap(some -> some.values().stream())
                .flatMap(Set::stream)
                .distinct()
                .toList()) {
            MetricHours whole = new MetricHours();
            hours.forEach((source, byResource) -> {
                MetricHours ofSource = byResource.get(resource.resourceId());
                if (ofSource != null) {
                    whole.fill(ofSource, unread(source, resource, confused));
                }
            });
            Stream.of(Source.values())
                    .filter(source -> isOf(writers, source, resource) || isOf(confused, source, resource))
                    .forEach(source -> {
                        Set<String> measured = measured(source, resource);
                        unread(source, resource, confused).stream()
                                .filter(metric -> !metric.equals(REPLICAS) && measured.contains(metric))
                                .forEach(whole::unread);
                    });
            whole.write(resource, sink);
        }
    }

    private static boolean isOf(Map<Source, Set<Resource>> some, Source source, Resource resource) {
        return some.getOrDefault(source, Set.of()).contains(resource);
    }

    /** What is not whole for all of the source, or may be of another resource. */
    private Set<String> unread(Source source, Resource resource, Map<Source, Set<Resource>> confused) {
        Set<String> all = new TreeSet<>(unknown.getOrDefault(source, Set.of()));
        if (isOf(confused, source, resource)) {
            all.addAll(measured(source, resource));
        }
        return all;
    }
}
