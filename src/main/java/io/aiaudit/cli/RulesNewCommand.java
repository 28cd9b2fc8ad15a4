package io.aiaudit.cli;

import io.aiaudit.rules.RuleScaffold;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts a rule. */
@Command(
        name = "new",
        header = "Starts a rule: writes its four files, which pass their own tests, and says what is next.",
        description = {
            "  aiaudit rules new notebook-forgotten",
            "  aiaudit rules new notebook-forgotten --rules my-rules",
            "  aiaudit rules test notebook-forgotten --rules my-rules"
        })
final class RulesNewCommand implements Callable<Integer> {
    private final Console console;
    private final Map<String, String> environment;
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "<resource>-<problem> in lower case, without a cloud's name.")
    private String id;

    RulesNewCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    /** Called by picocli. */
    @Spec
    void setSpec(CommandSpec spec) {
        this.spec = spec;
        RulesFlag.addTo(spec);
    }

    @Override
    public Integer call() {
        Path parent = RulesFlag.folder(spec, environment).orElse(Path.of("."));
        RuleScaffold.Scaffold scaffold = RuleScaffold.write(parent, id);
        console.out().println(Plain.text("Written: " + scaffold.folder().normalize() + "/"));
        console.out().println(Plain.text("Next:    " + scaffold.nextCommand()));
        console.out().flush();
        return ExitCode.FINE.code();
    }
}
