package io.aiaudit.report.section;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.Range;
import io.aiaudit.report.text.Amounts;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How sure the amount of a decision is: what it adds in the worst and the best case, and the confidence of its
 * findings. Overlaps lower the worst and best case of a finding by as much as its amount, so that the amount is always
 * within its range.
 */
public final class DecisionRange {
    private DecisionRange() {}

    /** Such as {@code range $2,100 to $4,200, confidence medium}; without a range where nothing has a price. */
    public static String of(List<AuditedFinding> findings, Amounts amounts) {
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
    public static String range(List<AuditedFinding> findings, Amounts amounts) {
        Range range = added(findings);
        return amounts.wholeRange(range);
    }

    /** What approving these findings adds; null where one of them has no price. */
    public static Range added(List<AuditedFinding> findings) {
        return findings.stream().anyMatch(finding -> finding.standAlone() == null || finding.decisionAmount() == null)
                ? null
                : findings.stream()
                        .map(finding -> added(finding.standAlone(), finding.decisionAmount()))
                        .reduce(Range.NOTHING, Range::plus);
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

    private static String word(Confidence confidence) {
        return confidence == null ? "unknown" : confidence.key();
    }
}
