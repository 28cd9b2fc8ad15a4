package io.aiaudit.store;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a dialect's statements say.
 *
 * @param view the relation of its columns, which {@code select} reads
 * @param wanted its columns in order
 * @param questions variables that only the file as a whole decides: each of these statements reads {@code view}, as far
 * as it has to
 * @param select makes the rows of {@code view} ours
 */
record DialectScript(String view, List<WantedColumn> wanted, List<String> questions, String select) {
    private static final Pattern COMMENT =
            Pattern.compile("COMMENT ON COLUMN \\w+\\.(\\w+) IS\\s+'(.*)'", Pattern.DOTALL);
    /** A literal goes on in the next line, as SQL has it. */
    private static final Pattern CONTINUED = Pattern.compile("'\\s*\n\\s*'");

    /** Lets the database read the types: the table is there for that moment only. */
    static DialectScript read(Sql sql, Dialect dialect) {
        List<String> script = Sql.statements(dialect.script());
        String table = script.get(0);
        String view = table.replaceFirst("(?s)^CREATE TEMP TABLE (\\w+).*$", "$1");
        List<String> questions = script.stream()
                .filter(statement -> statement.startsWith("SET VARIABLE"))
                .toList();
        Map<String, String> comments = comments(script);
        sql.execute("DROP VIEW IF EXISTS temp." + view);
        sql.execute(table);
        List<WantedColumn> wanted = sql
                .select("SELECT name, type, \"notnull\", dflt_value FROM pragma_table_info('temp." + view + "')")
                .rows()
                .stream()
                .map(row -> WantedColumn.of(row, comments.get((String) row.get(0))))
                .toList();
        sql.execute("DROP TABLE temp." + view);
        return new DialectScript(view, wanted, questions, script.get(script.size() - 1));
    }

    /** By column. They are read here, since to find them the database looks at every column that it has. */
    private static Map<String, String> comments(List<String> script) {
        return script.stream()
                .map(COMMENT::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.toMap(
                        comment -> comment.group(1),
                        comment -> CONTINUED.matcher(comment.group(2)).replaceAll("")));
    }

    /** The file with all columns that are wanted: where each row is an object, the first ones do not show all. */
    SourceFile complete(SourceFile file) {
        return file.form() == SourceFile.Form.JSON
                ? file.including(wanted.stream()
                        .filter(column -> !column.isGatheredFrom(file.header()))
                        .map(column -> column.inFile(file.header()))
                        .toList())
                : file;
    }
}
