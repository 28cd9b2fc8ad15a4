package io.aiaudit.collect.gcp;

import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The metrics of some kinds of resources of a project. Without any of them nothing is requested. */
final class MonitoringPart extends GcpPart {
    static final MonitoringPart INSTANCES = new MonitoringPart(
            "instance metrics",
            EnumSet.of(
                    GcpMetric.Source.MACHINE,
                    GcpMetric.Source.NODE,
                    GcpMetric.Source.CONTAINER,
                    GcpMetric.Source.TPU_NODE,
                    GcpMetric.Source.TPU_ZONE));
    static final MonitoringPart ENDPOINTS =
            new MonitoringPart("endpoint metrics", EnumSet.of(GcpMetric.Source.ENDPOINT, GcpMetric.Source.POOL));
    static final MonitoringPart SERVICES = new MonitoringPart("service metrics", EnumSet.of(GcpMetric.Source.SERVICE));
    static final MonitoringPart JOBS = new MonitoringPart("job metrics", EnumSet.of(GcpMetric.Source.JOB));
    static final MonitoringPart MODELS =
            new MonitoringPart("model metrics", EnumSet.of(GcpMetric.Source.MODEL, GcpMetric.Source.THROUGHPUT));

    private final Set<GcpMetric.Source> sources;

    private MonitoringPart(String label, Set<GcpMetric.Source> sources) {
        super(label, Slice.Dataset.METRICS, List.of(Monitoring.SERIES));
        this.sources = sources;
    }

    @Override
    public Map<String, Set<String>> measures() {
        return GcpMetric.measures(GcpMetric.of(sources));
    }

    @Override
    public void read(GcpSession session, Window window, Known known, Sink sink) {
        List<Resource> here = sources.stream()
                .flatMap(source -> source.kinds().stream())
                .distinct()
                .flatMap(kind -> session.here(known.resources(kind)).stream())
                .toList();
        if (here.isEmpty()) {
            return;
        }
        Monitoring monitoring = new Monitoring(session, window, here);
        Details details = session.details(sink);
        for (GcpMetric metric : GcpMetric.of(sources)) {
            if (monitoring.knows(metric)
                    && details.call(label(), metric.type(), () -> monitoring.read(metric))
                            .isEmpty()) {
                monitoring.lost(metric);
            }
        }
        details.failUnlessSomethingAnswered();
        monitoring.write(label(), sink);
    }
}
