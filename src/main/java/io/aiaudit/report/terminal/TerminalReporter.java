package io.aiaudit.report.terminal;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.ProviderBill;
import io.aiaudit.model.Audit.Totals;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.Status;
import io.aiaudit.report.format.Reporter;
import io.aiaudit.report.section.AtListPrice;
import io.aiaudit.report.section.CommonSentences;
import io.aiaudit.report.section.Conversions;
import io.aiaudit.report.section.Decision;
import io.aiaudit.report.section.DecisionRanges;
import io.aiaudit.report.section.EndedWork;
import io.aiaudit.report.section.Exclusions;
import io.aiaudit.report.section.FindingWords;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.Banners;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.report.text.DisplayText;
import io.aiaudit.report.text.Times;
import io.aiaudit.report.text.WrappedEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report for a person at a terminal, nothing wider than that: one screen, or with details all that there is. */
public final class TerminalReporter implements Reporter {
    /** Of any rule of ours, at 80 columns; a rule of the user may say more. */
    private static final int REASON_LINES = 12;

    private static final int OPINION_LINES = 2;
    private static final int LABEL = 19;
    private static final int PROVIDER = 12;
    private static final int AMOUNT = 15;

    private final TerminalStyle style;

    public TerminalReporter(TerminalStyle style) {
        this.style = style;
    }

    @Override
    public String format() {
        return "terminal";
    }

