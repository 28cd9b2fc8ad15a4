package io.aiaudit.collect.aws;

import io.aiaudit.collect.Operations;
import io.aiaudit.collect.Permission;
import io.aiaudit.collect.PermissionTrial;
import io.aiaudit.collect.SourceCheck;
import io.aiaudit.model.SourceReport;
import io.aiaudit.model.SourceReport.Part;
import io.aiaudit.model.UserError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tries every permission in every account, in one region of it, and says what a scan would get. */
public final class AwsCheck implements SourceCheck {
    private static final List<String> MACHINES =
            List.of("gpu_utilization", "gpu_memory_used_gib", "cpu_utilization", "memory_used_gib");

    private static final List<String> BEDROCK = List.of(
            "requests", "latency_ms", "tokens_input", "tokens_output", "tokens_cache_read", "tokens_cache_write");

    /** What CloudWatch has of each kind; accelerators of machines only where an agent publishes them. */
    private static final Map<String, List<String>> METRICS = Map.of(
            "instance",
            List.of(
                    "cpu_utilization",
                    "network_bytes",
                    "gpu_utilization",
                    "gpu_memory_used_gib",
                    "accelerators_active"),
            "inference_endpoint",
            List.of(
                    "requests",
                    "latency_ms",
                    "gpu_utilization",
                    "gpu_memory_used_gib",
                    "cpu_utilization",
                    "memory_used_gib",
                    "queue_depth"),
            "notebook",
            List.of("sessions"),
            "training_job",
            MACHINES,
            "batch_job",
            MACHINES,
            "provisioned_throughput",
            BEDROCK,
            "model_usage",
            BEDROCK);

    private final AwsScope scope;
    private final BigDecimal maxApiCost;
    private final PermissionTrial trial = new PermissionTrial("aws", AwsFailure::explain, METRICS);

    public AwsCheck(AwsScope scope, BigDecimal maxApiCost) {
        this.scope = scope;
        this.maxApiCost = maxApiCost;
    }

    @Override
    public String source() {
        return "aws";
    }

    @Override
    public SourceReport check() {
        Operations operations = Operations.of(AwsCollector.class, maxApiCost);
        try (AwsClients clients = new AwsClients(operations)) {
            AwsAccounts accounts = new AwsAccounts(clients, scope);
            List<Part> parts = new ArrayList<>();
            for (String account : trial.said(accounts::find)) {
                parts.addAll(account(accounts, account));
            }
            List<Permission> permissions = Operations.read(AwsCollector.class);
            return trial.report(
                    parts,
                    permissions.stream()
                            .filter(permission -> AwsProbes.all().containsKey(permission.operation()))
                            .toList(),
                    "EC2 machines have gpu metrics only where an agent publishes them: docs/aws.md.",
                    AwsPolicy.json(permissions, scope));
        }
    }

    /** What was asked of is not there, which shows that it may be asked. */
    private Optional<UserError> failure(Runnable ask) {
        return trial.failure(() -> AwsFailure.unlessGone(() -> {
            ask.run();
            return true;
        }));
    }

    private List<Part> account(AwsAccounts accounts, String account) {
        List<String> regions = new ArrayList<>();
        Optional<UserError> closed = failure(() -> regions.addAll(accounts.regions(account)));
        if (closed.isPresent()) {
            return List.of(
                    Part.missing(account, closed.get().problem(), closed.get().fix()));
        }
        String region = accounts.tryFirst(regions);
        if (!accounts.isOn(account, region)) {
            UserError off = accounts.off(account, region);
            return List.of(Part.missing(account + "/" + region, off.problem(), off.fix()));
        }
        AwsPlace place = accounts.place(account, region);
        List<Part> parts = new ArrayList<>();
        parts.add(Part.ready(
                account,
                regions.size() == 1
                        ? "1 region, tried in " + region
                        : regions.size() + " regions, tried in " + region));
        for (Permission permission : Operations.read(AwsCollector.class)) {
            Optional.ofNullable(AwsProbes.all().get(permission.operation()))
                    .map(probe -> part(permission, account, failure(() -> probe.accept(place))))
                    .ifPresent(parts::add);
        }
        return parts;
    }

    private Part part(Permission permission, String account, Optional<UserError> failure) {
        return failure.isPresent()
                        && isExtra(permission)
                        && AwsFailure.isNotSwitchedOn(failure.get().getCause())
                ? Part.unused(
                        PermissionTrial.name(permission, account), failure.get().problem())
                : trial.part(permission, account, failure);
    }

    /** What a scan takes where it is switched on, and can do without. */
    private static boolean isExtra(Permission permission) {
        return permission.operation().equals("CostExplorer.GetCostAndUsageWithResources")
                || permission.reads().contains("advice");
    }
}
