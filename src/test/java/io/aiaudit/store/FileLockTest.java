package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.UserError;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The messages are those that the database gave. */
class FileLockTest {
    private static RuntimeException failure(String message) {
        return Sql.failure(new SQLException(message));
    }

    /** It was called damaged, and no saved scan. */
    @Test
    void a_file_that_another_program_has_open_is_not_called_damaged() {
        assertThat(failure("IO Error: Could not set lock on file \"/s/june.aiaudit\": Conflicting lock is held in "
                        + "/usr/bin/duckdb (PID 6326). See also https://duckdb.org/docs/current/connect/concurrency"))
                .isInstanceOfSatisfying(UserError.class, refusal -> {
                    assertThat(refusal.problem())
                            .isEqualTo("/s/june.aiaudit is open in another program: /usr/bin/duckdb (PID 6326).");
                    assertThat(refusal.fix()).isEqualTo("Close it there, then run this again.");
                });
    }

    @Test
    void a_disk_without_locks_is_named_as_the_reason() {
        assertThat(failure("IO Error: Could not set lock on file \"/s/e.aiaudit\": No locks available. See also "
                        + "https://duckdb.org/docs/current/connect/concurrency"))
                .isInstanceOfSatisfying(UserError.class, refusal -> {
                    assertThat(refusal.problem())
                            .isEqualTo("/s/e.aiaudit cannot be locked, which the database needs: No locks available.");
                    assertThat(refusal.fix()).contains("--save", "--spill-dir");
                });
    }

    @Test
    void other_failures_are_those_of_the_database() {
        assertThat(failure("IO Error: Could not read from file\nmore"))
                .isInstanceOf(StoreException.class)
                .hasMessage("IO Error: Could not read from file");
    }
}
