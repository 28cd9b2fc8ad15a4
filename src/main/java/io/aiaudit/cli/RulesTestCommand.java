package io.aiaudit.cli;

import io.aiaudit.disk.RunFolder;
import io.aiaudit.model.UserError;
import io.aiaudit.rules.Rule;
import io.aiaudit.rules.RuleBook;
import io.aiaudit.rules.RuleFolder;
import io.aiaudit.rules.RuleLint;
import io.aiaudit.rules.RuleTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs the cases of rules. */
@Command(
        name = "test",
        header = "Runs the test cases (tests.yaml) of one, several or all rules.",
        description = {
            "  aiaudit rules test inference-endpoint-idle",
            "  aiaudit rules test my-rules/notebook-forgotten",
            "  aiaudit rules test --rules my-rules"
        })
final class RulesTestCommand extends RulesCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "ID",
            completionCandidates = CompletionValues.RuleIds.class,
            description = "Rule ids or rule folders. Default: every rule.")
    private List<String> names = new ArrayList<>();

    RulesTestCommand(Console console, Map<String, String> environment) {
        super(console, environment);
    }

    @Override
    public Integer call() {
        int cases = 0;
        int failed = 0;
        try (RunFolder folder = RunFolder.temporary(Path.of(System.getProperty("java.io.tmpdir")))) {
            List<Rule> rules = rules();
            try (RuleTests tests = new RuleTests(folder.path())) {
                for (Rule rule : rules) {
                    for (RuleTests.Result result : tests.runConfined(rule)) {
                        cases++;
                        failed += result.passed() ? 0 : 1;
                        say(result);
                    }
                    RuleLint.check(rule)
                            .forEach(remark -> console().say(Plain.text("note  " + rule.id() + ": " + remark)));
                }
            }
        }
        console()
                .say((cases == 1 ? "1 case, " : cases + " cases, ")
                        + (failed == 0 ? "all passed." : failed + " failed."));
        console().out().flush();
        return (failed == 0 ? ExitCode.FINE : ExitCode.FINDINGS).code();
    }

    private List<Rule> rules() {
        RuleBook book = book();
        return names.isEmpty()
                ? book.rules()
                : names.stream().map(name -> rule(book, name)).toList();
    }

    private static Rule rule(RuleBook book, String name) {
        boolean folder = name.contains("/")
                || book.rules().stream().noneMatch(rule -> rule.id().equals(name));
        if (folder && Files.isDirectory(Path.of(name))) {
            return RuleFolder.read(Path.of(name));
        }
        if (name.contains("/")) {
            throw new UserError(name + ": there is no such folder.", "Name the folder of a rule, or the id of one.");
        }
        return book.find(name);
    }

    private void say(RuleTests.Result result) {
        line((result.passed() ? "pass  " : "FAIL  ") + result.rule() + ": " + result.name());
        result.difference().lines().forEach(difference -> line("        " + difference));
    }
}
