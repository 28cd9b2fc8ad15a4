package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    @Test
    void a_double_has_six_digits_and_what_arithmetic_leaves_of_zero_is_zero() {
        assertThat(Evidence.of("share", 0.123456789)).isEqualTo(new BigDecimal("0.123457"));
        assertThat(Evidence.of("share", 7.22211e-16)).isEqualTo(BigDecimal.ZERO);
        assertThat(Evidence.of("share", -7.22211e-16)).isEqualTo(BigDecimal.ZERO);
        assertThat(Evidence.of("price_of_a_token", 3.7e-8)).isEqualTo(new BigDecimal("3.7E-8"));
        assertThat(Evidence.of("signals", List.of(Map.of("share", 1e-13))))
                .isEqualTo(List.of(Map.of("share", BigDecimal.ZERO)));
    }
}
