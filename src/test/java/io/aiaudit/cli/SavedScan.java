package io.aiaudit.cli;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What a saved scan has of a resource, read as any client of the database reads it. */
final class SavedScan implements AutoCloseable {
    private final Connection database;

    SavedScan(Path file) throws SQLException {
        database = DriverManager.getConnection("jdbc:duckdb:" + file);
    }

    /** All of a counter; null where it is not known. */
    Double total(String resourceId, String metric) throws SQLException {
        return number("SELECT sum(total) FROM metrics WHERE resource_id = ? AND metric = ?", resourceId, metric);
    }

    Double average(String resourceId, String metric) throws SQLException {
        return number("SELECT avg(average) FROM metrics WHERE resource_id = ? AND metric = ?", resourceId, metric);
    }

    /** What the bill has for a resource; null where it has nothing. */
    Double cost(String resourceId) throws SQLException {
        return number("SELECT sum(cost) FROM charges WHERE resource_id = ?", resourceId);
    }

    /** An attribute of the resource of this name; null where it has none. */
    String attribute(String name, String key) throws SQLException {
        try (PreparedStatement statement =
                database.prepareStatement("SELECT any_value(attributes[?]) FROM resources WHERE name = ?")) {
            statement.setString(1, key);
            statement.setString(2, name);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private Double number(String select, String... values) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(select)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                double number = rows.getDouble(1);
                return rows.wasNull() ? null : number;
            }
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
