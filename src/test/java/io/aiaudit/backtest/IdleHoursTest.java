package io.aiaudit.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The goal for idle accelerators, on production data: at least 0.95 of the hours called idle are, and at least 0.65 of
 * the idle ones are found.
 */
@Tag("backtest")
class IdleHoursTest {
    @Test
    void idle_accelerators_are_found_on_hourly_mean_and_maximum_and_on_the_mean_alone() throws IOException {
        IdleHours hours = new IdleHours();
        Map<IdleHours.Sight, IdleHours.Result> results = hours.results();
        results.forEach((sight, result) -> {
            assertThat(result.precision()).as(sight + " precision").isGreaterThanOrEqualTo(0.95);
            assertThat(result.recall()).as(sight + " recall").isGreaterThanOrEqualTo(0.65);
        });
        assertThat(results.get(IdleHours.Sight.MEAN_AND_MAXIMUM)).isEqualTo(hours.maximumAtMost(0.1));
        assertThat(results.get(IdleHours.Sight.MEAN)).isEqualTo(hours.meanAtMost(0.002));
    }
}
