package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.aiaudit.model.Audit.DailyUse;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Resource;
import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a usage file brings: hours of metrics. */
@Slow
class UsageFileTest {
    @TempDir
    private Path folder;

    @Test
    void rows_finer_than_an_hour_are_rolled_up_unsorted_and_from_any_time_zone() {
        String usage = """
                resource_id,metric,hour,average,maximum,total,samples
                a,GPU_utilization,2026-06-01T02:30:00+02:00,0.5,0.9,,3
                a,gpu_utilization,2026-06-01T05:00:00Z,0.1,0.2,,1
                a,gpu_utilization,2026-06-01 00:00:00,0.1,1,,1
                a,requests,2026-06-01T00:10:00Z,,,5,
                a,requests,2026-06-01T00:20:00Z,,,7,
                a,requests,2026-06-01T00:20:00Z,,,7,
                """;
        try (TestStore store = UsageFiles.read(folder, "resource_id,kind\na,instance\n", usage)) {
            assertThat(UsageFiles.metrics(store))
                    .containsExactly(
                            Arrays.asList("a", "gpu_utilization", "2026-06-01 00:00:00", 0.4, 1.0, null, 4L),
                            Arrays.asList("a", "gpu_utilization", "2026-06-01 05:00:00", 0.1, 0.2, null, 1L),
                            Arrays.asList("a", "requests", "2026-06-01 00:00:00", null, null, 12.0, null));
            assertThat(store.scan().warnings()).isEmpty();
        }
    }

    @Test
    void an_hour_in_two_files_is_one_hour_and_hours_between_files_are_not_zero() {
        Path first =
                FocusCsv.text(folder, "1.csv", "resource_id,metric,hour,total\na,requests,2026-06-01T00:10:00Z,5\n");
        Path second = FocusCsv.text(
                folder,
                "2.csv",
                "resource_id,metric,hour,total\na,requests,2026-06-01T00:10:00Z,5\na,requests,2026-06-01T00:50:00Z,"
                        + "7\n");
        Path third = FocusCsv.text(
                folder,
                "3.csv",
                "resource_id,metric,hour,total\na,requests,2026-06-01T05:00:00Z,1\na,requests,2026-06-01T07:00:00Z,"
                        + "1\n");
        Path file = folder.resolve("s.duckdb");
        try (Store store = Store.create(file, TestStore.limits(folder))) {
            for (Path usage : List.of(second, first, third)) {
                Staging staging = store.begin("files", usage.toString());
                staging.files(new FileSet(FileSet.Content.USAGE, usage.toString(), List.of(usage), Set.of("requests")));
                store.commit(staging);
            }
            store.finish(TestStore.facts(), IngestSettings.NONE);
        }
        try (LockedStore locked = LockedStore.open(file, TestStore.limits(folder))) {
            assertThat(locked.select("SELECT hour(hour), total FROM metrics ORDER BY ALL")
                            .rows())
                    .containsExactly(List.of(0L, 12.0), List.of(5L, 1.0), List.of(6L, 0.0), List.of(7L, 1.0));
        }
    }

    @Test
    void averages_without_samples_weigh_the_same() {
        String usage = """
                resource_id,metric,hour,average
                a,cpu_utilization,2026-06-01T00:00:00Z,0.2
                a,cpu_utilization,2026-06-01T00:30:00Z,0.4
                """;
        try (TestStore store = UsageFiles.read(folder, "resource_id,kind\na,instance\n", usage)) {
            assertThat((Double) UsageFiles.metrics(store).get(0).get(3)).isBetween(0.2999999, 0.3000001);
        }
    }

    @Test
    void rows_of_one_time_that_show_different_columns_complete_each_other() {
        String usage = """
                resource_id,metric,hour,average,maximum
                a,gpu_utilization,2026-06-01T00:00:00Z,0.2,
                a,gpu_utilization,2026-06-01T00:00:00Z,,0.9
                """;
        try (TestStore store = UsageFiles.read(folder, "resource_id,kind\na,instance\n", usage)) {
            assertThat(UsageFiles.metrics(store))
                    .extracting(row -> row.subList(3, 5))
                    .containsExactly(List.of(0.2, 0.9));
            assertThat(store.scan().warnings()).isEmpty();
        }
    }

