package io.aiaudit.cli;

import io.aiaudit.rules.Rule;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** Lists the rules: what is fine about a resource that none of them finds. */
@Command(
        name = "list",
        header = "Lists the rules: their ids, resource kinds and the problem they find.",
        description = {
            "  aiaudit rules list",
            "  aiaudit rules list --rules my-rules",
            "  aiaudit rules show inference-endpoint-idle"
        })
final class RulesListCommand extends RulesCommand {
    RulesListCommand(Console console, Map<String, String> environment) {
        super(console, environment);
    }

    @Override
    public Integer call() {
        List<Rule> rules = book().rules();
        int width = rules.stream().mapToInt(rule -> rule.id().length()).max().orElse(0);
        for (Rule rule : rules) {
            String own = rule.builtIn() ? "" : " (" + rule.folder() + ")";
            Wrapped.beside(
                            rule.id() + " ".repeat(width - rule.id().length() + 2),
                            rule.title() + own,
                            console().columns())
                    .forEach(this::line);
        }
        console().out().flush();
        return ExitCode.FINE.code();
    }
}
