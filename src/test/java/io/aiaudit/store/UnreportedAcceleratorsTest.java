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

/** Accelerators that a machine has and of which a usage file has no rows, for some hours or for all. */
@Slow
class UnreportedAcceleratorsTest {
    private static final String FOUR = "resource_id,kind,provider,accelerator_count\na,instance,aws,4\n";

    @TempDir
    private Path folder;

    private FocusCsv bill;

    /** Ten hours of an accelerator, of which it reports those from one to before another. */
    private static Stream<String> rows(String metric, String part, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(hour ->
                        String.format(Locale.ROOT, "a,%s,2026-06-01T%02d:00:00Z,0.1,0.2,%s", metric, hour, part));
    }

    private static Stream<String> rows(String... parts) {
        return Stream.of(parts).flatMap(part -> rows("gpu_utilization", part, 0, 10));
    }

    private TestStore store(String inventory, Stream<String> rows) {
        String usage = "resource_id,metric,hour,average,maximum,gpu\n" + String.join("\n", rows.toList()) + "\n";
        return TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory)));
            staging.files(new FileSet(
                    FileSet.Content.USAGE, "usage.csv", List.of(FocusCsv.text(folder, "usage.csv", usage)), Set.of()));
            if (bill != null) {
                staging.files(TestStore.set(FileSet.Content.BILLING, bill.write(folder, "b.csv")));
            }
        });
    }

    /** The hours that were measured in part. */
    private List<Object> partialHours(String inventory, Stream<String> rows) {
        try (TestStore store = store(inventory, rows)) {
            return store.locked().select("SELECT hour(hour) FROM partial_hours ORDER BY ALL").rows().stream()
                    .map(row -> row.get(0))
                    .toList();
        }
    }

    @Test
    void a_card_that_never_reports_leaves_all_hours_partly_measured_with_a_warning() {
        try (TestStore store = store(FOUR, rows("0", "1", "2"))) {
            assertThat(store.locked().select("FROM partial_hours").rows()).hasSize(10);
            assertThat(store.scan().warnings())
                    .containsExactly("gpu_utilization of a: in some hours only 3 of its 4 accelerators are in the usage"
                            + " file. These hours are not measured. Export all accelerators; leave the column gpu empty"
                            + " in rows that are of all of them.");
        }
        assertThat(partialHours(FOUR, rows("0"))).as("one of four").hasSize(10);
    }

    @Test
    void a_card_that_reports_no_more_or_not_yet_leaves_those_hours() {
        for (String metric : List.of("gpu_utilization", "gpu_memory_used_gib")) {
            assertThat(partialHours(
                            FOUR,
                            Stream.concat(
                                    Stream.of("nvidia0", "nvidia1", "nvidia2")
                                            .flatMap(part -> rows(metric, part, 0, 10)),
                                    rows(metric, "nvidia3", 2, 8))))
                    .containsExactly(0L, 1L, 8L, 9L);
        }
    }

    @Test
    void the_type_shows_how_many_there_are() {
        String inventory = "resource_id,kind,provider,machine_type\na,instance,aws,g5.12xlarge\n";
        assertThat(partialHours(inventory, rows("0", "1", "2"))).hasSize(10);
        assertThat(partialHours(inventory, rows("0", "1", "2", "3"))).isEmpty();
    }

    @Test
    void rows_of_all_cards_or_of_other_parts_lack_none() {
        assertThat(partialHours(FOUR, rows("0", "1", "2", "3"))).isEmpty();
        assertThat(partialHours(FOUR, rows(""))).as("no name: all of them").isEmpty();
        assertThat(partialHours(FOUR, rows("", "0"))).as("beside one of them").isEmpty();
        assertThat(partialHours(FOUR, rows("all"))).isEmpty();
        assertThat(partialHours(FOUR, rows("A10G"))).isEmpty();
        assertThat(partialHours(FOUR, rows("chat", "search"))).as("components").isEmpty();
        assertThat(partialHours(FOUR, rows("MIG-0/1", "MIG-0/2"))).as("slices").isEmpty();
        assertThat(partialHours("resource_id,kind,accelerator_count\na,instance,1\n", rows("0", "1", "2")))
                .as("more parts than cards")
                .isEmpty();
        assertThat(partialHours("resource_id,kind\na,instance\n", rows("0")))
                .as("how many is unknown")
                .isEmpty();
    }

    @Test
    void a_card_instead_of_another_is_one_of_four() {
        String id = "GPU-0a1b2c3d-0000-1111-2222-33334444555";
        assertThat(partialHours(
                        FOUR,
                        Stream.concat(
                                rows(id + 0, id + 1, id + 2),
                                Stream.concat(
                                        rows("gpu_utilization", id + 3, 0, 5),
                                        rows("gpu_utilization", id + 4, 5, 10)))))
                .isEmpty();
        assertThat(partialHours(FOUR, rows(id + 0, id + 1, id + 2))).hasSize(10);
    }

    @Test
    void a_workload_has_some_of_the_cards_of_its_node_unless_its_inventory_says_how_many() {
        String workload = "resource_id,kind,provider,machine_type,accelerator_count\na,gpu_workload,aws,g5.12xlarge,";
        assertThat(partialHours(workload + "\n", rows("2"))).isEmpty();
        assertThat(partialHours(workload + "2\n", rows("2", "3"))).isEmpty();
        assertThat(partialHours(workload + "2\n", rows("2"))).hasSize(10);
    }

    /** It had one until the sixth hour. */
    @Test
    void before_it_was_resized_a_machine_had_fewer() {
        String inventory = "resource_id,kind,provider,machine_type\na,instance,aws,g5.12xlarge\n";
        bill = new FocusCsv();
        for (int hour = 0; hour < 10; hour++) {
            bill.row(
                    "ResourceId=a",
                    "ChargePeriodStart=2026-06-01T0" + hour + ":00:00Z",
                    "ChargePeriodEnd=2026-06-01T" + (hour == 9 ? "10" : "0" + (hour + 1)) + ":00:00Z",
                    "SkuMeter=BoxUsage:" + (hour < 6 ? "g5.xlarge" : "g5.12xlarge"));
        }
        Stream<String> others = Stream.of("1", "2", "3").flatMap(part -> rows("gpu_utilization", part, 6, 9));
        assertThat(partialHours(inventory, Stream.concat(rows("0"), others))).containsExactly(9L);
    }

    @Test
    void a_workload_has_not_all_cards_of_its_node_though_it_says_which_they_are() {
        String workload = "resource_id,kind,provider,machine_type,accelerator\na,gpu_workload,aws,g5.12xlarge,A10G\n";
        try (TestStore store = store(workload, rows("2"))) {
            assertThat(store.locked()
                            .select("SELECT accelerator_count FROM resources WHERE accelerator_count IS NOT NULL")
                            .rows())
                    .isEmpty();
        }
    }
}
