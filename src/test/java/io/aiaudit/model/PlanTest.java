package io.aiaudit.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit.AuditedFinding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {
    private static final Range WORTH = range("80.00", "100.00", "110.00");

    @ParameterizedTest
    @CsvSource(
            nullValues = "absent",
            value = {
                "low,    none,                           none,              high,   now",
                "LOW,    ' None expected',               none; as before,   high,   now",
                "low,    none while nobody calls it,     none,              high,   now",
                "medium, none,                           none,              high,   next",
                "low,    minutes to start it,            none,              high,   next",
                "low,    none,                           keep the snapshot, high,   next",
                "low,    none,                           none,              medium, now",
                "low,    none,                           none,              low,    next",
                "medium, slower,                         none,              medium, next",
                "low,    slower,                         other region,      medium, next",
                "medium, slower,                         other region,      high,   later",
                "low,    slower,                         other region,      low,    later",
                "high,   none,                           none,              high,   later",
                "absent, none,                           none,              high,   next",
                "low,    absent,                         none,              high,   next",
                "low,    none,                           '',                high,   next",
                "low,    none,                           none,              absent, next",
                "low,    nonetheless slower,             none,              high,   next",
                "absent, absent,                         absent,            absent, later",
            })
    void the_step_is_decided_once(String effort, String speed, String compliance, String confidence, String expected) {
        AuditedFinding finding = finding(
                Status.COUNTED,
                Lever.RESIZE,
                confidence == null ? null : Confidence.valueOf(confidence.toUpperCase(java.util.Locale.ROOT)),
                new Remedy("Do it.", effort, speed, compliance, List.of()));
        PlannedFinding planned = PlannedFinding.of(finding, false).orElseThrow();
        assertThat(planned.step().key()).isEqualTo(expected);
        assertThat(planned.doubts().isEmpty()).isEqualTo(planned.step() == PlanStep.NOW);
    }

    @Test
    void what_is_unknown_is_shown_and_never_none() {
        AuditedFinding finding = finding(
                Status.COUNTED, Lever.RESIZE, Confidence.HIGH, new Remedy("Do it.", null, null, "none", List.of()));
        assertThat(PlannedFinding.of(finding, false).orElseThrow().doubts())
                .containsExactly("the unknown effort", "the unknown effect on speed");
    }

    @Test
    void a_promise_waits_until_everything_that_changes_what_is_promised_is_done() {
        Remedy easy = new Remedy("Do it.", "low", "none", "none", List.of());
        Remedy hard = new Remedy("Do it.", "high", "slower", "none", List.of());
        Plan plan = audit(
                        WORTH,
                        finding(Status.COUNTED, Lever.COMMIT, Confidence.HIGH, easy),
                        finding(Status.COUNTED, Lever.RESIZE, Confidence.HIGH, hard))
                .plan();
        assertThat(plan.stages()).extracting(Plan.Stage::step).containsExactly(PlanStep.LATER);
        assertThat(plan.inOrder())
                .extracting(planned -> planned.finding().lever())
                .containsExactly(Lever.RESIZE, Lever.COMMIT);
    }

    @Test
    void compliance_is_what_a_governance_finding_is_for() {
        Remedy remedy = new Remedy("Record it.", "low", "none", "the record starts here", List.of());
        PlannedFinding planned = PlannedFinding.of(finding(Status.GOVERN, Lever.GOVERN, Confidence.HIGH, remedy), false)
                .orElseThrow();
        assertThat(planned.step()).isEqualTo(PlanStep.NOW);
    }

    @Test
    void only_what_counts_is_added_up_and_the_last_sum_is_the_saving() {
        Remedy now = new Remedy("Do it.", "low", "none", "none", List.of());
        Remedy later = new Remedy("Do it.", "high", "slower", "none", List.of());
        List<AuditedFinding> findings = new ArrayList<>();
        findings.add(finding(Status.COUNTED, Lever.ELIMINATE, Confidence.HIGH, now));
        findings.add(finding(Status.COUNTED, Lever.RESIZE, Confidence.HIGH, later));
        findings.add(finding(Status.GOVERN, Lever.GOVERN, Confidence.HIGH, now));
        for (Status status : List.of(
                Status.ALTERNATIVE,
                Status.UNCONFIRMED,
                Status.BLOCKED,
                Status.ACCEPTED,
                Status.UNPRICED,
                Status.NO_SAVING)) {
            findings.add(finding(status, Lever.RESIZE, Confidence.HIGH, now));
        }
        List<Plan.Stage> stages = audit(WORTH.plus(WORTH), findings.toArray(AuditedFinding[]::new))
                .plan()
                .stages();
        assertThat(stages).extracting(Plan.Stage::step).containsExactly(PlanStep.NOW, PlanStep.LATER);
        assertThat(stages).extracting(stage -> stage.findings().size()).containsExactly(2, 1);
        assertThat(stages).extracting(Plan.Stage::saving).containsExactly(WORTH, WORTH);
        assertThat(stages).extracting(Plan.Stage::cumulative).containsExactly(WORTH, WORTH.plus(WORTH));
    }

    @Test
    void without_a_known_saving_no_sum_is_zero() {
        Remedy now = new Remedy("Do it.", "low", "none", "none", List.of());
        List<Plan.Stage> stages = audit(null, finding(Status.GOVERN, Lever.GOVERN, Confidence.HIGH, now))
                .plan()
                .stages();
        assertThat(stages).hasSize(1);
        assertThat(stages.get(0).saving()).isNull();
        assertThat(stages.get(0).cumulative()).isNull();
        assertThat(audit(null).plan().stages()).isEmpty();
    }

    private static AuditedFinding finding(Status status, Lever lever, Confidence confidence, Remedy remedy) {
        Range counted = switch (status) {
            case COUNTED -> WORTH;
            case GOVERN, UNPRICED -> null;
            default -> Range.NOTHING;
        };
        return AuditedFindingBuilder.builder()
                .id("0123456789abcdef")
                .rule("rule")
                .provider("aws")
                .accountId("1")
                .region("eu-west-1")
                .resourceId("r")
                .resourceName("r")
                .workload("r")
                .kind("instance")
                .tags(Map.of())
                .monthlyCost(new BigDecimal("200.00"))
                .runRate(new BigDecimal("200.00"))
                .costBasis(CostBasis.EFFECTIVE)
                .lever(lever)
                .status(status)
                .statusReason("")
                .standAlone(status == Status.GOVERN ? null : WORTH)
                .counted(counted)
                .confidence(confidence)
                .reason("")
                .remedy(remedy)
                .advice(List.of())
                .evidence(Map.of())
                .build();
    }

    private static Audit audit(Range saving, AuditedFinding... findings) {
        return AuditBuilder.builder()
                .schema(Audit.SCHEMA)
                .currency("USD")
                .warnings(List.of())
                .totals(TotalsBuilder.builder()
                        .saving(saving)
                        .savingByBasis(Map.of())
                        .build())
                .spend(List.of())
                .resources(List.of())
                .findings(List.of(findings))
                .rules(List.of())
                .gaps(List.of())
                .checklist(List.of())
                .scanCost(Map.of())
                .build();
    }

    private static Range range(String low, String likely, String high) {
        return new Range(new BigDecimal(low), new BigDecimal(likely), new BigDecimal(high));
    }
}
