package io.aiaudit.collect.azure;

import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.MetricHours;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Processors and network of machines and scale sets, as their host sees them. It does not see their accelerators,
 * which is not the same as idle.
 */
final class MachineMetrics extends AzurePart {
    private static final String NETWORK = "network_bytes";
    private static final List<AzureMetric> PROCESSORS =
            List.of(AzureMetric.measured("Percentage CPU", "cpu_utilization", AzureMetric.PERCENT));
    private static final List<AzureMetric> TRAFFIC = List.of(
            AzureMetric.of("Network In Total", NETWORK, AzureMetric.Form.TOTAL, 1),
            AzureMetric.of("Network Out Total", NETWORK, AzureMetric.Form.TOTAL, 1));
    private static final List<AzureMetric> ROWS =
            Stream.concat(PROCESSORS.stream(), TRAFFIC.stream()).toList();
    private static final String PROCESSOR = PROCESSORS.get(0).name();

    /** States in which the hours show when a machine last ran: no log has a shutdown of its system or an old stop. */
    private static final Set<String> STOPPED = Set.of("stopped", "deallocated");

    private static final List<String> TYPES = List.of("virtualMachines", "virtualMachineScaleSets");

    MachineMetrics() {
        super("instance metrics", Slice.Dataset.METRICS, AzureMonitor.OPERATIONS);
    }

    @Override
    public Map<String, Set<String>> measures() {
        Set<String> metrics = AzureMetric.written(ROWS);
        return Map.of("instance", metrics, "node_group", metrics);
    }

    @Override
    public void read(AzureSession session, Window window, Known known, Sink sink) throws InterruptedException {
        Details details = session.details(sink);
        AzureMonitor monitor = new AzureMonitor(session, window, details, sink);
        for (String type : TYPES) {
            String namespace = "Microsoft.Compute/" + type;
            List<AzureMonitor.Question> questions = List.of(
                    new AzureMonitor.Question(namespace, AzureMetric.names(PROCESSORS), "average,maximum", List.of()),
                    new AzureMonitor.Question(namespace, AzureMetric.names(TRAFFIC), "total", List.of()));
            String part = "/providers/microsoft.compute/" + type.toLowerCase(Locale.ROOT) + "/";
            List<Resource> ofType =
                    session.here(known.resources(type.equals(TYPES.get(0)) ? "instance" : "node_group")).stream()
                            .filter(resource -> resource.resourceId().contains(part))
                            .toList();
            for (Map.Entry<String, List<Resource>> region :
                    AzureMonitor.byRegion(ofType).entrySet()) {
                read(monitor, questions, region.getKey(), region.getValue(), window, sink);
            }
        }
        details.failUnlessSomethingAnswered();
    }

    private static void read(
            AzureMonitor monitor,
            List<AzureMonitor.Question> questions,
            String region,
            List<Resource> resources,
            Window window,
            Sink sink)
            throws InterruptedException {
        for (int i = 0; i < resources.size(); i += AzureMonitor.RESOURCES_PER_REQUEST) {
            Map<String, Resource> byId = new LinkedHashMap<>();
            resources
                    .subList(i, Math.min(resources.size(), i + AzureMonitor.RESOURCES_PER_REQUEST))
                    .forEach(resource -> byId.put(resource.resourceId(), resource));
            hours(monitor, questions, region, byId, window).forEach((id, ofMachine) -> {
                ofMachine.zeroWhereReported(NETWORK, ofMachine.reported());
                ofMachine.write(byId.get(id), sink);
            });
        }
    }

    private static Map<String, MetricHours> hours(
            AzureMonitor monitor,
            List<AzureMonitor.Question> questions,
            String region,
            Map<String, Resource> byId,
            Window window)
            throws InterruptedException {
        Map<String, Instant> last = new HashMap<>();
        Map<String, MetricHours> hours = new LinkedHashMap<>();
        byId.keySet().forEach(id -> hours.put(id, new MetricHours()));
        List<MetricAnswers> responses = new ArrayList<>();
        for (AzureMonitor.Question question : questions) {
            responses.add(monitor.read(
                    "metrics of instances in " + region, question, region, List.copyOf(byId.keySet()), point -> {
                        AzureMetric.add(ROWS, hours.get(point.resourceId()), byId.get(point.resourceId()), point);
                        if (showsThatItRuns(point)) {
                            last.merge(point.resourceId(), point.hour(), MachineMetrics::later);
                        }
                    }));
        }
        byId.forEach((id, machine) -> {
            if (STOPPED.contains(String.valueOf(machine.state()))) {
                Instant read = responses.get(0).respondedSince(id, PROCESSOR, window.end());
                Instant until = last.containsKey(id) ? last.get(id).plus(1, ChronoUnit.HOURS) : null;
                hours.get(id).note("measured_until", until);
                hours.get(id).note("silent_since", read == null || until == null ? read : later(read, until));
            }
        });
        // One of the two alone would be half of the traffic.
        hours.forEach((id, ofMachine) -> responses.forEach(response -> {
            response.note(id, ROWS, ofMachine);
            TRAFFIC.forEach(row -> ofMachine.unknown(NETWORK, response.failed(id, row.name())));
        }));
        return hours;
    }

    private static boolean showsThatItRuns(MetricPoint point) {
        return point.average() != null || point.maximum() != null || (point.total() != null && point.total() > 0);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
