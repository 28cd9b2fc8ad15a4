package io.aiaudit.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.RuleReportBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleStateTest {
    @Test
    void a_rule_that_checked_nothing_says_why() {
        assertThat(RuleState.of(rule(3, Map.of()))).isEqualTo("evaluated");
        assertThat(RuleState.of(rule(0, Map.of()))).isEqualTo("nothing to check");
        assertThat(RuleState.of(rule(0, Map.of("no requests metric", 2)))).isEqualTo("no data");
        assertThat(RuleState.of(rule(0, Map.of("the policy names no allowed_regions for it", 35))))
                .isEqualTo("not set in the policy");
    }

    @Test
    void what_the_policy_does_not_set_lacks_no_data() {
        RuleReport rule = rule(1, Map.of("the policy names no allowed_regions for it", 35, "its region is unknown", 2));
        assertThat(rule.lackedData()).isEqualTo(2);
        assertThat(rule.checks()).isEqualTo(3);
    }

    @Test
    void a_rule_that_did_not_run_says_what_is_wrong() {
        assertThat(RuleState.of(RuleReportBuilder.builder()
                        .state("failed")
                        .problem("no such column")
                        .notExaminedReasons(Map.of())
                        .build()))
                .isEqualTo("failed: no such column");
    }

    private static RuleReport rule(int examined, Map<String, Integer> reasons) {
        return RuleReportBuilder.builder()
                .state("evaluated")
                .examined(examined)
                .notExamined(reasons.values().stream().mapToInt(each -> each).sum())
                .notExaminedReasons(reasons)
                .build();
    }
}
