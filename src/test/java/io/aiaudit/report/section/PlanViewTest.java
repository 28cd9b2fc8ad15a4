package io.aiaudit.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Money;
import io.aiaudit.model.Plan;
import io.aiaudit.model.PlannedFinding;
import io.aiaudit.model.Remedy;
import io.aiaudit.model.Status;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.SampleFindings;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.Instructions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanViewTest {
    private static final Amounts DOLLARS = new Amounts("USD");

    @Test
    void a_step_that_is_cut_keeps_its_largest_actions_and_says_how_many_and_how_much_are_left_out() {
        Audit audit = SampleAudit.of(SampleFindings.many(600));
        boolean isAnyCut = false;
        for (Map<String, Object> step : steps(audit)) {
            List<PlanGroup> all = PlanGroup.of(audit, stage(audit, step));
            List<PlanGroup> listed = all.subList(0, Math.min(PlanView.LISTED, all.size()));
            List<PlannedFinding> rest = all.subList(listed.size(), all.size()).stream()
                    .flatMap(group -> group.findings().stream())
                    .toList();
            assertThat(maps(step.get("actions")))
                    .extracting(action -> action.get("amount"))
                    .containsExactlyElementsOf(listed.stream()
                            .<Object>map(group -> DOLLARS.money(group.saving().likely()))
                            .toList());
            if (!rest.isEmpty()) {
                isAnyCut = true;
                assertThat(step.get("more").toString()).startsWith(rest.size() + " smaller ");
                assertThat(step).containsEntry("more_amount", DOLLARS.money(PlanView.sum(rest)));
            }
        }
        assertThat(isAnyCut).isTrue();
    }

    @Test
    void findings_of_one_rule_with_one_remedy_are_one_action_whose_amount_is_their_sum() {
        Audit audit = SampleAudit.of(SampleFindings.many(60));
        for (Map<String, Object> step : steps(audit)) {
            List<PlanGroup> groups = PlanGroup.of(audit, stage(audit, step));
            assertThat(groups)
                    .doesNotHaveDuplicates()
                    .allSatisfy(group -> assertThat(group.findings().stream()
                                    .map(planned -> planned.finding().rule()))
                            .containsOnly(group.largest().rule()));
            assertThat(Money.sum(groups.stream()
                            .map(group -> group.saving().likely())
                            .toList()))
                    .isEqualByComparingTo(PlanView.sum(stage(audit, step).findings()));
        }
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

    private static Plan.Stage stage(Audit audit, Map<String, Object> step) {
        return audit.plan().stages().stream()
                .filter(stage -> PlanView.word(stage.step()).equals(step.get("name")))
                .findFirst()
                .orElseThrow();
    }

    private static List<Map<String, Object>> steps(Audit audit) {
        return maps(PlanView.of(audit, DOLLARS).get("steps"));
    }

    @SuppressWarnings("unchecked") // the views of templates are maps of anything
    private static List<Map<String, Object>> maps(Object views) {
        return (List<Map<String, Object>>) views;
    }
}
