package io.aiaudit.report.pdf;

import io.aiaudit.report.compare.History;
import io.aiaudit.report.compare.HistoryTables;
import io.aiaudit.report.paper.Block;
import io.aiaudit.report.paper.Book;
import io.aiaudit.report.paper.Bullets;
import io.aiaudit.report.paper.Cell;
import io.aiaudit.report.paper.Heading;
import io.aiaudit.report.paper.Imprint;
import io.aiaudit.report.paper.KeyFigures;
import io.aiaudit.report.paper.KeyFigures.KeyFigure;
import io.aiaudit.report.paper.Paragraph;
import io.aiaudit.report.paper.Table;
import io.aiaudit.report.paper.Table.Column;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.PrintText;
import io.aiaudit.report.text.Amounts;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** A history on one page of A4: as many rows as fit, the largest first, and how many more there are. */
public final class HistoryPaper {
    private static final int LONGEST = 60;
    private static final int MOST_ROWS = 10;

    private final History history;
    private final HistoryTables tables;
    private final PrintText text;

    private HistoryPaper(History history) {
        this.history = history;
        this.tables = new HistoryTables(history);
        this.text = new PrintText(tables.amounts(), LONGEST);
    }

    public static void write(History history, String client, OutputStream out) throws IOException {
        HistoryPaper paper = new HistoryPaper(history);
        try (Book book = new Book(paper.imprint(client))) {
            List<Block> page = paper.page(MOST_ROWS);
            for (int rows = MOST_ROWS - 1; rows > 0 && book.pages(page) > 1; rows--) {
                page = paper.page(rows);
            }
            OutputStream buffered = new BufferedOutputStream(out);
            book.write(List.of(page), buffered);
            buffered.flush();
        }
    }

    private Imprint imprint(String client) {
        History.Point last = history.audits().get(history.audits().size() - 1);
        String name = client.isBlank() ? "" : text.of(client) + ": ";
        return new Imprint(
                name + tables.title(),
                "aiaudit",
                name + "AI cost history" + (history.demo() ? " · demo data" : ""),
                last.day().toString(),
                "Amounts in " + Findings.orUnknown(history.currency()) + " a month",
                null,
                last.scannedAt());
    }

    private List<Block> page(int rows) {
        History.Totals totals = history.totals();
        Amounts amounts = tables.amounts();
        List<Block> page = new ArrayList<>();
        page.add(Heading.page(tables.title()));
        page.add(new KeyFigures(List.of(
                new KeyFigure(
                        "Claimed by ended findings",
                        amounts.whole(totals.claimed()),
                        amounts.whole(totals.claimedUnmeasured()) + " of it no bill can confirm."),
                new KeyFigure("Realized on the bills", amounts.whole(totals.realized()), tables.confirmed()),
                new KeyFigure(
                        "Open findings", String.valueOf(totals.open()), "Fixed or gone: " + totals.ended() + "."))));
        page.add(Bullets.of(tables.sentences()));
        page.add(Heading.section("Audits"));
        page.add(audits(rows));
        if (!history.realized().isEmpty()) {
            page.add(Heading.section("Claimed and realized"));
            page.add(realized(rows));
        }
        page.add(Heading.section("Findings, what is open first"));
        page.add(lifetimes(rows));
        int more = history.findings().size() - rows;
        if (more > 0) {
            page.add(Paragraph.note(Amounts.count(more) + " more findings are in the HTML and JSON reports."));
        }
        return page;
    }

    private Table audits(int rows) {
        Table table = new Table(
                Column.text("Audit", 0.14f),
                Column.number("AI spend", 0.14f),
                Column.number("Net saving", 0.14f),
                Column.number("Needs decision", 0.17f),
                Column.number("Blocked", 0.13f),
                Column.number("Accepted", 0.14f),
                Column.text("Not read", 0.14f));
        List<List<String>> audits = tables.audits();
        audits.subList(Math.max(0, audits.size() - rows - 2), audits.size())
                .forEach(row -> table.row(row.toArray(String[]::new)));
        return table;
    }

    private Table realized(int rows) {
        Table table = new Table(
                Column.text("Resource", 0.36f),
                Column.text("Ended", 0.14f),
                Column.number("Claimed", 0.12f),
                Column.number("Before", 0.12f),
                Column.number("After", 0.12f),
                Column.number("Realized", 0.14f));
        for (HistoryTables.Noted row : tables.realized(rows)) {
            List<Cell> cells = new ArrayList<>();
            cells.add(
                    Cell.of(text.of(row.cells().get(0)), new PrintText(tables.amounts(), 3 * LONGEST).of(row.note())));
            row.cells().subList(1, row.cells().size()).forEach(cell -> cells.add(Cell.of(cell)));
            table.row(cells.toArray(Cell[]::new));
        }
        return table;
    }

    private Table lifetimes(int rows) {
        Table table = new Table(
                Column.text("Finding", 0.38f),
                Column.text("First seen", 0.13f),
                Column.text("Decided", 0.13f),
                Column.text("Ended", 0.13f),
                Column.text("State", 0.12f),
                Column.number("Amount", 0.11f));
        for (List<String> row : tables.lifetimes(rows)) {
            List<String> cells = new ArrayList<>(row);
            cells.set(0, text.of(row.get(0)));
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }
}
