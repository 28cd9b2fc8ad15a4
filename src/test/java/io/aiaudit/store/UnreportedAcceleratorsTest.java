package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accelerators that a machine has and of which a usage file has no rows, for some hours or for all. */
@Slow
class UnreportedAcceleratorsTest {
    private static final String FOUR = "resource_id,kind,provider,accelerator_count\na,instance,aws,4\n";

    private static final String BIG = "resource_id,kind,provider,machine_type\na,instance,aws,g5.12xlarge\n";

    private static final PartialHours ALL = PartialHours.of('a');

    @TempDir
    private Path folder;

    /** Ten hours of an accelerator, of which it reports those from one to before another. */
    private static Stream<String> rows(String metric, String part, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(hour ->
                        String.format(Locale.ROOT, "a,%s,2026-06-01T%02d:00:00Z,0.1,0.2,%s", metric, hour, part));
    }

    private static Stream<String> rows(String... parts) {
        return Stream.of(parts).flatMap(part -> rows("gpu_utilization", part, 0, 10));
    }

    private static String usage(Stream<String> rows) {
        return "resource_id,metric,hour,average,maximum,gpu\n" + String.join("\n", rows.toList()) + "\n";
    }

    private static PartialHours.Usage usage(String inventory, Stream<String> rows) {
        return ALL.of(inventory, usage(rows));
    }

    private static List<Integer> hours(List<String> times) {
        return times.stream()
                .map(time -> Integer.valueOf(time.substring(11, 13)))
                .toList();
    }

    private static final PartialHours.Usage ONE_OF_FOUR = usage(FOUR, rows("0"));

    @Test
    void a_card_that_never_reports_leaves_all_hours_partly_measured_with_a_warning() {
        try (TestStore store = UsageFiles.read(folder, FOUR, usage(rows("0", "1", "2")))) {
            assertThat(store.locked().select("FROM partial_hours").rows()).hasSize(10);
            assertThat(store.scan().warnings())
                    .containsExactly("gpu_utilization of a: in some hours only 3 of its 4 accelerators are in the usage"
                            + " file. These hours are not measured. Export all accelerators; leave the column gpu empty"
                            + " in rows that are of all of them.");
        }
        assertThat(ONE_OF_FOUR.hours(folder)).as("one of four").hasSize(10);
    }

    private static final List<PartialHours.Usage> SOME_HOURS_OF_FOUR = Stream.of(
                    "gpu_utilization", "gpu_memory_used_gib")
            .map(metric -> usage(
                    FOUR,
                    Stream.concat(
                            Stream.of("nvidia0", "nvidia1", "nvidia2").flatMap(part -> rows(metric, part, 0, 10)),
                            rows(metric, "nvidia3", 2, 8))))
            .toList();

    @Test
    void a_card_that_reports_no_more_or_not_yet_leaves_those_hours() {
        assertThat(SOME_HOURS_OF_FOUR)
                .allSatisfy(usage -> assertThat(hours(usage.hours(folder))).containsExactly(0, 1, 8, 9));
    }

    private static final PartialHours.Usage THREE_OF_THE_TYPE = usage(BIG, rows("0", "1", "2"));
    private static final PartialHours.Usage ALL_OF_THE_TYPE = usage(BIG, rows("0", "1", "2", "3"));

    @Test
    void the_type_shows_how_many_there_are() {
        assertThat(THREE_OF_THE_TYPE.hours(folder)).hasSize(10);
        assertThat(ALL_OF_THE_TYPE.hours(folder)).isEmpty();
    }

    private static final PartialHours.Usage ALL_FOUR = usage(FOUR, rows("0", "1", "2", "3"));
    private static final PartialHours.Usage UNNAMED = usage(FOUR, rows(""));
    private static final PartialHours.Usage UNNAMED_AND_ONE = usage(FOUR, rows("", "0"));
    private static final PartialHours.Usage ALL_TOGETHER = usage(FOUR, rows("all"));
    private static final PartialHours.Usage NAME_OF_THE_TYPE = usage(FOUR, rows("A10G"));
    private static final PartialHours.Usage COMPONENTS = usage(FOUR, rows("chat", "search"));
    private static final PartialHours.Usage SLICES = usage(FOUR, rows("MIG-0/1", "MIG-0/2"));
    private static final PartialHours.Usage MORE_THAN_CARDS =
            usage("resource_id,kind,accelerator_count\na,instance,1\n", rows("0", "1", "2"));
    private static final PartialHours.Usage OF_UNKNOWN_COUNT = usage("resource_id,kind\na,instance\n", rows("0"));

