package io.aiaudit.collect.aws;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the accelerators of HyperPod's machines did, where the CloudWatch agent or Container Insights publishes it: AWS
 * does not by itself. A group of which some machines are not published is not known.
 */
final class HyperPodMetrics extends AwsPart {
    /** Before the id of a machine: what Kubernetes calls the node. */
    private static final String NODE = "hyperpod-";

    HyperPodMetrics() {
        super("hyperpod metrics", Slice.Dataset.METRICS, CloudWatch.OPERATIONS);
    }

    /** Only where an agent publishes them. */
    @Override
    public Map<String, Set<String>> measures() {
        return Map.of("training_cluster", PublishedAccelerators.metrics());
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        List<Resource> groups = session.here(known.resources("training_cluster")).stream()
                .filter(group -> !nodes(group).isEmpty())
                .toList();
        if (groups.isEmpty()) {
            return;
        }
        Map<String, String> ids = new HashMap<>();
        groups.forEach(group -> nodes(group).forEach(node -> {
            ids.put(node, node);
            ids.put(NODE + node, node);
        }));
        CloudWatch cloudWatch = new CloudWatch(session, window);
        PublishedAccelerators published = PublishedAccelerators.find(cloudWatch, ids, session.details(sink))
                .reported(session, sink);
        List<MetricSeries> series = new ArrayList<>();
        groups.forEach(group -> {
            nodes(group).forEach(node -> published.noteUnread(node, group, cloudWatch));
            series.addAll(of(session, group, published.byMachine(), sink));
        });
        cloudWatch.read(series, groups, sink);
    }

    private static List<String> nodes(Resource group) {
        String nodes = group.attributes().get(HyperPod.NODES);
        return nodes == null ? List.of() : List.of(nodes.split(", "));
    }

    private static List<MetricSeries> of(
            AwsSession session, Resource group, Map<String, AcceleratorSeries> published, Sink sink) {
        List<String> nodes = nodes(group);
        List<String> measured = nodes.stream().filter(published::containsKey).toList();
        if (measured.isEmpty()) {
            return List.of();
        }
        if (measured.size() < nodes.size()) {
            sink.gap(new Gap(
                    "aws",
                    session.account() + "/" + session.region() + " " + group.resourceId(),
                    "metrics are published of " + measured.size() + " of its " + nodes.size()
                            + " instances; the rest is unknown.",
                    "Run the agent on all of them; see docs/aws.md."));
            return List.of();
        }
        Map<String, Integer> whole = new HashMap<>();
        List<MetricSeries> series = new ArrayList<>();
        for (String node : nodes) {
            List<MetricSeries> ofNode = published.get(node).series(session, group, sink);
            ofNode.stream()
                    .map(MetricSeries::metric)
                    .distinct()
                    .forEach(metric -> whole.merge(metric, 1, Integer::sum));
            ofNode.forEach(one -> series.add(one.of(group.resourceId())));
        }
        series.removeIf(one -> whole.get(one.metric()) < nodes.size());
        return series;
    }
}
