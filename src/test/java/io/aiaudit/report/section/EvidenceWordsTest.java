package io.aiaudit.report.section;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EvidenceWordsTest {
    @Test
    void shares_are_percent_numbers_are_short_and_what_is_unknown_is_left_out() {
        Map<String, Object> evidence = new LinkedHashMap<>();
        evidence.put("mean_share", 0.109207);
        evidence.put("commitment_unused_share", 7.22211e-16);
        evidence.put("instances_needed", 1.12142);
        evidence.put("requests_a_month", 1200487.3);
        evidence.put("machine_type", "g5.xlarge");
        evidence.put("bits_are_told", true);
        evidence.put("hours_seen", 720);
        evidence.put("last_work", null);
        evidence.put("retention_days", "");
        evidence.put("read_share", 0.07485);
        evidence.put("last_call", "2026-06-25T06:00:00Z");
        evidence.put("peak_gib", 2.25);
        evidence.put("busiest_hours", List.of(1, 2));
        evidence.put(
                "replayed_signals",
                List.of(
                        new TreeMap<>(Map.of("signal", "queue_depth", "short_hours", 0)),
                        Map.of("signal", "cpu_utilization")));
        assertThat(EvidenceWords.of(evidence))
                .containsExactly(
                        entry("average use", "11 %"),
                        entry("unused share of commitments", "0 %"),
                        entry("instances needed", "1.12"),
                        entry("requests a month", "1,200,487"),
                        entry("instance type", "g5.xlarge"),
                        entry("precision is known", "yes"),
                        entry("hours measured", "720"),
                        entry("share read from the cache", "7.5 %"),
                        entry("last call", "2026-06-25 06:00 UTC"),
                        entry("peak memory (GiB)", "2.25"),
                        entry("busiest hours of the day", "1, 2"),
                        entry("replayed signals", "Queue depth: hours short of instances 0; CPU utilization"));
    }

    @Test
    void ratios_of_prices_are_percent_and_small_numbers_have_no_digits_that_mean_nothing() {
        assertThat(EvidenceWords.of(Map.of("price_ratio", 0.02938)))
                .containsExactly(entry("proposed price / current price", "2.9 %"));
        assertThat(EvidenceWords.of(Map.of("spot_ratio", 1.25)))
                .containsExactly(entry("spot price / on-demand price", "125 %"));
        assertThat(EvidenceWords.of(Map.of("busy_accelerators", 0.0001667)))
                .containsExactly(entry("accelerators busy on average", "< 0.01"));
        assertThat(EvidenceWords.of(Map.of("instances_needed", 0.7629)))
                .containsExactly(entry("instances needed", "0.76"));
    }

    /** The JSON of an audit has 1 for 1.0, so that it comes back as another type. */
    @Test
    void a_whole_number_is_the_same_words_of_whatever_type_it_is() {
        for (String column : List.of("mean_share", "read_share", "busiest_hour", "hours_seen", "requests_a_month")) {
            for (int number : List.of(-1, 0, 1, 2, 999, 1000, 1234567)) {
                assertThat(EvidenceWords.of(Map.of(column, number)))
                        .as(column)
                        .isEqualTo(EvidenceWords.of(Map.of(column, (double) number)))
                        .isEqualTo(EvidenceWords.of(Map.of(column, (long) number)));
            }
        }
        assertThat(EvidenceWords.of(Map.of("mean_share", 1))).containsExactly(entry("average use", "100 %"));
        assertThat(EvidenceWords.of(Map.of("read_share", 0)))
                .containsExactly(entry("share read from the cache", "0 %"));
    }

    @Test
    void what_only_looks_like_a_time_is_shown_as_it_is() {
        assertThat(EvidenceWords.of(Map.of("last_call", "2026-99-25T06:00:00Z")))
                .containsExactly(entry("last call", "2026-99-25T06:00:00Z"));
    }
}
