package io.aiaudit.collect.aws;

import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;

/**
 * How busy the machines of SageMaker's jobs were. Each machine of a job is a host with series of its own: numbered
 * for training and processing, so that they need not be
 * looked for; named after the machine for transform jobs, of which CloudWatch lists those of the last two weeks.
 */
final class JobMetrics extends AwsPart {
    private static final String HOST = "Host";
    private static final String NAMESPACES = "/aws/sagemaker/";
    private static final String TRANSFORM = NAMESPACES + "TransformJobs";

    JobMetrics() {
        super("job metrics", Slice.Dataset.METRICS, CloudWatch.OPERATIONS);
    }

    @Override
    public Map<String, Set<String>> measures() {
        Set<String> ofMachines = CloudWatchMetric.written(MachineShares.in(TRANSFORM));
        return Map.of("training_job", ofMachines, "batch_job", ofMachines);
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        List<Resource> jobs = new ArrayList<>(session.here(known.resources("training_job")));
        jobs.addAll(session.here(known.resources("batch_job")));
        jobs.removeIf(job -> !job.resourceId().contains(":sagemaker:"));
        if (jobs.isEmpty()) {
            return;
        }
        CloudWatch cloudWatch = new CloudWatch(session, window);
        Optional<Map<String, List<String>>> transformHosts = jobs.stream().anyMatch(JobMetrics::isTransform)
                ? session.details(sink).call("instances of transform jobs", () -> transformHosts(cloudWatch))
                : Optional.empty();
        List<MetricSeries> series = new ArrayList<>();
        for (Resource job : jobs) {
            List<CloudWatchMetric> rows = MachineShares.in(namespace(job));
            Optional<? extends Collection<String>> hosts = isTransform(job)
                    ? transformHosts.map(all -> all.getOrDefault(job.name(), List.of()))
                    : numbered(cloudWatch, session.details(sink), job);
            if (hosts.isEmpty()) {
                CloudWatchMetric.written(rows).forEach(metric -> cloudWatch.unread(job, metric));
                continue;
            }
            for (String host : hosts.get()) {
                series.addAll(CloudWatchMetric.series(rows, job, List.of(CloudWatch.dimension(HOST, host))));
            }
        }
        cloudWatch.read(series, jobs, sink);
    }

    private static boolean isTransform(Resource job) {
        return job.resourceId().contains(":transform-job/");
    }

    private static String namespace(Resource job) {
        if (isTransform(job)) {
            return TRANSFORM;
        }
        return NAMESPACES + (job.kind().equals("training_job") ? "TrainingJobs" : "ProcessingJobs");
    }

    /**
     * Of a job of several instance groups only the hosts with accelerators are the resource's. They are numbered over
     * all groups in an order that AWS does not document, and are those that have a metric of their GPUs. Where they
     * are not as many as there should be, which they are is unknown. Empty where CloudWatch did not respond.
     */
    private static Optional<? extends Collection<String>> numbered(
            CloudWatch cloudWatch, Details details, Resource job) {
        int replicas = job.replicas() == null ? 0 : job.replicas();
        String all = job.attributes().get(SageMakerJobs.HOSTS);
        if (all == null) {
            return Optional.of(numbered(job, replicas));
        }
        return details.call(
                        "hosts with accelerators",
                        job.name(),
                        () -> cloudWatch.measured(
                                namespace(job), "GPUUtilization", HOST, numbered(job, Integer.parseInt(all))))
                .map(measured -> measured.size() == replicas ? measured : Set.of());
    }

    private static List<String> numbered(Resource job, int hosts) {
        return IntStream.rangeClosed(1, hosts)
                .mapToObj(number -> job.name() + "/algo-" + number)
                .toList();
    }

    /** By the name of the job. */
    private static Map<String, List<String>> transformHosts(CloudWatch cloudWatch) {
        Map<String, List<String>> hosts = new TreeMap<>();
        for (Metric metric : cloudWatch.published("CPUUtilization", HOST)) {
            if (metric.namespace().equals(TRANSFORM) && metric.dimensions().size() == 1) {
                Dimension host = metric.dimensions().get(0);
                hosts.computeIfAbsent(host.value().replaceFirst("/.*", ""), job -> new ArrayList<>())
                        .add(host.value());
            }
        }
        return hosts;
    }
}
