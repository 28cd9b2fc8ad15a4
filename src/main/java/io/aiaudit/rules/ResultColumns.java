package io.aiaudit.rules;

import io.aiaudit.model.Lever;
import io.aiaudit.store.LockedStore;
import io.aiaudit.store.Rows;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The columns that a rule returns, known before it runs. */
final class ResultColumns {
    /** Longer texts and lists are cut, so that no rule fills the memory of the process. */
    private static final int LONGEST_TEXT = 20_000;

    private static final int LONGEST_LIST = 10_000;

    private final List<Rows.Column> columns;

    private ResultColumns(List<Rows.Column> columns) {
        this.columns = columns;
    }

    /** Throws a RuleException when a column is missing or there twice. */
    static ResultColumns describe(LockedStore store, Rule rule, String sql, Duration patience) {
        List<Rows.Column> columns = store.select("DESCRIBE (\n" + sql + "\n)", patience).rows().stream()
                .map(row -> new Rows.Column((String) row.get(0), (String) row.get(1)))
                .toList();
        Set<String> names = new HashSet<>();
        for (Rows.Column column : columns) {
            if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
                throw new RuleException("it returns two columns called " + column.name() + ".");
            }
        }
        List<String> needed =
                rule.lever() == Lever.GOVERN ? List.of("resource_id") : List.of("resource_id", "remaining");
        for (String name : needed) {
            if (!names.contains(name)) {
                throw new RuleException("it returns no column " + name + ", only "
                        + String.join(
                                ", ", columns.stream().map(Rows.Column::name).toList()) + ".");
            }
        }
        return new ResultColumns(columns);
    }

    /** The query whose answer cannot be large: at most {@code rows} rows of cut values. */
    String bounded(String sql, int rows) {
        List<String> values = columns.stream().map(ResultColumns::cut).toList();
        return "SELECT " + String.join(", ", values) + " FROM (\n" + sql + "\n) LIMIT " + rows;
    }

    private static String cut(Rows.Column column) {
        String name = Literal.name(column.name());
        if (column.name().equalsIgnoreCase("resource_id")) {
            return name;
        }
        if (column.type().equals("VARCHAR")) {
            return "left(" + name + ", " + LONGEST_TEXT + ") AS " + name;
        }
        return column.type().endsWith("[]") ? "list_slice(" + name + ", 1, " + LONGEST_LIST + ") AS " + name : name;
    }
}
