package io.aiaudit.collect.azure;

import io.aiaudit.collect.Operations;
import io.aiaudit.collect.Permission;
import io.aiaudit.collect.SourceCheck;
import io.aiaudit.model.SourceReport;
import io.aiaudit.model.SourceReport.Metric;
import io.aiaudit.model.SourceReport.Part;
import io.aiaudit.model.SourceReport.Provided;
import io.aiaudit.model.UserError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Tries every permission in every subscription, and says what a scan would get. */
public final class AzureCheck implements SourceCheck {
    /** What Azure Monitor has of each kind. */
    private static final Map<String, List<String>> METRICS = Map.of(
            "instance",
            List.of("cpu_utilization", "network_bytes"),
            "node_group",
            List.of("cpu_utilization", "network_bytes"),
            "inference_endpoint",
            List.of(
                    "requests",
                    "gpu_utilization",
                    "gpu_memory_used_gib",
                    "cpu_utilization",
                    "memory_used_gib",
                    "replicas"),
            "provisioned_throughput",
            List.of("requests", "tokens_input", "tokens_output", "tokens_cache_read", "throughput_utilization"),
            "model_usage",
            List.of("requests", "tokens_input", "tokens_output", "tokens_cache_read"));

    private static final Set<String> NO_KINDS = Set.of("metrics", "bill", "scope", "commitments", "prices", "advice");
    private static final String METRICS_WORD = "metrics";

    private final AzureScope scope;
    private final Set<String> denied = new TreeSet<>();

    public AzureCheck(AzureScope scope) {
        this.scope = scope;
    }

    @Override
    public String source() {
        return "azure";
    }

    @Override
    public SourceReport check() {
        Arm arm = new Arm(scope, Operations.of(AzureCollector.class, null));
        Subscriptions subscriptions = new Subscriptions(arm);
        List<Part> parts = new ArrayList<>();
        for (String subscription : said(arm, subscriptions::find)) {
            parts.addAll(subscription(arm, subscriptions, subscription));
        }
        boolean whole = parts.stream().allMatch(part -> part.problem() == null);
        boolean nothing = parts.stream().allMatch(part -> part.state() == SourceReport.State.MISSING);
        return new SourceReport(
                parts,
                nothing ? List.of() : provided(),
                List.of(),
                List.of(
                        "Azure does not measure the accelerators of virtual machines, nor anything of compute instances: docs/azure.md."),
                whole
                        ? List.of()
                        : AzureRole.json(Operations.read(AzureCollector.class))
                                .lines()
                                .toList());
    }

    /** What {@code ask} answers; a failure of Azure as an error for the user. */
    private static <T> T said(Arm arm, Supplier<T> ask) {
        try {
            return ask.get();
        } catch (RuntimeException e) {
            throw arm.explain(e).orElseThrow(() -> e);
        }
    }

    private static Optional<UserError> failure(Arm arm, Runnable ask) {
        try {
            said(arm, () -> {
                ask.run();
                return true;
            });
            return Optional.empty();
        } catch (UserError e) {
            return Optional.of(e);
        }
    }

    private List<Part> subscription(Arm arm, Subscriptions subscriptions, String subscription) {
        Optional<UserError> closed = failure(arm, () -> subscriptions.enter(subscription));
        if (closed.isPresent()) {
            return List.of(Part.missing(
                    subscription, closed.get().problem(), closed.get().fix()));
        }
        AzurePlace place = subscriptions.place(subscription);
        List<Part> parts = new ArrayList<>();
        parts.add(Part.ready(subscription, place.name()));
        for (Permission permission : Operations.read(AzureCollector.class)) {
            AzureProbes.of(permission.operation(), place)
                    .map(probe -> part(permission, subscription, failure(arm, probe)))
                    .ifPresent(parts::add);
        }
        return parts;
    }

    private Part part(Permission permission, String subscription, Optional<UserError> failure) {
        String name = subscription + " " + permission.action();
        if (failure.isEmpty()) {
            return Part.ready(name, null);
        }
        denied.addAll(permission.reads());
        return Part.missing(name, failure.get().problem(), failure.get().fix());
    }

    private List<Provided> provided() {
        Map<String, Provided> provided = new LinkedHashMap<>();
        Operations.read(AzureCollector.class).stream()
                .flatMap(permission -> permission.reads().stream())
                .filter(kind -> !NO_KINDS.contains(kind) && !denied.contains(kind))
                .forEach(kind -> provided.put(kind, new Provided("azure", kind, null, metrics(kind))));
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
