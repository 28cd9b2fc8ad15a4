package io.aiaudit.analysis;

import io.aiaudit.config.Ownership;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.RollUp;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Divides cost and savings by owner, team, environment, account and workload; each dollar and each finding is in one
 * group of each.
 */
final class RollUps {
    private final Collection<Resource> resources;
    private final Map<String, Spend> spend;
    private final Map<String, ResourcePolicy> policies;
    private final Ownership ownership;
    private final Map<String, List<AuditedFinding>> findings;

    RollUps(
            Collection<Resource> resources,
            Map<String, Spend> spend,
            Map<String, ResourcePolicy> policies,
            Ownership ownership,
            List<AuditedFinding> findings) {
        this.resources = resources;
        this.spend = spend;
        this.policies = policies;
        this.ownership = ownership;
        this.findings = findings.stream().collect(Collectors.groupingBy(AuditedFinding::resourceId));
    }

    List<RollUp> all() {
        return List.of(
                by("owner", resource -> policy(resource).owner()),
                by("team", ownership::team),
                by("environment", this::environment),
                by("account", RollUps::account),
                by("workload", Resource::workload));
    }

    private ResourcePolicy policy(Resource resource) {
        return policies.getOrDefault(resource.resourceId(), ResourcePolicy.UNSPECIFIED);
    }

    private String environment(Resource resource) {
        return environment(policy(resource), ownership, resource);
    }

    /** What the policy says, else the tags and the mapping file; null = none of them. */
    static String environment(ResourcePolicy policy, Ownership ownership, Resource resource) {
        String found = policy.environment() == null ? ownership.environment(resource) : policy.environment();
        return found == null || found.isBlank() ? null : found.strip();
    }

    private static String account(Resource resource) {
        return resource.accountName() == null || resource.accountName().isBlank()
                ? resource.accountId()
                : resource.accountName() + " (" + resource.accountId() + ")";
    }

    private RollUp by(String what, Function<Resource, String> name) {
        Map<String, List<Resource>> members = new HashMap<>();
        for (Resource resource : resources) {
            if (spend.containsKey(resource.resourceId()) || findings.containsKey(resource.resourceId())) {
                String known = name.apply(resource);
                members.computeIfAbsent(
                                known == null || known.isBlank() ? null : known.strip(), key -> new ArrayList<>())
                        .add(resource);
            }
        }
        List<RollUp.Group> groups = members.entrySet().stream()
                .map(entry -> group(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(RollUp.Group::monthlyCost, Comparator.nullsLast(Comparator.reverseOrder()))
                        .thenComparing(RollUp.Group::name, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
        return new RollUp(what, groups, unassigned(groups));
    }

    private RollUp.Group group(String name, List<Resource> members) {
        List<BigDecimal> costs = members.stream()
                .map(resource -> spend.get(resource.resourceId()))
                .filter(Objects::nonNull)
                .map(Spend::monthlyCost)
                .filter(Objects::nonNull)
                .map(Money::toCents)
                .toList();
        List<AuditedFinding> found = members.stream()
                .flatMap(resource -> findings.getOrDefault(resource.resourceId(), List.of()).stream())
                .toList();
        return new RollUp.Group(
                name,
                members.size(),
                costs.isEmpty() ? null : Money.sum(costs),
                found.size(),
                sum(found, Status.COUNTED, finding -> finding.counted().likely()),
                sum(found, Status.UNCONFIRMED, AuditedFinding::decisionAmount));
    }

    private static BigDecimal sum(
            List<AuditedFinding> findings, Status status, Function<AuditedFinding, BigDecimal> amount) {
        return Money.sum(findings.stream()
                .filter(finding -> finding.status() == status)
                .map(amount)
                .filter(Objects::nonNull)
                .toList());
    }

    private static BigDecimal unassigned(List<RollUp.Group> groups) {
        BigDecimal all = sum(groups);
        return all.signum() <= 0
                ? null
                : sum(groups.stream().filter(group -> group.name() == null).toList())
                        .divide(all, Money.PRECISION)
                        .setScale(4, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal sum(List<RollUp.Group> groups) {
        return Money.sum(groups.stream()
                .map(RollUp.Group::monthlyCost)
                .filter(Objects::nonNull)
                .toList());
    }
}
