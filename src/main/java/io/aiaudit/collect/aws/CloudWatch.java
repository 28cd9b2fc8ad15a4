package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Frequency.REGION;
import static io.aiaudit.collect.Operation.METRICS;
import static io.aiaudit.collect.Operation.NO_SUCH_NAME;
import static java.util.stream.Collectors.toList;

import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.MetricHours;
import io.aiaudit.collect.ServiceHours;
import io.aiaudit.collect.aws.MetricSeries.Statistic;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.DimensionFilter;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;

/** CloudWatch in one region: as many series a request as it takes, hours of the window, page by page. */
final class CloudWatch {
    /** What AWS charges for a series. */
    static final BigDecimal SERIES_USD = new BigDecimal("0.00001");

    private static final Frequency FOUND = new Frequency(
            "metrics",
            "1 for 500 series; $0.01 for 1,000 of them: an instance has 4, an accelerator 4 more, a variant"
                    + " of an endpoint about 12, a job instance 8, a model 7, provisioned throughput 14,"
                    + " Bedrock some 100 in a window that began more than two weeks ago");

    private static final AwsService<CloudWatchClient> SERVICE =
            AwsService.of("CloudWatch", "cloudwatch", CloudWatchClient.class, CloudWatchClient::builder);

    /** What is called here. Metrics are listed once for each of two services of Bedrock. */
    static final List<AwsOperation> OPERATIONS = List.of(
            SERVICE.operation("ListMetrics", REGION, METRICS, "model_usage")
                    .knownToEveryServer()
                    .times(2)
                    .triedEverywhere()
                    .probe(client -> client.listMetrics(
                            request -> request.namespace("AWS/EC2").metricName(NO_SUCH_NAME))),
            SERVICE.operation("GetMetricData", FOUND, METRICS)
                    .knownToEveryServer()
                    .charges(request -> usd(
                            ((GetMetricDataRequest) request).metricDataQueries().size()))
                    .probe(CloudWatch::tryOne));

    /** How many accelerators of a machine do anything. */
    static final String WORKING = "accelerators_active";

    /** Invocations per instance. Requests divided by this is the instance count; not written itself. */
    static final String REQUESTS_BY_MACHINE = "requests_by_machine";

    private static final String COMPLETE = "Complete";
    private static final String REQUESTS = "requests";
    private static final String REPLICAS = "replicas";
    private static final String GPU = "gpu_utilization";

    /** Of a whole endpoint, whatever variants it had. */
    private static final String QUEUE = "queue_depth";

    /** As gaps call what a request reads. */
    private static final String SERIES = "metrics";

    /** Halving finds one of 500 in ten steps. So many failures of the service in a row are not because of one. */
    private static final int MOST_IN_A_ROW = 10;

    /** Of further resources that fail one after the other each metric would fail by itself, too. */
    private static final int MOST_SEARCHED = 2;

    /** After so many in a row the namespace is down: each further request would take all its repetitions, too. */
    private static final int GIVEN_UP_AFTER = 20;

    /** The same where no request is answered, or all are refused as too many: each takes up to two minutes to fail. */
    private static final int MOST_UNANSWERED = 3;

    static final int SERIES_PER_REQUEST = 500;
    private static final int HOUR = (int) Duration.ofHours(1).toSeconds();
    private static final int DAY = (int) Duration.ofDays(1).toSeconds();

    private final CloudWatchClient client;
    private final AwsSession session;
    private final Window window;

    /** By namespace, how many requests for it alone failed one after the other, each for something new. */
    private final Map<String, Integer> failedInARow = new HashMap<>();

    /** The same for a resource alone. What fails together with one of these is no sign that more is wrong. */
    private final Map<String, Integer> failedAlone = new HashMap<>();

    /** Those of them that failed one after the other, by namespace. */
    private final Map<String, Set<String>> aloneInARow = new HashMap<>();

    /** What could not be listed, so that it is not among the series of a resource. */
    private final Map<Resource, Set<String>> unlisted = new LinkedHashMap<>();

    /** Requests in a row that failed as every other would. */
    private int unanswered;

    /** Namespaces that are requested no more, with their last failure. */
    private final Map<String, SdkException> givenUp = new HashMap<>();

    CloudWatch(AwsSession session, Window window) {
        this.client = SERVICE.in(session);
        this.session = session;
        this.window = window;
    }

    static BigDecimal usd(long series) {
        return SERIES_USD.multiply(BigDecimal.valueOf(series)).setScale(5, RoundingMode.UNNECESSARY);
    }

