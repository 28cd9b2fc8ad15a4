package io.aiaudit.cli;

import io.aiaudit.config.BroughtFiles;
import io.aiaudit.config.ConfigFile;
import io.aiaudit.config.Setting;
import io.aiaudit.config.Settings;
import io.aiaudit.model.ShellWord;
import io.aiaudit.model.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ParseResult;

/**
 * What one call of a command requests: its flags, the configuration that applies, and the variables of the environment.
 *
 * @param brought the files of the folders that follow a scan without a flag; what follows other commands is theirs
 */
record Invocation(ParseResult parsed, Map<String, String> environment, BroughtFiles brought) {
    private static final Path DEFAULT = Path.of("aiaudit.yaml");
    private static final List<Setting> OF_THE_DEMO = List.of(Setting.DAYS, Setting.WINDOW, Setting.CURRENCY);
    private static final String CONFIG_VARIABLE = "AIAUDIT_CONFIG";

    Invocation(ParseResult parsed, Map<String, String> environment) {
        this(parsed, environment, BroughtFiles.NONE);
    }

    static Invocation ofScan(ParseResult parsed, Map<String, String> environment) {
        return new Invocation(
                parsed, environment, folders(parsed).isEmpty() ? BroughtFiles.NONE : BroughtFiles.of(folders(parsed)));
    }

    private static List<String> folders(ParseResult parsed) {
        return parsed.matchedPositionals().isEmpty() ? List.of() : parsed.matchedPositionalValue(0, List.of());
    }

    /** The folders and files that follow a scan without a flag. */
    List<String> folders() {
        return folders(parsed);
    }

    boolean has(String flag) {
        return Flags.has(parsed, flag);
    }

    /** The words after the name of the program, as they were typed. */
    List<String> typed() {
        return parsed.originalArgs();
    }

    boolean namesConfig() {
        return parsed.hasMatchedOption(Flags.CONFIG) || environment.containsKey(CONFIG_VARIABLE);
    }

    /** The file that was named, else aiaudit.yaml of the current folder, if there is one. */
    Optional<ConfigFile> configFile() {
        if (namesConfig()) {
            String named = parsed.hasMatchedOption(Flags.CONFIG)
                    ? parsed.matchedOption(Flags.CONFIG).stringValues().get(0)
                    : environment.get(CONFIG_VARIABLE);
            Path file = Path.of(named);
            UserError.unlessFile(
                    file,
                    "the configuration " + named,
                    " does not exist.",
                    "Check the name, or omit --config to use aiaudit.yaml of the current folder.");
            return Optional.of(ConfigFile.read(file));
        }
        return Files.isRegularFile(DEFAULT) ? Optional.of(ConfigFile.read(DEFAULT)) : Optional.empty();
    }

    Settings settings(Optional<ConfigFile> file) {
        Map<Setting, List<String>> flags = Flags.given(parsed);
        if (!brought.prices().isEmpty()) {
            flags.merge(Setting.PRICES, brought.prices(), Invocation::both);
        }
        return Settings.of(flags, file.orElse(null), environment);
    }

    private static List<String> both(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /**
     * The settings of a scan of the demo company, whose configuration comes with it: of the user's, only what belongs
     * to this machine and this run counts.
     */
    Settings demoSettings(ConfigFile bundled) {
        if (parsed.hasMatchedOption(Flags.CONFIG)) {
            throw new UserError(
                    "--demo has its own configuration; --config can't be added.", "Omit --config or --demo.");
        }
        for (Setting fixed : OF_THE_DEMO) {
            if (parsed.hasMatchedOption(fixed.flag())) {
                throw new UserError(
                        "the demo company has a fixed month and currency; " + fixed.flag() + " can't be added.",
                        "Omit " + fixed.flag() + ", or scan your own data: aiaudit scan --billing bill.csv "
                                + fixed.flag() + " "
                                + ShellWord.quoted(parsed.matchedOption(fixed.flag())
                                        .stringValues()
                                        .get(0)));
            }
        }
        Map<String, String> machine = new HashMap<>();
        for (Setting setting : Setting.values()) {
            boolean ofThisRun =
                    setting.section() == Setting.Section.MACHINE || setting.section() == Setting.Section.OUTPUT;
            if (ofThisRun && environment.containsKey(setting.variable())) {
                machine.put(setting.variable(), environment.get(setting.variable()));
            }
        }
        Map<Setting, List<String>> flags = Flags.given(parsed);
        flags.put(Setting.SOURCES, List.of("demo"));
        return Settings.of(flags, bundled, machine);
    }
}
