package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.disk.NotWritten;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedStoreTest {
    @TempDir
    Path folder;

    private Path spill;

    @BeforeEach
    void folders() throws IOException {
        spill = Files.createDirectory(folder.resolve("spill"));
    }

    @Test
    void its_prices_are_those_of_the_files_that_the_build_has() throws SQLException, IOException {
        Path file = folder.resolve("store.duckdb");
        PreparedStore.STORE.copy(file, spill);

        ReferenceDatabase source = ReferenceDatabase.filled(spill);
        try (Sql sql = Sql.open(file, new Properties())) {
            for (String table : List.of("offers", "models")) {
                String all = "SELECT * FROM " + table + " ORDER BY ALL";
                List<String> prepared = sql.select("SELECT r::VARCHAR FROM (" + all + ") r").rows().stream()
                        .map(row -> (String) row.get(0))
                        .toList();
                assertThat(prepared)
                        .hasSizeGreaterThan(100)
                        .isEqualTo(source.rows("SELECT r::VARCHAR FROM (" + all + ") r"));
            }
        }
    }

    @Test
    void what_the_installer_makes_is_what_a_scan_would_make() throws IOException {
        Path installed = Files.createDirectory(folder.resolve("installed"));
        PreparedStore.main(new String[] {installed.toString()});

        Path store = folder.resolve("store.duckdb");
        PreparedStore.STORE.copy(store, spill);
        Path work = folder.resolve("work.duckdb");
        PreparedStore.WORK.copy(work, spill);
        for (Path made : List.of(store, work)) {
            assertThat(tables(installed.resolve(made.getFileName())))
                    .isNotEmpty()
                    .isEqualTo(tables(made));
        }
    }

    @Test
    void nothing_stays_in_the_private_folder() throws IOException {
        PreparedStore.STORE.copy(folder.resolve("store.duckdb"), spill);

        try (Stream<Path> left = Files.list(spill)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_file_that_is_there_is_not_written_over() throws IOException {
        Path file = Files.writeString(folder.resolve("store.duckdb"), "mine");

        assertThatThrownBy(() -> PreparedStore.STORE.copy(file, spill))
                .isInstanceOf(NotWritten.class)
                .hasMessageStartingWith("the database cannot be written into " + folder);
        assertThat(file).hasContent("mine");
    }

    private static List<List<Object>> tables(Path file) {
        try (Sql sql = Sql.open(file, new Properties())) {
            return sql.select("SELECT schema_name, table_name, sql, estimated_size FROM duckdb_tables() ORDER BY "
                            + "schema_name, table_name")
                    .rows();
        }
    }
}
