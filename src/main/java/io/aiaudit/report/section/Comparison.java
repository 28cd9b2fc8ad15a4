package io.aiaudit.report.section;

import io.aiaudit.model.Audit.Totals;
import io.aiaudit.model.Coverage;
import io.aiaudit.report.text.Amounts;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Why an audit finds less, or more, than what was published about AI spend in general: each dollar of the window in one
 * class, with the share that it is.
 */
public record Comparison(PublishedPatterns.Claim claim, Totals totals) {
    public List<CoverageView.Line> lines() {
        return CoverageView.lines(totals.coverage());
    }

    public boolean known() {
        return totals.saving() != null && spend() != null && spend().signum() > 0;
    }

    public String share(CoverageView.Line line) {
        return Amounts.share(line.amount(), spend());
    }

    private BigDecimal spend() {
        return totals.coverage() == null ? null : totals.coverage().sum();
    }

    /** The answer to the question why this is less than what was published. */
    public List<String> sentences(Amounts amounts) {
        if (!known()) {
            return List.of("No cost or no examined resource is known, so nothing can be compared.");
        }
        Coverage where = totals.coverage();
        BigDecimal identified = where.counted()
                .add(where.needsDecision())
                .add(where.blocked())
                .add(where.accepted())
                .add(where.freedCommitment());
        BigDecimal atMost = identified.add(where.notAssessed());
        List<String> sentences = new ArrayList<>();
        if (totals.monthlyAiCost() != null) {
            sentences.add("On this AI spend of " + amounts.money(totals.monthlyAiCost())
                    + " a month the published figure would be "
                    + amounts.money(part(claim.low())) + " to " + amounts.money(part(claim.high())) + ".");
        }
        sentences.add("Counted here: " + share(where.counted()) + " of the AI spend in the window, "
                + "each dollar once and only what the evidence supports.");
        sentences.add("All findings together make " + share(identified)
                + ", including those that need your decision, blocked, accepted or under a commitment.");
        sentences.add("In " + share(where.inUse()) + " the rules that could run found no waste. "
                + share(where.notAssessed()) + " was not assessed.");
        sentences.add(conclusion(where, atMost));
        return sentences;
    }

    private String conclusion(Coverage where, BigDecimal atMost) {
        if (fraction(where.counted()).compareTo(claim.low()) >= 0) {
            return "The counted share reaches the published figure.";
        }
        boolean below = fraction(atMost).compareTo(claim.low()) < 0;
        return "The upper limit here is " + share(atMost)
                + (below
                        ? ", below the published figure. "
                        : ". The published figure is possible only near that limit. ")
                + "The limit takes every decision as approved, blocked and accepted findings as carried out, "
                + "commitments as expired, and all unassessed spend as waste. It takes as used all cost in which no "
                + "waste was found.";
    }

    private BigDecimal part(BigDecimal share) {
        return totals.monthlyAiCost().multiply(share);
    }

    private String share(BigDecimal amount) {
        return amount.signum() == 0 ? "0 %" : Amounts.share(amount, spend());
    }

    private BigDecimal fraction(BigDecimal amount) {
        return amount.divide(spend(), MathContext.DECIMAL64);
    }
}
