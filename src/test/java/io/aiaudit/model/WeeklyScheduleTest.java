package io.aiaudit.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeeklyScheduleTest {
    /** 1 June 2026 is a Monday. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mon-Fri 07-19 UTC | 2026-06-01T07:00:00Z | true",
                "Mon-Fri 07-19 UTC | 2026-06-01T19:00:00Z | false",
                "Mon-Fri 07-19 UTC | 2026-06-06T08:00:00Z | false",
                "Mon-Fri 07-19 Europe/Berlin | 2026-06-01T05:00:00Z | true",
                "Mon-Fri 07-19 Europe/Berlin | 2026-06-01T04:00:00Z | false",
                "Mon,Wed 00-24 UTC | 2026-06-03T23:00:00Z | true",
                "Mon,Wed 00-24 UTC | 2026-06-02T12:00:00Z | false",
                "Sun 10-24 UTC | 2026-06-07T10:00:00Z | true",
                "Mon-Fri 21-02+1 UTC | 2026-06-06T01:00:00Z | true",
                "Mon-Fri 21-02+1 UTC | 2026-06-06T02:00:00Z | false",
                "Mon-Fri 21-02+1 UTC | 2026-06-01T01:00:00Z | false",
                "Mon-Fri 21-02+1 UTC | 2026-06-01T21:00:00Z | true",
                "Mon-Fri 21-02+1 UTC | 2026-06-06T21:00:00Z | false",
                "daily 00-02,22-24 Asia/Kathmandu | 2026-06-01T17:00:00Z | true",
                "daily 00-02,22-24 Asia/Kathmandu | 2026-06-01T12:00:00Z | false"
            })
    void shows_whether_an_hour_is_kept(String target, Instant hour, boolean on) {
        assertThat(WeeklySchedule.parse(target).orElseThrow().isOn(hour)).isEqualTo(on);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "g5.xlarge",
                "Mon-Fri 7-19 UTC",
                "Mon-Foo 07-19 UTC",
                "Mon-Fri 07-19 Nowhere",
                "Fri-Mon 07-19 UTC",
                ""
            })
    void other_targets_are_no_schedule(String target) {
        assertThat(WeeklySchedule.parse(target)).isEmpty();
    }

    @Test
    void no_target_is_no_schedule() {
        assertThat(WeeklySchedule.parse(null)).isEmpty();
    }
}
