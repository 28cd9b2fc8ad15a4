package io.aiaudit.collect.azure;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.MetricHours;
import io.aiaudit.collect.ServiceHours;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How often services of Azure AI Search were searched: Azure has searches a second, on average. */
final class SearchMetrics extends AzurePart {
    private static final int SECONDS_PER_HOUR = 3600;
    private static final AzureMetric REQUESTS =
            AzureMetric.of("SearchQueriesPerSecond", "requests", AzureMetric.Form.RATE, SECONDS_PER_HOUR);
    private static final List<AzureMetric> ROWS = List.of(REQUESTS);
    private static final AzureMonitor.Question QUESTION =
            new AzureMonitor.Question(SearchServices.TYPE_NAME, AzureMetric.names(ROWS), "average", List.of());

    SearchMetrics() {
        super("search metrics", Slice.Dataset.METRICS, AzureMonitor.OPERATIONS);
    }

    @Override
    public Map<String, Set<String>> measures() {
        return Map.of(SearchServices.KIND, AzureMetric.written(ROWS));
    }

    @Override
    public void read(AzureSession session, Window window, Known known, Sink sink) throws InterruptedException {
        List<Resource> services = session.here(known.resources(SearchServices.KIND)).stream()
                .filter(service -> service.resourceId().contains("/microsoft.search/searchservices/"))
                .toList();
        AzureMonitor.eachRegion(
                session, window, services, sink, (monitor, region, some) -> read(monitor, region, some, sink));
    }

    private static void read(AzureMonitor monitor, String region, List<Resource> services, Sink sink)
            throws InterruptedException {
        Map<String, Resource> byId = new LinkedHashMap<>();
        Map<String, MetricHours> hours = new LinkedHashMap<>();
        services.forEach(service -> {
            byId.put(service.resourceId(), service);
            hours.put(service.resourceId(), new MetricHours());
        });
        MetricAnswers responses = monitor.read(
                "metrics of search services in " + region,
                QUESTION,
                region,
                List.copyOf(byId.keySet()),
                point -> AzureMetric.add(ROWS, hours.get(point.resourceId()), byId.get(point.resourceId()), point));
        hours.forEach((id, ofService) -> {
            responses.note(id, ROWS, ofService);
            nothingElse(responses, byId.get(id), ofService);
            ofService.write(byId.get(id), sink);
        });
    }

    /** Without its age, hours without a point may be of a time when it was not there. */
    private static void nothingElse(MetricAnswers responses, Resource service, MetricHours hours) {
        if (service.createdAt() != null) {
            responses
                    .responded(service.resourceId(), REQUESTS.name())
                    .forEach(stretch -> hours.nothingElse(REQUESTS.metric(), ServiceHours.of(service, stretch)));
        }
    }
}
