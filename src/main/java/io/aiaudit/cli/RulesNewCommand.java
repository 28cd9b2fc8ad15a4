package io.aiaudit.cli;

import io.aiaudit.rules.RuleScaffold;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Starts a rule. */
@Command(
        name = "new",
        header = "Creates a rule: writes its four files with passing tests, and shows the next step.",
        description = {
            "  aiaudit rules new notebook-forgotten",
            "  aiaudit rules new notebook-forgotten --rules my-rules",
            "  aiaudit rules test notebook-forgotten --rules my-rules"
        })
final class RulesNewCommand extends RulesCommand {
    @Parameters(paramLabel = "ID", description = "Id as <resource>-<problem> in lower case, without a cloud's name.")
    private String id;

    RulesNewCommand(Console console, Map<String, String> environment) {
        super(console, environment);
    }

    @Override
    public Integer call() {
        Path parent = folder().orElse(Path.of("."));
        RuleScaffold.Scaffold scaffold = RuleScaffold.write(parent, id);
        line("Written: " + scaffold.folder().normalize() + "/");
        line("Next:    " + scaffold.nextCommand());
        console().out().flush();
        return ExitCode.FINE.code();
    }
}
