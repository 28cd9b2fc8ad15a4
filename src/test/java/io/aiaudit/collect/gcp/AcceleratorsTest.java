package io.aiaudit.collect.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** As 'gcloud compute machine-types list' has them; of A4X and v5p as Google's pages on them do. */
    @ParameterizedTest
    @CsvSource({
        "a2-highgpu-8g, 96",
        "a2-megagpu-16g, 96",
        "a3-edgegpu-8g, 208",
        "a3-edgegpu-8g-nolssd, 208",
        "a3-highgpu-1g, 26",
        "a3-highgpu-2g-nolssd, 52",
        "a3-highgpu-4g, 104",
        "a3-megagpu-8g, 208",
        "a3-ultragpu-8g-nolssd, 224",
        "a4-highgpu-8g, 224",
        "a4x-highgpu-4g, 140",
        "a4x-maxgpu-4g-metal, 144",
        "ct5lp-hightpu-1t, 24",
        "ct5l-hightpu-8t, 224",
        "ct5p-hightpu-4t, 208",
        "ct5p-hightpu-4t-tpu, 208",
        "ct6e-standard-1t, 44",
        "ct6e-standard-4t, 180",
    })
    void machine_types_have_the_processors_that_google_documents(String type, BigDecimal processors) {
        assertThat(MachineShape.coresOf(type)).isEqualByComparingTo(processors);
    }

    /** Of the last one Google's pages have 180, and the list of machine types 360. */
    @ParameterizedTest
    @ValueSource(strings = {"ct5p-hightpu-1t", "ct5p-hightpu-2t-tpu", "ct6e-standard-8t"})
    void processors_that_are_not_documented_or_twice_are_unknown(String type) {
        assertThat(Accelerators.ofType(type)).isPresent();
        assertThat(MachineShape.coresOf(type)).isNull();
    }

    /** Compute Engine lists no accelerators of a TPU beside its type. */
    @Test
    void tpus_of_a_type_that_is_not_listed_are_some_of_an_unknown_number() {
        assertThat(Accelerators.ofType("tpu7x-standard-4t"))
                .contains(new Accelerators("TPU7x", new BigDecimal("4"), new BigDecimal("192")));
        assertThat(Accelerators.ofType("tpu8i-standard-4t")).contains(new Accelerators("TPU", null, null));
        assertThat(Accelerators.ofType("ct9x-hightpu-4t")).contains(new Accelerators("TPU", null, null));
        assertThat(Accelerators.ofType("c4-standard-4")).isEmpty();
        assertThat(Accelerators.ofType("custom-4-8192")).isEmpty();
    }

    @Test
    void attached_ones_without_a_type_are_some_of_an_unknown_one() throws Exception {
        assertThat(Accelerators.first(new ObjectMapper().readTree("[{\"count\": 2}]"), "/type", "/count"))
                .contains(new Accelerators(null, new BigDecimal("2"), null));
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
