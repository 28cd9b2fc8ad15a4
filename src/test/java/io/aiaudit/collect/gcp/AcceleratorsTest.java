package io.aiaudit.collect.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class AcceleratorsTest {
    @Test
    void machine_types_have_theirs_and_others_have_none() {
        assertThat(Accelerators.ofType("a3-ultragpu-8g"))
                .contains(new Accelerators("H200", new BigDecimal("8"), new BigDecimal("141")));
        assertThat(Accelerators.ofType("G2-Standard-24"))
                .contains(new Accelerators("L4", new BigDecimal("2"), new BigDecimal("24")));
        assertThat(Accelerators.ofType("n1-standard-8")).isEmpty();
        assertThat(Accelerators.ofType(null)).isEmpty();
    }

    @Test
    void attached_ones_are_reported_in_both_spellings_and_unknown_ones_keep_their_name() {
        Accelerators t4 = new Accelerators("T4", new BigDecimal("2"), new BigDecimal("16"));
        assertThat(Accelerators.attached("nvidia-tesla-t4", new BigDecimal("2")))
                .isEqualTo(t4);
        assertThat(Accelerators.attached("NVIDIA_TESLA_T4", new BigDecimal("2")))
                .isEqualTo(t4);
        assertThat(Accelerators.attached("nvidia-x-9000", BigDecimal.ONE))
                .isEqualTo(new Accelerators("nvidia-x-9000", BigDecimal.ONE, null));
    }
}
