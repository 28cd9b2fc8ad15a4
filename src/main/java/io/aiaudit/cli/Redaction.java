package io.aiaudit.cli;

import io.aiaudit.config.Setting;
import io.aiaudit.config.Settings;
import io.aiaudit.model.Audit;
import io.aiaudit.model.UserError;
import io.aiaudit.redact.RedactionKey;
import io.aiaudit.redact.ScanRedaction;
import io.aiaudit.report.json.AuditJson;
import io.aiaudit.scan.RedactedSave;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What {@code --redact} does to an audit and to a scan before anything is reported or saved of it.
 *
 * @param scan null = nothing is redacted
 */
record Redaction(ScanRedaction scan, Path file) {
    private static final Redaction NONE = new Redaction(null, null);
    private static final Path DEFAULT_KEY = Path.of("aiaudit.key");

    /** Reads the key before anything else is read, so that a scan does not run for nothing. */
    static Redaction of(Settings settings) {
        if (!isWanted(settings)) {
            return NONE;
        }
        Path file = settings.find(Setting.REDACT_KEY).map(Settings.Value::path).orElse(DEFAULT_KEY);
        settings.find(Setting.OUTPUT)
                .filter(output -> file.toAbsolutePath()
                        .normalize()
                        .startsWith(output.path().toAbsolutePath().normalize()))
                .filter(output -> !output.text().equals("-") && !output.path().equals(Path.of("")))
                .ifPresent(output -> {
                    throw new UserError(
                            "the key file " + file + " would lie in " + output.text() + ", the folder of the report.",
                            "Keep it apart, since who has both can read the names: --redact-key ../client.key");
                });
        settings.find(Setting.SAVE)
                .filter(saved -> saved.path()
                        .toAbsolutePath()
                        .normalize()
                        .equals(file.toAbsolutePath().normalize()))
                .ifPresent(saved -> {
                    throw new UserError(
                            "the key and the saved scan have the same name, " + file + ".",
                            "Keep them apart: --redact-key ../client.key");
                });
        return new Redaction(new ScanRedaction(RedactionKey.of(file)), file);
    }

    /** Who names a key wants it to be used. */
    static boolean isWanted(Settings settings) {
        return settings.find(Setting.REDACT)
                .map(Settings.Value::trueOrFalse)
                .orElse(settings.find(Setting.REDACT_KEY).isPresent());
    }

    boolean replacesNames() {
        return scan != null;
    }

    Audit of(Audit audit) throws IOException {
        return scan == null ? audit : AuditJson.changed(audit, scan.ofAudit()::redacted);
    }

    /**
     * What {@code --save} writes; empty where names stay.
     *
     * @param completed adds to an audit what does not come from the scan
     */
    Optional<RedactedSave> save(UnaryOperator<Audit> completed) {
        return scan == null
                ? Optional.empty()
                : Optional.of(new RedactedSave(scan, audit -> {
                    try {
                        return AuditJson.text(of(completed.apply(audit)));
                    } catch (IOException e) {
                        throw new UncheckedIOException("an audit cannot be written to memory", e);
                    }
                }));
    }

    /** Says where the key is, since without it nobody can read the names again. */
    void say(Console console) {
        if (scan != null) {
            console.say("Redacted with the key " + file + ". Keep it to yourself: 'aiaudit unredact' needs it.");
        }
    }
}
