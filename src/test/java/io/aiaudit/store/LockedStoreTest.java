package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockedStoreTest {
    @TempDir
    private Path folder;

    @Test
    void a_query_runs_once() {
        Path file = folder.resolve("empty.aiaudit");
        EmptyStore.write(file);
        try (LockedStore store = LockedStore.open(file, TestStore.limits(folder))) {
            store.execute("CREATE TEMP TABLE numbers AS SELECT 'one' AS name");
            String query = "SELECT name FROM numbers WHERE name <> ? ORDER BY name";
            assertThat(store.once(query, "none").texts()).containsExactly("one");
            store.execute("INSERT INTO numbers VALUES ('two')");
            assertThat(store.once(query, "none").texts()).containsExactly("one");
            assertThat(store.once(query, "one").texts()).as("another query").containsExactly("two");
            assertThat(store.select(query, "none").texts()).containsExactly("one", "two");
        }
    }

    @Test
    void what_a_stranger_may_spill_is_limited() {
        Path file = folder.resolve("empty.aiaudit");
        EmptyStore.write(file);
        try (LockedStore store = LockedStore.open(file, StoreLimits.ofStrangers(512, folder))) {
            assertThat(store.select("SELECT current_setting('max_temp_directory_size')")
                            .texts())
                    .containsExactly("4.0 GiB");
        }
    }

    @Test
    void a_small_store_is_read_by_one_thread_and_a_large_one_by_all() {
        Path small = folder.resolve("empty.aiaudit");
        EmptyStore.write(small);
        Path large = folder.resolve("large.aiaudit");
        EmptyStore.write(large);
        try (Sql sql = Sql.open(large, TestStore.limits(folder).properties(0))) {
            sql.execute(
                    "CREATE TABLE noise AS SELECT random() AS number FROM range(" + StoreLimits.SMALL_BYTES / 4 + ")");
        }
        assertThat(large.toFile().length()).isGreaterThan(StoreLimits.SMALL_BYTES);
        assertThat(threads(small)).isEqualTo("1");
        assertThat(threads(large)).isEqualTo("2");
    }

    private String threads(Path file) {
        try (LockedStore store = LockedStore.open(file, TestStore.limits(folder))) {
            return store.select("SELECT current_setting('threads')::VARCHAR")
                    .texts()
                    .get(0);
        }
    }

    /** By the appender, and as text where a value is not of the type of its column. */
    @Test
    void rows_are_the_same_whichever_way_they_take() {
        Path file = folder.resolve("empty.aiaudit");
        EmptyStore.write(file);
        try (LockedStore store = LockedStore.open(file, TestStore.limits(folder))) {
            List<Object> row = Arrays.asList(
                    "é'\"", new BigDecimal("0.1"), new BigDecimal("12.3456789012345"), 7L, true, Instant.EPOCH, null);
            store.execute("CREATE TEMP TABLE typed (name VARCHAR, share DOUBLE, cost DECIMAL(28,12), hours BIGINT,"
                    + " known BOOLEAN, since TIMESTAMP, regions VARCHAR[])");
            store.fill("typed", List.of(row, Arrays.asList(null, 3, null, null, null, null, null)));
            List<Object> mixed = new ArrayList<>(row);
            mixed.set(6, List.of("eu-west-1"));
            store.fill("typed", List.of(mixed));

            List<List<Object>> rows =
                    store.select("SELECT * EXCLUDE (regions) FROM typed").rows();
            assertThat(rows).hasSize(3);
            assertThat(rows.get(0))
                    .isEqualTo(rows.get(2))
                    .containsExactly("é'\"", 0.1, new BigDecimal("12.345678901235"), 7L, true, Instant.EPOCH);
            assertThat(rows.get(1)).containsExactly(null, 3.0, null, null, null, null);
            List<String> shares = new ArrayList<>();
            store.each(
                    "SELECT name, hours FROM typed WHERE hours > 0",
                    Named.class,
                    named -> shares.add(named.name() + " " + named.hours()));
            assertThat(shares).containsExactly("é'\" 7", "é'\" 7");
        }
    }

    private record Named(String name, long hours) {}
}
