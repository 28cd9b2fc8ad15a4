package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Frequency.REGION;
import static io.aiaudit.collect.Operation.METRICS;
import static io.aiaudit.collect.aws.AwsOperation.NOBODY;

import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
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
import java.util.Set;
import java.util.TreeSet;
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
                    .times(2)
                    .triedEverywhere()
                    .probe(client -> client.listMetrics(
                            request -> request.namespace("AWS/EC2").metricName(NOBODY))),
            SERVICE.operation("GetMetricData", FOUND, METRICS)
                    .charges(request -> usd(
                            ((GetMetricDataRequest) request).metricDataQueries().size()))
                    .probe(CloudWatch::tryOne));

    /** Attribute: since when a resource is what it is. Before that it may not have been there, though its parent was. */
    static final String CONFIGURED_AT = "configured_at";

    /** Attribute: when a resource was last changed, be it into what it is or only in size. */
    static final String MODIFIED_AT = "last_modified_at";

    /** What a machine of a variant was asked on average: with all that the variant was asked it tells how many machines there were. Not written itself. */
    static final String REQUESTS_BY_MACHINE = "requests_by_machine";

    private static final String REQUESTS = "requests";

    /** Of a whole endpoint, whatever variants it had. */
    private static final String QUEUE = "queue_depth";

    /** As gaps call what a request asks for. */
    private static final String SERIES = "metrics";

    /** Halving finds one of 500 in ten steps. So many failures of the service in a row are not because of one. */
    private static final int MOST_IN_A_ROW = 10;

    static final int SERIES_PER_REQUEST = 500;
    private static final int HOUR = (int) Duration.ofHours(1).toSeconds();
    private static final int DAY = (int) Duration.ofDays(1).toSeconds();

    private final CloudWatchClient client;
    private final AwsPlace place;
    private final Window window;
    private int failedInARow;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);

    CloudWatch(AwsPlace place, Window window) {
        this.client = SERVICE.client().apply(place);
        this.place = place;
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

    /** Every metric of this name that has these dimensions, in whatever namespace somebody published it. */
    Set<Metric> published(String name, String... dimensions) {
        List<DimensionFilter> filters = List.of(dimensions).stream()
                .map(dimension -> DimensionFilter.builder().name(dimension).build())
                .toList();
        return new LinkedHashSet<>(
                client.listMetricsPaginator(request -> request.metricName(name).dimensions(filters)).metrics().stream()
                        .toList());
    }

    /** Those of {@code values} of a dimension for which a counter counted anything in the window, by days. */
    Set<String> counted(String namespace, String name, String dimension, Collection<String> values) {
        List<String> all = List.copyOf(values);
        Set<String> counted = new TreeSet<>();
        for (int from = 0; from < all.size(); from += SERIES_PER_REQUEST) {
            List<String> some = all.subList(from, Math.min(all.size(), from + SERIES_PER_REQUEST));
            List<MetricSeries> series = some.stream()
                    .map(value -> new MetricSeries(
                            value,
                            name,
                            namespace,
                            name,
                            List.of(dimension(dimension, value)),
                            Statistic.SUM,
                            1,
                            false))
                    .toList();
            client.getMetricDataPaginator(request(series, DAY)).metricDataResults().stream()
                    .filter(result -> result.values().stream().anyMatch(value -> value > 0))
                    .forEach(result -> counted.add(some.get(index(result))));
        }
        return counted;
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

    /** Reads all series and writes the hours of their resources, which are those of {@code resources}. */
    void read(List<MetricSeries> series, List<Resource> resources, Sink sink) {
        Map<String, Resource> byId = new HashMap<>();
        resources.forEach(resource -> byId.put(resource.resourceId(), resource));
        Map<Key, MetricHours> hours = new LinkedHashMap<>();
        Details details = place.details(sink);
        for (int from = 0; from < series.size(); from += SERIES_PER_REQUEST) {
            List<MetricSeries> batch = series.subList(from, Math.min(series.size(), from + SERIES_PER_REQUEST));
            read(batch, hours, details);
            Set<String> open = new HashSet<>();
            series.subList(from + batch.size(), Math.min(series.size(), from + 2 * SERIES_PER_REQUEST))
                    .forEach(next -> open.add(next.resourceId()));
            write(hours, open, byId, details, sink);
        }
        details.failUnlessSomethingAnswered();
    }

    /**
     * A request that may have failed because of something that it asks for is sent again in two halves, until what
     * fails stands alone: it takes no other metric with it.
     */
    private void read(List<MetricSeries> batch, Map<Key, MetricHours> hours, Details details) {
        try {
            read(batch, hours);
            failedInARow = 0;
            details.answered(SERIES);
        } catch (SdkException e) {
            failedInARow += AwsFailure.FAILURES.isOfService(e) ? 1 : 0;
            if (batch.size() > 1 && failedInARow <= MOST_IN_A_ROW && AwsFailure.mayBeOfOne(e)) {
                read(batch.subList(0, batch.size() / 2), hours, details);
                read(batch.subList(batch.size() / 2, batch.size()), hours, details);
                return;
            }
            batch.stream()
                    .map(MetricSeries::resourceId)
                    .distinct()
                    .forEach(resource -> details.failed(SERIES, resource, e));
            batch.forEach(asked -> hours.computeIfAbsent(Key.of(asked), key -> new MetricHours())
                    .lose());
        }
    }

    private record Key(String resourceId, String metric) {
        static Key of(MetricSeries series) {
            return new Key(series.resourceId(), series.metric());
        }
    }

    /** Writes and forgets the resources to which no series of the next request adds. */
    private void write(
            Map<Key, MetricHours> hours,
            Set<String> open,
            Map<String, Resource> resources,
            Details details,
            Sink sink) {
        List<Key> done = hours.keySet().stream()
                .filter(key -> !open.contains(key.resourceId()))
                .toList();
        Map<String, Instant> seen = new HashMap<>();
        done.stream()
                .filter(key -> !key.metric().equals(QUEUE))
                .forEach(key -> hours.get(key)
                        .first()
                        .ifPresent(first -> seen.merge(key.resourceId(), first, CloudWatch::earlier)));
        Map<String, MetricHours> requests = new HashMap<>();
        done.stream()
                .filter(key -> key.metric().equals(REQUESTS) && hours.get(key).isWhole())
                .forEach(key -> requests.put(key.resourceId(), hours.get(key)));
        for (Key key : done) {
            MetricHours whole = hours.remove(key);
            if (whole.isLost()) {
                continue; // its request is a gap of its own
            }
            if (whole.failure() != null) {
                details.missing(
                        "metric " + key.metric(),
                        key.resourceId(),
                        "CloudWatch did not return " + whole.failure() + ".",
                        "Run it again later.");
                continue;
            }
            Resource resource = resources.get(key.resourceId());
            if (key.metric().equals(REQUESTS_BY_MACHINE)) {
                MetricHours all = requests.get(key.resourceId());
                if (all != null) {
                    all.writeRatio(whole, key.resourceId(), "replicas", sink);
                }
                continue;
            }
            if (whole.isZeroWhereAbsent()) {
                addZeros(resource, seen.get(key.resourceId()), whole);
            }
            whole.write(key.resourceId(), key.metric(), sink);
            if (key.metric()
                    .equals(resource.attributes().get("hours_run_by"))) { // an answer without a point is one, too
                sink.resource(place.resource(key.resourceId(), resource.kind())
                        .workload(resource.workload())
                        .attributes(Map.of("hours_run_known", "true"))
                        .build());
            }
            if (key.metric().equals("gpu_utilization")
                    && resource.kind().equals("instance")
                    && resource.acceleratorCount() != null) {
                whole.writeWorking(key.resourceId(), resource.acceleratorCount().intValue(), sink);
            }
        }
    }

    /** Hours without a point are 0 only where every answer is complete, nothing is published for nothing, and the resource was there: {@code seen} is its first point of anything, null where it has none. */
    private void addZeros(Resource resource, Instant seen, MetricHours hours) {
        Instant from = later(later(window.start(), resource.createdAt()), time(resource, CONFIGURED_AT));
        Instant modified = time(resource, MODIFIED_AT);
        if (modified != null) { // by which an older configuration may have come back
            from = later(from, earlier(modified, seen));
        }
        Instant to = earlier(earlier(window.end(), resource.endedAt()), now);
        for (Instant hour = from.truncatedTo(ChronoUnit.HOURS); hour.isBefore(to); hour = hour.plusSeconds(HOUR)) {
            hours.addZero(hour);
        }
    }

    private void read(List<MetricSeries> batch, Map<Key, MetricHours> hours) {
        Map<Integer, String> states = new HashMap<>();
        // All pages before any of them counts: where one fails the whole is asked for again.
        for (GetMetricDataResponse page :
                client.getMetricDataPaginator(request(batch, HOUR)).stream().toList()) {
            for (MetricDataResult result : page.metricDataResults()) {
                int index = index(result);
                states.put(index, result.statusCodeAsString());
                add(batch.get(index), result, hours);
            }
        }
        for (int i = 0; i < batch.size(); i++) {
            MetricSeries asked = batch.get(i);
            hours.computeIfAbsent(Key.of(asked), key -> new MetricHours())
                    .finish(asked, states.getOrDefault(i, "missing"));
        }
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
                            .stat(series.statistic().word()))
                    .build());
        }
        return queries;
    }

    private static void add(MetricSeries series, MetricDataResult result, Map<Key, MetricHours> hours) {
        MetricHours ofSeries = hours.computeIfAbsent(Key.of(series), key -> new MetricHours());
        for (int i = 0; i < result.timestamps().size(); i++) {
            ofSeries.add(
                    result.timestamps().get(i).truncatedTo(ChronoUnit.HOURS),
                    series.statistic(),
                    result.values().get(i) * series.factor());
        }
    }

    private static Instant time(Resource resource, String attribute) {
        String time = resource.attributes().get(attribute);
        return time == null ? null : Instant.parse(time);
    }

    private static Instant later(Instant time, Instant other) {
        return other != null && other.isAfter(time) ? other : time;
    }

    private static Instant earlier(Instant time, Instant other) {
        return other != null && other.isBefore(time) ? other : time;
    }

    static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }
}
