package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.Money;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import io.aiaudit.report.text.Amounts;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * How sure the amounts of the decisions of an audit are: what each adds in the worst and the best case, and the
 * confidence of its findings. Overlaps lower the worst and best case of a finding by as much as its amount, so that the
 * amount is always within its range; and the best cases of one resource together are no more than it costs.
 */
public final class DecisionRanges {
    private final Map<String, Range> addedById = new HashMap<>();

    private DecisionRanges() {}

    /** Those of an audit. */
    public static DecisionRanges of(Audit audit) {
        Map<String, List<AuditedFinding>> resources =
                audit.ofResources().stream().collect(Collectors.groupingBy(AuditedFinding::resourceId));
        DecisionRanges ranges = new DecisionRanges();
        resources.values().forEach(ranges::resource);
        return ranges;
    }

    private void resource(List<AuditedFinding> findings) {
        Map<String, Range> added = new HashMap<>();
        for (AuditedFinding finding : findings) {
            if (finding.status() == Status.UNCONFIRMED
                    && finding.standAlone() != null
                    && finding.decisionAmount() != null) {
                added.put(finding.id(), added(finding.standAlone(), finding.decisionAmount()));
            }
        }
        Range together = added.values().stream().reduce(Range.NOTHING, Range::plus);
        BigDecimal most = left(findings);
        BigDecimal above = together.high().subtract(together.likely());
        if (most != null && most.compareTo(together.high()) < 0 && above.signum() > 0) {
            BigDecimal share =
                    most.subtract(together.likely()).max(BigDecimal.ZERO).divide(above, Money.PRECISION);
            added.replaceAll((id, range) -> new Range(
                    range.low(),
                    range.likely(),
                    range.likely()
                            .add(Money.toCents(
                                    range.high().subtract(range.likely()).multiply(share)))));
        }
        addedById.putAll(added);
    }

    /** What counted findings leave of the cost of a resource in the coming month; null where that is unknown. */
    private static BigDecimal left(List<AuditedFinding> findings) {
        BigDecimal cost = findings.get(0).runRate();
        BigDecimal counted = findings.stream()
                .map(AuditedFinding::counted)
                .filter(Objects::nonNull)
                .map(Range::likely)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return cost == null ? null : cost.subtract(counted);
    }

    /** Such as {@code range $2,100 to $4,200, confidence medium}; without a range where nothing has a price. */
    public String of(List<AuditedFinding> findings, Amounts amounts) {
        String range = range(findings, amounts);
        String confidence = "confidence " + confidence(findings);
        return range.equals(Amounts.UNKNOWN) ? confidence : "range " + range + ", " + confidence;
    }

    /** Such as {@code low} or {@code low or medium}. */
    public static String confidence(List<AuditedFinding> findings) {
        return findings.stream()
                .map(finding -> word(finding.confidence()))
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    /** Worst to best case; unknown where one of them has no price. */
    public String range(List<AuditedFinding> findings, Amounts amounts) {
        return amounts.wholeRange(added(findings));
    }

    /** What approving these findings adds; null where one of them has no price. */
    public Range added(List<AuditedFinding> findings) {
        return findings.stream().allMatch(finding -> addedById.containsKey(finding.id()))
                ? findings.stream().map(finding -> addedById.get(finding.id())).reduce(Range.NOTHING, Range::plus)
                : null;
    }

    /**
     * What approving a finding adds to the net saving, as a range.
     *
     * @param alone what a finding saves if nothing else is done
     * @param adds what approving it adds
     */
    public static Range added(Range alone, BigDecimal adds) {
        BigDecimal overlap = alone.likely().subtract(adds);
        return new Range(
                alone.low().subtract(overlap).max(BigDecimal.ZERO),
                adds,
                alone.high().subtract(overlap));
    }

    /** What approving them adds at best, of those that have a price. */
    BigDecimal best(List<AuditedFinding> findings) {
        return Money.sum(findings.stream()
                .map(finding -> addedById.get(finding.id()))
                .filter(Objects::nonNull)
                .map(Range::high)
                .toList());
    }

    private static String word(Confidence confidence) {
        return confidence == null ? "unknown" : confidence.key();
    }
}
