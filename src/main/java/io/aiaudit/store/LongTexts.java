package io.aiaudit.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Takes what no reader of a saved scan accepts ({@link SavedValues}) out of a finished store: texts that are longer
 * than any that people write, such as a message of a service or tags that are escaped. Long rows of files were rejected
 * before.
 */
final class LongTexts {
    private static final int KEPT = 65_536;

    private LongTexts() {}

    static void cut(Sql sql) {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        sql.select("SELECT c.table_name, column_name FROM duckdb_columns() c SEMI JOIN duckdb_tables() t"
                        + " ON t.database_name = c.database_name AND t.table_name = c.table_name"
                        + " WHERE c.database_name = 'store' AND data_type = 'VARCHAR'"
                        + " AND c.table_name NOT IN ('config', 'finished_audit') ORDER BY c.table_name, column_index")
                .rows()
                .forEach(row -> columns.computeIfAbsent((String) row.get(0), table -> new ArrayList<>())
                        .add((String) row.get(1)));
        columns.forEach((table, names) -> cut(sql, table, names));
    }

    private static void cut(Sql sql, String table, List<String> names) {
        String longest = names.stream()
                .map(name -> "max(strlen(" + Sql.identifier(name) + "))")
                .collect(Collectors.joining(", "));
        List<Object> lengths = sql.select("SELECT " + longest + " FROM " + Sql.identifier(table))
                .rows()
                .get(0);
        for (int i = 0; i < names.size(); i++) {
            if (lengths.get(i) instanceof Long length && length > SavedValues.LONGEST_TEXT) {
                cut(sql, table, names.get(i));
            }
        }
    }

    private static void cut(Sql sql, String table, String name) {
        String column = Sql.identifier(name);
        // a part of JSON is none
        String kept = name.equals("Tags") ? "NULL" : "left(" + column + ", " + KEPT + ")";
        long count = sql.update("UPDATE " + Sql.identifier(table) + " SET " + column + " = " + kept + " WHERE strlen("
                + column + ") > " + SavedValues.LONGEST_TEXT);
        sql.update(
                "INSERT INTO warnings VALUES (?)",
                (count == 1 ? "1 text" : count + " texts") + " of more than 4 MB in " + name + " of " + table
                        + (kept.equals("NULL") ? " left out." : " cut to 65,536 characters."));
    }
}
