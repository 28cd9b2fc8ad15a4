package io.aiaudit.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database in memory with the tables of schema.sql, for questions about the built-in prices. */
final class ReferenceDatabase {
    private final Connection connection;

    private ReferenceDatabase(Connection connection) {
        this.connection = connection;
    }

    static ReferenceDatabase empty() throws SQLException, IOException {
        ReferenceDatabase database = new ReferenceDatabase(DriverManager.getConnection("jdbc:duckdb:"));
        try (InputStream schema = ReferenceFacts.class.getResourceAsStream("schema.sql")) {
            database.execute(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
        }
        return database;
    }

    static ReferenceDatabase filled(Path folder) throws SQLException, IOException {
        ReferenceDatabase database = empty();
        database.load(folder);
        return database;
    }

    void load(Path folder) {
        ReferenceFacts.load(this::execute, false, folder);
    }

    void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Every row as text, values separated by {@code |}. */
    List<String> rows(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    values.add(String.valueOf(result.getObject(i)));
                }
                rows.add(String.join("|", values));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** The only row of an answer. */
    String row(String sql) {
        List<String> rows = rows(sql);
        if (rows.size() != 1) {
            throw new IllegalStateException(rows.size() + " rows: " + sql);
        }
        return rows.get(0);
    }
}
