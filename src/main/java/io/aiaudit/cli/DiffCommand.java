package io.aiaudit.cli;

import io.aiaudit.config.Setting;
import io.aiaudit.config.Settings;
import io.aiaudit.model.Audit;
import io.aiaudit.report.DiffReport;
import io.aiaudit.report.compare.AuditDiff;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two audits: which findings are new, gone or changed, and what that does to the saving. */
@Command(
        name = "diff",
        header = "Compares two audits: new, resolved and changed findings, and why.",
        description = {
            "  aiaudit diff may/aiaudit.json june/aiaudit.json",
            "  aiaudit diff may.aiaudit june.aiaudit --rules my-rules",
            "  aiaudit diff may.json june.json --fail-on 500 -q -f json"
        })
final class DiffCommand implements Callable<Integer> {
    private final Console console;
    private final Map<String, String> environment;
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "OLD",
            description = "The earlier audit: a scan saved with --save, or an aiaudit.json.")
    private String before;

    @Parameters(index = "1", paramLabel = "NEW", description = "The later audit.")
    private String after;

    DiffCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    /**
     * Called by picocli; the flags of its own are not those of a scan, though they are spelt alike: no configuration
     * sets them.
     */
    @Spec
    void setSpec(CommandSpec spec) {
        this.spec = spec;
        Flags.addEvaluation(
                spec,
                Flags.text(
                        "NAME", "Report format: terminal, json, md. Default: terminal.", "-f", Setting.FORMAT.flag()),
                Flags.text(
                        "AMOUNT",
                        "Exit with 3 if the likely net saving per month grew by more than this amount.",
                        Setting.FAIL_ON.flag()),
                Flags.option(Setting.ALLOW_GAPS));
    }

    @Override
    public Integer call() throws Exception {
        Invocation invocation = new Invocation(spec.commandLine().getParseResult(), environment);
        Settings flags = Settings.of(Flags.given(invocation.parsed()), null, Map.of());
        DiffReport report = DiffReport.of(
                flags.find(Setting.FORMAT).map(Settings.Value::text).orElse(DiffReport.FORMATS.get(0)),
                console.terminalStyle());
        Optional<BigDecimal> failOn = flags.find(Setting.FAIL_ON).map(Settings.Value::amount);
        boolean allowGaps = Verdict.allowsGaps(invocation.settings(invocation.configFile()));
        AuditFile oldFile = AuditFile.of(before);
        AuditFile newFile = AuditFile.of(after);
        Audit oldAudit = oldFile.audit(invocation, console);
        Audit newAudit = newFile.audit(invocation, console);
        AuditDiff diff = AuditDiff.of(oldAudit, newAudit);
        print(report, diff);
        boolean complete = Verdict.isComplete(oldAudit) && Verdict.isComplete(newAudit);
        return exitCode(diff, failOn, complete || allowGaps).code();
    }

    private void print(DiffReport report, AuditDiff diff) {
        console.printWhole("the comparison", out -> report.write(diff, out));
    }

    private ExitCode exitCode(AuditDiff diff, Optional<BigDecimal> failOn, boolean complete) {
        if (failOn.isPresent() && diff.savingChange() == null) {
            console.notice(
                    "warning",
                    "--fail-on " + failOn.get().toPlainString()
                            + " was not checked: the change of the saving is unknown.",
                    "");
        }
        if (failOn.isPresent()
                && diff.savingChange() != null
                && diff.savingChange().compareTo(failOn.get()) > 0) {
            console.say("Over the limit: the likely saving grew by "
                    + Verdict.amount(diff.savingChange(), failOn.get()) + ", which is more than --fail-on "
                    + failOn.get().toPlainString() + ".");
            return ExitCode.FINDINGS;
        }
        return complete ? ExitCode.FINE : ExitCode.GAPS;
    }
}
