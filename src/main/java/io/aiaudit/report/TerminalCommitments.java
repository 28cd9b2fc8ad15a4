package io.aiaudit.report;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.CommitmentCoverage;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

/** The part of the terminal report that says what is promised to clouds, until when, and what of it nobody uses: the largest unused amounts. */
final class TerminalCommitments {
    private static final int SHOWN = 5;
    private static final int AMOUNT = 15;
    private static final int TERM = 25;
    private static final BigDecimal HOURS_PER_MONTH = new BigDecimal(730);

    private static final Comparator<Commitment> LEAST_USED = Comparator.comparing(
                    TerminalCommitments::unused, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Commitment::hourlyCommitment, Comparator.nullsFirst(Comparator.naturalOrder()))
            .reversed()
            .thenComparing(commitment -> Findings.orUnknown(commitment.commitmentId()));

    private TerminalCommitments() {}

    static void write(Audit audit, Amounts amounts, TerminalPage page) {
        List<Commitment> commitments =
                audit.commitments().stream().sorted(LEAST_USED).toList();
        if (!commitments.isEmpty()) {
            page.heading("Unused commitments, a month");
            largestUnused(commitments, amounts, page);
        } else if (!audit.commitmentCoverage().isEmpty()) {
            page.heading("Commitments");
        }
        audit.commitmentCoverage().forEach(coverage -> page.sentence("", covered(coverage, amounts)));
    }

    private static void largestUnused(List<Commitment> commitments, Amounts amounts, TerminalPage page) {
        int what = page.width() - AMOUNT - TERM - 4;
        for (Commitment commitment : commitments.subList(0, Math.min(SHOWN, commitments.size()))) {
            page.line(DisplayText.right(amounts.plain(unused(commitment)), AMOUNT)
                    + "  "
                    + DisplayText.left(what(commitment), what)
                    + "  "
                    + DisplayText.cut(term(commitment), TERM));
        }
        if (commitments.size() > SHOWN) {
            page.faint(" ".repeat(AMOUNT + 2) + "and " + Amounts.count(commitments.size() - SHOWN)
                    + " more, in the HTML and JSON reports");
        }
    }

    /** Such as {@code aws: 25 % of 120,400.00 by the hour is committed; findings would leave 20 % of it unused}. */
    private static String covered(CommitmentCoverage coverage, Amounts amounts) {
        return coverage.provider() + ": " + Amounts.share(coverage.coverage(), BigDecimal.ONE) + " of "
                + amounts.plain(coverage.monthlyCost()) + " by the hour is committed"
                + (coverage.strandedShare() == null || coverage.strandedShare().signum() == 0
                        ? ""
                        : "; findings would leave " + Amounts.share(coverage.strandedShare(), BigDecimal.ONE)
                                + " of it unused");
    }

    /** Of a month of 730 hours; null where the price or the use is not known. */
    private static BigDecimal unused(Commitment commitment) {
        if (commitment.hourlyCommitment() == null || commitment.usedShare() == null) {
            return null;
        }
        return commitment
                .hourlyCommitment()
                .multiply(BigDecimal.ONE.subtract(commitment.usedShare()).max(BigDecimal.ZERO))
                .multiply(HOURS_PER_MONTH);
    }

    private static String what(Commitment commitment) {
        return Findings.orUnknown(commitment.kind()).replace('_', ' ') + " "
                + Findings.orUnknown(commitment.scope() == null ? commitment.commitmentId() : commitment.scope());
    }

    private static String term(Commitment commitment) {
        String used = Amounts.share(commitment.usedShare(), BigDecimal.ONE);
        return (used.equals(Amounts.UNKNOWN) ? "use unknown" : used + " used")
                + (commitment.end() == null
                        ? ""
                        : " to " + commitment.end().toString().substring(0, "2026-06-01".length()));
    }
}
