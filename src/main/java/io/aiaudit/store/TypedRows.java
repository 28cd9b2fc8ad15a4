package io.aiaudit.store;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Rows whose values are of the types of their columns, so that they need not travel as text: nothing is parsed, planned
 * or cast, which takes longer than the rows.
 */
final class TypedRows {
    private static final String DOUBLE = "DOUBLE";
    private static final String MONEY = "DECIMAL(28,12)";
    private static final int MONEY_SCALE = 12;

    private static final Map<String, Class<?>> TYPES = Map.of(
            "VARCHAR",
            String.class,
            DOUBLE,
            Number.class,
            MONEY,
            BigDecimal.class,
            "BIGINT",
            Long.class,
            "BOOLEAN",
            Boolean.class,
            "TIMESTAMP",
            Instant.class);

    private TypedRows() {}

    /** Whether each value is null or of the type of its column. */
    static boolean areOf(List<Rows.Column> columns, List<? extends List<?>> rows) {
        return rows.stream().allMatch(row -> {
            for (int i = 0; i < columns.size(); i++) {
                Object value = row.get(i);
                Class<?> type = TYPES.get(columns.get(i).type());
                if (value != null && (type == null || !type.isInstance(value))) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Numbers as casting their text would have them. */
    static Object[] values(List<Rows.Column> columns, List<?> row) {
        Object[] values = row.toArray();
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Number number) {
                values[i] = number(columns.get(i).type(), number);
            }
        }
        return values;
    }

    private static Number number(String type, Number number) {
        if (type.equals(DOUBLE)) {
            return number.doubleValue();
        }
        return number instanceof BigDecimal money ? money.setScale(MONEY_SCALE, RoundingMode.HALF_UP) : number;
    }
}
