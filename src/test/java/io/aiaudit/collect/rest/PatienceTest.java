package io.aiaudit.collect.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final Duration OWN = Duration.ofMillis(500);
    private static final RestAnswer BUSY = new RestAnswer(429, Map.of("Retry-After", "50"), "");

    private final Patience patience = new Patience(Retry.USUAL);

    @Test
    void all_waits_of_a_request_together_are_two_minutes_at_most() {
        assertThat(patience.failed(BUSY, OWN)).contains(Duration.ofSeconds(50));
        assertThat(patience.failed(BUSY, OWN)).contains(Duration.ofSeconds(50));
        assertThat(patience.failed(BUSY, OWN)).isEmpty();
    }

    @Test
    void a_service_that_is_silent_for_a_minute_has_a_second_try_and_no_third() {
        patience.waitedInVain(Duration.ofMinutes(1));
        assertThat(patience.failed(OWN)).contains(OWN);
        patience.waitedInVain(Duration.ofMinutes(1));
        assertThat(patience.failed(OWN)).isEmpty();
    }

    @Test
    void what_breaks_off_at_once_is_tried_five_times_and_a_refusal_once() {
        for (int tries = 1; tries < 5; tries++) {
            assertThat(patience.failed(OWN)).contains(OWN);
        }
        assertThat(patience.failed(OWN)).isEmpty();
        assertThat(new Patience(Retry.USUAL).failed(new RestAnswer(403, Map.of(), ""), OWN))
                .isEmpty();
    }
}
