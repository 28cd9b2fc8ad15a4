package io.aiaudit.cli;

import io.aiaudit.model.Audit;
import io.aiaudit.model.UserError;
import io.aiaudit.report.AuditJson;
import io.aiaudit.scan.ConfigFile;
import io.aiaudit.scan.ConfigReader;
import io.aiaudit.scan.SavedScan;
import io.aiaudit.scan.Scan;
import io.aiaudit.scan.Setting;
import io.aiaudit.scan.Setting.Section;
import io.aiaudit.scan.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Renders an audit again: from a saved scan, which is evaluated again, or from a finished one. */
@Command(
        name = "report",
        header = "Reports again: about a saved scan with other rules or policy, or a finished audit.",
        description = {
            "  aiaudit report june.aiaudit -f html -o report",
            "  aiaudit report june.aiaudit --config aiaudit.yaml --rules my-rules",
            "  aiaudit report report/aiaudit.json"
        })
final class ReportCommand implements Callable<Integer> {
    private static final int LONGEST_START = 1024;

    private final Console console;
    private final Map<String, String> environment;
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = "A scan that was kept with --save, or the aiaudit.json of a finished audit.")
    private String file;

    ReportCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    /** Called by picocli; adds the flags, which are made from the settings. */
    @Spec
    void setSpec(CommandSpec spec) {
        this.spec = spec;
        Flags.addSettings(spec, Section.RULES);
        Flags.addSettingsWithout(spec, Setting.SAVE);
        Flags.addSettings(spec, Section.MACHINE);
        Flags.addGeneral(spec);
    }

    @Override
    public Integer call() throws Exception {
        Path path = Path.of(file);
        if (!Files.isRegularFile(path)) {
            throw new UserError(
                    file + (Files.exists(path) ? " is a folder." : ": there is no such file."),
                    "Name a scan kept with --save, or an aiaudit.json: aiaudit report june.aiaudit");
        }
        Asked asked = new Asked(spec.commandLine().getParseResult(), environment);
        return SavedScan.isOne(path) ? evaluate(path, asked) : render(path, asked);
    }

    private Integer evaluate(Path path, Asked asked) throws Exception {
        Optional<ConfigFile> named = asked.configFile();
        Settings settings = asked.settings(named);
        Delivery delivery = Delivery.of(settings, console);
        Verdict verdict = Verdict.of(settings);
        try (SavedScan saved = SavedScan.open(path, new ConfigReader(settings, null).machine())) {
            ConfigFile policy = saved.demo() && !asked.namesConfig()
                    ? saved.configuration()
                    : named.orElseGet(saved::configuration);
            boolean quiet = asked.has(Flags.QUIET);
            if (!quiet) {
                console.say("Reading " + path + "; policy of " + policy.name());
            }
            Scan scan = new Scan(Aiaudit.Version.number(), console.progress(quiet, asked.has(Flags.DEBUG)));
            Audit audit = saved.evaluate(scan, new ConfigReader(settings, policy).evaluation());
            return tell(audit, delivery, verdict, asked);
        }
    }

    private Integer render(Path path, Asked asked) throws IOException {
        Settings settings = asked.settings(asked.configFile());
        Delivery delivery = Delivery.of(settings, console);
        if (!startsLikeJson(path)) {
            throw new UserError(
                    file + " is neither a saved scan nor a finished audit.",
                    "Name a scan kept with --save, or an aiaudit.json: aiaudit report june.aiaudit");
        }
        refuseRules();
        return tell(AuditJson.read(path), delivery, Verdict.of(settings), asked);
    }

    /** What was judged stays as it was judged; a flag that would do nothing must not look as if it did. */
    private void refuseRules() {
        for (String flag : List.of("--rules", "--rule", "--skip-rule")) {
            if (spec.commandLine().getParseResult().hasMatchedOption(flag)) {
                throw new UserError(
                        flag + " changes nothing about " + file + ", a finished audit.",
                        "Leave it out, or give a scan kept with --save, which is evaluated again: aiaudit report june.aiaudit "
                                + flag + " ...");
            }
        }
    }

    private static boolean startsLikeJson(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return new String(in.readNBytes(LONGEST_START), StandardCharsets.UTF_8)
                    .strip()
                    .startsWith("{");
        }
    }

    private Integer tell(Audit audit, Delivery delivery, Verdict verdict, Asked asked) {
        delivery.write(audit, console);
        verdict.say(audit, console, asked.has(Flags.QUIET));
        return verdict.exitCode(audit).code();
    }
}
