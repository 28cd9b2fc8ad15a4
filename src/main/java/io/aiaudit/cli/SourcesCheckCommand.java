package io.aiaudit.cli;

import io.aiaudit.config.Config;
import io.aiaudit.config.ConfigFile;
import io.aiaudit.config.ConfigReader;
import io.aiaudit.config.Setting;
import io.aiaudit.config.Setting.Section;
import io.aiaudit.config.Settings;
import io.aiaudit.config.Source;
import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.UserError;
import io.aiaudit.scan.CheckedSource;
import io.aiaudit.scan.RuleOutlook;
import io.aiaudit.scan.SourceChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tries a source before a scan: what can be read, what the rules lack, and how to get it. */
@Command(
        name = "check",
        header = "Checks a source before a scan: access, missing data for each rule, and how to get it.",
        description = {
            "  aiaudit sources check files .             the files of this folder",
            "  aiaudit sources check files . --details",
            "  aiaudit sources check        all sources in aiaudit.yaml"
        })
final class SourcesCheckCommand implements Callable<Integer> {
    private final Console console;
    private final Map<String, String> environment;
    private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SOURCE",
            completionCandidates = CompletionValues.CheckedSources.class,
            description = "files, aws, azure, gcp or trino (prometheus: not available yet). Default: all in "
                    + "aiaudit.yaml.")
    private String name;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "PATH",
            description = "After files: any bill, inventory and usage files or folders.")
    private List<String> paths = new ArrayList<>();

    SourcesCheckCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    /** Called by picocli. */
    @Spec
    void setSpec(CommandSpec spec) {
        this.spec = spec;
        Flags.addSettingsWithout(spec, Setting.SOURCES);
        Flags.addSettings(spec, Section.WINDOW);
        Flags.addSettings(spec, Section.RULES);
        Flags.addSettings(spec, Setting.DETAILS, Setting.ALLOW_GAPS);
        Flags.addSettings(spec, Section.MACHINE);
        Flags.addGeneral(spec);
    }

    @Override
    public Integer call() throws Exception {
        Invocation invocation = new Invocation(spec.commandLine().getParseResult(), environment);
        Optional<ConfigFile> file = invocation.configFile();
        Settings settings = invocation.settings(file);
        Config config = new ConfigReader(settings, file.orElse(null)).check();
        SourceChecks checks = new SourceChecks(Aiaudit.Version.number(), console.progress(invocation.has(Flags.QUIET)));
        List<CheckedSource> checked = new ArrayList<>();
        for (Source source : sources(config)) {
            checked.add(checks.check(source, paths, config));
        }
        boolean details =
                settings.find(Setting.DETAILS).map(Settings.Value::trueOrFalse).orElse(false);
        new CheckTable(console, details).print(checked);
        if (!invocation.has(Flags.QUIET)) {
            console.say(lastLine(checked));
        }
        boolean allowGaps = settings.find(Setting.ALLOW_GAPS)
                .map(Settings.Value::trueOrFalse)
                .orElse(false);
        return exitCode(checked, allowGaps).code();
    }

    private List<Source> sources(Config config) {
        if (name != null) {
            return List.of(Keyed.find(Source.class, name).orElseThrow(() -> notASource(name)));
        }
        if (config.sources().isEmpty()) {
            throw new UserError(
                    "nothing to check: no source is named.",
                    "Name a folder, such as aiaudit sources check files FOLDER");
        }
        return config.sources();
    }

    private static UserError notASource(String name) {
        return new UserError(
                "\"" + name + "\" is not a source.",
                DidYouMean.sentence(name, Keyed.keys(Source.class))
                        + " Files and folders come after the word files: aiaudit sources check files " + name);
    }

    private static ExitCode exitCode(List<CheckedSource> checked, boolean allowGaps) {
        if (checked.stream().allMatch(CheckedSource::nothingReadable)) {
            return ExitCode.FAILED;
        }
        return !allowGaps && checked.stream().anyMatch(CheckedSource::incomplete) ? ExitCode.GAPS : ExitCode.FINE;
    }

    private static String lastLine(List<CheckedSource> checked) {
        List<String> ids = checked.stream()
                .flatMap(source -> source.rules().stream())
                .map(RuleOutlook::id)
                .distinct()
                .toList();
        long working = checked.stream()
                .flatMap(source -> source.rules().stream())
                .filter(RuleOutlook::examinesSomething)
                .map(RuleOutlook::id)
                .distinct()
                .count();
        if (ids.isEmpty() && checked.stream().noneMatch(CheckedSource::incomplete)) {
            return "Everything that is named can be read. A scan shows which rules have their data.";
        }
        if (ids.isEmpty()) {
            return "Correct this first, then check again to see which rules have their data.";
        }
        return working + " of " + ids.size() + " rules can examine something.";
    }
}