    @Test
    void rows_of_all_cards_or_of_other_parts_lack_none() {
        assertThat(ALL_FOUR.hours(folder)).isEmpty();
        assertThat(UNNAMED.hours(folder)).as("no name: all of them").isEmpty();
        assertThat(UNNAMED_AND_ONE.hours(folder)).as("beside one of them").isEmpty();
        assertThat(ALL_TOGETHER.hours(folder)).isEmpty();
        assertThat(NAME_OF_THE_TYPE.hours(folder)).isEmpty();
        assertThat(COMPONENTS.hours(folder)).as("components").isEmpty();
        assertThat(SLICES.hours(folder)).as("slices").isEmpty();
        assertThat(MORE_THAN_CARDS.hours(folder)).as("more parts than cards").isEmpty();
        assertThat(OF_UNKNOWN_COUNT.hours(folder)).as("how many is unknown").isEmpty();
    }

    private static final String GPU = "GPU-0a1b2c3d-0000-1111-2222-33334444555";

    private static final PartialHours.Usage ONE_REPLACED = usage(
            FOUR,
            Stream.concat(
                    rows(GPU + 0, GPU + 1, GPU + 2),
                    Stream.concat(rows("gpu_utilization", GPU + 3, 0, 5), rows("gpu_utilization", GPU + 4, 5, 10))));
    private static final PartialHours.Usage ONE_MISSING = usage(FOUR, rows(GPU + 0, GPU + 1, GPU + 2));

    @Test
    void a_card_instead_of_another_is_one_of_four() {
        assertThat(ONE_REPLACED.hours(folder)).isEmpty();
        assertThat(ONE_MISSING.hours(folder)).hasSize(10);
    }

    private static final String WORKLOAD =
            "resource_id,kind,provider,machine_type,accelerator_count\na,gpu_workload,aws,g5.12xlarge,";

    private static final PartialHours.Usage WORKLOAD_OF_UNKNOWN_COUNT = usage(WORKLOAD + "\n", rows("2"));
    private static final PartialHours.Usage WORKLOAD_OF_TWO = usage(WORKLOAD + "2\n", rows("2", "3"));
    private static final PartialHours.Usage WORKLOAD_LACKS_ONE = usage(WORKLOAD + "2\n", rows("2"));

    @Test
    void a_workload_has_some_of_the_cards_of_its_node_unless_its_inventory_says_how_many() {
        assertThat(WORKLOAD_OF_UNKNOWN_COUNT.hours(folder)).isEmpty();
        assertThat(WORKLOAD_OF_TWO.hours(folder)).isEmpty();
        assertThat(WORKLOAD_LACKS_ONE.hours(folder)).hasSize(10);
    }

    private static PartialHours.Usage resized() {
        FocusCsv bill = new FocusCsv();
        for (int hour = 0; hour < 10; hour++) {
            bill.row(
                    "ResourceId=a",
                    "ChargePeriodStart=2026-06-01T0" + hour + ":00:00Z",
                    "ChargePeriodEnd=2026-06-01T" + (hour == 9 ? "10" : "0" + (hour + 1)) + ":00:00Z",
                    "SkuMeter=BoxUsage:" + (hour < 6 ? "g5.xlarge" : "g5.12xlarge"));
        }
        Stream<String> others = Stream.of("1", "2", "3").flatMap(part -> rows("gpu_utilization", part, 6, 9));
        return ALL.of(BIG, usage(Stream.concat(rows("0"), others)), bill);
    }

    private static final PartialHours.Usage RESIZED = resized();

    /** It had one until the sixth hour. */
    @Test
    void before_it_was_resized_a_machine_had_fewer() {
        assertThat(hours(RESIZED.hours(folder))).containsExactly(9);
    }

    @Test
    void a_workload_has_not_all_cards_of_its_node_though_it_says_which_they_are() {
        String workload = "resource_id,kind,provider,machine_type,accelerator\na,gpu_workload,aws,g5.12xlarge,A10G\n";
        try (TestStore store = UsageFiles.read(folder, workload, usage(rows("2")))) {
            assertThat(store.locked()
                            .select("SELECT accelerator_count FROM resources WHERE accelerator_count IS NOT NULL")
                            .rows())
                    .isEmpty();
        }
    }
}
