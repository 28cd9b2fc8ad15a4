package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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

    /** The endpoint, and parts of it that the inventory lists. */
    private static final PartialHours ALL = new PartialHours("(?<=^|,)[ex](?=[,/])");

    @TempDir
    private Path folder;

    private static Stream<String> rows(String metric, String part, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(hour -> String.format(Locale.ROOT, "e,%s,2026-06-01T%02d:00:00Z,1,%s", metric, hour, part));
    }

    private static Stream<String> requests(String part, int from, int to) {
        return rows("requests", part, from, to);
    }

    private static String text(String column, Stream<String> rows) {
        return "resource_id,metric,hour,total," + column + "\n" + String.join("\n", rows.toList()) + "\n";
    }

    private static PartialHours.Usage usage(String inventory, Stream<String> rows) {
        return ALL.of(inventory, text("component", rows));
    }

    private List<Long> hours(PartialHours.Usage usage) {
        return usage.hours(folder).stream()
                .map(time -> Long.valueOf(time.substring(11, 13)))
                .distinct()
                .toList();
    }

    private static Stream<String> thousands() {
        return IntStream.range(0, 24)
                .boxed()
                .flatMap(hour -> IntStream.range(0, hour % 2 == 0 ? 70 : 69)
                        .boxed()
                        .flatMap(part -> requests("pod-" + hour + "-" + part, hour, hour + 1)));
    }

    private static final PartialHours.Usage BY_THE_THOUSAND = usage(ENDPOINT, thousands());

    @Test
    void parts_that_come_by_the_thousand_say_of_each_hour_whether_some_are_lacking() {
        assertThat(hours(BY_THE_THOUSAND))
                .isEqualTo(IntStream.range(0, 24)
                        .filter(hour -> hour % 2 == 1)
                        .mapToObj(hour -> (long) hour)
                        .toList());
    }

    @Test
    void a_component_without_rows_at_the_end_or_the_beginning_leaves_those_hours_with_a_warning() {
        try (TestStore store = UsageFiles.read(
                folder, ENDPOINT, text("component", Stream.concat(requests("a", 0, 10), requests("b", 2, 8))))) {
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

    private static final Map<String, PartialHours.Usage> ENDING_AT_SEVEN = endingAtSeven();

    private static Map<String, PartialHours.Usage> endingAtSeven() {
        Map<String, PartialHours.Usage> usages = new TreeMap<>();
        for (String column :
                List.of("component", "InferenceComponentName", "variant", "deployment_name", "deployed_model_id")) {
            for (String metric : List.of("requests", "tokens_input", "latency_ms", "queue_depth")) {
                Stream<String> rows = Stream.concat(rows(metric, "a", 0, 10), rows(metric, "b", 0, 7));
                usages.put(metric + " of " + column, ALL.of(ENDPOINT, text(column, rows)));
            }
        }
        return usages;
    }

    private static final PartialHours.Usage MOST_ROWS_LOST =
            usage(ENDPOINT, Stream.concat(requests("a", 0, 10), requests("b", 0, 1)));

    @Test
    void so_does_a_variant_a_deployment_and_a_deployed_model_whatever_was_measured() {
        assertThat(ENDING_AT_SEVEN)
                .hasSize(20)
                .allSatisfy((as, usage) -> assertThat(hours(usage)).as(as).containsExactly(7L, 8L, 9L));
        assertThat(hours(MOST_ROWS_LOST)).as("most of its rows are lost").hasSize(9);
    }

    private static final String LIFE = "2026-06-01T03:00:00Z,2026-06-01T07:00:00Z\n";

    private static Stream<String> withOther(String part, int from, int to) {
        return Stream.concat(requests("a", 0, 10), requests(part, from, to));
    }

    private static final PartialHours.Usage LISTED_BY_ID =
            usage(ENDPOINT + "x/b,inference_endpoint,aws,,e," + LIFE, withOther("B", 3, 7));
    private static final PartialHours.Usage LISTED_BY_NAME =
            usage(ENDPOINT + "x,inference_endpoint,aws,b,e," + LIFE, withOther("B", 3, 7));
    private static final PartialHours.Usage ENDED_LATER =
            usage(ENDPOINT + "x/b,inference_endpoint,aws,b,e,,2026-06-01T09:00:00Z\n", withOther("b", 3, 7));
    private static final PartialHours.Usage OF_ANOTHER_ENDPOINT =
            usage(ENDPOINT + "x/b,inference_endpoint,aws,b,f," + LIFE, withOther("b", 3, 7));

    @Test
    void what_the_inventory_says_of_its_life_shows_that_it_was_not_there() {
        assertThat(hours(LISTED_BY_ID)).isEmpty();
        assertThat(hours(LISTED_BY_NAME)).isEmpty();
        assertThat(hours(ENDED_LATER)).as("rows are lacking before its end").containsExactly(0L, 1L, 2L, 7L, 8L);
        assertThat(hours(OF_ANOTHER_ENDPOINT)).as("of another endpoint").hasSize(6);
    }

    private static final PartialHours.Usage REPLACED = usage(
            ENDPOINT,
            Stream.of(requests("a", 0, 10), requests("b", 0, 6), requests("c", 5, 10))
                    .flatMap(each -> each));
    private static final PartialHours.Usage ROWS_OF_ALL =
            usage(ENDPOINT, Stream.concat(requests("a", 0, 5), requests("", 5, 10)));
    private static final PartialHours.Usage SERIES_ENDS = usage(ENDPOINT, requests("a", 0, 5));

    @Test
    void another_one_instead_rows_of_all_and_exports_without_zeros_lack_none() {
        assertThat(hours(REPLACED)).isEmpty();
        assertThat(hours(ROWS_OF_ALL)).isEmpty();
        assertThat(hours(SERIES_ENDS)).as("the series ends").isEmpty();
        String usage = text(
                "component",
                Stream.of(requests("a", 0, 10), requests("b", 2, 4), requests("b", 6, 8))
                        .flatMap(each -> each));
        try (TestStore store = UsageFiles.read(folder, ENDPOINT, usage, "requests")) {
            assertThat(store.locked().select("FROM partial_hours").rows()).isEmpty();
        }
    }

    private static Stream<String> cards(String id) {
        return Stream.concat(rows("gpu_utilization", id + 0, 0, 10), rows("gpu_utilization", id + 1, 0, 4));
    }

    private static final PartialHours.Usage CARDS_OF_AN_ENDPOINT =
            usage(ENDPOINT, cards("GPU-0a1b2c3d-0000-1111-2222-33334444555"));
    private static final PartialHours.Usage CARDS_OF_A_MACHINE =
            usage("resource_id,kind\ne,instance\n", cards("GPU-0a1b2c3d-0000-1111-2222-33334444555"));
    private static final PartialHours.Usage NUMBERED_CARDS = usage(ENDPOINT, cards(""));

    @Test
    void accelerators_that_come_and_go_with_the_load_are_gone_and_those_of_one_machine_are_not() {
        assertThat(hours(CARDS_OF_AN_ENDPOINT)).isEmpty();
        assertThat(hours(CARDS_OF_A_MACHINE)).hasSize(6);
        assertThat(hours(NUMBERED_CARDS)).hasSize(6);
    }

    private static final PartialHours.Usage LOST_AT_THE_END =
            usage(ENDPOINT, Stream.concat(requests("a", 0, 20), requests("b", 0, 10)));
    private static final PartialHours.Usage LOST_AT_BOTH_ENDS =
            usage(ENDPOINT, Stream.concat(requests("a", 6, 20), requests("b", 0, 10)));

    /** Alone in most of its hours, the first one had another beside it in four of those of the series. */
    @Test
    void rows_of_another_part_that_are_lost_too_make_nothing_measured() {
        assertThat(hours(LOST_AT_THE_END)).containsExactly(10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L);
        assertThat(hours(LOST_AT_BOTH_ENDS)).contains(10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L);
    }
}
