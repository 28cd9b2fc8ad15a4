package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Resource;
import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of a usage file that can't be: they take their row or their series along. */
@Slow
class ImpossibleUsageTest {
    @TempDir
    private Path folder;

    @Test
    void times_that_are_reported_differently_drop_their_series_since_the_busy_hours_differ() {
        String usage = """
                resource_id,metric,hour,average,maximum,total
                a,requests,2026-06-01T00:00:00Z,,,0
                a,requests,2026-06-01T01:00:00Z,,,0
                a,requests,2026-06-01T01:00:00Z,,,500
                a,gpu_utilization,2026-06-01T00:00:00Z,0,0,
                a,gpu_utilization,2026-06-01T00:00:00Z,0,0,
                a,gpu_utilization,2026-06-01T01:00:00Z,0,0,
                a,gpu_utilization,2026-06-01T01:00:00Z,0.99,1,
                a,cpu_utilization,2026-06-01T01:00:00Z,0.3,0.4,
                a,cpu_utilization,2026-06-01T01:00:00Z,0.30000000001,0.4,
                b,requests,2026-06-01T00:00:00Z,,,1
                """;
        try (TestStore store =
                UsageFiles.read(folder, "resource_id,kind\na,instance\nb,instance\n", usage, "requests")) {
            assertThat(UsageFiles.metrics(store))
                    .extracting(row -> row.get(0) + " " + row.get(1))
                    .containsExactly("a cpu_utilization", "b requests", "b requests");
            assertThat(store.scan().warnings())
                    .contains(
                            "gpu_utilization of 1 resource (a) has different values for the same time (2026-06-01 "
                                    + "01:00:00): none of its hours is used."
                                    + " Write one row per resource and time, or name the part of the resource in a "
                                    + "column gpu or component.",
                            "requests of 1 resource (a) has different values for the same time (2026-06-01 01:00:00): "
                                    + "none of its hours is used."
                                    + " Write one row per resource and time, or name the part of the resource in a "
                                    + "column gpu or component.");
        }
    }

    private static MetricHour returned(
            String id, String metric, int hour, Double average, Double maximum, Double total) {
        Instant time = Instant.parse("2026-06-01T00:00:00Z").plus(hour, ChronoUnit.HOURS);
        return new MetricHour(id, metric, time, average, maximum, total, null);
    }

