package io.aiaudit.report.markdown;

import io.aiaudit.model.Range;
import io.aiaudit.report.compare.AuditDiff;
import io.aiaudit.report.compare.AuditDiff.Change;
import io.aiaudit.report.compare.AuditDiff.Side;
import io.aiaudit.report.compare.DiffCause;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.Banners;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.report.text.DisplayText;
import io.aiaudit.report.text.MarkdownText;
import io.aiaudit.report.text.Times;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * What changed between two audits as a comment on a pull or merge request: the figures at once, the findings folded by
 * cause.
 */
public final class MarkdownDiff {
    private static final int MOST = 20;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_REASON = 400;

    private MarkdownDiff() {}

    public static String text(AuditDiff diff) {
        Amounts amounts = new Amounts(currency(diff));
        StringBuilder text = new StringBuilder(PullRequestReporter.MARK + "\n### aiaudit: ")
                .append(headline(diff, amounts))
                .append("\n\n");
        if (diff.demo()) {
            text.append("**").append(Banners.DEMO).append("**\n\n");
        }
        text.append("From ")
                .append(Times.window(diff.before().window()))
                .append(" to ")
                .append(Times.window(diff.after().window()))
                .append(".\n\n")
                .append(figures(diff, amounts));
        diff.warnings()
                .forEach(warning -> text.append("- Warning: ")
                        .append(MarkdownText.sentence(warning))
                        .append('\n'));
        text.append(diff.warnings().isEmpty() ? "" : "\n");
        diff.findings().byCause().forEach((cause, changes) -> findings(cause, changes, amounts, text));
        text.append(CountedNoun.of(diff.findings().unchanged(), "finding")).append(" as before.\n");
        return text.toString();
    }

    /** Of both audits; without a sign where they differ, or where it is no code of a currency. */
    private static String currency(AuditDiff diff) {
        String currency = diff.after().currency();
        boolean known = currency != null
                && currency.matches("[A-Z]{3}")
                && Objects.equals(currency, diff.before().currency());
        return known ? currency : null;
    }

    private static String headline(AuditDiff diff, Amounts amounts) {
        BigDecimal change = diff.savingChange();
        if (change == null) {
            return "the change of the saving is unknown";
        }
        return change.signum() == 0
                ? "the saving is as before"
                : amounts.whole(change.abs()) + " a month " + (change.signum() > 0 ? "more" : "less")
                        + " can be saved than before";
    }

    private static String figures(AuditDiff diff, Amounts amounts) {
        Side before = diff.before();
        Side after = diff.after();
        return "| a month | before | now |\n|---|---:|---:|\n"
                + MarkdownText.row(
                        "AI spend", amounts.whole(before.monthlyAiCost()), amounts.whole(after.monthlyAiCost()))
                + MarkdownText.row(
                        "**Net saving**", amounts.whole(likely(before.saving())), amounts.whole(likely(after.saving())))
                + MarkdownText.row(
                        "Needs your decision",
                        amounts.whole(before.needsDecision()),
                        amounts.whole(after.needsDecision()))
                + "\n";
    }

    private static BigDecimal likely(Range range) {
        return range == null ? null : range.likely();
    }

    private static void findings(DiffCause cause, List<Change> all, Amounts amounts, StringBuilder text) {
        List<Change> changes = all.stream().filter(Change::hasEffect).toList();
        text.append("<details><summary>")
                .append(cause.heading())
                .append(": ")
                .append(CountedNoun.of(all.size(), "finding"))
                .append("</summary>\n\n");
        if (!changes.isEmpty()) {
            text.append(MarkdownText.head(1, "net saving", "resource", "region", "finding", "what changed"));
        }
        for (Change change : changes.subList(0, Math.min(MOST, changes.size()))) {
            text.append(MarkdownText.row(
                    signed(change.savingChange(), amounts),
                    MarkdownText.code(DisplayText.cut(change.displayName(), LONGEST_NAME)),
                    MarkdownText.sentence(DisplayText.cut(Findings.orUnknown(change.region()), LONGEST_NAME)),
                    MarkdownText.sentence(
                            DisplayText.cut(change.title(), LONGEST_NAME) + change.exclusion(amounts::whole)),
                    MarkdownText.sentence(DisplayText.cut(change.reason(), LONGEST_REASON))));
        }
        more(changes.size() - MOST, "more, with `-f json`", text);
        more(all.size() - changes.size(), "without a change of an amount, with `-f json`", text);
        text.append("\n</details>\n\n");
    }

    private static void more(int number, String words, StringBuilder text) {
        if (number > 0) {
            text.append('\n')
                    .append(Amounts.count(number))
                    .append(' ')
                    .append(words)
                    .append(".\n");
        }
    }

    private static String signed(BigDecimal change, Amounts amounts) {
        return change != null && change.signum() > 0 ? "+" + amounts.whole(change) : amounts.whole(change);
    }
}
