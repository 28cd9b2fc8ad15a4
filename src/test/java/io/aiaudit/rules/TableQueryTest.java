package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.QueryResult;
import io.aiaudit.model.UserError;
import io.aiaudit.store.EmptyStore;
import io.aiaudit.store.LockedStore;
import io.aiaudit.store.StoreLimits;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A query reads the tables of one scan and nothing else, whoever wrote the scan and the query. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TableQueryTest {
    private Path folder;
    private LockedStore store;

    @BeforeAll
    void openStore(@TempDir Path shared) throws Exception {
        folder = shared;
        Files.writeString(folder.resolve("secret.csv"), "word\nswordfish\n");
        Path file = folder.resolve("audit.aiaudit");
        EmptyStore.write(file);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO resources (resource_id, kind, tags) VALUES ('i-1', 'instance', MAP {'team': 'a'}),"
                            + " ('i-2', 'instance', NULL), ('v-1', 'volume', NULL);"
                            + "INSERT INTO offers (machine_type, on_demand) VALUES ('g5', 1.006);"
                            + "INSERT INTO metrics VALUES ('i-1', 'requests', TIMESTAMP '2026-06-01 10:00:00', NULL, "
                            + "NULL, 12.5, 60);"
                            + "CREATE TABLE hidden (word VARCHAR); INSERT INTO hidden VALUES ('swordfish');"
                            + "DROP TABLE bill_rows; CREATE VIEW bill_rows AS SELECT word AS file FROM read_csv('"
                            + folder.resolve("secret.csv") + "')");
        }
        store = LockedStore.open(file, new StoreLimits(256, 1, folder.resolve("spill")));
    }

    @AfterAll
    void closeStore() {
        store.close();
    }

    private QueryResult query(String sql) {
        return TableQuery.run(store, Path.of("june.aiaudit"), sql, 2, Duration.ofMinutes(1));
    }

    @Test
    void a_reason_of_the_database_has_no_advice_on_its_settings() {
        assertThatThrownBy(() -> query("SELECT " + "1 || ".repeat(3_900) + "1"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Max expression depth limit of 1000 exceeded. This lists");
    }

    @Test
    void values_keep_their_types_and_unknown_is_null() {
        QueryResult result =
                query("SELECT hour, total, samples, average, on_demand, tags FROM metrics JOIN resources USING "
                        + "(resource_id), offers;");

        assertThat(result.columns()).containsExactly("hour", "total", "samples", "average", "on_demand", "tags");
        assertThat(result.rows()).hasSize(1);
        assertThat(result.rows().get(0).subList(0, 4))
                .containsExactly(Instant.parse("2026-06-01T10:00:00Z"), 12.5, 60L, null);
        assertThat((BigDecimal) result.rows().get(0).get(4)).isEqualByComparingTo("1.006");
        assertThat(result.rows().get(0).get(5)).isEqualTo(Map.of("team", "a"));
    }

    @Test
    void rows_are_limited_and_the_result_says_so() {
        assertThat(query("SELECT resource_id FROM resources ORDER BY resource_id DESC"))
                .isEqualTo(new QueryResult(List.of("resource_id"), List.of(List.of("v-1"), List.of("i-2")), true));
        assertThat(query("SELECT resource_id FROM resources WHERE kind = 'instance' -- a comment")
                        .more())
                .isFalse();
    }

    @Test
    void a_person_may_look_at_any_rows() {
        assertThat(query("SELECT * FROM resources LIMIT 1").rows()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_csv('secret.csv')",
                "SELECT * FROM 'secret.csv'",
                "SELECT * FROM read_text('/etc/passwd')",
                "SELECT * FROM glob('*')",
                "SELECT * FROM hidden",
                "SELECT * FROM main.resources",
                "SELECT * FROM duckdb_settings()",
                "SELECT * FROM information_schema.tables",
                "SELECT getenv('HOME')",
                "SELECT now()",
                "SELECT * FROM query('SELECT 1')",
                "SELECT current_setting('access_mode')",
                "COPY resources TO 'out.csv'",
                "ATTACH 'other.db'",
                "INSTALL httpfs",
                "SET enable_external_access = true",
                "PRAGMA database_list",
                "DELETE FROM resources",
                "SELECT 1; SELECT 2",
                "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT * FROM r",
                "SELECT ?",
                "SELECT 1) UNION ALL (SELECT 2",
                ""
            })
    void what_is_no_select_over_the_tables_is_refused(String sql) {
        assertThatThrownBy(() -> query(sql))
                .isInstanceOfSatisfying(
                        UserError.class,
                        error -> assertThat(error.problem())
                                .startsWith("the query is refused: ")
                                .doesNotContain("swordfish", "a rule"));
    }

    @Test
    void a_view_of_somebody_elses_file_reads_no_file() {
        assertThatThrownBy(() -> query("SELECT * FROM bill_rows"))
                .isInstanceOfSatisfying(
                        UserError.class,
                        error -> assertThat(error.problem())
                                .startsWith("the query failed: ")
                                .doesNotContain("swordfish"));
    }

    @Test
    void two_columns_of_one_name_are_refused() {
        assertThatThrownBy(() -> query("SELECT kind, name AS Kind FROM resources"))
                .isInstanceOfSatisfying(
                        UserError.class,
                        error -> assertThat(error.problem())
                                .isEqualTo("the query is refused: it returns two columns called Kind; rename one with "
                                        + "AS."));
    }
}
