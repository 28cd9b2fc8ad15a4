package io.aiaudit.store;

import io.aiaudit.model.Keyed;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Makes records of rows: a component takes the column with its name in snake_case. A column without a component is left
 * out; a component without a column is a defect of ours, and so is a NULL for a primitive one.
 */
final class RecordMapper<T extends Record> {
    private final Constructor<T> constructor;
    private final Class<?>[] types;
    private final int[] indexes;

    RecordMapper(Class<T> type, List<Rows.Column> columns) {
        RecordComponent[] components = type.getRecordComponents();
        this.types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        this.indexes = Arrays.stream(components)
                .mapToInt(component -> index(column(component.getName()), columns, type))
                .toArray();
        try {
            this.constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record without its constructor", e);
        }
    }

    private static int index(String column, List<Rows.Column> columns, Class<?> type) {
        return IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).name().equalsIgnoreCase(column))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column " + column + " for " + type));
    }

    private static String column(String component) {
        return component.replaceAll("([A-Z]|(?<=[a-z])[0-9])", "_$1").toLowerCase(Locale.ROOT);
    }

    List<T> map(List<List<Object>> rows) {
        return rows.stream().map(this::record).toList();
    }

    T record(List<Object> row) {
        Object[] values = new Object[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            values[i] = value(row.get(indexes[i]), types[i]);
        }
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(constructor + " takes no such row", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object value(Object value, Class<?> type) {
        if (type == Map.class) {
            return texts(value);
        }
        if (value == null) {
            return null;
        }
        if (type == Integer.class || type == int.class) {
            return Math.toIntExact((Long) value);
        }
        if (type == BigDecimal.class) {
            return value instanceof BigDecimal ? value : size(value);
        }
        if (type == Set.class) {
            return new TreeSet<>((List<?>) value);
        }
        return type.isEnum() ? constant(type, (String) value) : value;
    }

    /** What is a DOUBLE in SQL and is exact to us: 0.5 and 80, not 80.0. */
    private static BigDecimal size(Object value) {
        BigDecimal exact = new BigDecimal(value.toString()).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }

    private static Object constant(Class<?> type, String key) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> ((Keyed) constant).key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(key + " is none of " + type));
    }

    /** Keys without a value are left out: the model knows no null in a map. */
    private static Map<String, String> texts(Object map) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (map instanceof Map<?, ?> entries) {
            entries.forEach((key, value) -> {
                if (value != null) {
                    texts.put((String) key, value.toString());
                }
            });
        }
        return texts;
    }
}
