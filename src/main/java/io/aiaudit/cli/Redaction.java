package io.aiaudit.cli;

import io.aiaudit.model.Audit;
import io.aiaudit.model.UserError;
import io.aiaudit.redact.AuditRedaction;
import io.aiaudit.redact.RedactionKey;
import io.aiaudit.report.AuditJson;
import io.aiaudit.scan.Setting;
import io.aiaudit.scan.Settings;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What {@code --redact} does to an audit before anything is reported of it.
 *
 * @param key null = nothing is redacted
 */
record Redaction(RedactionKey key, Path file) {
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
        return new Redaction(RedactionKey.of(file), file);
    }

    /** A saved scan holds every name that was read; it must not look as if it could be given away with the reports. */
    static void refuseSaving(Settings settings) {
        if (isWanted(settings)) {
            settings.find(Setting.SAVE).ifPresent(saved -> {
                throw new UserError(
                        "--redact and " + saved.name() + " are both given, but a saved scan keeps all names.",
                        "Save first, then redact: aiaudit scan --save " + saved.text() + ", then aiaudit report "
                                + saved.text() + " --redact -f html,json -o report");
            });
        }
    }

    /** Who names a key wants it to be used. */
    static boolean isWanted(Settings settings) {
        return settings.find(Setting.REDACT)
                .map(Settings.Value::trueOrFalse)
                .orElse(settings.find(Setting.REDACT_KEY).isPresent());
    }

    Audit of(Audit audit) throws IOException {
        return key == null ? audit : AuditJson.changed(audit, new AuditRedaction(key)::redacted);
    }

    /** Says where the key is, since without it nobody can read the names again. */
    void say(Console console) {
        if (key != null) {
            console.say("Redacted with the key " + file + ". Keep it to yourself: 'aiaudit unredact' needs it.");
        }
    }
}
