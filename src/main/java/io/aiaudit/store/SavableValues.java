package io.aiaudit.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Takes what no reader of a saved scan accepts ({@link SavedValues}) out of a finished store: texts that are longer
 * than any that people write, such as a message of a service or tags that are escaped, and numbers that no sum of what
 * is measured comes to. Long rows and such numbers of files were rejected before.
 */
final class SavableValues {
    private static final int KEPT = 65_536;

    private final Sql sql;
    /** Table, name and type; a question that the database answers slowly. */
    private final List<List<Object>> allColumns;

    private SavableValues(Sql sql) {
        this.sql = sql;
        this.allColumns = sql.select("SELECT c.table_name, column_name, data_type"
                        + " FROM duckdb_columns() c SEMI JOIN duckdb_tables() t"
                        + " ON t.database_name = c.database_name AND t.table_name = c.table_name"
                        + " WHERE c.database_name = 'store' AND data_type IN ('VARCHAR', 'DOUBLE')"
                        + " AND c.table_name NOT IN ('config', 'finished_audit') ORDER BY c.table_name, column_index")
                .rows();
    }

    static void keep(Sql sql) {
        SavableValues values = new SavableValues(sql);
        values.limit("VARCHAR", "max(strlen(%s)) > " + SavedValues.LONGEST_TEXT, values::cut);
        values.limit("DOUBLE", "NOT max(abs(%s)) < " + SavedValues.LIMIT_OF_NUMBERS, values::leaveOut);
    }

    private interface Limit {
        void apply(String table, String name);
    }

    /** Looks at all columns of a type, at those of a table together. */
    private void limit(String type, String isBeyond, Limit limit) {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        for (List<Object> column : allColumns) {
            if (column.get(2).equals(type)) {
                columns.computeIfAbsent((String) column.get(0), table -> new ArrayList<>())
                        .add((String) column.get(1));
            }
        }
        columns.forEach((table, names) -> {
            String tests = names.stream()
                    .map(name -> isBeyond.formatted(Sql.identifier(name)))
                    .collect(Collectors.joining(", "));
            List<Object> beyond = sql.select("SELECT " + tests + " FROM " + Sql.identifier(table))
                    .rows()
                    .get(0);
            for (int i = 0; i < names.size(); i++) {
                if (Boolean.TRUE.equals(beyond.get(i))) {
                    limit.apply(table, names.get(i));
                }
            }
        });
    }

    private void cut(String table, String name) {
        String column = Sql.identifier(name);
        // a part of JSON is none
        String kept = name.equals("Tags") ? "NULL" : "left(" + column + ", " + KEPT + ")";
        long count = sql.update("UPDATE " + Sql.identifier(table) + " SET " + column + " = " + kept + " WHERE strlen("
                + column + ") > " + SavedValues.LONGEST_TEXT);
        warn((count == 1 ? "1 text" : count + " texts") + " of more than 4 MB in " + name + " of " + table
                + (kept.equals("NULL") ? " left out." : " cut to 65,536 characters."));
    }

    private void leaveOut(String table, String name) {
        String column = Sql.identifier(name);
        long count = sql.update("UPDATE " + Sql.identifier(table) + " SET " + column + " = NULL WHERE NOT abs(" + column
                + ") < " + SavedValues.LIMIT_OF_NUMBERS);
        warn((count == 1 ? "1 value that is no number" : count + " values that are no numbers") + " below "
                + SavedValues.LIMIT_OF_NUMBERS + " in " + name + " of " + table + " left out.");
    }

    private void warn(String message) {
        sql.update("INSERT INTO warnings VALUES (?)", message);
    }
}
