package io.aiaudit.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * One connection to a database, with failures as {@link StoreException} and answers as {@link Rows}. Not for use by
 * several threads.
 */
final class Sql implements AutoCloseable {
    private static final int ROWS_AT_ONCE = 5_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DuckDBConnection connection;
    /** Null where none is kept. */
    private Repeated repeated;
    /** That runs; null for none. */
    private String script;

    private Sql(DuckDBConnection connection) {
        this.connection = connection;
    }

    /** An instance on the file. */
    static Sql open(Path file, Properties properties) {
        checkPath(file);
        return open(file.toAbsolutePath().toString(), properties);
    }

    /** The file as the text that ATTACH takes. */
    static String database(Path file) {
        checkPath(file);
        return literal(file.toAbsolutePath().toString());
    }

    /** The driver takes what follows a ';' for settings, DuckDB what follows a '?', and a '\\' for a '/'. */
    static void checkPath(Path file) {
        for (Path name : file.toAbsolutePath()) {
            for (String character : List.of(";", "?", "\\")) {
                if (name.toString().contains(character)) {
                    throw new UserError(
                            file + ": the database cannot open a path with '" + character + "' in it.",
                            "Choose a name or folder without it.");
                }
            }
        }
    }

    /**
     * An instance in memory for an empty name; files can be attached to it. The driver is called by its class: a
     * look-up would load the drivers of all other databases.
     */
    static Sql open(String database, Properties properties) {
        Driver.load();
        try {
            return new Sql(new DuckDBDriver()
                    .connect("jdbc:duckdb:" + database, properties)
                    .unwrap(DuckDBConnection.class));
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** A second connection to the same instance, with transactions and temporary tables of its own. */
    Sql another() {
        try {
            return new Sql(connection.duplicate().unwrap(DuckDBConnection.class));
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** From now on, statements whose text comes often stay prepared. */
    void keepRepeated() {
        repeated = new Repeated(connection);
    }

    /** Null where it is not kept prepared. */
    private PreparedStatement kept(String sql) throws SQLException {
        return repeated == null ? null : repeated.find(sql);
    }

    /** What a statement does, and how many rows it read or changed. */
    private interface Work<T> {
        T run() throws SQLException;
    }

    private <T> T timed(Work<T> work, ToLongFunction<T> rows) throws SQLException {
        StatementTimes.Running running = StatementTimes.began(script);
        T result = work.run();
        if (running != null) {
            running.ended(rows.applyAsLong(result));
        }
        return result;
    }

    void execute(String sql) {
        try {
            timed(() -> executed(sql), rows -> Math.max(0, rows));
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private long executed(String sql) throws SQLException {
        PreparedStatement kept = kept(sql);
        if (kept != null) {
            kept.execute();
            return kept.getUpdateCount();
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return statement.getUpdateCount();
        }
    }

    /** Runs a statement that changes rows and says how many. */
    long update(String sql, Object... parameters) {
        try {
            return timed(() -> updated(sql, parameters), rows -> rows);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private long updated(String sql, Object... parameters) throws SQLException {
        PreparedStatement kept = kept(sql);
        if (kept != null) {
            bind(kept, parameters);
            return kept.executeLargeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeLargeUpdate();
        }
    }

    /** Runs the statements of a resource beside this class; they are separated by {@code ;} at the end of a line. */
    void script(String resource) {
        script = resource;
        try {
            statements(resource).forEach(this::execute);
        } finally {
            script = null;
        }
    }

    static List<String> statements(String resource) {
        return resource(resource)
                .lines()
                .map(line -> line.replaceFirst("(^|\\s)--\\s.*$", ""))
                .collect(Collectors.joining("\n"))
                .transform(text -> List.of(text.split(";\\s*(\n|$)")))
                .stream()
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    static String resource(String name) {
        try (InputStream stream = Sql.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The query of a resource beside this class that begins with the window as its two parameters, with them put in.
     */
    static String inWindow(String resource, Window window) {
        String sql = resource(resource);
        for (Instant bound : List.of(window.start(), window.end())) {
            sql = sql.replaceFirst("\\?::TIMESTAMP", "TIMESTAMP " + literal(bound.toString()));
        }
        return sql;
    }

    Rows select(String sql, Object... parameters) {
        return select(sql, Duration.ZERO, parameters);
    }

    /** Runs a query; a {@code timeout} of zero waits as long as it takes. */
    Rows select(String sql, Duration timeout, Object... parameters) {
        try {
            return timed(
                    () -> selected(sql, timeout, parameters),
                    rows -> rows.rows().size());
        } catch (SQLException e) {
            throw isStopped(e) && !timeout.isZero() ? new StoreTimeout(timeout, e) : failure(e);
        }
    }

    /** Runs a query and hands over one record after the other, so that not all are there at once. */
    <T extends Record> void each(String sql, Class<T> type, Consumer<T> each) {
        try {
            timed(() -> handedOver(sql, type, each), rows -> rows);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private <T extends Record> long handedOver(String sql, Class<T> type, Consumer<T> each) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<Rows.Column> columns = Values.columns(result);
            RecordMapper<T> records = new RecordMapper<>(type, columns);
            long rows = 0;
            while (result.next()) {
                each.accept(records.record(Values.row(result, columns.size())));
                rows++;
            }
            return rows;
        }
    }

    private Rows selected(String sql, Duration timeout, Object... parameters) throws SQLException {
        PreparedStatement kept = kept(sql);
        if (kept != null) {
            return rows(kept, timeout, parameters);
        }
        return parameters.length == 0 ? planned(sql, timeout) : prepared(sql, timeout, parameters);
    }

    /**
     * The database plans a prepared query twice, when it is prepared and when it runs; one without parameters need not
     * be prepared.
     */
    private Rows planned(String sql, Duration timeout) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(seconds(timeout));
            try (ResultSet result = statement.executeQuery(sql)) {
                return Values.rows(result);
            }
        }
    }

    private Rows prepared(String sql, Duration timeout, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return rows(statement, timeout, parameters);
        }
    }

    private static Rows rows(PreparedStatement statement, Duration timeout, Object... parameters) throws SQLException {
        statement.setQueryTimeout(seconds(timeout));
        bind(statement, parameters);
        try (ResultSet result = statement.executeQuery()) {
            return Values.rows(result);
        }
    }

    private static int seconds(Duration timeout) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, timeout.toSeconds()));
    }

    /** The single value of a query that returns one row of one column; null for NULL. */
    Object value(String sql, Object... parameters) {
        return select(sql, parameters).rows().get(0).get(0);
    }

    long count(String sql, Object... parameters) {
        return ((Number) value(sql, parameters)).longValue();
    }

    /** Whether there is a row: {@code relation} is a table, and may be followed by a condition. */
    boolean any(String relation) {
        return !select("SELECT 1 FROM " + relation + " LIMIT 1").rows().isEmpty();
    }

    DuckDBAppender appender(String catalog, String table) {
        try {
            return connection.createAppender(catalog, "main", table);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** The columns of a table or view, in order. */
    List<Rows.Column> columns(String table) {
        return select("DESCRIBE " + identifier(table)).rows().stream()
                .map(row -> new Rows.Column((String) row.get(0), (String) row.get(1)))
                .toList();
    }

    /**
     * Inserts rows whose values DuckDB casts to the columns' types. They travel as JSON text, numbers as strings, so
     * that nothing is rounded on the way and one statement takes thousands of rows. Columns that no row has a value for
     * stay out of it: planning them takes longer than the rows.
     */
    void insert(String table, List<Rows.Column> columns, Collection<? extends List<?>> rows) {
        int[] counts = counts(columns.size(), rows);
        List<String> names = new ArrayList<>();
        List<String> casts = new ArrayList<>();
        Map<String, String> shape = new LinkedHashMap<>();
        for (int i : counts) {
            names.add(identifier(columns.get(i).name()));
            shape.put("c" + i, textShape(columns.get(i).type()));
            casts.add("CAST(r.c" + i + " AS " + columns.get(i).type() + ")");
        }
        String sql = "INSERT INTO " + identifier(table) + " (" + String.join(", ", names) + ") SELECT "
                + String.join(", ", casts)
                + " FROM (SELECT unnest(from_json(?::JSON, " + literal(json(List.of(shape))) + ")) AS r)";
        List<Map<String, Object>> chunk = new ArrayList<>();
        for (List<?> row : rows) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (int i : counts) {
                values.put("c" + i, Values.text(row.get(i)));
            }
            chunk.add(values);
            if (chunk.size() == ROWS_AT_ONCE) {
                update(sql, json(chunk));
                chunk.clear();
            }
        }
        if (!chunk.isEmpty()) {
            update(sql, json(chunk));
        }
    }

    /** The numbers of the columns that some row has a value for, and of the first, since a row of nothing is a row. */
    private static int[] counts(int columns, Collection<? extends List<?>> rows) {
        return IntStream.range(0, columns)
                .filter(i -> i == 0 || rows.stream().anyMatch(row -> row.get(i) != null))
                .toArray();
    }

    private static String textShape(String type) {
        if (type.endsWith("[]")) {
            return "VARCHAR[]";
        }
        return type.startsWith("MAP(") ? "MAP(VARCHAR, VARCHAR)" : "VARCHAR";
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not writable as JSON", e);
        }
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, Values.parameter(parameters[i]));
        }
    }

    private static boolean isStopped(SQLException e) {
        return String.valueOf(e.getMessage()).startsWith("INTERRUPT Error");
    }

    static RuntimeException failure(SQLException e) {
        Optional<UserError> refusal = FileLock.refusal(e);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (StoreFull.isMeantBy(e)) {
            return new StoreFull(e);
        }
        String message = e.getMessage();
        String first = message == null
                ? "the database gave no reason"
                : message.lines().findFirst().orElse(message);
        return new StoreException(first, e);
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
