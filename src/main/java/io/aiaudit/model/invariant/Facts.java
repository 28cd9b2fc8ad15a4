package io.aiaudit.model.invariant;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Money;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An audit, and what its tables look up or add up. */
final class Facts {
    private final Audit audit;
    private final Map<String, AuditedResource> resources = new HashMap<>();
    private final Map<String, List<AuditedFinding>> byResource;

    Facts(Audit audit) {
        this.audit = audit;
        audit.resources().forEach(resource -> resources.put(resource.resourceId(), resource));
        this.byResource = audit.findings().stream()
                .filter(finding -> finding.resourceId() != null)
                .collect(Collectors.groupingBy(AuditedFinding::resourceId));
    }

    Audit audit() {
        return audit;
    }

    static BigDecimal number(long count) {
        return BigDecimal.valueOf(count);
    }

    static BigDecimal number(Integer count) {
        return count == null ? null : BigDecimal.valueOf(count);
    }

    /** Null where one of both is. */
    static BigDecimal less(BigDecimal amount, BigDecimal other) {
        return amount == null || other == null ? null : amount.subtract(other);
    }

    static BigDecimal times(BigDecimal amount, BigDecimal other) {
        return amount == null || other == null ? null : amount.multiply(other);
    }

    /** Null where one of both is, or nothing can be divided by it. */
    static BigDecimal over(BigDecimal amount, BigDecimal other) {
        return amount == null || other == null || other.signum() == 0 ? null : amount.divide(other, Money.PRECISION);
    }

    /** What is known of these. */
    static <T> BigDecimal sum(Collection<T> parts, Function<T, BigDecimal> amount) {
        return parts == null
                ? null
                : Money.sum(parts.stream()
                        .filter(Objects::nonNull)
                        .map(amount)
                        .filter(Objects::nonNull)
                        .toList());
    }

    static <T> BigDecimal sumAboveZero(Collection<T> parts, Function<T, BigDecimal> amount) {
        return sum(parts, part -> {
            BigDecimal known = amount.apply(part);
            return known == null ? null : known.max(BigDecimal.ZERO);
        });
    }

    /** Of an amount that was not narrowed to some of the findings. */
    boolean isWhole() {
        return audit.filter() == null;
    }

    AuditedResource resource(String id) {
        return resources.get(id);
    }

    BigDecimal resourceCount() {
        return number(audit.resources().size());
    }

    List<AuditedFinding> findingsOf(String resourceId) {
        return byResource.getOrDefault(resourceId, List.of());
    }

    BigDecimal findingCount() {
        return number(audit.findings().size());
    }

    List<AuditedFinding> with(Status status) {
        return audit.findings().stream()
                .filter(finding -> finding.status() == status)
                .toList();
    }

    /** What findings of this status save, each alone. */
    BigDecimal gross(Status status) {
        return sum(with(status), Facts::gross);
    }

    static BigDecimal gross(AuditedFinding finding) {
        return Invariant.likely(finding.standAlone());
    }

    /** What counts; null where savings are unknown. */
    BigDecimal counted(Function<Range, BigDecimal> of) {
        return sum(with(Status.COUNTED), finding -> finding.counted() == null ? null : of.apply(finding.counted()));
    }

    /** An older audit does not say. */
    private static BigDecimal freed(AuditedFinding finding) {
        return finding.freedCommitment() == null ? BigDecimal.ZERO : finding.freedCommitment();
    }

    /** What a finding would save but does not add, because others save it. */
    static BigDecimal overlap(AuditedFinding finding) {
        if (finding.status() == Status.ALTERNATIVE) {
            return gross(finding);
        }
        return finding.status() == Status.COUNTED
                ? less(less(gross(finding), Invariant.likely(finding.counted())), freed(finding))
                : null;
    }

    /** Whether anything was paid back, so that a part may cost more than all. */
    boolean isRefunded() {
        return audit.spend().stream().anyMatch(spend -> spend.cost().signum() < 0)
                || audit.notAssessed().stream().anyMatch(thing -> isNegative(thing.cost()))
                || audit.resources().stream()
                        .anyMatch(resource -> isNegative(resource.monthlyCost()) || isNegative(resource.runRate()));
    }

    private static boolean isNegative(BigDecimal amount) {
        return amount != null && amount.signum() < 0;
    }

    Set<String> findingIds() {
        return audit.findings().stream()
                .map(AuditedFinding::id)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }
}
