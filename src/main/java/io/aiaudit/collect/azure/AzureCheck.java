package io.aiaudit.collect.azure;

import io.aiaudit.collect.Operations;
import io.aiaudit.collect.Permission;
import io.aiaudit.collect.PermissionTrial;
import io.aiaudit.collect.SourceCheck;
import io.aiaudit.model.SourceReport;
import io.aiaudit.model.SourceReport.Part;
import io.aiaudit.model.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    private final AzureScope scope;

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
        PermissionTrial trial = new PermissionTrial(source(), arm::explain, METRICS);
        Subscriptions subscriptions = new Subscriptions(arm);
        List<Permission> permissions = Operations.read(AzureCollector.class);
        List<Part> parts = new ArrayList<>();
        for (String subscription : trial.said(subscriptions::find)) {
            parts.addAll(subscription(trial, permissions, subscriptions, subscription));
        }
        return trial.report(
                parts,
                permissions,
                "Azure does not measure the accelerators of virtual machines, nor anything of compute instances: docs/azure.md.",
                AzureRole.json(permissions));
    }

    private static List<Part> subscription(
            PermissionTrial trial, List<Permission> permissions, Subscriptions subscriptions, String subscription) {
        Optional<UserError> closed = trial.failure(() -> subscriptions.enter(subscription));
        if (closed.isPresent()) {
            return List.of(Part.missing(
                    subscription, closed.get().problem(), closed.get().fix()));
        }
        AzurePlace place = subscriptions.place(subscription);
        List<Part> parts = new ArrayList<>();
        parts.add(Part.ready(subscription, place.name()));
        for (Permission permission : permissions) {
            AzureProbes.of(permission.operation(), place)
                    .map(probe -> trial.part(permission, subscription, trial.failure(probe)))
                    .ifPresent(parts::add);
        }
        return parts;
    }
}
