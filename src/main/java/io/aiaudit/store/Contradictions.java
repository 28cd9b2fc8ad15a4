package io.aiaudit.store;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reports values that inventory files give differently, and which of them counts. */
final class Contradictions {
    private final Sql sql;

    Contradictions(Sql sql) {
        this.sql = sql;
    }

    void warn() {
        if (!sql.any("work.resources WHERE source = 'files'")) {
            return;
        }
        List<List<Object>> conflicts =
                sql.select(Sql.resource("finish/inventory-conflicts.sql")).rows();
        if (conflicts.isEmpty()) {
            return;
        }
        long count = (Long) conflicts.get(0).get(0);
        String named = conflicts.stream().map(Contradictions::sentence).collect(Collectors.joining("; "));
        String more =
                count > conflicts.size() ? String.format(Locale.ROOT, "; and %,d more", count - conflicts.size()) : "";
        warn(String.format(
                Locale.ROOT,
                "The inventory has contradictory rows for %,d %s; the first row of each counts, by file and line: "
                        + "%s%s.",
                count,
                count == 1 ? "value" : "values",
                named,
                more));
    }

    private static String sentence(List<Object> conflict) {
        return Loaded.shortened((String) conflict.get(1)) + " " + Loaded.shortened((String) conflict.get(2)) + " is \""
                + Loaded.shortened((String) conflict.get(3)) + "\", then \""
                + Loaded.shortened((String) conflict.get(4)) + "\"";
    }

    private void warn(String message) {
        sql.update("INSERT INTO warnings VALUES (?)", message);
    }
}
