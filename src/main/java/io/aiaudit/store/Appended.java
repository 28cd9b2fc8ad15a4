package io.aiaudit.store;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import org.duckdb.DuckDBAppender;

/** Rows of one table, through DuckDB's appender, which is opened by the first of them. */
final class Appended {
    private static final int MONEY_SCALE = 12;

    private final Sql sql;
    private final String catalog;
    private final String table;
    private DuckDBAppender appender;
    private long rows;

    Appended(Sql sql, String catalog, String table) {
        this.sql = sql;
        this.catalog = catalog;
        this.table = table;
    }

    /** Adds a row; values in the order of the table's columns and of their types. */
    void row(Object... values) {
        try {
            if (appender == null) {
                appender = sql.appender(catalog, table);
            }
            appender.beginRow();
            for (Object value : values) {
                append(value);
            }
            appender.endRow();
            rows++;
        } catch (SQLException e) {
            throw Sql.failure(e);
        }
    }

    private void append(Object value) throws SQLException {
        if (value == null) {
            appender.appendNull();
        } else if (value instanceof String text) {
            appender.append(text);
        } else if (value instanceof Double number) {
            appender.append(number);
        } else if (value instanceof Long number) {
            appender.append(number);
        } else if (value instanceof Integer number) {
            appender.append(number);
        } else if (value instanceof Boolean yes) {
            appender.append(yes.booleanValue());
        } else if (value instanceof BigDecimal money) {
            appender.append(money.setScale(MONEY_SCALE, RoundingMode.HALF_EVEN));
        } else if (value instanceof Instant time) {
            appender.append(Values.utc(time));
        } else if (value instanceof LocalDate day) {
            appender.append(day);
        } else {
            throw new IllegalArgumentException("no SQL type for " + value.getClass());
        }
    }

    /** How many it has taken. */
    long rows() {
        return rows;
    }

    void finish() {
        try {
            if (appender != null) {
                appender.close();
            }
        } catch (SQLException e) {
            throw Sql.failure(e);
        }
    }

    /** Ends without an error of its own: the transaction around it is given up anyway. */
    void abandon() {
        try {
            if (appender != null && !appender.isClosed()) {
                appender.close();
            }
        } catch (SQLException e) {
            appender = null;
        }
    }
}
