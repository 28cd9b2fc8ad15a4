package io.aiaudit.report;

import io.aiaudit.model.Ask;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Money;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The decisions of an audit as a table that a client fills in and sends back: one row for each approval of each resource, the most expensive resource first. What has to
 * be checked by hand is no question for a client and is left out.
 */
public final class Questionnaire {
    /** Tells a filled-in questionnaire from any other Markdown. */
    private static final String MARK = "<!-- aiaudit/questions/v1 -->";

    private Questionnaire() {}

    /** Writes the questionnaire as Markdown; leaves {@code out} open. */
    public static void write(Audit audit, OutputStream out) throws IOException {
        Amounts amounts = new Amounts(audit.currency());
        List<Decision> decisions = Decision.of(audit).stream()
                .filter(decision -> !decision.asks().isEmpty())
                .toList();
        StringBuilder page = new StringBuilder("# Decisions on AI spend\n\n" + MARK + "\n\n");
        page.append("Window: ").append(audit.window()).append(". Amounts are a month.\n\n");
        if (decisions.isEmpty()) {
            page.append("Nothing waits for a decision.\n");
        } else {
            page.append(
                    "Write `yes` or `no` into the first column; what is left empty stays undecided. Change no other column.\n\n");
            page.append(MarkdownText.head(0, "answer", "question", "resource", "saves up to", "key", "resource id"));
            decisions.forEach(decision -> decision.asks().forEach(ask -> page.append(row(decision, ask, amounts))));
        }
        out.write(page.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String row(Decision decision, Ask ask, Amounts amounts) {
        AuditedFinding finding = decision.largest();
        BigDecimal amount = Money.sum(decision.findings().stream()
                .filter(waiting -> Decision.asks(waiting).contains(ask))
                .map(waiting -> waiting.decisionAmount() == null ? Money.NOTHING : waiting.decisionAmount())
                .toList());
        return MarkdownText.row(
                " ",
                Glossary.QUESTIONS.get(ask),
                MarkdownText.sentence(Findings.name(finding)),
                amounts.money(amount),
                ask.key(),
                MarkdownText.code(finding.resourceId()));
    }
}
