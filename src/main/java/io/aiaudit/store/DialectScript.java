package io.aiaudit.store;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a dialect's statements say.
 *
 * @param view the relation of its columns, which {@code select} reads
 * @param wanted its columns in order
 * @param questions variables that only the file as a whole decides: each of these statements reads {@code view}, as far as it has to
 * @param select makes the rows of {@code view} ours
 */
record DialectScript(String view, List<WantedColumn> wanted, List<String> questions, String select) {
    /** Lets the database read the types: the table is there for that moment only. */
    static DialectScript read(Sql sql, Dialect dialect) {
        List<String> script = Sql.statements(dialect.script());
        String view = script.get(0).replaceFirst("(?s)^CREATE TEMP TABLE (\\w+).*$", "$1");
        sql.execute("DROP VIEW IF EXISTS temp." + view);
        Map<Boolean, List<String>> before = script.subList(0, script.size() - 1).stream()
                .collect(Collectors.partitioningBy(statement -> statement.startsWith("SET VARIABLE")));
        before.get(false).forEach(sql::execute);
        List<WantedColumn> wanted = sql
                .select(
                        "SELECT column_name, data_type, is_nullable, column_default, comment FROM duckdb_columns()"
                                + " WHERE database_name = 'temp' AND table_name = ? ORDER BY column_index",
                        view)
                .rows()
                .stream()
                .map(WantedColumn::of)
                .toList();
        sql.execute("DROP TABLE temp." + view);
        return new DialectScript(view, wanted, before.get(true), script.get(script.size() - 1));
    }

    /** The file with all columns that are wanted: where each row is an object, the first ones do not tell all. */
    SourceFile complete(SourceFile file) {
        return file.form() == SourceFile.Form.JSON
                ? file.including(wanted.stream()
                        .filter(column -> !column.isGatheredFrom(file.header()))
                        .map(column -> column.inFile(file.header()))
                        .toList())
                : file;
    }
}
