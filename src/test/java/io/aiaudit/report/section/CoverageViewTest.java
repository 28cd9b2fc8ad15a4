package io.aiaudit.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit.NotAssessed;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoverageViewTest {
    private static NotAssessed metric(String fix) {
        return new NotAssessed("gpu_utilization", "metric", BigDecimal.TEN, 1, List.of(), fix, List.of("i-1"));
    }

    @Test
    void a_metric_that_lacks_hours_is_not_missing() {
        assertThat(CoverageView.missing(metric(NotAssessed.MISSING_HOURS + "gpu_utilization: export it.")))
                .isEqualTo("Too few hours of the gpu_utilization metric");
        assertThat(CoverageView.missing(metric("Add the metric gpu_utilization: export it.")))
                .isEqualTo("No gpu_utilization metric");
    }
}
