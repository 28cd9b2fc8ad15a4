package io.aiaudit.cli;

import io.aiaudit.rules.Rule;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the rules: what is fine about a resource that none of them finds. */
@Command(
        name = "list",
        header = "Lists the rules: their ids, what they look at and what is healthy.",
        description = {
            "  aiaudit rules list",
            "  aiaudit rules list --rules my-rules",
            "  aiaudit rules show inference-endpoint-idle"
        })
final class RulesListCommand implements Callable<Integer> {
    private final Console console;
    private final Map<String, String> environment;
    private CommandSpec spec;

    RulesListCommand(Console console, Map<String, String> environment) {
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
        List<Rule> rules = RulesFlag.book(spec, environment).rules();
        int width = rules.stream().mapToInt(rule -> rule.id().length()).max().orElse(0);
        for (Rule rule : rules) {
            String own = rule.builtIn() ? "" : " (" + rule.folder() + ")";
            console.out()
                    .println(Plain.text(rule.id() + " ".repeat(width - rule.id().length() + 2) + rule.title() + own));
        }
        console.out().flush();
        return ExitCode.FINE.code();
    }
}
