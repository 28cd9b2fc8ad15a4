package io.aiaudit.collect.gcp;

import io.aiaudit.collect.Operations;
import io.aiaudit.collect.Permission;
import io.aiaudit.collect.SourceCheck;
import io.aiaudit.model.SourceReport;
import io.aiaudit.model.SourceReport.Metric;
import io.aiaudit.model.SourceReport.Part;
import io.aiaudit.model.SourceReport.Provided;
import io.aiaudit.model.UserError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Tries every permission in every project, and says what a scan would get. */
public final class GcpCheck implements SourceCheck {
    /** What of each kind Cloud Monitoring has; accelerators of machines only where an agent tells them. */
    private static final Map<String, List<String>> METRICS = Map.of(
            "instance",
            List.of(
                    "cpu_utilization",
                    "network_bytes",
                    "gpu_utilization",
                    "gpu_memory_used_gib",
                    "accelerators_active"),
            "notebook",
            List.of("cpu_utilization", "network_bytes", "gpu_utilization", "gpu_memory_used_gib"),
            "inference_endpoint",
            List.of(
                    "requests",
                    "latency_ms",
                    "gpu_utilization",
                    "gpu_memory_used_gib",
                    "cpu_utilization",
                    "memory_used_gib"),
            "service",
            List.of("requests"));

    private static final Set<String> NO_KINDS = Set.of("metrics", "bill", "scope", "advice");
    private static final String METRICS_WORD = "metrics";
    private static final String USUAL_LOCATION = "us-central1";

    private final GcpScope scope;
    private final BigDecimal maxApiCost;
    private final Set<String> denied = new TreeSet<>();

    public GcpCheck(GcpScope scope, BigDecimal maxApiCost) {
        this.scope = scope;
        this.maxApiCost = maxApiCost;
    }

    @Override
    public String source() {
        return "gcp";
    }

    @Override
    public SourceReport check() {
        GcpClients clients = new GcpClients(scope, Operations.of(GcpCollector.class, maxApiCost), maxApiCost);
        GcpProjects projects = new GcpProjects(clients, scope);
        List<Part> parts = new ArrayList<>();
        for (String project : said(clients, projects::find)) {
            parts.addAll(project(clients, projects, project));
        }
        boolean whole = parts.stream().allMatch(part -> part.problem() == null);
        boolean nothing = parts.stream().allMatch(part -> part.state() == SourceReport.State.MISSING);
        return new SourceReport(
                parts,
                nothing ? List.of() : provided(),
                List.of(),
                List.of("Machines have gpu metrics only where the Ops Agent tells them: docs/gcp.md."),
                whole
                        ? List.of()
                        : GcpRole.yaml(Operations.read(GcpCollector.class))
                                .lines()
                                .toList());
    }

    /** What {@code ask} answers; a failure of Google as an error for the user. */
    private static <T> T said(GcpClients clients, Supplier<T> ask) {
        try {
            return ask.get();
        } catch (RuntimeException e) {
            throw clients.explain(e).orElseThrow(() -> e);
        }
    }

    private static Optional<UserError> failure(GcpClients clients, Runnable ask) {
        try {
            said(clients, () -> {
                ask.run();
                return true;
            });
            return Optional.empty();
        } catch (UserError e) {
            return Optional.of(e);
        }
    }

    private List<Part> project(GcpClients clients, GcpProjects projects, String project) {
        Optional<UserError> closed = failure(clients, () -> projects.enter(project));
        if (closed.isPresent()) {
            return List.of(
                    Part.missing(project, closed.get().problem(), closed.get().fix()));
        }
        GcpPlace place = projects.place(project);
        String location =
                scope.locations().isEmpty() ? USUAL_LOCATION : scope.locations().get(0);
        List<Part> parts = new ArrayList<>();
        parts.add(Part.ready(project, place.name()));
        for (Permission permission : Operations.read(GcpCollector.class)) {
            GcpProbes.of(permission.operation(), place, location)
                    .map(probe -> part(permission, project, failure(clients, probe)))
                    .ifPresent(parts::add);
        }
        return parts;
    }

    private Part part(Permission permission, String project, Optional<UserError> failure) {
        String name = project + " " + permission.action();
        if (failure.isEmpty()) {
            return Part.ready(name, null);
        }
        denied.addAll(permission.reads());
        return Part.missing(name, failure.get().problem(), failure.get().fix());
    }

    private List<Provided> provided() {
        Map<String, Provided> provided = new LinkedHashMap<>();
        Operations.read(GcpCollector.class).stream()
                .flatMap(permission -> permission.reads().stream())
                .filter(kind -> !NO_KINDS.contains(kind) && !denied.contains(kind))
                .forEach(kind -> provided.put(kind, new Provided("gcp", kind, null, metrics(kind))));
        return List.copyOf(provided.values());
    }

    private List<Metric> metrics(String kind) {
        return denied.contains(METRICS_WORD)
                ? List.of()
                : METRICS.getOrDefault(kind, List.of()).stream()
                        .map(name -> new Metric(name, null))
                        .toList();
    }
}
