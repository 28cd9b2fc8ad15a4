package io.aiaudit.model.invariant;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Money;
import io.aiaudit.model.Range;
import io.aiaudit.model.SpendClass;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** An audit, and what its tables look up or add up. */
final class Facts {
    private static final long HOURS_OF_DAY = 24;
    static final BigDecimal HOURS_OF_WEEK = BigDecimal.valueOf(168);

    private final Audit audit;
    private final Map<String, AuditedResource> resources = new HashMap<>();
    private final Map<String, List<AuditedFinding>> byResource;
    private final Map<String, Long> byRule;

    Facts(Audit audit) {
        this.audit = audit;
        audit.resources().forEach(resource -> resources.put(resource.resourceId(), resource));
        this.byResource = audit.findings().stream()
                .filter(finding -> finding.resourceId() != null)
                .collect(Collectors.groupingBy(AuditedFinding::resourceId));
        this.byRule = audit.findings().stream()
                .filter(finding -> finding.rule() != null)
                .collect(Collectors.groupingBy(AuditedFinding::rule, Collectors.counting()));
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

    BigDecimal findingsOfRule(String rule) {
        return number(byRule.getOrDefault(rule, 0L));
    }

    /** Of these on what is a part of nothing, and 1 where there are others. */
    BigDecimal ownFindings(String rule) {
        List<AuditedFinding> found = audit.findings().stream()
                .filter(finding -> rule.equals(finding.rule()))
                .toList();
        long own = found.stream()
                .filter(finding -> resource(finding.resourceId()) != null
                        && resource(finding.resourceId()).parentId() == null)
                .count();
        return number(Math.max(own, Math.min(1, found.size())));
    }

    /** How many resources have parts. */
    BigDecimal wholes() {
        return number(audit.resources().stream()
                .map(AuditedResource::parentId)
                .filter(Objects::nonNull)
                .distinct()
                .count());
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

    /** What a finding would save but does not add, because others save it. */
    static BigDecimal overlap(AuditedFinding finding) {
        if (finding.status() == Status.ALTERNATIVE) {
            return gross(finding);
        }
        return finding.status() == Status.COUNTED
                ? less(less(gross(finding), Invariant.likely(finding.counted())), finding.freedCommitment())
                : null;
    }

    /** Null where the window has parts of days. */
    BigDecimal days() {
        return isOfDays() ? number(audit.window().hours() / HOURS_OF_DAY) : null;
    }

    /** Times this an amount of the window is one of a month. */
    BigDecimal month() {
        return over(Money.HOURS_PER_MONTH, audit.window().exactHours());
    }

    /** A monthly amount as one of the window. */
    BigDecimal inWindow(BigDecimal monthly) {
        return over(monthly, month());
    }

    /** What the days of the window cost; null where it has parts of days. */
    BigDecimal spent(Predicate<SpendClass> ofClass) {
        if (!isOfDays()) {
            return null;
        }
        return sum(
                audit.spend().stream()
                        .filter(spend -> isInWindow(spend.day()) && ofClass.test(spend.spendClass()))
                        .toList(),
                Audit.DailySpend::cost);
    }

    /** The same; null where any provider paid back more than it charged, which is not more in a whole month. */
    BigDecimal spentOfEachAboveZero(Predicate<SpendClass> ofClass) {
        Map<String, BigDecimal> byProvider = new HashMap<>();
        audit.spend().stream()
                .filter(spend -> ofClass.test(spend.spendClass()) && isOfDays() && isInWindow(spend.day()))
                .forEach(spend -> byProvider.merge(spend.provider(), spend.cost(), BigDecimal::add));
        return byProvider.values().stream().anyMatch(cost -> cost.signum() < 0) ? null : spent(ofClass);
    }

    private boolean isInWindow(LocalDate day) {
        return !day.isBefore(LocalDate.ofInstant(audit.window().start(), ZoneOffset.UTC))
                && day.isBefore(LocalDate.ofInstant(audit.window().end(), ZoneOffset.UTC));
    }

    private boolean isOfDays() {
        return List.of(audit.window().start(), audit.window().end()).stream()
                .allMatch(time -> time.atOffset(ZoneOffset.UTC).toLocalTime().equals(LocalTime.MIDNIGHT));
    }

    /** Whether any cost is made of list prices, which no bill has. */
    boolean isListed() {
        return audit.resources().stream().anyMatch(resource -> resource.costBasis() == CostBasis.LIST);
    }

    /** Whether any resource is paid for by a promise, so that what it costs is in another one's charges, too. */
    boolean isCommitted() {
        return !audit.commitments().isEmpty()
                || !audit.commitmentCoverage().isEmpty()
                || audit.resources().stream().anyMatch(resource -> "commitment".equals(resource.kind()));
    }

    /** What AI cost in the window; null where some of it was paid back, so that a part may cost more than all. */
    BigDecimal costWithoutRefunds() {
        boolean refunds = audit.spend().stream().anyMatch(spend -> spend.cost().signum() < 0)
                || audit.resources().stream()
                        .anyMatch(resource -> resource.monthlyCost() != null
                                && resource.monthlyCost().signum() < 0);
        return refunds ? null : audit.totals().windowAiCost();
    }

    Set<String> findingIds() {
        return audit.findings().stream()
                .map(AuditedFinding::id)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }
}
