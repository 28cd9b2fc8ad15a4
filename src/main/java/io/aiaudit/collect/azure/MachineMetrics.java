package io.aiaudit.collect.azure;

import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Processors and network of machines and scale sets, as their host sees them. It does not see their accelerators, which is not the same as idle. */
final class MachineMetrics extends AzurePart {
    private static final double PERCENT = 0.01;
    private static final String CPU = "Percentage CPU";
    private static final List<String> NETWORK = List.of("Network In Total", "Network Out Total");
    private static final List<String> NAMES = List.of(CPU, NETWORK.get(0), NETWORK.get(1));
    private static final List<String> TYPES = List.of("virtualMachines", "virtualMachineScaleSets");

    MachineMetrics() {
        super("instance metrics", Slice.Dataset.METRICS, AzureMonitor.OPERATIONS);
    }

    @Override
    public Map<String, Set<String>> measures() {
        MetricHours hours = new MetricHours();
        NAMES.forEach(name -> add(hours, MetricPoint.full(name)));
        return Map.of("instance", hours.metrics(), "node_group", hours.metrics());
    }

    @Override
    public void read(AzurePlace place, Window window, Known known, Sink sink) throws InterruptedException {
        Details details = place.details(sink);
        AzureMonitor monitor = new AzureMonitor(place, window, details, sink);
        for (String type : TYPES) {
            AzureMonitor.Question question =
                    new AzureMonitor.Question("Microsoft.Compute/" + type, NAMES, "average,maximum,total", List.of());
            String part = "/providers/microsoft.compute/" + type.toLowerCase(Locale.ROOT) + "/";
            List<Resource> ofType =
                    place.here(known.resources(type.equals(TYPES.get(0)) ? "instance" : "node_group")).stream()
                            .filter(resource -> resource.resourceId().contains(part))
                            .toList();
            for (Map.Entry<String, List<Resource>> region :
                    AzureMonitor.byRegion(ofType).entrySet()) {
                read(monitor, question, region.getKey(), region.getValue(), sink);
            }
        }
        details.failUnlessSomethingAnswered();
    }

    private static void read(
            AzureMonitor monitor, AzureMonitor.Question question, String region, List<Resource> resources, Sink sink)
            throws InterruptedException {
        for (int i = 0; i < resources.size(); i += AzureMonitor.RESOURCES_PER_REQUEST) {
            List<String> ids =
                    resources.subList(i, Math.min(resources.size(), i + AzureMonitor.RESOURCES_PER_REQUEST)).stream()
                            .map(Resource::resourceId)
                            .toList();
            hours(monitor, question, region, ids).forEach((id, ofMachine) -> {
                ofMachine.zeroWhereReported("network_bytes", ofMachine.reported());
                ofMachine.write(id, sink);
            });
        }
    }

    private static Map<String, MetricHours> hours(
            AzureMonitor monitor, AzureMonitor.Question question, String region, List<String> ids)
            throws InterruptedException {
        Map<String, MetricHours> hours = new HashMap<>();
        MetricAnswers answers = monitor.read("metrics of instances in " + region, question, region, ids, point -> {
            add(hours.computeIfAbsent(point.resourceId(), key -> new MetricHours()), point);
        });
        // One of the two alone would be half of the traffic.
        hours.forEach((id, ofMachine) ->
                NETWORK.forEach(name -> ofMachine.unknown("network_bytes", answers.failed(id, name))));
        return hours;
    }

    private static void add(MetricHours ofMachine, MetricPoint point) {
        if (point.name().equals(CPU)) {
            ofMachine.average("cpu_utilization", point, PERCENT);
        } else {
            ofMachine.total("network_bytes", point.hour(), point.total(), 1);
        }
    }
}
