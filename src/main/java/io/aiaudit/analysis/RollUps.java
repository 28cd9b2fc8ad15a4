package io.aiaudit.analysis;

import io.aiaudit.config.Ownership;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.RollUp;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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
    private final MonthlyShares shares;
    private final BigDecimal monthlyCost;
    private final Map<String, ResourcePolicy> policies;
    private final Ownership ownership;
    private final Map<String, List<AuditedFinding>> findings;

    /** {@code monthlyCost}: what everything costs a month, which the groups add up to; null where it is unknown. */
    RollUps(
            Collection<Resource> resources,
            MonthlyShares shares,
            BigDecimal monthlyCost,
            Map<String, ResourcePolicy> policies,
            Ownership ownership,
            List<AuditedFinding> findings) {
        this.resources = resources;
        this.shares = shares;
        this.monthlyCost = monthlyCost;
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
        return resource.accountName() == null
                        || resource.accountName().isBlank()
                        || resource.accountName().equals(resource.accountId())
                ? resource.accountId()
                : resource.accountName() + " (" + resource.accountId() + ")";
    }

    private RollUp by(String what, Function<Resource, String> name) {
        Map<String, List<Resource>> members = new HashMap<>();
        for (Resource resource : resources) {
            String known = name.apply(resource);
            members.computeIfAbsent(known == null || known.isBlank() ? null : known.strip(), key -> new ArrayList<>())
                    .add(resource);
        }
        Map<String, BigDecimal> costs = costs(members);
        List<RollUp.Group> groups = members.entrySet().stream()
                .map(entry -> group(entry.getKey(), costs.get(entry.getKey()), entry.getValue()))
                .sorted(Comparator.comparing(RollUp.Group::monthlyCost, Comparator.nullsLast(Comparator.reverseOrder()))
                        .thenComparing(RollUp.Group::name, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
        return new RollUp(what, groups, unassigned(groups));
    }

    /** In cents; the largest takes what rounding leaves. Without a group of whose members nothing has a price. */
    private Map<String, BigDecimal> costs(Map<String, List<Resource>> members) {
        Map<String, BigDecimal> costs = new HashMap<>();
        members.forEach((name, resources) -> resources.stream()
                .map(resource -> shares.of(resource.resourceId()))
                .filter(Objects::nonNull)
                .reduce(BigDecimal::add)
                .ifPresent(cost -> costs.put(name, Money.toCents(cost))));
        if (monthlyCost != null && !costs.isEmpty()) {
            BigDecimal rest = monthlyCost.subtract(Money.sum(List.copyOf(costs.values())));
            if (rest.abs().compareTo(BigDecimal.valueOf(costs.size(), 2)) <= 0) {
                String largest = Collections.max(
                                costs.entrySet(),
                                Map.Entry.<String, BigDecimal>comparingByValue()
                                        .thenComparing(Map.Entry.comparingByKey(
                                                Comparator.nullsFirst(Comparator.naturalOrder()))))
                        .getKey();
                costs.merge(largest, rest, BigDecimal::add);
            }
        }
        return costs;
    }

    private RollUp.Group group(String name, BigDecimal cost, List<Resource> members) {
        List<AuditedFinding> found = members.stream()
                .flatMap(resource -> findings.getOrDefault(resource.resourceId(), List.of()).stream())
                .toList();
        return new RollUp.Group(
                name,
                members.size(),
                cost,
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
