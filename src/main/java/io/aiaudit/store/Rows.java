package io.aiaudit.store;

import java.util.List;
import java.util.function.BiConsumer;

/**
 * The answer to a query. Values are String (BLOB too, as DuckDB writes it), Boolean, Long (all integers that fit),
 * Double, BigDecimal (DECIMAL, HUGEINT), Instant (TIMESTAMP, as UTC), LocalDate, List, Map (STRUCT
 * and MAP) or null.
 */
public record Rows(List<Column> columns, List<List<Object>> rows) {
    /** Each row as a record, whose components take the columns with their names. */
    public <T extends Record> List<T> as(Class<T> type) {
        return new RecordMapper<>(type, columns).map(rows);
    }

    /** The same, each with the text in its first column. */
    <T extends Record> void each(Class<T> type, BiConsumer<String, T> each) {
        List<T> records = as(type);
        List<String> keys = texts();
        for (int i = 0; i < records.size(); i++) {
            each.accept(keys.get(i), records.get(i));
        }
    }

    /** The first column, which is text. */
    List<String> texts() {
        return rows.stream().map(row -> (String) row.get(0)).toList();
    }

    /** A column of the answer with its SQL type. */
    public record Column(String name, String type) {}
}
