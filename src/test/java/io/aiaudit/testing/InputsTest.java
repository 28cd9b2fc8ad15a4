package io.aiaudit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InputsTest {
    private static final Inputs INPUTS = new Inputs(Path.of("").toAbsolutePath());

    private static Set<String> reached(String testClass) {
        return INPUTS.reached("io/aiaudit/" + testClass);
    }

    @Test
    void the_cases_of_rules_follow_from_the_rules_and_the_store_and_not_from_what_is_made_of_findings() {
        assertThat(reached("rules/BuiltInRulesTest"))
                .contains("io/aiaudit/rules/RuleRun", "io/aiaudit/rules/Relations", "io/aiaudit/store/LockedStore")
                .doesNotContain(
                        "io/aiaudit/savings/Estimator", "io/aiaudit/report/section/PageView", "io/aiaudit/scan/Scan");
    }

    @Test
    void a_test_of_savings_follows_from_them_and_from_no_rule() {
        assertThat(reached("savings/EstimatorPropertyTest"))
                .contains("io/aiaudit/savings/Estimator", "io/aiaudit/model/Money")
                .doesNotContain("io/aiaudit/rules/RuleBook", "io/aiaudit/store/Store");
    }

    @Test
    void a_test_that_looks_at_all_classes_follows_from_all() {
        assertThat(reached("ArchitectureTest"))
                .contains("io/aiaudit/savings/Estimator", "io/aiaudit/cli/Main", "io/aiaudit/collect/aws/AwsCollector");
    }
}
