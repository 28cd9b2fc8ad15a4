package io.aiaudit.report.html;

import io.aiaudit.report.compare.History;
import io.aiaudit.report.compare.HistoryTables;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.View;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.Banners;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** A history as one self-contained page without a script. */
public final class HistoryPage {
    private static final int ROWS = 500;

    private HistoryPage() {}

    public static void write(History history, String client, OutputStream out) throws IOException {
        HtmlReporter.writePlain("history.html", page(history, client), out);
    }

    private static Map<String, Object> page(History history, String client) {
        HistoryTables tables = new HistoryTables(history);
        Amounts amounts = tables.amounts();
        History.Totals totals = history.totals();
        return View.of(
                "title", (client.isBlank() ? "" : client + ": ") + tables.title(),
                "currency", Findings.orUnknown(history.currency()),
                "demo", history.demo(),
                "demo_text", Banners.DEMO,
                "warnings", history.warnings(),
                "claimed", amounts.money(totals.claimed()),
                "realized", amounts.money(totals.realized()),
                "confirmed", tables.confirmed(),
                "open", totals.open(),
                "ended", totals.ended(),
                "review", history.review().words(),
                "sentences", tables.sentences(),
                "audit_columns", row(HistoryTables.AUDIT_COLUMNS, ""),
                "audits", rows(tables.audits()),
                "realized_columns", row(HistoryTables.REALIZED_COLUMNS, ""),
                "realized_rows",
                        tables.realized(ROWS).stream()
                                .map(row -> row(row.cells(), row.note()))
                                .toList(),
                "life_columns", row(HistoryTables.LIFE_COLUMNS, ""),
                "lifetimes", rows(tables.lifetimes(ROWS)),
                "more", Math.max(0, history.findings().size() - ROWS));
    }

    private static List<Map<String, Object>> rows(List<List<String>> rows) {
        return rows.stream().map(row -> row(row, "")).toList();
    }

    private static Map<String, Object> row(List<String> cells, String note) {
        return View.of("head", cells.get(0), "cells", cells.subList(1, cells.size()), "note", note);
    }
}
