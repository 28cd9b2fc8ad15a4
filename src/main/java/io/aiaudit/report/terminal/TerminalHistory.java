package io.aiaudit.report.terminal;

import io.aiaudit.report.compare.History;
import io.aiaudit.report.compare.HistoryTables;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.text.Banners;
import io.aiaudit.report.text.DisplayText;
import java.util.List;

/** A history for a person at a terminal, on one screen. */
public final class TerminalHistory {
    private static final int AUDITS = 12;
    private static final int REALIZED = 6;
    private static final int LIFETIMES = 8;
    private static final int NUMBER = 11;
    private static final int DAY = 12;
    private static final int STATE = 14;

    private TerminalHistory() {}

    public static void write(History history, TerminalPage page) {
        HistoryTables tables = new HistoryTables(history);
        page.title(tables.title() + ", amounts in " + Findings.orUnknown(history.currency()) + " a month");
        if (history.demo()) {
            page.banner(Banners.DEMO);
        }
        history.warnings().forEach(warning -> page.sentence("", "warning: " + warning));
        page.blank();
        tables.sentences().forEach(sentence -> page.sentence("", sentence));
        page.heading("Audits");
        page.faint(audit(HistoryTables.AUDIT_COLUMNS));
        List<List<String>> audits = tables.audits();
        audits.subList(Math.max(0, audits.size() - AUDITS), audits.size()).forEach(row -> page.line(audit(row)));
        realized(history, tables, page);
        page.heading("Findings, what is open first");
        int name = page.width() - DAY - STATE - NUMBER - 8;
        for (List<String> row : tables.lifetimes(LIFETIMES)) {
            page.line(DisplayText.left(DisplayText.cutBehindWord(row.get(0), name), name) + "  since " + row.get(1)
                    + "  " + DisplayText.left(row.get(4), STATE) + DisplayText.right(row.get(5), NUMBER));
        }
        if (history.findings().size() > LIFETIMES) {
            page.faint((history.findings().size() - LIFETIMES) + " more, with -f html or -f json");
        }
    }

    private static String audit(List<String> row) {
        StringBuilder line = new StringBuilder(DisplayText.left(row.get(0), NUMBER));
        for (int column = 1; column < row.size() - 1; column++) {
            line.append(DisplayText.right(row.get(column), column == 3 ? NUMBER + 4 : NUMBER));
        }
        return line.append("  ").append(row.get(row.size() - 1)).toString();
    }

    private static void realized(History history, HistoryTables tables, TerminalPage page) {
        if (history.realized().isEmpty()) {
            return;
        }
        page.heading("Claimed and realized: what the bill of the resource dropped by");
        page.faint(realized(HistoryTables.REALIZED_COLUMNS, page));
        tables.realized(REALIZED).forEach(row -> {
            page.line(realized(row.cells(), page));
            page.faintSentence("    ", row.note());
        });
        if (history.realized().size() > REALIZED) {
            page.faint((history.realized().size() - REALIZED) + " more, with -f html or -f json");
        }
    }

    private static String realized(List<String> row, TerminalPage page) {
        StringBuilder line = new StringBuilder(
                DisplayText.left(row.get(0), page.width() - DAY - 4 * NUMBER) + DisplayText.left(row.get(1), DAY));
        for (String amount : row.subList(2, row.size())) {
            line.append(DisplayText.right(amount, NUMBER));
        }
        return line.toString();
    }
}