    @Override
    public void write(Audit audit, OutputStream out) throws IOException {
        TerminalPage page = new TerminalPage(style);
        Amounts amounts = Amounts.rounded(audit.currency());
        head(audit, page);
        if (style.details()) {
            details(audit, amounts, page);
        } else {
            TerminalSummary.write(audit, amounts, page);
        }
        out.write(page.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void details(Audit audit, Amounts amounts, TerminalPage page) {
        bill(audit, amounts, page);
        figures(audit, amounts, page);
        toConfirm(audit, amounts, page);
        largest(audit, amounts, page);
        TerminalCoverage.write(audit, amounts, page);
        TerminalRollUps.write(audit, amounts, page);
        TerminalPlan.write(audit, amounts, page);
        TerminalCommitments.write(audit, amounts, page);
        TerminalGpuMix.write(audit, amounts, page);
        TerminalCompliance.residency(audit, page);
        TerminalCompliance.trails(audit, amounts, page);
        TerminalUse.write(audit, amounts, page);
        TerminalQuality.write(audit, amounts, page);
        TerminalNext.write(audit, page);
    }

    private static void head(Audit audit, TerminalPage page) {
        String window = Times.window(audit.window());
        page.title("aiaudit " + audit.tool().version() + "   " + window + "   amounts in "
                + Findings.orUnknown(audit.currency()));
        Banners.of(audit).forEach(page::banner);
    }

    private static void bill(Audit audit, Amounts amounts, TerminalPage page) {
        if (audit.bill().providers().isEmpty()) {
            return;
        }
        page.heading("Bill (full billing files)");
        int column = Math.min(AMOUNT + 1, (page.width() - PROVIDER) / 4);
        page.faint(billLine(column, "", "billed", "effective", "AI", "rows rejected"));
        for (ProviderBill bill : audit.bill().providers()) {
            page.line(billLine(
                    column,
                    CloudName.of(bill.provider()),
                    amounts.plain(bill.billedCost()),
                    amounts.plain(bill.effectiveCost()),
                    amounts.plain(bill.aiCost()),
                    Amounts.count(bill.rejectedRows())));
        }
        Conversions.sentences(audit).forEach(sentence -> page.sentence("", sentence));
    }

    private static String billLine(int column, String provider, String... cells) {
        StringBuilder line = new StringBuilder(DisplayText.left(provider, PROVIDER));
        for (String cell : cells) {
            line.append(DisplayText.right(cell, column));
        }
        return line.toString();
    }

    private static void figures(Audit audit, Amounts amounts, TerminalPage page) {
        Totals totals = audit.totals();
        page.heading("A month (730 hours)");
        figure(page, "All cost", amounts.money(totals.monthlyCost()), AtListPrice.allCost(audit, amounts));
        figure(
                page,
                "AI spend",
                amounts.money(totals.monthlyAiCost()),
                note(Amounts.share(totals.monthlyAiCost(), totals.monthlyCost()), " of all cost"));
        if (totals.needsRunRate()) {
            figure(
                    page,
                    "Run rate",
                    amounts.money(totals.runRate()),
                    "monthly cost at the rate of the last seven days");
        }
        if (totals.saving() == null) {
            figure(
                    page,
                    "Net saving",
                    Amounts.UNKNOWN,
                    audit.examinedAnything() ? "no finding has a price" : "no resource could be checked");
        } else {
            figure(
                    page,
                    "Net saving",
                    amounts.money(totals.saving().likely()),
                    joined(
                            note(Amounts.share(totals.saving().likely(), totals.monthlyAiCost()), " of AI spend"),
                            AtListPrice.saving(audit, amounts),
                            EndedWork.note(audit, amounts)));
            figure(page, "", "", amounts.range(totals.saving()));
        }
        if (positive(totals.toDecide()) || Findings.count(audit, Status.UNCONFIRMED) > 0) {
            figure(
                    page,
                    "Needs your decision",
                    amounts.money(totals.toDecide()),
                    joined(Decision.count(audit) + "; not counted", EndedWork.decisions(audit, amounts)));
        }
        rest(
                audit,
                Status.BLOCKED,
                totals.blockedSaving(),
                "Blocked by policy",
                "excluded from the net saving",
                amounts,
                page);
        rest(
                audit,
                Status.ACCEPTED,
                totals.acceptedSaving(),
                "Accepted",
                "excluded from the net saving",
                amounts,
                page);
        if (positive(totals.freedCommitment())) {
            figure(
                    page,
                    "Unused commitment",
                    amounts.money(totals.freedCommitment()),
                    "unused today or left unused by counted fixes; saved only when it expires");
        }
        if (totals.unpricedFindings() > 0) {
            figure(
                    page,
                    "Unpriced",
                    Amounts.UNKNOWN,
                    CountedNoun.of(totals.unpricedFindings(), "finding") + " without a price");
        }
        long order = Findings.count(audit, Status.GOVERN);
        if (order > 0) {
            figure(page, "Governance", Amounts.UNKNOWN, CountedNoun.of(order, "finding") + ", no saving claimed");
        }
    }

    private static void rest(
            Audit audit,
            Status status,
            BigDecimal amount,
            String label,
            String note,
            Amounts amounts,
            TerminalPage page) {
        long count = Findings.count(audit, status);
        if (positive(amount) || count > 0) {
            figure(page, label, amounts.money(amount), CountedNoun.of(count, "finding") + ", " + note);
        }
    }

    private static void figure(TerminalPage page, String label, String amount, String note) {
        String start = DisplayText.left(label, LABEL) + DisplayText.right(amount, AMOUNT) + "   ";
        List<String> notes = DisplayText.wrap(note, page.width() - start.length());
        String line = (start + (notes.isEmpty() ? "" : notes.get(0))).stripTrailing();
        if (label.equals("Net saving")) {
            page.strong(line);
        } else {
            page.line(line);
        }
        notes.stream().skip(1).forEach(more -> page.line(" ".repeat(start.length()) + more));
    }

    private static void toConfirm(Audit audit, Amounts amounts, TerminalPage page) {
        List<AuditedFinding> open = FindingWords.toDecide(audit);
        Set<String> goingAway = Findings.goingAway(audit);
        Exclusions exclusions = Exclusions.of(audit, amounts);
        if (open.isEmpty()) {
            return;
        }
        page.heading("Needs your decision: what each would add to the net saving a month");
        page.faintSentence(
                "", "Lines that begin with '-' go into aiaudit.yaml, under 'policy:' where no other key is named.");
        List<AuditedFinding> adding = open.stream().filter(FindingWords::adds).toList();
        DecisionRanges ranges = DecisionRanges.of(audit);
        for (AuditedFinding finding : adding) {
            String start = DisplayText.right(amounts.plain(finding.decisionAmount()), AMOUNT) + "  ";
            String question = Findings.openQuestion(audit, finding);
            if (!Decision.check(finding).isEmpty()) {
                beside(start, Findings.name(finding) + ": " + Decision.check(finding) + " If so, add:", page);
                for (Findings.Entry entry : Findings.checkedEntries(audit, finding)) {
                    WrappedEntry.behindCommas(entry.line(), " ".repeat(start.length()), page.width())
                            .forEach(page::line);
                    page.faintSentence(" ".repeat(start.length()) + "# ", "under " + entry.key() + ":");
                }
            } else if (!Findings.isPolicyLine(question)) {
                beside(start, Findings.name(finding) + ": " + question, page);
            } else { // whole, to be pasted
                WrappedEntry.lines(Findings.policyEntry(audit, finding), start, page.width())
                        .forEach(page::line);
            }
            String comment = " ".repeat(start.length()) + "# "; // on each line: what is pasted stays YAML
            page.faintSentence(comment, Findings.title(audit, finding));
            page.faintSentence(comment, ranges.of(List.of(finding), Amounts.rounded(audit.currency())));
            if (goingAway.contains(finding.resourceId())) {
                page.faintSentence(comment, "only if you keep the resource");
            }
            String excluded = exclusions.beside(finding);
            if (!excluded.isEmpty()) {
                page.faintSentence(comment, excluded);
            }
        }
        FindingWords.addNothing(audit, Amounts.rounded(audit.currency()))
                .ifPresent(words -> page.faintSentence("", words));
    }

    private static void beside(String start, String text, TerminalPage page) {
        int width = page.width() - start.length();
        List<String> lines = DisplayText.wrap(DisplayText.cutBehindWord(text, REASON_LINES * width), width);
        page.line(start + lines.get(0));
        lines.stream().skip(1).forEach(line -> page.line(" ".repeat(start.length()) + line));
    }

    private static void largest(Audit audit, Amounts amounts, TerminalPage page) {
        List<AuditedFinding> counted = Findings.with(audit, Status.COUNTED);
        if (counted.isEmpty()) {
            page.heading(audit.findings().isEmpty() ? "No finding" : "No finding counts");
            return;
        }
        page.heading("Findings, a month");
        Exclusions exclusions = Exclusions.of(audit, Amounts.rounded(audit.currency()));
        CommonSentences common = CommonSentences.of(audit);
        page.faintSentence("", common.history());
        boolean severalAccounts = Findings.inSeveralAccounts(audit);
        int region = 18;
        int name = page.width() - AMOUNT - region - 4;
        for (AuditedFinding finding : counted) {
            page.strong(DisplayText.right(
                            finding.onlyFrees()
                                    ? Amounts.UNKNOWN
                                    : amounts.plain(finding.counted().likely()),
                            AMOUNT)
                    + "  "
                    + DisplayText.left(Findings.name(finding), name)
                    + "  "
                    + DisplayText.left(Findings.orUnknown(finding.region()), region)
                            .stripTrailing());
            String what = finding.reason() == null ? finding.rule() : common.reason(finding);
            String indent = " ".repeat(AMOUNT + 2);
            page.faintSentence(indent, Findings.title(audit, finding) + "; " + sure(finding, amounts));
            page.sentence(indent, DisplayText.cutBehindWord(what, REASON_LINES * (page.width() - indent.length())));
            String excluded = exclusions.beside(finding);
            if (!excluded.isEmpty()) {
                page.sentence(indent, excluded);
            }
            if (severalAccounts) {
                page.sentence(indent, "account " + Findings.account(finding));
            }
            Findings.priceNote(finding).ifPresent(note -> page.sentence(indent, note));
            secondOpinions(finding, amounts, page, indent);
        }
    }

    /** Its range, how sure it is, and what 'aiaudit explain' finds it by. */
    private static String sure(AuditedFinding finding, Amounts amounts) {
        String confidence = finding.confidence() == null
                ? ""
                : "confidence " + finding.confidence().key() + ", ";
        return (finding.onlyFrees() ? FindingWords.noSavingYet(finding) : amounts.range(finding.counted())) + ", "
                + confidence + "finding " + finding.id();
    }

    private static void secondOpinions(AuditedFinding finding, Amounts amounts, TerminalPage page, String indent) {
        if (finding.advice() != null) {
            finding.advice()
                    .forEach(each -> page.sentence(
                            indent,
                            DisplayText.cutBehindWord(
                                    (Findings.orUnknown(each.source()) + " " + Findings.verdict(each, amounts)).strip()
                                            + ": " + Findings.orUnknown(each.recommendation()),
                                    OPINION_LINES * (page.width() - indent.length()))));
        }
    }

    private static String note(String share, String of) {
        return share.equals(Amounts.UNKNOWN) ? "" : share + of;
    }

    private static String joined(String... notes) {
        return Stream.of(notes).filter(note -> !note.isEmpty()).collect(Collectors.joining("; "));
    }

    private static boolean positive(BigDecimal amount) {
        return amount != null && amount.signum() > 0;
    }
}
