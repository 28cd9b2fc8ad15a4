package io.aiaudit.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the rules claim against what came after, on recorded load; writes docs/accuracy.md. Run by {@code ./mvnw -Pbacktest verify}. */
@Tag("backtest")
class AccuracyTest {
    private static Backtests tests;

    @BeforeAll
    static void replay() throws IOException {
        tests = Backtests.run();
        Files.writeString(Needs.projectFolder().resolve("docs/accuracy.md"), new AccuracyPage(tests).text());
    }

    @Test
    void an_endpoint_saves_about_what_was_claimed_and_most_of_what_was_there() {
        assertThat(tests.calibration().found()).isGreaterThan(50);
        assertThat(tests.calibration().realisedShare()).isBetween(0.8, 1.1);
        assertThat(tests.calibration().realised())
                .isBetween(tests.calibration().low(), tests.calibration().high());
        assertThat(tests.calibration().shareOfWhatWasThere()).isGreaterThanOrEqualTo(0.5);
    }

    @Test
    void nine_of_ten_endpoints_save_at_least_the_low_end_of_their_range() {
        assertThat((double) Endpoints.atLeastLow(tests.decisions())
                        / tests.decisions().size())
                .isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void nothing_is_deleted_or_stopped_that_comes_back() {
        assertThat(tests.decisions()).noneMatch(Endpoints.Decision::isDeletion);
        assertThat(tests.idle()).isEmpty();
    }

    @Test
    void a_schedule_is_short_in_at_most_one_percent_of_the_windows() {
        assertThat(tests.proved().found()).isPositive();
        assertThat(tests.proved().shortShare()).isLessThanOrEqualTo(0.01);
        assertThat(tests.proved().realised() / tests.proved().claimed()).isBetween(0.8, 1.1);
    }

    @Test
    void no_target_runs_out_of_memory() {
        assertThat(tests.resized()).hasSize(4);
        assertThat(tests.resized().values()).allSatisfy(result -> {
            assertThat(result.found()).isPositive();
            assertThat(result.outOfMemory()).isZero();
            assertThat(result.tooSlow()).isZero();
        });
    }
}
