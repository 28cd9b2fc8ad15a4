package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Money;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Findings of one rule with the same status, such as twelve training jobs that could run on spot: one line with a
 * sum. A rule finds a resource once, so that no dollar is in a sum twice.
 *
 * @param findings the largest first
 */
record FindingGroup(List<AuditedFinding> findings) {
    private static final List<Status> ORDER = List.of(
            Status.COUNTED,
            Status.UNCONFIRMED,
            Status.BLOCKED,
            Status.ACCEPTED,
            Status.ALTERNATIVE,
            Status.UNPRICED,
            Status.GOVERN,
            Status.NO_SAVING);

    /** What counts first, then by amount. */
    static List<FindingGroup> of(Audit audit) {
        Map<String, List<AuditedFinding>> groups = new LinkedHashMap<>();
        audit.findings()
                .forEach(finding -> groups.computeIfAbsent(
                                finding.rule() + " " + Findings.state(finding), key -> new ArrayList<>())
                        .add(finding));
        return groups.values().stream()
                .map(findings -> new FindingGroup(findings.stream()
                        .sorted(Comparator.comparing(FindingGroup::worth).reversed())
                        .toList()))
                .sorted(Comparator.comparing((FindingGroup group) -> ORDER.indexOf(group.status()))
                        .thenComparing(Comparator.comparing(FindingGroup::whole).reversed())
                        .thenComparing(group -> group.first().id()))
                .toList();
    }

    AuditedFinding first() {
        return findings.get(0);
    }

    Status status() {
        return first().status();
    }

    BigDecimal whole() {
        return sum(findings);
    }

    static BigDecimal sum(List<AuditedFinding> findings) {
        return Money.sum(findings.stream().map(FindingGroup::worth).toList());
    }

    /** From the sum at worst to the sum at best; null where no finding has a range that adds up. */
    Range range() {
        List<Range> ranges = findings.stream().map(FindingGroup::shown).toList();
        return ranges.contains(null)
                ? null
                : new Range(
                        Money.sum(ranges.stream().map(Range::low).toList()),
                        Money.sum(ranges.stream().map(Range::likely).toList()),
                        Money.sum(ranges.stream().map(Range::high).toList()));
    }

    /**
     * Its net saving, what a decision would add to it, or else what it would save alone; null where no amount is known
     * or claimed.
     */
    static BigDecimal amount(AuditedFinding finding) {
        if (finding.status() == Status.UNCONFIRMED) {
            return finding.decisionAmount();
        }
        Range shown = shown(finding);
        return shown == null ? null : shown.likely();
    }

    /** The range of what {@link #amount} says; null where that has none. */
    static Range shown(AuditedFinding finding) {
        return switch (finding.status()) {
            case COUNTED -> finding.counted();
            case UNCONFIRMED, GOVERN, UNPRICED, NO_SAVING -> null;
            case BLOCKED, ACCEPTED, ALTERNATIVE -> finding.standAlone();
        };
    }

    private static BigDecimal worth(AuditedFinding finding) {
        BigDecimal amount = amount(finding);
        return amount == null ? Money.NOTHING : amount;
    }
}
