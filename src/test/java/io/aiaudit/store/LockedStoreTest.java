package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
}
