package io.aiaudit.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Money;
import io.aiaudit.model.PlannedFinding;
import io.aiaudit.model.Remedy;
import io.aiaudit.model.Status;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.SampleFindings;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.Instructions;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanViewTest {
    private static final Amounts DOLLARS = new Amounts("USD");

    @Test
    void a_step_that_is_cut_keeps_its_largest_and_says_how_many_and_how_much_are_left_out() {
        Audit audit = SampleAudit.of(SampleFindings.many(600));
        boolean isAnyCut = false;
        for (Map<String, Object> step : steps(audit)) {
            List<PlannedFinding> all = audit.plan().stages().stream()
                    .filter(stage -> PlanView.word(stage.step()).equals(step.get("name")))
                    .flatMap(stage -> stage.findings().stream())
                    .toList();
            List<Map<String, Object>> listed = maps(step.get("findings"));
            List<String> largest = all.stream()
                    .map(PlanView::amount)
                    .sorted(Comparator.reverseOrder())
                    .limit(PlanView.LISTED)
                    .map(amount -> DOLLARS.money(amount))
                    .toList();
            assertThat(listed)
                    .hasSize(Math.min(PlanView.LISTED, all.size()))
                    .extracting(finding -> finding.get("amount").equals("-") ? "$0.00" : finding.get("amount"))
                    .containsExactlyInAnyOrderElementsOf(
                            largest.stream().map(Object.class::cast).toList());
            if (all.size() > PlanView.LISTED) {
                isAnyCut = true;
                BigDecimal rest = Money.sum(all.stream()
                        .map(PlanView::amount)
                        .sorted(Comparator.reverseOrder())
                        .skip(PlanView.LISTED)
                        .toList());
                assertThat(step)
                        .containsEntry("more", Amounts.count(all.size() - PlanView.LISTED))
                        .containsEntry("more_amount", DOLLARS.money(rest));
            }
        }
        assertThat(isAnyCut).isTrue();
    }

    @Test
    void effects_on_speed_and_compliance_are_one_phrase() {
        assertThat(PlanGroup.words(List.of(
                        "whether it is worth the medium effort", "the effect on speed", "the effect on compliance")))
                .isEqualTo("whether it is worth the medium effort; the effect on speed and compliance");
        assertThat(PlanGroup.words(List.of("the effect on compliance"))).isEqualTo("the effect on compliance");
    }

    @Test
    void the_sum_beside_each_finding_grows_to_the_saving_of_the_report() {
        Audit audit = SampleAudit.rich();
        List<Object> sums = steps(audit).stream()
                .flatMap(step -> maps(step.get("findings")).stream())
                .map(finding -> finding.get("sum"))
                .filter(sum -> !sum.equals(""))
                .toList();
        assertThat(sums)
                .startsWith("$18,921.60")
                .endsWith(DOLLARS.money(audit.totals().saving().likely()));
    }

    @Test
    void what_a_step_adds_up_has_its_range_and_its_confidence_beside_it() {
        Map<String, Object> now = steps(SampleAudit.rich()).get(0);
        assertThat(now.get("range").toString()).contains(" to ");
        assertThat(now.get("confidence").toString()).contains("high", "medium");
    }

    @Test
    void what_has_no_command_says_so_and_a_comment_alone_is_a_sentence() {
        assertThat(Instructions.of(remedy())).isEqualTo(new Instructions(List.of(), Instructions.NO_COMMAND));
        assertThat(Instructions.of(remedy("# No command: a contract.", "# Ask whoever signs.")))
                .isEqualTo(new Instructions(List.of(), "No command: a contract. Ask whoever signs."));
        assertThat(Instructions.of(remedy("# First:", "aws x")).lines()).containsExactly("# First:", "aws x");
        AuditedFinding counted =
                Findings.with(SampleAudit.rich(), Status.COUNTED).get(0);
        assertThat(Instructions.of(counted.remedy()).byHand()).isEmpty();
    }

    private static Remedy remedy(String... commands) {
        return new Remedy("Do it", "low", "none", "none", List.of(commands));
    }

    private static List<Map<String, Object>> steps(Audit audit) {
        return maps(PlanView.of(audit, DOLLARS).get("steps"));
    }

    @SuppressWarnings("unchecked") // the views of templates are maps of anything
    private static List<Map<String, Object>> maps(Object views) {
        return (List<Map<String, Object>>) views;
    }
}
