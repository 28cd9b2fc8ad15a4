package io.aiaudit.report.terminal;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.Gap;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.QualityView;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.DisplayText;
import java.util.List;
import java.util.stream.Collectors;

/** The part of the terminal report that says what the figures do not cover. */
final class TerminalQuality {
    private static final String INDENT = "    ";

    private TerminalQuality() {}

    static void write(Audit audit, Amounts amounts, TerminalPage page) {
        notExamined(audit.rules(), amounts, page);
        brokenRules(audit.rules(), page);
        gaps(audit, amounts, page);
        warnings(audit.warnings(), page);
    }

    private static void notExamined(List<RuleReport> rules, Amounts amounts, TerminalPage page) {
        List<RuleReport> blind = rules.stream()
                .filter(rule -> rule.lackedData() > 0)
                .sorted(QualityView.BY_MONEY)
                .toList();
        if (blind.isEmpty()) {
            return;
        }
        page.heading("Checks that lacked data, by rule");
        for (RuleReport rule : blind) {
            String of = Amounts.count(rule.lackedData()) + " of " + Amounts.count(rule.checks());
            if (rule.costNotExamined().signum() > 0) {
                of += ", " + amounts.whole(rule.costNotExamined()) + " a month";
            }
            page.line(DisplayText.cut("  " + rule.id() + ": " + of, page.width()));
            page.sentence(INDENT, reasons(rule));
        }
    }

    private static String reasons(RuleReport rule) {
        return QualityView.reasonsByCost(rule).stream()
                .map(reason ->
                        reason + " (" + Amounts.count(rule.notExaminedReasons().get(reason)) + ")")
                .collect(Collectors.joining("; "));
    }

    private static void brokenRules(List<RuleReport> rules, TerminalPage page) {
        List<RuleReport> broken =
                rules.stream().filter(rule -> rule.state().equals("failed")).toList();
        long skipped =
                rules.stream().filter(rule -> rule.state().equals("skipped")).count();
        if (broken.isEmpty() && skipped == 0) {
            return;
        }
        page.heading("Rules that did not run");
        broken.forEach(rule -> page.sentence("  ", rule.id() + " failed: " + rule.problem()));
        if (skipped > 0) {
            page.line("  " + Amounts.count(skipped) + " left out by --rule or --skip-rule");
        }
    }

    private static void gaps(Audit audit, Amounts amounts, TerminalPage page) {
        if (audit.gaps().isEmpty()) {
            return;
        }
        page.heading("Not read");
        for (Gap gap : audit.gaps()) {
            page.sentence(
                    "  ", CloudName.of(gap.source()) + " " + Findings.orUnknown(gap.scope()) + ": " + gap.problem());
            String cost = QualityView.cost(audit, gap, amounts);
            if (!cost.isEmpty()) {
                page.sentence(INDENT, cost);
            }
            page.advice(INDENT, "fix: " + gap.fix());
        }
    }

    private static void warnings(List<String> warnings, TerminalPage page) {
        if (warnings.isEmpty()) {
            return;
        }
        page.heading("Warnings");
        warnings.forEach(warning -> page.sentence("  ", warning));
    }
}
