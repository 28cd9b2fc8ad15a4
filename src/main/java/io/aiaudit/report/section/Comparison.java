package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.NotAssessed;
import io.aiaudit.model.Audit.Totals;
import io.aiaudit.model.Coverage;
import io.aiaudit.model.Money;
import io.aiaudit.report.text.Amounts;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Why an audit finds less, or more, than what was published about AI spend in general: each dollar of the window in one
 * class, with the share that it is and what the summary has a month of it.
 */
public record Comparison(PublishedPatterns published, Audit audit) {
    public static Comparison of(Audit audit) {
        return new Comparison(PublishedPatterns.read(), audit);
    }

    /**
     * A class of the AI spend.
     *
     * @param monthly the figure of the summary; null where the summary has none
     */
    public record Row(String name, String share, BigDecimal inWindow, BigDecimal monthly, String meaning) {}

    public boolean known() {
        return totals().saving() != null && spend() != null && spend().signum() > 0;
    }

    /** The classes that have an amount. */
    public List<Row> rows() {
        return CoverageView.lines(audit).stream()
                .map(line -> new Row(
                        line.name(),
                        Amounts.share(line.amount(), spend()),
                        line.amount(),
                        monthly(line),
                        line.meaning()))
                .toList();
    }

    /** All of them together. */
    public Row sum() {
        return new Row("AI spend", "100 %", spend(), totals().monthlyAiCost(), "Shares are rounded.");
    }

    private BigDecimal monthly(CoverageView.Line line) {
        return switch (line.ink()) {
            case "counted" -> totals().saving().likely();
            case "unconfirmed" -> totals().toDecide();
            case "blocked" -> totals().blockedSaving();
            case "accepted" -> totals().acceptedSaving();
            default -> null;
        };
    }

    /** How the amounts a month follow from those of the window. */
    public List<String> bridge(Amounts amounts) {
        if (!known()) {
            return List.of();
        }
        List<String> sentences = new ArrayList<>();
        sentences.add("The window has " + Amounts.count(audit.window().hours()) + " hours, a month 730. "
                + scaled("Counted", where().counted(), totals().saving().likely(), "", amounts));
        if (where().needsDecision().signum() > 0 && totals().toDecide() != null) {
            sentences.add(scaled(
                    "Needs decision",
                    where().needsDecision(),
                    totals().toDecide(),
                    ", part is on cost that is also blocked or accepted",
                    amounts));
        }
        if (where().blocked().signum() > 0 || where().accepted().signum() > 0) {
            sentences.add("Blocked and accepted a month are gross: findings on the same cost overlap there.");
        }
        return sentences;
    }

    /** From dollars of the window to the figure of the summary, and why that is not the same. */
    private String scaled(String name, BigDecimal inWindow, BigDecimal monthly, String also, Amounts amounts) {
        BigDecimal month = inWindow.multiply(Money.HOURS_PER_MONTH)
                .divide(BigDecimal.valueOf(audit.window().hours()), MathContext.DECIMAL64);
        BigDecimal rest = monthly.subtract(month);
        String sentence = name + ": " + amounts.money(inWindow) + " x 730/"
                + audit.window().hours() + " = " + amounts.money(month);
        return rest.abs().compareTo(BigDecimal.ONE) < 0
                ? sentence + ", the figure of the summary."
                : sentence + "; the summary has " + amounts.money(monthly) + ", " + amounts.money(rest.abs())
                        + (rest.signum() > 0 ? " more" : " less")
                        + ". Reasons: part of it is on spend that is not AI" + also
                        + ", or the cost changed within the window.";
    }

    /** The answer to the question why this is less than what was published. */
    public List<String> sentences(Amounts amounts) {
        if (!known()) {
            return List.of("No cost or no examined resource is known, so nothing can be compared.");
        }
        List<String> sentences = new ArrayList<>();
        if (totals().monthlyAiCost() != null) {
            sentences.add("On this AI spend of " + amounts.money(totals().monthlyAiCost())
                    + " a month the published figure would be "
                    + amounts.money(part(published.whole().low())) + " to "
                    + amounts.money(part(published.whole().high())) + " a month.");
        }
        sentences.add("Counted here: " + share(where().counted()) + " of the AI spend. The net saving is "
                + amounts.money(totals().saving().likely())
                + " a month, each dollar once and only what the evidence supports.");
        sentences.add("All findings together make " + share(where().claimed())
                + " of the AI spend, including those that need your decision, blocked, accepted or under a "
                + "commitment.");
        sentences.add("For " + share(where().inUse()) + " of the AI spend, no rule found waste. "
                + share(CoverageView.notAssessedCost(audit)) + " was not assessed."
                + (CoverageView.left(audit).signum() == 0
                        ? ""
                        : " " + share(CoverageView.left(audit)) + " is left after fixes, or their safety margin."));
        List<NotAssessed> open = CoverageView.open(audit);
        if (!open.isEmpty() && CoverageView.notAssessedCost(audit).signum() > 0) {
            sentences.add(toAssess(open.get(0)));
        }
        sentences.addAll(conclusion(amounts));
        return sentences;
    }

    /** What would close most of the gap. */
    private String toAssess(NotAssessed largest) {
        String names = CoverageView.largest(audit, largest);
        return "The largest part of what was not assessed is " + share(largest.cost()) + " of the AI spend"
                + (names.isEmpty() ? "" : ": " + names) + ". " + CoverageView.missing(largest) + ". " + largest.fix();
    }

    private List<String> conclusion(Amounts amounts) {
        if (fraction(where().counted()).compareTo(published.whole().low()) >= 0) {
            return List.of("The counted share reaches the published figure.");
        }
        BigDecimal together = where().claimed().add(CoverageView.notAssessedCost(audit));
        boolean below = fraction(together).compareTo(published.whole().low()) < 0;
        return List.of(
                "Findings and unassessed spend together are " + share(together)
                        + (below
                                ? ", below the published figure"
                                : ". The published figure needs nearly all of that to be waste")
                        + ": every decision approved, blocked and accepted findings carried out, commitments expired, "
                        + "and all unassessed spend waste.",
                noLimit(together, amounts));
    }

    private String noLimit(BigDecimal together, Amounts amounts) {
        BigDecimal partly = totals().inUsePartlyChecked();
        if (where().inUse().signum() == 0) {
            return "Nothing else was assessed.";
        }
        return (together.signum() == 0
                        ? "No findings and no unassessed spend do not mean that nothing can be saved. "
                        : share(together) + " is no upper limit. ")
                + (partly == null
                        ? "In the rest, rules that lacked data may still find waste."
                        : "Of the " + share(where().inUse()) + " without waste found, " + amounts.money(partly)
                                + " in the window (" + share(partly)
                                + " of the AI spend) is of resources that at least "
                                + "one rule about costs could not check.");
    }

    private Totals totals() {
        return audit.totals();
    }

    private Coverage where() {
        return totals().coverage();
    }

    private BigDecimal spend() {
        return where() == null ? null : where().sum();
    }

    private BigDecimal part(BigDecimal share) {
        return totals().monthlyAiCost().multiply(share);
    }

    private String share(BigDecimal amount) {
        return amount.signum() == 0 ? "0 %" : Amounts.share(amount, spend());
    }

    private BigDecimal fraction(BigDecimal amount) {
        return amount.divide(spend(), MathContext.DECIMAL64);
    }
}
