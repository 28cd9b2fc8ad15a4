package io.aiaudit.collect.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RequestedOnceTest {
    private final RequestedOnce requested = new RequestedOnce();
    private final AtomicInteger requests = new AtomicInteger();

    private String ask(String what) {
        return requested.of(String.class, List.of(what), () -> what + requests.incrementAndGet());
    }

    @Test
    void what_several_need_is_requested_once() {
        assertThat(ask("types")).isEqualTo("types1");
        assertThat(ask("types")).isEqualTo("types1");
        assertThat(ask("metrics")).isEqualTo("metrics2");
    }

    @Test
    void what_failed_is_requested_again() {
        assertThatThrownBy(() -> requested.of(String.class, List.of("types"), () -> {
                    throw new IllegalStateException("not well");
                }))
                .hasMessage("not well");
        assertThat(ask("types")).isEqualTo("types1");
    }
}
