package io.aiaudit.collect.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RenewalsTest {
    private static final Instant TAKEN = Instant.parse("2026-06-01T00:00:00Z");

    private final Renewals renewals = new Renewals();

    @Test
    void a_request_with_an_older_token_than_the_present_one_renews_nothing() {
        assertThat(renewals.isDue(TAKEN, TAKEN.minusSeconds(1))).isFalse();
        assertThat(renewals.isDue(TAKEN, TAKEN.plusSeconds(1))).isTrue();
    }

    @Test
    void a_login_that_was_revoked_is_not_renewed_with_each_request() {
        assertThat(IntStream.range(0, 1000).filter(request -> renewals.isDue(TAKEN, TAKEN.plusSeconds(request))))
                .hasSize(20);
    }
}
