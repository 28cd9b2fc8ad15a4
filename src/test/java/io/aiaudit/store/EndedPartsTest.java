package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.FileSet;
import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Components of an endpoint, and other parts of a resource, that a usage file has no more, or not yet. */
@Slow
class EndedPartsTest {
    private static final String ENDPOINT = """
            resource_id,kind,provider,name,parent_id,created_at,ended_at
            e,inference_endpoint,aws,chat,,2026-01-05,
            """;

    @TempDir
    private Path folder;

    private static Stream<String> rows(String metric, String part, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(hour -> String.format(Locale.ROOT, "e,%s,2026-06-01T%02d:00:00Z,1,%s", metric, hour, part));
    }

    private static Stream<String> requests(String part, int from, int to) {
        return rows("requests", part, from, to);
    }

    private TestStore store(String inventory, Set<String> absentIsZero, String column, Stream<String> rows) {
        String usage = "resource_id,metric,hour,total," + column + "\n" + String.join("\n", rows.toList()) + "\n";
        return TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory)));
            staging.files(new FileSet(
                    FileSet.Content.USAGE,
                    "usage.csv",
                    List.of(FocusCsv.text(folder, "usage.csv", usage)),
                    absentIsZero));
        });
    }

    /** The hours that were measured in part. */
    private List<Object> partialHours(String inventory, Stream<String> rows) {
        return partialHours(inventory, Set.of(), "component", rows);
    }

    private List<Object> partialHours(String inventory, Set<String> absentIsZero, String column, Stream<String> rows) {
        try (TestStore store = store(inventory, absentIsZero, column, rows)) {
            return store.locked().select("SELECT DISTINCT hour(hour) FROM partial_hours ORDER BY ALL").rows().stream()
                    .map(row -> row.get(0))
                    .toList();
        }
    }

    @Test
    void parts_that_come_by_the_thousand_say_of_each_hour_whether_some_are_lacking() {
        Stream<String> rows = IntStream.range(0, 24)
                .boxed()
                .flatMap(hour -> IntStream.range(0, hour % 2 == 0 ? 70 : 69)
                        .boxed()
                        .flatMap(part -> requests("pod-" + hour + "-" + part, hour, hour + 1)));
        assertThat(partialHours(ENDPOINT, rows))
                .isEqualTo(IntStream.range(0, 24)
                        .filter(hour -> hour % 2 == 1)
                        .mapToObj(hour -> (Object) (long) hour)
                        .toList());
    }

    @Test
    void a_component_without_rows_at_the_end_or_the_beginning_leaves_those_hours_with_a_warning() {
        try (TestStore store =
                store(ENDPOINT, Set.of(), "component", Stream.concat(requests("a", 0, 10), requests("b", 2, 8)))) {
            assertThat(store.locked()
                            .select("SELECT hour(hour) FROM partial_hours ORDER BY ALL")
                            .rows())
                    .containsExactly(List.of(0L), List.of(1L), List.of(8L), List.of(9L));
            assertThat(store.scan().warnings())
                    .containsExactly("requests of e: \"b\" has rows only since 2026-06-01 02:00 and until 2026-06-01"
                            + " 08:00. The other hours are not measured. If it was not there, write rows of 0 for them,"
                            + " or list all parts in the inventory with parent_id, created_at and ended_at.");
        }
    }

    @Test
    void so_does_a_variant_a_deployment_and_a_deployed_model_whatever_was_measured() {
        for (String column :
                List.of("component", "InferenceComponentName", "variant", "deployment_name", "deployed_model_id")) {
            for (String metric : List.of("requests", "tokens_input", "latency_ms", "queue_depth")) {
                assertThat(partialHours(
                                ENDPOINT,
                                Set.of(),
                                column,
                                Stream.concat(rows(metric, "a", 0, 10), rows(metric, "b", 0, 7))))
                        .as("%s of %s", metric, column)
                        .containsExactly(7L, 8L, 9L);
            }
        }
        assertThat(partialHours(ENDPOINT, Stream.concat(requests("a", 0, 10), requests("b", 0, 1))))
                .as("most of its rows are lost")
                .hasSize(9);
    }

    @Test
    void what_the_inventory_says_of_its_life_shows_that_it_was_not_there() {
        Stream<String> rows = Stream.concat(requests("a", 0, 10), requests("B", 3, 7));
        String life = "2026-06-01T03:00:00Z,2026-06-01T07:00:00Z\n";
        assertThat(partialHours(ENDPOINT + "x/b,inference_endpoint,aws,,e," + life, rows))
                .isEmpty();
        rows = Stream.concat(requests("a", 0, 10), requests("B", 3, 7));
        assertThat(partialHours(ENDPOINT + "x,inference_endpoint,aws,b,e," + life, rows))
                .isEmpty();
        rows = Stream.concat(requests("a", 0, 10), requests("b", 3, 7));
        assertThat(partialHours(ENDPOINT + "x/b,inference_endpoint,aws,b,e,,2026-06-01T09:00:00Z\n", rows))
                .as("rows are lacking before its end")
                .containsExactly(0L, 1L, 2L, 7L, 8L);
        rows = Stream.concat(requests("a", 0, 10), requests("b", 3, 7));
        assertThat(partialHours(ENDPOINT + "x/b,inference_endpoint,aws,b,f," + life, rows))
                .as("of another endpoint")
                .hasSize(6);
    }

    @Test
    void another_one_instead_rows_of_all_and_exports_without_zeros_lack_none() {
        assertThat(partialHours(
                        ENDPOINT,
                        Stream.of(requests("a", 0, 10), requests("b", 0, 6), requests("c", 5, 10))
                                .flatMap(each -> each)))
                .isEmpty();
        assertThat(partialHours(ENDPOINT, Stream.concat(requests("a", 0, 5), requests("", 5, 10))))
                .isEmpty();
        assertThat(partialHours(ENDPOINT, requests("a", 0, 5)))
                .as("the series ends")
                .isEmpty();
        assertThat(partialHours(
                        ENDPOINT,
                        Set.of("requests"),
                        "component",
                        Stream.of(requests("a", 0, 10), requests("b", 2, 4), requests("b", 6, 8))
                                .flatMap(each -> each)))
                .isEmpty();
    }

    @Test
    void accelerators_that_come_and_go_with_the_load_are_gone_and_those_of_one_machine_are_not() {
        String id = "GPU-0a1b2c3d-0000-1111-2222-33334444555";
        Stream<String> rows =
                Stream.concat(rows("gpu_utilization", id + 0, 0, 10), rows("gpu_utilization", id + 1, 0, 4));
        assertThat(partialHours(ENDPOINT, rows)).isEmpty();
        rows = Stream.concat(rows("gpu_utilization", id + 0, 0, 10), rows("gpu_utilization", id + 1, 0, 4));
        assertThat(partialHours("resource_id,kind\ne,instance\n", rows)).hasSize(6);
        rows = Stream.concat(rows("gpu_utilization", "0", 0, 10), rows("gpu_utilization", "1", 0, 4));
        assertThat(partialHours(ENDPOINT, rows)).hasSize(6);
    }

    /** Alone in most of its hours, the first one had another beside it in four of those of the series. */
    @Test
    void rows_of_another_part_that_are_lost_too_make_nothing_measured() {
        assertThat(partialHours(ENDPOINT, Stream.concat(requests("a", 0, 20), requests("b", 0, 10))))
                .containsExactly(10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L);
        assertThat(partialHours(ENDPOINT, Stream.concat(requests("a", 6, 20), requests("b", 0, 10))))
                .contains(10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L);
    }
}
