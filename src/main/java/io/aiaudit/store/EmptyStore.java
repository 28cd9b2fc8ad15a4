package io.aiaudit.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A store with the schema and no row, on which the tests of rules bring their own rows as temporary tables. */
public final class EmptyStore {
    private EmptyStore() {}

    /** Writes it to {@code file}, which must not exist; open it with {@link LockedStore#open}. */
    public static void write(Path file) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(schema());
        } catch (SQLException e) {
            throw new StoreException("an empty store cannot be written to " + file, e);
        }
    }

    private static String schema() {
        try (InputStream in = EmptyStore.class.getResourceAsStream("schema.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
