package io.aiaudit.analysis;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.CommitmentCoverage;
import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Coverage by commitments of each provider that has a bill: a list price knows no commitment. */
final class CommitmentCoverages {
    private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    private final Map<String, Resource> resources;
    private final Map<String, Spend> spend;
    private final Map<String, BigDecimal> aiCosts;

    /** @param aiCosts what each leaf that is AI cost in the window */
    CommitmentCoverages(Map<String, Resource> resources, Map<String, Spend> spend, Map<String, BigDecimal> aiCosts) {
        this.resources = resources;
        this.spend = spend;
        this.aiCosts = aiCosts;
    }

    /** Providers with hourly cost, by name; none where nothing is committed anywhere. */
    List<CommitmentCoverage> of(List<AuditedFinding> findings) {
        Map<String, List<Spend>> byProvider = new TreeMap<>();
        spend.values().stream()
                .filter(this::couldBeCovered)
                .forEach(cost -> byProvider
                        .computeIfAbsent(resources.get(cost.resourceId()).provider(), provider -> new ArrayList<>())
                        .add(cost));
        List<CommitmentCoverage> coverages = byProvider.entrySet().stream()
                .map(entry -> coverage(entry.getKey(), entry.getValue(), findings))
                .toList();
        return coverages.stream().allMatch(coverage -> coverage.committedCost().signum() == 0) ? List.of() : coverages;
    }

    private boolean couldBeCovered(Spend cost) {
        return aiCosts.containsKey(cost.resourceId())
                && cost.basis() != CostBasis.LIST
                && cost.unseenCommitment() == null
                && !cost.gone()
                && cost.runRate(Component.TIME).signum() > 0
                && !"spot".equals(resources.get(cost.resourceId()).purchase());
    }

    private CommitmentCoverage coverage(String provider, List<Spend> costs, List<AuditedFinding> findings) {
        BigDecimal all =
                costs.stream().map(cost -> cost.runRate(Component.TIME)).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal committed = costs.stream()
                .map(cost -> cost.runRate(Component.TIME).multiply(cost.committedShare()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal unused = Money.sum(findings.stream()
                .filter(finding -> finding.status() == Status.COUNTED
                        && finding.provider().equals(provider)
                        && finding.freedCommitment() != null
                        && isCommitted(finding.resourceId()))
                .map(AuditedFinding::freedCommitment)
                .toList());
        return new CommitmentCoverage(
                provider,
                Money.toCents(all),
                Money.toCents(committed),
                share(committed, all),
                unused,
                share(unused, committed));
    }

    private boolean isCommitted(String resourceId) {
        Spend cost = spend.get(resourceId);
        return cost != null && couldBeCovered(cost) && cost.committedShare().signum() > 0;
    }

    private static BigDecimal share(BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0 ? null : part.divide(whole, SIX_DIGITS);
    }
}
