package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class BuiltInRulesTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return RuleBook.builtIn().rules().stream()
                .flatMap(rule -> RuleTests.run(rule).stream())
                .map(result -> DynamicTest.dynamicTest(
                        result.rule() + ": " + result.name(),
                        () -> assertThat(result.passed())
                                .as(result.difference())
                                .isTrue()));
    }
}
