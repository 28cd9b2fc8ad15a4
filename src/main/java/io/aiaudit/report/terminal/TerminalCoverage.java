package io.aiaudit.report.terminal;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.NotAssessed;
import io.aiaudit.model.Audit.Verdict;
import io.aiaudit.report.section.CoverageView;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.DisplayText;
import java.math.BigDecimal;
import java.util.List;

/** The part of the terminal report with the coverage of the AI money of the window. */
final class TerminalCoverage {
    private static final int LABEL = 38;
    private static final int AMOUNT = 15;

    private TerminalCoverage() {}

    static void write(Audit audit, Amounts amounts, TerminalPage page) {
        List<CoverageView.Line> lines = CoverageView.lines(audit);
        if (lines.isEmpty()) {
            page.sentence("", CoverageView.whyUnknown(audit));
            return;
        }
        BigDecimal spend = audit.totals().windowAiCost();
        page.heading("AI spend in the window, each dollar in one class: " + amounts.money(spend));
        for (CoverageView.Line line : lines) {
            page.line(DisplayText.left(line.name(), LABEL)
                    + DisplayText.right(amounts.plain(line.amount()), AMOUNT)
                    + "   "
                    + Amounts.share(line.amount(), spend));
        }
        notAssessed(audit, amounts, page);
        verdicts(audit, amounts, page);
    }

    private static void notAssessed(Audit audit, Amounts amounts, TerminalPage page) {
        List<NotAssessed> things = CoverageView.open(audit);
        if (things.isEmpty()) {
            page.sentence("", CoverageView.explained(audit));
            return;
        }
        page.heading("Not assessed: what is missing");
        page.faintSentence("", CoverageView.explained(audit));
        List<String> costs = CoverageView.notAssessed(audit, amounts);
        for (int index = 0; index < things.size(); index++) {
            String start = DisplayText.right(costs.get(index), AMOUNT) + "  ";
            String names = CoverageView.largest(audit, things.get(index));
            String missing = CoverageView.missing(things.get(index)) + (names.isEmpty() ? "" : ": " + names);
            List<String> lines = DisplayText.wrap(missing, page.width() - start.length());
            page.line(start + lines.get(0));
            lines.stream().skip(1).forEach(line -> page.line(" ".repeat(start.length()) + line));
        }
    }

    private static void verdicts(Audit audit, Amounts amounts, TerminalPage page) {
        if (audit.verdicts().isEmpty()) {
            return;
        }
        page.heading("Largest resources, a month");
        for (Verdict verdict : audit.verdicts()) {
            String start = DisplayText.right(amounts.plain(verdict.monthlyCost()), AMOUNT) + "  ";
            page.line(start
                    + DisplayText.cut(
                            CoverageView.name(verdict) + ": " + CoverageView.word(verdict),
                            page.width() - start.length()));
            String indent = " ".repeat(start.length());
            page.faintSentence(indent, Findings.titled(audit, verdict.reason()));
        }
    }
}
