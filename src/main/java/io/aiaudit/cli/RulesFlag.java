package io.aiaudit.cli;

import io.aiaudit.rules.RuleBook;
import io.aiaudit.scan.Setting;
import io.aiaudit.scan.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** The flag --rules of the commands about rules, with its key and its variable. */
final class RulesFlag {
    private RulesFlag() {}

    static void addTo(CommandSpec spec) {
        Flags.addSetting(spec, Setting.RULES_DIR);
        Flags.addGeneral(spec);
    }

    /** The built-in rules, and those of the folder that is named. */
    static RuleBook book(CommandSpec spec, Map<String, String> environment) {
        return folder(spec, environment).map(RuleBook::with).orElseGet(RuleBook::builtIn);
    }

    static Optional<Path> folder(CommandSpec spec, Map<String, String> environment) {
        Asked asked = new Asked(spec.commandLine().getParseResult(), environment);
        return asked.settings(asked.configFile()).find(Setting.RULES_DIR).map(Settings.Value::path);
    }
}