    private static void tryOne(CloudWatchClient client) {
        Metric metric = Metric.builder()
                .namespace("AWS/EC2")
                .metricName("CPUUtilization")
                .build();
        MetricDataQuery query = MetricDataQuery.builder()
                .id("q0")
                .metricStat(stat -> stat.metric(metric).period(HOUR).stat("Average"))
                .build();
        Instant now = Instant.now();
        client.getMetricData(request ->
                request.startTime(now.minus(Duration.ofHours(1))).endTime(now).metricDataQueries(List.of(query)));
    }

    private record Listed(Set<Metric> metrics) {}

    /**
     * Every metric of this name that has these dimensions, in whatever namespace it was published; listed once a
     * region.
     */
    Set<Metric> published(String name, String... dimensions) {
        List<String> names = List.of(dimensions);
        return session.requestOnce(Listed.class, "metrics " + name, names, () -> new Listed(listed(name, names)))
                .metrics();
    }

    private Set<Metric> listed(String name, List<String> dimensions) {
        List<DimensionFilter> filters = dimensions.stream()
                .map(dimension -> DimensionFilter.builder().name(dimension).build())
                .toList();
        return new LinkedHashSet<>(
                client.listMetricsPaginator(request -> request.metricName(name).dimensions(filters)).metrics().stream()
                        .filter(CloudWatch::isNamed)
                        .toList());
    }

    /** Another one cannot be requested. */
    private static boolean isNamed(Metric metric) {
        return metric.namespace() != null
                && metric.dimensions().stream()
                        .allMatch(dimension -> dimension.name() != null && dimension.value() != null);
    }

    /** Those of {@code values} of a dimension for which a counter counted anything in the window, by days. */
    Set<String> counted(String namespace, String name, String dimension, Collection<String> values) {
        return found(
                namespace,
                name,
                dimension,
                values,
                Statistic.SUM,
                result -> result.values().stream().anyMatch(value -> value > 0));
    }

    /** Those of {@code values} of a dimension of which the window has any point, be it 0. */
    Set<String> measured(String namespace, String name, String dimension, Collection<String> values) {
        return found(
                namespace,
                name,
                dimension,
                values,
                Statistic.AVERAGE,
                result -> !result.values().isEmpty());
    }

    private Set<String> found(
            String namespace,
            String name,
            String dimension,
            Collection<String> values,
            Statistic statistic,
            Predicate<MetricDataResult> isFound) {
        List<String> all = List.copyOf(values);
        Set<String> found = new TreeSet<>();
        for (int from = 0; from < all.size(); from += SERIES_PER_REQUEST) {
            List<String> some = all.subList(from, Math.min(all.size(), from + SERIES_PER_REQUEST));
            List<MetricSeries> series = some.stream()
                    .map(value -> new MetricSeries(
                            value, name, namespace, name, List.of(dimension(dimension, value)), statistic, 1, false))
                    .toList();
            client.getMetricDataPaginator(request(series, DAY)).metricDataResults().stream()
                    .filter(result -> result.id() != null && isFound.test(result))
                    .forEach(result -> found.add(some.get(index(result))));
        }
        return found;
    }

    private static int index(MetricDataResult result) {
        return Integer.parseInt(result.id().substring(1));
    }

    private GetMetricDataRequest request(List<MetricSeries> series, int period) {
        return GetMetricDataRequest.builder()
                .startTime(window.start())
                .endTime(window.end())
                .metricDataQueries(queries(series, period))
                .build();
    }

    /** The metric that is written of it. */
    private static String ours(String metric) {
        return metric.equals(REQUESTS_BY_MACHINE) ? REPLICAS : metric;
    }

    /** What came for the series of one resource. */
    private static final class Points {
        private final MetricHours hours = new MetricHours();
        private final Set<String> metrics = new LinkedHashSet<>();
        private final Set<String> zeroWhereAbsent = new TreeSet<>();

        /** A request for one of the series failed, which is a gap of its own. */
        private final Set<String> lost = new HashSet<>();

        /** The first series of a metric that did not come in whole, and why. */
        private final Map<String, String> broken = new LinkedHashMap<>();

        /** Once for each series, with the state of its answer. What is known of some series only is not known. */
        void finish(MetricSeries series, String state) {
            metrics.add(series.metric());
            if (!state.equals(COMPLETE)) {
                broken.putIfAbsent(series.metric(), series.name() + " in whole: " + state);
            }
            if (series.isContinuous()) {
                hours.continuous(series.metric());
            }
            if (series.zeroWhere()) {
                zeroWhereAbsent.add(series.metric());
            }
        }

        void lose(MetricSeries series) {
            metrics.add(series.metric());
            lost.add(series.metric());
        }

