package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hours of a usage file that lack some of their rows. */
@Slow
class PartlyMeasuredHoursTest {
    @TempDir
    private Path folder;

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
        try (TestStore store = UsageFiles.read(folder, "resource_id,kind\na,instance\n", usage)) {
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
            try (TestStore store = UsageFiles.read(folder, "resource_id,kind\na,instance\n", usage, zeros)) {
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

    /** A row without average, maximum and total says of its time that it was not measured. */
    @Test
    void a_row_without_a_value_leaves_its_hour_measured_in_part_with_a_warning() {
        String zeroOfEachHour = everyFiveMinutes("requests", ",,", 60, "").replaceAll("(:00:00Z,,,)", "$10");
        for (String[] zeros : List.of(new String[0], new String[] {"requests"})) {
            try (TestStore store = UsageFiles.read(folder, "resource_id,kind\na,instance\n", zeroOfEachHour, zeros)) {
                assertThat(store.locked().select("FROM partial_hours").rows()).hasSize(10);
                assertThat(store.scan().warnings())
                        .contains("requests of a: in 10 hours some rows have no average, maximum or total, as at"
                                + " 2026-06-01 00:05. These hours are not measured. Export the values, or write 0 where"
                                + " nothing came.");
            }
        }
        String cards = every(60, "gpu_utilization", "0", "1", "2");
        assertThat(partialHoursOf(cards.replaceAll("0.1,2", ",2")))
                .as("a card without values")
                .hasSize(10);
        assertThat(partialHoursOf(cards.replaceAll("T05:00:00Z,0.1,2", "T05:00:00Z,,2")))
                .containsExactly("2026-06-01 05:00:00");
    }

    @Test
    void a_row_without_a_value_beside_one_of_the_same_time_that_has_it_loses_nothing() {
        assertThat(partialHoursOf(every(5, "requests", "").replaceAll("(.*,)0.1,", "$0\n$1,")))
                .isEmpty();
        assertThat(partialHoursOf("""
                        resource_id,metric,hour,total,request_hash
                        a,requests,2026-06-01T05:00:00Z,,x
                        a,requests,2026-06-01T05:10:00Z,,
                        a,requests,2026-06-01T05:20:00Z,1,y
                        """)).as("a log of single requests").isEmpty();
    }

    @Test
    void an_hour_without_any_value_is_a_missing_hour() {
        String usage = every(60, "memory_used_gib", "").replaceAll("(T0[5-9]:00:00Z,)0.1", "$1");
        try (TestStore store = UsageFiles.read(folder, "resource_id,kind\na,instance\n", usage)) {
            assertThat(UsageFiles.metrics(store)).hasSize(5);
            assertThat(store.locked().select("FROM partial_hours").rows()).isEmpty();
        }
        String requests = every(60, "requests", "").replaceAll("(T0[5-8]:00:00Z,)0.1", "$1");
        try (TestStore store = UsageFiles.read(folder, "resource_id,kind\na,instance\n", requests, "requests")) {
            assertThat(UsageFiles.metrics(store)).as("not zero").hasSize(6);
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
}
