package io.aiaudit.rules;

import io.aiaudit.store.LockedStore;
import io.aiaudit.store.Rows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Temporary tables with the columns of the store's own, made once for all rules and emptied for each case. */
final class GivenTables {
    /** The prefix of the names of the tables, in place of the store's own. */
    static final String BASE = "temp.main.given_";

    private static final List<String> TABLES = List.of(
            "resources", "metrics", "partial_hours", "charges", "offers", "models", "commitments", "scan", "listings");

    private final LockedStore store;
    private final Map<String, List<Rows.Column>> columns = new LinkedHashMap<>();
    private final Set<String> filled = new HashSet<>();

    GivenTables(LockedStore store) {
        this.store = store;
        String catalog = Literal.name(String.valueOf(
                store.select("SELECT current_database()").rows().get(0).get(0)));
        for (String table : TABLES) {
            store.execute("CREATE TEMP TABLE given_" + table + " AS FROM " + catalog + ".main." + table + " LIMIT 0");
            columns.put(
                    table,
                    store.select("DESCRIBE given_" + table).rows().stream()
                            .map(row -> new Rows.Column((String) row.get(0), (String) row.get(1)))
                            .toList());
        }
    }

    List<String> columns(String table) {
        return columns.get(table).stream().map(Rows.Column::name).toList();
    }

    void empty() {
        filled.forEach(table -> store.execute("TRUNCATE given_" + table));
        filled.clear();
    }

    void fill(String table, List<Map<String, Object>> rows) {
        if (!rows.isEmpty()) {
            filled.add(table);
            store.fill("given_" + table, columns.get(table), inOrder(rows, columns(table)));
        }
    }

    /** The values of each row in the order of the columns; a missing one is NULL. */
    static List<List<Object>> inOrder(List<Map<String, Object>> rows, List<String> columns) {
        List<List<Object>> table = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            List<Object> values = new ArrayList<>();
            columns.forEach(column -> values.add(row.get(column.toLowerCase(Locale.ROOT))));
            table.add(values);
        }
        return table;
    }
}
