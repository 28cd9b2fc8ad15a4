package io.aiaudit.store;

import java.nio.file.Path;
import java.sql.Array;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/**
 * A finished store, opened read-only with external access off and the configuration locked: the only way in which rules, reports and foreign files reach the
 * database. Temporary tables and views can be made; they die with it. Not for use by several threads.
 */
public final class LockedStore implements AutoCloseable {
    private final DuckDBConnection connection;

    private LockedStore(DuckDBConnection connection) {
        this.connection = connection;
    }

    /** Opens {@code file}; the ingest connection to it must be closed before. */
    public static LockedStore open(Path file, StoreLimits limits) {
        Properties properties = new Properties();
        properties.setProperty("access_mode", "READ_ONLY");
        properties.setProperty("enable_external_access", "false");
        properties.setProperty("memory_limit", limits.memoryMib() + "MiB");
        properties.setProperty("threads", Integer.toString(limits.threads()));
        properties.setProperty("temp_directory", limits.spillFolder().toString());
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("autoinstall_known_extensions", "false");
        try {
            DuckDBConnection connection = DriverManager.getConnection("jdbc:duckdb:" + file, properties)
                    .unwrap(DuckDBConnection.class);
            LockedStore store = new LockedStore(connection);
            store.execute("SET TimeZone='UTC'");
            store.execute("SET lock_configuration=true");
            return store;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Runs a statement of our own, such as one that makes a temporary view. Never call it with text from outside. */
    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Runs a query of our own. */
    public Rows select(String sql, Object... parameters) {
        return select(sql, Duration.ofMinutes(10), parameters);
    }

    /** Runs a query and gives up after {@code timeout}; {@code ?} in it takes the parameters in order. */
    public Rows select(String sql, Duration timeout, Object... parameters) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout((int) Math.max(1, timeout.toSeconds()));
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                return read(result);
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Adds rows to a temporary table, values in the order of its columns; DuckDB casts them, null is NULL. */
    public void fill(String temporaryTable, List<? extends List<?>> rows) {
        Rows columns = select("DESCRIBE " + temporaryTable);
        for (List<?> row : rows) {
            StringBuilder values = new StringBuilder();
            for (int i = 0; i < columns.rows().size(); i++) {
                values.append(i == 0 ? "" : ", ")
                        .append(literal(row.get(i)))
                        .append("::")
                        .append(columns.rows().get(i).get(1));
            }
            execute("INSERT INTO " + temporaryTable + " VALUES (" + values + ")");
        }
    }

    private static String literal(Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof List<?> list) {
            return list.stream().map(LockedStore::literal).collect(java.util.stream.Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(e -> literal(e.getKey()) + ": " + literal(e.getValue()))
                    .collect(java.util.stream.Collectors.joining(", ", "MAP {", "}"));
        }
        return "'" + value.toString().replace("'", "''") + "'";
    }

    private static Rows read(ResultSet result) throws SQLException {
        ResultSetMetaData metaData = result.getMetaData();
        List<Rows.Column> columns = new ArrayList<>();
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            columns.add(new Rows.Column(metaData.getColumnName(i), metaData.getColumnTypeName(i)));
        }
        List<List<Object>> rows = new ArrayList<>();
        while (result.next()) {
            List<Object> row = new ArrayList<>(columns.size());
            for (int i = 1; i <= columns.size(); i++) {
                row.add(plain(result.getObject(i)));
            }
            rows.add(row);
        }
        return new Rows(columns, rows);
    }

    /** The value without types of JDBC or of the driver. */
    private static Object plain(Object value) throws SQLException {
        if (value instanceof Timestamp timestamp) {
            return timestamp.toLocalDateTime().toInstant(ZoneOffset.UTC);
        }
        if (value instanceof LocalDateTime dateTime) {
            return dateTime.toInstant(ZoneOffset.UTC);
        }
        if (value instanceof java.time.OffsetDateTime dateTime) {
            return dateTime.toInstant();
        }
        if (value instanceof java.math.BigInteger integer) {
            return new java.math.BigDecimal(integer);
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
        if (value instanceof Struct struct) {
            return structMap(struct);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                copy.put(String.valueOf(entry.getKey()), plain(entry.getValue()));
            }
            return copy;
        }
        return value;
    }

    private static Map<String, Object> structMap(Struct struct) throws SQLException {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (struct instanceof org.duckdb.DuckDBStruct named) {
            for (Map.Entry<String, Object> entry : named.getMap().entrySet()) {
                copy.put(entry.getKey(), plain(entry.getValue()));
            }
        }
        return copy;
    }

    private static StoreException failure(SQLException e) {
        return new StoreException(firstLine(e.getMessage()), e);
    }

    private static String firstLine(String message) {
        return message == null
                ? "the database gave no reason"
                : message.lines().findFirst().orElse(message);
    }

    /** A time as a parameter of a query or a value of a row. */
    static LocalDateTime utc(Instant instant) {
        return instant == null ? null : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(e);
        }
    }
}
