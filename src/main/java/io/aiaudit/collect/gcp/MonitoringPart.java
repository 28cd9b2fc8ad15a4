package io.aiaudit.collect.gcp;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Questions;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The metrics of some kinds of resources of a project. Without any of them nothing is asked. */
record MonitoringPart(String word, List<String> kinds, Set<GcpMetric.Source> sources) implements GcpPart {
    static final MonitoringPart INSTANCES = new MonitoringPart(
            "instance metrics",
            List.of("instance", "notebook"),
            EnumSet.of(
                    GcpMetric.Source.MACHINE,
                    GcpMetric.Source.NODE,
                    GcpMetric.Source.TPU_NODE,
                    GcpMetric.Source.TPU_ZONE));
    static final MonitoringPart ENDPOINTS = new MonitoringPart(
            "endpoint metrics", List.of("inference_endpoint"), EnumSet.of(GcpMetric.Source.ENDPOINT));
    static final MonitoringPart SERVICES =
            new MonitoringPart("service metrics", List.of("service"), EnumSet.of(GcpMetric.Source.SERVICE));
    static final MonitoringPart JOBS =
            new MonitoringPart("job metrics", List.of("training_job"), EnumSet.of(GcpMetric.Source.JOB));
    static final MonitoringPart MODELS = new MonitoringPart(
            "model metrics",
            List.of("model_usage", "provisioned_throughput"),
            EnumSet.of(GcpMetric.Source.MODEL, GcpMetric.Source.THROUGHPUT));

    @Override
    public Slice.Dataset dataset() {
        return Slice.Dataset.METRICS;
    }

    @Override
    public void read(GcpPlace place, Window window, Known known, Sink sink) {
        List<Resource> here = kinds.stream()
                .flatMap(kind -> place.here(known.resources(kind)).stream())
                .toList();
        if (here.isEmpty()) {
            return;
        }
        Monitoring monitoring = new Monitoring(place, window, here);
        Questions questions = place.questions();
        for (GcpMetric metric : GcpMetric.of(sources)) {
            if (monitoring.knows(metric)) {
                questions.ask(word, metric.metric(), () -> monitoring.read(metric), false);
            }
        }
        questions.tellUnlessNothingAnswered(sink);
        monitoring.write(word, sink);
    }
}