    @Test
    void rows_of_the_parts_of_a_resource_are_put_together() {
        String usage = """
                resource_id,metric,hour,GPU_Index,average,maximum,total
                a,gpu_utilization,2026-06-01T00:00:00Z,0,0,0,
                a,gpu_utilization,2026-06-01T00:30:00Z,0,0,0,
                a,gpu_utilization,2026-06-01T00:00:01Z,1,0.8,0.99,
                a,gpu_memory_used_gib,2026-06-01T00:00:00Z,0,2,3,
                a,gpu_memory_used_gib,2026-06-01T00:00:00Z,1,10,12,
                a,accelerators_active,2026-06-01T00:00:00Z,0,,1,
                a,accelerators_active,2026-06-01T00:00:00Z,1,,1,
                a,requests,2026-06-01T00:00:00Z,one,,,0
                a,requests,2026-06-01T00:00:00Z,two,,,500
                a,requests,2026-06-01T00:00:00Z,two,,,500
                """;
        try (TestStore store = UsageFiles.read(folder, "resource_id,kind\na,instance\n", usage)) {
            assertThat(UsageFiles.metrics(store))
                    .extracting(row -> row.subList(1, 6).toString())
                    .containsExactly(
                            "[accelerators_active, 2026-06-01 00:00:00, null, 2.0, null]",
                            "[gpu_memory_used_gib, 2026-06-01 00:00:00, 10.0, 12.0, null]",
                            "[gpu_utilization, 2026-06-01 00:00:00, 0.4, 0.99, null]",
                            "[requests, 2026-06-01 00:00:00, null, null, 500.0]");
            assertThat(store.scan().warnings()).isEmpty();
        }
    }

    @Test
    void a_maximum_of_some_rows_is_not_that_of_the_hour_unless_it_shows_more_than_the_average() {
        Path averages = FocusCsv.text(folder, "averages.csv", """
                resource_id,metric,hour,average
                a,gpu_utilization,2026-06-01T00:00:00Z,0.6
                """);
        Path maxima = FocusCsv.text(folder, "maxima.csv", """
                resource_id,metric,hour,average,maximum
                a,gpu_utilization,2026-06-01T00:05:00Z,,0
                a,gpu_utilization,2026-06-01T00:15:00Z,,0
                a,gpu_utilization,2026-06-01T01:00:00Z,0.001,
                a,gpu_utilization,2026-06-01T01:30:00Z,0.001,1
                """);
        try (TestStore store = TestStore.of(
                folder,
                IngestSettings.NONE,
                staging -> staging.files(TestStore.set(FileSet.Content.USAGE, averages, maxima)))) {
            assertThat(UsageFiles.metrics(store))
                    .extracting(row -> row.subList(3, 5))
                    .containsExactly(Arrays.asList(0.6, null), Arrays.asList(0.001, 1.0));
        }
    }

    @Test
    void a_resource_that_only_the_usage_names_is_reported_and_its_metrics_are_kept() {
        String usage = "resource_id,metric,hour,total\nghost,requests,2026-06-01T00:00:00Z,5\n";
        try (TestStore store = UsageFiles.read(folder, "resource_id,kind\na,instance\n", usage)) {
            assertThat(UsageFiles.metrics(store)).hasSize(1);
            assertThat(store.scan().resources())
                    .extracting(Resource::resourceId, Resource::kind)
                    .containsExactly(tuple("a", "instance"), tuple("ghost", "unknown"));
            assertThat(store.scan().warnings())
                    .containsExactly(
                            "1 resource of the usage files is in no inventory and no bill (ghost); its metrics are "
                                    + "kept, but no rule applies because its kind is unknown.");
        }
    }

    @Test
    void a_week_has_168_hours_and_null_where_nothing_is_known() {
        String usage = """
                resource_id,metric,hour,average,total
                a,requests,2026-06-01T05:00:00Z,9,4
                a,requests,2026-06-08T05:00:00Z,9,6
                a,gpu_utilization,2026-06-07T23:00:00Z,0.5,
                """;
        try (TestStore store = UsageFiles.read(folder, "resource_id,kind\na,instance\n", usage)) {
            Map<String, List<Double>> week =
                    store.scan().hourOfWeek(List.of("a"), TestStore.JUNE).get("a");
            assertThat(week.get("requests")).hasSize(168).element(5).isEqualTo(5.0);
            assertThat(week.get("requests").get(6)).isNull();
            assertThat(week.get("gpu_utilization").get(167)).isEqualTo(0.5);
        }
    }