        void add(MetricSeries series, MetricDataResult result) {
            for (int i = 0;
                    i < Math.min(result.timestamps().size(), result.values().size());
                    i++) {
                Instant hour = result.timestamps().get(i).truncatedTo(ChronoUnit.HOURS);
                double value = result.values().get(i) * series.factor();
                switch (series.statistic()) {
                    case AVERAGE -> hours.average(series.metric(), hour, value);
                    case MAXIMUM -> {
                        hours.maximum(series.metric(), hour, value);
                        if (series.metric().equals(GPU)) {
                            hours.accelerator(WORKING, hour, value);
                        }
                    }
                    case SUM -> hours.total(series.metric(), hour, value);
                }
            }
        }

        /** Whether all series of a metric came in whole. */
        boolean isWhole(String metric) {
            return metrics.contains(metric) && !lost.contains(metric) && !broken.containsKey(metric);
        }

        void write(Resource resource, Set<String> unlisted, Window window, Sink sink) {
            unlisted.forEach(hours::unread);
            Optional<Instant> seen = hours.first(Set.of(QUEUE));
            metrics.stream().filter(metric -> !isWhole(metric)).forEach(metric -> {
                hours.unknown(metric);
                hours.unread(ours(metric));
            });
            if (!isWhole(GPU) || !resource.kind().equals("instance")) {
                hours.unknown(WORKING);
            }
            hours.ratio(REQUESTS, REQUESTS_BY_MACHINE, REPLICAS);
            zeroWhereAbsent.forEach(
                    metric -> hours.nothingElse(metric, ServiceHours.of(resource, window, seen.orElse(null))));
            hours.write(resource, sink);
        }
    }

    /** The source failed to say what there is of a metric of a resource: the absence of its series proves nothing. */
    void unread(Resource resource, String metric) {
        unlisted.computeIfAbsent(resource, any -> new TreeSet<>()).add(metric);
    }

    /** Reads all series and writes the hours of their resources, which are those of {@code resources}. */
    void read(List<MetricSeries> series, List<Resource> resources, Sink sink) {
        Map<String, Resource> byId = new HashMap<>();
        resources.forEach(resource -> byId.put(resource.resourceId(), resource));
        Map<String, Points> byResource = new LinkedHashMap<>();
        Details details = session.details(sink);
        for (int from = 0; from < series.size(); from += SERIES_PER_REQUEST) {
            List<MetricSeries> batch = series.subList(from, Math.min(series.size(), from + SERIES_PER_REQUEST));
            read(batch, byResource, details);
            Set<String> open =
                    series.subList(from + batch.size(), Math.min(series.size(), from + 2 * SERIES_PER_REQUEST)).stream()
                            .map(MetricSeries::resourceId)
                            .collect(Collectors.toSet());
            write(byResource, open, byId, details, sink);
        }
        unlisted.forEach((resource, metrics) -> { // those without any series
            MetricHours hours = new MetricHours();
            metrics.forEach(hours::unread);
            hours.write(resource, sink);
        });
        details.failUnlessSomethingAnswered();
    }

    /**
     * A request that may have failed because of one of its series is sent again in parts, by namespace and
     * then in two halves, until what fails is alone in its request: it takes no other metric with it.
     */
    private void read(List<MetricSeries> batch, Map<String, Points> byResource, Details details) {
        Map<String, List<MetricSeries>> byNamespace =
                batch.stream().collect(Collectors.groupingBy(MetricSeries::namespace, LinkedHashMap::new, toList()));
        givenUp.forEach((namespace, failure) -> lose(byNamespace.remove(namespace), failure, byResource, details));
        List<MetricSeries> open = batch.stream()
                .filter(series -> byNamespace.containsKey(series.namespace()))
                .toList();
        if (open.isEmpty()) {
            return;
        }
        try {
            read(open, byResource);
            failedInARow.keySet().removeAll(byNamespace.keySet());
            aloneInARow.keySet().removeAll(byNamespace.keySet());
            open.forEach(series -> failedAlone.remove(alone(series)));
            unanswered = 0;
            details.responded(SERIES);
        } catch (SdkException e) {
            if (byNamespace.size() > 1 && AwsFailure.mayBeOfOne(e)) {
                byNamespace.values().forEach(part -> read(part, byResource, details));
            } else if (mayBeOfOne(open, e)) {
                read(open.subList(0, open.size() / 2), byResource, details);
                read(open.subList(open.size() / 2, open.size()), byResource, details);
            } else {
                if (!AwsFailure.mayBeOfOne(e) && AwsFailure.FAILURES.isOfService(e)) {
                    unanswered++;
                }
                if (unanswered >= MOST_UNANSWERED) {
                    byNamespace.keySet().forEach(namespace -> givenUp.put(namespace, e));
                }
                lose(open, e, byResource, details);
            }
        }
    }

