package io.aiaudit.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.DailyUse;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.SampleFindings;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricCurveTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 6, 1);

    @Test
    void a_day_without_a_point_is_a_gap_and_a_share_is_read_against_the_whole() {
        Map<String, Object> curve = curve("gpu_utilization", Optional.empty(), 0.5, null, 0.25);
        assertThat(curve.get("lines").toString()).contains("M0 100V50h1V100zM2 100V75h1V100z");
        assertThat(curve)
                .containsEntry("words", "Peak 50 %, on 2026-06-01; average 37.5 %. No data on 1 day.")
                .containsEntry("peak", "peak")
                .containsEntry("top", "100 %")
                .containsEntry("last", "2026-06-03");
    }

    @Test
    void the_line_of_the_decision_is_in_the_picture_even_above_every_value() {
        Map<String, Object> curve =
                curve("requests", Optional.of(new DecisionMark(100, "what one instance carries")), 10.0, 20.0);
        assertThat(curve.get("lines").toString()).contains("<path class=\"mark\" d=\"M0 7.4h2\"/>");
        assertThat(curve).containsEntry("line", "what one instance carries").containsEntry("flat", false);
        assertThat(curve).containsEntry("words", "Busiest hour 20, on 2026-06-02; average 15.");
    }

    @Test
    void nothing_on_every_day_is_reported_and_no_point_at_all_is_no_curve() {
        assertThat(curve("requests", Optional.empty(), 0.0, 0.0))
                .containsEntry("flat", true)
                .containsEntry("words", "Zero on every day that was measured.");
        assertThat(curve("requests", Optional.empty(), null, null)).isNull();
    }

    private static Map<String, Object> curve(String metric, Optional<DecisionMark> mark, Double... values) {
        List<Double> days = Arrays.asList(values);
        return MetricCurve.of(metric, new DailyUse(days, days), FIRST, mark);
    }

    @Test
    void evidence_draws_what_the_target_carries_and_where_another_way_is_as_cheap() {
        assertThat(mark("throughput_utilization", Map.of("units", 2, "units_needed", 1)))
                .contains(new DecisionMark(0.5, "what 1 of the 2 units can carry"));
        assertThat(mark("requests", Map.of("break_even_requests_a_month", 7300)))
                .contains(new DecisionMark(10, "break-even: serverless is cheaper below 7,300 requests a month"));
        assertThat(mark("requests", Map.of("requests_by_machine", 100.5, "fewest_needed", 2)))
                .contains(new DecisionMark(201, "what the smallest number of instances (2) carries"));
        assertThat(mark("gpu_memory_used_gib", Map.of("target_memory_gib", 48)))
                .contains(new DecisionMark(48, "memory of one target GPU, 48 GiB"));
        assertThat(mark("gpu_utilization", Map.of("slowdown", 0.9))).isEmpty();
        assertThat(DecisionMark.headroom(
                        "gpu_memory_used_gib", SampleAudit.rich().resources().get(0)))
                .contains(new DecisionMark(24, "memory of one GPU, 24 GiB"));
        assertThat(DecisionMark.events(Map.of("last_work", "2026-06-25T06:00:00Z", "units", 1)))
                .containsExactly("Last work: 2026-06-25.");
    }

    private static Optional<DecisionMark> mark(String metric, Map<String, Object> evidence) {
        AuditedFinding finding =
                SampleFindings.withEvidence(SampleFindings.all().get(0), evidence);
        return DecisionMark.of(metric, finding);
    }
}
