package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.ChangedTests;
import io.aiaudit.testing.Inputs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class BuiltInRulesTest {
    private static final Path RULES = Path.of("rules");

    @TempDir
    private static Path scratch;

    @TestFactory
    Stream<DynamicTest> every_case_of_every_rule() {
        String engine = ChangedTests.withoutRules(BuiltInRulesTest.class);
        List<RuleTests.Result> results = new ArrayList<>();
        try (RuleTests tests = new RuleTests(scratch)) {
            for (Rule rule : RuleBook.builtIn().rules()) {
                String name = "rule " + rule.id();
                String digest = engine + HexFormat.of().formatHex(Inputs.folder(RULES.resolve(rule.id())));
                if (!ChangedTests.isRecorded(name, digest)) {
                    List<RuleTests.Result> ofRule = tests.run(rule);
                    results.addAll(ofRule);
                    if (ofRule.stream().allMatch(RuleTests.Result::passed)) {
                        ChangedTests.record(name, digest);
                    }
                }
            }
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
