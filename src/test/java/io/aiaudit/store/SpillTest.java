package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.disk.SpillWatch;
import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the database moves out of memory is seen under the name that it has in this version. */
@Slow
class SpillTest {
    @Test
    void what_does_not_fit_into_memory_is_counted(@TempDir Path folder) throws SQLException {
        try (SpillWatch watch = SpillWatch.of(folder)) {
            assertThat(watch.highest()).isZero();
            Path spill = folder.resolve("spill");
            try (Connection database =
                            DriverManager.getConnection("jdbc:duckdb:", new StoreLimits(100, 1, spill).properties(0));
                    Statement statement = database.createStatement()) {
                statement.execute("CREATE TABLE sorted AS SELECT range AS n, hash(range)::VARCHAR AS name"
                        + " FROM range(8000000) ORDER BY name");
            }
            assertThat(watch.highest()).isGreaterThan(10 << 20);
        }
    }
}
