package io.aiaudit.store;

import java.nio.file.Path;
import java.util.Properties;

/** A store with the schema and no row, on which the tests of rules bring their own rows as temporary tables. */
public final class EmptyStore {
    private EmptyStore() {}

    /** Writes it to {@code file}, which must not exist; open it with {@link LockedStore#open}. */
    public static void write(Path file) {
        try (Sql sql = Sql.open(file, new Properties())) {
            sql.script("schema.sql");
        }
    }
}
