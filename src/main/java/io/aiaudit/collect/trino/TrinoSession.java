package io.aiaudit.collect.trino;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.disk.AtExit;
import io.trino.jdbc.QueryStats;
import io.trino.jdbc.TrinoDriver;
import io.trino.jdbc.TrinoResultSet;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A connection to Trino over which tables are read. A statement that runs while this program is interrupted is
 * cancelled in the engine, too: there it would go on, and others would wait for it.
 */
final class TrinoSession implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** For the request that cancels a statement to get out before the machine ends. */
    private static final long FAREWELL_MILLIS = 1_500;

    private static final int KNOCK_MILLIS = 10_000;

    private final Connection connection;

    private TrinoSession(Connection connection) {
        this.connection = connection;
    }

    /** The driver is called by its class: a look-up of all drivers would load it in each scan. */
    static TrinoSession open(TrinoAddress address, TrinoLogin login) throws SQLException {
        knock(address);
        return new TrinoSession(new TrinoDriver().connect(address.jdbc(), login.properties(address)));
    }

    /** The driver tries for minutes to reach a port that is closed, and does not report why. */
    private static void knock(TrinoAddress address) throws SQLException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(address.host()), address.port()), KNOCK_MILLIS);
        } catch (IOException e) {
            throw new SQLNonTransientConnectionException("no connection to " + address.server(), e);
        }
    }

    /** Takes one row; texts are plain, decimals have no exponent, unknown is null. */
    interface Rows {
        void row(List<String> cells) throws IOException;
    }

    /**
     * What a statement reads, as the engine expects before it runs.
     *
     * @param rows null where the engine has no statistics
     * @param bytes null where the engine has no statistics
     */
    record Estimate(BigDecimal rows, BigDecimal bytes) {}

    /** Types of the columns by name, in the order of the table; names in small letters. */
    Map<String, String> types(String table) throws SQLException, InterruptedException {
        Map<String, String> types = new LinkedHashMap<>();
        for (List<String> column : rows("DESCRIBE " + table)) {
            types.put(column.get(0), column.get(1));
        }
        return types;
    }

    /** What a statement will read, in words; the rows are counted where the catalog has no statistics. */
    String prediction(String sql, String countSql) throws SQLException, InterruptedException {
        Estimate estimate = estimate(sql);
        if (estimate.rows() == null) {
            BigDecimal counted = new BigDecimal(rows(countSql).get(0).get(0));
            return String.format(Locale.ROOT, "%,.0f rows", counted);
        }
        String rows = String.format(Locale.ROOT, "about %,.0f rows", estimate.rows());
        return estimate.bytes() == null ? rows : rows + " (" + bytes(estimate.bytes()) + ")";
    }

    static String bytes(BigDecimal bytes) {
        return bytes.compareTo(new BigDecimal("1e9")) < 0
                ? String.format(Locale.ROOT, "%,.1f MB", bytes.movePointLeft(6))
                : String.format(Locale.ROOT, "%,.1f GB", bytes.movePointLeft(9));
    }

    /** By the statistics of the catalog; nothing of the table is read for that. */
    Estimate estimate(String sql) throws SQLException, InterruptedException {
        String plan = rows("EXPLAIN (TYPE IO, FORMAT JSON) " + sql).get(0).get(0);
        BigDecimal rows = BigDecimal.ZERO;
        BigDecimal bytes = BigDecimal.ZERO;
        try {
            for (JsonNode table : JSON.readTree(plan).path("inputTableColumnInfos")) {
                rows = sum(rows, table.at("/estimate/outputRowCount"));
                bytes = sum(bytes, table.at("/estimate/outputSizeInBytes"));
            }
        } catch (IOException e) {
            return new Estimate(null, null);
        }
        return new Estimate(rows, bytes);
    }

    /** Unknown where one is unknown, which Trino writes as the text NaN. */
    private static BigDecimal sum(BigDecimal sum, JsonNode number) {
        return sum == null || !number.isNumber() ? null : sum.add(number.decimalValue());
    }

    List<List<String>> rows(String sql) throws SQLException, InterruptedException {
        List<List<String>> rows = new ArrayList<>();
        try {
            query(sql, rows::add);
        } catch (IOException e) {
            throw new IllegalStateException("a list cannot fail", e);
        }
        return rows;
    }

    /**
     * Runs a statement and hands its rows over, page by page as they come. A thread of its own waits for the engine,
     * since an interrupt does not reach the driver while it waits.
     */
    QueryStats query(String sql, Rows rows) throws SQLException, InterruptedException, IOException {
        ExecutorService waiting = Executors.newSingleThreadExecutor(TrinoSession::daemon);
        try (Statement statement = connection.createStatement()) {
            AtExit cancelling = AtExit.run("cancels a statement of Trino", () -> cancelAtExit(statement));
            try {
                return await(waiting.submit(() -> handOver(statement, sql, rows)), statement);
            } finally {
                cancelling.forget();
            }
        } finally {
            waiting.shutdownNow();
        }
    }

    private static QueryStats await(Future<QueryStats> query, Statement statement)
            throws SQLException, InterruptedException, IOException {
        try {
            return query.get();
        } catch (InterruptedException e) {
            statement.cancel();
            throw e;
        } catch (ExecutionException e) {
            throw cause(e);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "waits for Trino");
        thread.setDaemon(true);
        return thread;
    }

    private static SQLException cause(ExecutionException failure) throws IOException {
        if (failure.getCause() instanceof SQLException known) {
            return known;
        }
        if (failure.getCause() instanceof IOException disk) {
            throw disk;
        }
        throw new IllegalStateException("the rows of Trino cannot be handed over", failure.getCause());
    }

    private static QueryStats handOver(Statement statement, String sql, Rows rows) throws SQLException, IOException {
        try (ResultSet result = statement.executeQuery(sql)) {
            handOver(result, rows);
            return result.unwrap(TrinoResultSet.class).getStats();
        }
    }

    private static void handOver(ResultSet result, Rows rows) throws SQLException, IOException {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
            List<String> cells = new ArrayList<>(columns);
            for (int i = 1; i <= columns; i++) {
                cells.add(text(result.getObject(i)));
            }
            rows.row(cells);
        }
    }

    private static String text(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : value == null ? null : value.toString();
    }

    /** The driver sends the request in the background, and the machine does not wait for it. */
    private static void cancelAtExit(Statement statement) {
        try {
            statement.cancel();
            TimeUnit.MILLISECONDS.sleep(FAREWELL_MILLIS);
        } catch (SQLException e) {
            return; // it ends in the engine when its rows were not fetched for some minutes
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
