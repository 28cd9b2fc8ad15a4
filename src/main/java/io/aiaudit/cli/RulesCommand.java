package io.aiaudit.cli;

import io.aiaudit.config.Setting;
import io.aiaudit.config.Settings;
import io.aiaudit.rules.RuleBook;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** A command about rules, the built-in ones and those of {@code --rules}. */
abstract class RulesCommand implements Callable<Integer> {
    private final Console console;
    private final Map<String, String> environment;
    private final OptionSpec[] further;
    private CommandSpec spec;

    RulesCommand(Console console, Map<String, String> environment, OptionSpec... further) {
        this.console = console;
        this.environment = environment;
        this.further = further.clone();
    }

    /** Called by picocli. */
    @Spec
    final void setSpec(CommandSpec spec) {
        this.spec = spec;
        Flags.addSettings(spec, Setting.RULES_DIR);
        Flags.addGeneral(spec, further);
    }

    final Console console() {
        return console;
    }

    /** The built-in rules, and those of the folder that is named. */
    final RuleBook book() {
        return folder().map(RuleBook::with).orElseGet(RuleBook::builtIn);
    }

    final Optional<Path> folder() {
        Invocation invocation = invocation();
        return invocation
                .settings(invocation.configFile())
                .find(Setting.RULES_DIR)
                .map(Settings.Value::path);
    }

    final Invocation invocation() {
        return new Invocation(spec.commandLine().getParseResult(), environment);
    }

    /** One line of the answer, harmless. */
    final void line(String text) {
        console.out().println(Plain.text(text));
    }
}
