package io.aiaudit.cli;

import io.aiaudit.config.ConfigReader;
import io.aiaudit.config.Setting.Section;
import io.aiaudit.config.Settings;
import io.aiaudit.disk.FileMode;
import io.aiaudit.disk.WrittenSet;
import io.aiaudit.model.Audit;
import io.aiaudit.model.ShellWord;
import io.aiaudit.model.UserError;
import io.aiaudit.redact.AuditRedaction;
import io.aiaudit.redact.RedactionKey;
import io.aiaudit.redact.ScanRestoration;
import io.aiaudit.report.json.AuditJson;
import io.aiaudit.scan.SavedScan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings the names back into a redacted audit or saved scan, for whoever has its key. */
@Command(
        name = "unredact",
        header = "Restores the names in a redacted audit or saved scan, with its key.",
        description = {
            "  aiaudit unredact report/aiaudit.json --key client.key > aiaudit.json",
            "  aiaudit report aiaudit.json -f html -o with-names",
            "  aiaudit unredact redacted.aiaudit --key client.key --save june.aiaudit"
        })
final class UnredactCommand implements Callable<Integer> {
    private static final String SAVE = "--save";

    private final Console console;
    private final Map<String, String> environment;
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = "The aiaudit.json of an audit made with --redact, or a scan saved with it; no other report.")
    private String file;

    @Option(
            names = {"--key", "--redact-key"},
            paramLabel = "FILE",
            required = true,
            description = "The key that --redact-key named when the audit was made. Both names are the same flag.")
    private Path key;

    @Option(
            names = SAVE,
            paramLabel = "FILE.aiaudit",
            description = "Write a redacted saved scan with its names to this file instead of printing its audit.")
    private Path save;

    UnredactCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    /** Called by picocli; adds the general flags. */
    @Spec
    void setSpec(CommandSpec spec) {
        this.spec = spec;
        Flags.addSettings(spec, Section.MACHINE);
        Flags.addGeneral(spec);
    }

    @Override
    public Integer call() throws Exception {
        AuditFile audited = AuditFile.of(file);
        RedactionKey secret = RedactionKey.existing(key);
        if (SavedScan.isOne(audited.path())) {
            Invocation invocation = new Invocation(spec.commandLine().getParseResult(), environment);
            Settings settings = invocation.settings(invocation.configFile());
            try (SavedScan scan = SavedScan.open(audited.path(), new ConfigReader(settings, null).machine())) {
                restore(scan, audited.path(), secret);
            }
        } else if (save != null) {
            throw new UserError(
                    file + " is a finished audit, not a saved scan.",
                    "Omit " + SAVE + ": aiaudit unredact " + file + " --key " + key + " > names.json");
        } else {
            audited.refuseReports(
                    "Restore the names in the audit, then render it again: aiaudit unredact report/aiaudit.json --key "
                            + ShellWord.quoted(key.toString()) + " > names.json");
            print(AuditJson.read(audited.path()), secret);
        }
        return ExitCode.FINE.code();
    }

    private void restore(SavedScan scan, Path path, RedactionKey secret) throws IOException {
        String audit = scan.finishedAudit()
                .orElseThrow(() -> new UserError(
                        file + " is not redacted: its names are those of the company.", "Use it as it is."));
        if (save == null) {
            print(AuditJson.read(path, audit), secret);
            return;
        }
        Path folder = save.toAbsolutePath().getParent();
        try (WrittenSet written = WrittenSet.in("the saved scan", folder, FileMode.PRIVATE)) {
            ScanRestoration names = new ScanRestoration(secret);
            scan.restore(names, written.file(save.getFileName().toString()));
            names.refuseUnknown();
            written.publish();
        }
    }

    private void print(Audit redacted, RedactionKey secret) throws IOException {
        Audit restored = AuditJson.changed(redacted, new AuditRedaction(secret)::restored);
        console.printWhole("the audit", out -> AuditJson.write(restored, out));
    }
}
