package io.aiaudit.collect.aws;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Requests, tokens and latency of models and provisioned units of Bedrock. CloudWatch counts them by the name that
 * the caller used, and sends no point for no request: an
 * hour without one is 0 in each counter. The utilization of provisioned units is not published.
 */
final class BedrockMetrics extends AwsPart {
    BedrockMetrics() {
        super("bedrock metrics", Slice.Dataset.METRICS, CloudWatch.OPERATIONS);
    }

    @Override
    public Map<String, Set<String>> measures() {
        Set<String> metrics = BedrockEndpoint.ALL.stream()
                .flatMap(endpoint -> CloudWatchMetric.written(endpoint.metrics()).stream())
                .collect(Collectors.toSet());
        return Map.of("provisioned_throughput", metrics, "model_usage", metrics);
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        List<Resource> called = Bedrock.called(session, known);
        if (called.isEmpty()) {
            return;
        }
        List<MetricSeries> series = new ArrayList<>();
        called.forEach(resource -> series.addAll(of(resource)));
        new CloudWatch(session, window).read(series, called, sink);
    }

    private static List<MetricSeries> of(Resource resource) {
        String endpoints = resource.attributes().getOrDefault(ModelUsage.ENDPOINTS, BedrockEndpoint.RUNTIME.label());
        List<MetricSeries> series = new ArrayList<>();
        for (BedrockEndpoint endpoint : BedrockEndpoint.ALL) {
            if (endpoints.contains(endpoint.label())) {
                Bedrock.calledBy(resource)
                        .forEach(name -> series.addAll(CloudWatchMetric.series(
                                endpoint.metrics(),
                                resource,
                                List.of(CloudWatch.dimension(endpoint.dimension(), name)))));
            }
        }
        return series;
    }
}
