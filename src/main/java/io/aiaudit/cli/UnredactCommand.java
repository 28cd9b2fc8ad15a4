package io.aiaudit.cli;

import io.aiaudit.model.Audit;
import io.aiaudit.model.UserError;
import io.aiaudit.redact.AuditRedaction;
import io.aiaudit.redact.RedactionKey;
import io.aiaudit.report.AuditJson;
import io.aiaudit.scan.SavedScan;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings the names back into a redacted audit, for whoever has its key. */
@Command(
        name = "unredact",
        header = "Restores the names in a redacted audit, with its key.",
        description = {
            "  aiaudit unredact report/aiaudit.json --key client.key > aiaudit.json",
            "  aiaudit report aiaudit.json -f html -o with-names"
        })
final class UnredactCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "AUDIT.json", description = "The aiaudit.json of an audit made with --redact.")
    private String file;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            required = true,
            description = "The key that --redact-key named when the audit was made.")
    private Path key;

    UnredactCommand(Console console) {
        this.console = console;
    }

    /** Called by picocli; adds the general flags. */
    @Spec
    void setSpec(CommandSpec spec) {
        Flags.addGeneral(spec);
    }

    @Override
    public Integer call() throws Exception {
        AuditFile audited = AuditFile.of(file);
        if (SavedScan.isOne(audited.path())) {
            throw new UserError(
                    file + " is a saved scan, not a finished audit.",
                    "Name the aiaudit.json of the redacted audit: aiaudit unredact report/aiaudit.json --key " + key);
        }
        AuditRedaction redaction = new AuditRedaction(RedactionKey.existing(key));
        Audit restored = AuditJson.changed(AuditJson.read(audited.path()), redaction::restored);
        console.printWhole("the audit", out -> AuditJson.write(restored, out));
        return ExitCode.FINE.code();
    }
}
