package io.aiaudit.report;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.Range;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How sure the amount of a decision is: the gross saving of its findings in the worst and the best case, and their
 * confidence. The amount beside it is net, so that it can be lower than both.
 */
final class DecisionRange {
    private DecisionRange() {}

    /** Such as {@code gross $2,100 to $4,200, confidence medium}; without a range where nothing has a price. */
    static String of(List<AuditedFinding> findings, Amounts amounts) {
        String gross = gross(findings, amounts);
        String confidence = "confidence " + confidence(findings);
        return gross.equals(Amounts.UNKNOWN) ? confidence : "gross " + gross + ", " + confidence;
    }

    /** Such as {@code low} or {@code low or medium}. */
    static String confidence(List<AuditedFinding> findings) {
        return findings.stream()
                .map(finding -> word(finding.confidence()))
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    /** Worst to best case; unknown where one of them has no price. */
    static String gross(List<AuditedFinding> findings, Amounts amounts) {
        Range gross = gross(findings);
        return gross == null ? Amounts.UNKNOWN : amounts.whole(gross.low()) + " to " + amounts.whole(gross.high());
    }

    /** Of findings on different resources, which add up; null where one of them has no price. */
    private static Range gross(List<AuditedFinding> findings) {
        return findings.stream().anyMatch(finding -> finding.standAlone() == null)
                ? null
                : findings.stream().map(AuditedFinding::standAlone).reduce(Range.NOTHING, Range::plus);
    }

    private static String word(Confidence confidence) {
        return confidence == null ? "unknown" : confidence.key();
    }
}
