package io.aiaudit.report;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.model.SecondOpinion;
import io.aiaudit.model.Status;
import io.aiaudit.model.UserError;
import io.aiaudit.report.json.AuditMapper;
import io.aiaudit.report.section.EvidenceWords;
import io.aiaudit.report.section.FindingWords;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.Glossary;
import io.aiaudit.report.terminal.TerminalPage;
import io.aiaudit.report.terminal.TerminalStyle;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.MetricNumber;
import io.aiaudit.report.text.Times;
import io.aiaudit.report.text.VisibleText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Renders the explanation of one finding, for a person or for a program. */
public final class ExplanationReport {
    /** The names that {@link #of} knows; the first is the default. */
    public static final List<String> FORMATS = List.of("terminal", "json");

    private static final String INDENT = "    ";

    private final String format;
    private final TerminalStyle style;

    private ExplanationReport(String format, TerminalStyle style) {
        this.format = format;
        this.style = style;
    }

    /**
     * The way of rendering of this name.
     *
     * @throws UserError for a name that is no format of an explanation
     */
    public static ExplanationReport of(String format, TerminalStyle style) {
        if (!FORMATS.contains(format)) {
            throw new UserError(
                    "explain has no format \"" + VisibleText.of(format) + "\".",
                    DidYouMean.sentence(format, FORMATS) + " Such as: aiaudit explain june.json 1a2b3c4d -f json");
        }
        return new ExplanationReport(format, style);
    }

