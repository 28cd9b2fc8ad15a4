package io.aiaudit.report.table;

import io.aiaudit.model.Ask;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Money;
import io.aiaudit.report.section.Decision;
import io.aiaudit.report.section.FindingWords;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.Glossary;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.report.text.MarkdownText;
import io.aiaudit.report.text.Times;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.dhatim.fastexcel.Worksheet;

/**
 * The decisions of an audit as a table that a client fills in and sends back: one row for each approval of each
 * resource, the most expensive resource first. What has only to be checked by hand is no question for a client and is
 * left out, and so is what adds nothing.
 */
public final class Questionnaire {
    /** Distinguishes a filled-in questionnaire from any other Markdown. */
    private static final String MARK = "<!-- aiaudit/questions/v1 -->";

    /** The same of a workbook. */
    private static final String SHEET = "aiaudit questions v1";

    /** The names that {@link #write} knows; the first is the default. */
    public static final List<String> FORMATS = List.of("md", "xlsx");

    private Questionnaire() {}

    /** Writes the questionnaire in one of {@link #FORMATS}; leaves {@code out} open. */
    public static void write(Audit audit, String format, OutputStream out) throws IOException {
        List<Question> questions = Decision.of(audit).stream()
                .filter(decision -> decision.amount().signum() > 0)
                .flatMap(decision -> decision.asks().stream().map(ask -> question(audit, decision, ask)))
                .sorted(Comparator.comparing(Question::amount).reversed())
                .toList();
        if (format.equals("xlsx")) {
            workbook(audit, questions, out);
        } else {
            markdown(audit, questions, out);
        }
    }

    /** @param problems of the findings that wait for the answer */
    private record Question(AuditedFinding finding, Ask ask, String text, String problems, BigDecimal amount) {}

    private static Question question(Audit audit, Decision decision, Ask ask) {
        String text = Glossary.question(ask, decision.findings());
        return new Question(
                decision.largest(),
                ask,
                decision.needsCheck(ask) ? text + " A yes counts after a check by hand." : text,
                decision.titles(audit, ask),
                decision.amountOf(ask));
    }

    private static void workbook(Audit audit, List<Question> questions, OutputStream out) throws IOException {
        SameBook.write(audit.scannedAt(), out, book -> {
            Worksheet sheet = new SheetTable<>(SHEET, questions)
                    .column("answer", question -> null)
                    .wide("question", question -> question.text)
                    .wide("resource", question -> Findings.name(question.finding))
                    .wide("problem", Question::problems)
                    .money("saves up to", Question::amount)
                    .column("key", Question::ask)
                    .wide("resource id", question -> question.finding.resourceId())
                    .write(book);
            if (!questions.isEmpty()) {
                sheet.range(1, 0, questions.size(), 0).validateWithListByFormula("\"yes,no\"");
            }
        });
    }

    private static void markdown(Audit audit, List<Question> questions, OutputStream out) throws IOException {
        Amounts amounts = new Amounts(audit.currency());
        StringBuilder page = new StringBuilder("# Decisions on AI spend\n\n" + MARK + "\n\n");
        page.append(audit.window() == null ? "" : Times.window(audit.window()) + ", ")
                .append("amounts a month.\n\n");
        if (questions.isEmpty()) {
            page.append("No question is open.\n");
        } else {
            page.append(
                    "Write `yes` or `no` into the first column; what is left empty stays undecided. Change no other "
                            + "column.\n\n");
            page.append(MarkdownText.head(
                    0, "answer", "question", "resource", "problem", "saves up to", "key", "resource id"));
            questions.forEach(question -> page.append(row(question, amounts)));
        }
        page.append(byHand(audit, amounts));
        out.write(page.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** What no answer of the client counts, so that the table is not taken for all of it; empty where there is none. */
    private static String byHand(Audit audit, Amounts amounts) {
        List<BigDecimal> worth = FindingWords.toDecide(audit).stream()
                .filter(finding -> Decision.asks(finding).isEmpty())
                .map(AuditedFinding::decisionAmount)
                .filter(amount -> amount != null && amount.signum() > 0)
                .toList();
        return worth.isEmpty()
                ? ""
                : "\n" + CountedNoun.of(worth.size(), "more finding") + ", " + amounts.whole(Money.sum(worth))
                        + " a month together, " + (worth.size() == 1 ? "needs" : "need")
                        + " a check by hand and no answer here.\n";
    }

    private static String row(Question question, Amounts amounts) {
        return MarkdownText.row(
                " ",
                question.text,
                MarkdownText.sentence(Findings.name(question.finding)),
                MarkdownText.sentence(question.problems),
                amounts.whole(question.amount),
                question.ask.key(),
                MarkdownText.code(question.finding.resourceId()));
    }
}
