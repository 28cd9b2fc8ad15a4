package io.aiaudit.collect.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.ClientAuthenticationException;
import io.aiaudit.model.UserError;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class AzureTokensTest {
    private static final String NOTHING_THERE = "EnvironmentCredential authentication unavailable.";

    /** The chain says the same where a login was revoked and where there never was one. */
    @Test
    void a_login_that_ends_midway_is_not_reported_as_one_that_was_never_there() {
        AtomicInteger issued = new AtomicInteger();
        TokenCredential once = request -> issued.getAndIncrement() == 0
                ? Mono.just(
                        new AccessToken("t", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)))
                : Mono.error(new ClientAuthenticationException(NOTHING_THERE, null));
        AzureTokens tokens = new AzureTokens(() -> once, null);
        assertThat(tokens.of("https://a")).isEqualTo("t");
        assertThatThrownBy(() -> tokens.of("https://b")).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.problem()).contains("was revoked or has ended");
            assertThat(error.fix()).isEqualTo("Log in again: az login");
        });
    }

    @Test
    void a_login_that_never_was_there_is_left_to_the_cause() {
        TokenCredential none = request -> Mono.error(new ClientAuthenticationException(NOTHING_THERE, null));
        assertThatThrownBy(() -> new AzureTokens(() -> none, null).of("https://a"))
                .isInstanceOf(ClientAuthenticationException.class);
    }
}
