package io.aiaudit.store;

import io.aiaudit.model.Tokens;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * A finished store, opened read-only with external access off and the configuration locked: the only way in which
 * rules, reports and foreign files reach the database. Temporary tables and views can be made; they die with it. Not
 * for use by several threads.
 */
public final class LockedStore implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Sql sql;

    private final Path file;
    private final StoreLimits limits;

    /** By query and its parameters. */
    private final Map<List<Object>, Rows> answers = new HashMap<>();

    /** Whether somebody else may have written it. */
    private final boolean isForeign;

    private LockedStore(Sql sql, Path file, StoreLimits limits, boolean isForeign) {
        this.sql = sql;
        this.file = file;
        this.limits = limits;
        this.isForeign = isForeign;
    }

    /** Opens {@code file}; the ingest connection to it must be closed before. */
    public static LockedStore open(Path file, StoreLimits limits) {
        return open(file, limits, false);
    }

    /** The same for a saved scan, which may come from anybody. */
    public static LockedStore openForeign(Path file, StoreLimits limits) {
        return open(file, limits, true);
    }

    private static LockedStore open(Path file, StoreLimits limits, boolean isForeign) {
        Properties properties = limits.properties(file);
        properties.setProperty("access_mode", "READ_ONLY");
        properties.setProperty("enable_external_access", "false");
        Sql sql = Sql.open(file, properties);
        try {
            sql.execute("SET TimeZone='UTC'");
            sql.script("ids.sql");
            sql.script("list-prices.sql");
            if (isForeign) {
                sql.execute(Tokens.sqlMacro());
                sql.execute(Tokens.sqlMacroOfSigns());
                sql.script("secrets.sql");
            }
            sql.execute("SET lock_configuration=true");
            sql.keepRepeated();
            return new LockedStore(sql, file, limits, isForeign);
        } catch (RuntimeException e) {
            sql.close();
            throw e;
        }
    }

    boolean isForeign() {
        return isForeign;
    }

    /** Another process may open it in the same way. */
    public Path file() {
        return file;
    }

    public StoreLimits limits() {
        return limits;
    }

    /** Runs a statement of our own, such as one that makes a temporary view. Never call it with text from outside. */
    public void execute(String statement) {
        sql.execute(statement);
    }

    /**
     * Makes the temporary table {@code offered_names}: under which names each resource may be in the offers.
     *
     * @param base the prefix of the name of the table of resources, such as {@code "audit".main.}
     */
    public void makeOfferedNames(String base) {
        sql.execute(Sql.resource("offered-names.sql").replace("FROM resources ", "FROM " + base + "resources "));
    }

    /**
     * Runs a query of our own on tables of the finished store, which do not change: the answer of the first
     * time is kept. Not for answers by the hour, which would fill the memory.
     */
    Rows once(String query, Object... parameters) {
        return answers.computeIfAbsent(List.of(query, Arrays.asList(parameters)), first -> select(query, parameters));
    }

    /** Whether the file has the table: a saved scan may lack some. Known once for all tables, since it takes long. */
    boolean hasTable(String name) {
        return once("SELECT table_name FROM duckdb_tables()").texts().contains(name);
    }

    /** Runs a query of our own. */
    public Rows select(String query, Object... parameters) {
        return select(query, PATIENCE, parameters);
    }

    /** Runs a query of our own whose answer may be long: no two of its records are there at once. */
    <T extends Record> void each(String query, Class<T> type, Consumer<T> each) {
        sql.each(query, type, each);
    }

    /** Runs a query and gives up after {@code timeout}; {@code ?} in it takes the parameters in order. */
    public Rows select(String query, Duration timeout, Object... parameters) {
        return sql.select(query, timeout, parameters);
    }

    /**
     * Whether there is a row, which is quick to check before a long query: {@code relation} is a table, and may be
     * followed by a condition.
     */
    public boolean any(String relation) {
        return sql.any(relation);
    }

    /** Adds rows to a temporary table, values in the order of its columns; DuckDB casts them, null is NULL. */
    public void fill(String temporaryTable, List<? extends List<?>> rows) {
        fill(temporaryTable, sql.columns(temporaryTable), rows);
    }

    /** The same where the columns of the table are known, all of them. */
    public void fill(String temporaryTable, List<Rows.Column> columns, List<? extends List<?>> rows) {
        if (!TypedRows.areOf(columns, rows)) {
            sql.insert(temporaryTable, columns, rows);
            return;
        }
        Appended appended = new Appended(sql, "temp", temporaryTable);
        try {
            rows.forEach(row -> appended.row(TypedRows.values(columns, row)));
            appended.finish();
        } finally {
            appended.abandon();
        }
    }

    @Override
    public void close() {
        sql.close();
    }
}
