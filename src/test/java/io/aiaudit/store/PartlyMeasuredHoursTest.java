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
    private static final PartialHours ALL = PartialHours.of('a');

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

    private static PartialHours.Usage usage(String rows) {
        return ALL.of("resource_id,kind\na,instance\n", rows);
    }

    private static final List<PartialHours.Usage> ONE_TIME_LOST = Stream.of(
                    "requests", "gpu_utilization", "gpu_memory_used_gib", "latency_ms")
            .map(metric -> usage(everyFiveMinutes(metric, "0.1,0.2,", 30, "0.5,0.6,")))
            .toList();

    private static final PartialHours.Usage NO_TIME_LOST = usage(everyFiveMinutes("requests", ",,0", 60, ""));

    @Test
    void an_hour_without_one_of_its_times_was_measured_in_part_whatever_the_others_show() {
        assertThat(NO_TIME_LOST.hours(folder)).isEmpty();
        assertThat(ONE_TIME_LOST)
                .allSatisfy(usage -> assertThat(usage.hours(folder)).containsExactly("2026-06-01 05:00:00"));
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

    private static final String CARDS = every(60, "gpu_utilization", "0", "1", "2");

    private static final PartialHours.Usage CARD_WITHOUT_VALUES = usage(CARDS.replaceAll("0.1,2", ",2"));
    private static final PartialHours.Usage CARD_WITHOUT_VALUE =
            usage(CARDS.replaceAll("T05:00:00Z,0.1,2", "T05:00:00Z,,2"));

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
        assertThat(CARD_WITHOUT_VALUES.hours(folder))
                .as("a card without values")
                .hasSize(10);
        assertThat(CARD_WITHOUT_VALUE.hours(folder)).containsExactly("2026-06-01 05:00:00");
    }

    private static final PartialHours.Usage VALUE_BESIDE =
            usage(every(5, "requests", "").replaceAll("(.*,)0.1,", "$0\n$1,"));
    private static final PartialHours.Usage LOG_OF_REQUESTS = usage("""
                        resource_id,metric,hour,total,request_hash
                        a,requests,2026-06-01T05:00:00Z,,x
                        a,requests,2026-06-01T05:10:00Z,,
                        a,requests,2026-06-01T05:20:00Z,1,y
                        """);

    @Test
    void a_row_without_a_value_beside_one_of_the_same_time_that_has_it_loses_nothing() {
        assertThat(VALUE_BESIDE.hours(folder)).isEmpty();
        assertThat(LOG_OF_REQUESTS.hours(folder)).as("a log of single requests").isEmpty();
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

    private static final String WHOLE = everyFiveMinutes("requests", ",,0", 60, "");

    private static final PartialHours.Usage CUT_ENDS = usage(without(WHOLE, "T00:00", "T00:05", "T09:55"));
    private static final PartialHours.Usage FIRST_HOUR_LACKS = usage(without(WHOLE, "T00:30"));
    private static final PartialHours.Usage LAST_HOUR_LACKS = usage(without(WHOLE, "T09:10"));

    @Test
    void the_ends_of_a_file_lack_only_what_lies_between_their_rows() {
        assertThat(CUT_ENDS.hours(folder)).isEmpty();
        assertThat(FIRST_HOUR_LACKS.hours(folder)).containsExactly("2026-06-01 00:00:00");
        assertThat(LAST_HOUR_LACKS.hours(folder)).containsExactly("2026-06-01 09:00:00");
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

    private static final PartialHours.Usage MEMORY_LACKS_A_MINUTE =
            usage(without(every(5, "gpu_memory_used_gib", ""), ":25:"));
    private static final PartialHours.Usage REQUESTS_LACK_A_QUARTER = usage(without(every(15, "requests", ""), ":45:"));
    private static final PartialHours.Usage LATENCY_LACKS_A_THIRD = usage(without(every(20, "latency_ms", ""), ":20:"));
    private static final PartialHours.Usage A_CARD_LACKS_A_MINUTE =
            usage(without(every(5, "gpu_utilization", "0", "1"), ":10:00Z,0.1,1"));
    private static final PartialHours.Usage SEVEN_MINUTES = usage(every(7, "cpu_utilization", ""));
    private static final PartialHours.Usage TEN_MINUTES = usage(every(10, "gpu_memory_used_gib", ""));
    private static final PartialHours.Usage HALF_HOURS = usage(every(30, "requests", ""));
    private static final PartialHours.Usage WHOLE_HOURS = usage(every(60, "requests", ""));

    /** The same minute may be lost in every hour; nothing is known of what one row an hour or any step lacks. */
    @Test
    void the_step_between_rows_shows_what_every_hour_lacks() {
        assertThat(MEMORY_LACKS_A_MINUTE.hours(folder)).hasSize(10);
        assertThat(REQUESTS_LACK_A_QUARTER.hours(folder)).hasSize(9);
        assertThat(LATENCY_LACKS_A_THIRD.hours(folder)).hasSize(10);
        assertThat(A_CARD_LACKS_A_MINUTE.hours(folder)).hasSize(10);
        assertThat(SEVEN_MINUTES.hours(folder)).doesNotContain("2026-06-01 01:00:00");
        assertThat(TEN_MINUTES.hours(folder)).isEmpty();
        assertThat(HALF_HOURS.hours(folder)).isEmpty();
        assertThat(WHOLE_HOURS.hours(folder)).isEmpty();
    }

    private static final String EIGHT = every(60, "gpu_utilization", "0", "1", "2", "3", "4", "5", "6", "7");

    private static final PartialHours.Usage ALL_EIGHT = usage(EIGHT);
    private static final PartialHours.Usage SEVEN_OF_EIGHT = usage(without(EIGHT, "T05:00:00Z,0.1,7"));
    private static final PartialHours.Usage AN_HOUR_WITHOUT_ROWS =
            usage(without(every(5, "requests", "x", "y"), "T05:"));
    private static final PartialHours.Usage ANOTHER_NAME_FOR_BOTH =
            usage(without(every(5, "gpu_memory_used_gib", "0", "1").replaceAll("(T05.*),1", "$1,x"), "x"));
    private static final PartialHours.Usage PART_ENDS =
            usage(without(every(60, "requests", "x", "y"), "T08:00:00Z,0.1,y", "T09:00:00Z,0.1,y"));
    private static final PartialHours.Usage ONE_PART_FOR_ANOTHER =
            usage(every(60, "gpu_utilization", "x").replaceAll("(T05.*),x", "$1,y"));

    @Test
    void an_hour_without_one_of_its_parts_was_measured_in_part_unless_another_is_there() {
        assertThat(ALL_EIGHT.hours(folder)).isEmpty();
        assertThat(SEVEN_OF_EIGHT.hours(folder)).containsExactly("2026-06-01 05:00:00");
        assertThat(AN_HOUR_WITHOUT_ROWS.hours(folder))
                .as("an hour without any row is no hour of the file")
                .isEmpty();
        assertThat(ANOTHER_NAME_FOR_BOTH.hours(folder)).containsExactly("2026-06-01 05:00:00");
        assertThat(PART_ENDS.hours(folder))
                .as("a part without rows at the end")
                .containsExactly("2026-06-01 08:00:00", "2026-06-01 09:00:00");
        assertThat(ONE_PART_FOR_ANOTHER.hours(folder))
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

    private static final PartialHours.Usage TWO_WITHOUT_MAXIMUM = usage(withMaxima(60, "(?!05|09).*"));
    private static final PartialHours.Usage ONE_ROW_WITHOUT_MAXIMUM = usage(withMaxima(5, "(?!05:25).*"));
    private static final PartialHours.Usage MOST_WITHOUT_MAXIMUM = usage(withMaxima(60, "0[03].*"));

    @Test
    void an_hour_without_the_maximum_that_its_series_has_was_measured_in_part() {
        assertThat(TWO_WITHOUT_MAXIMUM.hours(folder)).containsExactly("2026-06-01 05:00:00", "2026-06-01 09:00:00");
        assertThat(ONE_ROW_WITHOUT_MAXIMUM.hours(folder))
                .as("one row of twelve")
                .containsExactly("2026-06-01 05:00:00");
        assertThat(MOST_WITHOUT_MAXIMUM.hours(folder)).as("most of them").hasSize(8);
    }

    private static final PartialHours.Usage NO_MAXIMA = usage(withMaxima(60, "none"));
    private static final PartialHours.Usage ALL_MAXIMA = usage(withMaxima(60, ".*"));
    private static final PartialHours.Usage MAXIMA_SINCE_THREE = usage(withMaxima(60, "0[3-9].*"));
    private static final PartialHours.Usage MAXIMA_BY_THE_HOUR = usage(withMaxima(5, ".*:00"));
    private static final PartialHours.Usage COUNT_WITHOUT_MAXIMUM =
            usage(withMaxima(60, "(?!05).*").replace(",0.001,,", ",0.001,,3"));
    private static final PartialHours.Usage MAXIMUM_OF_ITS_OWN =
            usage(withMaxima(60, "(?!05).*") + "a,gpu_utilization,2026-06-01T05:00:00Z,,0.01,\n");

    @Test
    void what_never_had_maxima_or_not_yet_or_in_some_rows_of_each_hour_lost_none() {
        assertThat(NO_MAXIMA.hours(folder)).isEmpty();
        assertThat(ALL_MAXIMA.hours(folder)).isEmpty();
        assertThat(MAXIMA_SINCE_THREE.hours(folder))
                .as("the export has them since 03:00")
                .isEmpty();
        assertThat(MAXIMA_BY_THE_HOUR.hours(folder))
                .as("averages of five minutes, maxima of an hour")
                .isEmpty();
        assertThat(COUNT_WITHOUT_MAXIMUM.hours(folder))
                .as("a count needs no maximum")
                .isEmpty();
        assertThat(MAXIMUM_OF_ITS_OWN.hours(folder)).as("a row of its own").isEmpty();
    }

    private static String drifting() {
        StringBuilder rows = new StringBuilder("resource_id,metric,hour,total\n");
        for (int second = 40 * 60; second < 9 * 3600 + 600; second += 61) {
            rows.append("a,requests,")
                    .append(Instant.parse("2026-06-01T00:00:00Z").plusSeconds(second))
                    .append(",0\n");
        }
        return rows.toString();
    }

    private static final PartialHours.Usage DRIFTING = usage(drifting());

    @Test
    void a_clock_that_drifts_and_the_ends_of_a_file_lose_no_hour() {
        assertThat(DRIFTING.hours(folder)).isEmpty();
    }
}
