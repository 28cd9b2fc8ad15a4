package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.UserError;
import io.aiaudit.testing.GoldenFile;
import io.aiaudit.testing.Holds;
import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Holds
class SavedCatalogTest {
    private static final int HIDDEN = Integer.getInteger("aiaudit.damages", 5);
    /** Functions that our statements call, which a macro of the same name in the file could hide. */
    private static final List<String> FUNCTIONS = List.of(
            ("abs ceil coalesce concat count date_diff date_trunc epoch floor greatest len least length lower max "
                            + "min nullif regexp_matches replace round starts_with string_split strlen substr sum "
                            + "timezone trim upper")
                    .split(" "));

    private static final Path KNOWN =
            Needs.projectFolder().resolve("src/main/resources/io/aiaudit/store/" + SavedCatalog.KNOWN);

    @TempDir
    private Path folder;

    private Path file;

    /** What a stranger may have done to a file, and what is reported of it. */
    record Change(String sql, String message) {}

    @BeforeEach
    void save() {
        file = folder.resolve("june.aiaudit");
        try (Store store = Store.create(file, TestStore.limits(folder))) {
            store.finish(TestStore.facts(), IngestSettings.NONE);
        }
    }

    @Test
    void the_known_catalog_is_that_of_a_scan_of_this_version() {
        GoldenFile.check(KNOWN, SavedCatalog.of(file, TestStore.limits(folder)), getClass());
    }

    @Test
    void a_scan_of_our_own_is_fine() {
        SavedCatalog.check(file, TestStore.limits(folder));
        assertThat(file).exists();
    }

    @Test
    void changes_that_another_program_left_beside_it_are_not_applied() throws IOException {
        Path changes = Path.of(file + ".wal");
        Files.write(changes, new byte[] {1});
        assertThatThrownBy(() -> SavedCatalog.check(file, TestStore.limits(folder)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(changes + " has changes to " + file.getFileName());
        Files.delete(changes);
        SavedCatalog.check(file, TestStore.limits(folder));
    }

    static List<Change> changes() {
        Stream<String> macros = FUNCTIONS.stream()
                .map(name -> "CREATE MACRO " + name + "(x) AS repeat('x', 1000000000) | macro \"" + name + "\"");
        Stream<String> views = Stream.of("range", "temp", "main", "subject", "policy", "param", "charges_raw", "spend")
                .map(name -> "CREATE VIEW \"" + name + "\" AS SELECT * FROM range(300000000) | view \"" + name + "\"");
        Stream<String> own = Stream.of(
                "CREATE VIEW extra AS SELECT * FROM range(300000000) | view \"extra\"",
                "DROP VIEW charges; CREATE VIEW charges AS SELECT 1 AS BilledCost | view charges is not defined",
                "DROP TABLE resources; CREATE VIEW resources AS SELECT * FROM read_text('/etc/passwd') | view "
                        + "\"resources\"",
                "CREATE MACRO sum(x) AS 0 | macro \"sum\"",
                "CREATE MACRO range(x) AS TABLE SELECT 1 | macro \"range\"",
                "CREATE SEQUENCE s | sequence \"s\"",
                "CREATE TYPE mood AS ENUM ('a') | type \"mood\"",
                "CREATE SCHEMA other | schema \"other\"",
                "CREATE INDEX i ON gaps (source) | index \"i\"",
                "CREATE TABLE more (a INTEGER) | table \"more\"",
                "ALTER TABLE gaps ADD COLUMN c VARCHAR | table gaps is not defined",
                "ALTER TABLE gaps ALTER COLUMN fix SET DEFAULT 'x' | table gaps is not defined",
                "DROP TABLE gaps; CREATE TABLE gaps (source VARCHAR, scope VARCHAR, problem VARCHAR,"
                        + " fix VARCHAR GENERATED ALWAYS AS (repeat(source, 100000000))) | table gaps is not defined",
                "DROP TABLE advice | lacks the table advice",
                "DELETE FROM scan | table scan has 0 rows",
                "INSERT INTO scan FROM scan | table scan has 2 rows",
                "INSERT INTO warnings SELECT range FROM range(2000001) | table warnings has 2000001 rows");
        return Stream.concat(own, Stream.concat(views, macros).limit(HIDDEN))
                .map(line -> line.split(" \\| "))
                .map(parts -> new Change(parts[0], parts[1]))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void what_no_scan_saves_is_refused_before_it_runs(Change change) {
        try (Sql sql = Sql.open(file, new Properties())) {
            for (String statement : change.sql().split(";")) {
                sql.execute(statement);
            }
        }
        assertThatThrownBy(() -> SavedCatalog.check(file, TestStore.limits(folder)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(change.message());
    }
}
