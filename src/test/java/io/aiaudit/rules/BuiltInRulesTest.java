package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class BuiltInRulesTest {
    @TempDir
    private static Path scratch;

    @TestFactory
    Stream<DynamicTest> every_case_of_every_rule() {
        List<RuleTests.Result> results = new ArrayList<>();
        try (RuleTests tests = new RuleTests(scratch)) {
            RuleBook.builtIn().rules().forEach(rule -> results.addAll(tests.run(rule)));
        }
        return results.stream()
                .map(result -> DynamicTest.dynamicTest(
                        result.rule() + ": " + result.name(),
                        () -> assertThat(result.passed())
                                .as(result.difference())
                                .isTrue()));
    }

    @TestFactory
    Stream<DynamicTest> every_folder_keeps_to_the_style() {
        return RuleBook.builtIn().rules().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.id(), () -> assertThat(RuleLint.check(rule)).isEmpty()));
    }
}
