package io.aiaudit.store;

import io.aiaudit.model.Keyed;
import io.aiaudit.model.TextKind;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a redacted saved scan has in each column of its tables. A column without a declaration is refused rather than
 * copied, so that one which is new can't carry names out of the house.
 */
final class RedactedColumns {
    private static final String DECLARED = "redacted-columns.txt";

    private final Map<String, Map<String, TextKind>> tables = new TreeMap<>();

    private RedactedColumns() {}

    static RedactedColumns load() {
        RedactedColumns declared = new RedactedColumns();
        Sql.resource(DECLARED)
                .lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(declared::add);
        return declared;
    }

    private void add(String line) {
        String[] parts = line.split(": ");
        String[] tableAndKind = parts[0].split(" ");
        TextKind kind = Keyed.find(TextKind.class, tableAndKind[1]).orElseThrow();
        Map<String, TextKind> columns = tables.computeIfAbsent(tableAndKind[0], table -> new TreeMap<>());
        for (String column : parts[1].split(" ")) {
            if (columns.put(column, kind) != null) {
                throw new IllegalStateException(DECLARED + " has " + tableAndKind[0] + "." + column + " twice");
            }
        }
    }

    TextKind kind(String table, String column) {
        TextKind kind = tables.getOrDefault(table, Map.of()).get(column);
        if (kind == null) {
            throw new IllegalStateException(DECLARED + " does not say what " + table + "." + column + " holds");
        }
        return kind;
    }

    /** By table and column. */
    Map<String, Map<String, TextKind>> all() {
        return tables;
    }
}
