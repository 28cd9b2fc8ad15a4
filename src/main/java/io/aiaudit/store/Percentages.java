package io.aiaudit.store;

import java.util.List;
import java.util.Locale;

/** Leaves out ratios that a usage file tells in percent, and says so: unknown, since what could be read of them are the quiet hours. */
final class Percentages {
    private final Sql sql;

    Percentages(Sql sql) {
        this.sql = sql;
    }

    void remove() {
        List<List<Object>> found = sql.select(
                        "SELECT metric, count(DISTINCT resource_id), min(resource_id) FROM work.percentages GROUP BY metric ORDER BY metric")
                .rows();
        if (found.isEmpty()) {
            return;
        }
        sql.update(
                "DELETE FROM work.usage_rows WHERE (metric, resource_id) IN (SELECT (metric, resource_id) FROM work.percentages)");
        found.forEach(row -> sql.update("INSERT INTO warnings VALUES (?)", told(row)));
    }

    private static String told(List<Object> row) {
        long count = (Long) row.get(1);
        return String.format(
                Locale.ROOT,
                "%s of %,d %s (%s%s) has values above 1, which a ratio of 0 to 1 cannot have: none of its hours is used. Divide percentages by 100.",
                row.get(0),
                count,
                count == 1 ? "resource" : "resources",
                Loaded.shortened((String) row.get(2)),
                count == 1 ? "" : ", ...");
    }
}
