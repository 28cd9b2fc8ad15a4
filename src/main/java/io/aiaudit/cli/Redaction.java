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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code --redact} does to an audit and to a scan before anything is reported or saved of it.
 *
 * @param scan null = nothing is redacted
 */
record Redaction(ScanRedaction scan, Path file) {
    private static final Redaction NONE = new Redaction(null, null);
    private static final Path DEFAULT_KEY = Path.of("aiaudit.key");

    private static final Pattern PATTERN = Pattern.compile("[*?\\[{]");

    /** What is handed to others as a whole. */
    private static final Map<Setting, String> FOLDERS =
            Map.of(Setting.OUTPUT, "the report", Setting.BY_OWNER, "the owners' files");

    /** Reads the key before anything else is read, so that a scan does not run for nothing. */
    static Redaction of(Settings settings) {
        if (!isWanted(settings)) {
            return NONE;
        }
        Path file = settings.find(Setting.REDACT_KEY).map(Settings.Value::path).orElse(DEFAULT_KEY);
        FOLDERS.forEach((setting, name) -> settings.find(setting)
                .filter(folder -> liesIn(file, folder.path()))
                .filter(folder -> !folder.text().equals("-") && !folder.path().equals(Path.of("")))
                .ifPresent(folder -> {
                    throw new UserError(
                            "the key file " + file + " would lie in " + folder.text() + ", the folder of " + name + ".",
                            "Keep it apart, since who has both can read the names: --redact-key ../client.key");
                }));
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

    /** Shows it the names of all files that are read, since errors and gaps name them in any words. */
    void learn(Settings settings, List<String> folders) {
        if (scan == null) {
            return;
        }
        folders.forEach(folder -> scan.learnInput(Path.of(folder)));
        Arrays.stream(Setting.values())
                .filter(setting -> setting.form() == Setting.Form.PATHS)
                .map(settings::find)
                .flatMap(Optional::stream)
                .forEach(value -> value.texts().forEach(text -> {
                    scan.learnInput(value.path(withoutPattern(text)), levels(text));
                    scan.learnInput(Path.of(withoutPattern(text)), levels(text));
                }));
    }

    /** The folder of a path with a pattern in it. */
    private static String withoutPattern(String text) {
        Matcher pattern = PATTERN.matcher(text);
        return pattern.find() ? text.substring(0, text.lastIndexOf('/', pattern.start()) + 1) : text;
    }

    /** How deep below that folder the path leads: {@code *.csv} reads nothing of the folders beside the files. */
    private static int levels(String text) {
        String rest = text.substring(withoutPattern(text).length());
        return rest.isEmpty() || rest.contains("**")
                ? Integer.MAX_VALUE
                : 1 + (int) rest.chars().filter(character -> character == '/').count();
    }

    private static boolean liesIn(Path file, Path folder) {
        return file.toAbsolutePath()
                .normalize()
                .startsWith(folder.toAbsolutePath().normalize());
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
