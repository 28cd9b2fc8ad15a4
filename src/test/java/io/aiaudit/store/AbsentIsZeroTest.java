package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.FileSet;
import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hours without a row, which are missing unless the export leaves zeros out. */
@Slow
class AbsentIsZeroTest {
    private static final String ENDPOINTS_OF_TWO_REGIONS = """
            resource_id,kind,provider,account_id,region
            a,inference_endpoint,aws,1,eu-west-1
            b,inference_endpoint,aws,1,eu-west-1
            far,inference_endpoint,aws,1,us-east-1
            """;

    @TempDir
    private Path folder;

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
        try (TestStore store = UsageFiles.read(folder, inventory, usage)) {
            assertThat(UsageFiles.metrics(store)).hasSize(2);
        }
        try (TestStore store = UsageFiles.read(folder, inventory, usage, "requests")) {
            assertThat(hoursAndTotals(store))
                    .containsExactly(
                            List.of("busy", List.of(0L, 1L, 2L, 3L), 5.0),
                            List.of("parent", List.of(0L, 1L, 2L, 3L), 6.0),
                            List.of("silent", List.of(1L, 2L), 0.0));
            assertThat(store.scan().warnings())
                    .containsExactly(
                            "As configured: hours that the usage files leave out were taken as 0 for requests, as "
                                    + "absent_is_zero says.");
        }
    }

    @Test
    void the_spelling_of_account_and_region_does_not_matter_for_what_a_file_covers() {
        String inventory = """
                resource_id,kind,provider,account_id,region
                busy,inference_endpoint,azure,/subscriptions/0A,EastUS
                silent,inference_endpoint,azure,0a,East US
                """;
        String usage = """
                resource_id,metric,hour,total
                busy,requests,2026-06-01T00:00:00Z,5
                busy,requests,2026-06-01T01:00:00Z,6
                """;
        try (TestStore store = UsageFiles.read(folder, inventory, usage, "requests")) {
            assertThat(hoursAndTotals(store))
                    .containsExactly(List.of("busy", List.of(0L, 1L), 11.0), List.of("silent", List.of(0L, 1L), 0.0));
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
                notebook-of-unknown-region,notebook,aws,1,
                measured,inference_endpoint,aws,1,
                measured-elsewhere,inference_endpoint,aws,1,us-west-2
                """;
        String usage = """
                resource_id,metric,hour,average,total
                busy,requests,2026-06-01T00:00:00Z,,5
                busy,requests,2026-06-01T02:00:00Z,,5
                measured,cpu_utilization,2026-06-01T01:00:00Z,0.1,
                measured-elsewhere,cpu_utilization,2026-06-01T01:00:00Z,0.1,
                notebook,cpu_utilization,2026-06-01T01:00:00Z,0.1,
                notebook-of-unknown-region,cpu_utilization,2026-06-01T01:00:00Z,0.1,
                """;
        try (TestStore store = UsageFiles.read(folder, inventory, usage, "requests")) {
            assertThat(hoursAndTotals(store))
                    .containsExactly(
                            List.of("busy", List.of(0L, 1L, 2L), 10.0),
                            List.of("measured", List.of(0L, 1L, 2L), 0.0),
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
        try (TestStore store = UsageFiles.read(folder, ENDPOINTS_OF_TWO_REGIONS, usage, "requests", "sessions")) {
            assertThat(hoursAndTotals(store))
                    .containsExactly(
                            List.of("a", List.of(0L, 1L, 2L, 3L), 10.0), List.of("b", List.of(0L, 1L, 2L, 3L), 10.0));
            assertThat(store.scan().warnings())
                    .filteredOn(warning -> warning.contains("usage.csv: "))
                    .singleElement()
                    .asString()
                    .endsWith("usage.csv: requests ends at 2026-06-01 03:00 (other metrics at 2026-06-02 04:00). What "
                            + "lies outside is unknown, not 0. Export it for all hours; where nothing came, write a "
                            + "row "
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
        try (TestStore store = UsageFiles.read(folder, ENDPOINTS_OF_TWO_REGIONS, usage, "requests")) {
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
        try (TestStore store = UsageFiles.read(folder, ENDPOINTS_OF_TWO_REGIONS, usage, "requests")) {
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
        try (TestStore store = UsageFiles.read(folder, ENDPOINTS_OF_TWO_REGIONS, usage, "requests")) {
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
            try (TestStore store = UsageFiles.read(folder, inventory, gpu + rows, "requests")) {
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
            assertThat(UsageFiles.metrics(store))
                    .extracting(row -> row.get(0))
                    .containsExactly("busy", "other", "other");
        }
    }

    @Test
    void a_parent_is_not_zero_where_a_part_that_no_inventory_lists_has_the_metric() {
        String endpoint = "arn:aws:sagemaker:us-east-1:111122223333:endpoint/";
        String inventory = "resource_id,kind,provider,account_id,region\n" + endpoint
                + "parent,inference_endpoint,aws,1,eu\n" + endpoint + "busy,inference_endpoint,aws,1,eu\n";
        String part = "//aiplatform.googleapis.com/projects/p/locations/l/endpoints/1";
        inventory += part + ",inference_endpoint,aws,1,eu\n";
        String usage = "resource_id,metric,hour,total\n" + endpoint + "busy,requests,2026-06-01T00:00:00Z,5\n" + part
                + "/deployedModels/2,requests,2026-06-01T01:00:00Z,6\n";
        try (TestStore store = UsageFiles.read(folder, inventory, usage, "requests")) {
            assertThat(store.locked()
                            .select("SELECT parent_id FROM resources WHERE resource_id LIKE '%deployedModels%'")
                            .rows())
                    .containsExactly(List.of(part));
            assertThat(hoursAndTotals(store))
                    .extracting(row -> row.get(0))
                    .contains(endpoint + "parent", part + "/deployedModels/2")
                    .doesNotContain(part);
        }
    }

    @Test
    void a_series_with_a_rejected_row_of_unknown_time_is_not_filled() {
        String usage = """
                resource_id,metric,hour,total
                a,requests,2026-06-01T00:00:00Z,5
                a,requests,noon,5
                b,requests,2026-06-01T00:00:00Z,5
                b,requests,2026-06-01T02:00:00Z,5
                """;
        try (TestStore store = UsageFiles.read(folder, ENDPOINTS_OF_TWO_REGIONS, usage, "requests")) {
            assertThat(hoursAndTotals(store))
                    .containsExactly(List.of("a", List.of(0L), 5.0), List.of("b", List.of(0L, 1L, 2L), 10.0));
        }
    }

    private static List<List<Object>> hoursAndTotals(TestStore store) {
        return store.locked()
                .select("SELECT resource_id, list(hour(hour) ORDER BY hour), sum(total) FROM metrics WHERE metric = "
                        + "'requests' GROUP BY ALL ORDER BY ALL")
                .rows();
    }
}
