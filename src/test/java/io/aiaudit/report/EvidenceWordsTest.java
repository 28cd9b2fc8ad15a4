package io.aiaudit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvidenceWordsTest {
    @Test
    void shares_are_percent_numbers_are_short_and_what_is_unknown_is_left_out() {
        Map<String, Object> evidence = new LinkedHashMap<>();
        evidence.put("mean_share", 0.109207);
        evidence.put("commitment_unused_share", 7.22211e-16);
        evidence.put("instances_needed", 1.12142);
        evidence.put("bits_are_told", true);
        evidence.put("hours_seen", 720);
        evidence.put("last_work", null);
        assertThat(EvidenceWords.of(evidence))
                .containsExactly(
                        entry("mean share", "11 %"),
                        entry("commitment unused share", "0 %"),
                        entry("instances needed", "1.121"),
                        entry("bits are known", "true"),
                        entry("hours seen", "720"));
    }
}
