package io.aiaudit.report.section;

import io.aiaudit.model.CloudName;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.CommitmentCoverage;
import io.aiaudit.model.Money;
import io.aiaudit.report.text.Amounts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What is committed, until when, and how much of it is used: the largest first. */
public final class CommitmentView {
    private static final Comparator<Commitment> LARGEST = Comparator.comparing(
                    Commitment::hourlyCommitment, Comparator.nullsFirst(Comparator.naturalOrder()))
            .reversed()
            .thenComparing(commitment -> Findings.orUnknown(commitment.commitmentId()));

    /** What the coverage by provider is of. */
    public static final String BASIS =
            "Hourly-billed AI cost: the last days of the window, projected to a month; spot is left "
                    + "out. 'Unused today' is commitment that you pay for without using. "
                    + "The other amounts show how much more would go unused after the counted fixes.";

    private CommitmentView() {}

    public static List<Map<String, Object>> of(List<Commitment> commitments, Amounts amounts) {
        return commitments.stream()
                .sorted(LARGEST)
                .map(commitment -> View.of(
                        "kind", Findings.orUnknown(commitment.kind()).replace('_', ' '),
                        "id", Findings.orUnknown(commitment.commitmentId()),
                        "scope", Findings.orUnknown(commitment.scope()),
                        "start", day(commitment.start()),
                        "end", day(commitment.end()),
                        "hourly", Amounts.price(commitment.hourlyCommitment()),
                        "used", Amounts.share(commitment.usedShare(), BigDecimal.ONE),
                        "unused", amounts.whole(unused(commitment))))
                .toList();
    }

    /** How much of what costs by the hour is committed, by provider. */
    static List<Map<String, Object>> coverage(List<CommitmentCoverage> coverages, Amounts amounts) {
        return coverages.stream()
                .map(coverage -> View.of(
                        "provider", CloudName.of(coverage.provider()),
                        "cost", amounts.plain(coverage.monthlyCost()),
                        "committed", amounts.plain(coverage.committedCost()),
                        "coverage", Amounts.share(coverage.coverage(), BigDecimal.ONE),
                        "stranded", amounts.plain(coverage.strandedCost()),
                        "stranded_share", Amounts.share(coverage.strandedShare(), BigDecimal.ONE)))
                .toList();
    }

    /** Paid for a month of 730 hours and not used; null where the price or the use is not known. */
    public static BigDecimal unused(Commitment commitment) {
        if (commitment.hourlyCommitment() == null || commitment.usedShare() == null) {
            return null;
        }
        return commitment
                .hourlyCommitment()
                .multiply(BigDecimal.ONE.subtract(commitment.usedShare()).max(BigDecimal.ZERO))
                .multiply(Money.HOURS_PER_MONTH);
    }

    private static String day(Instant instant) {
        return instant == null ? Amounts.UNKNOWN : instant.toString().substring(0, "2026-06-01".length());
    }
}
