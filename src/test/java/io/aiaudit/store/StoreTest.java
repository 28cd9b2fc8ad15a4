package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Resource;
import io.aiaudit.model.UserError;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreTest {
    @TempDir
    private Path folder;

    private static Resource endpoint(String id) {
        return Resource.builder(id, "inference_endpoint", "aws")
                .region("eu-west-1")
                .tags(Map.of("team", "chat"))
                .build();
    }

    @Test
    void a_discarded_slice_leaves_nothing_and_a_committed_one_everything() {
        try (Store store = Store.create(folder.resolve("s.duckdb"), TestStore.limits(folder))) {
            Staging kept = store.begin("aws", "kept");
            kept.resource(endpoint("ep-1"));
            Staging dropped = store.begin("aws", "dropped");
            dropped.resource(endpoint("ep-2"));
            store.discard(dropped);
            assertThat(store.resources("inference_endpoint")).isEmpty();
            store.commit(kept);
            assertThat(store.resources("inference_endpoint")).containsExactly(endpoint("ep-1"));
        }
    }

    @Test
    void eight_threads_stage_at_the_same_time() throws Exception {
        Path file = folder.resolve("s.duckdb");
        try (Store store = Store.create(file, TestStore.limits(folder))) {
            ExecutorService pool = Executors.newFixedThreadPool(8);
            List<Future<?>> tasks = new ArrayList<>();
            for (int slice = 0; slice < 40; slice++) {
                String id = "ep-" + slice;
                tasks.add(pool.submit(() -> {
                    Staging staging = store.begin("aws", id);
                    staging.resource(endpoint(id));
                    for (int hour = 0; hour < 100; hour++) {
                        Instant at = Instant.parse("2026-06-01T00:00:00Z").plusSeconds(3600L * hour);
                        staging.metric(new MetricHour(id, "requests", at, null, null, 1.0, 60L));
                    }
                    store.commit(staging);
                }));
            }
            // The other threads of the database join in.
            store.expect(StoreLimits.SMALL_BYTES);
            for (Future<?> task : tasks) {
                task.get();
            }
            pool.shutdown();
            store.finish(TestStore.facts(), IngestSettings.NONE);
        }
        try (LockedStore locked = LockedStore.open(file, TestStore.limits(folder))) {
            assertThat(locked.select("SELECT count(*), sum(total) FROM metrics").rows())
                    .containsExactly(List.of(4000L, 4000.0));
            assertThat(new StoredScan(locked).resources()).hasSize(40).contains(endpoint("ep-7"));
        }
    }

    @Test
    void what_several_slices_warn_of_in_the_same_words_is_reported_once() {
        Path file = folder.resolve("s.duckdb");
        try (Store store = Store.create(file, TestStore.limits(folder))) {
            for (String region : List.of("eu-west-1", "us-east-1")) {
                Staging staging = store.begin("aws", region);
                staging.warning("nothing is known of batch jobs.");
                staging.warning("of " + region + " alone.");
                store.commit(staging);
            }
            store.finish(TestStore.facts(), IngestSettings.NONE);
        }
        try (LockedStore locked = LockedStore.open(file, TestStore.limits(folder))) {
            assertThat(new StoredScan(locked).warnings())
                    .containsExactly("nothing is known of batch jobs.", "of eu-west-1 alone.", "of us-east-1 alone.");
        }
    }

    @Test
    void what_was_reported_about_the_scan_is_read_again() {
        Path file = folder.resolve("s.duckdb");
        Gap everywhere = new Gap("aws", "", "no credentials", "log in");
        Gap volume = new Gap("aws", "1/eu-west-1 volumes", "access denied", "ask")
                .of(List.of("vol-1", "vol-2"), "vol-1 and 1 more")
                .in("1", "eu-west-1", "inventory");
        try (Store store = Store.create(file, TestStore.limits(folder))) {
            store.gap(volume);
            store.gap(everywhere);
            store.finish(TestStore.facts(), IngestSettings.NONE);
        }
        try (LockedStore locked = LockedStore.open(file, TestStore.limits(folder))) {
            StoredScan scan = new StoredScan(locked);
            assertThat(scan.gaps()).containsExactly(everywhere, volume);
            assertThat(scan.facts()).isEqualTo(TestStore.facts());
        }
    }

    @Test
    void a_locked_store_takes_temporary_rows_and_nothing_else() {
        Path file = folder.resolve("s.duckdb");
        try (Store store = Store.create(file, TestStore.limits(folder))) {
            store.finish(TestStore.facts(), IngestSettings.NONE);
        }
        try (LockedStore locked = LockedStore.open(file, TestStore.limits(folder))) {
            locked.execute(
                    "CREATE TEMP TABLE policy (id VARCHAR, regions VARCHAR[], share DECIMAL(28,12), standby BOOLEAN)");
            locked.fill(
                    "policy",
                    List.of(
                            Arrays.asList("a", List.of("eu-west-1", "eu'\"west"), new BigDecimal("0.25"), true),
                            Arrays.asList("b", null, null, null)));
            assertThat(locked.select("FROM policy ORDER BY id").rows())
                    .containsExactly(
                            List.of("a", List.of("eu-west-1", "eu'\"west"), new BigDecimal("0.250000000000"), true),
                            Arrays.asList("b", null, null, null));
            for (String attack : List.of(
                    "CREATE TABLE x (a INT)",
                    "DROP TABLE charges",
                    "SET enable_external_access=true",
                    "SET memory_limit='10GB'",
                    "ATTACH ':memory:' AS m",
                    "COPY charges TO '" + folder.resolve("out.csv") + "'",
                    "FROM read_csv('/etc/passwd')")) {
                assertThatThrownBy(() -> locked.execute(attack)).as(attack).isInstanceOf(StoreException.class);
            }
        }
    }

    /** DuckDB names a database after its file; ours must not meet its own names, nor those of SQL. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "work", "WORK", "main", "temp", "system", "memory", "store", "select", "charges", "a b", "x'y", "a\"b",
                "a.b", "[a*]", "md:x"
            })
    void a_saved_file_may_have_any_name(String name) throws Exception {
        Path partial = folder.resolve(name + ".aiaudit.partial");
        try (Store store = Store.create(partial, TestStore.limits(folder))) {
            Staging staging = store.begin("files", "june");
            staging.resource(endpoint("ep-1"));
            staging.files(
                    TestStore.set(FileSet.Content.BILLING, new FocusCsv().row().write(folder, "b.csv")));
            store.commit(staging);
            store.finish(TestStore.facts(), IngestSettings.NONE);
        }
        Path saved = Files.move(partial, folder.resolve(name + ".aiaudit"));
        try (LockedStore locked = LockedStore.open(saved, TestStore.limits(folder))) {
            locked.execute("CREATE TEMP VIEW subject AS FROM resources WHERE kind = 'inference_endpoint'");
            assertThat(locked.select("SELECT resource_id FROM subject").rows()).containsExactly(List.of("ep-1"));
            assertThat(new StoredScan(locked).bill().providers()).hasSize(1);
        }
        try (var left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("b.csv", "spill", name + ".aiaudit");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;b", "a?b", "a\\b"})
    void a_name_that_the_database_takes_apart_is_refused_before_anything_is_written(String name) {
        Path file = folder.resolve(name + ".aiaudit");
        assertThatThrownBy(() -> Store.create(file, TestStore.limits(folder)))
                .isInstanceOfSatisfying(UserError.class, error -> {
                    assertThat(error.problem())
                            .isEqualTo(file + ": the database cannot open a path with '" + name.charAt(1) + "' in it.");
                    assertThat(error.fix()).isEqualTo("Choose a name or folder without it.");
                });
        assertThat(file).doesNotExist();
    }

    @Test
    void nothing_is_left_beside_the_file() throws Exception {
        Path file = Files.createDirectory(folder.resolve("out")).resolve("s.duckdb");
        try (Store store = Store.create(file, TestStore.limits(folder))) {
            store.commit(store.begin("aws", "x"));
            store.finish(TestStore.facts(), IngestSettings.NONE);
        }
        try (var left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile)).containsExactly(file);
        }
    }
}