    @Test
    void the_days_of_a_window_have_averages_and_busiest_hours_and_null_where_nothing_is_known() {
        String usage = """
                resource_id,metric,hour,average,maximum,total
                a,requests,2026-06-01T05:00:00Z,9,9,4
                a,requests,2026-06-01T06:00:00Z,9,9,6
                a,gpu_utilization,2026-06-30T23:00:00Z,0.5,0.9,
                """;
        try (TestStore store = UsageFiles.read(folder, "resource_id,kind\na,instance\n", usage)) {
            Map<String, DailyUse> days =
                    store.scan().daily(List.of("a"), TestStore.JUNE).get("a");
            assertThat(days.get("requests").average()).hasSize(30).startsWith(5.0, null);
            assertThat(days.get("requests").highest()).startsWith(6.0, null);
            assertThat(days.get("gpu_utilization").average()).endsWith(0.5);
            assertThat(days.get("gpu_utilization").highest()).endsWith(0.9);
        }
    }

    @Test
    void a_log_in_which_some_requests_have_no_hash_lacks_no_hours() {
        String usage = """
                resource_id,metric,hour,total,prompt_hash
                a,requests,2026-06-01T09:00:00Z,1,x
                a,requests,2026-06-01T09:10:00Z,1,
                a,requests,2026-06-01T09:20:00Z,1,
                a,requests,2026-06-01T09:30:00Z,1,
                a,requests,2026-06-01T10:00:00Z,1,x
                a,requests,2026-06-01T10:10:00Z,1,
                a,requests,2026-06-01T11:00:00Z,1,x
                a,requests,2026-06-01T11:10:00Z,1,
                a,requests,2026-06-01T11:20:00Z,1,
                a,requests,2026-06-01T11:30:00Z,1,
                """;
        try (TestStore store = UsageFiles.read(folder, null, usage)) {
            assertThat(totals(store, "requests", "2026-06-01 10:00:00")).containsExactly(List.of("a", 2.0));
            assertThat(store.locked().select("FROM partial_hours").rows()).isEmpty();
        }
    }

    @Test
    void requests_with_a_hash_are_counted_and_so_are_those_that_came_before_in_the_same_hour_day_and_week() {
        String usage = """
                resource_id,metric,hour,total,prompt_hash
                a,requests,2026-06-01T09:00:01Z,1,x
                a,requests,2026-06-01T09:00:01Z,1,x
                a,requests,2026-06-01T09:00:01Z,1,y
                a,requests,2026-06-01T09:30:00Z,1,x
                a,requests,2026-06-01T11:00:00Z,1,x
                a,requests,2026-06-02T09:00:00Z,1,x
                a,requests,2026-06-08T09:00:00Z,1,x
                b,requests,2026-06-01T09:00:00Z,5,
                """;
        try (TestStore store = UsageFiles.read(folder, null, usage)) {
            assertThat(totals(store, "requests", "2026-06-01 09:00:00"))
                    .as("the same time of the same hash is one request, as in a file that is read twice")
                    .containsExactly(List.of("a", 3.0), List.of("b", 5.0));
            assertThat(totals(store, "requests_hashed", "2026-06-01 09:00:00")).containsExactly(List.of("a", 3.0));
            assertThat(totals(store, "requests_hashed", "2026-06-01 10:00:00"))
                    .as("an hour of the log without a row had no request")
                    .containsExactly(List.of("a", 0.0));
            assertThat(totals(store, "requests_hashed", "2026-06-08 10:00:00")).isEmpty();
            assertThat(totals(store, "requests_repeated_1h", "2026-06-01 09:00:00"))
                    .containsExactly(List.of("a", 1.0));
            assertThat(totals(store, "requests_repeated_1h", "2026-06-01 11:00:00"))
                    .containsExactly(List.of("a", 0.0));
            assertThat(totals(store, "requests_repeated_24h", "2026-06-01 11:00:00"))
                    .containsExactly(List.of("a", 1.0));
            assertThat(totals(store, "requests_repeated_24h", "2026-06-02 09:00:00"))
                    .containsExactly(List.of("a", 0.0));
            assertThat(totals(store, "requests_repeated_7d", "2026-06-02 09:00:00"))
                    .containsExactly(List.of("a", 1.0));
            assertThat(totals(store, "requests_repeated_7d", "2026-06-08 09:00:00"))
                    .as("a week later it is new")
                    .containsExactly(List.of("a", 0.0));
        }
    }

    private static List<List<Object>> totals(TestStore store, String metric, String hour) {
        return store.locked()
                .select("SELECT resource_id, total FROM metrics WHERE metric = '" + metric + "' AND hour = '" + hour
                        + "' ORDER BY ALL")
                .rows();
    }
}
