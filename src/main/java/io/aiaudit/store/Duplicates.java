package io.aiaudit.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Takes out of the bills what several files, or one of them, have twice, with a warning. */
final class Duplicates {
    private static final int NAMED_FILES = 4;

    private final Sql sql;
    private final Path folder;

    /** May put copies of files into {@code folder} for a moment. */
    Duplicates(Sql sql, Path folder) {
        this.sql = sql;
        this.folder = folder;
    }

    void remove() {
        // By text: which share of its cost a saving may be based on.
        sql.execute("CREATE TEMP TABLE smaller_readings (text_id UBIGINT, share DECIMAL(13,12))");
        repeatedLines();
        boolean isAzure = sql.any("staged.files WHERE dialect = 'azure'");
        boolean areSeveral = sql.count("SELECT count(*) FROM staged.files") > 1;
        if (isAzure || areSeveral) {
            sql.script("finish/azure-kinds.sql");
        }
        if (isAzure) {
            actualAndAmortized();
        }
        if (areSeveral) {
            new OverlappingBills(sql, folder).remove();
        }
    }

    private void repeatedLines() {
        sql.script("finish/repeated-lines.sql");
        long lines = sql.count("SELECT count(*) FROM repeated_lines");
        if (lines > 0) {
            String files = some("SELECT source_file FROM repeated_lines UNION SELECT read_before FROM repeated_lines");
            warn(String.format(
                    Locale.ROOT,
                    "%,d lines of the bills stand there twice, with the same id and text (%s); they were counted once.",
                    lines,
                    files));
        }
    }

    private void actualAndAmortized() {
        sql.script("finish/actual-and-amortized.sql");
        for (List<Object> row : sql.select("SELECT source_file FROM azure_kinds WHERE kind = 'mixed' ORDER BY 1")
                .rows()) {
            warn(row.get(0)
                    + " holds rows of an export of actual and of one of amortized cost; usage in both was counted "
                    + "twice."
                    + " Put each export into a separate file.");
        }
        if (sql.count("SELECT count(*) FROM azure_months") > 0) {
            warn(files("actual") + " (actual cost) and " + files("amortized")
                    + " (amortized cost) are the same Azure bill: usage in both was counted once, the billed cost of"
                    + " commitments comes from the first and their effective cost from the second.");
        }
    }

    private String files(String kind) {
        return some("SELECT source_file FROM azure_kinds WHERE kind = '" + kind + "'");
    }

    /** The first names that a query of one column gives. */
    private String some(String query) {
        List<String> names = sql.select("FROM (" + query + ") ORDER BY 1 LIMIT " + (NAMED_FILES + 1)).rows().stream()
                .map(row -> (String) row.get(0))
                .toList();
        String named = names.stream().limit(NAMED_FILES).collect(Collectors.joining(", "));
        return names.size() > NAMED_FILES ? named + ", ..." : named;
    }

    private void warn(String message) {
        sql.update("INSERT INTO warnings VALUES (?)", message);
    }
}
