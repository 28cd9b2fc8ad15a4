package io.aiaudit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aiaudit.model.UserError;
import io.aiaudit.rules.Parameter;
import io.aiaudit.rules.Rule;
import io.aiaudit.rules.RuleBook;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleSelectionTest {
    private static RuleSelection select(String yaml) {
        ConfigFile file = ConfigFile.parse("aiaudit.yaml", yaml);
        return RuleSelection.of(new ConfigReader(Settings.of(Map.of(), file, Map.of()), file)
                .evaluation()
                .rules());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            idle_days       | 0                    | is 0, expected 1 to 3660 (days).
            idle_days       | -1                   | is -1, expected 1 to 3660 (days).
            idle_days       | 1000000              | is 1000000, expected 1 to 3660 (days).
            idle_days       | 99999999999999999999 | expected a whole number below
            idle_days       | "14"                 | expected a whole number.
            idle_days       | 14.5                 | expected a whole number.
            idle_days       | .inf                 | expected a number
            expected_return | 1.01                 | is 1.01, expected 0 to 1 (share).
            expected_return | -0.1                 | is -0.1, expected 0 to 1 (share).
            expected_return | .nan                 | expected a number
            expected_return | .inf                 | expected a number
            expected_return | 1e400                | expected a number
            expected_return | "0.5"                | expected a number.
            expected_return | [0.5]                | expected a number.
            """)
    void a_value_that_nobody_can_mean_is_refused_with_its_line(String name, String value, String problem) {
        Throwable refused = catchThrowable(
                () -> select("rules:\n  notebook-idle:\n    return_share: 0.4\n    " + name + ": " + value + "\n"));

        assertThat(refused).isInstanceOf(UserError.class);
        assertThat(((UserError) refused).problem())
                .startsWith("aiaudit.yaml:4: ")
                .contains(name, problem);
    }

    @Test
    void the_ends_of_a_range_are_allowed() {
        assertThat(select("rules: {notebook-idle: {idle_days: 1, return_share: 0, expected_return: 1.0}}")
                        .idleDays("notebook-idle"))
                .contains(1L);
    }

    @Test
    void each_number_of_a_built_in_rule_has_a_range_that_holds_its_default() {
        for (Rule rule : RuleBook.builtIn().rules()) {
            for (Parameter parameter : rule.params().values()) {
                if (parameter.defaultValue() instanceof Number number) {
                    assertThat(parameter.range())
                            .as(rule.id() + " " + parameter.name())
                            .isNotNull();
                    assertThat(new BigDecimal(number.toString()))
                            .as(rule.id() + " " + parameter.name())
                            .isBetween(
                                    parameter.range().least(), parameter.range().most());
                    assertThat(parameter.range().least().signum())
                            .as(rule.id() + " " + parameter.name() + " has a unit without a range")
                            .isNotNegative();
                }
            }
        }
    }
}
