package io.aiaudit.collect.aws;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.aws.MetricSeries.Statistic;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;

/** What endpoints were asked, how long requests wait where they queue, and how busy their machines were. SageMaker tells latency in microseconds. */
final class SageMakerMetrics extends AwsPart {
    private static final double MILLISECONDS = 0.001;

    SageMakerMetrics() {
        super("endpoint metrics", Slice.Dataset.METRICS, CloudWatch.OPERATIONS);
    }

    @Override
    public Map<String, Set<String>> measures() {
        Set<String> metrics = new HashSet<>();
        for (String component : List.of("true", "false")) {
            metrics.addAll(MetricSeries.written(of(MachineShares.machine("inference_endpoint")
                    .attributes(Map.of(
                            "endpoint_name", "e",
                            "variant_name", "v",
                            "endpoint_type", "asynchronous",
                            "inference_components", component))
                    .build())));
        }
        return Map.of("inference_endpoint", metrics);
    }

    @Override
    public void read(AwsPlace place, Window window, Known known, Sink sink) {
        List<Resource> variants = place.here(known.resources("inference_endpoint")).stream()
                .filter(resource -> resource.attributes().containsKey("variant_name"))
                .toList();
        if (variants.isEmpty()) {
            return;
        }
        List<MetricSeries> series = new ArrayList<>();
        variants.forEach(variant -> series.addAll(of(variant)));
        new CloudWatch(place, window).read(series, variants, sink);
    }

    private static List<MetricSeries> of(Resource variant) {
        Map<String, String> attributes = variant.attributes();
        List<MetricSeries> series = new ArrayList<>();
        Dimension endpoint = CloudWatch.dimension("EndpointName", attributes.get("endpoint_name"));
        List<Dimension> both = List.of(endpoint, CloudWatch.dimension("VariantName", attributes.get("variant_name")));
        if (!"false".equals(attributes.get(VariantComponents.KNOWN))) { // requests to its components are its requests
            requests(series, variant, both);
        }
        String components = attributes.get("components");
        if (components != null) {
            for (String component : components.split(", ")) {
                requests(series, variant, List.of(CloudWatch.dimension("InferenceComponentName", component)));
            }
        }
        if ("asynchronous".equals(attributes.get("endpoint_type"))) {
            addBoth(series, variant, "queue_depth", "AWS/SageMaker", "ApproximateBacklogSize", List.of(endpoint), 1);
        }
        if (!"serverless".equals(attributes.get("endpoint_type"))) {
            series.addAll(new MachineShares(variant, "/aws/sagemaker/Endpoints", both).series());
            if (!"true".equals(attributes.get("inference_components"))) {
                series.add(new MetricSeries(
                        variant.resourceId(),
                        CloudWatch.REQUESTS_BY_MACHINE,
                        "AWS/SageMaker",
                        "InvocationsPerInstance",
                        both,
                        Statistic.SUM,
                        1,
                        false));
            }
        }
        return series;
    }

    private static void requests(List<MetricSeries> series, Resource variant, List<Dimension> dimensions) {
        series.add(new MetricSeries(
                variant.resourceId(), "requests", "AWS/SageMaker", "Invocations", dimensions, Statistic.SUM, 1, true));
        addBoth(series, variant, "latency_ms", "AWS/SageMaker", "ModelLatency", dimensions, MILLISECONDS);
    }

    private static void addBoth(
            List<MetricSeries> series,
            Resource variant,
            String metric,
            String namespace,
            String name,
            List<Dimension> dimensions,
            double factor) {
        for (Statistic statistic : List.of(Statistic.AVERAGE, Statistic.MAXIMUM)) {
            series.add(new MetricSeries(
                    variant.resourceId(), metric, namespace, name, dimensions, statistic, factor, false));
        }
    }
}
