package io.aiaudit.report.terminal;

import io.aiaudit.model.Audit;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.CommitmentCoverage;
import io.aiaudit.report.section.CommitmentView;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.DisplayText;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

/**
 * The part of the terminal report that says what is promised to clouds, until when, and what of it nobody uses: the
 * largest unused amounts.
 */
final class TerminalCommitments {
    private static final int AMOUNT = 13;
    private static final int TERM = 27;

    private static final Comparator<Commitment> LEAST_USED = Comparator.comparing(
                    CommitmentView::unused, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Commitment::hourlyCommitment, Comparator.nullsFirst(Comparator.naturalOrder()))
            .reversed()
            .thenComparing(commitment -> Findings.orUnknown(commitment.commitmentId()));

    private TerminalCommitments() {}

    static void write(Audit audit, Amounts amounts, TerminalPage page) {
        List<Commitment> commitments =
                audit.commitments().stream().sorted(LEAST_USED).toList();
        if (!commitments.isEmpty()) {
            page.heading("Commitments, unused today, a month");
            largestUnused(commitments, amounts, page);
        } else if (!audit.commitmentCoverage().isEmpty()) {
            page.heading("Commitments");
        }
        audit.commitmentCoverage().forEach(coverage -> page.sentence("", covered(coverage, amounts)));
    }

    private static void largestUnused(List<Commitment> commitments, Amounts amounts, TerminalPage page) {
        int what = page.width() - AMOUNT - TERM - 4;
        for (Commitment commitment : commitments) {
            page.line(DisplayText.right(amounts.plain(CommitmentView.unused(commitment)), AMOUNT)
                    + "  "
                    + DisplayText.name(what(commitment), what)
                    + "  "
                    + DisplayText.cut(term(commitment), TERM));
        }
    }

    /**
     * Such as {@code aws: commitments cover 25 % of 120,400.00 in hourly charges; counted findings would leave
     * another 6,020 of them unused (20 %)}.
     */
    private static String covered(CommitmentCoverage coverage, Amounts amounts) {
        return CloudName.of(coverage.provider()) + ": commitments cover "
                + Amounts.share(coverage.coverage(), BigDecimal.ONE)
                + " of "
                + amounts.plain(coverage.monthlyCost()) + " in hourly charges"
                + (coverage.strandedShare() == null || coverage.strandedShare().signum() == 0
                        ? ""
                        : "; counted findings would leave another " + amounts.plain(coverage.strandedCost())
                                + " of them unused (" + Amounts.share(coverage.strandedShare(), BigDecimal.ONE)
                                + ")");
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
                        : ", ends " + commitment.end().toString().substring(0, "2026-06-01".length()));
    }
}
