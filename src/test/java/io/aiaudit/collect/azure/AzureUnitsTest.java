package io.aiaudit.collect.azure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AzureUnitsTest {
    /** Azure has latencies in milliseconds and in seconds; a row that reads one has to convert it, and be tested. */
    @Test
    void no_latency_is_read_whose_unit_is_not_tested() {
        assertThat(AzureCollector.measures().all().values().stream().flatMap(metrics -> metrics.stream()))
                .isNotEmpty()
                .noneMatch(metric -> metric.endsWith("_ms"));
    }
}
