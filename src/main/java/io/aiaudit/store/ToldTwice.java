package io.aiaudit.store;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Takes out of the bills what several files, or one of them, tell twice, and says so. */
final class ToldTwice {
    private static final int NAMED_FILES = 4;

    private final Sql sql;

    ToldTwice(Sql sql) {
        this.sql = sql;
    }

    void remove() {
        repeatedLines();
    }

    private void repeatedLines() {
        sql.script("finish/repeated-lines.sql");
        long lines = sql.count("SELECT count(*) FROM repeated_lines");
        if (lines > 0) {
            String files = some("SELECT source_file FROM repeated_lines UNION SELECT told_before FROM repeated_lines");
            warn(String.format(
                    Locale.ROOT,
                    "%,d lines of the bills stand there twice, with the same id and text (%s); they were counted once.",
                    lines,
                    files));
        }
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
