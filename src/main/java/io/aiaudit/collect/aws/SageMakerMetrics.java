package io.aiaudit.collect.aws;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.ServiceHours;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;

/**
 * Requests to endpoints, how long they wait where they queue, and how busy the instances were. SageMaker has
 * latencies in microseconds.
 */
final class SageMakerMetrics extends AwsPart {
    private static final double MILLISECONDS = 0.001;
    private static final String NAMESPACE = "AWS/SageMaker";

    private static final List<CloudWatchMetric> REQUESTS = List.of(
            CloudWatchMetric.counter(NAMESPACE, "Invocations", "requests"),
            CloudWatchMetric.measured(NAMESPACE, "ModelLatency", "latency_ms", MILLISECONDS));
    private static final List<CloudWatchMetric> QUEUE =
            List.of(CloudWatchMetric.measured(NAMESPACE, "ApproximateBacklogSize", "queue_depth", 1));
    private static final List<CloudWatchMetric> MACHINES = MachineShares.in("/aws/sagemaker/Endpoints");
    private static final List<CloudWatchMetric> BY_MACHINE =
            List.of(CloudWatchMetric.total(NAMESPACE, "InvocationsPerInstance", CloudWatch.REQUESTS_BY_MACHINE));

    static final List<CloudWatchMetric> ROWS = Stream.of(REQUESTS, QUEUE, MACHINES, BY_MACHINE)
            .flatMap(List::stream)
            .toList();

    SageMakerMetrics() {
        super("endpoint metrics", Slice.Dataset.METRICS, CloudWatch.OPERATIONS);
    }

    @Override
    public Map<String, Set<String>> measures() {
        return Map.of("inference_endpoint", CloudWatchMetric.written(ROWS));
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        List<Resource> variants = session.here(known.resources("inference_endpoint")).stream()
                .filter(resource -> resource.attributes().containsKey("variant_name"))
                .toList();
        if (variants.isEmpty()) {
            return;
        }
        List<MetricSeries> series = new ArrayList<>();
        variants.forEach(variant -> series.addAll(of(variant)));
        new CloudWatch(session, window).read(series, variants, sink);
    }

    private static List<MetricSeries> of(Resource variant) {
        Map<String, String> attributes = variant.attributes();
        List<MetricSeries> series = new ArrayList<>();
        Dimension endpoint = CloudWatch.dimension("EndpointName", attributes.get("endpoint_name"));
        List<Dimension> both = List.of(endpoint, CloudWatch.dimension("VariantName", attributes.get("variant_name")));
        if (!"false".equals(attributes.get(VariantComponents.KNOWN))) { // requests to its components are its requests
            series.addAll(CloudWatchMetric.series(REQUESTS, variant, both));
        }
        String components = attributes.get("components");
        if (components != null) {
            for (String component : components.split(", ")) {
                series.addAll(CloudWatchMetric.series(
                        REQUESTS, variant, List.of(CloudWatch.dimension("InferenceComponentName", component))));
            }
        }
        if ("true".equals(attributes.get("inference_components"))
                && !attributes.containsKey(ServiceHours.COUNTED_SINCE)) { // what answered before is in no list
            series.replaceAll(MetricSeries::withoutZeros);
        }
        if ("asynchronous".equals(attributes.get("endpoint_type"))) {
            series.addAll(CloudWatchMetric.series(QUEUE, variant, List.of(endpoint)));
        }
        if (!"serverless".equals(attributes.get("endpoint_type"))) {
            series.addAll(CloudWatchMetric.series(MACHINES, variant, both));
            if (!"true".equals(attributes.get("inference_components"))) {
                series.addAll(CloudWatchMetric.series(BY_MACHINE, variant, both));
            }
        }
        return series;
    }
}
