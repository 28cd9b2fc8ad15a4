package io.aiaudit.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the rules claim against what came after, on recorded load; writes docs/accuracy.md. Run by {@code ./mvnw
 * -Pbacktest verify}.
 */
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
    void without_an_answer_on_latency_no_endpoint_counts() {
        assertThat(tests.unanswered().found()).isEqualTo(tests.calibration().found());
        assertThat(tests.unanswered().claimed()).isZero();
    }

    @Test
    void what_was_quiet_for_two_weeks_saves_most_of_the_next_month_but_may_come_back() {
        double after = 14.0 - Advised.QUIET_BEFORE_ADVICE;
        assertThat(tests.abandoned().quiet(after, 30)).isBetween(0.8, 1.1);
        assertThat(tests.abandoned().stays(after, 7)).isBetween(0.8, 0.9);
        assertThat(tests.pauses()).extracting(Pauses.After::stayed).allMatch(stayed -> stayed < 0.9);
    }

    @Test
    void no_disk_without_a_machine_was_used_again() {
        assertThat(tests.orphaned().lasting(30)).isGreaterThan(40);
        assertThat(tests.orphaned().stays(0, 365)).isEqualTo(1);
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
        assertThat(tests.proved().realised() / tests.proved().claimed()).isBetween(0.9, 1.1);
    }

    @Test
    void nor_is_it_on_days_that_neither_found_nor_proved_it() {
        assertThat(tests.unseen().found()).isGreaterThan(tests.proved().found());
        assertThat(tests.unseen().shortShare()).isLessThanOrEqualTo(0.01);
        assertThat(tests.unseen().realised() / tests.unseen().claimed()).isBetween(0.9, 1.1);
    }

    @Test
    void nor_is_an_endpoint_that_rests_by_a_schedule() {
        assertThat(tests.offHours().found()).isPositive();
        assertThat(tests.offHours().shortShare()).isLessThanOrEqualTo(0.01);
        assertThat(tests.offHours().realised() / tests.offHours().claimed()).isBetween(0.9, 1.1);
    }

    @Test
    void an_endpoint_that_scales_saves_what_was_claimed_and_is_hardly_ever_short() {
        assertThat(tests.scaled()).hasSize(3).allSatisfy(result -> {
            assertThat(result.found()).isGreaterThan(50);
            assertThat(result.realisedShare()).isBetween(0.9, 1.1);
            assertThat(result.shortShare()).isLessThanOrEqualTo(0.01);
            assertThat((double) result.atLeastLow() / result.found()).isGreaterThanOrEqualTo(0.9);
        });
    }

    @Test
    void an_autoscaler_that_follows_requests_instead_saves_what_was_claimed_and_is_hardly_ever_short() {
        assertThat(tests.signals()).hasSize(3).allSatisfy(result -> {
            assertThat(result.found()).isGreaterThan(50);
            assertThat(result.realisedShare()).isBetween(0.9, 1.1);
            assertThat(result.shortShare()).isLessThanOrEqualTo(0.01);
        });
    }

    @Test
    void an_hour_of_work_without_a_request_needs_what_ran_so_that_less_is_claimed_than_is_realised() {
        assertThat(tests.constantSignals()).hasSize(3).allSatisfy(result -> {
            assertThat(result.found()).isPositive();
            assertThat(result.realisedShare()).isGreaterThanOrEqualTo(0.9);
            assertThat(result.shortShare()).isLessThanOrEqualTo(0.01);
        });
    }

    @Test
    void a_store_of_responses_hits_at_least_as_often_as_was_counted() {
        assertThat(tests.responses()).hasSize(3).allSatisfy(result -> {
            assertThat(result.counted()).isPositive();
            assertThat(result.replayed()).isGreaterThanOrEqualTo(result.counted());
        });
    }

    @Test
    void fewer_instances_keep_95_of_100_requests_within_the_target() {
        assertThat(tests.headroom()).hasSize(3).allSatisfy(result -> {
            assertThat(result.found()).isGreaterThan(5);
            assertThat(result.left()).isLessThan(0.6);
            assertThat(result.slow()).isLessThanOrEqualTo(0.05);
        });
    }

    @Test
    void a_server_as_it_was_measured_is_hardly_ever_slower_than_expected_at_a_higher_load() {
        assertThat(tests.measuredServers())
                .hasSize(4)
                .allSatisfy(result -> assertThat(result.slower()).isLessThanOrEqualTo(result.servers() / 100));
        assertThat(tests.measuredServers())
                .filteredOn(result -> result.after() <= 0.4)
                .hasSize(3)
                .allSatisfy(result -> assertThat(result.lowest()).isGreaterThanOrEqualTo(0.9));
    }

    @Test
    void a_card_that_small_models_share_is_hardly_ever_full() {
        assertThat(tests.shared()).hasSize(3).allSatisfy(result -> {
            assertThat(result.groups()).isGreaterThan(10);
            assertThat(result.fullShare()).isLessThanOrEqualTo(0.01);
        });
    }

    @Test
    void no_target_runs_out_of_memory() {
        assertThat(tests.resized()).hasSize(4);
        tests.resized().forEach((sight, result) -> {
            // Without a measure of the cache all memory that was taken in advance counts as needed.
            assertThat(result.found() > 0).isEqualTo(sight != Sizes.Sight.TAKEN_WITH_SIZE);
            assertThat(result.outOfMemory()).isZero();
            assertThat(result.cacheTooSmall()).isZero();
            assertThat(result.tooSlow()).isZero();
        });
    }

    @Test
    void a_reported_share_of_repeating_prompts_holds_and_the_claim_has_the_right_sign() {
        assertThat(tests.caches()).hasSize(3).allSatisfy(result -> {
            assertThat(Math.abs(result.reported() - result.replayed())).isLessThanOrEqualTo(0.05);
            assertThat(result.claimed() > 0).isEqualTo(result.realised() > 0);
            assertThat(result.realised()).isLessThanOrEqualTo(result.high());
        });
        assertThat(tests.caches())
                .filteredOn(result -> result.claimed() > 0)
                .hasSize(2)
                .allSatisfy(result -> assertThat(result.realised()).isGreaterThanOrEqualTo(result.low()));
    }

    @Test
    void what_is_routed_loses_at_most_one_in_a_hundred_answers() {
        assertThat(tests.routes()).hasSize(2).allSatisfy(result -> {
            assertThat(result.loss()).isLessThanOrEqualTo(0.01);
            assertThat(result.cost()).isPositive();
        });
    }

    @Test
    void a_commitment_for_what_the_first_week_always_needed_pays_in_the_second() {
        assertThat(tests.commitments()).hasSize(3).allSatisfy(result -> {
            assertThat(result.claimed()).isPositive();
            assertThat(result.realised() / result.claimed()).isBetween(0.8, 1.1);
            assertThat(result.realised()).isGreaterThanOrEqualTo(result.low());
            assertThat(result.idleShare()).isLessThanOrEqualTo(0.02);
        });
    }

    @Test
    void a_step_of_cost_is_rare_lasts_and_is_found_where_it_was_put() {
        SpendSteps.Result steps = tests.spendSteps();
        assertThat(steps.steps()).isPositive().isLessThanOrEqualTo(steps.windows() / 200);
        assertThat(steps.lasted()).isGreaterThanOrEqualTo(0.8);
        assertThat(steps.found()).isGreaterThanOrEqualTo(0.9);
        assertThat(steps.reported()).isLessThanOrEqualTo(0.05);
    }
}