    /** Writes the explanation as UTF-8; leaves {@code out} open. */
    public void write(Explanation explanation, OutputStream out) throws IOException {
        if (format.equals("json")) {
            AuditMapper.writer().writeValue(out, explanation);
            out.write('\n');
        } else {
            TerminalPage page = new TerminalPage(style);
            write(explanation, page);
            out.write(page.toString().getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
    }

    /**
     * Writes what is known of resources that no finding is about; leaves {@code out} open.
     *
     * @throws UserError for a format that explains findings only
     */
    public void write(Audit audit, List<RuleOutcome> outcomes, List<AuditedResource> resources, OutputStream out)
            throws IOException {
        if (format.equals("json")) {
            throw new UserError(
                    "no finding is about this resource, so there is none to explain as JSON.",
                    "Omit -f json to see what is known of it.");
        }
        TerminalPage page = new TerminalPage(style);
        for (AuditedResource resource : resources) {
            write(ResourceExplanation.of(audit, outcomes, resource), audit, page);
        }
        out.write(page.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void write(ResourceExplanation explanation, Audit audit, TerminalPage page) {
        page.title("No finding: " + explanation.name());
        page.sentence("", explanation.heading());
        page.sentence("", Times.window(audit.window()) + ", amounts in " + audit.currency());
        page.blank();
        page.sentence("", explanation.conclusion());
        if (!explanation.checks().isEmpty()) {
            page.heading("What the rules made of it");
            explanation.checks().forEach(line -> page.sentence(INDENT, line));
        }
        if (!explanation.helps().isEmpty()) {
            page.heading("What would help");
            explanation.helps().forEach(line -> page.sentence(INDENT, line));
        }
    }

    private static void write(Explanation explanation, TerminalPage page) {
        AuditedFinding finding = explanation.finding();
        Amounts amounts = Amounts.rounded(explanation.currency());
        page.title(explanation.title() + ": " + Findings.name(finding));
        page.sentence("", finding.id() + "  " + finding.rule() + "  " + FindingWords.location(finding));
        page.sentence("", Times.window(explanation.window()) + ", amounts in " + explanation.currency() + " a month");
        page.heading("Finding");
        page.sentence(INDENT, Findings.orUnknown(finding.reason()));
        page.sentence(INDENT, FindingWords.worth(finding, amounts));
        page.heading("Data points");
        data(explanation, page);
        page.heading("Calculation");
        calculation(explanation, page);
        page.heading("Status: " + status(finding.status()));
        page.sentence(INDENT, Findings.orUnknown(explanation.statusWords()));
        if (explanation.exclusion() != null) {
            page.sentence(INDENT, explanation.exclusion());
        }
        page.heading("Other findings on this resource");
        others(explanation, amounts, page);
        page.heading("Second opinions: recommendations of the cloud");
        opinions(finding, amounts, page);
        page.heading("Fix");
        if (explanation.exclusion() != null) {
            page.sentence(INDENT + "# ", explanation.exclusion()); // what is copied from here stays a script
        }
        fix(finding, page);
        page.blank();
        page.faintSentence(
                "", "'aiaudit rules show " + finding.rule() + "' has the thresholds of the rule, with --sql its SQL.");
    }

    private static void data(Explanation explanation, TerminalPage page) {
        AuditedFinding finding = explanation.finding();
        for (Explanation.Measured measured : explanation.measured()) {
            page.sentence(
                    INDENT,
                    MetricNumber.name(measured.metric()) + ": data on " + measured.daysWithPoints() + " of "
                            + measured.days()
                            + " days, average " + number(measured.metric(), measured.average())
                            + ", highest point "
                            + number(measured.metric(), measured.highest()));
        }
        if (finding.evidence() != null) {
            EvidenceWords.of(finding.evidence()).forEach((name, value) -> page.sentence(INDENT, name + ": " + value));
        }
        Findings.priceNote(finding).ifPresent(note -> page.sentence(INDENT, "price: " + note));
        page.sentence(
                INDENT,
                "cost basis: "
                        + (finding.costBasis() == null
                                ? Amounts.UNKNOWN
                                : finding.costBasis().key()));
    }

    /** In words, with the name that {@code --filter} and {@code --fail-on} take where that is another one. */
    private static String status(Status status) {
        if (status == null) {
            return Amounts.UNKNOWN;
        }
        String words = Glossary.word(status).toLowerCase(Locale.ROOT);
        return words.equals(status.key()) ? words : words + " (" + status.key() + ")";
    }

    private static String number(String metric, Double value) {
        return value == null ? Amounts.UNKNOWN : MetricNumber.of(metric).text(value);
    }

    private static void calculation(Explanation explanation, TerminalPage page) {
        if (explanation.formula().isEmpty()) {
            page.sentence(INDENT, "No amount is claimed.");
        }
        explanation.formula().forEach(line -> page.sentence(INDENT, line));
    }

    private static void others(Explanation explanation, Amounts amounts, TerminalPage page) {
        if (explanation.others().isEmpty()) {
            page.sentence(INDENT, "None.");
        }
        for (Explanation.Other other : explanation.others()) {
            page.sentence(
                    INDENT,
                    other.title() + " (" + other.id() + "): " + status(other.status())
                            + worth(other, amounts) + ". "
                            + Findings.orUnknown(other.statusReason()));
        }
    }

    /** Empty where it claims no amount. */
    private static String worth(Explanation.Other other, Amounts amounts) {
        return other.grossSaving() == null
                ? ""
                : ", gross " + amounts.money(other.grossSaving()) + ", net " + amounts.money(other.netSaving());
    }

    private static void opinions(AuditedFinding finding, Amounts amounts, TerminalPage page) {
        if (finding.advice() == null || finding.advice().isEmpty()) {
            page.sentence(INDENT, "None.");
            return;
        }
        for (SecondOpinion opinion : finding.advice()) {
            page.sentence(
                    INDENT,
                    opinion.source() + ": "
                            + Findings.orUnknown(opinion.recommendation()).replaceFirst("[.]$", "") + ", "
                            + amounts.money(opinion.monthlySaving()) + " (" + Findings.verdict(opinion, amounts)
                            + ")");
        }
    }

    private static void fix(AuditedFinding finding, TerminalPage page) {
        if (finding.remedy() == null) {
            page.sentence(INDENT, "No fix is recorded.");
            return;
        }
        page.sentence(
                INDENT,
                Findings.orUnknown(finding.remedy().action()) + " Effort: "
                        + Findings.orUnknown(finding.remedy().effort()) + ".");
        finding.remedy().commands().forEach(command -> page.line(INDENT + VisibleText.of(command)));
    }
}
