package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.aiaudit.model.Audit.DailyUse;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Resource;
import io.aiaudit.model.UserError;
import io.aiaudit.testing.Slow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Slow
class InventoryAndUsageTest {
    private static final String ENDPOINTS_OF_TWO_REGIONS = """
            resource_id,kind,provider,account_id,region
            a,inference_endpoint,aws,1,eu-west-1
            b,inference_endpoint,aws,1,eu-west-1
            far,inference_endpoint,aws,1,us-east-1
            """;

    @TempDir
    private Path folder;

    private TestStore read(String inventory, String usage, String... absentIsZero) {
        return TestStore.of(folder, IngestSettings.NONE, staging -> {
            if (inventory != null) {
                staging.files(
                        TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory)));
            }
            if (usage != null) {
                Path file = FocusCsv.text(folder, "usage.csv", usage);
                staging.files(new FileSet(FileSet.Content.USAGE, "usage.csv", List.of(file), Set.of(absentIsZero)));
            }
        });
    }

    private static List<List<Object>> metrics(TestStore store) {
        return store.locked()
                .select("SELECT resource_id, metric, hour::VARCHAR, average, maximum, total, samples FROM metrics "
                        + "ORDER BY ALL")
                .rows();
    }

    @Test
    void an_inventory_brings_the_columns_of_resources_and_keeps_the_others_as_attributes() {
        String inventory = """
                resource_id,kind,provider,region,replicas,accelerator,accelerator_count,accelerator_memory_gib,created_at,parent_id,tags,attributes,Cost Centre,empty
                /Subscriptions/S/x,Instance,,westeurope,2,A10,0.5,24,2026-01-01T02:00:00+02:00,/SUBSCRIPTIONS/S,"{""team"": ""chat"", ""n"": 1}","{""a"": ""b""}",42,
                """;
        try (TestStore store = read(inventory, null)) {
            assertThat(store.scan().resources())
                    .singleElement()
                    .isEqualTo(Resource.builder("/subscriptions/s/x", "instance", "azure")
                            .name("x")
                            .region("westeurope")
                            .replicas(2)
                            .accelerator("A10")
                            .acceleratorCount(new BigDecimal("0.5"))
                            .acceleratorMemoryGib(new BigDecimal("24"))
                            .createdAt(java.time.Instant.parse("2026-01-01T00:00:00Z"))
                            .parentId("/subscriptions/s")
                            .tags(Map.of("team", "chat", "n", "1"))
                            .attributes(Map.of("a", "b", "Cost Centre", "42"))
                            .build());
        }
    }

    @Test
    void the_machine_type_shows_the_accelerators_that_nobody_else_shows() {
        String inventory = """
                resource_id,kind,provider,region,machine_type,accelerator,accelerator_count
                a,inference_endpoint,aws,us-east-1,ml.g5.12xlarge,,
                b,instance,azure,nowhere,Standard_NC24ads_A100_v4,,
                c,instance,aws,us-east-1,g5.12xlarge,,0
                d,instance,gcp,us-central1,n1-standard-8,,
                e,instance,aws,us-east-1,m7i.2xlarge,,
                """;
        try (TestStore store = read(inventory, null)) {
            assertThat(store.locked()
                            .select("SELECT resource_id, accelerator, accelerator_count, accelerator_memory_gib FROM "
                                    + "resources ORDER BY ALL")
                            .rows())
                    .containsExactly(
                            Arrays.asList("a", "A10G", 4.0, 24.0),
                            Arrays.asList("b", "A100-80GB", 1.0, 80.0),
                            Arrays.asList("c", null, 0.0, null),
                            Arrays.asList("d", null, null, null),
                            Arrays.asList("e", null, null, null));
        }
    }

    @Test
    void rows_of_an_inventory_that_cannot_be_read_are_named() {
        String inventory = """
                resource_id,kind,replicas,tags,created_at
                a,instance,2,{},2026-01-01
                b,instance,2.5,{},
                c,instance,2,team=x,
                d,,2,{},
                e,instance,2,{},yesterday
                """;
        try (TestStore store = read(inventory, null)) {
            assertThat(store.scan().resources())
                    .extracting(Resource::resourceId)
                    .containsExactly("a");
            assertThat(store.scan().rejects())
                    .extracting(Reject::record, Reject::problem)
                    .containsExactly(
                            tuple(3L, "replicas is \"2.5\""),
                            tuple(4L, "tags is \"team=x\""),
                            tuple(5L, "kind is empty"),
                            tuple(6L, "created_at is \"yesterday\""));
        }
    }

    @Test
    void the_id_shows_the_provider_where_none_is_given() {
        String inventory = """
                resource_id,kind
                arn:aws:sagemaker:us-east-1:123456789012:endpoint/chat,inference_endpoint
                aws:123456789012,account
                azure:6f1b2c3d-0000-4000-8000-000000000001,account
                gcp:shop-ml,account
                //compute.googleapis.com/projects/p/zones/us-central1-a/instances/vm,instance
                awsome:1,instance
                """;
        try (TestStore store = read(inventory, null)) {
            assertThat(store.scan().resources())
                    .extracting(Resource::provider)
                    .containsExactlyInAnyOrder("aws", "aws", "azure", "gcp", "gcp", "other");
        }
    }

    @Test
    void rows_of_an_inventory_with_impossible_values_are_rejected_and_named_by_line_and_column() {
        String inventory = """
                resource_id,kind,provider,replicas,accelerator_count,accelerator_memory_gib,vcpus,memory_gib,created_at,ended_at,name
                ok,instance,GCP,0,0,0,0,0,2026-01-01,2026-01-01,"two
                lines"
                a,instance,aws,-3,,,,,,,
                b,instance,aws,,-1,,,,,,
                c,instance,aws,,,-24,,,,,
                d,instance,aws,,,,-0.5,,,,
                e,instance,aws,,,,,-16,,,
                f,instance,GCPX,,,,,,,,
                g,instance,aws,,,,,,2026-02-01,2026-01-31T23:00:00Z,
                """;
        try (TestStore store = read(inventory, null)) {
            assertThat(store.scan().resources())
                    .extracting(Resource::resourceId, Resource::provider)
                    .containsExactly(tuple("ok", "gcp"));
            assertThat(store.scan().files()).extracting(ReadFile::rejectedRows).containsExactly(7L);
            assertThat(store.scan().rejects())
                    .extracting(Reject::line, Reject::column, Reject::value, Reject::problem)
                    .containsExactly(
                            tuple(4L, "replicas", "-3", "replicas is \"-3\", below 0"),
                            tuple(5L, "accelerator_count", "-1.0", "accelerator_count is \"-1.0\", below 0"),
                            tuple(
                                    6L,
                                    "accelerator_memory_gib",
                                    "-24.0",
                                    "accelerator_memory_gib is \"-24.0\", below 0"),
                            tuple(7L, "vcpus", "-0.5", "vcpus is \"-0.5\", below 0"),
                            tuple(8L, "memory_gib", "-16.0", "memory_gib is \"-16.0\", below 0"),
                            tuple(
                                    9L,
                                    "provider",
                                    "GCPX",
                                    "provider is \"GCPX\", none of aws, azure, gcp, kubernetes, other"),
                            tuple(
                                    10L,
                                    "ended_at",
                                    "2026-01-31 23:00:00",
                                    "ended_at is \"2026-01-31 23:00:00\", before created_at"));
        }
    }

    @Test
    void an_inventory_of_impossible_rows_alone_is_refused_with_the_reason() {
        assertThatThrownBy(() -> read("resource_id,kind,provider\na,instance,GCPX\n", null))
                .isInstanceOfSatisfying(
                        UserError.class,
                        error -> assertThat(error.problem())
                                .endsWith("/inventory.csv: none of its 1 row could be read; the first, record 2:"
                                        + " provider is \"GCPX\", none of aws, azure, gcp, kubernetes, other."));
    }

    @Test
    void rows_that_contradict_each_other_are_reported_with_what_counted() {
        Path first = FocusCsv.text(folder, "a.csv", """
                resource_id,kind,region,replicas,tags,Cost Centre
                ep-1,inference_endpoint,eu-west-1,2,"{""env"": ""prod""}",1
                ep-1,inference_endpoint,us-east-1,,"{""env"": ""dev"", ""team"": ""x""}",2
                ep-2,instance,,,,
                """);
        Path second = FocusCsv.text(folder, "b.csv", """
                resource_id,kind,region,replicas
                EP-1,inference_endpoint,eu-west-1,3
                ep-1,inference_endpoint,eu-west-1,3
                ep-2,notebook,eu-west-1,
                """);
        try (TestStore store = TestStore.of(
                folder,
                IngestSettings.NONE,
                staging -> staging.files(TestStore.set(FileSet.Content.INVENTORY, first, second)))) {
            assertThat(store.scan().warnings())
                    .containsExactly(
                            "The inventory has contradictory rows for 4 values; the first row of each counts, by file "
                                    + "and line:"
                                    + " ep-1 region is \"eu-west-1\", then \"us-east-1\"; ep-1 replicas is \"2\", "
                                    + "then \"3\";"
                                    + " ep-1 tags.env is \"prod\", then \"dev\"; and 1 more.");
            assertThat(store.scan().resources())
                    .extracting(Resource::resourceId, Resource::region, Resource::replicas)
                    .contains(tuple("ep-1", "eu-west-1", 2), tuple("ep-2", "eu-west-1", null));
        }
    }

    @Test
    void rows_that_agree_or_complete_each_other_are_no_contradiction() {
        String inventory = """
                resource_id,kind,region,replicas
                ep-1,inference_endpoint,eu-west-1,
                ep-1,inference_endpoint,,2
                ep-1,inference_endpoint,eu-west-1,2
                """;
        try (TestStore store = read(inventory, null)) {
            assertThat(store.scan().warnings()).isEmpty();
        }
    }

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
        try (TestStore store = read("resource_id,kind\na,instance\n", usage)) {
            assertThat(metrics(store))
                    .containsExactly(
                            Arrays.asList("a", "gpu_utilization", "2026-06-01 00:00:00", 0.4, 1.0, null, 4L),
                            Arrays.asList("a", "gpu_utilization", "2026-06-01 05:00:00", 0.1, 0.2, null, 1L),
                            Arrays.asList("a", "requests", "2026-06-01 00:00:00", null, null, 12.0, null));
            assertThat(store.scan().warnings()).isEmpty();
        }
    }

    /** Twelve rows an hour over ten hours, without those of one minute in hour 5. */
    private static String everyFiveMinutes(String metric, String value, int lost, String atLost) {
        StringBuilder rows = new StringBuilder();
        for (int hour = 0; hour < 10; hour++) {
            for (int minute = 0; minute < 60; minute += 5) {
                if (hour != 5 || minute != lost) {
                    String given = hour == 5 && !atLost.isEmpty() ? atLost : value;
                    rows.append(String.format(
                            Locale.ROOT, "a,%s,2026-06-01T%02d:%02d:00Z,%s%n", metric, hour, minute, given));
                }
            }
        }
        return "resource_id,metric,hour,average,maximum,total\n" + rows;
    }

    /** The hours that were measured in part. */
    private List<Object> partialHoursOf(String usage) {
        try (TestStore store = read("resource_id,kind\na,instance\n", usage)) {
            return store.locked().select("SELECT hour::VARCHAR FROM partial_hours ORDER BY ALL").rows().stream()
                    .map(row -> row.get(0))
                    .toList();
        }
    }

    @Test
    void an_hour_without_one_of_its_times_was_measured_in_part_whatever_the_others_show() {
        assertThat(partialHoursOf(everyFiveMinutes("requests", ",,0", 60, ""))).isEmpty();
        for (String metric : List.of("requests", "gpu_utilization", "gpu_memory_used_gib", "latency_ms")) {
            assertThat(partialHoursOf(everyFiveMinutes(metric, "0.1,0.2,", 30, "0.5,0.6,")))
                    .containsExactly("2026-06-01 05:00:00");
        }
    }

    @Test
    void an_hour_of_which_a_row_was_rejected_is_not_measured_and_not_zero_and_the_row_says_of_what() {
        String usage = """
                resource_id,metric,hour,total
                a,requests,2026-06-01T00:00:00Z,0
                a,requests,2026-06-01T05:00:00Z,n/a
                a,requests,2026-06-01T07:30:00Z,-1
                a,requests,soon,3
                ,requests,2026-06-01T08:00:00Z,?
                a,requests,2026-06-01T09:00:00Z,0
                """;
        for (String zeros : List.of("requests", "tokens_input")) {
            try (TestStore store = read("resource_id,kind\na,instance\n", usage, zeros)) {
                assertThat(store.locked()
                                .select("SELECT hour::VARCHAR FROM partial_hours ORDER BY ALL")
                                .rows())
                        .containsExactly(List.of("2026-06-01 05:00:00"), List.of("2026-06-01 07:00:00"));
                assertThat(store.scan().rejects())
                        .extracting(reject -> reject.record() + " " + reject.column() + " " + reject.resourceId())
                        .containsExactly("3 total a", "4 total a", "5 hour a", "6 resource_id null");
            }
        }
    }

    @Test
    void the_ends_of_a_file_lack_only_what_lies_between_their_rows() {
        String whole = everyFiveMinutes("requests", ",,0", 60, "");
        assertThat(partialHoursOf(without(whole, "T00:00", "T00:05", "T09:55"))).isEmpty();
        assertThat(partialHoursOf(without(whole, "T00:30"))).containsExactly("2026-06-01 00:00:00");
        assertThat(partialHoursOf(without(whole, "T09:10"))).containsExactly("2026-06-01 09:00:00");
    }

    private static String without(String rows, String... times) {
        return rows.lines()
                .filter(row -> Stream.of(times).noneMatch(row::contains))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** Rows of so many minutes over ten hours, of one part each where there are several. */
    private static String every(int minutes, String metric, String... parts) {
        StringBuilder rows = new StringBuilder("resource_id,metric,hour,average,gpu\n");
        for (int minute = 0; minute < 600; minute += minutes) {
            for (String part : parts) {
                rows.append(String.format(
                        Locale.ROOT, "a,%s,2026-06-01T%02d:%02d:00Z,0.1,%s%n", metric, minute / 60, minute % 60, part));
            }
        }
        return rows.toString();
    }

    /** The same minute may be lost in every hour; nothing is known of what one row an hour or any step lacks. */
    @Test
    void the_step_between_rows_shows_what_every_hour_lacks() {
        assertThat(partialHoursOf(without(every(5, "gpu_memory_used_gib", ""), ":25:")))
                .hasSize(10);
        assertThat(partialHoursOf(without(every(15, "requests", ""), ":45:"))).hasSize(9);
        assertThat(partialHoursOf(without(every(20, "latency_ms", ""), ":20:"))).hasSize(10);
        assertThat(partialHoursOf(without(every(5, "gpu_utilization", "0", "1"), ":10:00Z,0.1,1")))
                .hasSize(10);
        assertThat(partialHoursOf(every(7, "cpu_utilization", ""))).doesNotContain("2026-06-01 01:00:00");
        assertThat(partialHoursOf(every(10, "gpu_memory_used_gib", ""))).isEmpty();
        assertThat(partialHoursOf(every(30, "requests", ""))).isEmpty();
        assertThat(partialHoursOf(every(60, "requests", ""))).isEmpty();
    }

    @Test
    void an_hour_without_one_of_its_parts_was_measured_in_part_unless_another_is_there() {
        String eight = every(60, "gpu_utilization", "0", "1", "2", "3", "4", "5", "6", "7");
        assertThat(partialHoursOf(eight)).isEmpty();
        assertThat(partialHoursOf(without(eight, "T05:00:00Z,0.1,7"))).containsExactly("2026-06-01 05:00:00");
        assertThat(partialHoursOf(without(every(5, "requests", "x", "y"), "T05:")))
                .as("an hour without any row is no hour of the file")
                .isEmpty();
        assertThat(partialHoursOf(
                        without(every(5, "gpu_memory_used_gib", "0", "1").replaceAll("(T05.*),1", "$1,x"), "x")))
                .containsExactly("2026-06-01 05:00:00");
        assertThat(partialHoursOf(without(every(60, "requests", "x", "y"), "T08:00:00Z,0.1,y", "T09:00:00Z,0.1,y")))
                .as("a part without rows at the end")
                .containsExactly("2026-06-01 08:00:00", "2026-06-01 09:00:00");
        assertThat(partialHoursOf(every(60, "gpu_utilization", "x").replaceAll("(T05.*),x", "$1,y")))
                .as("another one in its place")
                .isEmpty();
    }

    /** So many rows an hour over ten hours; the maximum is in those of which the hour and minute match. */
    private static String withMaxima(int minutes, String hasMaximum) {
        StringBuilder rows = new StringBuilder("resource_id,metric,hour,average,maximum,total\n");
        for (int minute = 0; minute < 600; minute += minutes) {
            String time = String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
            rows.append("a,gpu_utilization,2026-06-01T")
                    .append(time)
                    .append(":00Z,0.001,")
                    .append(time.matches(hasMaximum) ? "0.01," : ",")
                    .append("\n");
        }
        return rows.toString();
    }

    @Test
    void an_hour_without_the_maximum_that_its_series_has_was_measured_in_part() {
        assertThat(partialHoursOf(withMaxima(60, "(?!05|09).*")))
                .containsExactly("2026-06-01 05:00:00", "2026-06-01 09:00:00");
        assertThat(partialHoursOf(withMaxima(5, "(?!05:25).*")))
                .as("one row of twelve")
                .containsExactly("2026-06-01 05:00:00");
        assertThat(partialHoursOf(withMaxima(60, "0[03].*"))).as("most of them").hasSize(8);
    }

    @Test
    void what_never_had_maxima_or_not_yet_or_in_some_rows_of_each_hour_lost_none() {
        assertThat(partialHoursOf(withMaxima(60, "none"))).isEmpty();
        assertThat(partialHoursOf(withMaxima(60, ".*"))).isEmpty();
        assertThat(partialHoursOf(withMaxima(60, "0[3-9].*")))
                .as("the export has them since 03:00")
                .isEmpty();
        assertThat(partialHoursOf(withMaxima(5, ".*:00")))
                .as("averages of five minutes, maxima of an hour")
                .isEmpty();
        assertThat(partialHoursOf(withMaxima(60, "(?!05).*").replace(",0.001,,", ",0.001,,3")))
                .as("a count needs no maximum")
                .isEmpty();
        String maximum = "a,gpu_utilization,2026-06-01T05:00:00Z,,0.01,\n";
        assertThat(partialHoursOf(withMaxima(60, "(?!05).*") + maximum))
                .as("a row of its own")
                .isEmpty();
    }

    @Test
    void a_clock_that_drifts_and_the_ends_of_a_file_lose_no_hour() {
        StringBuilder rows = new StringBuilder("resource_id,metric,hour,total\n");
        for (int second = 40 * 60; second < 9 * 3600 + 600; second += 61) {
            rows.append("a,requests,")
                    .append(Instant.parse("2026-06-01T00:00:00Z").plusSeconds(second))
                    .append(",0\n");
        }
        assertThat(partialHoursOf(rows.toString())).isEmpty();
    }

    @Test
    void an_hour_in_two_files_is_one_hour_and_hours_between_files_are_not_zero() {
        Path first =
                FocusCsv.text(folder, "1.csv", "resource_id,metric,hour,total\na,requests,2026-06-01T00:10:00Z,5\n");
        Path second = FocusCsv.text(
                folder,
                "2.csv",
                "resource_id,metric,hour,total\na,requests,2026-06-01T00:10:00Z,5\na,requests,2026-06-01T00:50:00Z,7\n");
        Path third = FocusCsv.text(
                folder,
                "3.csv",
                "resource_id,metric,hour,total\na,requests,2026-06-01T05:00:00Z,1\na,requests,2026-06-01T07:00:00Z,1\n");
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
        try (TestStore store = read("resource_id,kind\na,instance\n", usage)) {
            assertThat((Double) metrics(store).get(0).get(3)).isBetween(0.2999999, 0.3000001);
        }
    }

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
        try (TestStore store = read("resource_id,kind\na,instance\nb,instance\n", usage, "requests")) {
            assertThat(metrics(store))
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

    @Test
    void rows_of_one_time_that_show_different_columns_complete_each_other() {
        String usage = """
                resource_id,metric,hour,average,maximum
                a,gpu_utilization,2026-06-01T00:00:00Z,0.2,
                a,gpu_utilization,2026-06-01T00:00:00Z,,0.9
                """;
        try (TestStore store = read("resource_id,kind\na,instance\n", usage)) {
            assertThat(metrics(store)).extracting(row -> row.subList(3, 5)).containsExactly(List.of(0.2, 0.9));
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
        try (TestStore store = read("resource_id,kind\na,instance\n", usage)) {
            assertThat(metrics(store))
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
            assertThat(metrics(store))
                    .extracting(row -> row.subList(3, 5))
                    .containsExactly(Arrays.asList(0.6, null), Arrays.asList(0.001, 1.0));
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
        try (TestStore store = read("resource_id,kind\na,instance\nb,instance\n", usage)) {
            assertThat(metrics(store)).extracting(row -> row.get(0)).containsExactly("b");
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
        try (TestStore store = read(inventory, usage)) {
            assertThat(metrics(store))
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
        try (TestStore store = read("resource_id,kind\na,instance\n", usage)) {
            assertThat(metrics(store)).hasSize(1);
            assertThat(store.scan().rejects())
                    .extracting(Reject::problem)
                    .containsExactly(
                            "total is \"inf\"", "total is \"1_0\"", "hour is \"noon\"", "resource_id is empty");
        }
    }

    @Test
    void a_count_below_zero_and_a_percentage_where_a_ratio_belongs_reject_their_row() {
        String usage = """
                resource_id,metric,hour,average,maximum,total
                a,requests,2026-06-01T00:00:00Z,,,-1
                a,gpu_utilization,2026-06-01T00:00:00Z,85,99,
                a,gpu_utilization,2026-06-01T01:00:00Z,0.5,99,
                a,gpu_utilization,2026-06-01T02:00:00Z,0.5,1,
                a,throughput_utilization,2026-06-01T02:00:00Z,1.2,1.4,
                """;
        try (TestStore store = read("resource_id,kind\na,instance\n", usage)) {
            assertThat(metrics(store)).hasSize(1);
            assertThat(store.scan().rejects())
                    .extracting(Reject::problem)
                    .containsExactly(
                            "total is \"-1.0\", below 0",
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
        try (TestStore store = read("resource_id,kind\na,instance\nb,instance\n", usage)) {
            assertThat(metrics(store))
                    .extracting(row -> row.get(0) + " " + row.get(1))
                    .containsExactly("a cpu_utilization", "b gpu_utilization");
            assertThat(store.scan().warnings())
                    .containsExactly(
                            "gpu_utilization of 1 resource (a) has values above 1, but a ratio is 0 to 1: none of its "
                                    + "hours is used. Divide percentages by 100.");
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
            assertThat(metrics(store)).extracting(row -> row.get(1)).containsOnly("cpu_utilization");
        }
    }

    @Test
    void kinds_metrics_and_columns_that_nobody_knows_are_reported() {
        String inventory = "resource_id,kind,created,Team\na,instanse,2026-01-01,x\nb,ec2,,\nc,instance,,\n";
        String usage = "resource_id,metric,hour,average\na,gpu_utilisation,2026-06-01T00:00:00Z,0.1\n";
        try (TestStore store = read(inventory, usage)) {
            assertThat(store.scan().warnings())
                    .satisfiesExactlyInAnyOrder(
                            warning -> assertThat(warning)
                                    .endsWith(
                                            "inventory.csv: the column created is kept as an attribute; if created_at "
                                                    + "is meant, rename it."),
                            warning -> assertThat(warning)
                                    .startsWith(
                                            "The inventory files have kinds that no rule looks at: ec2 (1 resource), "
                                                    + "instanse (1 resource; did you mean instance?). Known are "
                                                    + "instance, "),
                            warning -> assertThat(warning)
                                    .startsWith("The usage files have metrics that no rule reads: gpu_utilisation (1 "
                                            + "resource; did you mean gpu_utilization?). Known are "
                                            + "gpu_utilization, "));
        }
    }

    @Test
    void a_resource_that_only_the_usage_names_is_reported_and_its_metrics_are_kept() {
        String usage = "resource_id,metric,hour,total\nghost,requests,2026-06-01T00:00:00Z,5\n";
        try (TestStore store = read("resource_id,kind\na,instance\n", usage)) {
            assertThat(metrics(store)).hasSize(1);
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
    void absent_hours_stay_missing_unless_the_export_leaves_zeros_out() {
        String inventory = """
                resource_id,kind,account_id,region,parent_id,created_at,ended_at
                busy,inference_endpoint,1,eu,,,
                silent,inference_endpoint,1,eu,,2026-06-01T01:30:00Z,2026-06-01T03:00:00Z
                disk,volume,1,eu,,,
                parent,inference_endpoint,1,eu,,,
                child,inference_endpoint,1,eu,parent,,
                """;
        String usage = """
                resource_id,metric,hour,total
                busy,requests,2026-06-01T00:00:00Z,5
                parent,requests,2026-06-01T03:00:00Z,6
                """;
        try (TestStore store = read(inventory, usage)) {
            assertThat(metrics(store)).hasSize(2);
        }
        try (TestStore store = read(inventory, usage, "requests")) {
            assertThat(hoursAndTotals(store))
                    .containsExactly(
                            List.of("busy", List.of(0L, 1L, 2L, 3L), 5.0),
                            List.of("parent", List.of(0L, 1L, 2L, 3L), 6.0),
                            List.of("silent", List.of(1L, 2L), 0.0));
            assertThat(store.scan().warnings())
                    .containsExactly(
                            "As configured: hours that the usage files leave out were taken as 0 for requests, as "
                                    + "--absent-is-zero says.");
        }
    }

    @Test
    void zeros_are_filled_only_where_the_same_file_shows_that_metric_of_that_kind_in_that_account_and_region() {
        String inventory = """
                resource_id,kind,provider,account_id,region
                busy,inference_endpoint,aws,1,eu-west-1
                silent,inference_endpoint,aws,1,eu-west-1
                elsewhere,inference_endpoint,aws,1,us-east-1
                of-others,inference_endpoint,aws,2,eu-west-1
                other-cloud,inference_endpoint,azure,1,eu-west-1
                somewhere,inference_endpoint,aws,1,
                notebook,notebook,aws,1,eu-west-1
                measured,inference_endpoint,aws,1,
                measured-elsewhere,inference_endpoint,aws,1,us-west-2
                """;
        String usage = """
                resource_id,metric,hour,average,total
                busy,requests,2026-06-01T00:00:00Z,,5
                busy,requests,2026-06-01T02:00:00Z,,5
                measured,cpu_utilization,2026-06-01T01:00:00Z,0.1,
                measured-elsewhere,cpu_utilization,2026-06-01T01:00:00Z,0.1,
                """;
        try (TestStore store = read(inventory, usage, "requests")) {
            assertThat(hoursAndTotals(store))
                    .containsExactly(
                            List.of("busy", List.of(0L, 1L, 2L), 10.0),
                            List.of("measured", List.of(0L, 1L, 2L), 0.0),
                            List.of("measured-elsewhere", List.of(1L), 0.0),
                            List.of("silent", List.of(0L, 1L, 2L), 0.0));
        }
    }

    @Test
    void a_counter_that_ends_for_all_before_the_other_metrics_of_its_file_is_unknown_from_then_on() {
        String usage = """
                resource_id,metric,hour,average,total
                a,requests,2026-06-01T00:00:00Z,,5
                a,requests,2026-06-01T03:00:00Z,,5
                b,requests,2026-06-01T00:00:00Z,,5
                b,requests,2026-06-01T02:00:00Z,,5
                a,gpu_utilization,2026-06-01T00:00:00Z,0.5,
                a,gpu_utilization,2026-06-02T04:00:00Z,0.5,
                """;
        try (TestStore store = read(ENDPOINTS_OF_TWO_REGIONS, usage, "requests", "sessions")) {
            assertThat(hoursAndTotals(store))
                    .containsExactly(
                            List.of("a", List.of(0L, 1L, 2L, 3L), 10.0), List.of("b", List.of(0L, 1L, 2L, 3L), 10.0));
            assertThat(store.scan().warnings())
                    .filteredOn(warning -> warning.contains("usage.csv: "))
                    .singleElement()
                    .asString()
                    .endsWith("usage.csv: requests ends at 2026-06-01 03:00 (other metrics at 2026-06-02 04:00). What "
                            + "lies outside is unknown, not 0. Export it for all hours; where nothing came, write a row "
                            + "of 0 there.");
            assertThat(store.locked()
                            .select("SELECT DISTINCT metric FROM metrics ORDER BY metric")
                            .rows())
                    .as("a counter of which the file has no row was not exported")
                    .containsExactly(List.of("gpu_utilization"), List.of("requests"));
        }
    }

    @Test
    void a_counter_that_begins_for_all_after_the_other_metrics_of_its_file_is_unknown_until_then() {
        String usage = """
                resource_id,metric,hour,average,total
                a,gpu_utilization,2026-06-01T00:00:00Z,0.5,
                a,gpu_utilization,2026-06-02T04:00:00Z,0.5,
                a,requests,2026-06-02T02:00:00Z,,5
                b,requests,2026-06-02T04:00:00Z,,5
                """;
        try (TestStore store = read(ENDPOINTS_OF_TWO_REGIONS, usage, "requests")) {
            assertThat(hoursAndTotals(store))
                    .containsExactly(List.of("a", List.of(2L, 3L, 4L), 5.0), List.of("b", List.of(2L, 3L, 4L), 5.0));
            assertThat(store.scan().warnings())
                    .anyMatch(warning -> warning.contains(
                            "usage.csv: requests begins only at 2026-06-02 02:00 (other metrics at 2026-06-01 00:00)"));
        }
    }

    @Test
    void a_counter_of_one_series_that_goes_quiet_is_zero_until_the_last_row_of_that_counter() {
        String usage = """
                resource_id,metric,hour,average,total
                a,requests,2026-06-01T00:00:00Z,,5
                b,requests,2026-06-01T00:00:00Z,,5
                b,requests,2026-06-03T00:00:00Z,,5
                far,requests,2026-06-01T00:00:00Z,,5
                far,gpu_utilization,2026-06-03T09:00:00Z,0.5,
                b,gpu_utilization,2026-06-03T09:00:00Z,0.5,
                """;
        try (TestStore store = read(ENDPOINTS_OF_TWO_REGIONS, usage, "requests")) {
            assertThat(store.locked()
                            .select("SELECT resource_id, count(*) FROM metrics WHERE metric = 'requests' GROUP BY ALL "
                                    + "ORDER BY ALL")
                            .rows())
                    .containsExactly(List.of("a", 58L), List.of("b", 58L), List.of("far", 58L));
            assertThat(store.scan().warnings()).noneMatch(warning -> warning.contains("usage.csv: "));
        }
    }

    @Test
    void a_counter_that_ends_for_all_of_one_region_is_unknown_there_while_others_go_on() {
        String usage = """
                resource_id,metric,hour,average,total
                a,requests,2026-06-01T00:00:00Z,,5
                b,requests,2026-06-01T01:00:00Z,,5
                a,gpu_utilization,2026-06-02T09:00:00Z,0.5,
                far,requests,2026-06-01T00:00:00Z,,5
                far,requests,2026-06-02T09:00:00Z,,5
                """;
        try (TestStore store = read(ENDPOINTS_OF_TWO_REGIONS, usage, "requests")) {
            assertThat(store.locked()
                            .select("SELECT resource_id, count(*) FROM metrics WHERE metric = 'requests' GROUP BY ALL "
                                    + "ORDER BY ALL")
                            .rows())
                    .containsExactly(List.of("a", 2L), List.of("b", 2L), List.of("far", 34L));
        }
    }

    /** Nothing else shows that the counter was exported. */
    @Test
    void one_quiet_endpoint_alone_is_zero_between_rows_of_zero_at_both_ends() {
        String inventory = "resource_id,kind,provider,account_id,region\na,inference_endpoint,aws,1,eu\n";
        String gpu = """
                resource_id,metric,hour,average,total
                a,gpu_utilization,2026-06-01T00:00:00Z,0,
                a,gpu_utilization,2026-06-03T23:00:00Z,0,
                """;
        String first = "a,requests,2026-06-01T00:00:00Z,,0\n";
        String last = "a,requests,2026-06-03T23:00:00Z,,0\n";
        for (String rows : List.of("", first, last, first + last)) {
            try (TestStore store = read(inventory, gpu + rows, "requests")) {
                assertThat(store.locked()
                                .select("FROM metrics WHERE metric = 'requests'")
                                .rows())
                        .as(rows)
                        .hasSize(rows.equals(first + last) ? 72 : rows.isEmpty() ? 0 : 1);
            }
        }
    }

    @Test
    void a_file_that_leaves_no_zeros_out_covers_nothing_of_another() {
        Path sparse = FocusCsv.text(folder, "sparse.csv", """
                resource_id,metric,hour,total
                busy,requests,2026-06-01T00:00:00Z,5
                """);
        Path dense = FocusCsv.text(folder, "dense.csv", """
                resource_id,metric,hour,total
                other,requests,2026-06-01T00:00:00Z,5
                other,requests,2026-06-01T02:00:00Z,5
                """);
        Path inventory = FocusCsv.text(folder, "inventory.csv", """
                resource_id,kind,account_id,region
                busy,inference_endpoint,1,eu
                other,inference_endpoint,1,us
                silent,inference_endpoint,1,us
                """);
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.INVENTORY, inventory));
            staging.files(new FileSet(FileSet.Content.USAGE, "sparse.csv", List.of(sparse), Set.of("requests")));
            staging.files(new FileSet(FileSet.Content.USAGE, "dense.csv", List.of(dense), Set.of()));
        })) {
            assertThat(metrics(store)).extracting(row -> row.get(0)).containsExactly("busy", "other", "other");
        }
    }

    private static List<List<Object>> hoursAndTotals(TestStore store) {
        return store.locked()
                .select("SELECT resource_id, list(hour(hour) ORDER BY hour), sum(total) FROM metrics WHERE metric = "
                        + "'requests' GROUP BY ALL ORDER BY ALL")
                .rows();
    }

    @Test
    void a_machine_that_goes_by_its_number_elsewhere_is_the_one_of_that_name() {
        String zone = "//compute.googleapis.com/projects/p1/zones/us-central1-a/instances/";
        String other = "//compute.googleapis.com/projects/123456/zones/us-central1-a/instances/";
        Path bill = new FocusCsv()
                .row(
                        "ProviderName=Google Cloud",
                        "ServiceName=Compute Engine",
                        "SubAccountId=p1",
                        "ResourceId=" + other + "5637362847561")
                .write(folder, "b.csv");
        Path inventory = FocusCsv.text(folder, "inventory.csv", """
                resource_id,kind,instance_id,attributes
                %1$strain-1,instance,5637362847561,
                %1$strain-2,instance,,"{""id"": ""77""}"
                """.formatted(zone));
        Path usage = FocusCsv.text(folder, "usage.csv", """
                resource_id,metric,hour,average
                %1$s5637362847561,gpu_utilization,2026-06-01T00:00:00Z,0.5
                %1$s77,gpu_utilization,2026-06-01T00:00:00Z,0.5
                %1$s78,gpu_utilization,2026-06-01T00:00:00Z,0.5
                """.formatted(zone));
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.BILLING, bill));
            staging.files(TestStore.set(FileSet.Content.INVENTORY, inventory));
            staging.files(TestStore.set(FileSet.Content.USAGE, usage));
        })) {
            assertThat(store.scan().resources())
                    .extracting(Resource::resourceId, Resource::kind)
                    .containsExactly(
                            tuple(zone + "78", "unknown"),
                            tuple(zone + "train-1", "instance"),
                            tuple(zone + "train-2", "instance"));
            assertThat(metrics(store))
                    .extracting(row -> row.get(0))
                    .containsExactly(zone + "78", zone + "train-1", zone + "train-2");
            assertThat(store.locked()
                            .select("SELECT DISTINCT resource_id FROM charges")
                            .rows())
                    .containsExactly(List.of(zone + "train-1"));
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
        try (TestStore store = read("resource_id,kind\na,instance\n", usage)) {
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
        try (TestStore store = read("resource_id,kind\na,instance\n", usage)) {
            Map<String, DailyUse> days =
                    store.scan().daily(List.of("a"), TestStore.JUNE).get("a");
            assertThat(days.get("requests").average()).hasSize(30).startsWith(5.0, null);
            assertThat(days.get("requests").highest()).startsWith(6.0, null);
            assertThat(days.get("gpu_utilization").average()).endsWith(0.5);
            assertThat(days.get("gpu_utilization").highest()).endsWith(0.9);
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
        try (TestStore store = read(null, usage)) {
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

    @Test
    void other_files_are_refused_with_what_they_lack() {
        Path file = FocusCsv.text(folder, "x.csv", "resource_id,hour\na,b\n");
        assertThatThrownBy(() -> InputFiles.find(FileSet.Content.USAGE, file.toString(), Set.of()))
                .isInstanceOfSatisfying(UserError.class, error -> {
                    assertThat(error.problem())
                            .isEqualTo(file
                                    + ": its header is not that of a usage file. Found: resource_id, hour; "
                                    + "missing: metric, average (or maximum, total).");
                    assertThat(error.fix())
                            .isEqualTo("Use a file whose first line names resource_id, metric, hour, average (or "
                                    + "maximum, total).");
                });
    }
}
