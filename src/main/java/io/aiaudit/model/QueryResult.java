package io.aiaudit.model;

import java.util.List;

/**
 * What a query of a saved scan returned.
 *
 * @param columns their names, each once
 * @param rows a value for each column: String, Boolean, Long, Double, BigDecimal, Instant, LocalDate, List, Map or null
 * @param more whether there were more rows than were requested
 */
public record QueryResult(List<String> columns, List<List<Object>> rows, boolean more) {
    public QueryResult {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }
}