    /** By the same definition as those of files: what is missing is no idle time. */
    @Test
    void values_of_live_sources_that_can_not_be_are_unknown() {
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            for (String id : List.of("missing", "partly", "percent", "contradicted", "good")) {
                staging.resource(Resource.builder(id, "instance", "gcp").build());
            }
            for (int hour = 0; hour < 20; hour++) {
                staging.metric(returned("missing", "gpu_utilization", hour, -1.0, -1.0, null));
                staging.metric(returned("missing", "requests", hour, null, null, -5.0));
                staging.metric(returned("partly", "requests", hour, null, null, hour == 3 ? -5.0 : 7.0));
                staging.metric(returned("percent", "gpu_utilization", hour, hour == 3 ? 37.0 : 0.0, null, null));
                staging.metric(returned("contradicted", "cpu_utilization", hour, hour == 3 ? 0.9 : 0.0, 0.0, null));
                staging.metric(returned("good", "gpu_utilization", hour, 1 + 1e-12, 1.0, null));
                staging.metric(returned("good", "throughput_utilization", hour, 1.4, 3.0, null));
            }
        })) {
            assertThat(UsageFiles.metrics(store))
                    .extracting(row -> row.get(0) + " " + row.get(1))
                    .hasSize(19 + 20 + 20)
                    .containsOnly("partly requests", "good gpu_utilization", "good throughput_utilization");
            assertThat(store.scan().warnings())
                    .contains(
                            "gpu_utilization of 1 resource (missing) was returned with values below 0: these hours "
                                    + "are unknown.",
                            "requests of 2 resources (missing, ...) was returned with values below 0: these hours are "
                                    + "unknown.",
                            "gpu_utilization of 1 resource (percent) was returned with values above what it can be "
                                    + "(a ratio is 0 to 1): none of its hours is used.",
                            "cpu_utilization of 1 resource (contradicted) was returned with averages above their own "
                                    + "maxima: none of its hours is used.");
            assertThat(store.locked()
                            .select("SELECT resource_id, attributes['unread_metrics'] FROM resources ORDER BY 1")
                            .rows())
                    .extracting(row -> row.get(0) + " " + row.get(1))
                    .containsExactly(
                            "contradicted cpu_utilization",
                            "good null",
                            "missing gpu_utilization,requests",
                            "partly null",
                            "percent gpu_utilization");
            assertThat(store.locked()
                            .select("SELECT resource_id, hour::VARCHAR FROM partial_hours WHERE metric = 'requests' "
                                    + "AND resource_id = 'partly'")
                            .rows())
                    .containsExactly(List.of("partly", "2026-06-01 03:00:00"));
        }
    }

    @Test
    void an_average_above_its_maximum_is_impossible_and_takes_its_series_along() {
        String usage = """
                resource_id,metric,hour,average,maximum
                a,gpu_utilization,2026-06-01T00:00:00Z,0,0
                a,gpu_utilization,2026-06-01T01:00:00Z,0.9,0
                b,gpu_utilization,2026-06-01T01:00:00Z,0.8333,0.83
                """;
        try (TestStore store = UsageFiles.read(folder, "resource_id,kind\na,instance\nb,instance\n", usage)) {
            assertThat(UsageFiles.metrics(store)).extracting(row -> row.get(0)).containsExactly("b");
            assertThat(store.scan().rejects())
                    .extracting(Reject::problem)
                    .containsExactly("average is \"0.9\", above the maximum of its row");
            assertThat(store.scan().warnings())
                    .containsExactly(
                            "gpu_utilization of 1 resource (a) has averages above their own maxima: none of its hours "
                                    + "is used. Export both from the same series.");
        }
    }

    @Test
    void memory_far_above_that_of_the_accelerator_is_no_gib() {
        String inventory = """
                resource_id,kind,provider,region,machine_type,accelerator_memory_gib
                stated,instance,aws,us-east-1,,24
                known,instance,aws,us-east-1,p4d.24xlarge,
                unknown,instance,,,,
                small,instance,aws,us-east-1,p4d.24xlarge,
                """;
        String usage = """
                resource_id,metric,hour,average,maximum
                stated,gpu_memory_used_gib,2026-06-01T00:00:00Z,30,37
                known,gpu_memory_used_gib,2026-06-01T00:00:00Z,6000,7000
                unknown,gpu_memory_used_gib,2026-06-01T00:00:00Z,6000,7000
                small,gpu_memory_used_gib,2026-06-01T00:00:00Z,6,41
                stated,gpu_utilization,2026-06-01T00:00:00Z,0.1,0.2
                """;
        try (TestStore store = UsageFiles.read(folder, inventory, usage)) {
            assertThat(UsageFiles.metrics(store))
                    .extracting(row -> row.get(0) + " " + row.get(1))
                    .containsExactly("small gpu_memory_used_gib", "stated gpu_utilization");
            assertThat(store.scan().warnings())
                    .containsExactly("gpu_memory_used_gib of 3 resources (known, ...) is far above the memory of one "
                            + "accelerator: none of its hours is used. Divide MiB by 1,024, and do not sum "
                            + "accelerators.");
        }
    }

    @Test
    void numbers_that_are_none_reject_their_row() {
        String usage = """
                resource_id,metric,hour,total
                a,requests,2026-06-01T00:00:00Z,5
                a,requests,2026-06-01T01:00:00Z,inf
                a,requests,2026-06-01T02:00:00Z,1_0
                a,requests,noon,1
                ,requests,2026-06-01T02:00:00Z,1
                """;
        try (TestStore store = UsageFiles.read(folder, "resource_id,kind\na,instance\n", usage)) {
            assertThat(UsageFiles.metrics(store)).hasSize(1);
            assertThat(store.scan().rejects())
                    .extracting(Reject::problem)
                    .containsExactly(
                            "total is \"inf\"", "total is \"1_0\"", "hour is \"noon\"", "resource_id is empty");
        }
    }

    @Test
    void the_hour_of_a_rejected_row_is_of_the_machine_whose_number_the_row_has() {
        String name = "//compute.googleapis.com/projects/p/zones/z/instances/m";
        String inventory = "resource_id,kind,provider,attributes\n" + name
                + ",instance,gcp,\"{\"\"instance_id\"\": \"\"4711\"\"}\"\n";
        String number = "//compute.googleapis.com/projects/p/zones/z/instances/4711";
        String usage = "resource_id,metric,hour,total\n" + number + ",requests,2026-06-01T00:00:00Z,1\n" + number
                + ",requests,2026-06-01T01:00:00Z,inf\n";
        try (TestStore store = UsageFiles.read(folder, inventory, usage)) {
            assertThat(partialHours(store)).containsExactly(List.of(name, 1L));
        }
    }

    private static List<List<Object>> partialHours(TestStore store) {
        return store.locked()
                .select("SELECT resource_id, hour(hour) FROM partial_hours ORDER BY ALL")
                .rows();
    }

    @Test
    void a_count_below_zero_and_a_percentage_where_a_ratio_belongs_reject_their_row() {
        String usage = """
                resource_id,metric,hour,average,maximum,total
                a,requests,2026-06-01T00:00:00Z,,,-1
                a,requests,2026-06-01T01:00:00Z,,,1.7e308
                a,gpu_utilization,2026-06-01T00:00:00Z,85,99,
                a,gpu_utilization,2026-06-01T01:00:00Z,0.5,99,
                a,gpu_utilization,2026-06-01T02:00:00Z,0.5,1,
                a,throughput_utilization,2026-06-01T02:00:00Z,1.2,1.4,
                """;
        try (TestStore store = UsageFiles.read(folder, "resource_id,kind\na,instance\n", usage)) {
            assertThat(UsageFiles.metrics(store)).hasSize(1);
            assertThat(store.scan().rejects())
                    .extracting(Reject::problem)
                    .containsExactly(
                            "total is \"-1.0\", below 0",
                            "total is \"1.7e308\"",
                            "average is \"85.0\", above 1; a ratio is 0 to 1",
                            "maximum is \"99.0\", above 1; a ratio is 0 to 1");
        }
    }

    @Test
    void a_percentage_takes_its_whole_series_along_since_the_rest_of_it_are_the_quiet_hours() {
        String usage = """
                resource_id,metric,hour,average,maximum,total
                a,gpu_utilization,2026-06-01T00:00:00Z,0,0,
                a,gpu_utilization,2026-06-01T01:00:00Z,85,97,
                a,cpu_utilization,2026-06-01T01:00:00Z,0.5,0.5,
                b,gpu_utilization,2026-06-01T00:00:00Z,0,0,
                """;
        try (TestStore store = UsageFiles.read(folder, "resource_id,kind\na,instance\nb,instance\n", usage)) {
            assertThat(UsageFiles.metrics(store))
                    .extracting(row -> row.get(0) + " " + row.get(1))
                    .containsExactly("a cpu_utilization", "b gpu_utilization");
            assertThat(store.scan().warnings())
                    .containsExactly(
                            "gpu_utilization of 1 resource (a) has values above 1, but a ratio is 0 to 1: none of its "
                                    + "hours is used. Divide percentages by 100.");
        }
    }

    @Test
    void throughput_in_percent_is_no_share_of_what_was_bought() {
        String usage = """
                resource_id,metric,hour,average,maximum,total
                a,throughput_utilization,2026-06-01T00:00:00Z,0,0,
                a,throughput_utilization,2026-06-01T01:00:00Z,13,15,
                b,throughput_utilization,2026-06-01T00:00:00Z,1.4,3.1,
                c,throughput_utilization,2026-06-01T00:00:00Z,0.1,11,
                """;
        try (TestStore store =
                UsageFiles.read(folder, "resource_id,kind\na,instance\nb,instance\nc,instance\n", usage)) {
            assertThat(UsageFiles.metrics(store)).extracting(row -> row.get(0)).containsExactly("b");
            assertThat(store.scan().rejects())
                    .extracting(Reject::problem)
                    .containsExactly(
                            "average is \"13.0\", above 2; a ratio is 0 to 1",
                            "maximum is \"11.0\", above 10; a ratio is 0 to 1");
            assertThat(store.scan().warnings())
                    .singleElement()
                    .asString()
                    .contains("throughput_utilization of 2 resources (a, ...) is more than twice what was bought");
        }
    }

    @Test
    void a_percentage_takes_its_series_along_in_all_files_and_zeros_do_not_fill_it() {
        String header = "resource_id,metric,hour,average\n";
        Path quiet = FocusCsv.text(folder, "quiet.csv", header + "a,gpu_utilization,2026-06-01T00:00:00Z,0\n");
        Path busy = FocusCsv.text(
                folder,
                "busy.csv",
                header + "a,gpu_utilization,2026-06-01T01:00:00Z,85\na,cpu_utilization,2026-06-01T02:00:00Z,0.5\n");
        Path inventory = FocusCsv.text(folder, "inventory.csv", "resource_id,kind,created_at\na,instance,2026-01-01\n");
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.INVENTORY, inventory));
            for (Path file : List.of(quiet, busy)) {
                staging.files(
                        new FileSet(FileSet.Content.USAGE, file.toString(), List.of(file), Set.of("gpu_utilization")));
            }
        })) {
            assertThat(UsageFiles.metrics(store)).extracting(row -> row.get(1)).containsOnly("cpu_utilization");
        }
    }
}
