package io.aiaudit.store;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.duckdb.DuckDBStruct;

/** Turns values of the driver into those that {@link Rows} promises, and back. */
final class Values {
    private Values() {}

    static Rows rows(ResultSet result) throws SQLException {
        List<Rows.Column> columns = columns(result);
        List<List<Object>> rows = new ArrayList<>();
        while (result.next()) {
            rows.add(row(result, columns.size()));
        }
        return new Rows(columns, rows);
    }

    static List<Rows.Column> columns(ResultSet result) throws SQLException {
        ResultSetMetaData metaData = result.getMetaData();
        List<Rows.Column> columns = new ArrayList<>();
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            columns.add(new Rows.Column(metaData.getColumnName(i), metaData.getColumnTypeName(i)));
        }
        return columns;
    }

    /** The one that the result is at. */
    static List<Object> row(ResultSet result, int columns) throws SQLException {
        List<Object> row = new ArrayList<>(columns);
        for (int i = 1; i <= columns; i++) {
            row.add(plain(result.getObject(i)));
        }
        return row;
    }

    private static Object plain(Object value) throws SQLException {
        if (value instanceof Timestamp timestamp) {
            return timestamp.toLocalDateTime().toInstant(ZoneOffset.UTC);
        }
        if (value instanceof LocalDateTime dateTime) {
            return dateTime.toInstant(ZoneOffset.UTC);
        }
        if (value instanceof OffsetDateTime dateTime) {
            return dateTime.toInstant();
        }
        if (value instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float number) {
            return number.doubleValue();
        }
        if (value instanceof Array array) {
            List<Object> list = new ArrayList<>();
            for (Object element : (Object[]) array.getArray()) {
                list.add(plain(element));
            }
            return list;
        }
        if (value instanceof Blob bytes) {
            return text(bytes.getBytes(1, Math.toIntExact(bytes.length())));
        }
        if (value instanceof Struct struct) {
            return plainMap(((DuckDBStruct) struct).getMap());
        }
        return value instanceof Map<?, ?> map ? plainMap(map) : value;
    }

    private static Map<String, Object> plainMap(Map<?, ?> map) throws SQLException {
        Map<String, Object> copy = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            copy.put(String.valueOf(entry.getKey()), plain(entry.getValue()));
        }
        return copy;
    }

    /** As DuckDB writes a BLOB: what is printable as it is, other bytes as {@code \xAB}. */
    private static String text(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte each : bytes) {
            boolean printable = each >= ' ' && each <= '~' && each != '\\' && each != '\'' && each != '"';
            text.append(printable ? Character.toString((char) each) : String.format(Locale.ROOT, "\\x%02X", each));
        }
        return text.toString();
    }

    static Object parameter(Object value) {
        return value instanceof Instant instant ? utc(instant) : value;
    }

    static LocalDateTime utc(Instant instant) {
        return instant == null ? null : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    /** The value as DuckDB casts it from text, inside lists and maps too. */
    static Object text(Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Instant instant) {
            return utc(instant).toString();
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof Collection<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(text(element)));
            return copy;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, element) -> copy.put(String.valueOf(key), text(element)));
            return copy;
        }
        return value.toString();
    }
}
