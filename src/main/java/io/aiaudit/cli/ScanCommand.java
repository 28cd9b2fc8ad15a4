package io.aiaudit.cli;

import io.aiaudit.scan.Setting;
import io.aiaudit.scan.Setting.Section;
import io.aiaudit.scan.Settings;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Reads the sources, evaluates the rules and reports. */
@Command(
        name = "scan",
        header = "Reads bills, inventory and metrics, and reports what of it is waste.",
        description = {
            "  aiaudit scan --demo",
            "  aiaudit scan --billing bill.csv.gz --inventory inventory.csv --usage usage.csv",
            "  aiaudit scan --fail-on 1000 -f html,json -o report"
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
        Flags.addSettings(
                spec, Section.SOURCES, Flags.yes("Scan the demo company, with its own configuration.", Flags.DEMO));
        Flags.addSettings(spec, Section.WINDOW);
        Flags.addSettings(spec, Section.RULES);
        Flags.addSettings(spec, Section.OUTPUT);
        Flags.addGeneral(spec, Flags.yes("Say what would be read and written, and stop.", Flags.DRY_RUN));
    }

    @Override
    public Integer call() {
        Settings settings = Settings.of(Flags.given(spec.commandLine().getParseResult()), null, environment);
        console.say("Reading " + settings.words(Setting.SOURCES));
        throw new IllegalStateException("the steps of a scan are not joined yet");
    }
}