    /**
     * Counts a failed request for one namespace; true where halving it may find what is wrong. One resource counts once
     * for the namespace, however many of its series fail, and what fails together with it does not count.
     */
    private boolean mayBeOfOne(List<MetricSeries> ofNamespace, SdkException failure) {
        String namespace = ofNamespace.get(0).namespace();
        Set<String> resources = ofNamespace.stream().map(CloudWatch::alone).collect(Collectors.toSet());
        boolean isExplained = resources.stream().anyMatch(failedAlone::containsKey);
        int ofService = AwsFailure.FAILURES.isOfService(failure) ? 1 : 0;
        int inARow = failedInARow.merge(namespace, isExplained ? 0 : ofService, Integer::sum);
        if (inARow >= GIVEN_UP_AFTER) {
            givenUp.put(namespace, failure);
        }
        boolean isSearched = resources.size() > 1
                || isSearched(namespace, resources.iterator().next(), ofService);
        return ofNamespace.size() > 1
                && isSearched
                && (isExplained || inARow <= MOST_IN_A_ROW)
                && AwsFailure.mayBeOfOne(failure);
    }

    /** Counts a failed request for one resource alone; true where it is still open which of its series fails. */
    private boolean isSearched(String namespace, String resource, int ofService) {
        Set<String> alone = aloneInARow.computeIfAbsent(namespace, any -> new HashSet<>());
        if (ofService > 0) {
            alone.add(resource);
        }
        int failed = failedAlone.merge(resource, ofService, Integer::sum);
        return alone.size() <= MOST_SEARCHED && failed <= MOST_IN_A_ROW;
    }

    private static String alone(MetricSeries series) {
        return series.namespace() + " " + series.resourceId();
    }

    private static void lose(
            List<MetricSeries> series, SdkException failure, Map<String, Points> byResource, Details details) {
        if (series == null) {
            return;
        }
        series.stream()
                .map(MetricSeries::resourceId)
                .distinct()
                .forEach(resource -> details.failed(SERIES, resource, failure));
        series.forEach(one -> of(one, byResource).lose(one));
    }

    private static Points of(MetricSeries series, Map<String, Points> byResource) {
        return byResource.computeIfAbsent(series.resourceId(), id -> new Points());
    }

    /** Writes and forgets the resources to which no series of the next request adds. */
    private void write(
            Map<String, Points> byResource,
            Set<String> open,
            Map<String, Resource> resources,
            Details details,
            Sink sink) {
        List<String> done =
                byResource.keySet().stream().filter(id -> !open.contains(id)).toList();
        for (String id : done) {
            Resource resource = resources.get(id);
            Points whole = byResource.remove(id);
            whole.broken.forEach((metric, why) -> {
                if (!whole.lost.contains(metric)) {
                    details.missing(
                            "metric " + ours(metric),
                            id,
                            "CloudWatch did not return " + why + ".",
                            "Run it again later.");
                }
            });
            Set<String> further = unlisted.remove(resource);
            whole.write(resource, further == null ? Set.of() : further, window, sink);
            String runBy = resource.attributes().get("hours_run_by");
            if (runBy != null && whole.isWhole(runBy)) { // an answer without a point is one, too
                sink.resource(session.resource(id, resource.kind())
                        .workload(resource.workload())
                        .attributes(Map.of("hours_run_known", "true"))
                        .build());
            }
        }
    }

    private void read(List<MetricSeries> batch, Map<String, Points> byResource) {
        Map<Integer, String> states = new HashMap<>();
        // All pages before any of them counts: where one fails the whole is requested again.
        for (GetMetricDataResponse page :
                client.getMetricDataPaginator(request(batch, HOUR)).stream().toList()) {
            for (MetricDataResult result : page.metricDataResults()) {
                if (result.id() == null) {
                    continue; // its series is one that is missing
                }
                int index = index(result);
                states.put(index, state(result));
                of(batch.get(index), byResource).add(batch.get(index), result);
            }
        }
        for (int i = 0; i < batch.size(); i++) {
            MetricSeries one = batch.get(i);
            of(one, byResource).finish(one, states.getOrDefault(i, "missing"));
        }
    }

    private static String state(MetricDataResult result) {
        return result.timestamps().size() == result.values().size()
                ? String.valueOf(result.statusCodeAsString())
                : result.timestamps().size() + " times and " + result.values().size() + " values";
    }

    private static List<MetricDataQuery> queries(List<MetricSeries> batch, int period) {
        List<MetricDataQuery> queries = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            MetricSeries series = batch.get(i);
            Metric metric = Metric.builder()
                    .namespace(series.namespace())
                    .metricName(series.name())
                    .dimensions(series.dimensions())
                    .build();
            String id = "q" + i;
            queries.add(MetricDataQuery.builder()
                    .id(id)
                    .metricStat(stat -> stat.metric(metric)
                            .period(period)
                            .stat(series.statistic().label()))
                    .build());
        }
        return queries;
    }

    static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }
}
