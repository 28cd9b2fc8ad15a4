package io.aiaudit.report.markdown;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.Totals;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Status;
import io.aiaudit.report.section.AuditHeadline;
import io.aiaudit.report.section.CommonSentences;
import io.aiaudit.report.section.CoverageView;
import io.aiaudit.report.section.Decision;
import io.aiaudit.report.section.DecisionRanges;
import io.aiaudit.report.section.EndedWork;
import io.aiaudit.report.section.Exclusions;
import io.aiaudit.report.section.FindingWords;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.Glossary;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.Banners;
import io.aiaudit.report.text.DisplayText;
import io.aiaudit.report.text.MarkdownText;
import io.aiaudit.report.text.Times;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parts that the Markdown reports, long and short, have in common.
 *
 * @param most of the rows of a table or list; below it is how many more there are
 * @param longestCell of a name or a title in a table
 * @param longestSentence of a reason
 */
record MarkdownSections(
        Audit audit,
        Amounts amounts,
        Exclusions exclusions,
        CommonSentences common,
        int most,
        int longestCell,
        int longestSentence) {
    /** Everything, and nothing cut. */
    static MarkdownSections whole(Audit audit) {
        return of(audit, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** The largest of each, in few words. */
    static MarkdownSections largest(Audit audit, int most) {
        return of(audit, most, 100, 600);
    }

    private static MarkdownSections of(Audit audit, int most, int longestCell, int longestSentence) {
        Amounts amounts = amounts(audit);
        return new MarkdownSections(
                audit,
                amounts,
                Exclusions.of(audit, amounts),
                CommonSentences.of(audit),
                most,
                longestCell,
                longestSentence);
    }

    /** A currency that is no code of three letters, which only a forged audit has, is before no amount. */
    private static Amounts amounts(Audit audit) {
        String currency = audit.currency();
        return new Amounts(currency != null && currency.matches("[A-Z]{3}") ? currency : null);
    }

    String banners() {
        StringBuilder text = new StringBuilder();
        Banners.of(audit).forEach(banner -> text.append("**").append(banner).append("**\n\n"));
        return text.toString();
    }

    String window() {
        return Times.window(audit.window()) + ", amounts in "
                + MarkdownText.sentence(Findings.orUnknown(audit.currency())) + " a month. "
                + common.history() + "\n\n";
    }

    /** The figures of the summary, one a line; what is nothing is left out. */
    String totals() {
        Totals totals = audit.totals();
        StringBuilder table = new StringBuilder();
        row(table, "AI spend", amounts.whole(totals.monthlyAiCost()), "");
        row(table, "**Net saving**", amounts.whole(likely()), range());
        long open = Findings.count(audit, Status.UNCONFIRMED);
        if (open > 0) {
            String ended = EndedWork.decisions(audit, amounts);
            row(
                    table,
                    "Needs your decision",
                    amounts.whole(totals.toDecide()),
                    "if all are approved: " + Decision.count(audit) + ", not in the saving"
                            + (ended.isEmpty() ? "" : "; " + ended));
        }
        part(table, "Blocked by the policy", totals.blockedSaving());
        part(table, "Accepted (`ignore`)", totals.acceptedSaving());
        BigDecimal unknown = CoverageView.notAssessedCost(audit);
        if (unknown != null && unknown.signum() > 0) {
            String share = Amounts.share(unknown, totals.windowAiCost());
            row(table, "Not assessed, in the window", amounts.whole(unknown), share + " of the AI spend of the window");
        } else if (unknown == null && audit.filter() != null) {
            row(table, "Not assessed, in the window", Amounts.UNKNOWN, CoverageView.whyUnknown(audit));
        }
        String checks = CoverageView.checksLacking(audit);
        BigDecimal partly = CoverageView.partly(audit);
        if (partly.signum() > 0 || !checks.isEmpty()) {
            String share = Amounts.share(partly, totals.windowAiCost());
            if (partly.signum() > 0) {
                String ofSpend = share.equals(Amounts.UNKNOWN) ? "" : share + " of the AI spend of the window";
                row(
                        table,
                        "Checked only in part, in the window",
                        amounts.whole(partly),
                        Stream.of(ofSpend, checks)
                                .filter(words -> !words.isEmpty())
                                .collect(Collectors.joining("; ")));
            } else {
                row(table, "Rule checks", "", checks);
            }
        }
        BigDecimal left = CoverageView.left(audit);
        if (left.signum() > 0) {
            String share = Amounts.share(left, totals.windowAiCost());
            row(
                    table,
                    "Left after the fix, or safety margin, in the window",
                    amounts.whole(left),
                    share + " of the AI spend of the window; no data is missing");
        }
        return "| | a month | |\n|---|---:|---|\n" + table + "\n"
                + (unknown == null ? "" : CoverageView.BASIS_BESIDE_SAVINGS + "\n\n");
    }

    private BigDecimal likely() {
        return audit.totals().saving() == null ? null : audit.totals().saving().likely();
    }

    private String range() {
        if (audit.totals().saving() == null) {
            return AuditHeadline.saving(audit, amounts);
        }
        String ended = EndedWork.note(audit, amounts);
        return amounts.wholeRange(audit.totals().saving()) + (ended.isEmpty() ? "" : "; " + ended);
    }

    private void part(StringBuilder table, String label, BigDecimal amount) {
        if (amount != null && amount.signum() > 0) {
            row(table, label, amounts.whole(amount), "gross, not in the saving");
        }
    }

    private static void row(StringBuilder table, String... cells) {
        table.append(MarkdownText.row(cells));
    }

    /** What counts, largest first, at most {@code most} rows; says what the others are. */
    String counted() {
        List<AuditedFinding> counted = Findings.saving(audit);
        StringBuilder table = new StringBuilder(
                counted.isEmpty()
                        ? ""
                        : MarkdownText.head(1, "net saving", "resource", "finding", "what to do", "confidence"));
        for (AuditedFinding finding : shown(counted)) {
            row(
                    table,
                    amounts.whole(finding.counted().likely()),
                    name(finding),
                    cell(Findings.title(audit, finding)),
                    first(finding)
                            + cell(
                                    finding.remedy() == null
                                            ? null
                                            : finding.remedy().action()),
                    finding.confidence() == null
                            ? Amounts.UNKNOWN
                            : finding.confidence().key());
        }
        String yet = FindingWords.savingNothingYet(audit, amounts)
                .map(words -> words + "\n\n")
                .orElse("");
        return table + (counted.isEmpty() ? "" : "\n") + more(counted.size()) + yet;
    }

    /** That a decision and an action exclude each other, after a space; empty where they do not. */
    private String excluded(AuditedFinding finding) {
        String words = exclusions.beside(finding);
        return words.isEmpty() ? "" : " " + cell(words);
    }

    /** A decision to wait for, before the action. */
    private String first(AuditedFinding finding) {
        String words = exclusions.beside(finding);
        return words.isEmpty() ? "" : cell(words) + " Otherwise: ";
    }

    /** In words, before the line of policy that approves it; empty where the line is all there is to say. */
    private String inWords(String lines, AuditedFinding finding) {
        String questions = Glossary.questions(lines, finding);
        return questions.isEmpty() ? "" : sentence(questions) + " ";
    }

    /** What needs a decision, with the line of policy that is the answer where there is one. */
    String decisions() {
        List<AuditedFinding> all = FindingWords.toDecide(audit);
        List<AuditedFinding> open = all.stream().filter(FindingWords::adds).toList();
        StringBuilder table = new StringBuilder(
                MarkdownText.head(1, "a month", "resource", "finding", "decision", "range, confidence"));
        DecisionRanges ranges = DecisionRanges.of(audit);
        for (AuditedFinding finding : shown(open)) {
            row(
                    table,
                    amounts.whole(finding.decisionAmount()),
                    name(finding),
                    cell(Findings.title(audit, finding)),
                    answer(finding) + excluded(finding),
                    cell(ranges.of(List.of(finding), amounts)));
        }
        String nothing = FindingWords.addNothing(audit, amounts)
                .map(words -> words + "\n\n")
                .orElse("");
        return table + "\n" + more(open.size()) + nothing;
    }

    /** The line of policy that approves it where that is all; else what has to be found out first. */
    private String answer(AuditedFinding finding) {
        if (!Decision.check(finding).isEmpty()) {
            return check(finding);
        }
        String question = Findings.openQuestion(audit, finding);
        String entry = Findings.policyEntry(audit, finding);
        boolean line = Findings.isPolicyLine(question) && entry.length() / 2 <= longestCell;
        return line ? inWords(question, finding) + MarkdownText.code(entry) : sentence(question);
    }

    /** The questions, and the lines that answer them under the keys that they go under. */
    private String check(AuditedFinding finding) {
        String lines = Findings.checkedEntries(audit, finding).stream()
                .map(entry -> entry.key() + ": " + MarkdownText.code(entry.line()))
                .collect(Collectors.joining(", "));
        return sentence(Decision.check(finding)) + " " + inWords(Findings.orUnknown(finding.statusReason()), finding)
                + lines;
    }

    /** What the user accepted, with his reason. */
    String accepted() {
        List<AuditedFinding> accepted = Findings.with(audit, Status.ACCEPTED);
        StringBuilder table = new StringBuilder(MarkdownText.head(1, "a month", "resource", "finding", "reason"));
        for (AuditedFinding finding : shown(accepted)) {
            row(
                    table,
                    amounts.whole(
                            finding.standAlone() == null
                                    ? null
                                    : finding.standAlone().likely()),
                    name(finding),
                    cell(Findings.title(audit, finding)),
                    sentence(Findings.orUnknown(Findings.statusReason(audit, finding))));
        }
        return table + "\n" + more(accepted.size());
    }

    /** What could not be read, rules that failed, and warnings, at most {@code most} of each. */
    String missing() {
        StringBuilder list = new StringBuilder();
        for (Gap gap : shown(audit.gaps())) {
            list.append("- Not read: ")
                    .append(sentence(CloudName.of(gap.source()) + " " + Findings.orUnknown(gap.scope()) + ": "
                            + gap.problem() + " " + gap.fix()))
                    .append('\n');
        }
        rest(audit.gaps().size(), list);
        audit.rules().stream()
                .filter(rule -> rule.state().equals("failed"))
                .limit(most)
                .forEach(rule -> list.append("- Rule failed: ")
                        .append(sentence(rule.id() + ": " + Findings.orUnknown(rule.problem())))
                        .append('\n'));
        shown(audit.warnings())
                .forEach(warning -> list.append(Audit.isAsConfigured(warning) ? "- " : "- Warning: ")
                        .append(sentence(warning))
                        .append('\n'));
        rest(audit.warnings().size(), list);
        return list.toString();
    }

    private void rest(int all, StringBuilder list) {
        if (all > most) {
            list.append("- ").append(Amounts.count(all - most)).append(" more: HTML, CSV and JSON reports\n");
        }
    }

    private String more(int all) {
        return all > most ? Amounts.count(all - most) + " more: HTML, CSV and JSON reports.\n\n" : "";
    }

    private <T> List<T> shown(List<T> all) {
        return all.subList(0, Math.min(most, all.size()));
    }

    String name(AuditedFinding finding) {
        return MarkdownText.code(DisplayText.cut(Findings.name(finding), longestCell));
    }

    private String cell(String text) {
        return MarkdownText.sentence(DisplayText.cut(Findings.orUnknown(text), longestCell));
    }

    private String sentence(String text) {
        return MarkdownText.sentence(DisplayText.cut(text, longestSentence));
    }
}
