package io.aiaudit.cli;

import io.aiaudit.analysis.MonthlyReview;
import io.aiaudit.config.BroughtFiles;
import io.aiaudit.config.Config;
import io.aiaudit.config.ConfigFile;
import io.aiaudit.config.ConfigReader;
import io.aiaudit.config.Setting;
import io.aiaudit.config.Settings;
import io.aiaudit.model.Audit;
import io.aiaudit.model.EffortRates;
import io.aiaudit.model.UserError;
import io.aiaudit.report.FindingFilter;
import io.aiaudit.report.text.ApiUsage;
import io.aiaudit.scan.Progress;
import io.aiaudit.scan.Scan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Spec;

/** Reads the sources, evaluates the rules and reports. */
@Command(
        name = "scan",
        header = "Scans bills, inventory and metrics for wasted AI spend.",
        description = {
            "  aiaudit scan --demo",
            "  aiaudit scan --demo --details",
            "  aiaudit scan --demo -f html,json -o report",
            "  aiaudit scan --source aws --days 30 --fail-on 1000",
            "  aiaudit scan .        bills, inventory and usage files of this folder"
        })
final class ScanCommand implements Callable<Integer> {
    private final Console console;
    private final Map<String, String> environment;
    private CommandSpec spec;

    ScanCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    /** Called by picocli; adds the flags, which are made from the settings. */
    @Spec
    void setSpec(CommandSpec spec) {
        this.spec = spec;
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .paramLabel("FOLDER")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(
                        "Folder or files with bills, inventory, usage or price lists, recognized by their headers.")
                .build());
        Flags.addScanSettings(spec, Flags.yes("Scan a demo company, with its own configuration.", Flags.DEMO));
        Flags.addGeneralOfReports(spec, Flags.yes("Show what would be read and written, then stop.", Flags.DRY_RUN));
    }

    @Override
    public Integer call() throws Exception {
        Invocation invocation = Invocation.ofScan(spec.commandLine().getParseResult(), environment);
        boolean demo = isDemo(invocation);
        Optional<ConfigFile> file = demo ? Optional.of(Scan.demoConfiguration()) : invocation.configFile();
        Settings settings = demo ? invocation.demoSettings(file.orElseThrow()) : invocation.settings(file);
        FindingFilter filter = FindingFilter.of(settings.words(Setting.FILTER), Setting.FILTER.flag());
        OwnerFolder owners = OwnerFolder.of(settings, settings.mode());
        Redaction redaction = Redaction.of(settings);
        redaction.learn(settings, invocation.folders());
        leftOut(invocation.brought().leftOut(), redaction);
        EffortRates effort = file.map(ConfigFile::effort).orElse(EffortRates.NONE);
        Verdict verdict = Verdict.of(settings).redacted(redaction);
        Delivery delivery = Delivery.of(settings, Branding.of(settings, file, console), invocation, console)
                .since(verdict.failOn().baseline());
        List<Audit> earlier = EarlierAudits.of(settings, verdict.failOn().baseline());
        Config config = new ConfigReader(settings, file.orElse(null))
                .bringing(demo ? BroughtFiles.NONE : invocation.brought())
                .scan();
        verdict.failOn().checkBaseline(demo, redaction.replacesNames());
        if (verdict.failOn().namesRules()) {
            verdict.failOn().checkRules(Scan.rules(config));
        }
        if (invocation.has(Flags.DRY_RUN)) {
            new DryRun(config, delivery, console).say();
            return ExitCode.FINE.code();
        }
        Progress progress = console.progress(invocation.has(Flags.QUIET));
        Scan scan = new Scan(
                Aiaudit.Version.number(), redaction.replacesNames() ? new ProgressWithoutNames(progress) : progress);
        Audit found = scan.run(config, redaction.save(all -> effort.on(MonthlyReview.with(all, earlier))));
        Audit audit = redaction.of(effort.on(filter.apply(MonthlyReview.with(found, earlier))));
        delivery.write(audit, console);
        owners.write(audit, console);
        if (!invocation.has(Flags.QUIET)) {
            ApiUsage.line(audit).ifPresent(console::say);
            redaction.say(console);
            PeakMemory.say(scan.spilled(), console);
        }
        verdict.say(audit, console, invocation.has(Flags.QUIET), delivery);
        return verdict.exitCode(audit).code();
    }

    private void leftOut(List<String> files, Redaction redaction) {
        if (!redaction.replacesNames()) {
            files.forEach(file -> console.say("left out: " + file));
        } else if (!files.isEmpty()) {
            console.say("left out: " + files.size() + (files.size() == 1 ? " file" : " files"));
        }
    }

    private static boolean isDemo(Invocation invocation) {
        Settings flags = invocation.settings(Optional.empty());
        boolean demo = invocation.has(Flags.DEMO);
        if (demo && flags.find(Setting.SOURCES).isPresent()) {
            throw new UserError("--demo and --source are both given.", "Use one of the two: aiaudit scan --demo");
        }
        return demo || flags.words(Setting.SOURCES).contains("demo");
    }
}
