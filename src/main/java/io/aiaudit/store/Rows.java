package io.aiaudit.store;

import java.util.List;

/**
 * The answer to a query. Values are String (BLOB too, as DuckDB writes it), Boolean, Long (all integers that fit), Double, BigDecimal (DECIMAL, HUGEINT), Instant (TIMESTAMP, as UTC), LocalDate, List, Map (STRUCT
 * and MAP) or null.
 */
public record Rows(List<Column> columns, List<List<Object>> rows) {
    /** A column of the answer with its SQL type. */
    public record Column(String name, String type) {}
}
