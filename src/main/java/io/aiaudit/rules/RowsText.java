package io.aiaudit.rules;

import io.aiaudit.store.Rows;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows as they travel between processes in JSON: each value is a text that begins with a letter for its type, so that
 * nothing is rounded on the way.
 */
final class RowsText {
    private RowsText() {}

    static List<List<Object>> write(Rows rows) {
        return rows.rows().stream().map(RowsText::written).toList();
    }

    /** @throws IllegalArgumentException for what {@link #write} does not write */
    static Rows read(List<Rows.Column> columns, List<List<Object>> rows) {
        return new Rows(columns, rows.stream().map(RowsText::readList).toList());
    }

    private static List<Object> written(List<?> values) {
        List<Object> written = new ArrayList<>(values.size());
        values.forEach(value -> written.add(written(value)));
        return written;
    }

    private static Object written(Object value) {
        if (value instanceof List<?> list) {
            return written(list);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> written = new LinkedHashMap<>();
            map.forEach((key, element) -> written.put(String.valueOf(key), written(element)));
            return written;
        }
        return value == null ? null : letter(value) + value.toString();
    }

    private static char letter(Object value) {
        if (value instanceof Long) {
            return 'l';
        }
        if (value instanceof Double) {
            return 'd';
        }
        if (value instanceof BigDecimal) {
            return 'n';
        }
        if (value instanceof Boolean) {
            return 'b';
        }
        if (value instanceof Instant) {
            return 'i';
        }
        return value instanceof LocalDate ? 'c' : 's';
    }

    private static List<Object> readList(List<?> values) {
        List<Object> read = new ArrayList<>(values.size());
        values.forEach(value -> read.add(read(value)));
        return read;
    }

    private static Object read(Object value) {
        if (value instanceof List<?> list) {
            return readList(list);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> read = new LinkedHashMap<>();
            map.forEach((key, element) -> read.put(String.valueOf(key), read(element)));
            return read;
        }
        return value == null ? null : read(String.valueOf(value));
    }

    private static Object read(String written) {
        String text = written.substring(1);
        return switch (written.charAt(0)) {
            case 's' -> text;
            case 'l' -> Long.valueOf(text);
            case 'd' -> Double.valueOf(text);
            case 'n' -> new BigDecimal(text);
            case 'b' -> Boolean.valueOf(text);
            case 'i' -> Instant.parse(text);
            case 'c' -> LocalDate.parse(text);
            default -> throw new IllegalArgumentException("no value is written so: " + written);
        };
    }
}
